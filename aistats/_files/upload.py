"""Multipart forms, with httpx's encoder: what may stand for a file, and how text is written."""

from __future__ import annotations

import errno
import io
import mimetypes
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, cast

from attrs import frozen

from aistats._core.request import encode_json, plain, scalar
from aistats.errors import AIStatsError, ConfigurationError

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_MEDIA_TYPE = re.compile(r"[\x21-\x7e]+/[\x20-\x7e]+")
_UNKNOWN = "application/octet-stream"
# The gateway judges a file by its extension or media type (docs/gateway.md, Files and forms).
# What has neither shows it in its first bytes.
_SIGNATURES = (
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "wav", "audio/wav"),
    (re.compile(rb"ID3|\xff[\xfb\xfa\xf3\xf2\xe3]"), "mp3", "audio/mpeg"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "aac", "audio/aac"),
    (re.compile(rb"fLaC"), "flac", "audio/flac"),
    (re.compile(rb"OggS"), "ogg", "audio/ogg"),
    (re.compile(rb"\x1aE\xdf\xa3"), "webm", "video/webm"),
    (re.compile(rb"....ftypM4A", re.DOTALL), "m4a", "audio/mp4"),
    (re.compile(rb"....ftyp", re.DOTALL), "mp4", "video/mp4"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png", "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg", "image/jpeg"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp", "image/webp"),
)
_HEAD = 16  # bytes, as many as a signature looks at

Part = tuple[str, tuple[str | None, Any, str | None]]


class Form:
    """A form of text `fields` and `files`, by their wire names.

    A file is a path, bytes, an open binary file or `(name, content[, content_type])`; a list of
    them repeats the name. Raises `FileNotFoundError`, `IsADirectoryError`, `PermissionError` or
    `ConfigurationError` for what cannot be sent, before anything is.
    """

    def __init__(self, fields: Mapping[str, object], files: Mapping[str, object]) -> None:
        self._texts = [pair for name in fields for pair in _text_items(name, fields[name])]
        self._files = [
            _file(name, item)
            for name, value in files.items()
            for item in (value if isinstance(value, list) else [value])
        ]
        for name in (*(name for name, _ in self._texts), *files):
            _check_name(name, "field")

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent a second time."""
        return all(file.size is not None for file in self._files)

    @contextmanager
    def opened(self) -> Iterator[list[Part]]:
        """Open its files for one attempt; gives the parts as httpx takes them."""
        with ExitStack() as stack:
            texts: list[Part] = [(name, (None, text, None)) for name, text in self._texts]
            yield [*texts, *(file.part(stack) for file in self._files)]


@frozen
class _File:
    """A file to send; without `size` it can be read once, to its end."""

    field: str
    name: str
    media_type: str | None
    content: Any
    """Bytes, a path, or a file that the caller opened."""
    size: int | None
    start: int = 0
    """Where the caller's file stands."""

    def part(self, stack: ExitStack) -> Part:
        """Give the part of one attempt; a path is opened until the end of `stack`."""
        content, name = self.content, self.name
        if isinstance(content, str):
            content = stack.enter_context(open(content, "rb", buffering=0))
        media_type = self.media_type or mimetypes.guess_type(name)[0]
        if not isinstance(content, bytes):
            content = _Reader(content, self)
        if media_type is None:
            head = content[:_HEAD] if isinstance(content, bytes) else content.head()
            found = (signature for signature in _SIGNATURES if signature[0].match(head))
            _, extension, media_type = next(found, (None, "", _UNKNOWN))
            name = f"{name}.{extension}".rstrip(".") if name == "upload" else name
        return self.field, (name, content, media_type)


class _Reader:
    """What httpx reads a file through: from where it stood, and as many bytes as announced."""

    def __init__(self, file: Any, facts: _File) -> None:
        self._file, self._facts, self._left = file, facts, facts.size
        self._ahead = b""

    def head(self) -> bytes:
        """Look at the first bytes."""
        self._rewind()
        self._ahead = self._file.read(_HEAD)
        return self._ahead

    def _rewind(self) -> None:
        if self._facts.size is not None:
            self._file.seek(self._facts.start)
            self._left, self._ahead = self._facts.size, b""

    def read(self, most: int) -> bytes:
        """Read a block; b"" at the end."""
        ahead, self._ahead = self._ahead, b""
        wanted = most if self._left is None else min(most, self._left)
        block: bytes = ahead or (self._file.read(wanted) if wanted else b"")
        if self._left is not None:
            self._left -= len(block)
            if wanted and not block:
                raise AIStatsError(
                    f"{self._facts.name} lost {self._left} bytes while it was being uploaded: "
                    "upload a file nobody writes to"
                )
        return block

    def seek(self, _: int, whence: int = os.SEEK_SET) -> int:
        """Go to the start; with `SEEK_END`, tell the length."""
        if self._facts.size is None:
            raise io.UnsupportedOperation("this can be read once")
        self._rewind()
        return self._facts.size if whence == os.SEEK_END else 0

    def tell(self) -> int:
        """Tell where it stands, as httpx wants to know before it asks for the length."""
        return self.seek(0)


def _text_items(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Write a value as the gateway's form reader takes it (docs/gateway.md, Files and forms)."""
    value = plain(value)
    if value is None:
        return
    if isinstance(value, Mapping):
        yield name, _json(name, value)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        array = name if name.endswith("[]") else f"{name}[]"  # else one item would be no list
        for item in value:
            if isinstance(item, list | tuple):
                yield array, _json(name, item)
            else:
                yield from _text_items(array, item)
    else:
        yield name, scalar(name, value)


def _json(name: str, value: object) -> str:
    try:
        return encode_json(value).decode()
    except ConfigurationError as error:
        raise ConfigurationError(f"{name}: {error}") from None


def _check_name(name: str, what: str) -> None:
    """Refuse a name that could end its line."""
    if not name or _CONTROL.search(name):
        raise ConfigurationError(f"{name!r} cannot be the name of a {what}")


def _file(field: str, value: Any) -> _File:
    """Read what the caller gave for a file."""
    name = media_type = None
    content = value
    if isinstance(value, tuple):
        given = list(cast("tuple[Any, ...]", value))
        if len(given) not in (2, 3) or not isinstance(given[0], str):
            raise ConfigurationError(f"{field}: a tuple must be (name, content[, content_type])")
        name, content, media_type = [*given, None][:3]
        if isinstance(content, str):
            raise ConfigurationError(f"{field}: pass bytes, or a pathlib.Path to name a file")
    if media_type is not None and not (
        isinstance(media_type, str) and _MEDIA_TYPE.fullmatch(media_type)
    ):
        raise ConfigurationError(f"{field}: {media_type!r} is not a content type such as audio/wav")
    if isinstance(content, str | os.PathLike):
        own, content = os.fsdecode(content), os.fsdecode(content)
        size, start = _size_on_disk(field, content), 0
    elif isinstance(content, bytes | bytearray | memoryview):
        own, content = "", bytes(content)
        size, start = len(content), 0
    elif hasattr(content, "read"):
        own = getattr(content, "name", None)
        own = os.fsdecode(own) if isinstance(own, str | bytes) else ""
        own = "" if own.startswith("<") else own  # <stdin> and the like are no names
        size, start = _size_of(field, content, own or "upload")
    else:
        raise ConfigurationError(
            f"{field}: expected a path, bytes, a file opened with mode 'rb' or "
            f"(name, content[, content_type]), not {type(content).__name__}"
        )
    name = os.path.basename(own) or "upload" if name is None else name  # noqa: PTH119 - as given
    _check_name(name, "file")
    return _File(field, name, media_type, content, size, start)


def _size_on_disk(field: str, path: str) -> int | None:
    """Check a path; give the size of a regular file."""
    try:
        facts = os.stat(path)  # noqa: PTH116 - the path as it was given
    except FileNotFoundError:
        raise FileNotFoundError(errno.ENOENT, f"{field}: no such file to upload", path) from None
    except ValueError:  # a NUL in it
        raise ConfigurationError(f"{field}: {path!r} is not a path") from None
    if stat.S_ISDIR(facts.st_mode):
        raise IsADirectoryError(errno.EISDIR, f"{field}: a folder cannot be uploaded", path)
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, f"{field}: the file may not be read", path)
    return facts.st_size if stat.S_ISREG(facts.st_mode) else None


def _size_of(field: str, file: Any, name: str) -> tuple[int | None, int]:
    """Check an open file; give how much of it is left, where that can be told, and its place."""
    try:
        probe = file.read(0)
    except OSError as error:  # before ValueError: the error of a file open for writing is both
        raise ConfigurationError(f"{field}: the file {name!r} is not readable: {error}") from None
    except ValueError:
        raise ConfigurationError(f"{field}: the file {name!r} is closed") from None
    if not isinstance(probe, bytes):
        if hasattr(probe, "close"):
            probe.close()  # the coroutine of an async file
        raise ConfigurationError(f"{field}: open the file {name!r} in binary mode ('rb')")
    try:
        start = int(file.tell())
        size = int(file.seek(0, os.SEEK_END)) - start
        file.seek(start)
    except (OSError, AttributeError, TypeError, ValueError):  # a pipe, a socket, a plain reader
        return None, 0
    return max(0, size), start
