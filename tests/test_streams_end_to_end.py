"""Streams over real sockets, against the sandbox: every surface, every colour, every bad end."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
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
from tests.colours import KEY
from tests.loopback import Server
from tests.streamed import Reader, in_colours

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator

    from tests.colours import Colour

HELLO = [{"role": "user", "content": "Reply with: hello there friend"}]
SURFACES: dict[str, tuple[str, dict[str, Any]]] = {
    "chat": ("chat.completions", {"messages": HELLO}),
    "responses": ("responses", {"input": HELLO[0]["content"]}),
    "messages": ("messages", {"messages": HELLO, "max_tokens": 50}),
}
MODELS = ("openai/gpt-4.1-mini", "anthropic/claude-haiku-4.5")
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


@asynccontextmanager
async def client_of(colour: Colour, key: str, base_url: str, **more: Any) -> AsyncIterator[Any]:
    """Give a real client of this colour, closed afterwards."""
    settings = {"api_key": key, "base_url": base_url, **more}
    if colour == "sync":
        with AIStats(**settings) as client:
            yield client
    else:
        async with AsyncAIStats(**settings) as client:
            yield client


async def read(
    colour: Colour, gateway: Sandbox, surface: str, model: str = MODELS[0], **settings: Any
) -> tuple[list[Any], Any, Any, Any]:
    """Stream an answer and create it; what is raised is raised."""
    name, ask = SURFACES[surface]
    async with client_of(colour, gateway.api_key, gateway.base_url, **settings) as client:
        namespace = client
        for part in name.split("."):
            namespace = getattr(namespace, part)
        stream = namespace.stream(model=model, **ask)
        async with Reader(stream, is_async=colour != "sync") as reading:
            events = await reading.rest()
        created = namespace.create(model=model, **ask)
        created = created if colour == "sync" else await created
        return events, stream, await reading.final(), created


@in_colours
@each_surface
@each_model
async def test_streams_of_every_surface(colour, gateway, surface, model):
    """Text, usage, request id and result agree with the answer of the same call unstreamed."""
    events, stream, final, created = await read(colour, gateway, surface, model)
    assert "".join(event.text_delta for event in events) == "hello there friend"
    assert stream.text == final.output_text == created.output_text == "hello there friend"
    assert type(final) is type(created)
    assert stream.usage.output_tokens == 3
    streamed, plain = gateway.requests
    assert streamed.json == {**plain.json, "stream": True}
    assert streamed.path == plain.path


@in_colours
@each_surface
@each_model
async def test_a_stream_that_ends_early(colour, gateway, surface, model):
    """The gateway's clean end without a terminal event is noticed; the text so far is kept."""
    gateway.text.plan("one two three four", end="cut", pieces=4)
    with pytest.raises(StreamTruncatedError) as caught:
        await read(colour, gateway, surface, model)
    assert caught.value.partial_text
    assert "one two three four".startswith(caught.value.partial_text)
    assert caught.value.__cause__ is None
    gateway.requests.assert_called(gateway.requests.last.operation, times=1)


@in_colours
@each_surface
async def test_a_connection_that_breaks_in_the_middle(colour, gateway, surface):
    """A broken body is an early end with its cause; a stream that began is never begun again."""
    gateway.fail(on=f"{SURFACES[surface][0]}.create", cut=3, clean=False)
    with pytest.raises(StreamTruncatedError) as caught:
        await read(colour, gateway, surface)
    assert caught.value.__cause__ is not None
    assert len(gateway.requests) == 1


@in_colours
@each_surface
@each_model
async def test_an_error_in_the_middle(colour, gateway, surface, model):
    """An error event raises with the text so far."""
    gateway.text.plan("one two three four", end="error", pieces=4)
    with pytest.raises(StreamError) as caught:
        await read(colour, gateway, surface, model)
    assert type(caught.value) is StreamError
    assert "one two three four".startswith(caught.value.partial_text)
    assert len(gateway.requests) == 1


@in_colours
async def test_a_failure_before_the_first_byte(colour, gateway):
    """It is an ordinary error, raised on entering; text generation is repeated as ever."""
    gateway.fail(on="chat.completions.create", status=402)
    with pytest.raises(InsufficientFundsError):
        await read(colour, gateway, "chat")
    assert len(gateway.requests) == 1
    gateway.fail(on="chat.completions.create", next=2, status=502, upstream_status=503)
    quick = Retry(attempts=2, base=0)
    with pytest.raises(UpstreamError):
        await read(colour, gateway, "chat", retry=quick)
    gateway.fail(on="chat.completions.create", status=502, upstream_status=503)
    _, stream, _, _ = await read(colour, gateway, "chat", retry=quick)
    assert stream.text == "hello there friend"


@in_colours
async def test_tool_calls(colour, gateway):
    """The pieces of a call are put together."""
    gateway.text.plan("", tool=("clock", '{"zone": "UTC"}'), next=2)
    _, _, final, _ = await read(colour, gateway, "chat")
    (call,) = final.to_dict()["choices"][0]["message"]["tool_calls"]
    assert call["function"] == {"name": "clock", "arguments": '{"zone": "UTC"}'}


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
PIECE = b'data: {"choices": [{"index": 0, "delta": {"content": "on and "}}]}\n\n'
LAST = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'


def sent(connection: socket.socket, content: bytes) -> None:
    connection.sendall(b"%x\r\n%s\r\n" % (len(content), content))


def endless(connection: socket.socket, _: bytes) -> None:
    """Answer with a stream that goes on until the client leaves."""
    connection.sendall(HEAD)
    while True:
        sent(connection, PIECE)


def trickling(connection: socket.socket, _: bytes) -> None:
    """Answer with a whole stream, and then with nothing but comments until the client leaves."""
    connection.sendall(HEAD)
    sent(connection, PIECE + LAST + b"data: [DONE]\n\n")
    while True:
        sent(connection, b": still here\n\n")


def ending(connection: socket.socket, _: bytes) -> None:
    """Answer with a stream that the end of its body ends."""
    connection.sendall(HEAD)
    sent(connection, PIECE + LAST)
    connection.sendall(b"0\r\n\r\n")


@asynccontextmanager
async def asked(colour: Colour, server: Server) -> AsyncIterator[Any]:
    """Give what streams a chat from a server, and opens it."""
    async with client_of(colour, KEY, f"{server.url}/v1") as client:
        yield lambda: Reader(
            client.chat.completions.stream(model="m", messages=HELLO), is_async=colour != "sync"
        )


@in_colours
@pytest.mark.parametrize("answer", [endless, trickling])
async def test_the_server_sees_the_connection_go(colour, answer):
    """As soon as the `with` is left, or the stream is over: before the client is closed."""
    with Server(answer) as server:
        async with asked(colour, server) as stream:
            if answer is endless:
                async with stream() as reading:
                    assert (await reading.next()).text_delta == "on and "
            else:
                await (reading := stream()).enter()
                assert (await reading.final()).output_text == "on and "
            assert await anyio.to_thread.run_sync(lambda: server.closed.acquire(timeout=10))


@in_colours
async def test_a_body_read_to_its_end_gives_its_connection_back(colour):
    """The next call goes over the same connection; it asks for events without compression."""
    with Server(ending) as server:
        async with asked(colour, server) as stream:
            for _ in range(2):
                async with stream() as reading:
                    assert (await reading.final()).output_text == "on and "
        assert (len(server.requests), server.connections) == (2, 1)
        head = server.requests[0].lower()
    assert b"\r\naccept: text/event-stream\r\n" in head
    assert b"\r\naccept-encoding: identity\r\n" in head  # events would be held back on the way


@in_colours
@pytest.mark.parametrize("stream_format", ["audio", "sse"])
async def test_speech(colour, gateway, stream_format):
    """Streamed speech is the audio that the unstreamed call gives, in bytes or in events."""
    ask = {"model": "openai/gpt-4o-mini-tts", "input": "hi", "voice": "alloy"}
    async with client_of(colour, gateway.api_key, gateway.base_url) as client:
        speech = client.audio.speech.stream(**ask, stream_format=stream_format)
        streamed = b"".join(await Reader(speech, is_async=colour != "sync").rest())
        whole = client.audio.speech.create(**ask)
        whole = whole.read() if colour == "sync" else await (await whole).read()
    assert streamed == whole
    assert streamed.startswith(b"RIFF")
