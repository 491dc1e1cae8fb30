"""Streams over real sockets, against the sandbox: every surface, every colour, every bad end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import pytest

from aistats import (
    AIStats,
    AsyncAIStats,
    InsufficientFundsError,
    Retry,
    StreamError,
    StreamTruncatedError,
    UpstreamError,
)
from aistats.sandbox import Sandbox
from tests.loopback import Server
from tests.mocked import COLOURS, KEY

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

HELLO = [{"role": "user", "content": "Reply with: hello there friend"}]
SURFACES: dict[str, tuple[str, dict[str, Any]]] = {
    "chat": ("chat.completions", {"messages": HELLO}),
    "responses": ("responses", {"input": HELLO[0]["content"]}),
    "messages": ("messages", {"messages": HELLO, "max_tokens": 50}),
}
MODELS = ("openai/gpt-4.1-mini", "anthropic/claude-haiku-4.5")
each_colour = pytest.mark.parametrize("colour", COLOURS)
each_surface = pytest.mark.parametrize("surface", SURFACES)
each_model = pytest.mark.parametrize("model", MODELS)


@pytest.fixture(scope="module")
def shared_gateway() -> Iterator[Sandbox]:
    with Sandbox() as gateway:
        yield gateway


@pytest.fixture
def gateway(shared_gateway: Sandbox) -> Iterator[Sandbox]:
    shared_gateway.requests.clear()
    yield shared_gateway
    shared_gateway.heal()


class Reading:
    """What came of a stream: its events, the stream itself, its result or its error."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self.stream: Any = None
        self.final: Any = None
        self.created: Any = None


def room(client: Any, surface: str) -> Any:
    for name in SURFACES[surface][0].split("."):
        client = getattr(client, name)
    return client


def read(colour: str, settings: dict[str, Any], surface: str, model: str) -> Reading:
    """Stream an answer to its end; what is raised is raised."""
    reading = Reading()
    if colour == "sync":
        with AIStats(**settings) as client:
            with room(client, surface).stream(model=model, **SURFACES[surface][1]) as stream:
                reading.stream = stream
                reading.events.extend(stream)
            reading.final = stream.final()
            reading.created = room(client, surface).create(model=model, **SURFACES[surface][1])
    else:
        anyio.run(_read, reading, settings, surface, model, backend=colour)
    return reading


async def _read(reading: Reading, settings: dict[str, Any], surface: str, model: str) -> None:
    async with AsyncAIStats(**settings) as client:
        async with room(client, surface).stream(model=model, **SURFACES[surface][1]) as stream:
            reading.stream = stream
            async for event in stream:
                reading.events.append(event)
        reading.final = await stream.final()
        reading.created = await room(client, surface).create(model=model, **SURFACES[surface][1])


def settings_of(gateway: Sandbox, **more: Any) -> dict[str, Any]:
    return {"api_key": gateway.api_key, "base_url": gateway.base_url, **more}


@each_colour
@each_surface
@each_model
def test_streams_of_every_surface(gateway, surface, model, colour):
    """Text, usage, request id and result agree with the answer of the same call unstreamed."""
    reading = read(colour, settings_of(gateway), surface, model)
    assert "".join(event.text_delta for event in reading.events) == "hello there friend"
    assert reading.stream.text == reading.final.output_text == "hello there friend"
    assert reading.created.output_text == "hello there friend"
    assert type(reading.final) is type(reading.created)
    assert reading.stream.usage.output_tokens == 3
    streamed, created = gateway.requests
    assert streamed.json == {**created.json, "stream": True}
    assert streamed.path == created.path


@each_colour
@each_surface
@each_model
def test_a_stream_that_ends_early(gateway, surface, model, colour):
    """The gateway's clean end without a terminal event is noticed; the text so far is kept."""
    gateway.text.plan("one two three four", end="cut", pieces=4)
    with pytest.raises(StreamTruncatedError) as caught:
        read(colour, settings_of(gateway), surface, model)
    assert caught.value.partial_text
    assert "one two three four".startswith(caught.value.partial_text)
    assert caught.value.__cause__ is None
    gateway.requests.assert_called(gateway.requests.last.operation, times=1)


@each_colour
@each_surface
def test_a_connection_that_breaks_in_the_middle(gateway, surface, colour):
    """A broken body is an early end with its cause; a stream that began is never begun again."""
    gateway.fail(on=f"{SURFACES[surface][0]}.create", cut=3, clean=False)
    with pytest.raises(StreamTruncatedError) as caught:
        read(colour, settings_of(gateway), surface, MODELS[0])
    assert caught.value.__cause__ is not None
    assert len(gateway.requests) == 1


@each_colour
@each_surface
@each_model
def test_an_error_in_the_middle(gateway, surface, model, colour):
    """An error event raises with the text so far and the request id."""
    gateway.text.plan("one two three four", end="error", pieces=4)
    with pytest.raises(StreamError) as caught:
        read(colour, settings_of(gateway), surface, model)
    assert type(caught.value) is StreamError
    assert "one two three four".startswith(caught.value.partial_text)
    assert len(gateway.requests) == 1


@each_colour
def test_a_failure_before_the_first_byte(gateway, colour):
    """It is an ordinary error, raised on entering; text generation is repeated as ever."""
    gateway.fail(on="chat.completions.create", status=402)
    with pytest.raises(InsufficientFundsError):
        read(colour, settings_of(gateway), "chat", MODELS[0])
    assert len(gateway.requests) == 1
    gateway.fail(on="chat.completions.create", next=2, status=502, upstream_status=503)
    quick = Retry(attempts=2, base=0)
    with pytest.raises(UpstreamError):
        read(colour, settings_of(gateway, retry=quick), "chat", MODELS[0])
    gateway.fail(on="chat.completions.create", status=502, upstream_status=503)
    reading = read(colour, settings_of(gateway, retry=quick), "chat", MODELS[0])
    assert reading.stream.text == "hello there friend"


@each_colour
def test_tool_calls(gateway, colour):
    """The pieces of a call are put together."""
    gateway.text.plan("", tool=("clock", '{"zone": "UTC"}'), next=2)
    reading = read(colour, settings_of(gateway), "chat", MODELS[0])
    (call,) = reading.final.to_dict()["choices"][0]["message"]["tool_calls"]
    assert call["function"] == {"name": "clock", "arguments": '{"zone": "UTC"}'}


def endless(connection: socket.socket, _: bytes) -> None:
    """Answer with a stream that goes on until the client leaves."""
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    event = b'data: {"choices": [{"index": 0, "delta": {"content": "on and "}}]}\n\n'
    while True:
        connection.sendall(b"%x\r\n%s\r\n" % (len(event), event))


def whole(connection: socket.socket, _: bytes) -> None:
    """Answer with a stream that ends as it should."""
    event = b'data: {"choices": [{"index": 0, "delta": {"content": "x"}, "finish_reason": "stop"}]}'
    body = event + b"\n\ndata: [DONE]\n\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
    connection.sendall(head + b"\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))


def on_server(colour: str, server: Server, use: Callable[[Any], None], use_async: Any) -> None:
    settings = {"api_key": KEY, "base_url": f"{server.url}/v1"}
    if colour == "sync":
        with AIStats(**settings) as client:
            use(client)
        return

    async def run() -> None:
        async with AsyncAIStats(**settings) as client:
            await use_async(client)

    anyio.run(run, backend=colour)


ASK = {"model": "m", "messages": HELLO}


@each_colour
def test_leaving_early_closes_the_socket(colour):
    """The server sees the connection go as soon as the `with` is left, before the client closes."""

    def leave(client: AIStats) -> None:
        with client.chat.completions.stream(**ASK) as stream:
            assert next(stream).text_delta == "on and "
        assert server.closed.acquire(timeout=60)

    async def leave_async(client: AsyncAIStats) -> None:
        async with client.chat.completions.stream(**ASK) as stream:
            assert (await anext(stream)).text_delta == "on and "
        assert await anyio.to_thread.run_sync(lambda: server.closed.acquire(timeout=60))

    with Server(endless) as server:
        on_server(colour, server, leave, leave_async)


@each_colour
def test_a_stream_read_to_its_end_gives_its_connection_back(colour):
    """The next call goes over the same connection."""

    def twice(client: AIStats) -> None:
        for _ in range(2):
            with client.chat.completions.stream(**ASK) as stream:
                assert stream.final().output_text == "x"

    async def twice_async(client: AsyncAIStats) -> None:
        for _ in range(2):
            async with client.chat.completions.stream(**ASK) as stream:
                assert (await stream.final()).output_text == "x"

    with Server(whole) as server:
        on_server(colour, server, twice, twice_async)
        assert len(server.requests) == 2
        assert server.connections == 1


@each_colour
def test_a_stream_asks_for_events_without_compression(colour):
    """Compressed events would be held back on the way, and could grow a thousandfold."""

    def ask(client: AIStats) -> None:
        with client.chat.completions.stream(**ASK) as stream:
            stream.final()

    async def ask_async(client: AsyncAIStats) -> None:
        async with client.chat.completions.stream(**ASK) as stream:
            await stream.final()

    with Server(whole) as server:
        on_server(colour, server, ask, ask_async)
        head = server.requests[0].lower()
    assert b"\r\naccept: text/event-stream\r\n" in head
    assert b"\r\naccept-encoding: identity\r\n" in head


@each_colour
@pytest.mark.parametrize("stream_format", ["audio", "sse"])
def test_speech(gateway, stream_format, colour):
    """Streamed speech is the audio that the unstreamed call gives, in bytes or in events."""
    ask = {"model": "openai/gpt-4o-mini-tts", "input": "hi", "voice": "alloy"}

    def listen() -> tuple[bytes, bytes]:
        with AIStats(**settings_of(gateway)) as client:
            streamed = b"".join(client.audio.speech.stream(**ask, stream_format=stream_format))
            return streamed, client.audio.speech.create(**ask).read()

    async def listen_async() -> tuple[bytes, bytes]:
        async with AsyncAIStats(**settings_of(gateway)) as client:
            stream = client.audio.speech.stream(**ask, stream_format=stream_format)
            streamed = b"".join([block async for block in stream])
            return streamed, await (await client.audio.speech.create(**ask)).read()

    run = listen if colour == "sync" else lambda: anyio.run(listen_async, backend=colour)
    streamed, whole_audio = run()
    assert streamed == whole_audio
    assert streamed.startswith(b"RIFF")
