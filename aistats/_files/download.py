"""Writing an answer's body to a file: whole, flushed and renamed into place, or not at all."""

from __future__ import annotations

import functools
import math
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import httpx

from aistats._answer import bare_request
from aistats._flow import Chunks, Close, Flow, Sleep, Work
from aistats._request import log
from aistats.errors import (
    ConfigurationError,
    ConnectionFailedError,
    RequestTimeoutError,
    one_line,
)

if TYPE_CHECKING:
    from aistats._engine import Engine
    from aistats._retry import Retry

_FLUSHES_FOLDERS = os.name == "posix"
_BLOCK = 256 * 1024  # bytes gathered before a write: fewer hops to a thread; 1 MiB is slower

Opener = Callable[[], Flow[httpx.Response]]
"""Opens the answer whose body is wanted; called again for each attempt."""
OnBytes = Callable[[int, "int | None"], None]


def check_target(path: str | os.PathLike[str], *, overwrite: bool) -> Path:
    """Refuse a target that cannot be written, before anything is fetched.

    Raises `FileNotFoundError`, `NotADirectoryError`, `IsADirectoryError` or `FileExistsError`.
    """
    if not isinstance(path, str | os.PathLike) or not str(path) or "\0" in str(path):
        raise ConfigurationError(f"path={path!r}: pass the path of the file to write")
    target = Path(path)
    parent = target.parent
    if not parent.exists():
        raise FileNotFoundError(f"the folder {parent} does not exist: create it first")
    if not parent.is_dir():
        raise NotADirectoryError(f"{parent} is not a folder")
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder: name a file in it")
    if target.exists() and not overwrite:
        raise FileExistsError(f"{target} exists: pass overwrite=True to replace it")
    return target


def save(
    engine: Engine[Any],
    opener: Opener,
    path: str | os.PathLike[str],
    *,
    overwrite: bool,
    retry: Retry | None = None,
    deadline: float | None = None,
    on_bytes: OnBytes | None = None,
) -> Flow[Path]:
    """Fetch what `opener` opens into `path`; begin again from the start when it breaks off.

    The gateway ignores `Range` (wire-facts §3.6), so there is no resuming. The target appears
    complete and flushed to disk, or is not touched at all.
    """
    target = check_target(path, overwrite=overwrite)
    policy = retry or engine.options.retry
    end = math.inf if deadline is None else deadline
    attempt = 0
    while True:
        attempt += 1
        response = yield from opener()
        writer = functools.partial(write, overwrite=overwrite, on_bytes=on_bytes)
        try:
            yield from writer(
                response, Chunks(response), target, overdue=lambda: engine.clock() >= end
            )
        except httpx.TransportError as error:
            pause = policy.backoff(attempt, engine.uniform)
            if attempt >= policy.attempts or engine.clock() + pause >= end:
                raise broken_off(error, response) from error
            log.warning(
                "the download from %s broke off (%s); starting again in %.2f s",
                *(response.url.host, type(error).__name__, pause),
            )
        else:
            return target
        yield Sleep(pause)


def broken_off(error: httpx.TransportError, response: httpx.Response) -> ConnectionFailedError:
    """Build the error for a body that ended too early; the original is its cause."""
    kind = (
        RequestTimeoutError if isinstance(error, httpx.TimeoutException) else ConnectionFailedError
    )
    return kind(
        one_line(f"the body from {response.url.host} broke off ({type(error).__name__}: {error})"),
        request=bare_request("GET", response.url),
        may_have_run=True,
    )


def write(
    response: httpx.Response,
    chunks: Chunks,
    target: Path,
    *,
    overwrite: bool,
    on_bytes: OnBytes | None = None,
    overdue: Callable[[], bool] = bool,
) -> Flow[None]:
    """Write the chunks of an open answer to `target`, whole or not at all."""
    total = _promised_length(response)
    partial = _Partial(target)
    received = pending = 0
    block: list[bytes] = []
    try:
        yield Work(partial.open)
        while chunk := (yield chunks):
            block.append(chunk)
            received += len(chunk)
            pending += len(chunk)
            if pending >= _BLOCK:
                yield Work(functools.partial(partial.file.writelines, block))
                block, pending = [], 0
            if on_bytes:
                on_bytes(received, total)
            if overdue():
                raise httpx.ReadTimeout("the budget of the call is used up")
        yield Close(response)
        if total is not None and received != total:
            raise httpx.RemoteProtocolError(f"got {received} bytes of {total}")
        yield Work(functools.partial(partial.finish, block, overwrite=overwrite))
    except BaseException:
        partial.discard()
        raise


def _promised_length(response: httpx.Response) -> int | None:
    """Give the length of the decoded body, where the server promises one."""
    length = response.headers.get("content-length", "")
    encoded = response.headers.get("content-encoding", "identity") != "identity"
    readable = length.isdecimal() and len(length) <= 18 and not encoded
    return int(length) if readable else None


class _Partial:
    """The temporary file beside the target."""

    file: BinaryIO

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")

    def open(self) -> None:
        # Exclusive, so nobody's link is followed; 0o666 lets the user's umask decide.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self.file = os.fdopen(os.open(self._path, flags, 0o666), "wb")

    def finish(self, rest: list[bytes], *, overwrite: bool) -> None:
        """Write the rest, flush it to disk and put the file in its place."""
        self.file.writelines(rest)
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        if overwrite:
            self._path.replace(self._target)
        else:
            self._place_new()
        _sync_folder(self._target.parent)

    def _place_new(self) -> None:
        try:
            os.link(self._path, self._target)  # fails if the target appeared meanwhile
        except FileExistsError:
            raise FileExistsError(f"{self._target} appeared meanwhile; it was left alone") from None
        except OSError:  # a file system without hard links
            if self._target.exists():
                raise FileExistsError(f"{self._target} appeared meanwhile") from None
            self._path.replace(self._target)
        else:
            self._path.unlink()

    def discard(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):  # closing flushes, which a full disk refuses once more
            if hasattr(self, "file"):
                self.file.close()
        with suppress(OSError):  # what went wrong before is what the caller must hear of
            self._path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if not _FLUSHES_FOLDERS:
        return
    with suppress(OSError):  # some file systems cannot; the file itself is safe by now
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_bytes(content: bytes, path: str | os.PathLike[str], *, overwrite: bool) -> Path:
    """Write bytes that are in memory to `path`, whole or not at all; give the path."""
    target = check_target(path, overwrite=overwrite)
    partial = _Partial(target)
    try:
        partial.open()
        partial.finish([content], overwrite=overwrite)
    except BaseException:
        partial.discard()
        raise
    return target
