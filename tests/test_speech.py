"""The stream of speech: bytes and events come out as audio, and every end is judged."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import Limits
from aistats.errors import (
    AIStatsError,
    InsufficientFundsError,
    ResponseDecodeError,
    StreamError,
    StreamTruncatedError,
)
from aistats.results import Usage
from tests.colours import Script, answer
from tests.streamed import (
    EVENTS,
    SPEECH,
    STREAMS,
    Body,
    Reader,
    any_speed,
    frame,
    in_colours,
    read,
    read_sync,
    reader,
    single,
)


def delta(audio: bytes, name: str = "audio") -> bytes:
    data = {"type": "speech.audio.delta", name: base64.b64encode(audio).decode()}
    return frame("", data)


DONE = frame("", {"type": "speech.audio.done", "usage": {"input_tokens": 2, "output_tokens": 9}})


@in_colours
@pytest.mark.parametrize("kind", ["audio/mpeg", "application/octet-stream", None])
async def test_raw_audio(colour, kind):
    """Bytes come as they come, with or without a `with`, and the connection is closed."""
    blocks = [b"ID3", b"\xff\xfb", b"rest"]
    outcome = await read(colour, SPEECH, blocks, kind)
    assert (outcome.error, outcome.events) == (None, blocks)
    assert (outcome.stream.content_type, outcome.stream.usage) == (kind, None)
    reading = reader(colour, SPEECH, body := Body(blocks), kind)
    assert reading.stream.content_type is None
    assert await reading.rest() == blocks
    assert body.closed


@in_colours
@pytest.mark.parametrize("name", ["audio", "delta"])
async def test_audio_in_events(colour, name):
    """Events give their audio, however they are cut, and their usage."""
    content = b"".join(
        [delta(b"one", name), b": noise\n\ndata: ping\n\n", delta(b"two", name), DONE]
    )
    for chunks in ([content], single(content), [content.rstrip(b"\n")]):
        outcome = await read(colour, SPEECH, chunks)
        assert (outcome.error, outcome.events) == (None, [b"one", b"two"])
        assert outcome.stream.usage == Usage(2, 9, 11)


@in_colours
async def test_nothing_is_waited_for_behind_the_last_event(colour):
    """The audio is over when its last event says so, although the connection stays open."""
    body = Body([delta(b"one"), DONE, b": more\n\n"], AssertionError("it went on reading"))
    outcome = await read(colour, SPEECH, body)
    assert (outcome.error, outcome.events, body.given) == (None, [b"one"], 2)


@in_colours
async def test_audio_that_breaks_off(colour):
    """A drop, or events that end before their end, are an early end; what came was given."""
    for chunk, kind in ((b"one", "audio/mpeg"), (delta(b"one"), EVENTS)):
        body = Body([chunk], drop := httpx.ReadError("reset"))
        outcome = await read(colour, SPEECH, body, kind)
        assert outcome.events == [b"one"]
        assert type(outcome.error) is StreamTruncatedError
        assert outcome.error.__cause__.__cause__ is drop
    outcome = await read(colour, SPEECH, [delta(b"one")])
    assert outcome.events == [b"one"]
    assert type(outcome.error) is StreamTruncatedError


@in_colours
@pytest.mark.parametrize(
    ("event", "words", "code"),
    [
        (frame("error", {"error": {"message": "No voice", "code": "c"}, "id": "G-1"}),
         "No voice", "c"),
        (frame("", {"type": "error", "message": "No voice"}), "No voice", None),
        (frame("", {"type": "speech.audio.error", "message": "No voice"}), "No voice", None),
        (b'{"error": {"message": "No voice"}}\n\n', "No voice", None),
        (frame("", {"type": "speech.audio.delta", "audio": "???"}), "base64", None),
    ],
)  # fmt: skip
async def test_errors_among_the_audio(colour, event, words, code):
    """What came before an error event is given, then the error is raised."""
    outcome = await read(colour, SPEECH, [delta(b"one") + event + delta(b"two")])
    assert outcome.events == [b"one"]
    assert type(outcome.error) is StreamError
    assert words in str(outcome.error)
    assert outcome.error.code == code


@in_colours
async def test_the_limit_of_an_event_is_the_clients(colour):
    """`Limits.event` bounds the events of speech as it does those of text."""
    body = Body([b"data: ", *[b"x" * 500] * 1000])
    outcome = await read(colour, SPEECH, body, limits=Limits(event=1_000))
    assert type(outcome.error) is StreamError
    assert "1,000" in str(outcome.error)
    assert body.given < 5


@in_colours
@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"<html>Sign in</html>", "text/html", 200),
        (b'{"error": "x"}', "application/json", 200),
        (b"[1]", "application/json; charset=utf-8", 200),
        (b"", "application/json", 200),
        (b"moved", "audio/mpeg", 302),
    ],
)
async def test_a_success_that_is_no_audio(colour, content, kind, status):
    """A page or an error under status 200 is not played."""
    outcome = await read(colour, SPEECH, [content], kind, status)
    assert outcome.events == []
    assert type(outcome.error) is ResponseDecodeError
    assert (outcome.error.body, outcome.error.status_code) == (content, status)


@in_colours
async def test_an_endless_page_is_bounded(colour):
    """A page without an end stops at the limit."""
    limits = Limits(error_body=10_000)
    outcome = await read(
        colour, SPEECH, body := Body([b"x" * 1_000] * 100), "text/html", limits=limits
    )
    assert type(outcome.error) is ResponseDecodeError
    assert body.given < 20


@in_colours
async def test_leaving_early_closes(colour):
    """Leaving the `with` closes the connection; the stream is over then and cannot be reopened."""
    body = Body([b"one", b"two", b"three"])
    async with reader(colour, SPEECH, body, "audio/mpeg") as reading:
        assert await reading.next() == b"one"
    assert await reading.rest() == []
    assert (body.given, body.closed) == (1, 1)
    with pytest.raises(RuntimeError, match="opened before"):
        await reading.enter()
    async with reader(colour, SPEECH, body := Body([b"one", b"two"]), "audio/mpeg") as reading:
        await reading.close()
        assert body.closed
        assert await reading.rest() == []


@in_colours
async def test_a_refusal_is_an_ordinary_error(colour):
    """What the call raises comes out of the first step."""
    script = Script(answer(402, {"error": "insufficient_funds"}))
    reading = Reader(STREAMS[SPEECH](script.client(colour)), is_async=colour != "sync")
    with pytest.raises(InsufficientFundsError):
        await reading.next()


KINDS: Any = st.sampled_from(["audio/mpeg", EVENTS, "application/json", "text/html", None])


@any_speed
@given(KINDS, st.lists(st.binary(min_size=1, max_size=40), max_size=4))
def test_whatever_comes_is_audio_or_an_error_of_ours(kind, chunks):
    """No bytes make it raise anything else."""
    error = read_sync(SPEECH, chunks, kind).error
    assert error is None or isinstance(error, AIStatsError)
