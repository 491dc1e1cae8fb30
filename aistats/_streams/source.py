"""What the streams of text and of speech share: an answer that is read as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import evolve

from aistats._core.call import open_answer
from aistats._core.colour import Async, Items, Mode, Sync
from aistats._core.decode import redirect_error
from aistats._streams.sse import SSEDecoder

if TYPE_CHECKING:
    from aistats._core.answer import OpenAnswer, Report
    from aistats._core.colour import Engine
    from aistats._core.request import Request

T = TypeVar("T")


class Source(Items[T, Mode], Generic[T, Mode]):
    """An answer under way. Entering sends the request; leaving closes the connection."""

    _accept = "text/event-stream"

    def __init__(self, engine: Engine[Mode], request: Request) -> None:
        super().__init__(engine)
        self._request = request
        self._answer: OpenAnswer | None = None
        self._decoder = SSEDecoder(engine.options.limits.event)
        self._over = False  # nothing is to be read any more
        self._report: Report | None = None

    @property
    def content_type(self) -> str | None:
        """The media type as the gateway sent it, once the stream is open."""
        return self._answer.headers.get("content-type") if self._answer else None

    def close(self: Source[T, Sync]) -> None:
        """Close the connection; what was not read is lost."""
        self._drive(sync=True)(self.end())

    async def aclose(self: Source[T, Async]) -> None:
        """Close the connection; what was not read is lost."""
        self._drive(sync=False)
        await self.end()

    async def _open(self) -> None:
        answer = await open_answer(self.engine, evolve(self._request, accept=self._accept))
        if answer.status >= 300:
            raise redirect_error(await answer.read(self.engine.options.limits.error_body))
        self._answer = answer
        # It is told how the stream ended, not when the last byte came.
        self._report, answer.at_end = answer.at_end, None

    async def _close(self) -> None:
        self._ready.clear()
        if self._answer is not None:
            await self._answer.close()
        report, self._report = self._report, None
        if report is not None:
            await report(*self._end())

    def _end(self) -> tuple[object, BaseException | None]:
        """Give what is known of the result, and why it ended badly."""
        return None, None

    def _kind(self) -> str:
        return (self.content_type or "").partition(";")[0].strip().lower()
