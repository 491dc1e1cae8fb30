"""Streams out of prepared bytes through a client of every colour, for the tests of streaming."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any, Self

import anyio
import anyio.lowlevel
import httpx
import pytest
from attrs import define, field
from hypothesis import HealthCheck, settings

from tests.colours import Script

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    from tests.colours import Colour

EVENTS = "text/event-stream"
any_speed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A machine that is busy fails no test."""
ASK = [{"role": "user", "content": "Good morning?"}]
STREAMS: dict[str, Callable[[Any], Any]] = {
    "/chat/completions": lambda client: client.chat.completions.stream(model="m", messages=ASK),
    "/responses": lambda client: client.responses.stream(model="m", input="Good morning?"),
    "/messages": lambda client: client.messages.stream(model="m", messages=ASK, max_tokens=9),
    "/audio/speech": lambda client: client.audio.speech.stream(model="m", input="x", voice="v"),
}
CHAT, RESPONSES, MESSAGES, SPEECH = STREAMS
TEXTS = (CHAT, RESPONSES, MESSAGES)


def in_colours(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run a coroutine test with a blocking client, and with an async one on each event loop."""

    @functools.wraps(test)
    def run(colour: Colour, **given: Any) -> None:
        backend = "trio" if colour == "trio" else "asyncio"
        anyio.run(functools.partial(test, colour, **given), backend=backend)

    return pytest.mark.parametrize("colour", ["sync", "asyncio", "trio"])(run)


def frame(name: str, data: Any) -> bytes:
    """Write one event."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    named = f"event: {name}\n" if name else ""
    return f"{named}data: {text}\n\n".encode()


def single(content: bytes) -> list[bytes]:
    """Cut into single bytes."""
    return [content[at : at + 1] for at in range(len(content))]


@define
class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in the given chunks, and then ends, breaks off, or stays silent."""

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


class Reader:
    """A stream of any colour behind one set of coroutines."""

    def __init__(self, stream: Any, *, is_async: bool) -> None:
        self.stream, self._is_async = stream, is_async

    async def __aenter__(self) -> Self:
        await self.enter()
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._is_async:
            await self.stream.__aexit__(*exc)
        else:
            self.stream.__exit__(*exc)

    async def enter(self) -> None:
        await self._of(self.stream.__aenter__ if self._is_async else self.stream.__enter__)

    async def next(self) -> Any:
        """Give the next event, None at the end."""
        return await anext(self.stream, None) if self._is_async else next(self.stream, None)

    async def rest(self, into: list[Any] | None = None) -> list[Any]:
        """Read what is left, with a loop."""
        found = [] if into is None else into
        if self._is_async:
            async for event in self.stream:
                found.append(event)
        else:
            for event in self.stream:
                found.append(event)
        return found

    async def final(self) -> Any:
        return await self._of(self.stream.final)

    async def close(self) -> None:
        await self._of(self.stream.aclose if self._is_async else self.stream.close)

    async def _of(self, method: Callable[[], Any]) -> Any:
        return await method() if self._is_async else method()


@define
class Outcome:
    """What came of reading a stream."""

    body: Body
    stream: Any = None
    events: list[Any] = field(factory=list)
    error: Exception | None = None
    final: Any = None
    final_error: Exception | None = None


def reader(
    colour: Colour,
    path: str,
    body: Body,
    content_type: str | None = EVENTS,
    status: int = 200,
    **settings: Any,
) -> Reader:
    """Give the stream of a client whose gateway answers with this body."""
    headers = {"content-type": content_type} if content_type is not None else {}
    script = Script(httpx.Response(status, headers=headers, stream=body))
    stream = STREAMS[path](script.client(colour, **settings))
    return Reader(stream, is_async=colour != "sync")


async def read(colour: Colour, path: str, body: Body | list[bytes], *args: Any, **kw: Any) -> Any:
    """Read a stream to its end, or to its error, then ask for its final result."""
    body = body if isinstance(body, Body) else Body(body)
    outcome = Outcome(body)
    reading = reader(colour, path, body, *args, **kw)
    outcome.stream = reading.stream
    try:
        async with reading:
            await reading.rest(outcome.events)
            assert body.closed  # at its end, not only when the `with` is left
    except Exception as error:  # noqa: BLE001 - the test looks at it
        outcome.error = error
    assert body.closed
    if path != SPEECH:
        try:
            outcome.final = await reading.final()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcome.final_error = error
    return outcome


def read_sync(path: str, body: Body | list[bytes], *args: Any, **kw: Any) -> Any:
    """Do the same with a blocking client, for tests over many inputs."""
    reading = read("sync", path, body, *args, **kw)
    try:
        reading.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("a blocking client waited for an event loop")
