"""From keywords to a request: encoding, what is left out, and what is refused before sending."""

from __future__ import annotations

import enum
import json
from collections import UserDict, UserList
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import ConfigurationError, Retry
from aistats._core.request import check_path, encode_json, path_segment, query_items, scalar
from aistats.resources.operation import request_for
from aistats_generated.models import VideoGenerationRequest
from aistats_generated.operations import OPERATIONS
from tests.colours import Colour, Script, answer, colours

VIDEO = OPERATIONS["create_video"]
CHAT = OPERATIONS["create_chat_completion"]
LIST = OPERATIONS["list_models"]
UPLOAD = OPERATIONS["upload_file"]
EDIT = OPERATIONS["create_image_edit"]
DELETE = OPERATIONS["delete_video"]
LINK = OPERATIONS["create_video_download_url"]
FREE = VIDEO._replace(body_fields=("body",), free_body=True, required=())


def build(spec: Any, args: tuple[Any, ...], params: dict[str, Any]) -> Any:
    return request_for(spec, args, params, spec.name)


def body_of(spec: Any, args: tuple[Any, ...], params: dict[str, Any]) -> Any:
    content = build(spec, args, params).content
    return None if content is None else json.loads(content)


# --- ids in paths ---


@pytest.mark.parametrize(
    ("given", "encoded"),
    [
        ("G-01", "G-01"),
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("a?b#c", "a%3Fb%23c"),
        ("%2e%2e", "%252e%252e"),
        ("..a", "..a"),
        ("../x", "..%2Fx"),
        ("ü", "%C3%BC"),
        ("{video_id}", "%7Bvideo_id%7D"),
        ("a\\b", "a%5Cb"),
    ],
)
def test_an_id_is_one_segment_of_the_path(given: str, encoded: str) -> None:
    """Whatever it holds, it cannot become another path or a query."""
    request = build(DELETE, (given,), {})
    assert request.path == f"/videos/{encoded}"
    url = httpx.URL(f"https://example.com/v1{request.path}")
    assert url.raw_path == f"/v1/videos/{encoded}".encode()


@pytest.mark.parametrize("bad", ["", ".", "..", "a\r\nb", "a\nb", "\0", "\x7f", "\u2028", "\ud800"])
def test_an_id_that_would_change_the_path_is_refused(bad: str) -> None:
    """Empty, dots, control characters and what is no text: nothing is sent, and it is shown."""
    with pytest.raises(ConfigurationError, match="video_id") as caught:
        build(DELETE, (bad,), {})
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("bad", [None, 5, b"G-01", ["G-01"]])
def test_an_id_must_be_text(bad: object) -> None:
    """A number or None in its place is a mistake of the program."""
    with pytest.raises(ConfigurationError, match=f"not {type(bad).__name__}"):
        build(DELETE, (), {"video_id": bad})


@given(st.text(min_size=1))
def test_any_id_stays_one_segment_or_is_refused(text: str) -> None:
    """The encoded id holds no separator, and decodes to what it was."""
    try:
        segment = path_segment("id", text)
    except ConfigurationError:
        return
    assert unquote(segment) == text
    assert not set(segment) & set("/?#\\ \r\n")
    assert httpx.URL(f"https://example.com/v1/x/{segment}").raw_path.endswith(segment.encode())


@pytest.mark.parametrize(
    "path",
    [
        *("models", "//evil.example/x", "", "https://evil.example/", 5, None),
        *("/models?a=b", "/models#a", "/models?", "/a b", "/a\nb", "/a\\b"),
        *("/..", "/a/../b", "/a/./b", "/a/%2e%2e/b", "/a/%2E./b", "/a/..%2fb", "/a\u2028"),
    ],
)
def test_a_path_that_could_leave_the_base_url_is_refused(path: Any) -> None:
    """Only a plain path below the base URL is taken."""
    with pytest.raises(ConfigurationError):
        check_path(path)


@pytest.mark.parametrize("path", ["/models", "/a/b-c/d.e", "/a%2Fb", "/...", "/ü", "/"])
def test_plain_paths_are_taken(path: str) -> None:
    """Nothing is changed about them."""
    assert check_path(path) is None


# --- keywords ---


def test_a_misspelt_keyword_is_a_type_error_with_a_suggestion() -> None:
    """As Python itself would, with where to put what the description does not know."""
    with pytest.raises(TypeError, match="'promt': did you mean 'prompt'") as caught:
        build(VIDEO, (), {"model": "m", "promt": "p"})
    assert "extra_body" in str(caught.value)
    with pytest.raises(TypeError, match=r"'zzzzz'\. What"):
        build(VIDEO, (), {"model": "m", "zzzzz": 1})


def test_arguments_follow_pythons_rules() -> None:
    """Too many, doubled and missing ones are type errors that name the argument."""
    with pytest.raises(TypeError, match="takes 1 positional arguments, not 2"):
        build(DELETE, ("a", "b"), {})
    with pytest.raises(TypeError, match="'video_id' twice"):
        build(DELETE, ("a",), {"video_id": "b"})
    with pytest.raises(TypeError, match="needs 'video_id'"):
        build(DELETE, (), {})
    with pytest.raises(TypeError, match="needs 'video_id'"):
        build(LINK, (), {"extra_body": {"video_id": "a"}})
    with pytest.raises(TypeError, match="needs 'model'"):
        build(VIDEO, (), {"prompt": "p"})
    with pytest.raises(TypeError, match="needs 'id'"):
        build(OPERATIONS["get_generation"], (), {"extra_body": {"id": "x"}})


def test_what_is_required_may_come_as_an_extra() -> None:
    """`extra_body` and `extra_query` fill required fields too."""
    assert body_of(VIDEO, (), {"extra_body": {"model": "m"}}) == {"model": "m"}
    request = build(OPERATIONS["get_generation"], (), {"extra_query": {"id": "G"}})
    assert request.query == [("id", "G")]


def test_only_what_was_set_is_sent() -> None:
    """None is null in a body and absent from a query."""
    body = {"model": "m", "prompt": None, "size": "1x1"}
    assert body_of(VIDEO, (), body) == {"model": "m", "prompt": None, "size": "1x1"}
    assert build(LIST, (), {"limit": None, "offset": 0}).query == [("offset", "0")]


def test_a_body_is_left_away_where_nothing_is_set() -> None:
    """An optional body without fields is no body, a required one is an empty object."""
    assert body_of(LINK, ("G",), {}) is None
    assert body_of(LINK, ("G",), {"index": 0}) == {"index": 0}
    assert body_of(VIDEO._replace(required=()), (), {}) == {}
    assert body_of(DELETE, ("G",), {}) is None


def test_extras_are_merged_and_win() -> None:
    """Unknown fields, headers and query items travel beside the known ones."""
    request = build(
        VIDEO,
        (),
        {
            "model": "m",
            "extra_body": {"new": 1, "model": "n"},
            "extra_headers": {"X-New": "1"},
            "extra_query": {"new": ["a", "b"]},
            "timeout": 5,
            "retry": Retry(attempts=1),
        },
    )
    assert json.loads(request.content) == {"model": "n", "new": 1}
    assert request.headers == {"x-new": "1"}
    assert request.query == [("new", "a"), ("new", "b")]
    assert (request.timeout, request.retry) == (5, Retry(attempts=1))


@pytest.mark.parametrize("name", ["extra_body", "extra_headers", "extra_query"])
@pytest.mark.parametrize("value", [[("a", "b")], "a", 5, {5: "a"}])
def test_extras_must_be_dicts_of_names(name: str, value: Any) -> None:
    """Anything else is a mistake of the program."""
    with pytest.raises(TypeError, match=f"{name} must be a dict"):
        build(VIDEO, (), {"model": "m", name: value})


def test_extras_may_be_empty_or_none() -> None:
    """Then they count as not given."""
    extras = {"extra_body": None, "extra_headers": None, "extra_query": {}}
    request = build(LIST, (), extras)
    assert (request.content, request.headers, request.query) == (None, {}, [])


def test_a_call_without_a_body_takes_none() -> None:
    """`extra_body` on a GET would be lost, so it is refused."""
    with pytest.raises(TypeError, match="has no body"):
        build(LIST, (), {"extra_body": {"a": 1}})


def test_a_body_of_any_json_is_sent_as_it_is() -> None:
    """Where the whole body is one argument, extras are merged into it if there are any."""
    assert body_of(FREE, (), {"body": [1, 2]}) == [1, 2]
    assert body_of(FREE, (), {"body": {"a": 1}, "extra_body": {"b": 2}}) == {"a": 1, "b": 2}
    model = VideoGenerationRequest(model="m")
    assert body_of(FREE, (), {"body": model, "extra_body": {"b": 2}}) == {"model": "m", "b": 2}
    assert body_of(FREE, (), {"extra_body": {"b": 2}}) == {"b": 2}
    assert body_of(FREE, (), {}) == {}
    assert body_of(FREE._replace(body_required=False), (), {}) is None


def test_header_parameters_are_sent_under_their_wire_name() -> None:
    """None is left out; a line break is refused."""
    build_with = {"file": b"x", "purpose": "batch"}
    request = build(UPLOAD, (), {**build_with, "x_ai_stats_provider": "openai"})
    assert request.headers == {"x-ai-stats-provider": "openai"}
    assert build(UPLOAD, (), {**build_with, "x_ai_stats_provider": None}).headers == {}
    with pytest.raises(ConfigurationError, match="visible ASCII"):
        build(UPLOAD, (), {**build_with, "x_ai_stats_provider": "a\r\nX-Evil: 1"})


# --- values ---


class Colours(str, enum.Enum):  # noqa: UP042 - as it is still found in programs
    """An enumeration as older code writes it."""

    RED = "red"


class Level(enum.IntEnum):
    """A number with a name."""

    HIGH = 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (0.5, "0.5"),
        ("a b", "a b"),
        ("", ""),
        (date(2026, 8, 22), "2026-08-22"),
        (datetime(2026, 8, 22, 12, tzinfo=UTC), "2026-08-22T12:00:00+00:00"),
        (Colours.RED, "red"),
        (Level.HIGH, "3"),
    ],
)
def test_values_of_a_query_are_written_as_the_gateway_reads_them(value: Any, text: str) -> None:
    """Booleans in lower case, dates in ISO form, enumerations by value."""
    assert scalar("x", value) == text
    assert list(query_items({"x": [value, value]})) == [("x", text)] * 2


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), b"x", {"a": 1}, object(), [["a"]], [None]]
)
def test_values_that_a_query_cannot_hold_are_refused(value: Any) -> None:
    """The parameter is named."""
    with pytest.raises(ConfigurationError, match="x"):
        list(query_items({"x": value}))


def test_lists_repeat_their_name_or_are_joined_by_commas() -> None:
    """As the description says of each parameter; one string is one value."""
    items = build(LIST, (), {"status": ["active", "beta"], "limit": 5}).query
    assert sorted(items) == [("limit", "5"), ("status", "active"), ("status", "beta")]
    joined = OPERATIONS["list_video_models"]
    assert build(joined, (), {"params": ["a", "b"]}).query == [("params", "a,b")]
    assert build(joined, (), {"params": "a,b"}).query == [("params", "a,b")]
    assert build(joined, (), {"params": ()}).query == [("params", "")]
    assert build(LIST, (), {"status": ()}).query == []


def test_a_query_is_encoded_for_every_server_alike() -> None:
    """Separators and non-ASCII are escaped."""
    script = Script(answer())
    script.client().request("GET", "/models", params={"a b": "c d&e=f", "ü": "+/"})
    assert script.requests[0].url.query in (
        b"a+b=c+d%26e%3Df&%C3%BC=%2B%2F",
        b"a%20b=c%20d%26e%3Df&%C3%BC=%2B%2F",
        b"a+b=c+d%26e%3Df&%C3%BC=%2B/",
    )
    with pytest.raises(ConfigurationError, match="no text"):
        list(query_items({"a": "\ud800"}))


# --- JSON ---


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": 1, "b": [True, None]}, '{"a":1,"b":[true,null]}'),
        ({"when": date(2026, 8, 22)}, '{"when":"2026-08-22"}'),
        ({"m": VideoGenerationRequest(model="m", prompt="p")}, '{"m":{"model":"m","prompt":"p"}}'),
        ({"d": UserDict(a=1), "l": UserList([1]), "t": (1,)}, '{"d":{"a":1},"l":[1],"t":[1]}'),
        ({"e": Colours.RED}, '{"e":"red"}'),
    ],
)
def test_bodies_are_compact_json(value: Any, text: str) -> None:
    """Models, dates, mappings and sequences of any kind are written as JSON."""
    assert json.loads(encode_json(value)) == json.loads(text)
    assert encode_json(value) == text.encode()


def looped() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


def deep() -> list[Any]:
    found: list[Any] = []
    for _ in range(100_000):
        found = [found]
    return found


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), b"x", bytearray(b"x"), {1}, object(), looped(), deep()],
    ids=lambda value: type(value).__name__,
)
def test_what_json_cannot_hold_is_refused(value: Any) -> None:
    """Its place is named; nothing is sent."""
    with pytest.raises(ConfigurationError, match=r"messages\[1\]\.x.*; nothing was sent"):
        encode_json({"messages": [{}, {"x": value}]})


# --- through a client ---


@colours
def test_a_call_sends_what_it_was_given(colour: Colour) -> None:
    """Method, URL, body and content type of a call with a path, a query and a body."""
    script = Script(answer(), answer())
    script.call(
        colour,
        lambda client: client.videos.download_url("a/b", ttl_seconds=60),
    )
    sent = script.requests[0]
    assert (sent.method, sent.url.raw_path) == ("POST", b"/v1/videos/a%2Fb/download_url")
    assert json.loads(sent.read()) == {"ttl_seconds": 60}
    assert sent.headers["content-type"] == "application/json"
    script.call(colour, lambda client: client.key.retrieve(extra_query={"a": "b c"}))
    assert script.requests[1].url.query == b"a=b+c"
    assert "content-type" not in script.requests[1].headers


@colours
@pytest.mark.parametrize(
    ("use", "kind"),
    [
        (lambda client: client.keys.retrieve("a\r\nHost: evil"), ConfigurationError),
        (lambda client: client.keys.retrieve(".."), ConfigurationError),
        (
            lambda client: client.embeddings.create(model="m", input=float("nan")),
            ConfigurationError,
        ),
        (lambda client: client.embeddings.create(model="m", inputs="x"), TypeError),
        (lambda client: client.key.retrieve(extra_query={"x" * 70_000: "y"}), ConfigurationError),
        (lambda client: client.request("GET", "/a/../b"), ConfigurationError),
        (lambda client: client.request("G ET", "/models"), ConfigurationError),
        (lambda client: client.request("GET\r\nX: y", "/models"), ConfigurationError),
        (lambda client: client.request("ÄÖ", "/models"), ConfigurationError),
        (lambda client: client.request(None, "/models"), ConfigurationError),
        (
            lambda client: client.request("GET", "/models", headers={"a": "b\r\nc: d"}),
            ConfigurationError,
        ),
        (lambda client: client.request("GET", "/models", params={"a": {}}), ConfigurationError),
        (
            lambda client: client.chat.completions.create(model="m", messages=[], stream=True),
            TypeError,
        ),
        (
            lambda client: client.chat.completions.create(
                model="m", messages=[], extra_body={"stream": True}
            ),
            TypeError,
        ),
    ],
)
def test_a_refused_call_sends_nothing(colour: Colour, use: Any, kind: type[Exception]) -> None:
    """The script of the gateway is empty: any request would fail the test."""
    with pytest.raises(kind):
        Script().call(colour, use)


@colours
def test_create_with_stream_names_the_right_method(colour: Colour) -> None:
    """`create(stream=True)` says to use `stream()`; `stream=False` is sent as it is."""

    def use(client: Any, **stream: Any) -> Any:
        return client.chat.completions.create(model="m", messages=[], **stream)

    with pytest.raises(TypeError, match=r"use the method stream\("):
        Script().call(colour, lambda client: use(client, stream=True))
    script = Script(answer())
    script.call(colour, lambda client: use(client, stream=False))
    assert json.loads(script.requests[0].read())["stream"] is False
