"""The streams of text generation: typed events in a loop, and what they add up to.

The two classes are short loops around one reader; what differs between the surfaces is data
(`CHAT`, `RESPONSES`, `MESSAGES`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

import httpx
from aistats._abandon import abandon
from aistats._chat_fold import ChatFold
from aistats._message_fold import MessageFold
from aistats._response_fold import ResponseFold
from aistats._sse import MAX_EVENT_BYTES
from aistats._stream_reader import EventReader, Fold
from attrs import frozen

from aistats import results
from aistats.errors import StreamTruncatedError
from aistats.stream_events import ChatChunk, Event, MessageEvent, ResponseEvent, event_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

    from aistats.results import Usage

E = TypeVar("E", bound=Event)
R = TypeVar("R")


@frozen
class Dialect(Generic[E, R]):
    """How one surface streams."""

    fold: Callable[[], Fold]
    event: Callable[[Mapping[str, Any], str], E]
    result: str
    """The name of R in `results`; looked up late, because that imports generated models."""


CHAT: Dialect[ChatChunk, results.ChatCompletion] = Dialect(
    ChatFold, partial(event_of, ChatChunk.from_dict), "ChatCompletion"
)
RESPONSES: Dialect[ResponseEvent, results.ResponseResult] = Dialect(
    ResponseFold, partial(event_of, ResponseEvent.from_dict), "ResponseResult"
)
MESSAGES: Dialect[MessageEvent, results.Message] = Dialect(
    MessageFold, partial(event_of, MessageEvent.from_dict), "Message"
)


class TextStream(Generic[E, R]):
    """What both colours of a stream know; `Stream` and `AsyncStream` read it."""

    def __init__(self, dialect: Dialect[E, R], max_event_bytes: int) -> None:
        self._dialect = dialect
        self._limit = max_event_bytes
        self._fold = dialect.fold()
        self._reader: EventReader[E] | None = None
        self._response: httpx.Response | None = None
        self._ended = False

    @property
    def text(self) -> str:
        """The answer's text so far."""
        return self._fold.text

    @property
    def reasoning(self) -> str:
        """The reasoning that came so far, which is no part of the text."""
        return self._fold.reasoning

    @property
    def usage(self) -> Usage | None:
        """Tokens and cost; most providers tell them at the end only."""
        return results.usage_of(self._fold.result())

    @property
    def request_id(self) -> str | None:
        """The gateway's request id, once an event has told it."""
        return self._fold.request_id

    def _begin(self, response: httpx.Response) -> EventReader[E]:
        self._response = response
        self._reader = EventReader(
            self._fold, self._dialect.event, limit=self._limit, response=response
        )
        return self._reader

    def _check_unused(self) -> None:
        if self._reader is not None:
            raise RuntimeError("this stream was opened before; call stream(...) again")

    def _check_open(self) -> None:
        if self._reader is None:
            raise RuntimeError("the stream is not open: iterate inside `with ...stream(...) as s:`")
        if self._response is None and not self._ended and self._reader.failure is None:
            raise RuntimeError("the stream was closed before its end: iterate inside its `with`")

    def _result(self) -> R:
        if self._reader is not None and self._reader.failure is not None:
            raise self._reader.failure
        if not self._ended:
            raise StreamTruncatedError(
                "the stream was closed before its end, so there is no final result",
                partial_text=self.text,
                usage=self.usage,
                request_id=self.request_id,
            )
        model: R = getattr(results, self._dialect.result).from_dict(self._fold.result())
        return model

    def __repr__(self) -> str:
        state = "ended" if self._ended else "open" if self._response else "not open"
        return f"<{type(self).__name__} {self.request_id or '-'} {state}>"


class Stream(TextStream[E, R]):
    """A streamed answer: `with client.responses.stream(...) as stream: for event in stream: ...`.

    Entering sends the request; leaving closes the connection, wherever the loop stands.

    Iteration raises `StreamError` when the stream carries an error and `StreamTruncatedError` when
    it ends or breaks off before its terminal event; both hold the text and usage so far.
    """

    def __init__(
        self,
        opener: Callable[[], httpx.Response],
        dialect: Dialect[E, R],
        *,
        max_event_bytes: int = MAX_EVENT_BYTES,
    ) -> None:
        super().__init__(dialect, max_event_bytes)
        self._opener = opener
        self._events: Iterator[E] = iter(())

    def __enter__(self) -> Self:
        self._check_unused()
        response = self._opener()
        self._events = self._read(response, self._begin(response))
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was not read is lost."""
        response, self._response = self._response, None
        if response is not None:
            response.close()

    def __iter__(self) -> Iterator[E]:
        self._check_open()
        return self._events

    def __next__(self) -> E:
        self._check_open()
        return next(self._events)

    def final(self) -> R:
        """Read what is left and give the result that `create` would have given.

        Raises as iteration does, again if it already did.
        """
        if self._response is not None or self._reader is None:
            for _ in self:
                pass
        return self._result()

    def _read(self, response: httpx.Response, reader: EventReader[E]) -> Iterator[E]:
        cause: Exception | None = None
        try:
            try:
                for chunk in response.iter_bytes():
                    yield from reader.feed(chunk)
            except httpx.HTTPError as error:
                cause = error
            yield from reader.finish(cause)
            self._ended = True
        finally:
            self.close()


class AsyncStream(TextStream[E, R]):
    """The same on an async client: `async with` and `async for`; `await stream.final()`."""

    def __init__(
        self,
        opener: Callable[[], Awaitable[httpx.Response]],
        dialect: Dialect[E, R],
        *,
        max_event_bytes: int = MAX_EVENT_BYTES,
    ) -> None:
        super().__init__(dialect, max_event_bytes)
        self._opener = opener
        self._chunks: AsyncIterator[bytes] | None = None
        self._ready: Iterator[E] = iter(())

    async def __aenter__(self) -> Self:
        self._check_unused()
        response = await self._opener()
        self._begin(response)
        self._chunks = response.aiter_bytes()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection; what was not read is lost."""
        response, self._response = self._response, None
        chunks, self._chunks = self._chunks, None
        if response is not None:
            await abandon(response, chunks)

    def __aiter__(self) -> Self:
        self._check_open()
        return self

    async def __anext__(self) -> E:
        try:
            for event in self._ready:
                return event
            self._check_open()
            while self._chunks is not None and self._reader is not None:
                self._ready = await self._more(self._reader, self._chunks)
                for event in self._ready:
                    return event
        except BaseException:
            await self.aclose()
            raise
        self._ended = True
        await self.aclose()
        raise StopAsyncIteration

    async def _more(self, reader: EventReader[E], chunks: AsyncIterator[bytes]) -> Iterator[E]:
        cause: Exception | None = None
        try:
            return reader.feed(await anext(chunks))
        except StopAsyncIteration:
            pass
        except httpx.HTTPError as error:
            cause = error
        self._chunks = None
        return reader.finish(cause)

    async def final(self) -> R:
        """Read what is left and give the result that `create` would have given.

        Raises as iteration does, again if it already did.
        """
        if self._response is not None or self._reader is None:
            async for _ in self:
                pass
        return self._result()
