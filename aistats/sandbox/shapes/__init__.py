"""The sandbox's answers as JSON templates in the gateway's shapes, and the filler of their holes.

A text in braces is a hole. `"{job.id}"` takes the value itself, whatever that is; between other
words it takes its text. `{a.b ? c : d}` chooses by a condition, which is `x`, its contrary `!x`, or
`x is word|other`. `{a|iso}` writes a moment in one of the wire's ways, and null, missing, 'words'
and numbers stand for themselves. A key that is missing is left out. An object can be one of four
things beside an object:

    "...x": {…}                             a key whose object is spread into its own
    {"<": "room.shape", "x": …}             another template, given x beside what is known here
    {"if": condition, "do": …, "else": …}   one value or the other; without an else, missing
    {"for": "x in y", "do": […]}            within a list: the items for each x, and its `index`
"""

from __future__ import annotations

import json
import re
from ast import literal_eval
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from aistats.sandbox.clock import iso, iso_offset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HOLE = re.compile(r"\{([^{}]+)\}")


class Sentinel(Enum):
    """Values that no test gives by chance."""

    MISSING = "a key that is to be absent from the answer"
    DEFAULT = "a value that the test did not give"


MISSING: Final = Sentinel.MISSING
DEFAULT: Final = Sentinel.DEFAULT
WORDS: dict[str, Any] = {"null": None, "missing": MISSING, "true": True, "false": False}


def plain(number: float | None) -> float | int | None:
    """Write a whole number without its point, as JavaScript does."""
    return int(number) if number is not None and number == int(number) else number


@cache
def table(room: str) -> dict[str, Any]:
    """Return all templates of a room, and the data that it keeps beside them."""
    text = (files(__name__) / f"{room}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


WAYS: dict[str, Callable[[Any], Any]] = {
    "lifecycle": lambda status: table("videos")["lifecycle"].get(status, status),
    "unix": int,
    "iso": iso,
    "iso_offset": iso_offset,
    "usd": lambda nanos: plain(nanos / 1_000_000_000),
    "usd_text": lambda nanos: f"{nanos / 1_000_000_000:.9f}",
    "usd_short": lambda nanos: f"{nanos / 1_000_000_000:.2f}",
    "cents_part": lambda nanos: nanos / 10_000_000,
    "cents": lambda nanos: nanos // 10_000_000,
    "text": str,
    "len": len,
}


def fill(name: str, /, **values: Any) -> dict[str, Any]:
    """Return an object: a template, named `room.shape`, with its holes filled."""
    filled: dict[str, Any] = _named(name, values)
    return filled


def fill_list(name: str, /, **values: Any) -> list[dict[str, Any]]:
    """Return a list of objects, as `fill` does one."""
    filled: list[dict[str, Any]] = _named(name, values)
    return filled


def _named(name: str, values: Mapping[str, Any]) -> Any:
    room, _, shape = name.partition(".")
    return _filled(table(room)[shape], values)


def _filled(template: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(template, dict):
        if "<" in template:
            given = {key: _filled(inner, values) for key, inner in template.items() if key != "<"}
            return _named(template["<"], {**values, **given})
        if "if" in template:
            chosen = "do" if _holds(template["if"], values) else "else"
            return _filled(template.get(chosen, "{missing}"), values)
        return _object(template, values)
    if isinstance(template, list):
        return [item for inner in template for item in _items(inner, values)]
    if isinstance(template, str):
        whole = HOLE.fullmatch(template)
        if whole:
            return _choice(whole[1], values)
        return HOLE.sub(lambda hole: str(_choice(hole[1], values)), template)
    return template


def _object(template: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for key, inner in template.items():
        value = _filled(inner, values)
        if value is MISSING:
            continue
        if key.startswith("..."):
            filled |= value
        else:
            filled[key] = value
    return filled


def _items(template: Any, values: Mapping[str, Any]) -> Iterator[Any]:
    if isinstance(template, dict) and "for" in template:
        name, path = template["for"].split(" in ")
        for index, value in enumerate(_looked_up(path, values)):
            yield from _filled(template["do"], {**values, name: value, "index": index})
    elif isinstance(template, dict) and "if" in template:
        chosen = _filled(template, values)
        yield from () if chosen is MISSING else chosen
    else:
        yield _filled(template, values)


def _choice(text: str, values: Mapping[str, Any]) -> Any:
    condition, chosen, rest = text.partition(" ? ")
    if not chosen:
        return _operand(text, values)
    yes, _, no = rest.partition(" : ")
    return _choice(yes if _holds(condition, values) else no, values)


def _holds(condition: str, values: Mapping[str, Any]) -> bool:
    path, _, words = condition.removeprefix("!").partition(" is ")
    found = _looked_up(path, values)
    return bool(found in words.split("|") if words else found) != condition.startswith("!")


def _operand(text: str, values: Mapping[str, Any]) -> Any:
    if text in WORDS:
        return WORDS[text]
    if text[0] in "'0123456789":
        return literal_eval(text)
    path, *ways = text.split("|")
    found = _looked_up(path, values)
    for way in ways:
        found = found if found is None else WAYS[way](found)
    return found


def _looked_up(path: str, values: Mapping[str, Any]) -> Any:
    found: Any = values
    for name in path.split("."):
        found = found[name] if isinstance(found, dict) else getattr(found, name)
    return found
