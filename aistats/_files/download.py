"""Writing an answer's body to a file: whole, flushed and renamed into place, or not at all."""

from __future__ import annotations

import errno
import functools
import itertools
import os
import secrets
import stat
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from attrs import evolve

from aistats._core.answer import Answer, undecodable_error
from aistats._core.call import log, open_answer
from aistats._core.colour import BudgetError
from aistats._core.decode import error_in, redirect_error
from aistats._core.options import handed_out_url, is_loopback, origin_of
from aistats._core.request import Request
from aistats._files.progress import ByteBar
from aistats.errors import ConfigurationError, ConnectionFailedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aistats._core.answer import OpenAnswer
    from aistats._core.colour import Engine, Mode

_BLOCK = 256 * 1024  # bytes gathered before a write: fewer hops to a thread
_REDIRECTS = 5
_DOCUMENTS = ("json", "html", "html+xml")  # what errors and login pages are written in


def check_target(path: str | os.PathLike[str], *, overwrite: bool) -> Path:
    """Refuse a target that cannot be written, before anything is fetched.

    Raises `ConfigurationError` for what is no path, else the `OSError` that fits.
    """
    text = os.fspath(path) if isinstance(path, str | os.PathLike) else None
    try:
        usable = isinstance(text, str) and text and b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        usable = False
    if not usable:
        raise ConfigurationError(f"path={path!r}: pass the path of the file to write")
    place, mode = Path(os.path.realpath(path)), None
    folder = place.parent
    if not folder.is_dir():
        kind = NotADirectoryError if folder.exists() else FileNotFoundError
        raise kind(f"{folder} is not a folder that exists: create it first")
    with suppress(FileNotFoundError):
        mode = os.lstat(path).st_mode
        mode = place.stat().st_mode  # of a link that leads nowhere, its own mode stays
    is_folder = os.path.split(path)[1] in ("", ".", "..")  # a `Path` has no slash at its end
    if is_folder or (mode and stat.S_ISDIR(mode)):
        raise IsADirectoryError(f"{path} is a folder: name a file in it")
    if mode and not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise FileExistsError(f"{path} is a device, a pipe or a socket: name a regular file")
    if mode and not overwrite:
        raise FileExistsError(f"{path} exists: pass overwrite=True to replace it")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "no file can be made in the folder", str(folder))
    return Path(path)


async def to_file(
    engine: Engine[Mode],
    source: Request | str,
    path: str | os.PathLike[str],
    *,
    overwrite: bool,
    progress: bool = False,
    documents: bool = False,
) -> Path:
    """Fetch `source`, a request or a URL that the gateway gave, into the file `path`.

    With `documents`, JSON and HTML are files like others; else they are no success. What breaks
    off begins again from the start, since the gateway knows no ranges (docs/gateway.md, Jobs).
    """
    target = check_target(path, overwrite=overwrite)
    policy, deadline = engine.options.retry, engine.deadline()
    with ByteBar() if progress else nullcontext() as bar:
        for attempt in itertools.count(1):
            answer = await _opened(engine, source, deadline)
            await check_media(engine, answer, documents=documents)
            try:
                await write(
                    engine, answer, target, overwrite=overwrite, deadline=deadline,
                    on_bytes=bar.update if bar else None,
                )  # fmt: skip
                break
            except ConnectionFailedError as error:
                pause = policy.pause(error, repeat="safe", attempt=attempt, uniform=engine.uniform)
                is_late = deadline is not None and engine.clock() + (pause or 0.0) >= deadline
                if pause is None or is_late:
                    raise
                log.warning("%s; the download starts again in %.2f s", error, pause)
            await engine.world.sleep(pause)
    return target


async def _opened(
    engine: Engine[Mode], source: Request | str, deadline: float | None
) -> OpenAnswer:
    """Open what is to be fetched; the key goes to unsigned URLs of the gateway's own only."""
    if isinstance(source, Request):
        return await open_answer(engine, evolve(source, accept="*/*"), deadline=deadline)
    url, is_own = handed_out_url(source), True
    scheme, host, _ = origin_of(engine.options.base_url)
    for _ in range(_REDIRECTS + 1):
        is_near = scheme == url.scheme == "http" and is_loopback(host) and is_loopback(url.host)
        if not url.host or not (url.scheme == "https" or is_near or engine.is_own(url)):
            raise ConfigurationError(
                f"the gateway gave a URL of scheme {url.scheme!r} at host {url.host!r}, which is "
                "not fetched: only https is"
            )
        is_own = is_own and engine.is_own(url)  # once elsewhere, nobody sends our key back here
        credential = "inference" if is_own and "download_sig" not in url.params else "none"
        path = url.raw_path.partition(b"?")[0].decode("ascii")
        request = Request("GET", path, accept="*/*", credential=credential, absolute=url)
        answer = await open_answer(engine, request, deadline=deadline)
        target = answer.headers.get("location")
        if answer.status < 300 or not target:
            return answer
        await answer.close()
        url = handed_out_url(target, url)
    raise ConnectionFailedError(f"{url.host} redirected more than {_REDIRECTS} times")


async def check_media(engine: Engine[Mode], answer: OpenAnswer, *, documents: bool) -> None:
    """Refuse an answer that is no whole file: a redirect, a part, a page or JSON."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_document = kind.endswith(_DOCUMENTS) and not documents
    if answer.status in (200, 203) and not is_document:
        return
    if answer.status >= 300:
        await answer.close()
        raise redirect_error(Answer(answer.status, answer.headers, b""))
    told = await answer.read(engine.options.limits.error_body)
    what = f"{kind} where a file was promised" if is_document else "not a whole file"
    raise undecodable_error(told, error_in(told) or what)


async def write(
    engine: Engine[Mode],
    answer: OpenAnswer,
    target: Path,
    *,
    overwrite: bool,
    deadline: float | None = None,
    on_bytes: Callable[[int, int | None], None] | None = None,
) -> None:
    """Write the body of an answer to `target`, whole or not at all; close the answer."""
    total, work = answer.promised_length, engine.world.work
    partial = _Partial(target)
    received = pending = 0
    block: list[bytes] = []
    try:
        await work(partial.open)
        with engine.world.budget(None if deadline is None else deadline - engine.clock()):
            while piece := await answer.chunk():
                block.append(piece)
                received, pending = received + len(piece), pending + len(piece)
                if on_bytes:
                    on_bytes(received, total)
                if pending >= _BLOCK:
                    await work(functools.partial(partial.file.writelines, block))
                    block, pending = [], 0
        if total not in (None, received):
            raise answer.broken_off_error(f"{received} bytes of {total} came")
        if not received:
            raise answer.decode_error("empty where a file was promised")
        await work(functools.partial(partial.finish, block, overwrite=overwrite))
    except BudgetError as error:
        why = "the budget of the call is used up"
        raise answer.broken_off_error(why, timed_out=True) from error
    finally:
        partial.discard()
        await answer.close()


def write_bytes(content: bytes, path: str | os.PathLike[str], *, overwrite: bool) -> Path:
    """Write bytes that are in memory to `path`, whole or not at all; give the path."""
    target = check_target(path, overwrite=overwrite)
    partial = _Partial(target)
    try:
        partial.open()
        partial.finish([content], overwrite=overwrite)
    finally:
        partial.discard()
    return target


class _Partial:
    """The temporary file beside the target."""

    file: BinaryIO

    def __init__(self, target: Path) -> None:
        self._place = Path(os.path.realpath(target))  # a link stays, and leads to the new file
        # Its name does not grow with the target's, which may be as long as the system takes.
        self._path = self._place.with_name(f".aistats-{secrets.token_hex(8)}.part")

    def open(self) -> None:
        # Exclusive, so nobody's link is followed. 0o666 lets the user's umask decide; what replaces
        # a file, which may be private, is so until it takes over the permissions.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        mode = 0o600 if self._place.exists() else 0o666
        self.file = os.fdopen(os.open(self._path, flags, mode), "wb")

    def finish(self, rest: list[bytes], *, overwrite: bool) -> None:
        """Write the rest, flush it to disk and put the file in its place."""
        self.file.writelines(rest)
        self.file.flush()
        if overwrite:
            self._take_permissions()
        os.fsync(self.file.fileno())
        self.file.close()
        if overwrite:
            self._path.replace(self._place)
        else:
            self._place_new()
        if os.name == "posix":
            _flush_folder(self._place.parent)

    def _take_permissions(self) -> None:
        with suppress(OSError, AttributeError):  # Windows has no `chown`
            old = self._place.stat()
            with suppress(OSError):  # only root may give files away
                os.chown(self._path, old.st_uid, old.st_gid)
            self._path.chmod(stat.S_IMODE(old.st_mode))

    def _place_new(self) -> None:
        appeared = FileExistsError(f"{self._place} appeared meanwhile; it was left alone")
        try:
            os.link(self._path, self._place)
        except FileExistsError:
            raise appeared from None
        except OSError:  # a file system without hard links
            if os.path.lexists(self._place):
                raise appeared from None
            self._path.replace(self._place)

    def discard(self) -> None:
        """Leave nothing of the temporary file behind."""
        with suppress(OSError, AttributeError):  # closing flushes, which a full disk refuses anew
            self.file.close()
        with suppress(OSError):  # what went wrong before is what the caller must hear of
            self._path.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # some file systems cannot; the file itself is safe by now
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
