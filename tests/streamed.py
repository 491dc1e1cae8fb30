"""Streams out of prepared bytes, in every colour, for the tests of streaming."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import anyio
import httpx
from attrs import define, field

from aistats.streaming import CHAT, MESSAGES, RESPONSES, AsyncStream, Dialect, Stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

DIALECTS: dict[str, Dialect[Any, Any]] = {
    "/chat/completions": CHAT,
    "/responses": RESPONSES,
    "/messages": MESSAGES,
}
COLOURS = ("sync", "asyncio", "trio")


def frame(name: str, data: Any) -> bytes:
    """Write one event."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    named = f"event: {name}\n" if name else ""
    return f"{named}data: {text}\n\n".encode()


@define
class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in the given chunks, then perhaps breaks off."""

    chunks: Sequence[bytes]
    error: BaseException | None = None
    given: int = 0
    closed: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            if self.closed:
                raise httpx.ReadError("this answer was closed already")
            self.given += 1
            yield chunk
        if self.error:
            raise self.error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            await anyio.lowlevel.checkpoint()
            yield chunk

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


@define
class Outcome:
    """What came of reading a stream."""

    body: Body
    stream: Any
    events: list[Any] = field(factory=list)
    error: Exception | None = None
    final: Any = None
    final_error: Exception | None = None


def respond(
    body: Body, content_type: str | None = "text/event-stream", status: int = 200
) -> httpx.Response:
    """Make the open response around a body."""
    headers = {"content-type": content_type} if content_type is not None else {}
    request = httpx.Request("POST", "https://gateway.test/v1/x")
    return httpx.Response(status, headers=headers, stream=body, request=request)


def read(
    colour: str,
    dialect: Dialect[Any, Any],
    body: Body,
    response: httpx.Response | None = None,
    **kw: Any,
) -> Outcome:
    """Read a stream to its end, or to its error, then ask for its final result."""
    answer = response or respond(body)
    if colour == "sync":
        return _read(Outcome(body, Stream(lambda: answer, dialect, **kw)))
    return anyio.run(_read_async, dialect, body, answer, kw, backend=colour)


def _read(outcome: Outcome) -> Outcome:
    with outcome.stream as stream:
        try:
            for event in stream:
                outcome.events.append(event)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcome.error = error
        assert list(stream) == []
        assert outcome.body.closed  # at its end, not only when the `with` is left
    try:
        outcome.final = stream.final()
    except Exception as error:  # noqa: BLE001 - the test looks at it
        outcome.final_error = error
    return outcome


async def _read_async(
    dialect: Dialect[Any, Any], body: Body, response: httpx.Response, kw: dict[str, Any]
) -> Outcome:
    async def opener() -> httpx.Response:
        return response

    outcome = Outcome(body, AsyncStream(opener, dialect, **kw))
    async with outcome.stream as stream:
        try:
            async for event in stream:
                outcome.events.append(event)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcome.error = error
        assert [event async for event in stream] == []
        assert outcome.body.closed  # at its end, not only when the `async with` is left
    try:
        outcome.final = await stream.final()
    except Exception as error:  # noqa: BLE001 - the test looks at it
        outcome.final_error = error
    return outcome


def in_colour(colour: str, sync: Callable[[], Any], run: Callable[[], Any]) -> Any:
    """Run the half of a test that is of this colour."""
    return sync() if colour == "sync" else anyio.run(run, backend=colour)
