"""The stream of `audio.speech`: audio as it is made, for players that start before its end.

The gateway sends bytes, or events that hold base64, or JSON, as the request asks (wire-facts §6.5);
all three come out as bytes.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, NoReturn, Self

import httpx
from aistats._abandon import abandon
from aistats._json import is_object, read_json, text_of
from aistats._sse import MAX_EVENT_BYTES, EventTooLongError, SSEDecoder
from aistats._stream_reader import explain

from aistats import results
from aistats.errors import ResponseDecodeError, StreamError, StreamTruncatedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from aistats.results import Usage


class _SpeechReader:
    """Gives the audio in an answer's bytes, without touching the network."""

    def __init__(self, response: httpx.Response, limit: int) -> None:
        self._limit = limit
        self.usage: Usage | None = None
        self._response = response
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self._events = SSEDecoder(max_event_bytes=limit) if kind == "text/event-stream" else None
        is_document = kind == "application/json" or kind.startswith("text/")
        is_document = is_document or response.status_code >= 300
        self._document = bytearray() if is_document and self._events is None else None
        self._complete = self._events is None

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Give the audio that `chunk` completes."""
        if self._document is not None:
            self._document += chunk
            if len(self._document) > self._limit:
                self._fail_document("too long")
        elif self._events is None:
            yield chunk
        else:
            try:
                frames = self._events.feed(chunk)
            except EventTooLongError as error:
                raise StreamError(str(error)) from error
            for _, data in frames:
                if audio := self._audio(data):
                    yield audio

    def finish(self, cause: Exception | None = None) -> Iterator[bytes]:
        """Judge the end; `cause` is the error of a connection that broke off."""
        if cause is not None or not self._complete:
            how = f" ({type(cause).__name__}: {cause})" if cause else ""
            raise StreamTruncatedError(
                f"the audio ended before its end{how}", usage=self.usage
            ) from cause
        if self._document is not None:
            yield self._read_document(bytes(self._document))

    def _audio(self, data: str) -> bytes:
        if data.strip() in ("", "[DONE]"):
            return b""
        raw = _json(data)
        if not is_object(raw):
            raise StreamError(f"an event is not a JSON object: {data[:200]}", body=data)
        kind = raw.get("type")
        if kind == "error" or raw.get("error") or kind == "speech.audio.error":
            message, code = explain(raw)
            request_id = results.request_id_of(raw)
            raise StreamError(message, code=code, body=raw, request_id=request_id)
        if raw.get("usage"):
            self.usage = results.usage_of(raw)
        self._complete = self._complete or kind == "speech.audio.done"
        return _from_base64(text_of(raw.get("audio")) or text_of(raw.get("delta")) or "")

    def _read_document(self, document: bytes) -> bytes:
        raw = _json(document)
        audio = text_of(raw.get("audio_base64")) if is_object(raw) else None
        if audio is None or self._response.status_code >= 300:
            self._fail_document("not audio")
        self.usage = results.usage_of(raw)
        return _from_base64(audio)

    def _fail_document(self, what: str) -> NoReturn:
        headers = self._response.headers
        kind = headers.get("content-type", "no content type")
        raise ResponseDecodeError(
            f"the answer (status {self._response.status_code}, {kind}) is {what}; .body holds it",
            status_code=self._response.status_code,
            body=bytes(self._document or b""),
            headers=headers,
        )


class _Speech:
    """What both colours know."""

    _limit: int
    _reader: _SpeechReader | None = None
    _response: httpx.Response | None = None

    @property
    def content_type(self) -> str | None:
        """The media type as the gateway sent it, once the stream is open."""
        return self._response.headers.get("content-type") if self._response else None

    @property
    def usage(self) -> Usage | None:
        """What the gateway told of the usage, which it does in events and JSON only."""
        return self._reader.usage if self._reader else None

    def _check_unused(self) -> None:
        if self._reader is not None:
            raise RuntimeError("this stream was opened before; call stream(...) again")


class SpeechStream(_Speech):
    """Audio in blocks of bytes: iterate over it, best inside `with`, which closes it early too.

    The request is sent when the iteration or the `with` begins. Iteration raises `StreamError`
    for an error event and `StreamTruncatedError` when the audio breaks off.
    """

    def __init__(
        self, opener: Callable[[], httpx.Response], *, max_event_bytes: int = MAX_EVENT_BYTES
    ) -> None:
        self._opener = opener
        self._limit = max_event_bytes
        self._blocks: Iterator[bytes] = iter(())

    def __enter__(self) -> Self:
        self._check_unused()
        self._response = self._opener()
        self._reader = _SpeechReader(self._response, self._limit)
        self._blocks = self._read(self._response, self._reader)
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was not read is lost."""
        self._blocks = iter(())
        if self._response is not None:
            self._response.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if self._reader is None:
            self.__enter__()
        return next(self._blocks)

    def _read(self, response: httpx.Response, reader: _SpeechReader) -> Iterator[bytes]:
        cause: Exception | None = None
        try:
            try:
                for chunk in response.iter_bytes():
                    yield from reader.feed(chunk)
            except httpx.HTTPError as error:
                cause = error
            yield from reader.finish(cause)
        finally:
            response.close()


class AsyncSpeechStream(_Speech):
    """The same on an async client: `async with` and `async for`."""

    def __init__(
        self,
        opener: Callable[[], Awaitable[httpx.Response]],
        *,
        max_event_bytes: int = MAX_EVENT_BYTES,
    ) -> None:
        self._opener = opener
        self._limit = max_event_bytes
        self._chunks: AsyncIterator[bytes] | None = None
        self._ready: Iterator[bytes] = iter(())

    async def __aenter__(self) -> Self:
        self._check_unused()
        self._response = await self._opener()
        self._reader = _SpeechReader(self._response, self._limit)
        self._chunks = self._response.aiter_bytes()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection; what was not read is lost."""
        chunks, self._chunks = self._chunks, None
        self._ready = iter(())
        if self._response is not None:
            await abandon(self._response, chunks)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if self._reader is None:
            await self.__aenter__()
        try:
            for block in self._ready:
                return block
            while self._chunks is not None and self._reader is not None:
                self._ready = await self._more(self._reader, self._chunks)
                for block in self._ready:
                    return block
        except BaseException:
            await self.aclose()
            raise
        await self.aclose()
        raise StopAsyncIteration

    async def _more(self, reader: _SpeechReader, chunks: AsyncIterator[bytes]) -> Iterator[bytes]:
        cause: Exception | None = None
        try:
            return reader.feed(await anext(chunks))
        except StopAsyncIteration:
            pass
        except httpx.HTTPError as error:
            cause = error
        self._chunks = None
        return reader.finish(cause)


def _json(data: str | bytes) -> Any:
    try:
        return read_json(data)
    except ValueError:
        return None


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise StreamError("an audio event does not hold base64") from error
