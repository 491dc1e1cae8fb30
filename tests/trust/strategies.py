"""What a hostile or broken server may send, as hypothesis strategies."""

from __future__ import annotations

import gzip
import itertools
import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sized

Reply = tuple[int, list[tuple[bytes, bytes]], list[bytes]]
"""Status, headers, and the pieces of the body."""

# Names that the parsers look for: random ones alone would never get past the first look.
_NAMED = """
error code type message reason description generation_id request_id requestId status
status_code upstream_status upstreamStatus failed_statuses failed_providers failure_sample
upstream_error provider provider_failure_diagnostics category id object data kind raw event
lifecycle_status progress poll_after_seconds created_at completed_at expires_at outputs output
output_file_id audio_url audio_base64 download_url url result errors choices delta content text
index finish_reason usage input_tokens output_tokens prompt_tokens total_tokens pricing
total_nanos total_usd_str cost currency billing response output_text item output_index
content_block content_index partial_json stop_reason role tool_calls function arguments name
metadata phaseo_request_id last_id has_more total total_count limit offset models providers
audio delivery attempt max_attempts status_change previous logprobs embedding segments words
results balance spec labels
"""
_NAMES = st.sampled_from(_NAMED.split())
_SAID = """
completed failed cancelled expired queued processing error stop length insufficient_funds
provider_payment_required key_limit_exceeded upstream_error retryable_error unknown v1 G-1
https://other.example/x http://127.0.0.1:1/x file:///etc/passwd //other.example javascript:x
data:, .. / ../../etc 2026-01-01T00:00:00Z 0000-00-00 99999-99-99 Infinity NaN 1e999 -0
response.completed response.failed response.output_text.delta message_stop message_start
content_block_delta content_block_start text_delta input_json_delta speech.audio.delta
speech.audio.done video music batch
"""
_WORDS = st.sampled_from(_SAID.split())
_ODD = ["", " ", "\x00", "\ud800", "\u2028", "\u202e", "a\r\nb", "\x1b[31m", "0" * 99]
_TEXT = st.one_of(_WORDS, st.text(max_size=20), st.sampled_from(_ODD))
_NUMBERS = st.one_of(
    st.integers(-2, 600),
    st.sampled_from([2**31, 2**63, -(2**63), 10**400, 10**4000, True, False]),
    st.floats(),
)
_KEYS = st.one_of(_NAMES, _TEXT)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=12,
)
objects = st.dictionaries(_KEYS, values, max_size=8)


def one_of(table: Sized) -> st.SearchStrategy[int]:
    """Give a place in a table."""
    return st.integers(0, len(table) - 1)


def _as_json(value: Any) -> bytes:
    """Write JSON as a careless server does: NaN, and lone surrogates as escapes."""
    return json.dumps(value).encode()


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """Give JSON that was cut, or has a byte that is wrong."""
    whole = draw(st.builds(_as_json, objects))
    place = draw(st.integers(0, len(whole)))
    return draw(st.sampled_from([whole[:place], whole[:place] + b"\xff" + whole[place:]]))


_deep = st.builds(
    lambda nest, depth, closed: nest[0] * depth + nest[2] + nest[1] * depth * closed,
    st.sampled_from(
        [(b"[", b"]", b""), (b'{"error":', b"}", b"1"), (b'{"data":[', b"]}", b"null")]
    ),
    st.sampled_from([10, 90, 200, 330, 490, 900, 960, 980, 990, 5_000, 100_000]),
    st.booleans(),
)
_NINES = b"9" * 5000
bodies = st.one_of(
    st.builds(_as_json, objects),
    st.builds(_as_json, values),
    st.builds(lambda value: json.dumps(value).encode("utf-16"), objects),
    _damaged(),
    st.binary(max_size=60),
    _deep,
    _deep.map(lambda nested: b'{"id":"v1","error":' + nested + b',"data":' + nested + b"}"),
    st.sampled_from(
        [b"", b"null", b"NaN", _NINES, b'{"a":' + _NINES + b"}", b"<html>\x00", b"\xff\xfe"]
    ),
)

# What a header may hold on the wire (RFC 9110 §5.5), its obsolete forms included.
field_values = st.one_of(
    st.binary(max_size=12).map(lambda raw: bytes(b for b in raw if b >= 32 and b != 127)),
    st.sampled_from(
        [
            *(b"0", b"-1", b"1.5", b"1e9", b"9" * 400, b"inf", b"NaN", b"0x10", b"\xc2\xb2"),
            *(b"Wed, 21 Oct 2015 07:28:00 GMT", b"Wed, 21 Oct 99999 07:28:00 GMT"),
            *(b"Wed, 32 Oct 2015 07:28:00 +9999", b"21 Oct", b",", b"0 0 0 0 0 0", b"Z"),
            *(b"application/json", b"text/html", b"text/event-stream", b"video/mp4; x=\xff"),
            *(b"gzip", b"deflate", b"br", b"gzip, gzip", b"identity", b"x", b""),
            *(b"//other.example", b"file:///etc/passwd", b"http://[::1", b"/\xff", b"?"),
        ]
    ),
)
_HEADERS = [b"Content-Type", b"Content-Encoding", b"Retry-After", b"Location", b"X-Odd", b"Date"]
headers = st.lists(st.tuples(st.sampled_from(_HEADERS), field_values), max_size=4)
success = st.sampled_from([200, 200, 200, 201, 202, 204, 206, 299, 301, 302, 304, 308])
failure = st.one_of(st.integers(400, 599), st.sampled_from([400, 402, 429, 502, 502, 600, 999]))


_LINE_ENDS = [b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r", b"\r\n\r\n", b"\xe2\x80\xa8"]
_FIELDS = [
    b"data: ",
    b"data:",
    b"event: ",
    b"event",
    b"id: ",
    b"retry: ",
    b":",
    b"",
    b"\xef\xbb\xbf",
]
_EVENTS = [b"error", b"message_stop", b"response.completed", b"content_block_delta", b"[DONE]", b""]
_EVENT_DATA = st.one_of(
    st.builds(_as_json, objects), st.sampled_from(_EVENTS), bodies, st.binary(max_size=8)
)
sse = st.lists(
    st.tuples(st.sampled_from(_FIELDS), _EVENT_DATA, st.sampled_from(_LINE_ENDS)).map(b"".join),
    max_size=8,
).map(b"".join)

_KEY_PARTS = [
    "phaseo",
    "aistats",
    "v1",
    "sk",
    "mk",
    "kid0",
    "_",
    "k",
    "Bearer ",
    '"',
    "<kid>",
    " ",
    "sk-",
]
keys = st.lists(st.sampled_from(_KEY_PARTS), max_size=9).map("_".join)
_YAML = [
    "a: &a [*a]",
    "a: &a {b: 1}\nc: *a",
    "!!python/object:os.system x",
    "? [a]\n: b",
    "a: 1\na: 2",
]
yaml = st.one_of(st.sampled_from(_YAML), st.text(max_size=60)).map(
    lambda text: text.encode("utf-8", "replace")
)


@st.composite
def _chunked(draw: st.DrawFn, content: st.SearchStrategy[bytes]) -> list[bytes]:
    """Cut a body into the pieces in which it arrives."""
    whole = draw(content)
    cuts = sorted(draw(st.lists(st.integers(0, min(len(whole), 400)), max_size=4)))
    edges = [0, *cuts, len(whole)]
    return [whole[start:end] for start, end in itertools.pairwise(edges)]


@st.composite
def replies(
    draw: st.DrawFn,
    status: st.SearchStrategy[int] = success,
    content: st.SearchStrategy[bytes] = bodies,
) -> Reply:
    """Give status, headers and the pieces of a body; some are compressed, well or not."""
    fields = draw(headers)
    pieces = draw(_chunked(content))
    if draw(st.booleans()) and any(value == b"gzip" for name, value in fields if name[8:9] == b"E"):
        pieces = [gzip.compress(b"".join(pieces), 1)]
    return draw(status), fields, pieces
