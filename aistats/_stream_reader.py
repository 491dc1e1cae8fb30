"""From the bytes of a streamed answer to typed events, without touching the network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Protocol, TypeVar

from aistats._json import is_object, nests_deeply, object_of, read_json, text_of
from aistats._sse import EventTooLongError, SSEDecoder
from aistats.errors import AIStatsError, ResponseDecodeError, StreamError, StreamTruncatedError
from aistats.results import Usage, request_id_of, usage_of
from aistats.stream_events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import httpx

E = TypeVar("E", bound=Event)

_decode = json.JSONDecoder().raw_decode
# How an event stream begins; tells one that comes under a wrong Content-Type from a page or JSON.
_BEGINNINGS = (b"data:", b"event:", b"id:", b"retry:", b":")

_PIECE = 256 * 1024  # bytes


class Fold(Protocol):
    """What the events so far add up to, in one dialect."""

    @property
    def text(self) -> str: ...
    @property
    def reasoning(self) -> str: ...
    @property
    def request_id(self) -> str | None: ...
    @property
    def complete(self) -> bool:
        """Whether the terminal event came."""
        ...

    def take(self, kind: str, raw: Mapping[str, Any]) -> None:
        """Add one event that is not an error."""
        ...

    def take_done(self) -> None:
        """Note the `[DONE]` that some providers send."""
        ...

    def take_whole(self, raw: Mapping[str, Any]) -> bool:
        """Take a result that came in one piece; False if this is none."""
        ...

    def result(self) -> dict[str, Any]:
        """Give the JSON of the result as far as it is known."""
        ...


class EventReader(Generic[E]):
    """Reads one stream. `feed` and `finish` give events one by one, each added up when it is given.

    Raises `StreamError`, `StreamTruncatedError` or `ResponseDecodeError`, which stays in `failure`.
    """

    def __init__(
        self,
        fold: Fold,
        event: Callable[[Mapping[str, Any], str], E],
        *,
        limit: int,
        response: httpx.Response,
    ) -> None:
        self.fold = fold
        self.failure: Exception | None = None
        self._event = event
        self._limit = limit
        self._decoder = SSEDecoder(max_event_bytes=limit)
        self._response = response
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        is_stream = response.status_code < 300 and kind in ("text/event-stream", "")
        self._document: bytearray | None = None if is_stream else bytearray()

    def feed(self, chunk: bytes) -> Iterator[E]:
        """Give the events that `chunk` completes."""
        if self._document is not None:
            chunk = self._keep(chunk)
        # A compressed chunk may have grown a thousandfold: never list all its events at once.
        for start in range(0, len(chunk), _PIECE):
            try:
                frames = self._decoder.feed(chunk[start : start + _PIECE])
            except EventTooLongError as error:
                self._fail_stream(f"{error}; max_event_bytes= allows longer ones", cause=error)
            for name, data in frames:
                event = self._read(name, data)
                if event is not None:
                    yield event

    def finish(self, cause: Exception | None = None) -> Iterator[E]:
        """Give what a missing last blank line held back, then judge the end.

        `cause` is the error of a connection that broke off; behind a complete answer it does not
        matter.
        """
        if self._document is not None and cause is None:
            yield self._read_document(bytes(self._document))
            return
        for name, data in self._decoder.end():
            if data.strip() == "[DONE]" or is_object(_json(data)):  # else it was cut
                event = self._read(name, data)
                if event is not None:
                    yield event
        if not self.fold.complete:
            how = f" ({type(cause).__name__}: {cause})" if cause else ""
            self._fail(
                StreamTruncatedError(
                    f"the stream ended before its terminal event{how}; .partial_text holds what "
                    "came",
                    **self._so_far(),
                ),
                cause,
            )

    def usage(self) -> Usage | None:
        """Give what the stream has told of its usage so far."""
        return usage_of(self.fold.result())

    def _read(self, name: str, data: str) -> E | None:
        parsed: Any
        try:
            parsed, end = _decode(data)
        except (ValueError, RecursionError):
            parsed, end = None, 0
        is_plain = end == len(data) and is_object(parsed) and not nests_deeply(data, parsed)
        raw: Mapping[str, Any] | None = parsed if is_plain else self._read_unusual(name, data)
        if raw is None:
            return None
        kind: Any = raw.get("type") or name
        if not isinstance(kind, str):
            kind = name
        if kind == "error" or raw.get("error") or raw.get("object") == "error":
            self._fail_with(raw, raw)
        self.fold.take(kind, raw)
        if kind == "response.failed":
            self._fail_with(object_of(raw.get("response")), raw)
        return self._event(raw, kind)

    def _read_unusual(self, name: str, data: str) -> Any:
        """Read data that is not simply an object; None when there is nothing to give."""
        if data.strip() == "[DONE]":
            self.fold.take_done()
            return None
        if not data.strip():
            return None
        raw = _json(data)
        if is_object(raw):
            return raw
        what = "the stream carried an error" if name == "error" else "an event is not a JSON object"
        return self._fail_stream(f"{what}: {data[:200]}", body=data)

    def _keep(self, chunk: bytes) -> bytes:
        """Collect an answer that is not announced as a stream, unless it looks like one."""
        document = self._document or bytearray()
        document += chunk
        self._document = document
        if len(document) > self._limit:
            self._fail_document("longer than max_event_bytes and not an event stream")
        start = bytes(document[:64]).removeprefix(b"\xef\xbb\xbf").lstrip()
        if self._response.status_code < 300 and start.startswith(_BEGINNINGS):
            self._document = None
            return bytes(document)
        return b""

    def _read_document(self, document: bytes) -> E:
        """Read an answer that is no stream: the whole result, or something else altogether."""
        if self._response.status_code >= 300:
            self._fail_document("a redirect, which is never followed: check base_url")
        raw = _json(document.decode("utf-8", "replace"))
        if not is_object(raw) or raw.get("error") or not self.fold.take_whole(raw):
            kind = self._response.headers.get("content-type", "no content type")
            self._fail_document(f"neither an event stream nor a result, but {kind}")
        return self._event(raw, text_of(raw.get("type")) or "")

    def _fail_document(self, what: str) -> NoReturn:
        error = ResponseDecodeError(
            f"the answer (status {self._response.status_code}) is {what}; .body holds what came",
            status_code=self._response.status_code,
            body=bytes(self._document or b""),
            headers=self._response.headers,
        )
        self._fail(error)

    def _fail_with(self, facts: Mapping[str, Any], raw: Mapping[str, Any]) -> NoReturn:
        """Raise the error that an event carries, in any of the forms of wire-facts §6."""
        message, code = explain(facts)
        self._fail_stream(message, code=code, body=raw, request_id=request_id_of(raw))

    def _fail_stream(
        self,
        message: str,
        *,
        code: str | None = None,
        body: Any = None,
        request_id: str | None = None,
        cause: Exception | None = None,
    ) -> NoReturn:
        facts = self._so_far()
        facts["request_id"] = request_id or facts["request_id"]
        self._fail(StreamError(message, code=code, body=body, **facts), cause)

    def _so_far(self) -> dict[str, Any]:
        return {
            "partial_text": self.fold.text,
            "usage": self.usage(),
            "request_id": self.fold.request_id,
        }

    def _fail(self, error: AIStatsError, cause: Exception | None = None) -> NoReturn:
        self.failure = error
        raise error from cause


def explain(facts: Mapping[str, Any]) -> tuple[str, str | None]:
    """Give the message and the code of an error event."""
    error = facts.get("error")
    inner = object_of(error)
    codes = (inner.get("code"), inner.get("type"), error, facts.get("code"))
    code = next((text for word in codes if (text := text_of(word))), None)
    words = (
        *(inner.get("message"), inner.get("description"), facts.get("description")),
        *(facts.get("message"), facts.get("reason"), code),
    )
    message = next((text for word in words if (text := text_of(word))), "no explanation")
    detail = "" if code in (None, message) else f" ({code})"
    return f"the stream carried an error: {message}{detail}", code


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except ValueError:
        return None
