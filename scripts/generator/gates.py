"""Compares what was generated with what was described, by reading the source files.

The generator's exit code is 0 when it leaves out an operation, and its own tests know nothing of
our description. So whatever it may drop is looked for here: operations, parameters, fields.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import frozen

from scripts.generator.naming import PythonIdentifier
from scripts.generator.walk import Json, resolve
from scripts.spec.grammar import operations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEAKS: Final = ("UntrustedString", "PythonCode", " object at 0x", "{{", "{%")
_Node = TypeVar("_Node", bound=ast.AST)
Modules = dict[str, ast.Module]


class GateError(RuntimeError):
    """The generated package is not what the description says; the text lists every difference."""


@frozen
class Request:
    """What one operation takes, as described or as generated."""

    operation: str
    parameters: frozenset[str]
    body: bool

    def __str__(self) -> str:
        taken = ", ".join(sorted(self.parameters)) or "no parameters"
        return f"{self.operation} with {taken} and {'a' if self.body else 'no'} body"


def check_package(view: Json, package: Path) -> dict[str, int]:
    """Raise with everything that is missing, superfluous or broken; else return the counts."""
    modules, faults = read_modules(package)
    described, generated = set(described_requests(view)), set(generated_requests(modules))
    faults += sorted(f"described but not generated: {one}" for one in described - generated)
    faults += sorted(f"generated but not described: {one}" for one in generated - described)
    for find in (missing_modules, missing_models, hidden_methods, hidden_names):
        faults += find(modules)
    faults += lost_fields(view, modules)
    if faults:
        lines = "\n  ".join(faults)
        raise GateError(f"the generated package does not match the description:\n  {lines}")
    parameters = sum(len(one.parameters) for one in generated)
    return {"operations": len(generated), "parameters": parameters, "files": len(modules)}


def read_modules(package: Path) -> tuple[Modules, list[str]]:
    """Parse every module, by its path in the package; list those that are not sound Python."""
    modules, faults = {}, []
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(package).as_posix()
        faults += [f"{name} contains the text {leak!r}" for leak in LEAKS if leak in source]
        try:
            compile(source, name, "exec")  # finds more than the parser does, such as a name twice
            modules[name] = ast.parse(source)
        except SyntaxError as error:
            faults.append(f"{name} is not Python: {error}")
    return modules, faults


def described_requests(view: Json) -> Iterator[Request]:
    """Yield what each operation of the description takes."""
    for _, path, operation in operations(view):
        declared = [*view["paths"][path].get("parameters", ()), *operation.get("parameters", ())]
        yield Request(
            operation=str(PythonIdentifier(operation["operationId"], "")),
            parameters=frozenset(resolve(view, one)["name"] for one in declared),
            body=bool(resolve(view, operation.get("requestBody", {})).get("content")),
        )


def generated_requests(modules: Modules) -> Iterator[Request]:
    """Yield what each generated operation module takes and hands on."""
    for name, module in modules.items():
        if name.startswith("api/") and not name.endswith("__init__.py"):
            handed_on = next(one for one in _all(module, ast.Call) if _calls(one, "keywords"))
            constants = [one for one in module.body if isinstance(one, ast.AnnAssign)]
            operation = next(one.value for one in constants if _is(one.target, "OPERATION"))
            yield Request(
                operation=ast.literal_eval(operation) if operation else "",
                parameters=frozenset(_entries(next(_all(handed_on, ast.Dict)))),
                body=any(_is(one, "body") for one in handed_on.args),
            )


def missing_modules(modules: Modules) -> list[str]:
    """List the imports within the package whose module does not exist."""
    faults = []
    for name, module in modules.items():
        for one in _all(module, ast.ImportFrom):
            if one.level:
                parts = name.split("/")[: -one.level]
                target = "/".join([*parts, *(one.module or "").split(".")]).strip("/")
                if not {f"{target}.py", f"{target}/__init__.py".lstrip("/")} & modules.keys():
                    faults.append(f"{name} imports {one.module}, which is not there")
    return faults


def missing_models(modules: Modules) -> list[str]:
    """List the references to a model that `models` does not know."""
    table = next(_all(modules["models/__init__.py"], ast.Dict))
    known = _entries(table).keys()
    return [
        f"{name} decodes {wanted}, which is not there"
        for name, module in modules.items()
        for call in _all(module, ast.Call)
        if _calls(call, "Ref")
        if (wanted := ast.literal_eval(call.args[0])) not in known
    ]


def hidden_methods(modules: Modules) -> list[str]:
    """List the fields whose name is that of something every model has."""
    classes = {one.name: one for one in _all(modules["types.py"], ast.ClassDef)}
    taken = {one.name for one in _all(classes["ApiModel"], ast.FunctionDef)}
    taken |= {"additional_properties", "_fields", "_data", "_origin"}
    return [
        f"{name}: field {attribute} hides a method of every model"
        for name, _, rows in _tables(modules)
        for attribute, _ in rows
        if attribute in taken
    ]


def hidden_names(modules: Modules) -> list[str]:
    """List the parameters that hide a name which their function uses."""
    faults = []
    for name, module in modules.items():
        imported = {
            alias.asname or alias.name
            for one in module.body
            if isinstance(one, ast.ImportFrom)
            for alias in one.names
        }
        for one in _all(module, ast.FunctionDef):
            if one.name == "_get_kwargs":
                arguments = {argument.arg for argument in (*one.args.args, *one.args.kwonlyargs)}
                hidden = sorted(arguments & (imported | {"OPERATION"}))
                faults += [f"{name}: parameter {argument} hides a name" for argument in hidden]
    return faults


def lost_fields(view: Json, modules: Modules) -> list[str]:
    """List the fields of named schemas that have no row in the table of their class."""
    tables = {
        owner.replace("_", "").lower(): {wire for _, wire in rows}
        for _, owner, rows in _tables(modules)
    }
    faults = []
    for name, schema in view["components"]["schemas"].items():
        table = tables.get(name.replace("_", "").lower())
        parts = [schema, *(resolve(view, one) for one in schema.get("allOf", ()))]
        wanted = {field for part in parts for field in part.get("properties", {})}
        lost = wanted - (table or set())
        if lost or (schema.get("type") == "object" and table is None):
            faults.append(f"schema {name} lost {', '.join(sorted(lost)) or 'its class'}")
    return faults


def _all(root: ast.AST, kind: type[_Node]) -> Iterator[_Node]:
    return (one for one in ast.walk(root) if isinstance(one, kind))


def _entries(table: ast.Dict) -> dict[Any, ast.expr]:
    pairs = zip(table.keys, table.values, strict=True)
    return {ast.literal_eval(key): value for key, value in pairs if key is not None}


def _calls(call: ast.Call, name: str) -> bool:
    return _is(call.func, name)


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _tables(modules: Modules) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Yield module, class, and (attribute, wire name) rows of every model."""
    for name, module in modules.items():
        for owner in _all(module, ast.ClassDef) if name.startswith("models/") else ():
            table = next(one.value for one in owner.body if isinstance(one, ast.Assign))
            rows = [row.elts for row in _all(table, ast.Tuple) if len(row.elts) == 3]
            top = [row for row in rows if _is_row(row)]
            yield name, owner.name, [(ast.literal_eval(a), ast.literal_eval(w)) for a, w, _ in top]


def _is_row(row: list[ast.expr]) -> bool:
    return all(isinstance(one, ast.Constant) for one in row[:2]) and not (
        isinstance(row[2], ast.Constant) and isinstance(row[2].value, str)
    )
