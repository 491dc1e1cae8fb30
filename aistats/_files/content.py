"""Bodies that are not JSON: speech, files, videos, music; read, iterated or written to disk."""

from __future__ import annotations

import base64
import binascii
import functools
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, overload

import httpx
from attrs import evolve

from aistats import _download
from aistats._decode import undecodable, whole
from aistats._flow import Answer, Chunks, Close, Flow, Work, keep
from aistats._mode import Async, Bound, FlowMethod, Mode, Sync
from aistats.errors import (
    ConfigurationError,
    ResponseDecodeError,
    one_line,
)

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from aistats._engine import Engine
    from aistats._parameters import Request

_HEAD = 1024 * 1024  # bytes read at once: small bodies leave no connection open


class BinaryContent(Bound[Mode]):
    """The body of an answer. A small one is in memory already, a larger one is streamed.

    One in memory can be used as often as you like. Read a larger one once: to its end, or save
    it, or close it, so that its connection is given back; as a context manager it closes itself.
    """

    __slots__ = ("_chunks", "_engine", "_head", "_memory", "_response")

    def __init__(
        self, engine: Engine[Mode], response: httpx.Response, head: bytes, chunks: Chunks | None
    ) -> None:
        self._engine = engine
        self._response = response
        self._head = head
        self._chunks = chunks
        self._memory = head if chunks is None else None

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client."""
        return self._engine

    @property
    def content_type(self) -> str:
        """The media type as the gateway sent it."""
        return str(self._response.headers.get("content-type", "application/octet-stream"))

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the answer."""
        return self._response.headers

    def __repr__(self) -> str:
        held = "streamed" if self._memory is None else f"{len(self._memory)} bytes"
        return f"<BinaryContent {one_line(self.content_type, 80)}, {held}>"

    @FlowMethod
    def read(self) -> Flow[bytes]:
        """Give the whole body, from memory at a second call.

        Raises `ConnectionFailedError` when the body breaks off, `ResponseDecodeError` when it is
        larger than `Limits(body=...)`.
        """
        if self._memory is not None:
            return self._memory
        chunks, limit = self._claim(), self.engine.options.limits.body
        parts: list[bytes] = []
        size = 0
        while part := (yield from _next_chunk(chunks, self._response)):
            parts.append(part)
            size += len(part)
            if size > limit:
                yield Close(self._response)
                raise _too_large(self._response, limit)
        self._memory = b"".join(parts)
        return self._memory

    @FlowMethod
    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Flow[Path]:
        """Write the body to `path`, whole or not at all; raises as `VideoJob.download` does."""
        target = _download.check_target(path, overwrite=overwrite)
        if self._memory is not None:
            content = self._memory
            writing = functools.partial(_download.write_bytes, content, target, overwrite=overwrite)
            yield Work(writing)
            return target
        chunks = self._claim()
        try:
            yield from _download.write(self._response, chunks, target, overwrite=overwrite)
        except Exception as error:
            yield Close(self._response)
            if isinstance(error, httpx.TransportError):
                raise _download.broken_off(error, self._response) from error
            raise
        return target

    @overload
    def iter_bytes(self: BinaryContent[Sync]) -> Iterator[bytes]: ...
    @overload
    def iter_bytes(self: BinaryContent[Async]) -> AsyncIterator[bytes]: ...
    def iter_bytes(self: BinaryContent[Any]) -> Any:
        """Iterate over the body in blocks: `for` on a sync client, `async for` on an async one."""
        return _AsyncBlocks(self) if self.engine.is_async else _Blocks(self)

    @FlowMethod
    def close(self) -> Flow[None]:
        """Give the connection back; what was not read is lost."""
        self._chunks = None
        yield Close(self._response)

    def blocks(self) -> Iterator[Flow[bytes]]:
        """Give one flow a block, each to be driven before the next is asked for."""
        if self._memory is not None:
            yield _ready(self._memory)
            yield _ready(b"")
        chunks = self._claim()
        while True:
            yield _next_chunk(chunks, self._response)

    def _claim(self) -> Chunks:
        chunks, self._chunks = self._chunks, None
        if chunks is None:
            raise ConfigurationError(
                "this body was read, saved or closed before, and is too large to be kept: make "
                "the call again"
            )
        chunks.put_back(self._head)
        self._head = b""
        return chunks

    def __enter__(self: BinaryContent[Sync]) -> BinaryContent[Sync]:
        return self

    def __exit__(self: BinaryContent[Sync], *exc: object) -> None:
        self.close()

    async def __aenter__(self: BinaryContent[Async]) -> BinaryContent[Async]:
        return self

    async def __aexit__(self: BinaryContent[Async], *exc: object) -> None:
        await self.close()


class _Blocks:
    """The blocks of a body for a `for` loop."""

    def __init__(self, content: BinaryContent[Any]) -> None:
        self._drive = content.engine.drive
        self._blocks = content.blocks()

    def __iter__(self) -> _Blocks:
        return self

    def __next__(self) -> bytes:
        block: bytes = self._drive(next(self._blocks))
        if not block:
            raise StopIteration
        return block


class _AsyncBlocks:
    """The blocks of a body for an `async for` loop."""

    def __init__(self, content: BinaryContent[Any]) -> None:
        self._drive = content.engine.drive
        self._blocks = content.blocks()

    def __aiter__(self) -> _AsyncBlocks:
        return self

    async def __anext__(self) -> bytes:
        block: bytes = await self._drive(next(self._blocks))
        if not block:
            raise StopAsyncIteration
        return block


def _ready(block: bytes) -> Flow[bytes]:
    yield from ()
    return block


def _next_chunk(chunks: Chunks, response: httpx.Response) -> Flow[bytes]:
    """Read a chunk, b"" at the end; the connection is given back there and where it breaks off."""
    try:
        chunk: bytes = yield chunks
    except httpx.TransportError as error:
        yield Close(response)
        raise _download.broken_off(error, response) from error
    if not chunk:
        yield Close(response)
    return chunk


def _too_large(response: httpx.Response, limit: int) -> ResponseDecodeError:
    answer = Answer(response.status_code, response.headers, b"")
    return undecodable(answer, f"larger than {limit} bytes (Limits.body): save it to a file")


def open_content(
    engine: Engine[Mode],
    request: Request,
    *,
    credential: str = "inference",
    accept: str = "*/*",
    documents: bool = False,
) -> Flow[BinaryContent[Mode]]:
    """Make a call whose answer is bytes; read a small body at once, leave a larger one open.

    With `documents`, JSON and HTML are bytes like others; else they are no success.
    """
    response = yield from engine.send(request, credential=credential, accept=accept, stream=True)
    yield from refuse_other_than_media(response, documents=documents)
    chunks = Chunks(response)
    parts: list[bytes] = []
    while sum(map(len, parts)) < _HEAD:
        chunk = yield from _next_chunk(chunks, response)
        if not chunk:
            return BinaryContent(engine, response, b"".join(parts), None)
        parts.append(chunk)
    keep(response)
    return BinaryContent(engine, response, b"".join(parts), chunks)


def refuse_other_than_media(response: httpx.Response, *, documents: bool) -> Flow[None]:
    """Refuse a redirect and, unless `documents`, a page or a JSON object instead of a file."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    answer = Answer(response.status_code, response.headers, b"")
    if response.status_code >= 300:
        yield Close(response)
        whole(answer)  # raises
    if kind in ("text/html", "application/json") and not documents:
        chunk = yield from _next_chunk(Chunks(response), response)
        yield Close(response)
        raise undecodable(evolve(answer, content=chunk), f"{kind} where a file was promised")


def audio_of(raw: Mapping[str, Any]) -> bytes | str | None:
    """Find a music job's audio: bytes from base64, else its URL (wire-facts §4)."""
    output = raw.get("output")
    places = [raw, raw.get("result"), *(output if isinstance(output, list) else [output])]
    found = [place for place in places if isinstance(place, Mapping)]
    for place in found:
        text = place.get("audio_base64")
        if isinstance(text, str) and text:
            try:
                return base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                continue
    urls = (place.get("audio_url") for place in found)
    return next((url for url in urls if isinstance(url, str) and url), None)
