"""Multipart bodies that come from disk block by block and can be sent again.

httpx has an encoder of its own; it takes no paths, rewinds files to their start instead of to
where they stood, and reads them on the event loop.
"""

from __future__ import annotations

import json
import mimetypes
import re
import secrets
import weakref
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, cast

import httpx

from aistats._json import is_list
from aistats._parameters import plain, scalar
from aistats._upload_sources import FromMemory, Source, source_of
from aistats.errors import ConfigurationError

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MEDIA_TYPE = re.compile(r"[\x21-\x7e]+/[\x20-\x7e]+")


class Multipart:
    """A multipart/form-data body of text `fields` and `files`, by their wire names.

    A file is a path, bytes, an open binary file or `(name, content[, content_type])`; a list of
    them repeats the name. Raises `FileNotFoundError`, `IsADirectoryError`, `PermissionError` or
    `ConfigurationError` for what cannot be sent, before anything is.
    """

    def __init__(self, fields: Mapping[str, Any], files: Mapping[str, Any]) -> None:
        boundary = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._sources: list[Source] = []
        text: list[bytes] = []
        for name, value in fields.items():
            for wire, content in _form_items(name, value):
                text += (_head(boundary, wire), _utf8(content, name), b"\r\n")
        for name, value in files.items():
            for item in _each_file(value):
                filename, source, media_type = _file(name, item)
                text.append(_head(boundary, name, filename, media_type))
                self._sources += (FromMemory(b"".join(text)), source)
                text = [b"\r\n"]
        text.append(f"--{boundary}--\r\n".encode())
        self._sources.append(FromMemory(b"".join(text)))

    @property
    def content_length(self) -> int | None:
        """The length in bytes; None when a part's is not known before it is read."""
        total = 0
        for source in self._sources:
            if source.size is None:
                return None
            total += source.size
        return total

    @property
    def repeatable(self) -> bool:
        """Whether the body can be sent a second time."""
        return all(source.repeatable for source in self._sources)

    def stream(self) -> MultipartStream:
        """Give the body from its start, for one attempt."""
        return MultipartStream(self._sources)


class MultipartStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of one attempt, for both kinds of clients; async ones read in a worker thread."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources

    def __iter__(self) -> Iterator[bytes]:
        return chain.from_iterable(source.blocks() for source in self._sources)

    def __aiter__(self) -> _AsyncBlocks:
        return _AsyncBlocks(self._sources)


class _AsyncBlocks:
    """The blocks of a body, read in a worker thread.

    Not an async generator: those outlive an upload that breaks off, and with them an open file.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._blocks = chain.from_iterable(source.blocks() for source in sources)
        self._in_memory = all(isinstance(source, FromMemory) for source in sources)

    def __aiter__(self) -> _AsyncBlocks:
        return self

    def next_block(self) -> bytes:
        """Read a block, b"" at the end."""
        return next(self._blocks, b"")

    async def __anext__(self) -> bytes:
        if self._in_memory:
            block = self.next_block()
        else:
            from anyio import to_thread  # late: only async users pay for it

            # An idle worker thread remembers its last arguments: they must not hold the file.
            reference: weakref.ref[_AsyncBlocks] = weakref.ref(self)
            block = await to_thread.run_sync(_next_block, reference)
        if not block:
            raise StopAsyncIteration
        return block


def _next_block(blocks: weakref.ref[_AsyncBlocks]) -> bytes:
    held = blocks()
    return held.next_block() if held else b""


def _form_items(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Write a value as the gateway's form reader takes it (wire-facts §5.6)."""
    value = plain(value)
    if value is None:
        return
    if isinstance(value, Mapping):
        yield name, _json(name, value)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        array = name if name.endswith("[]") else f"{name}[]"  # else one item would be no list
        for item in _items(cast("Any", value)):
            if isinstance(item, list | tuple):
                yield array, _json(name, item)
            else:
                yield from _form_items(array, item)
    else:
        yield name, scalar(name, value)


def _json(name: str, value: Any) -> str:
    try:
        return json.dumps(value, allow_nan=False, default=_model_json)
    except (TypeError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{name} cannot be written as JSON: {error}") from error


def _model_json(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    raise TypeError(f"{type(value).__name__} is not JSON")


def _head(
    boundary: str, name: str, filename: str | None = None, media_type: str | None = None
) -> bytes:
    disposition = f'form-data; name="{_quoted(name, "field")}"'
    if filename is not None:
        disposition += f'; filename="{_quoted(filename, "file")}"'
    kind = f"\r\nContent-Type: {media_type}" if media_type else ""
    head = f"--{boundary}\r\nContent-Disposition: {disposition}{kind}\r\n\r\n"
    return _utf8(head, filename or name)


def _quoted(name: str, what: str) -> str:
    """Escape a name as browsers do; refuse what could end the line."""
    if not name or _CONTROL.search(name):
        raise ConfigurationError(f"{name!r} cannot be the name of a {what}")
    return name.replace('"', "%22")


def _utf8(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ConfigurationError(f"{name!r} holds a lone surrogate, which is not text") from None


def _items(value: Any) -> list[Any]:
    return list(value)


def _each_file(value: Any) -> list[Any]:
    return value if is_list(value) else [value]


def _file(field: str, value: Any) -> tuple[str, Source, str]:
    """Read what the caller gave: file name, content and media type."""
    filename = media_type = None
    content: Any = value
    if isinstance(value, tuple):
        given = _items(cast("Any", value))
        if len(given) not in (2, 3) or not isinstance(given[0], str):
            raise ConfigurationError(f"{field}: a tuple must be (name, content[, content_type])")
        filename, content, media_type = [*given, None][:3]
        if isinstance(content, str):
            raise ConfigurationError(f"{field}: pass bytes, or a pathlib.Path to name a file")
    source, own_name = source_of(field, content)
    name = own_name if filename is None else filename
    media_type = media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if not isinstance(media_type, str) or not _MEDIA_TYPE.fullmatch(media_type):
        raise ConfigurationError(f"{field}: {media_type!r} is not a content type such as audio/wav")
    return name, source, media_type
