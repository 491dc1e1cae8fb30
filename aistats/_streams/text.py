"""The streams of text generation: typed events in a loop, and what they add up to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import frozen

from aistats import results
from aistats._core.colour import Mode, method
from aistats._streams import folds
from aistats._streams.events import ChatChunk, MessageEvent, ResponseEvent, explained, is_error
from aistats._streams.folds import JSON, Fold
from aistats._streams.source import Source
from aistats._streams.sse import BARE, EventTooLongError, ServerEvent
from aistats.errors import (
    ConnectionFailedError,
    ResponseDecodeError,
    StreamError,
    StreamTruncatedError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aistats._core.colour import Engine
    from aistats._core.request import Request
    from aistats.results import Usage


E = TypeVar("E")
R = TypeVar("R")

_scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]
_ODD = ("error", BARE)


@frozen
class Dialect(Generic[E, R]):
    """How one surface streams."""

    event: Callable[[JSON], E]
    result: Callable[[JSON], R]
    add: Callable[[Fold, str, JSON], None]
    total: Callable[[Fold], JSON]
    is_last: Callable[[str, JSON], bool]
    """Whether nothing follows this event."""
    may_end: Callable[[Fold], bool]
    """Whether the answer is whole when the connection ends without a last event."""


CHAT: Dialect[ChatChunk, results.ChatCompletion] = Dialect(
    ChatChunk.from_dict,
    results.ChatCompletion.from_dict,
    folds.add_chunk,
    folds.completion_of,
    lambda _, raw: raw.get("object") == "chat.completion" and folds.is_finished(raw),
    lambda fold: folds.is_finished(fold.held),
)
RESPONSES: Dialect[ResponseEvent, results.ResponseResult] = Dialect(
    ResponseEvent.from_dict,
    results.ResponseResult.from_dict,
    folds.add_response_event,
    folds.response_of,
    lambda kind, _: kind in ("response.completed", "response.incomplete", "response.failed"),
    lambda _: False,
)
MESSAGES: Dialect[MessageEvent, results.Message] = Dialect(
    MessageEvent.from_dict,
    results.Message.from_dict,
    folds.add_message_event,
    folds.message_of,
    lambda kind, _: kind == "message_stop",
    lambda fold: bool(fold.told.get("stop_reason")) and not fold.framed,
)


class Stream(Source[E, Mode], Generic[E, R, Mode]):
    """A streamed answer: `with client.responses.stream(...) as stream: for event in stream: ...`.

    Entering sends the request; leaving closes the connection, wherever the loop stands. Iteration
    raises `StreamError` when the stream carries an error and `StreamTruncatedError` when it ends or
    breaks off before its last event; both hold the text and usage so far.
    """

    def __init__(self, engine: Engine[Mode], request: Request, dialect: Dialect[E, R]) -> None:
        super().__init__(engine, request)
        self._dialect, self._fold = dialect, Fold()
        self._document: bytes | None = None  # an answer under another name, until an event comes
        self._batch: list[tuple[str, JSON]] = []  # the events of the last chunk
        self._added = 0  # how many of them were given and added up
        self._whole = False  # whether nothing is missing
        self._broken: Exception | None = None  # what ended the connection, or the reading of it
        self._fault: JSON | str | None = None  # the event that carried an error
        self._failure: Exception | None = None  # what iteration raised

    @property
    def text(self) -> str:
        """The answer's text so far."""
        result: Any = self._dialect.result(self._total())
        return str(result.output_text)

    @property
    def reasoning(self) -> str:
        """The reasoning that came so far, which is no part of the text."""
        told = folds.reasoning_in(self._total())
        return told or folds.reasoning_in({"output": folds.finished(self._fold.held.get("output"))})

    @property
    def usage(self) -> Usage | None:
        """Tokens and cost; most providers tell them at the end only."""
        return results.usage_of(self._total())

    @property
    def request_id(self) -> str | None:
        """The gateway's request id, once an event has told it."""
        total = self._total()
        return self._fold.request_id or results.request_id_of(total)

    @method
    async def final(self) -> R:
        """Read what is left and give the result that `create` would have given.

        Raises as iteration does, again if it already did.
        """
        while not self._ended and (self._ready or await self.fill()):
            self._ready.clear()
        if self._failure is not None:
            raise self._failure
        if not self._whole:
            raise self._stream_error(
                StreamTruncatedError, "the stream was closed before its end: there is no result"
            )
        return self._dialect.result(self._total())

    async def _open(self) -> None:
        await super()._open()
        self._document = None if self._kind() in ("text/event-stream", "") else b""

    async def _close(self) -> None:
        try:
            self._add_given()
            self._batch, self._added = [], 0  # what nobody was given is no part of the answer
            self._whole = self._whole and not self._ready
        finally:
            await super()._close()

    def _end(self) -> tuple[object, BaseException | None]:
        return self._total(), self._failure

    async def fill(self) -> bool:
        """Fetch what is next; False at the end."""
        if not self._opened:
            raise RuntimeError("the stream is not open: iterate inside `with ...stream(...) as s:`")
        if self._ended and not self._whole and self._failure is None:
            raise RuntimeError("the stream was closed before its end: iterate inside its `with`")
        return await super().fill()

    async def _more(self) -> Iterable[E] | None:
        self._add_given()
        if self._over or self._answer is None:
            self._judge()
            return None
        chunk, frames = b"", list[ServerEvent]()
        try:
            chunk = await self._answer.chunk()
            frames = self._decoder.feed(chunk)
        except (ConnectionFailedError, ResponseDecodeError, EventTooLongError) as error:
            self._broken = error
        if not chunk:
            frames, self._over = self._decoder.end(), True
        if self._document is not None:
            self._document += chunk
            self._over = self._over or len(self._document) > self.engine.options.limits.event
        events = self._read(frames)
        self._over = self._over or self._broken is not None or self._fault is not None
        if self._over:
            await self._answer.close()  # nothing is waited for behind the last event
        return events

    def _read(self, frames: list[ServerEvent]) -> list[E]:
        """Decode events up to one that carries an error; each is added up when it was given."""
        make, is_last, named = self._dialect.event, self._dialect.is_last, self._dialect is not CHAT
        events, self._batch, self._added = list[E](), [], 0
        raw: JSON | None
        for name, data in frames:
            try:
                raw, end = _scan(data, 0)
            except (StopIteration, ValueError, RecursionError):
                raw, end = None, 0
            if raw.__class__ is not dict or end != len(data) or '"error"' in data or name in _ODD:
                raw = self._unusual(name, data)
            if raw is not None:
                kind: Any = raw.get("type")
                if named and not kind:
                    kind = raw["type"] = name  # some providers' events say it there only
                if is_last(kind, raw):
                    self._over = self._whole = True
                    self._fault = raw if kind == "response.failed" else self._fault
                self._batch.append((str(kind), raw))
                events.append(make(raw))
            if self._fault is not None:
                break
        if events:
            self._document = None
        return events

    def _unusual(self, name: str, data: str) -> JSON | None:
        """Read an end mark, an error, or what keeps a connection alive; None for no event."""
        if data.strip() == "[DONE]":
            self._over, self._whole = True, self._whole or self._dialect is CHAT
            return None
        try:
            raw = json.loads(data)
        except (ValueError, RecursionError):
            raw = None
        if name == BARE and isinstance(raw, list):
            raw = next(iter(folds.objects_in(raw)), None)
        if not isinstance(raw, dict):
            is_cut = self._over or name == BARE
            if name == "error" or (data.lstrip().startswith("{") and not is_cut):
                self._fault = data
            return None
        if not is_error(name, raw):
            return None if name == BARE else raw
        if not self._whole:
            self._fault = raw
        return raw if raw.get("choices") else None

    def _add_given(self) -> None:
        given = len(self._batch) - len(self._ready)
        for kind, raw in self._batch[self._added : given]:
            self._dialect.add(self._fold, kind, raw)
        self._added = given

    def _total(self) -> JSON:
        self._add_given()
        return self._dialect.total(self._fold)

    def _judge(self) -> None:
        """Decide at its end whether the answer is whole; raise what it is otherwise."""
        if self._fault is None and (self._whole or self._dialect.may_end(self._fold)):
            self._whole = True
            return
        self._whole = False
        self._failure = self._end_error()
        raise self._failure from self._broken

    def _end_error(self) -> Exception:
        """Build the error for a stream that failed or that ended too early."""
        fault, code, request_id, kind = self._fault, None, None, StreamError
        how = f" ({self._broken})" if self._broken else ""
        if isinstance(fault, dict):
            message, code, request_id = explained(fault)
        elif fault is not None:
            is_json = fault.lstrip().startswith("{")
            what = "an event is not a JSON object" if is_json else "the stream carried an error"
            message = f"{what}: {fault[:200]}"
        elif isinstance(self._broken, EventTooLongError):
            message = f"{self._broken}; limits=Limits(event=...) allows longer ones"
        else:
            message = (
                f"the stream ended before its terminal event{how}; .partial_text holds the rest"
            )
            kind = StreamTruncatedError
        is_read = not isinstance(self._broken, ConnectionFailedError)
        if self._document is not None and self._answer is not None and is_read:
            named = self._answer.headers.get("content-type")
            what = f"no event stream but {named}" + (f": {message}" if fault else "")
            return self._answer.decode_error(what, self._document)
        return self._stream_error(kind, message, code=code, body=fault, request_id=request_id)

    def _stream_error(
        self, kind: type[StreamError], message: str, *, request_id: str | None = None, **facts: Any
    ) -> StreamError:
        return kind(
            message,
            partial_text=self.text,
            usage=self.usage,
            request_id=request_id or self.request_id,
            **facts,
        )
