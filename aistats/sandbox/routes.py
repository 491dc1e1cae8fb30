"""The table of operations as routes to their rooms, and the search in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve

from aistats.sandbox import account, batches, discovery, music, text, videos, work
from aistats.sandbox.calls import Answer, Route
from aistats.sandbox.shapes import fill, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOMS = {
    module.__name__.rpartition(".")[2]: module
    for module in (account, batches, discovery, music, text, videos, work)
}


def _routes() -> Iterator[Route]:
    """Return every route: each at its place, and where else the gateway has it or had it."""
    for group, how in table("routes")["ways"].items():
        for name, (where, room) in table("routes")[group].items():
            method, path = where.split()
            route = Route(name, method, path, _room(room), **how)
            for prefix, other in table("routes")["aliases"]:
                rest = path.removeprefix(prefix)
                if rest != path and rest[:1] in {"", "/"}:
                    yield evolve(route, path=other + rest, described_as=path)
            if path.startswith("/keys"):
                yield evolve(route, path="/management" + path, switches=("seed_paths",))
            yield route


def _room(name: str) -> Callable[..., Answer]:
    """Return the function of a module, or one that gives an answer which is always the same."""
    module, _, function = name.partition(".")
    if module == "answers":
        return lambda _world, _call: Answer(**fill(name))
    room: Callable[..., Answer] = getattr(ROOMS[module], function)
    return room


def _pattern(route: Route) -> tuple[re.Pattern[str], Route]:
    words = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", route.path.replace(".", r"\."))
    return re.compile(words), route


MEDIA = Route("media", "GET", "/media/{id}/{index}.{kind}", music.media_file, credential="none")
_INSIDE = [_pattern(route) for route in _routes()]
_OUTSIDE = [_pattern(MEDIA)]


def find(method: str, path: str, *, inside: bool = True) -> tuple[Route, Mapping[str, str]] | None:
    """Return the route of a request and its path parameters, as they were written."""
    method = "GET" if method == "HEAD" else method
    for pattern, route in _INSIDE if inside else _OUTSIDE:
        match = pattern.fullmatch(path) if route.method == method else None
        if match is not None:
            return route, match.groupdict()
    return None
