"""Read YAML or JSON text into plain data the way YAML 1.2 means it, refusing what could hurt.

PyYAML speaks YAML 1.1, where `on` is a truth value and `2026-08-22` a date; descriptions are YAML
1.2, where both are strings. An upstream document is a stranger's text: its size is bounded.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Final, Protocol

import yaml

from scripts.spec.grammar import Node, SpecError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 10_000_000
MAX_VALUES: Final = 2_000_000  # after aliases are expanded: a few lines of YAML can mean billions
MAX_LEVELS: Final = 200  # PyYAML builds trees by recursion in C: a deep one would kill the process

# The core schema of YAML 1.2.2 §10.3.2.
WORDS_1_2: Final = (
    ("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), "~nN\0"),
    ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), "tTfF"),
    (
        "tag:yaml.org,2002:int",
        re.compile(r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$"),
        "-+0123456789",
    ),
    (
        "tag:yaml.org,2002:float",
        re.compile(
            r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
        ),
        "-+.0123456789",
    ),
)


class _Resolving(Protocol):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]]


def learn_words(target: type[_Resolving], *, keep_older: bool = False) -> None:
    """Teach a loader or dumper class the plain words of YAML 1.2."""
    older = target.yaml_implicit_resolvers if keep_older else {}
    resolvers = {first: list(rules) for first, rules in older.items()}
    for tag, pattern, firsts in WORDS_1_2:
        for first in firsts:
            key = "" if first == "\0" else first
            resolvers.setdefault(key, []).append((tag, pattern))
    target.yaml_implicit_resolvers = resolvers


class Loader(yaml.CSafeLoader):
    """PyYAML's safe C loader with YAML 1.2 words, text keys and no duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a dict whose keys are the texts that were written."""
        del deep
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise SpecError(f"line {key_node.start_mark.line + 1}: a key is not plain text")
            key = key_node.value
            if key in built:
                raise SpecError(f"line {key_node.start_mark.line + 1}: key {key!r} stands twice")
            built[key] = self.construct_object(value_node, deep=True)
        return built


def _construct_int(loader: Loader, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    if text.startswith("0o"):
        return int(text, 0)
    return int(text, 16) if text.startswith("0x") else int(text, 10)


learn_words(Loader)
Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)


def parse(text: str, source: str) -> Any:
    """Parse YAML 1.2 or JSON; every fault is a one-line `SpecError` that names the source."""
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        raise SpecError(f"{source} is a web page (it starts with '<'), not a YAML or JSON document")
    try:
        data = _parse_json(text) if text.lstrip().startswith("{") else _parse_yaml(text)
        _measure(data, {})
    except SpecError as error:
        raise SpecError(f"{source} cannot be read: {error}") from None
    except yaml.YAMLError as error:
        where = str(error).replace("\n", " ")
        raise SpecError(f"{source} is not valid YAML or JSON: {' '.join(where.split())}") from None
    except (RecursionError, ValueError, OverflowError) as error:
        raise SpecError(f"{source} cannot be read: {type(error).__name__}: {error}") from None
    return data


def _parse_yaml(text: str) -> Any:
    levels = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            levels += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            levels -= 1
        if levels > MAX_LEVELS:
            raise SpecError(f"it is nested more than {MAX_LEVELS} levels deep")
    return yaml.load(text, Loader=Loader)  # noqa: S506 - Loader derives from the safe loader


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError:
        return _parse_yaml(text)  # YAML in flow style starts with a brace too


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    if len(built) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise SpecError(f"key {twice!r} stands twice")
    return built


def _measure(node: Any, sizes: dict[int, int]) -> int:
    """Count the values behind `node` with its aliases expanded, within `MAX_VALUES`."""
    if isinstance(node, float) and not math.isfinite(node):
        raise SpecError(f"{node} is not a JSON number")
    if not isinstance(node, dict | list):
        return 1
    key = id(node)
    if key not in sizes:
        children = node.values() if isinstance(node, dict) else node
        sizes[key] = 1 + sum(_measure(child, sizes) for child in children)
        if sizes[key] > MAX_VALUES:
            raise SpecError(f"its aliases expand to more than {MAX_VALUES:,} values")
    return sizes[key]


def read_file(path: Path) -> str:
    """Read a text file of bounded size."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SpecError(f"{path} cannot be read: {error.strerror or error}") from None
    return decode(raw, str(path))


def decode(raw: bytes, source: str) -> str:
    """Decode a document's bytes, refusing what is too large, empty or not UTF-8."""
    if len(raw) > MAX_BYTES:
        raise SpecError(f"{source} is larger than {MAX_BYTES // 1_000_000} MB: not a description")
    if not raw.strip():
        raise SpecError(f"{source} is empty")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(f"{source} is not UTF-8 text: {error.reason} at {error.start}") from None


def require_openapi(data: Any, source: str) -> Node:
    """Give the document back when it is OpenAPI 3 and describes at least one operation."""
    if not isinstance(data, dict):
        raise SpecError(f"{source} holds a {type(data).__name__}, not an OpenAPI document")
    if "swagger" in data:
        raise SpecError(f"{source} is Swagger {data['swagger']}; OpenAPI 3 is needed")
    version = data.get("openapi")
    if not isinstance(version, str) or not version.startswith("3."):
        raise SpecError(f"{source} is not an OpenAPI 3 document ('openapi' is {version!r})")
    paths = data.get("paths")
    if not isinstance(paths, dict) or not any(path.startswith("/") for path in paths):
        raise SpecError(f"{source} describes no paths: it looks truncated, so nothing is compared")
    return data
