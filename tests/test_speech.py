"""The stream of speech: bytes, events and JSON come out as audio, and every end is judged."""

from __future__ import annotations

import base64
import json
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import AIStats, Limits
from aistats.errors import AIStatsError, ResponseDecodeError, StreamError, StreamTruncatedError
from aistats.results import Usage
from aistats.speech import AsyncSpeechStream, SpeechStream
from tests.streamed import COLOURS, Body, frame, in_colour, respond

each_colour = pytest.mark.parametrize("colour", COLOURS)


def delta(audio: bytes, name: str = "audio") -> bytes:
    data = {"type": "speech.audio.delta", name: base64.b64encode(audio).decode()}
    return frame("", data)


DONE = frame("", {"type": "speech.audio.done", "usage": {"input_tokens": 2, "output_tokens": 9}})


def listen(
    colour: str, body: Body, content_type: str | None, status: int = 200, *, entered: bool = True
) -> tuple[list[bytes], Exception | None, Any]:
    """Read a stream to its end or its error, inside a `with` or without one."""
    blocks: list[bytes] = []

    def opener() -> httpx.Response:
        return respond(body, content_type, status)

    async def async_opener() -> httpx.Response:
        return opener()

    speech = SpeechStream(opener) if colour == "sync" else AsyncSpeechStream(async_opener)
    error = in_colour(
        colour,
        lambda: play(speech, blocks, entered=entered),
        lambda: play_async(speech, blocks, entered=entered),
    )
    return blocks, error, speech


def play(stream: SpeechStream, blocks: list[bytes], *, entered: bool) -> Exception | None:
    if entered:
        stream.__enter__()
    try:
        blocks.extend(stream)
    except Exception as error:  # noqa: BLE001 - the test looks at it
        return error
    assert next(stream, None) is None
    return None


async def play_async(
    stream: AsyncSpeechStream, blocks: list[bytes], *, entered: bool
) -> Exception | None:
    if entered:
        await stream.__aenter__()
    try:
        async for block in stream:
            blocks.append(block)  # noqa: PERF401 - what came before an error must be kept
    except Exception as error:  # noqa: BLE001 - the test looks at it
        return error
    assert await anext(stream, None) is None
    return None


@each_colour
@pytest.mark.parametrize("entered", [True, False])
@pytest.mark.parametrize("content_type", ["audio/mpeg", "application/octet-stream", None])
def test_raw_audio(content_type, entered, colour):
    """Bytes come as they come, with or without a `with`, and the connection is closed."""
    body = Body([b"ID3", b"\xff\xfb", b"rest"])
    blocks, error, stream = listen(colour, body, content_type, entered=entered)
    assert error is None
    assert blocks == [b"ID3", b"\xff\xfb", b"rest"]
    assert stream.content_type == content_type
    assert stream.usage is None
    assert body.closed >= 1


@each_colour
@pytest.mark.parametrize("name", ["audio", "delta"])
def test_audio_in_events(name, colour):
    """Events give their audio, however they are cut, and their usage."""
    content = b"".join([delta(b"one", name), b": noise\n\n", delta(b"two", name), DONE])
    for chunks in ([content], [content[at : at + 1] for at in range(len(content))]):
        blocks, error, stream = listen(colour, Body(chunks), "text/event-stream")
        assert error is None
        assert blocks == [b"one", b"two"]
        assert stream.usage == Usage(2, 9, 11)


@each_colour
def test_audio_in_json(colour):
    """The JSON form gives its audio and its usage too."""
    document = {"audio_base64": base64.b64encode(b"all").decode(), "usage": {"input_tokens": 2}}
    content = json.dumps(document).encode()
    blocks, error, stream = listen(colour, Body([content[:5], content[5:]]), "application/json")
    assert error is None
    assert blocks == [b"all"]
    assert stream.usage == Usage(2)


@each_colour
def test_audio_that_breaks_off(colour):
    """A drop, or events that end before their end, are an early end; what came was given."""
    drop = httpx.ReadError("reset")
    blocks, error, _ = listen(colour, Body([b"one"], drop), "audio/mpeg")
    assert blocks == [b"one"]
    assert type(error) is StreamTruncatedError
    assert error.__cause__ is drop
    blocks, error, _ = listen(colour, Body([delta(b"one")]), "text/event-stream")
    assert blocks == [b"one"]
    assert type(error) is StreamTruncatedError


@each_colour
@pytest.mark.parametrize(
    ("event", "words", "code"),
    [
        (
            frame("error", {"error": {"message": "No voice", "code": "c"}, "id": "G-1"}),
            "No voice",
            "c",
        ),
        (frame("", {"type": "error", "message": "No voice"}), "No voice", None),
        (frame("", {"type": "speech.audio.error", "message": "No voice"}), "No voice", None),
        (frame("", {"type": "speech.audio.delta", "audio": "???"}), "base64", None),
        (frame("", "not json"), "not a JSON object", None),
        (frame("", "[1]"), "not a JSON object", None),
        (b"data: " + b"x" * 17_000_000, "longer than", None),
    ],
)
def test_errors_among_the_audio(event, words, code, colour):
    """What came before an error event is given, then the error is raised."""
    blocks, error, _ = listen(colour, Body([delta(b"one") + event]), "text/event-stream")
    assert type(error) is StreamError
    assert words in str(error)
    assert error.code == code
    assert blocks == ([] if words == "longer than" else [b"one"])


@each_colour
@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"<html>Sign in</html>", "text/html", 200),
        (b'{"error": "x"}', "application/json", 200),
        (b"[1]", "application/json", 200),
        (b"", "application/json", 200),
        (b"moved", "audio/mpeg", 302),
    ],
)
def test_a_success_that_is_no_audio(content, content_type, status, colour):
    """A page or an error under status 200 is not played."""
    blocks, error, _ = listen(colour, Body([content]), content_type, status)
    assert blocks == []
    assert type(error) is ResponseDecodeError
    assert error.body == content


@each_colour
def test_an_endless_page_is_bounded(colour):
    """A page without an end stops at the limit."""
    body = Body([b"x" * 1_000_000] * 100)
    _, error, _ = listen(colour, body, "text/html")
    assert type(error) is ResponseDecodeError
    assert body.given < 20


@each_colour
def test_leaving_early_closes(colour):
    """Leaving the `with` closes the connection; the stream is over then and cannot be reopened."""
    body = Body([b"one", b"two", b"three"])

    def leave() -> None:
        with SpeechStream(lambda: respond(body, "audio/mpeg")) as stream:
            assert next(stream) == b"one"
        assert list(stream) == []
        with pytest.raises(RuntimeError, match="opened before"):
            stream.__enter__()

    async def leave_async() -> None:
        async def opener() -> httpx.Response:
            return respond(body, "audio/mpeg")

        async with AsyncSpeechStream(opener) as stream:
            assert await anext(stream) == b"one"
        assert [block async for block in stream] == []
        with pytest.raises(RuntimeError, match="opened before"):
            await stream.__aenter__()

    in_colour(colour, leave, leave_async)
    assert body.closed >= 1
    assert body.given == 1


@each_colour
def test_an_opener_that_fails(colour):
    """What the call raises comes out of the first step; nothing was opened."""

    def opener() -> httpx.Response:
        raise AIStatsError("402")

    async def async_opener() -> httpx.Response:
        return opener()

    def play() -> None:
        stream = SpeechStream(opener)
        assert stream.content_type is None
        next(stream)

    async def play_async() -> None:
        await anext(AsyncSpeechStream(async_opener))

    with pytest.raises(AIStatsError, match="402"):
        in_colour(colour, play, play_async)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancellation_closes(backend):
    """A task that is cancelled while it waits for audio leaves nothing open."""

    class Silent(Body):
        async def __aiter__(self):
            yield b"one"
            await anyio.sleep_forever()

    body = Silent([])

    async def wait() -> None:
        async def opener() -> httpx.Response:
            return respond(body, "audio/mpeg")

        stream = AsyncSpeechStream(opener)
        assert await anext(stream) == b"one"
        with anyio.CancelScope() as scope:
            scope.cancel()
            await anext(stream)
        assert scope.cancelled_caught

    anyio.run(wait, backend=backend)
    assert body.closed >= 1


@given(
    st.sampled_from(["audio/mpeg", "text/event-stream", "application/json", "text/html", None]),
    st.lists(st.binary(min_size=1, max_size=40), max_size=4),
)
def test_whatever_comes_is_audio_or_an_error_of_ours(content_type, chunks):
    """No bytes make it raise anything else."""
    _, error, _ = listen("sync", Body(chunks), content_type)
    assert error is None or isinstance(error, AIStatsError)


def test_the_limit_of_an_event_is_the_clients(aistats_sandbox: Any) -> None:
    """`Limits.event` bounds the events of speech as it does those of text."""
    body = b"data: " + b"x" * 5_000 + b"\n\n"
    kind = "text/event-stream"
    aistats_sandbox.fail(on="audio.speech.create", status=200, body=body, content_type=kind)
    speak = {"model": "openai/gpt-4o-mini-tts", "voice": "alloy", "input": "Hi"}
    with AIStats(limits=Limits(event=1_000)) as client, pytest.raises(StreamError, match="1,000"):
        list(client.audio.speech.stream(**speak))
