"""What can be uploaded (a path, bytes, an open file) as blocks of bytes of a known length."""

from __future__ import annotations

import errno
import os
import re
import stat
from typing import TYPE_CHECKING, Any, Protocol, cast

from attrs import frozen

from aistats.errors import AIStatsError, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 1024 * 1024  # bytes per read: few hops to a worker thread, little memory

# The gateway judges an upload by its extension or media type (wire-facts §5.6), which bytes
# without a name lack: their first bytes tell both.
_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "wav"),
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2]"), "mp3"),
    (re.compile(rb"fLaC"), "flac"),
    (re.compile(rb"OggS"), "ogg"),
    (re.compile(rb"\x1aE\xdf\xa3"), "webm"),
    (re.compile(rb"....ftypM4A", re.DOTALL), "m4a"),
    (re.compile(rb"....ftyp", re.DOTALL), "mp4"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
)


class _Readable(Protocol):
    def read(self, size: int, /) -> Any: ...


class Source(Protocol):
    """The content of one part of a body."""

    @property
    def size(self) -> int | None:
        """Its length in bytes; None when it is not known before the content was read."""
        ...

    @property
    def repeatable(self) -> bool:
        """Whether it can be read a second time."""
        ...

    def blocks(self) -> Iterator[bytes]:
        """Read it from its start, without an empty block."""
        ...


@frozen
class FromMemory:
    """Bytes."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def repeatable(self) -> bool:
        return True

    def blocks(self) -> Iterator[bytes]:
        for start in range(0, len(self.content), BLOCK):
            yield self.content[start : start + BLOCK]


@frozen
class FromPath:
    """A file to open by its path, for each attempt anew; a pipe or a device has no size."""

    path: str
    size: int | None

    @property
    def repeatable(self) -> bool:
        return self.size is not None

    def blocks(self) -> Iterator[bytes]:
        with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123 - the path as it was given
            yield from _read(file, self.size, self.path)


@frozen
class FromFile:
    """A file that the caller opened and will close; `start` is where it stood."""

    file: Any
    name: str
    start: int | None
    size: int | None

    @property
    def repeatable(self) -> bool:
        return self.start is not None

    def blocks(self) -> Iterator[bytes]:
        if self.start is not None:
            self.file.seek(self.start)
        yield from _read(self.file, self.size, self.name)


def source_of(field: str, content: Any) -> tuple[Source, str]:
    """Give the source of what the caller passed for `field`, and a file name for it.

    Raises `FileNotFoundError`, `IsADirectoryError` or `ConfigurationError`.
    """
    if isinstance(content, str | os.PathLike):
        path = os.fsdecode(cast("str | os.PathLike[str]", content))
        return _on_disk(field, path), os.path.basename(path) or "upload"  # noqa: PTH119 - as given
    if isinstance(content, bytes | bytearray | memoryview):
        held = bytes(cast("bytes", content))
        return FromMemory(held), f"upload{_extension(held)}"
    if hasattr(content, "read"):
        own = getattr(content, "name", None)
        name = os.path.basename(own) if isinstance(own, str) else ""  # noqa: PTH119 - as given
        return _opened(field, content, name or "upload"), name or "upload"
    raise ConfigurationError(
        f"{field}: expected a path, bytes, a file opened with mode 'rb' or "
        f"(name, content[, content_type]), not {type(content).__name__}"
    )


def _read(file: _Readable, size: int | None, name: str) -> Iterator[bytes]:
    """Read exactly `size` bytes, or to the end where the size is not known."""
    left = size
    while left is None or left > 0:
        block = file.read(BLOCK if left is None else min(BLOCK, left))
        if not block:
            break
        if left is not None:
            left -= len(block)
        yield block
    if left:
        raise AIStatsError(
            f"{name} lost {left} bytes while it was being uploaded: upload a file nobody writes to"
        )


def _extension(content: bytes) -> str:
    return next((f".{kind}" for magic, kind in _SIGNATURES if magic.match(content)), "")


def _on_disk(field: str, path: str) -> FromPath:
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
    return FromPath(path, facts.st_size if stat.S_ISREG(facts.st_mode) else None)


def _opened(field: str, file: Any, name: str) -> FromFile:
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
        return FromFile(file, name, None, None)
    return FromFile(file, name, start, max(0, size))
