"""The decoder of server-sent events, rule by rule and under every cut of the bytes."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats._streams.sse import BARE, EventTooLongError, SSEDecoder
from tests.conftest import needs_shared
from tests.recorded import streams
from tests.streamed import any_speed

VECTORS = json.loads((Path(__file__).parent / "vectors" / "sse.json").read_text("utf-8"))


def decoder_of(limit: int = 1_000_000) -> SSEDecoder:
    return SSEDecoder(limit)


def decode(*chunks: bytes) -> list[tuple[str, str]]:
    decoder = decoder_of()
    return [event for chunk in chunks for event in decoder.feed(chunk)]


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_rules(vector):
    """Each rule gives the events written beside it: whole, in single bytes, and cut in two."""
    content = vector["text"].encode()
    expected = [tuple(event) for event in vector["events"]]
    assert decode(content) == expected
    assert decode(*(content[at : at + 1] for at in range(len(content)))) == expected
    for at in range(len(content) + 1):
        assert decode(content[:at], content[at:]) == expected, at


LINES = st.lists(
    st.sampled_from(
        [
            *("data: a", "data:", "data", "data: \u2028x", 'data: {"é": 1}', "event: n", ": c"),
            *("id: 1", "retry: 5", "", "", "", "x: y", ":", "data: [DONE]"),
        ]
    ),
    max_size=14,
)
ENDS = st.lists(st.sampled_from(["\n", "\r", "\r\n"]), min_size=14, max_size=14)


@any_speed
@given(LINES, ENDS, st.booleans(), st.data())
def test_any_split_gives_the_same_events(lines, ends, mark, data):
    """However the network cuts a stream, the events are those of the uncut one."""
    text = "".join(line + end for line, end in zip(lines, ends, strict=False))
    content = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=8)))
    bounds = [0, *cuts, len(content)]
    chunks = [content[a:b] for a, b in pairwise(bounds)]
    assert decode(*chunks) == decode(content)


@any_speed
@given(LINES, ENDS)
def test_agrees_with_the_format_read_line_by_line(lines, ends):
    """A reader that follows the format's own wording, one line at a time, finds the same."""
    text = "".join(line + end for line, end in zip(lines, ends, strict=False))
    expected, name, data = [], "", []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:-1]:
        if line == "":
            if data:
                expected.append((name, "\n".join(data)))
            name, data = "", []
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
    assert decode(text.encode()) == expected


PIECES = (b"data: ", b"event:", b"\n", b"\r", b"\n\n", b"\xff", b"\xc3", b"\xa9", b"a")


@any_speed
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=3)).map(b"".join))
def test_any_bytes_are_read(content):
    """No bytes make the decoder fail, and invalid UTF-8 becomes a replacement character."""
    decoder = decoder_of()
    readable = content.decode("utf-8", "replace").encode()
    as_text = decoder_of()
    found = [*decoder.feed(content), *decoder.end()]
    assert found == [*as_text.feed(readable), *as_text.end()]


def test_invalid_utf8_is_replaced():
    """The bytes around it, line ends included, are read as ever."""
    assert decode(b"event: \xff\ndata: a\xc3\n\n") == [("\ufffd", "a\ufffd")]


def test_a_blank_line_too_many_between_chunks():
    """A third line end that opens a chunk ends nothing: the event behind it is given once."""
    assert decode(b"data: a\n\n", b"\ndata: b\n", b"\n") == [("", "a"), ("", "b")]


def test_a_carriage_return_ends_its_line_at_once():
    """CR CR closes an event without waiting for a possible LF, which is nothing when it comes."""
    decoder = decoder_of()
    assert decoder.feed(b"data: one\r\r") == [("", "one")]
    assert decoder.feed(b"\ndata: two\r\n\r\n") == [("", "two")]


def test_the_end_gives_an_event_that_lacks_its_blank_line():
    """A stream whose last event is not closed still shows it, so that the caller can judge it."""
    for tail in (b"", b"\n", b"\r"):
        decoder = decoder_of()
        assert decoder.feed(b"event: n\ndata: one" + tail) == []
        assert decoder.end() == [("n", "one")]
        assert decoder.end() == []


def test_the_end_of_a_closed_stream_gives_nothing():
    """There is nothing left behind a closed event, nor behind a byte order mark alone."""
    for content in (b"data: one\n\n", b"", b"\xef\xbb", b": comment"):
        decoder = decoder_of()
        decoder.feed(content)
        assert decoder.end() == []


def test_an_endless_line_is_refused():
    """A line without an end raises at the limit instead of filling the memory."""
    decoder = decoder_of(1000)
    for _ in range(10):
        assert decoder.feed(b"x" * 100) == []
    with pytest.raises(EventTooLongError, match="1,000 bytes"):
        decoder.feed(b"x")


def test_an_endless_event_of_short_lines_is_refused():
    """Many short lines without a blank one are one event too."""
    decoder = decoder_of(1000)
    for _ in range(125):
        assert decoder.feed(b"data: x\n") == []
    with pytest.raises(EventTooLongError):
        decoder.feed(b"data: x\n")


def test_a_long_event_in_one_chunk_is_refused():
    """The limit holds for an event that comes whole, and not for many short ones together."""
    assert len(decoder_of(100).feed(b"data: 123456789\n\n" * 50)) == 50
    with pytest.raises(EventTooLongError):
        decoder_of(100).feed(b"data: 1\n\ndata: " + b"x" * 100 + b"\n\n")
    with pytest.raises(EventTooLongError):
        decoder_of(100).feed(b"data: 1\n\ndata: " + b"x" * 100)


@pytest.mark.parametrize(
    "text", ['{"error": 1}', '[{"error": 1}]', '{\n "error": {\n  "a": 1\n }\n}']
)
def test_json_that_stands_bare_is_shown(text):
    """JSON without `data:` is no event of the format, and yet what some servers say on errors."""
    assert decode(f"{text}\n\n".encode()) == [(BARE, text)]
    assert decode(f"data: a\n{text}\nid: 3\n\n".encode()) == [("", "a"), (BARE, text)]
    decoder = decoder_of()
    assert decoder.feed(text.encode()) == []
    assert decoder.end() == [(BARE, text)]


def test_a_large_event_in_small_pieces_takes_linear_time():
    """A megabyte in single bytes is joined once, not once per piece."""
    decoder = decoder_of(2_000_000)
    decoder.feed(b"data: ")
    for _ in range(100_000):
        assert not decoder.feed(b"0123456789")
    assert len(decoder._parts) == 100_001  # pieces wait; nothing was copied together meanwhile
    ((_, data),) = decoder.feed(b"\n\n")
    assert len(data) == 1_000_000


def test_all_vectors_in_one_stream():
    """The rules hold in the middle of a stream as well; there a byte order mark is text."""
    names = [name for name in VECTORS if "mark in front" not in name]
    content = b"".join(VECTORS[name]["text"].encode() for name in names)
    expected = [tuple(event) for name in names for event in VECTORS[name]["events"]]
    assert decode(content) == expected


@needs_shared
@pytest.mark.parametrize("name", streams())
def test_recorded_streams_byte_by_byte(name):
    """A recorded stream gives the same events whole and in single bytes."""
    _, body = streams()[name]
    events = decode(body)
    assert len(events) >= 5
    assert decode(*(body[at : at + 1] for at in range(len(body)))) == events
