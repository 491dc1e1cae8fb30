"""Answers that are not JSON, such as speech: read, iterated over or saved."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from attrs import evolve

from aistats._core.call import open_answer
from aistats._core.colour import Items, Mode, method
from aistats._core.decode import whole
from aistats._files.download import check_media, check_target, write, write_bytes
from aistats.errors import ConfigurationError, one_line

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from aistats._core.answer import OpenAnswer
    from aistats._core.colour import Engine
    from aistats._core.request import Request

_SMALL = 1024 * 1024  # bytes that are read at once, so that most answers leave no connection open


class BinaryContent(Items[bytes, Mode]):
    """The body of an answer. A small one is in memory already, a larger one is streamed.

    One in memory can be used as often as you like. Read a larger one once: to its end, or save
    it, or close it, so that its connection is given back; as a context manager it closes itself.
    """

    def __init__(self, engine: Engine[Mode], answer: OpenAnswer, held: bytes | None) -> None:
        """`held` is the whole body; without it, it is still to be read from `answer`."""
        super().__init__(engine)
        self._answer, self._held, self._taken = answer, held, False

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the answer."""
        return self._answer.headers

    @property
    def content_type(self) -> str:
        """The media type as the gateway sent it."""
        return self.headers.get("content-type", "application/octet-stream")

    def __repr__(self) -> str:
        held = "streamed" if self._held is None else f"{len(self._held)} bytes"
        return f"<BinaryContent {one_line(self.content_type, 80)}, {held}>"

    @method
    async def read(self) -> bytes:
        """Give the whole body, from memory at a second call.

        Raises `ConnectionFailedError` when the body breaks off, `ResponseDecodeError` when it is
        larger than `Limits(body=...)`.
        """
        if self._held is None:
            self._held = whole(await self._unread().read(self.engine.options.limits.body))
        return self._held

    @method
    async def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the body to `path`, whole or not at all; raises as `VideoJob.download` does."""
        if self._held is not None:
            writing = functools.partial(write_bytes, self._held, path, overwrite=overwrite)
            return await self.engine.world.work(writing)
        target = check_target(path, overwrite=overwrite)
        await write(self.engine, self._unread(), target, overwrite=overwrite)
        return target

    def iter_bytes(self) -> Items[bytes, Mode]:
        """Iterate over the body in blocks: `for` on a sync client, `async for` on an async one."""
        answer = self._unread() if self._held is None else self._answer
        return BinaryContent(self.engine, answer, self._held)

    @method
    async def close(self) -> None:
        """Give the connection back; what was not read is lost."""
        await self._close()

    def _unread(self) -> OpenAnswer:
        """Take the unread body, which can be done once."""
        if self._taken:
            raise ConfigurationError(
                "this body was read, saved or closed before, and is too large to be kept: make "
                "the call again"
            )
        self._taken = True
        return self._answer

    async def _open(self) -> None:
        if self._held:
            self._ready.append(self._held)

    async def _more(self) -> Iterable[bytes] | None:
        block = await self._answer.chunk() if self._held is None else b""
        return [block] if block else None

    async def _close(self) -> None:
        self._taken = True
        await self._answer.close()


async def open_content(
    engine: Engine[Mode], request: Request, *, documents: bool = False
) -> BinaryContent[Mode]:
    """Make a call whose answer is bytes; read a small body at once, leave a larger one open.

    With `documents`, JSON, HTML and nothing at all are bytes like others; else they are no success.
    """
    answer = await open_answer(engine, evolve(request, accept="*/*"))
    await check_media(engine, answer, documents=documents)
    head = bytearray()
    while len(head) < _SMALL:
        if piece := await answer.chunk():
            head += piece
        elif head or documents:
            return BinaryContent(engine, answer, bytes(head))
        else:
            raise answer.decode_error("empty where a file was promised")
    answer.put_back(bytes(head))
    return BinaryContent(engine, answer, None)
