"""What the site's generator cannot know: tables of methods and of fields, and names in the guide.

Griffe, which reads the docstrings, loads this file for `Tables`; MkDocs for `on_page_markdown`.
"""

from __future__ import annotations

import ast
import functools
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import griffe

import aistats
from aistats.resources.operation import ListOperation, Operation, Resource, StreamOperation
from aistats_generated import models, operations, params
from aistats_generated.types import ApiModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from inspect import Parameter

_ROWS = (Operation, StreamOperation, ListOperation)
_KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
_BLOCK = re.compile(r"^```.*?^```$|^#.*?$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!\[)`(?:await )?(?:aistats\.|client\.)?([\w.]+)(?:\([^`]*\))?`(?!\])")
_OUTSIDE = re.compile(
    r"\[([^\]]*)\]\((?:\.\./)+(?![\w-]+\.md)[^)]*\)|\[([^\]]*)\]\(\.\./README\.md[^)]*\)"
)
_REQUIRED = re.compile(r"Required\[(.*)\]")
_OPTIONS = griffe.Parameter("options", kind=griffe.ParameterKind.var_keyword)
_SELF = griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)


class Tables(griffe.Extension):
    """Shows the rows of a namespace as methods, and fields and keywords as tables."""

    def on_class(self, *, cls: griffe.Class, loader: griffe.GriffeLoader, **_kwargs: Any) -> None:
        """Complete a class that was read."""
        if cls.path == "aistats.client._Gateway":
            for name, room in _rooms():
                home = cls.package[type(room).__module__.removeprefix("aistats.")]
                kind, doc = _read(type(room).__name__, home), str(type(room).__doc__)
                room_of = griffe.Attribute(name, annotation=kind, docstring=griffe.Docstring(doc))
                cls.set_member(name, room_of)
        elif cls.path.startswith("aistats.resources."):
            generated = loader.modules_collection["aistats_generated"]
            for name, row in vars(getattr(import_module(cls.module.path), cls.name)).items():
                if isinstance(row, _ROWS):
                    cls.set_member(name, _method(name, row, cls, generated))
        elif cls.path.startswith("aistats_generated."):
            fields = [
                griffe.DocstringAttribute(name, annotation=member.annotation, description="")
                for name, member in cls.attributes.items()
                if name[0] != "_"
            ]
            cls.docstring = cls.docstring or griffe.Docstring(" ", parent=cls)
            cls.docstring.parsed = [griffe.DocstringSectionAttributes(fields)] if fields else []


def _method(name: str, row: Any, owner: griffe.Class, generated: Any) -> griffe.Function:
    """Make a method of a row: its keywords from the description, its result from the table."""
    written: Any = owner.members[name]
    returns = _read(row.returns(), generated["operations"])
    item = written.value.arguments[-1]
    if isinstance(row, ListOperation):
        returns = _read(f"Pages[{item.body}]", owner.module)
    elif isinstance(item, griffe.ExprLambda):
        returns = item.body
    common = params.RequestOptions.__annotations__
    every = [p for p in row.parameters().values() if p.name not in common]
    required = [
        griffe.Parameter(p.name, kind=griffe.ParameterKind(p.kind.description))
        for p in every
        if p.default is p.empty
    ]
    doc = griffe.Docstring(row.__doc__ or "")
    doc.parsed = [griffe.DocstringSectionText(doc.value), _table(every, generated["params"])]
    parameters = griffe.Parameters(_SELF, *required, _OPTIONS)
    return griffe.Function(name, parameters=parameters, returns=returns, docstring=doc)


def _table(every: list[Parameter], scope: Any) -> griffe.DocstringSectionParameters:
    types = [_REQUIRED.sub(r"\1", str(parameter.annotation)) for parameter in every]
    return griffe.DocstringSectionParameters(
        [
            griffe.DocstringParameter(
                parameter.name,
                annotation=_read(annotation, scope),
                description="",
                value=None if parameter.default is parameter.empty else "not sent",
            )
            for parameter, annotation in zip(every, types, strict=True)
        ]
    )


def _read(annotation: str, scope: Any) -> Any:
    """Read an annotation whose names are those of a module."""
    return griffe.safe_get_expression(ast.parse(annotation, mode="eval").body, parent=scope)


@functools.cache
def _rooms() -> tuple[tuple[str, Resource[Any]], ...]:
    with aistats.AIStats(_KEY) as client:
        return tuple((name, room) for name, room in vars(client).items() if name[0] != "_")


def _methods(rooms: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for name, room in rooms:
        for attribute in (a for a in dir(room) if a[0] != "_" and a not in ("engine", "name")):
            inner, kind = getattr(room, attribute), type(room)
            if isinstance(inner, Resource):
                yield from _methods([(attribute, inner)], f"{before}{name}.")
            else:
                path = f"{kind.__module__}.{kind.__name__}.{attribute}"
                yield f"{before}{name}.{attribute}", path


@functools.cache
def _paths() -> dict[str, str]:
    """Say where in the reference the names in the guide's text are."""
    return {name: f"aistats.{name}" for name in dir(aistats)} | dict(_methods(_rooms()))


def _results() -> list[str]:
    """List the models that calls give, those inside of others included."""
    found: dict[str, None] = {}
    functions = vars(operations).values()
    texts = [str(getattr(f, "__annotations__", {}).get("return")) for f in functions]
    while texts:
        for name in {*re.findall(r"\w+", texts.pop())} - {*found}:
            kind = getattr(models, name, None) if name in models.__all__ else None
            if isinstance(kind, type) and issubclass(kind, ApiModel):
                found[name] = None
                texts += map(str, kind.__annotations__.values())
    return sorted(found)


def on_page_markdown(markdown: str, page: Any, **_kwargs: Any) -> str:
    """Lead from the guide to the reference; links that leave the site become plain text."""
    text = _OUTSIDE.sub(r"\1\2", markdown)
    if page.file.src_uri.startswith("reference/"):
        lists = {"models": _results(), "params": sorted(params.__all__)}
        return re.sub(r"\{\{ (\w+) \}\}", lambda m: _directives(m[1], lists[m[1]]), text)
    parts, blocks = _BLOCK.split(text), [*_BLOCK.findall(text), ""]
    linked = [_CODE.sub(_link, part) for part in parts]
    return "".join(part + block for part, block in zip(linked, blocks, strict=True))


def _directives(module: str, names: list[str]) -> str:
    members = "    options: {members: false, inherited_members: false}"
    return "\n\n".join(f"::: aistats_generated.{module}.{name}\n{members}" for name in names)


def _link(code: re.Match[str]) -> str:
    path = _paths().get(code[1])
    return f"[{code[0]}][{path}]" if path else code[0]
