"""Streams of text: what their events give, what they add up to, and every way they can go wrong."""

from __future__ import annotations

import json
import pickle
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aistats import results
from aistats.errors import (
    AIStatsError,
    ResponseDecodeError,
    StreamError,
    StreamTruncatedError,
)
from aistats.results import Usage, request_id_of, usage_of
from aistats.streaming import CHAT, MESSAGES, RESPONSES, AsyncStream, Stream
from tests.conftest import needs_shared
from tests.recorded import exchanges, streams
from tests.streamed import COLOURS, DIALECTS, Body, frame, in_colour, read, respond

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "streams.json").read_text("utf-8")
)
each_vector = pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
each_colour = pytest.mark.parametrize("colour", COLOURS)


def frames_of(vector: dict[str, Any]) -> list[bytes]:
    return [frame(name, data) for name, data in vector["frames"]]


def usage_in(vector: dict[str, Any]) -> Usage | None:
    if vector["usage"] is None:
        return None
    *tokens, cost = vector["usage"]
    return Usage(*tokens, Decimal(cost) if cost else None)


def assert_whole(outcome: Any, vector: dict[str, Any]) -> None:
    assert outcome.error is None, outcome.error
    dialect = DIALECTS[vector["path"]]
    assert type(outcome.final) is getattr(results, dialect.result)
    assert outcome.final.to_dict() == vector["result"]
    assert outcome.final.output_text == outcome.stream.text == vector["text"]
    assert outcome.stream.reasoning == vector.get("reasoning", "")
    assert outcome.stream.request_id == vector["request_id"]
    assert outcome.stream.usage == usage_in(vector)
    expected = [(name, data) for name, data in vector["frames"] if data != "[DONE]"]
    assert [event.raw for event in outcome.events] == [data for _, data in expected]
    assert [event.type for event in outcome.events] == [name for name, _ in expected]
    deltas = "".join(event.text_delta for event in outcome.events)
    assert deltas == vector["text"]
    assert outcome.body.closed >= 1


@each_colour
@each_vector
def test_whole_streams(vector, colour):
    """Events, text, reasoning, usage, request id and final result of every dialect."""
    body = Body([b"".join(frames_of(vector))])
    assert_whole(read(colour, DIALECTS[vector["path"]], body), vector)


@each_colour
@each_vector
def test_byte_by_byte(vector, colour):
    """A stream in single bytes gives the same."""
    content = b"".join(frames_of(vector))
    body = Body([content[at : at + 1] for at in range(len(content))])
    assert_whole(read(colour, DIALECTS[vector["path"]], body), vector)


@each_colour
@each_vector
def test_cut_at_every_event(vector, colour):
    """An end before the terminal event is an error that keeps the text so far; later it is none."""
    frames = frames_of(vector)
    for count in range(len(frames)):
        outcome = read(colour, DIALECTS[vector["path"]], Body(frames[:count]))
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
        assert outcome.body.closed >= 1


@each_vector
def test_cut_at_every_byte(vector):
    """A cut inside an event is an early end too, never an error about broken JSON."""
    content = b"".join(frames_of(vector))
    complete = sum(map(len, frames_of(vector)[: vector["complete_from"]]))
    for at in range(len(content)):
        outcome = read("sync", DIALECTS[vector["path"]], Body([content[:at]]))
        # The last line break and the blank line may be missing: the event is whole without them.
        if at >= complete - 2:
            assert outcome.error is None
        else:
            assert type(outcome.error) is StreamTruncatedError


@each_colour
@each_vector
def test_dropped_connections(vector, colour):
    """A connection that breaks off is an early end with its cause, unless all was there already."""
    frames = frames_of(vector)
    for count in (1, len(frames)):
        drop = httpx.RemoteProtocolError("peer closed connection")
        outcome = read(colour, DIALECTS[vector["path"]], Body(frames[:count], drop))
        if count == len(frames):
            assert_whole(outcome, vector)
            continue
        assert isinstance(outcome.error, StreamTruncatedError)
        assert outcome.error.__cause__ is drop
        assert "RemoteProtocolError: peer closed connection" in str(outcome.error)


def test_a_silent_server_is_an_early_end_too():
    """A read timeout in the middle keeps what came before it."""
    frames = frames_of(VECTORS["chat, chunks to the end"])[:2]
    outcome = read("sync", CHAT, Body(frames, httpx.ReadTimeout("timed out")))
    assert isinstance(outcome.error, StreamTruncatedError)
    assert outcome.error.partial_text == "Good "
    assert isinstance(outcome.error.__cause__, httpx.ReadTimeout)


ERRORS = [
    # event name, data, code, words of the message, request id
    ("", {"error": {"message": "Overloaded", "type": "server_error", "code": None}, "id": "G-E"},
     "server_error", "Overloaded", "G-E"),
    ("", {"error": {"message": "No", "type": "t", "param": None, "code": "c1"}}, "c1", "No", None),
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


@each_colour
@pytest.mark.parametrize(("name", "data", "code", "words", "request_id"), ERRORS)
@pytest.mark.parametrize("path", DIALECTS)
def test_error_events_in_every_form(path, name, data, code, words, request_id, colour):
    """An error in the middle raises with the text so far; it is never taken for an empty piece."""
    beginning = {
        "/chat/completions": VECTORS["chat, chunks to the end"],
        "/responses": VECTORS["responses, full events"],
        "/messages": VECTORS["messages, full events"],
    }[path]
    frames = frames_of(beginning)[:4]
    outcome = read(colour, DIALECTS[path], Body([*frames, frame(name, data), frames[0]]))
    assert type(outcome.error) is StreamError
    assert len(outcome.events) == 4
    assert outcome.error.partial_text == outcome.stream.text
    assert "Good" in outcome.error.partial_text
    assert outcome.error.code == code
    assert words in str(outcome.error)
    assert outcome.error.request_id == (request_id or beginning["request_id"])
    assert outcome.error.body == data
    assert outcome.final_error is outcome.error
    assert outcome.body.closed >= 1


@each_colour
def test_a_failed_response(colour):
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
    outcome = read(colour, RESPONSES, Body(frames))
    assert type(outcome.error) is StreamError
    assert (outcome.error.code, outcome.error.partial_text) == ("server_error", "Go")
    assert "The model gave up. (server_error)" in str(outcome.error)
    assert outcome.error.usage == Usage(3, 1, 4)
    assert outcome.error.request_id == "G-R"


@pytest.mark.parametrize(
    "data", ["{", "not json", "[1]", '"text"', "7", "null", "{} {}", "[" * 100_000, '{"a":' * 5000]
)
@each_colour
def test_data_that_is_not_an_object(data, colour):
    """Broken JSON is this package's error, with the text so far and the data."""
    frames = frames_of(VECTORS["chat, chunks to the end"])[:3]
    outcome = read(colour, CHAT, Body([*frames, f"data: {data}\n\n".encode()]))
    assert type(outcome.error) is StreamError
    assert outcome.error.partial_text == "Good morning."
    assert outcome.error.body == data
    assert len(str(outcome.error)) < 400


def test_noise_between_events_is_no_event():
    """Comments, ids, retry hints, empty data and blanks around the JSON change nothing."""
    vector = VECTORS["chat, chunks to the end"]
    noise = b": hello\n\nid: 5\nretry: 10\n\ndata:\n\n"
    body = Body([noise + b"id: 1\n" + frame_ + noise for frame_ in frames_of(vector)])
    assert_whole(read("sync", CHAT, body), vector)
    content = b"".join(frames_of(vector)).replace(b"data: {", b"data:   {")
    assert_whole(read("sync", CHAT, Body([content])), vector)
    assert_whole(read("sync", CHAT, Body([content.replace(b"\n", b"\r\n")])), vector)


def test_data_in_several_lines_and_separators_in_text():
    """JSON may span lines, and U+2028 inside a text is text."""
    delta = {"content": "a\u2028b"}
    chunk = {"choices": [{"index": 0, "delta": delta, "finish_reason": "stop"}]}
    text = json.dumps(chunk, indent=1, ensure_ascii=False)
    content = "".join(f"data: {line}\n" for line in text.split("\n")) + "\n"
    outcome = read("sync", CHAT, Body([content.encode()]))
    assert outcome.error is None
    assert outcome.stream.text == "a\u2028b"


@each_colour
@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/json", "text/event-stream; charset=utf-8"]
)
def test_a_stream_under_another_content_type(content_type, colour):
    """A proxy that relabels or unlabels the stream does not hide it."""
    vector = VECTORS["chat, chunks to the end"]
    content = b"".join(frames_of(vector))
    for chunks in ([content], [content[at : at + 1] for at in range(len(content))]):
        body = Body(chunks)
        assert_whole(read(colour, CHAT, body, respond(body, content_type)), vector)


@each_colour
@pytest.mark.parametrize(
    ("path", "result"),
    [
        ("/chat/completions", VECTORS["chat, closed by a whole completion"]["result"]),
        ("/responses", VECTORS["responses, full events"]["result"]),
        ("/messages", VECTORS["messages, full events"]["result"]),
    ],
)
def test_a_whole_result_instead_of_a_stream(path, result, colour):
    """A gateway that answers with plain JSON gives one event and the same final result."""
    content = json.dumps(result).encode()
    body = Body([content[:9], content[9:]])
    outcome = read(colour, DIALECTS[path], body, respond(body, "application/json"))
    assert outcome.error is None
    assert [event.raw for event in outcome.events] == [result]
    assert outcome.final.to_dict() == result
    assert outcome.stream.text == outcome.final.output_text == "Good morning."
    assert outcome.stream.usage == usage_of(result)
    assert outcome.stream.request_id == request_id_of(result)


@each_colour
@pytest.mark.parametrize("path", DIALECTS)
@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b'{"error": "upstream_error", "generation_id": "G-1"}', "application/json", 200),
        (b'{"ok": true}', "application/json", 200),
        (b"[1, 2]", "application/json", 200),
        (b"", "application/json", 200),
        (b"<html>Sign in</html>", "text/html", 200),
        (b"<html>Sign in</html>", "text/event-stream-not", 200),
        (b"data: {}", "text/html", 302),
        (b"{" * 100_000, "application/json", 200),
    ],
)
def test_a_success_that_is_neither_stream_nor_result(path, content, content_type, status, colour):
    """Anything else raises with the body, so that the user can see what came."""
    body = Body([content])
    outcome = read(colour, DIALECTS[path], body, respond(body, content_type, status))
    assert type(outcome.error) is ResponseDecodeError
    assert outcome.error.body == content
    assert outcome.error.status_code == status
    assert outcome.events == []


@each_colour
def test_endless_events_and_documents_are_bounded(colour):
    """A line without an end, and a page without an end, stop at the limit."""
    frames = frames_of(VECTORS["chat, chunks to the end"])[:2]
    endless = Body([*frames, b"data: ", *[b"x" * 1000] * 1000])
    outcome = read(colour, CHAT, endless, max_event_bytes=5000)
    assert type(outcome.error) is StreamError
    assert "max_event_bytes" in str(outcome.error)
    assert outcome.error.partial_text == "Good "
    assert endless.given < 12
    page = Body([b"<p>" * 400] * 1000)
    outcome = read(colour, CHAT, page, respond(page, "text/html"), max_event_bytes=5000)
    assert type(outcome.error) is ResponseDecodeError
    assert page.given < 12


def test_a_chunk_that_grew_is_not_listed_at_once():
    """Ten million bytes of small events in one chunk cost little memory beside their bytes."""
    event = frame("", {"choices": [{"index": 0, "delta": {"content": "x"}}]})
    body = Body([event * (10_000_000 // len(event))])
    tracemalloc.start()
    try:
        with Stream(lambda: respond(body), CHAT) as stream:
            next(stream)
            before, _ = tracemalloc.get_traced_memory()
            for _ in zip(range(1000), stream, strict=False):
                pass
            _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < 3_000_000


@each_colour
def test_an_early_exit_closes_the_connection(colour):
    """Leaving the `with` early closes, reads no more, and says so when asked for the result."""
    body = Body(frames_of(VECTORS["chat, chunks to the end"]))

    def leave() -> Any:
        with Stream(lambda: respond(body), CHAT) as stream:
            for event in stream:
                assert event.choices[0].delta.role == "assistant"
                break
            assert next(stream).text_delta == "Good "
        with pytest.raises(RuntimeError, match="closed before its end"):
            next(stream)
        with pytest.raises(RuntimeError, match="closed before its end"):
            iter(stream)
        with pytest.raises(StreamTruncatedError, match="no final result") as caught:
            stream.final()
        return caught.value

    async def leave_async() -> Any:
        async def opener() -> httpx.Response:
            return respond(body)

        async with AsyncStream(opener, CHAT) as stream:
            async for event in stream:
                assert event.choices[0].delta.role == "assistant"
                break
            assert (await anext(stream)).text_delta == "Good "
        with pytest.raises(RuntimeError, match="closed before its end"):
            await anext(stream)
        with pytest.raises(RuntimeError, match="closed before its end"):
            aiter(stream)
        with pytest.raises(StreamTruncatedError, match="no final result") as caught:
            await stream.final()
        return caught.value

    error = in_colour(colour, leave, leave_async)
    assert error.partial_text == "Good "
    assert body.closed == 1
    assert body.given == 2


@each_colour
def test_the_body_of_the_with_may_raise(colour):
    """An error of the caller goes through and the connection is closed."""
    body = Body(frames_of(VECTORS["chat, chunks to the end"]))

    def fail() -> None:
        with Stream(lambda: respond(body), CHAT) as stream:
            next(stream)
            raise KeyError("mine")

    async def fail_async() -> None:
        async def opener() -> httpx.Response:
            return respond(body)

        async with AsyncStream(opener, CHAT) as stream:
            await anext(stream)
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        in_colour(colour, fail, fail_async)
    assert body.closed == 1


def test_ctrl_c_leaves_no_result():
    """An interrupted stream is not taken for a finished one."""
    body = Body(frames_of(VECTORS["chat, chunks to the end"])[:3], KeyboardInterrupt())
    stream = Stream(lambda: respond(body), CHAT)
    with pytest.raises(KeyboardInterrupt), stream:
        list(stream)
    assert body.closed
    with pytest.raises(StreamTruncatedError, match="no final result") as caught:
        stream.final()
    assert caught.value.partial_text == "Good morning."


@each_colour
def test_final_reads_what_is_left(colour):
    """`final()` alone is enough; it works inside and after the `with`, more than once."""
    vector = VECTORS["chat, chunks to the end"]
    body = Body(frames_of(vector))

    def ask() -> Any:
        with Stream(lambda: respond(body), CHAT) as stream:
            next(stream)
            first = stream.final()
        assert stream.final() == first
        return first

    async def ask_async() -> Any:
        async def opener() -> httpx.Response:
            return respond(body)

        async with AsyncStream(opener, CHAT) as stream:
            await anext(stream)
            first = await stream.final()
        assert await stream.final() == first
        return first

    assert in_colour(colour, ask, ask_async).to_dict() == vector["result"]


@each_colour
def test_nothing_is_sent_before_the_with(colour):
    """Making a stream opens nothing; using it outside its `with`, or twice, is refused clearly."""
    opened = []

    def opener() -> httpx.Response:
        opened.append(1)
        return respond(Body([]))

    async def async_opener() -> httpx.Response:
        return opener()

    def misuse() -> None:
        stream = Stream(opener, CHAT)
        assert repr(stream) == "<Stream - not open>"
        for wrong in (lambda: iter(stream), lambda: next(stream), stream.final):
            with pytest.raises(RuntimeError, match="not open"):
                wrong()
        assert opened == []
        with stream:
            assert repr(stream) == "<Stream - open>"
        with pytest.raises(RuntimeError, match="opened before"):
            stream.__enter__()

    async def misuse_async() -> None:
        stream = AsyncStream(async_opener, CHAT)
        with pytest.raises(RuntimeError, match="not open"):
            aiter(stream)
        for wrong in (stream.__anext__, stream.final):
            with pytest.raises(RuntimeError, match="not open"):
                await wrong()
        assert opened == []
        async with stream:
            pass
        with pytest.raises(RuntimeError, match="opened before"):
            await stream.__aenter__()

    in_colour(colour, misuse, misuse_async)
    assert opened == [1]


@each_colour
def test_an_opener_that_fails_leaves_the_stream_unused(colour):
    """What the call itself raises comes out of the `with`."""

    def opener() -> httpx.Response:
        raise AIStatsError("402")

    async def async_opener() -> httpx.Response:
        return opener()

    def enter() -> None:
        with Stream(opener, CHAT):
            pass

    async def enter_async() -> None:
        async with AsyncStream(async_opener, CHAT):
            pass

    with pytest.raises(AIStatsError, match="402"):
        in_colour(colour, enter, enter_async)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancellation_closes_the_connection(backend):
    """A task that is cancelled while it waits for an event leaves nothing open, and no result."""

    class Silent(Body):
        async def __aiter__(self):
            yield frame("", {"choices": [{"index": 0, "delta": {"content": "Hi"}}]})
            await anyio.sleep_forever()

    body = Silent([])

    async def wait() -> None:
        async def opener() -> httpx.Response:
            return respond(body)

        async with AsyncStream(opener, CHAT) as stream:
            assert (await anext(stream)).text_delta == "Hi"
            with anyio.CancelScope() as scope:
                scope.cancel()
                await anext(stream)
            assert scope.cancelled_caught
            with pytest.raises(StreamTruncatedError):
                await stream.final()

    anyio.run(wait, backend=backend)
    assert body.closed >= 1


def test_text_and_usage_while_reading():
    """After each event the stream knows exactly what came up to it, not what the chunk held."""
    vector = VECTORS["messages, full events"]
    with Stream(lambda: respond(Body([b"".join(frames_of(vector))])), MESSAGES) as stream:
        seen = [(event.type, stream.text, stream.usage) for event in stream]
    assert seen[1] == ("content_block_start", "", Usage(0, 0, 0))
    assert seen[2] == ("content_block_delta", "Good ", Usage(0, 0, 0))
    assert seen[4] == ("content_block_stop", "Good morning.", Usage(0, 0, 0))
    assert seen[-1] == ("message_stop", "Good morning.", Usage(3, 2, 5))


def test_typed_views_of_events():
    """Attributes follow the JSON; absent ones are None or empty, never an error."""
    (chunk,) = read("sync", CHAT, Body([frame("", {
        "id": "G-1", "model": "m", "choices": [
            {"index": 0, "delta": {"role": "assistant", "tool_calls": [
                {"index": 0, "id": "c", "function": {"name": "f", "arguments": "{"}}]},
             "finish_reason": "stop"}], "new": 1})])).events  # fmt: skip
    assert (chunk.id, chunk.model, chunk.usage, chunk.created) == ("G-1", "m", None, None)
    assert chunk["new"] == 1
    assert "new" in chunk
    assert "old" not in chunk
    delta = chunk.choices[0].delta
    assert (delta.role, delta.content, delta.refusal) == ("assistant", None, None)
    assert (delta.tool_calls[0].id, delta.tool_calls[0].function.arguments) == ("c", "{")
    assert chunk.choices[0].finish_reason == "stop"
    assert chunk.to_dict() == chunk.raw
    assert chunk == pickle.loads(pickle.dumps(chunk))  # noqa: S301 - our own bytes
    assert chunk != delta
    assert "'G-1'" in repr(chunk)
    with pytest.raises(AttributeError):
        _ = chunk.choises
    with pytest.raises(KeyError):
        chunk["old"]
    with pytest.raises(TypeError, match="unhashable"):
        hash(chunk)


def test_views_of_the_other_dialects():
    """The fields of responses and messages events are attributes as well."""
    events = read("sync", RESPONSES, Body(frames_of(VECTORS["responses, full events"]))).events
    assert [event.sequence_number for event in events] == [*range(8)]
    assert events[3].delta == "Good "
    assert events[5].text == "Good morning."
    assert events[6].item["type"] == "message"
    assert events[7].response["status"] == "completed"
    events = read(
        "sync", MESSAGES, Body(frames_of(VECTORS["messages, thinking and a tool"]))
    ).events
    assert events[0].message["id"] == "G-MSG"
    assert events[2].delta.thinking == "Hm."
    assert events[4].content_block["name"] == "clock"
    assert events[5].delta.partial_json == '{"zone":'
    assert events[8].delta.stop_reason == "tool_use"
    assert events[8].usage.to_dict() == {"input_tokens": None, "output_tokens": 4}


def test_done_alone_ends_a_chat():
    """A provider that says `[DONE]` without a reason has ended its answer."""
    frames = [
        frame("", {"choices": [{"index": 0, "delta": {"content": "Hi"}}]}),
        frame("", "[DONE]"),
    ]
    outcome = read("sync", CHAT, Body(frames))
    assert outcome.error is None
    assert outcome.final.output_text == "Hi"


@pytest.mark.parametrize("path", ["/responses", "/messages"])
def test_done_does_not_end_the_other_dialects(path):
    """There the terminal event is what counts."""
    vector = VECTORS["responses, full events" if path == "/responses" else "messages, full events"]
    frames = frames_of(vector)[:-1]
    outcome = read("sync", DIALECTS[path], Body([*frames, frame("", "[DONE]")]))
    assert type(outcome.error) is StreamTruncatedError


def test_tool_calls_without_an_index():
    """Providers that leave the index out begin a new call with a new id."""
    pieces = [
        {"id": "a", "function": {"name": "f", "arguments": "{"}},
        {"function": {"name": "", "arguments": "}"}},
        {"id": "b", "function": {"name": "g", "arguments": None}},
        {"id": "b", "function": {"arguments": "{}"}},
    ]
    frames = [
        frame("", {"choices": [{"index": 0, "delta": {"tool_calls": [piece]}}]}) for piece in pieces
    ]
    frames.append(
        frame("", {"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]})
    )
    calls = read("sync", CHAT, Body(frames)).final.to_dict()["choices"][0]["message"]["tool_calls"]
    assert calls == [
        {"type": "function", "id": "a", "function": {"name": "f", "arguments": "{}"}},
        {"type": "function", "id": "b", "function": {"name": "g", "arguments": "{}"}},
    ]


def test_lists_in_deltas_and_logprobs_are_collected():
    """Pictures and log probabilities come piece by piece and end up in one list."""
    frames = [
        frame("", {"choices": [{"index": 0, "delta": {"images": [{"n": n}]},
                                "logprobs": {"content": [n], "refusal": None}}]})
        for n in (1, 2)
    ]  # fmt: skip
    frames.append(frame("", {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}))
    outcome = read("sync", CHAT, Body(frames))
    choice = outcome.final.to_dict()["choices"][0]
    assert choice["message"]["images"] == [{"n": 1}, {"n": 2}]
    assert choice["logprobs"] == {"content": [1, 2], "refusal": []}
    assert outcome.events[0].raw["choices"][0]["delta"]["images"] == [{"n": 1}]


def test_a_tools_input_that_was_cut_is_kept_as_text():
    """Arguments that the token limit cut off are no JSON, and are not lost."""
    vector = VECTORS["messages, thinking and a tool"]
    frames = frames_of(vector)
    del frames[6]
    outcome = read("sync", MESSAGES, Body(frames))
    assert outcome.final.to_dict()["content"][1]["input"] == '{"zone":'


def test_citations_are_collected():
    """Citations of a block come one by one."""
    frames = frames_of(VECTORS["messages, full events"])
    for n in (1, 2):
        delta = {"type": "citations_delta", "citation": {"n": n}}
        event = {"type": "content_block_delta", "index": 0, "delta": delta}
        frames.insert(3, frame("content_block_delta", event))
    outcome = read("sync", MESSAGES, Body(frames))
    assert outcome.final.to_dict()["content"][0]["citations"] == [{"n": 2}, {"n": 1}]


def test_text_that_only_the_done_event_holds():
    """Some providers send no pieces, only the whole text of a part."""
    frames = [
        frame("response.output_text.done", {"output_index": 0, "text": "All at once"}),
        frame("response.completed", {"response": {"id": "G-1", "status": "completed"}}),
    ]
    outcome = read("sync", RESPONSES, Body(frames))
    assert outcome.stream.text == outcome.final.output_text == "All at once"


def test_errors_of_streams_travel_and_are_one_line():
    """They pickle with everything they know."""
    frames = [*frames_of(VECTORS["chat, chunks to the end"])[:3]]
    error = read("sync", CHAT, Body(frames)).error
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (twin.partial_text, twin.request_id, str(twin)) == (
        *("Good morning.", "G-CHAT", str(error)),
    )
    assert "\n" not in str(error)


VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)
KEYS = st.sampled_from(
    [
        *("choices", "delta", "content", "tool_calls", "function", "arguments", "index", "id"),
        *("message", "finish_reason", "usage", "logprobs", "object", "error", "response", "output"),
        *("item", "text", "output_index", "content_index", "content_block", "partial_json", "meta"),
    ]
)
KINDS = st.sampled_from(
    [
        *("response.completed", "response.output_text.delta", "response.output_item.done", ""),
        *("response.function_call_arguments.delta", "response.created", "response.failed"),
        *("message_start", "content_block_start", "content_block_delta", "message_delta"),
        *("message_stop", "chat.completion", "text_delta", "input_json_delta", "citations_delta"),
    ]
)
NODES: Any = st.recursive(
    VALUES | KINDS,
    lambda inner: (
        st.dictionaries(KEYS | st.just("type"), inner, max_size=4) | st.lists(inner, max_size=3)
    ),
    max_leaves=10,
)
FRAMES = st.lists(
    st.tuples(KINDS, st.dictionaries(KEYS | st.just("type"), NODES, max_size=5)), max_size=5
)


@settings(max_examples=300)
@given(st.sampled_from([*DIALECTS]), FRAMES)
def test_whatever_comes_is_a_result_or_an_error_of_ours(path, frames):
    """JSON of any shape in any event gives events, a result, or an `AIStatsError`."""
    body = Body([frame(name, data) for name, data in frames])
    outcome = read("sync", DIALECTS[path], body)
    assert outcome.error is None or isinstance(outcome.error, AIStatsError), outcome.error
    assert isinstance(outcome.stream.text, str)
    assert isinstance(outcome.stream.reasoning, str)
    assert isinstance(outcome.stream.usage, Usage | None)
    for event in outcome.events:
        assert isinstance(event.text_delta, str)
    if outcome.error is None:
        assert outcome.final_error is None
        assert isinstance(outcome.final.output_text, str)


@given(st.sampled_from([*DIALECTS]), st.lists(st.binary(max_size=60), max_size=5))
def test_whatever_bytes_come_it_is_an_error_of_ours(path, chunks):
    """Bytes that are no events never raise anything else."""
    body = Body([chunk for chunk in chunks if chunk])
    outcome = read("sync", DIALECTS[path], body)
    assert isinstance(outcome.error, AIStatsError)


def recorded(name: str) -> tuple[str, bytes, list[bytes]]:
    path, body = streams()[name]
    return path, body, [part + b"\n\n" for part in body.split(b"\n\n") if part.strip()]


@needs_shared
@each_colour
@pytest.mark.parametrize("name", streams())
def test_recorded_streams(name, colour):
    """Real streams: whole, byte by byte, and cut at every event."""
    path, body, frames = recorded(name)
    dialect = DIALECTS[path]
    whole = read(colour, dialect, Body([body]))
    single = read(colour, dialect, Body([body[at : at + 1] for at in range(len(body))]))
    assert [event.raw for event in whole.events] == [event.raw for event in single.events]
    assert whole.stream.request_id.startswith("G-")
    if name == "responses_failed_stream":
        assert type(whole.error) is type(single.error) is StreamError
        assert (whole.error.code, whole.error.partial_text) == (
            "server_error",
            "Hello from the demo.",
        )
        return
    assert whole.error is None
    assert whole.final == single.final
    expected = "" if "tool_call" in name else "Hello from the demo."
    assert whole.stream.text == whole.final.output_text == expected
    assert "".join(event.text_delta for event in whole.events) == expected
    assert whole.stream.usage.total_tokens == 13
    ended = False
    for count in range(len(frames)):
        if count:
            last = frames[count - 1]
            ended = ended or any(
                mark in last
                for mark in (
                    *(b'"finish_reason":"', b"event: message_stop", b"event: response.completed"),
                    b"event: response.incomplete",
                )
            )
        outcome = read(colour, dialect, Body(frames[:count]))
        assert (outcome.error is None) == ended, count
        assert ended or type(outcome.error) is StreamTruncatedError
        assert expected.startswith(outcome.stream.text)


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
    path, body, _ = recorded(streamed)
    final = read("sync", DIALECTS[path], Body([body])).final
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
