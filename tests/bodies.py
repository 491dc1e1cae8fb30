"""Answers whose bodies come in pieces, break off, or do something on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

VIDEO = b"\x00\x01video" * 1000


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body of parts; a part may be an error to raise or something to do."""

    def __init__(self, *parts: bytes | BaseException | Callable[[], object]) -> None:
        self.parts = list(parts)
        self.closed = False

    def _next(self) -> bytes | None:
        if self.closed:
            raise httpx.ReadError("closed")
        while self.parts:
            part = self.parts.pop(0)
            if isinstance(part, bytes):
                return part
            if isinstance(part, BaseException):
                raise part
            part()
        return None

    def __iter__(self) -> Iterator[bytes]:
        while (part := self._next()) is not None:
            yield part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (part := self._next()) is not None:
            await anyio.lowlevel.checkpoint()
            yield part

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def media(*parts: Any, status: int = 200, **headers: str) -> httpx.Response:
    """Make an answer of a body in parts; a video unless the headers say otherwise."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    headers = {"content-type": "video/mp4", **named}
    return httpx.Response(status, stream=Body(*parts), headers=headers)


def files_in(folder: Path) -> dict[str, bytes]:
    """Give the names and contents of the files in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
