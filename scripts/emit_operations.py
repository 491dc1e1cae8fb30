"""Writes `operations.py` and `params.py`: what the namespaces know of each operation.

The model generator makes one class per schema; our calls take plain JSON instead, so they need
the facts of the request (names, places, credential) and the types of that JSON.
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scripts.generator.naming import ClassName
from scripts.generator.words import older_words
from scripts.operations.facts import (
    OperationFacts,
    is_file,
    is_repeated,
    named,
    read_operations,
)
from scripts.operations.types import RequestTypes, marked, typed_dict

if TYPE_CHECKING:
    from collections.abc import Iterable

PROLOGUES: Final = Path(__file__).with_name("operations")
RESULTS_WITHOUT_A_CLASS: Final = {
    "json": "dict[str, Any]",
    "bytes": "bytes",
    "text": "str",
    "none": "None",
}
PARSED: Final = {"create_chat_completion": "response_format"}
"""Keywords that have another type in the method `parse` than in `create`."""


def emit(document: dict[str, Any], package: Path) -> None:
    """Write both modules for `document` into the generated package."""
    document = older_words(document)
    operations = read_operations(document)
    types = RequestTypes(document, _models(package))
    own = []
    for one in operations:
        with named(f"{one.method} {one.path} ({one.operation_id})"):
            own.append((one, _own_parameters(one, types)))
    (package / "params.py").write_text(_params_module(own, types), encoding="utf-8", newline="\n")
    text = _operations_module(document, operations)
    (package / "operations.py").write_text(text, encoding="utf-8", newline="\n")


def _models(package: Path) -> set[str]:
    """List the classes that the model generator wrote."""
    sources = (one.read_text("utf-8") for one in (package / "models").glob("*.py"))
    pattern = re.compile(r"^class (\w+)\(ApiModel\)", re.MULTILINE)
    return set(chain.from_iterable(map(pattern.findall, sources)))


def _own_parameters(operation: OperationFacts, types: RequestTypes) -> dict[str, str]:
    """Write the type of every keyword of the operation but those of its path."""
    written = {}
    located = operation.located("query", "header", "body")
    for one in sorted(located, key=lambda one: not one.required):
        in_body = one.location == "body"
        parent = operation.body_schema if in_body else operation.operation_id
        files = in_body and operation.body == "multipart"
        text = types.field(one.schema, one.wire, str(ClassName(parent, "Schema")), files=files)
        written[one.python] = marked(text, required=one.required)
    return written


def _params_module(
    own: Iterable[tuple[OperationFacts, dict[str, str]]], types: RequestTypes
) -> str:
    parts = [(PROLOGUES / "params_prologue.py.txt").read_text(encoding="utf-8")]
    parts += [types.objects[name] for name in sorted(types.objects)]
    parts += [types.aliases[name] for name in sorted(types.aliases)]
    parts += types.unions.values()
    for operation, fields in own:
        if fields:
            parts += _typed_dicts(operation, fields)
    text = "\n\n".join(parts)
    names = sorted(re.findall(r"^(?:class )?([A-Z]\w+)(?:\(| = |: TypeAlias)", text, re.MULTILINE))
    return f"{text}\n\n__all__ = {tuple(names)!r}\n"


def _typed_dicts(operation: OperationFacts, fields: dict[str, str]) -> list[str]:
    """Write the type of an operation's keywords, and what `parse` takes of them as its base."""
    name, base, written = _params_name(operation), "RequestOptions", []
    if (replaced := PARSED.get(operation.name)) in fields:
        others = {key: text for key, text in fields.items() if key != replaced}
        inherited = name.replace("Create", "Parse")
        written.append(typed_dict(inherited, others, base=base))
        fields, base = {replaced: fields[replaced]}, inherited
    return [*written, typed_dict(name, fields, base=base)]


def _operations_module(document: dict[str, Any], operations: list[OperationFacts]) -> str:
    names = {"models": {one.result for one in operations if one.result}}
    names["params"] = {_params_name(one) for one in operations}
    imports = "".join(
        f"    from .{module} import {', '.join(sorted(wanted))}\n"
        for module, wanted in names.items()
        if wanted
    )
    prologue = (PROLOGUES / "operations_prologue.py.txt").read_text(encoding="utf-8")
    parts = [prologue.replace("    # imports\n", imports)]
    specs = "".join(f"    {one.name!r}: {_spec(document, one)},\n" for one in operations)
    parts.append(f"OPERATIONS: Final[dict[str, OperationSpec]] = {{\n{specs}}}\n")
    parts += [_signature(one) for one in operations]
    return "\n\n".join(parts)


def _spec(document: dict[str, Any], operation: OperationFacts) -> str:
    """Write the fact row of one operation; what equals the default is left out."""
    fields = operation.located("body")
    files = [
        one for one in fields if operation.body == "multipart" and is_file(document, one.schema)
    ]
    facts: dict[str, object] = {
        "body_fields": _names(fields),
        "file_fields": _names(files),
        "repeated_files": _names(one for one in files if is_repeated(document, one.schema)),
        "path_params": _names(operation.located("path")),
        "query_params": _names(operation.located("query")),
        "header_params": _names(operation.located("header")),
        "required": _names(one for one in operation.parameters if one.required),
        "wire": {one.python: one.wire for one in operation.parameters if one.python != one.wire},
        "comma_joined": _names(one for one in operation.parameters if one.comma_joined),
    }
    kept = "".join(f", {key}={value!r}" for key, value in facts.items() if value)
    for key in ("body", "body_required", "free_body", "result", "streams", "deprecated"):
        value = getattr(operation, key)
        kept += f", {key}={value!r}" if value else ""
    head = ("name", "operation_id", "method", "path", "tag", "reply", "credential")
    always = ", ".join(f"{key}={getattr(operation, key)!r}" for key in head)
    return f"OperationSpec({always}{kept})"


def _signature(operation: OperationFacts) -> str:
    """Write the typed function that stands for the operation in the tables of the namespaces."""
    path = "".join(f"{one.python}: str, " for one in operation.located("path"))
    result = operation.result or RESULTS_WITHOUT_A_CLASS[operation.reply]
    summary = operation.summary.replace("\\", "\\\\").replace('"', '\\"')
    summary += " (Deprecated.)" if operation.deprecated else ""
    return (
        f"def {operation.name}({path}**params: Unpack[{_params_name(operation)}]) -> {result}:\n"
        f'    """{summary}"""\n'
        f"    raise _called_directly({operation.name!r})\n"
    )


def _params_name(operation: OperationFacts) -> str:
    if len(operation.located("path")) == len(operation.parameters):
        return "RequestOptions"
    return f"{ClassName(operation.name, 'Operation')}Params"


def _names(parameters: Iterable[Any]) -> tuple[str, ...]:
    return tuple(one.python for one in parameters)
