"""Multipart forms for httpx's encoder: what may stand for a file, and how text is written."""

from __future__ import annotations

import errno
import io
import mimetypes
import os
import re
import stat
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from aistats._core.request import encode_json, plain, scalar
from aistats.errors import AIStatsError, ConfigurationError

# The gateway judges a file by its extension or media type (docs/gateway.md, Files and forms).
# Where both are missing, the first bytes tell the extension: the name of the group.
_SIGNATURES = re.compile(
    rb"(?P<wav>RIFF....WAVE)|(?P<webp>RIFF....WEBP)|(?P<mp3>ID3|\xff[\xfb\xfa\xf3\xf2\xe3])"
    rb"|(?P<aac>\xff[\xf0\xf1\xf8\xf9])|(?P<flac>fLaC)|(?P<ogg>OggS)|(?P<webm>\x1aE\xdf\xa3)"
    rb"|(?P<m4a>....ftypM4A)|(?P<mp4>....ftyp)|(?P<png>\x89PNG\r\n\x1a\n)|(?P<jpg>\xff\xd8\xff)",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_MEDIA_TYPE = re.compile(r"[\x21-\x7e]+/[\x20-\x7e]+")

Part = tuple[str, tuple[str | None, Any, str | None]]


class Form:
    """A form of text `fields` and `files`, by their wire names.

    A file is a path, bytes, an open binary file or `(name, content[, content_type])`; a list of
    them repeats the name. What cannot be sent is refused before anything is: raises
    `ConfigurationError`, or the `OSError` of a path that cannot be read.
    """

    def __init__(self, fields: Mapping[str, object], files: Mapping[str, object]) -> None:
        self._texts = [
            pair
            for name, value in fields.items()
            for pair in _text_items(_checked(name, "field"), value)
        ]
        self._files = [
            _File(_checked(name, "field"), item)
            for name, value in files.items()
            for item in (value if isinstance(value, list) else [value])
        ]

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent a second time."""
        return all(file.size is not None for file in self._files)

    @contextmanager
    def opened(self) -> Generator[list[Part]]:
        """Open its files for one attempt; gives the parts as httpx takes them."""
        with ExitStack() as stack:
            texts: list[Part] = [(name, (None, text, None)) for name, text in self._texts]
            yield [*texts, *(file.part(stack) for file in self._files)]


class _File:
    """One file, as httpx reads it: from where it stood, as many bytes as were announced."""

    size: int | None
    """Its length; None when it can be read once only, to its end."""

    def __init__(self, field: str, value: object) -> None:
        given, content, self._type = _unpacked(field, value)
        if isinstance(content, bytes | bytearray | memoryview):
            content = io.BytesIO(content)
        own: object = getattr(content, "name", None)
        if isinstance(content, str | os.PathLike):
            own = content = os.fsdecode(content)
            self.size, self._start = _size_of(field, content), 0
        else:
            self.size, self._start = _left_in(field, content)
        # The name of a file without one is a number, or <stdin> and the like.
        own = os.path.basename(os.fsdecode(own)) if isinstance(own, str | bytes) else ""  # noqa: PTH119
        name = (own if not own.startswith("<") else "") or "upload" if given is None else given
        self._field, self._name, self._content = field, _checked(name, "file"), content
        self._file: Any = None
        self._left, self._ahead = self.size, b""

    def part(self, stack: ExitStack) -> Part:
        """Give the part of one attempt; a path is opened until the end of `stack`."""
        content, name = self._content, self._name
        is_path = isinstance(content, str)
        self._file = stack.enter_context(open(content, "rb", 0)) if is_path else content  # noqa: PTH123, SIM115
        if self._type is None and mimetypes.guess_type(name)[0] is None and "." not in name:
            if self.size is not None:
                self.seek(0)
            self._ahead = self._ahead or self._file.read(16)
            shown = _SIGNATURES.match(self._ahead)
            name = f"{name}.{shown.lastgroup}" if shown else name
        return self._field, (name, self, self._type)

    def read(self, most: int) -> bytes:
        """Read a block; b"" at the end."""
        if self._left is not None:
            most = min(most, self._left)
        block: bytes = self._ahead or (self._file.read(most) if most else b"")
        self._ahead = b""
        if self._left is not None:
            self._left -= len(block)
            if most and not block:
                raise AIStatsError(
                    f"{self._name} lost {self._left} bytes while it was being uploaded: upload a "
                    "file nobody writes to"
                )
        return block

    def seek(self, _: int, whence: int = os.SEEK_SET) -> int:
        """Go to the start; with `SEEK_END`, tell the length."""
        if self.size is None:
            raise io.UnsupportedOperation("this can be read once")
        self._file.seek(self._start)
        self._left, self._ahead = self.size, b""
        return self.size if whence == os.SEEK_END else 0

    def tell(self) -> int:
        """Tell where it stands: httpx asks before it asks for the length."""
        return self.seek(0)


def _text_items(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Write a value as the gateway's form reader takes it (docs/gateway.md, Files and forms)."""
    value = plain(value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        array = name if name.endswith("[]") else f"{name}[]"  # else one item would be no list
        for item in value:
            text = isinstance(item, list | tuple)
            yield from [(array, _json(name, item))] if text else _text_items(array, item)
    elif value is not None:
        is_object = isinstance(value, Mapping)
        yield name, _json(name, value) if is_object else scalar(name, value)


def _json(name: str, value: object) -> str:
    try:
        return encode_json(value).decode()
    except ConfigurationError as error:
        raise ConfigurationError(f"{name}: {error}") from None


def _checked(name: str, what: str) -> str:
    """Refuse a name that could end its line."""
    if not name or _CONTROL.search(name):
        raise ConfigurationError(f"{name!r} cannot be the name of a {what}")
    return name


def _unpacked(field: str, value: Any) -> tuple[str | None, Any, str | None]:
    """Give the name, the content and the content type, as far as the caller told them."""
    if not isinstance(value, tuple):
        return None, value, None
    if len(value) not in (2, 3) or not isinstance(value[0], str):
        raise ConfigurationError(f"{field}: a tuple must be (name, content[, content_type])")
    name, content, kind = (*value, None)[:3]
    if isinstance(content, str):
        raise ConfigurationError(f"{field}: pass bytes, or a pathlib.Path to name a file")
    if kind is not None and not (isinstance(kind, str) and _MEDIA_TYPE.fullmatch(kind)):
        raise ConfigurationError(f"{field}: {kind!r} is not a content type such as audio/wav")
    return name, content, kind


def _size_of(field: str, path: str) -> int | None:
    """Check that a path can be read; give the size of a regular file."""
    try:
        facts = os.stat(path)  # noqa: PTH116 - the path as it was given
        if stat.S_ISDIR(facts.st_mode):
            raise IsADirectoryError(errno.EISDIR, "a folder cannot be uploaded")
        if not stat.S_ISREG(facts.st_mode):
            return None  # opening a pipe may wait for its other end
        open(path, "rb").close()  # noqa: PTH123
    except OSError as error:
        raise type(error)(error.errno, f"{field}: {error.strerror}", path) from None
    except ValueError:  # a NUL in it
        raise ConfigurationError(f"{field}: {path!r} is not a path") from None
    return facts.st_size


def _left_in(field: str, file: Any) -> tuple[int | None, int]:
    """Check an open file; give how much of it is left, where that can be told, and its place."""
    if not hasattr(file, "read"):
        raise ConfigurationError(
            f"{field}: expected a path, bytes, a file opened with mode 'rb' or "
            f"(name, content[, content_type]), not {type(file).__name__}"
        )
    try:
        probe = file.read(0)
    except (OSError, ValueError) as error:  # open for writing, or closed
        raise ConfigurationError(f"{field}: the file cannot be read: {error}") from None
    if not isinstance(probe, bytes):
        if hasattr(probe, "close"):
            probe.close()  # the coroutine of an async file
        raise ConfigurationError(f"{field}: open the file in binary mode ('rb')")
    try:
        start = int(file.tell())
        file.seek(0, os.SEEK_END)
        size = int(file.tell()) - start
        file.seek(start)
    except (OSError, AttributeError, TypeError, ValueError):  # a pipe, a socket, a plain reader
        return None, 0
    return max(0, size), start
