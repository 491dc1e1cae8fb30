"""Streams of text: what their events give, what they add up to, and every way they can go wrong."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aistats import Limits, results
from aistats.errors import (
    AIStatsError,
    InsufficientFundsError,
    ResponseDecodeError,
    StreamError,
    StreamTruncatedError,
)
from aistats.results import Usage, usage_of
from tests.colours import Script, answer
from tests.conftest import needs_shared
from tests.recorded import exchanges, streams
from tests.streamed import (
    CHAT,
    EVENTS,
    MESSAGES,
    RESPONSES,
    STREAMS,
    TEXTS,
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

HERE = Path(__file__).parent / "vectors"
VECTORS: dict[str, Any] = json.loads((HERE / "streams.json").read_text("utf-8"))
DELTAS: dict[str, Any] = json.loads((HERE / "deltas.json").read_text("utf-8"))
WHOLE = {
    CHAT: VECTORS["chat, chunks to the end"],
    RESPONSES: VECTORS["responses, full events"],
    MESSAGES: VECTORS["messages, full events"],
}
RESULTS = {CHAT: "ChatCompletion", RESPONSES: "ResponseResult", MESSAGES: "Message"}
each_vector = pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
each_surface = pytest.mark.parametrize("path", TEXTS)


def frames_of(vector: dict[str, Any]) -> list[bytes]:
    return [frame(name, data) for name, data in vector["frames"]]


def usage_in(vector: dict[str, Any]) -> Usage | None:
    if vector["usage"] is None:
        return None
    *tokens, cost = vector["usage"]
    return Usage(*tokens, Decimal(cost) if cost else None)


def assert_whole(outcome: Any, vector: dict[str, Any]) -> None:
    assert outcome.error is None, outcome.error
    assert type(outcome.final) is getattr(results, RESULTS[vector["path"]])
    assert outcome.final.to_dict() == vector["result"]
    assert outcome.final.output_text == outcome.stream.text == vector["text"]
    assert outcome.stream.reasoning == vector.get("reasoning", "")
    assert outcome.stream.request_id == vector["request_id"]
    assert outcome.stream.usage == usage_in(vector)
    expected = [(name, data) for name, data in vector["frames"] if data != "[DONE]"]
    named = [{"type": name, **data} if name else data for name, data in expected]
    assert [event.to_dict() for event in outcome.events] == named
    assert [event.type for event in outcome.events] == [name for name, _ in expected]
    assert "".join(event.text_delta for event in outcome.events) == vector["text"]


@in_colours
@each_vector
async def test_whole_streams(colour, vector):
    """Events, text, reasoning, usage, request id and final result, whole and byte by byte."""
    content = b"".join(frames_of(vector))
    for chunks in ([content], single(content)):
        assert_whole(await read(colour, vector["path"], chunks), vector)


@in_colours
@each_vector
async def test_cut_at_every_event(colour, vector):
    """An end before the terminal event is an error that keeps the text so far; later it is none."""
    frames = frames_of(vector)
    for count in range(len(frames)):
        outcome = await read(colour, vector["path"], frames[:count])
        seen = "".join(event.text_delta for event in outcome.events)
        if count >= vector["complete_from"]:
            assert outcome.error is None, count
            assert outcome.final.output_text == vector["text"]
            continue
        assert isinstance(outcome.error, StreamTruncatedError), count
        assert outcome.error.partial_text == outcome.stream.text == seen
        assert outcome.error.usage == outcome.stream.usage
        assert outcome.error.request_id == (vector["request_id"] if count else None)
        assert outcome.final_error is outcome.error


@each_vector
def test_cut_at_every_byte(vector):
    """A cut inside an event is an early end too, never an error about broken JSON."""
    content = b"".join(frames_of(vector))
    complete = sum(map(len, frames_of(vector)[: vector["complete_from"]]))
    for at in (*range(0, complete, 9), *range(complete - 9, len(content))):
        error = read_sync(vector["path"], [content[:at]]).error
        # The last line break and the blank line may be missing: the event is whole without them.
        assert type(error) is (type(None) if at >= complete - 2 else StreamTruncatedError), at


@in_colours
@each_vector
async def test_broken_connections(colour, vector):
    """A connection that breaks off is an early end with its cause, unless all was there already."""
    frames = frames_of(vector)
    for kind in (httpx.RemoteProtocolError, httpx.ReadTimeout):
        outcome = await read(colour, vector["path"], Body(frames[:1], drop := kind("no more")))
        assert isinstance(outcome.error, StreamTruncatedError)
        assert outcome.error.__cause__.__cause__ is drop
        assert f"{kind.__name__}: no more" in str(outcome.error)
        assert_whole(await read(colour, vector["path"], Body(frames, kind("no more"))), vector)
        page = await read(colour, vector["path"], Body([b"<p>"], kind("no more")), "text/html")
        assert type(page.error) is StreamTruncatedError


@in_colours
@pytest.mark.parametrize("vector", [v for v in VECTORS.values() if v.get("terminal", True)])
async def test_nothing_is_waited_for_behind_the_terminal_event(colour, vector):
    """The connection is closed there and then, although it stays open and comments trickle."""
    frames = frames_of(vector)
    body = Body([*frames, *[b": still here\n\n"] * 50], AssertionError("it went on reading"))
    assert_whole(await read(colour, vector["path"], body), vector)
    assert body.given == len(frames)
    async with reader(colour, vector["path"], body := Body([b"".join(frames)])) as reading:
        await reading.next()
        assert body.closed, "not even until the last event was given"


@in_colours
async def test_what_came_along_with_the_terminal_event_counts(colour):
    """Some paths complete a response twice; the second is taken where it is there already."""
    frames = frames_of(WHOLE[RESPONSES])
    _, last = WHOLE[RESPONSES]["frames"][-1]
    more = {**last, "response": {**last["response"], "usage": {"input_tokens": 5}}}
    outcome = await read(colour, RESPONSES, [b"".join([*frames, frame("", more)])])
    assert outcome.stream.usage.input_tokens == 5
    outcome = await read(colour, RESPONSES, [*frames, frame("", more)])
    assert outcome.stream.usage == usage_in(WHOLE[RESPONSES])


ERRORS = [
    # event name, data, code, words of the message, request id
    ("", {"error": {"message": "Overloaded", "type": "server_error", "code": None}, "id": "G-E"},
     "server_error", "Overloaded", "G-E"),
    ("", {"error": {"message": "No", "type": "t", "param": None, "code": "c1"}}, "c1", "No", None),
    ("", {"error": {"message": "Bad gateway", "code": 502}}, "502", "Bad gateway", None),
    ("", {"object": "error", "message": "Nothing left"}, None, "Nothing left", None),
    ("error", {"type": "error", "sequence_number": 3, "code": "c2", "message": "Late"},
     "c2", "Late", None),
    ("error", {"error": {"message": "Sorry"}}, None, "Sorry", None),
    ("error", {"type": "error", "error": {"type": "overloaded_error", "message": "Busy"}},
     "overloaded_error", "Busy", None),
    ("error", {"message": "bare"}, None, "bare", None),
    ("error", "plain words", None, "plain words", None),
    ("error", {}, None, "no explanation", None),
    ("", {"generation_id": "G-F", "status_code": 502, "error": "upstream_error",
          "error_type": "system", "description": "all providers failed"},
     "upstream_error", "all providers failed", "G-F"),
    ("", {"error": "upstream_error"}, "upstream_error", "upstream_error", None),
]  # fmt: skip


@in_colours
@pytest.mark.parametrize(("name", "data", "code", "words", "request_id"), ERRORS)
@each_surface
async def test_error_events_in_every_form(colour, path, name, data, code, words, request_id):
    """An error in the middle raises with the text so far; it is never taken for an empty piece."""
    frames = frames_of(WHOLE[path])[:4]
    outcome = await read(colour, path, [b"".join([*frames, frame(name, data), frames[0]])])
    error = outcome.error
    assert type(error) is StreamError
    assert len(outcome.events) == 4
    assert error.partial_text == outcome.stream.text
    assert "Good" in error.partial_text
    assert (error.code, error.body) == (code, data)
    assert words in str(error)
    assert error.request_id == (request_id or WHOLE[path]["request_id"])
    assert outcome.final_error is error


OVER_QUOTA = {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}}


@in_colours
@each_surface
@pytest.mark.parametrize("before", [0, 2])
@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
@pytest.mark.parametrize("error", [OVER_QUOTA, [OVER_QUOTA]])
@pytest.mark.parametrize("indent", [None, 2])
async def test_a_bare_error_in_a_stream(colour, path, before, end, error, indent):
    """A JSON error without `data:` is that error, alone or behind events, however it is written."""
    bare = (json.dumps(error, indent=indent) + end).encode()
    frames = frames_of(WHOLE[path])[:before]
    cut = [single(b"".join([*frames, bare]))] if colour == "sync" else []
    for chunks in ([*frames, bare], *cut):
        caught = (await read(colour, path, chunks)).error
        assert type(caught) is StreamError
        assert (caught.code, caught.body) == ("insufficient_quota", OVER_QUOTA)
        assert "You exceeded your quota" in str(caught)


@in_colours
async def test_an_error_in_a_choice(colour):
    """The answer that it ends is no result, and what its last piece held is kept."""
    failed = {"message": "Provider gone", "code": 502}
    choice = {"index": 0, "delta": {"content": "!"}, "finish_reason": "error", "error": failed}
    frames = [*frames_of(WHOLE[CHAT])[:3], frame("", {"id": "G-CHAT", "choices": [choice]})]
    error = (await read(colour, CHAT, frames)).error
    assert type(error) is StreamError
    assert (error.code, error.partial_text) == ("502", "Good morning.!")
    assert "Provider gone" in str(error)


@in_colours
async def test_a_failed_response(colour):
    """`response.failed` is an error with the provider's reason, the text and the usage so far."""
    failed = {
        "status": "failed",
        "error": {"code": "server_error", "message": "The model gave up."},
        "usage": {"input_tokens": 3, "output_tokens": 1},
    }
    frames = [
        frame("response.output_text.delta", {"delta": "Go", "id": "G-R"}),
        frame("response.failed", {"response": failed, "id": "G-R"}),
    ]
    error = (await read(colour, RESPONSES, frames)).error
    assert type(error) is StreamError
    assert (error.code, error.partial_text, error.request_id) == ("server_error", "Go", "G-R")
    assert "The model gave up. (server_error)" in str(error)
    assert error.usage == Usage(3, 1, 4)


@in_colours
@pytest.mark.parametrize("data", ["{", "{} {}", '{"a":' * 5000, '{"choices": [{"delta": {"con'])
async def test_an_event_that_is_broken_json(colour, data):
    """It is this package's error, with the text so far and the data."""
    frames = frames_of(WHOLE[CHAT])[:3]
    error = (await read(colour, CHAT, [*frames, f"data: {data}\n\n".encode()])).error
    assert type(error) is StreamError
    assert (error.partial_text, error.body) == ("Good morning.", data)
    assert len(str(error)) < 400


NOISE = [
    *(": hello", "id: 5\nretry: 10", "data:", "data: ping", "data: : keep-alive", "event: ping"),
    *("data: [1]", 'data: "text"', "data: 7", "data: null", "data: " + "[" * 100_000, "{half"),
    '{"no": "event"}',
]


@in_colours
@each_surface
async def test_what_keeps_a_connection_alive_is_no_event(colour, path):
    """Comments, hints, and data that is no object change nothing in a paid stream."""
    noise = "".join(f"{line}\n\n" for line in NOISE).encode()
    vector = WHOLE[path]
    body = [noise + b"id: 1\n" + frame_ + noise for frame_ in frames_of(vector)]
    assert_whole(await read(colour, path, body), vector)
    content = b"".join(frames_of(vector)).replace(b"data: {", b"data:   {")
    assert_whole(await read(colour, path, [content]), vector)
    assert_whole(await read(colour, path, [content.replace(b"\n", b"\r\n")]), vector)


def test_data_in_several_lines_and_separators_in_text():
    """JSON may span lines, and U+2028 inside a text is text."""
    delta = {"content": "a\u2028b"}
    chunk = {"choices": [{"index": 0, "delta": delta, "finish_reason": "stop"}]}
    text = json.dumps(chunk, indent=1, ensure_ascii=False)
    content = "".join(f"data: {line}\n" for line in text.split("\n")) + "\n"
    assert read_sync(CHAT, [content.encode()]).final.output_text == "a\u2028b"


@in_colours
@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/json", "text/event-stream; charset=utf-8"]
)
async def test_a_stream_under_another_content_type(colour, kind):
    """A proxy that relabels or unlabels the stream does not hide it."""
    content = b"".join(frames_of(WHOLE[CHAT]))
    for chunks in ([content], single(content)):
        assert_whole(await read(colour, CHAT, chunks, kind), WHOLE[CHAT])


@in_colours
@each_surface
@pytest.mark.parametrize(
    ("content", "kind", "status", "words"),
    [
        (b'{"error": "upstream_error", "generation_id": "G-1"}', "application/json", 200,
         "upstream_error"),
        (json.dumps(OVER_QUOTA, indent=2).encode(), "application/json", 200, "your quota"),
        (b'{"ok": true}', "application/json", 200, "no event stream but application/json"),
        (b"[1, 2]", "application/json", 200, "application/json"),
        (b"", "application/json", 200, "application/json"),
        (b"<html>\n\nSign in</html>", "text/html", 200, "text/html"),
        (b"data: {}", "text/html", 302, "redirect"),
        (b"{" * 9_000, "application/json", 200, "application/json"),
        (b"<p>\n\n" * 2_000, "text/html", 200, "text/html"),
    ],
)  # fmt: skip
async def test_a_success_that_is_no_stream(colour, path, content, kind, status, words):
    """It raises with the body, so that the user can see what came, and with the error in it."""
    limits = Limits(event=10_000)
    outcome = await read(colour, path, [content], kind, status, limits=limits)
    assert type(outcome.error) is ResponseDecodeError
    assert (outcome.error.body, outcome.error.status_code) == (content, status)
    assert words in str(outcome.error)
    assert outcome.events == []


@in_colours
async def test_endless_events_and_pages_are_bounded(colour):
    """A line without an end, and a page without an end, stop at the limit."""
    frames, limits = frames_of(WHOLE[CHAT])[:2], Limits(event=5000)
    endless = Body([*frames, b"data: ", *[b"x" * 1000] * 1000])
    error = (await read(colour, CHAT, endless, limits=limits)).error
    assert type(error) is StreamError
    assert "Limits(event=...)" in str(error)
    assert error.partial_text == "Good "
    assert endless.given < 12
    for piece in (b"<p>" * 400, b"<p>\n\n" * 240):
        page = Body([piece] * 1000)
        outcome = await read(colour, CHAT, page, "text/html", limits=limits)
        assert type(outcome.error) is ResponseDecodeError
        assert page.given < 12


@in_colours
async def test_leaving_early(colour):
    """Leaving the `with` early closes, reads no more, and says so when asked for more."""
    body = Body(frames_of(WHOLE[CHAT]))
    async with reader(colour, CHAT, body) as reading:
        assert (await reading.next()).choices[0].delta.role == "assistant"
        assert (await reading.next()).text_delta == "Good "
    assert (body.given, body.closed) == (2, 1)
    for more in (reading.next, reading.rest):
        with pytest.raises(RuntimeError, match="closed before its end"):
            await more()
    with pytest.raises(StreamTruncatedError, match="there is no result") as caught:
        await reading.final()
    assert caught.value.partial_text == "Good "


@in_colours
async def test_closing_drops_what_was_not_given(colour):
    """Events of a chunk that nobody took are no part of the text."""
    async with reader(colour, CHAT, Body([b"".join(frames_of(WHOLE[CHAT]))])) as reading:
        await reading.next()
        await reading.next()
        await reading.close()
        assert reading.stream.text == "Good "
        with pytest.raises(RuntimeError, match="closed before its end"):
            await reading.next()
        with pytest.raises(StreamTruncatedError, match="there is no result"):
            await reading.final()


@in_colours
@pytest.mark.parametrize("error", [KeyError("mine"), KeyboardInterrupt()])
async def test_the_body_of_the_with_may_raise(colour, error):
    """An error of the caller goes through, the connection is closed, and there is no result."""
    body = Body(frames_of(WHOLE[CHAT]))
    reading = reader(colour, CHAT, body)

    async def leave() -> None:
        async with reading:
            await reading.next()
            raise error

    with pytest.raises(type(error)):
        await leave()
    assert body.closed == 1
    with pytest.raises(StreamTruncatedError, match="there is no result"):
        await reading.final()


def test_ctrl_c_while_it_reads():
    """An interrupted stream is not taken for a finished one."""
    body = Body(frames_of(WHOLE[CHAT])[:3], KeyboardInterrupt())
    stream = STREAMS[CHAT](
        Script(httpx.Response(200, headers={"content-type": EVENTS}, stream=body)).client()
    )
    with pytest.raises(KeyboardInterrupt), stream:
        list(stream)
    assert body.closed
    with pytest.raises(StreamTruncatedError, match="there is no result") as caught:
        stream.final()
    assert caught.value.partial_text == "Good morning."


@in_colours
@each_surface
async def test_final_reads_what_is_left(colour, path):
    """`final()` alone is enough; it works inside and after the `with`, more than once."""
    for chunks in (frames_of(WHOLE[path]), [b"".join(frames_of(WHOLE[path]))]):
        async with reader(colour, path, Body(chunks)) as reading:
            await reading.next()
            first = await reading.final()
            assert await reading.rest() == []
        assert await reading.final() == first
        assert first.to_dict() == WHOLE[path]["result"]


@in_colours
async def test_nothing_is_sent_before_the_with(colour):
    """Making a stream sends nothing; using it outside its `with`, or twice, is refused clearly."""
    script = Script(httpx.Response(200, headers={"content-type": EVENTS}, stream=Body([])))
    reading = Reader(STREAMS[CHAT](script.client(colour)), is_async=colour != "sync")
    for wrong in (reading.next, reading.rest, reading.final):
        with pytest.raises(RuntimeError, match="not open"):
            await wrong()
    assert script.requests == []
    async with reading:
        assert json.loads(script.requests[0].content)["stream"] is True
        assert script.requests[0].headers["accept"] == EVENTS
    with pytest.raises(RuntimeError, match="opened before"):
        await reading.enter()


@in_colours
async def test_a_refusal_is_an_ordinary_error(colour):
    """What the call itself raises comes out of the `with`, and from `final()` nothing else."""
    script = Script(answer(402, {"error": "insufficient_funds"}))
    reading = Reader(STREAMS[CHAT](script.client(colour)), is_async=colour != "sync")
    with pytest.raises(InsufficientFundsError):
        await reading.enter()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("path", STREAMS)
def test_cancellation_closes_the_connection(path, backend):
    """A task that is cancelled while it waits for an event leaves nothing open, and no result."""

    class Silent(Body):
        async def __aiter__(self):
            yield self.chunks[0]
            await anyio.sleep_forever()

    first = b"one" if path not in WHOLE else frames_of(WHOLE[path])[0]
    body = Silent([first])

    async def wait() -> None:
        kind = EVENTS if path in WHOLE else "audio/mpeg"
        async with reader("asyncio", path, body, kind) as reading:
            assert await reading.next() is not None
            with anyio.CancelScope() as scope:
                scope.cancel()
                await reading.next()
            assert scope.cancelled_caught
            assert body.closed
            if path in WHOLE:
                with pytest.raises(StreamTruncatedError):
                    await reading.final()

    anyio.run(wait, backend=backend)


@in_colours
async def test_text_and_usage_while_reading(colour):
    """After each event the stream knows exactly what came up to it, not what the chunk held."""
    seen = []
    body = Body([b"".join(frames_of(WHOLE[MESSAGES]))])
    async with reader(colour, MESSAGES, body) as reading:
        while (event := await reading.next()) is not None:
            seen.append((event.type, reading.stream.text, reading.stream.usage))
    assert seen[1] == ("content_block_start", "", Usage(0, 0, 0))
    assert seen[2] == ("content_block_delta", "Good ", Usage(0, 0, 0))
    assert seen[4] == ("content_block_stop", "Good morning.", Usage(0, 0, 0))
    assert seen[-1] == ("message_stop", "Good morning.", Usage(3, 2, 5))


def test_typed_events():
    """Events are generated models: attributes follow the JSON, everything else is kept."""
    (chunk,) = read_sync(CHAT, [frame("", {
        "id": "G-1", "model": "m", "choices": [
            {"index": 0, "delta": {"role": "assistant", "tool_calls": [
                {"index": 0, "id": "c", "function": {"name": "f", "arguments": "{"}}]},
             "finish_reason": "stop"}], "new": 1})]).events  # fmt: skip
    assert (chunk.id, chunk.model, chunk["new"]) == ("G-1", "m", 1)
    assert ("new" in chunk, "old" in chunk) == (True, False)
    delta = chunk.choices[0].delta
    assert delta.role == "assistant"
    assert (delta.tool_calls[0].id, delta.tool_calls[0].function.arguments) == ("c", "{")
    assert chunk == pickle.loads(pickle.dumps(chunk))  # noqa: S301 - our own bytes
    assert "G-1" in repr(chunk)
    events = read_sync(RESPONSES, frames_of(WHOLE[RESPONSES])).events
    assert [event.sequence_number for event in events] == [*range(8)]
    assert (events[3].delta, events[5].text) == ("Good ", "Good morning.")
    assert (events[6].item.type, events[7].response.status) == ("message", "completed")
    events = read_sync(MESSAGES, frames_of(VECTORS["messages, thinking and a tool"])).events
    assert (events[0].message.id, events[2].delta.thinking) == ("G-MSG", "Hm.")
    assert events[5].delta.partial_json == '{"zone":'
    assert events[8].usage.output_tokens == 4


@in_colours
async def test_the_end_mark_of_chats(colour):
    """`[DONE]` ends an answer without a reason in a chat; elsewhere only reading ends with it."""
    body = Body([frame("", {"choices": [{"index": 0, "delta": {"content": "Hi"}}]}),
                 frame("", "[DONE]"), b": more\n\n"])  # fmt: skip
    outcome = await read(colour, CHAT, body)
    assert (outcome.error, outcome.final.output_text, body.given) == (None, "Hi", 2)
    for path in (RESPONSES, MESSAGES):
        body = Body([*frames_of(WHOLE[path])[:-1], frame("", "[DONE]"), b": more\n\n"])
        outcome = await read(colour, path, body)
        assert type(outcome.error) is StreamTruncatedError
        assert body.given == len(WHOLE[path]["frames"])


def deltas_of(vector: dict[str, Any]) -> list[bytes]:
    """Write the events of a vector; a chat's are given as its deltas alone."""
    if "events" in vector:
        return [frame(name, data) for name, data in vector["events"]]
    chunk = {"id": "G-1", "object": "chat.completion.chunk", "model": "m"}
    pieces = [({"index": 0, "delta": delta, "finish_reason": None}) for delta in vector["deltas"]]
    pieces.append({"index": 0, "delta": {}, "finish_reason": "stop"})
    return [frame("", {**chunk, "choices": [piece]}) for piece in pieces]


@pytest.mark.parametrize("vector", DELTAS.values(), ids=DELTAS)
def test_deltas_as_providers_send_them(vector):
    """Nothing that a delta carried is lost, doubled or mixed up, and no event is changed by it."""
    path, frames = vector.get("path", CHAT), deltas_of(vector)
    outcome = read_sync(path, frames)
    assert outcome.error is None, outcome.error
    final = outcome.final.to_dict()
    found = {CHAT: lambda: final["choices"][0]["message"], RESPONSES: lambda: final["output"],
             MESSAGES: lambda: final["content"]}[path]()  # fmt: skip
    assert found == vector["gives"]
    assert outcome.stream.text == outcome.final.output_text == vector.get("text", "")
    assert outcome.stream.reasoning == vector.get("reasoning", "")
    sent = [json.loads(frame_.partition(b"data: ")[2]) for frame_ in frames]
    assert [{**event.to_dict(), **data} for event, data in zip(outcome.events, sent, strict=True)] \
        == [event.to_dict() for event in outcome.events]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in DELTAS if "responses" in name])
def test_a_cut_response_keeps_what_its_deltas_told(name):
    """Without its terminal event the text so far comes from the deltas."""
    frames = deltas_of(DELTAS[name])[:-1]
    error = read_sync(RESPONSES, frames).error
    assert type(error) is StreamTruncatedError
    assert error.partial_text == DELTAS[name].get("cut", DELTAS[name]["text"])


def test_fields_around_the_deltas():
    """Log probabilities come piece by piece, and what only one chunk said of the whole stays."""

    def piece(text: str, number: int, tier: str | None) -> dict[str, Any]:
        logprobs = {"content": [number], "refusal": None}
        choice = {"index": 0, "delta": {"content": text}, "logprobs": logprobs}
        return {"service_tier": tier, "choices": [choice]}

    pieces = [
        piece("a", 1, "flex"),
        piece("b", 2, None),
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop", "native_reason": "eos"}]},
        {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2}},
    ]  # fmt: skip
    final = read_sync(CHAT, [frame("", piece) for piece in pieces]).final.to_dict()
    (choice,) = final["choices"]
    assert choice["logprobs"] == {"content": [1, 2], "refusal": None}
    assert (choice["native_reason"], final["service_tier"]) == ("eos", "flex")
    assert final["usage"] == {"prompt_tokens": 1, "completion_tokens": 2}


def test_errors_of_streams_travel_and_are_one_line():
    """They pickle with everything they know."""
    error = read_sync(CHAT, frames_of(WHOLE[CHAT])[:3]).error
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (twin.partial_text, twin.request_id) == ("Good morning.", "G-CHAT")
    assert str(twin) == str(error)
    assert "\n" not in str(error)


VALUES = st.sampled_from([None, True, False, -1, 0, 2, 0.5, 1e999, "", "a", "G-1", [], {}, [[]]])
KEYS = st.sampled_from(
    [
        *("choices", "delta", "content", "tool_calls", "function", "arguments", "index", "id"),
        *("message", "finish_reason", "usage", "logprobs", "object", "error", "response", "output"),
        *("item", "text", "output_index", "content_index", "content_block", "partial_json", "meta"),
        *("type", "name", "item_id", "citation", "summary"),
    ]
)
KINDS = st.sampled_from(
    [
        *("response.completed", "response.output_text.delta", "response.output_item.done", ""),
        *("response.function_call_arguments.delta", "response.created", "response.failed"),
        *("response.output_text.done", "response.reasoning_text.delta", "message_stop"),
        *("message_start", "content_block_start", "content_block_delta", "message_delta"),
        *("chat.completion", "text_delta", "input_json_delta", "citations_delta"),
    ]
)
NODES: Any = st.recursive(
    VALUES | KINDS,
    lambda inner: st.dictionaries(KEYS, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=10,
)
FRAMES = st.lists(st.tuples(KINDS, st.dictionaries(KEYS, NODES, max_size=5)), max_size=5)


@settings(any_speed, max_examples=150)
@given(st.sampled_from(TEXTS), FRAMES)
def test_whatever_comes_is_a_result_or_an_error_of_ours(path, frames):
    """JSON of any shape in any event gives events, a result, or an `AIStatsError`."""
    outcome = read_sync(path, [frame(name, data) for name, data in frames])
    assert outcome.error is None or isinstance(outcome.error, AIStatsError), outcome.error
    assert isinstance(outcome.stream.text, str)
    assert isinstance(outcome.stream.reasoning, str)
    assert isinstance(outcome.stream.usage, Usage | None)
    for event in outcome.events:
        assert isinstance(event.text_delta, str)
    if outcome.error is None:
        assert outcome.final_error is None
        assert isinstance(outcome.final.output_text, str)


PIECES = st.lists(st.text("ab", max_size=2), min_size=1, max_size=6)
CALLS = st.lists(st.tuples(st.integers(0, 2), st.text("xy", max_size=2)), max_size=9)


@any_speed
@given(PIECES, CALLS, st.booleans(), st.booleans())
def test_texts_and_calls_however_they_are_cut(pieces, calls, by_index, repeats):
    """Calls told apart by index or by id alone, with ids and names repeated or not, add up."""
    deltas: list[dict[str, Any]] = [{"content": piece} for piece in pieces]
    begun: dict[int, str] = {}
    for number, arguments in calls:
        first = number not in begun
        begun[number] = begun.get(number, "") + arguments
        name = f"f{number}" if first or repeats else ""
        call: dict[str, Any] = {"function": {"name": name, "arguments": arguments}}
        if first or repeats or not by_index:
            call["id"] = f"c{number}"
        if by_index:
            call["index"] = [*begun].index(number)
        deltas.append({"tool_calls": [call], "content": ""})
    message = read_sync(CHAT, deltas_of({"deltas": deltas})).final.to_dict()["choices"][0][
        "message"
    ]
    assert (message["content"] or "") == "".join(pieces)
    made = [(c["id"], c["function"]) for c in message.get("tool_calls", [])]
    assert made == [
        (f"c{number}", {"name": f"f{number}", "arguments": text}) for number, text in begun.items()
    ]


@any_speed
@given(st.sampled_from(TEXTS), st.lists(st.binary(max_size=60), max_size=5))
def test_whatever_bytes_come_it_is_an_error_of_ours(path, chunks):
    """Bytes that are no events never raise anything else."""
    assert isinstance(read_sync(path, [chunk for chunk in chunks if chunk]).error, AIStatsError)


ENDS = (
    *(b'"finish_reason":"', b"event: message_stop", b"event: response.completed"),
    b"event: response.incomplete",
)


@needs_shared
@in_colours
@pytest.mark.parametrize("name", streams())
async def test_recorded_streams(colour, name):
    """Real streams, whole and byte by byte."""
    path, body = streams()[name]
    whole, cut = await read(colour, path, [body]), await read(colour, path, single(body))
    assert [event.to_dict() for event in whole.events] == [event.to_dict() for event in cut.events]
    assert whole.stream.request_id.startswith("G-")
    if name == "responses_failed_stream":
        assert type(whole.error) is type(cut.error) is StreamError
        assert whole.error.code == "server_error"
        assert whole.error.partial_text == "Hello from the demo."
        return
    assert whole.error is None
    assert whole.final == cut.final
    expected = "" if "tool_call" in name else "Hello from the demo."
    assert whole.stream.text == whole.final.output_text == expected
    assert "".join(event.text_delta for event in whole.events) == expected
    assert whole.stream.usage.total_tokens == 13


@needs_shared
@pytest.mark.parametrize("name", sorted(streams().keys() - {"responses_failed_stream"}))
def test_recorded_streams_cut_at_every_event(name):
    """They are whole from the event on that ends them."""
    path, body = streams()[name]
    frames = [part + b"\n\n" for part in body.split(b"\n\n") if part.strip()]
    ended = False
    for count in range(len(frames)):
        ended = ended or (count > 0 and any(mark in frames[count - 1] for mark in ENDS))
        outcome = read_sync(path, frames[:count])
        assert type(outcome.error) is (type(None) if ended else StreamTruncatedError), count
        assert "Hello from the demo.".startswith(outcome.stream.text)


@needs_shared
@pytest.mark.parametrize(
    ("streamed", "created"),
    [
        ("chat_stream_ok", "chat_ok"),
        ("chat_tool_call_stream", "chat_tool_call"),
        ("chat_anthropic_stream", "chat_anthropic"),
        ("responses_stream_ok", "responses_ok"),
        ("responses_tool_call_stream", "responses_tool_call"),
        ("responses_anthropic_stream", "responses_anthropic"),
        ("messages_stream_ok", "messages_ok"),
    ],
)
def test_final_is_what_create_would_have_given(streamed, created):
    """The final result says the same as the recorded answer of the same call without streaming."""
    path, body = streams()[streamed]
    final = read_sync(path, [body]).final
    plain = type(final).from_dict(exchanges("text")[created]["response"]["body"])
    assert final.output_text == plain.output_text
    ours, theirs = final.to_dict(), plain.to_dict()
    for message in (ours, theirs):
        for choice in message.get("choices", []):
            for name in ("annotations", "refusal", "tool_calls"):
                if not choice["message"].get(name):
                    choice["message"].pop(name, None)
            choice.setdefault("logprobs", None)
    if "choices" in theirs:
        assert ours["choices"] == theirs["choices"]
    for item in (*ours.get("output", []), *theirs.get("output", [])):
        del item["id"]
    assert ours.get("output") == theirs.get("output")
    usage = usage_of(final)
    assert usage is not None
    assert (usage.input_tokens, usage.output_tokens, usage.total_tokens) == (9, 4, 13)
