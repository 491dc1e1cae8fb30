"""Which public methods of `aistats` make which operation, read from the code itself.

The namespaces are tables (`create = Operation(ops.create_video)`), so parsing them is enough:
nothing is imported, and a broken client cannot break the check.
"""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLIENT: Final = "client"

# Job handles build their paths from data, and a fallback asks an older path: no name to parse.
BESIDES: Final = {
    "getVideo": ("VideoJob.refresh", "VideoJob.wait"),
    "getVideoContent": ("VideoJob.download", "client.videos.download"),
    "createVideoDownloadUrl": ("client.videos.download_url",),
    "getMusicGeneration": ("MusicJob.refresh", "MusicJob.wait"),
    "retrieveBatch": ("BatchJob.refresh", "BatchJob.wait"),
    "cancelBatch": ("BatchJob.cancel",),
    "listGatewayModels": ("client.models.list",),
    "listGatewayTeamModels": ("client.models.me",),
}


def python_name(operation_id: str) -> str:
    """Write an operationId as the generated package does, `createVideo` as `create_video`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", operation_id).replace("-", "_").lower()


@functools.cache
def public_methods(package: Path, operation_ids: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Map each operationId to the methods that send it, for example `client.videos.create`."""
    names = {python_name(operation_id): operation_id for operation_id in operation_ids}
    classes = [
        node
        for file in sorted(package.rglob("*.py"))
        if "sandbox" not in file.parts
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    rooms = _rooms(classes)
    found: dict[str, set[str]] = defaultdict(set)
    for operation_id in operation_ids & BESIDES.keys():
        found[operation_id].update(BESIDES[operation_id])
    for node in classes:
        for member, name in _members(node):
            for operation in _mentioned(member) & names.keys():
                found[names[operation]].add(f"{rooms.get(node.name, node.name)}.{name}")
    return {operation_id: tuple(sorted(methods)) for operation_id, methods in found.items()}


def _members(node: ast.ClassDef) -> Iterator[tuple[ast.stmt, str]]:
    for member in node.body:
        if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
            name = member.name
        else:
            name = getattr(_assigned(member), "id", "")
        if name and not name.startswith("_"):
            yield member, name


def _assigned(node: ast.AST) -> ast.expr | None:
    """What a statement assigns to, with or without a type beside it."""
    if isinstance(node, ast.AnnAssign):
        return node.target
    return node.targets[0] if isinstance(node, ast.Assign) else None


def _mentioned(member: ast.AST) -> set[str]:
    """Names of operations as `ops.create_video` or as the text "create_video"."""
    found: set[str] = set()
    for node in ast.walk(member):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found |= {node.attr} if node.value.id == "ops" else set()
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def _rooms(classes: list[ast.ClassDef]) -> dict[str, str]:
    """Where each namespace hangs: `self.videos = Videos(engine)`, or a property giving one."""
    hangs: dict[str, tuple[str, str]] = {}
    for node in classes:
        for member in ast.walk(node):
            target = _assigned(member)
            if isinstance(member, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Attribute):
                hangs.setdefault(_room_of(member.value), ("", target.attr))
            elif isinstance(member, ast.FunctionDef) and _is_property(member):
                for step in ast.walk(member):
                    if isinstance(step, ast.Return):
                        hangs.setdefault(_room_of(step.value), (node.name, member.name))
    hangs.pop("", None)
    return {name: _path(name, hangs) for name in hangs}


def _room_of(node: ast.expr | None) -> str:
    """The namespace class that an expression makes: a call with the engine as its argument."""
    if not isinstance(node, ast.Call) or len(node.args) != 1:
        return ""
    argument, function = node.args[0], node.func
    given = argument.attr if isinstance(argument, ast.Attribute) else getattr(argument, "id", "")
    if given != "engine":
        return ""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_property(node: ast.FunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "property" for mark in node.decorator_list)


def _path(name: str, hangs: dict[str, tuple[str, str]]) -> str:
    steps: list[str] = []
    while name in hangs and len(steps) < 5:
        name, attribute = hangs[name]
        steps.append(attribute)
    return ".".join([name or CLIENT, *reversed(steps)])
