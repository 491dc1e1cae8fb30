"""The table of operations as routes to their rooms, and the search in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve

from aistats.sandbox import account, batches, discovery, music, text, videos, work
from aistats.sandbox.calls import Route
from aistats.sandbox.shapes import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOMS = {
    module.__name__.rpartition(".")[2]: module
    for module in (account, batches, discovery, music, text, videos, work)
}


def _routes() -> Iterator[Route]:
    """Return every route: each at its place, and where else the gateway has it or had it."""
    for group, how in table("routes")["ways"].items():
        for name, (where, room) in table("routes")[group].items():
            method, path = where.split()
            module, _, function = room.partition(".")
            route = Route(name, method, path, getattr(ROOMS[module], function), **how)
            for prefix, other in table("routes")["aliases"]:
                rest = path.removeprefix(prefix)
                if rest != path and rest[:1] in {"", "/"}:
                    yield evolve(route, path=other + rest, described_as=path)
            if path.startswith("/keys"):
                yield evolve(route, path="/management" + path, switches=("seed_paths",))
            yield route


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
