"""Decoding: every success is what its operation promises or a `ResponseDecodeError`."""

from __future__ import annotations

import gzip
import pickle
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import AIStatsError, Limits, ResponseDecodeError
from aistats._answer import Answer
from aistats._decode import decode, undecoded
from aistats._paths import credential_of
from aistats.results import ChatCompletion
from aistats_generated.models import ApiKeyResponse
from aistats_generated.operations import OPERATIONS
from tests.colours import KEY, MANAGEMENT_KEY, Colour, Script, answer, colours

KEY_INFO = OPERATIONS["get_current_api_key"]


def key_info(client: Any) -> Any:
    return client.key.retrieve()


def an_answer(content: bytes = b"{}", status: int = 200, **rest: Any) -> Answer:
    return Answer(status, httpx.Headers(), content, **rest)


BAD: dict[str, tuple[httpx.Response, str, bytes | None]] = {
    "a page": (
        answer(content=b"<html>hi</html>", headers={"content-type": "text/html"}),
        "not JSON but text/html",
        b"<html>hi</html>",
    ),
    "nothing": (answer(content=b""), "not JSON but no content type", b""),
    "a list": (answer(json=[1]), "a JSON list where an object was promised", b"[1]"),
    "a string": (answer(json="hi"), "a JSON str where", b'"hi"'),
    "null": (answer(content=b"null"), "a JSON NoneType where", b"null"),
    "half": (answer(content=b'{"a":'), "not JSON", b'{"a":'),
    "not text": (answer(content=b"\xff\xfe\x00"), "not JSON", b"\xff\xfe\x00"),
    "depth": (answer(content=b"[" * 10**6), "nested too deeply", None),
    "deep objects": (answer(content=b'{"a":' * 10**5), "nested too deeply", None),
    "numbers": (answer(content=b'{"a":' + b"9" * 10_000 + b"}"), "not JSON", None),
    "too much": (
        answer(content=b'{"a":"' + b"x" * 2000 + b'"}'),
        "unusable: it is larger than 1000 bytes",
        None,
    ),
    "a bomb": (
        answer(
            stream=httpx.ByteStream(gzip.compress(b" " * 10**6)),
            headers={"content-encoding": "gzip"},
        ),
        "unusable: it is larger than 1000 bytes",
        b" " * 1000,
    ),
    "broken gzip": (
        answer(stream=httpx.ByteStream(b"{}"), headers={"content-encoding": "gzip"}),
        "unusable: its content encoding is broken",
        b"",
    ),
    "brotli": (
        answer(stream=httpx.ByteStream(b"{}"), headers={"content-encoding": "br"}),
        "unusable: its content encoding 'br' was not asked for",
        b"{}",
    ),
    "a redirect": (
        answer(302, headers={"location": "https://elsewhere.example/v1?token=hidden"}),
        "a redirect to elsewhere.example, which is never followed: check base_url",
        b"{}",
    ),
    "a redirect at home": (
        answer(308, headers={"location": "/v2"}),
        "a redirect to the same host",
        None,
    ),
    "a redirect to nowhere": (
        answer(301, content=b"", headers={"location": "http://[::1"}),
        "a redirect to what is no address, which is never followed",
        b"",
    ),
    "not modified": (answer(304, content=b""), "a redirect, which is never followed", b""),
}


@colours
@pytest.mark.parametrize("case", BAD)
def test_a_success_that_is_not_what_was_promised(colour: Colour, case: str) -> None:
    """It is an error that says what came, keeps it, and is not repeated."""
    response, says, body = BAD[case]
    twin = httpx.Response(
        response.status_code, headers=response.headers.raw, stream=httpx.ByteStream(raw(response))
    )
    script = Script(twin)
    with pytest.raises(ResponseDecodeError) as caught:
        script.call(
            colour, key_info, limits=Limits(body=1000 if len(raw(response)) < 5000 else 10**7)
        )
    error = caught.value
    assert says in str(error)
    assert "hidden" not in str(error)
    assert error.status_code == response.status_code
    assert body is None or error.body == body
    assert error.headers == response.headers
    assert pickle.loads(pickle.dumps(error)).body == error.body  # noqa: S301
    assert len(script.requests) == 1


def raw(response: httpx.Response) -> bytes:
    """Give the bytes of a prepared answer as they travel."""
    return b"".join(response.stream)  # type: ignore[arg-type]  # prepared ones are sync


@colours
def test_an_empty_204_is_an_empty_object(colour: Colour) -> None:
    """Where an object is promised and nothing came on purpose, there is nothing in it."""
    found = Script(answer(204, content=b"")).call(colour, key_info)
    assert found.to_dict() == {}


@colours
def test_the_content_type_of_json_does_not_matter(colour: Colour) -> None:
    """JSON is JSON, also when a proxy calls it text."""
    script = Script(answer(content=b' {"a": 1}', headers={"content-type": "text/plain"}))
    assert script.call(colour, key_info).to_dict() == {"a": 1}


@colours
def test_a_result_is_the_class_that_was_promised(colour: Colour) -> None:
    """The generated model, or ours where there is more to it."""
    script = Script(answer(json={"id": "G-01", "choices": []}), answer(json={"new": 1}))
    chat = script.call(
        colour, lambda client: client.chat.completions.create(model="m", messages=[])
    )
    assert isinstance(chat, ChatCompletion)
    key = script.call(colour, key_info)
    assert type(key) is ApiKeyResponse
    assert key["new"] == 1


def test_replies_that_are_not_json_are_given_as_they_are() -> None:
    """Bytes, text and nothing, as the operation says; each only from a whole success."""
    spec = KEY_INFO
    assert undecoded(spec._replace(reply="bytes"), an_answer(b"\xff")) == b"\xff"
    assert undecoded(spec._replace(reply="text"), an_answer(b"a\xff")) == "a\ufffd"
    assert undecoded(spec._replace(reply="none"), an_answer(b"whatever")) is None
    assert decode(spec._replace(result=None), an_answer(b'{"a":1}')) == {"a": 1}
    for reply in ("bytes", "text", "none", "json"):
        with pytest.raises(ResponseDecodeError):
            undecoded(spec._replace(reply=reply), an_answer(status=301))
        with pytest.raises(ResponseDecodeError, match="broke"):
            undecoded(spec._replace(reply=reply), an_answer(flaw="it broke"))


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_result_or_our_error(content: bytes) -> None:
    """Nothing else comes out of decoding."""
    try:
        found = decode(KEY_INFO, an_answer(content))
    except AIStatsError:
        return
    assert isinstance(found.to_dict(), dict)


# --- request() ---


@colours
def test_request_gives_the_json_of_any_path(colour: Colour) -> None:
    """Lists, strings and null are fine here; an empty answer is None."""
    script = Script(answer(json=[1]), answer(content=b""), answer(content=b"null"), answer())
    for expected in ([1], None, None, {}):
        assert script.call(colour, lambda client: client.request("get", "/new")) == expected


@colours
def test_request_sends_what_it_is_given(colour: Colour) -> None:
    """Method, query, headers, body, timeout and credential of a path nobody described."""
    script = Script(answer())
    script.call(
        colour,
        lambda client: client.request(
            "patch",
            "/new/thing",
            json={"a": None},
            params={"q": ["x", "y"], "none": None},
            headers={"X-A": "b"},
            timeout=7,
        ),
    )
    sent = script.requests[0]
    assert (sent.method, str(sent.url)) == ("PATCH", "http://127.0.0.1:9/v1/new/thing?q=x&q=y")
    assert sent.read() == b'{"a":null}'
    assert (sent.headers["x-a"], sent.headers["authorization"]) == ("b", f"Bearer {KEY}")
    assert sent.extensions["timeout"]["read"] == 7


@colours
@pytest.mark.parametrize(
    ("response", "says"),
    [
        (answer(302, content=b"", headers={"location": "/x"}), "redirect"),
        (answer(content=b"<html>"), "not JSON"),
    ],
)
def test_request_refuses_what_is_no_json(
    colour: Colour, response: httpx.Response, says: str
) -> None:
    """A redirect is not nothing, and a page is not JSON."""
    twin = httpx.Response(response.status_code, headers=response.headers, content=response.content)
    with pytest.raises(ResponseDecodeError, match=says):
        Script(twin).call(colour, lambda client: client.request("GET", "/new"))


@pytest.mark.parametrize(
    ("path", "credential"),
    [
        ("/models", "inference"),
        ("/key", "inference"),
        ("/analytics", "inference"),
        ("/keys", "management"),
        ("/keys/k/invalidate", "management"),
        ("/management/keys", "management"),
        ("/management-keys", "management"),
        ("/credits", "management"),
        ("/webhook-endpoints/w", "management"),
        ("/health", "none"),
        ("/", "inference"),
    ],
)
def test_the_credential_follows_the_path(path: str, credential: str) -> None:
    """Paths of the control plane want the management key, the health check none."""
    assert credential_of(path) == credential
    script = Script(answer())
    script.call("sync", lambda client: client.request("GET", path))
    tokens = {
        "inference": f"Bearer {KEY}",
        "management": f"Bearer {MANAGEMENT_KEY}",
        "none": None,
    }
    assert script.requests[0].headers.get("authorization") == tokens[credential]


@pytest.mark.parametrize("spec", OPERATIONS.values(), ids=OPERATIONS)
def test_the_rule_for_unknown_paths_agrees_with_the_described_ones(spec: Any) -> None:
    """What `request()` does for a path is what the operation of that path does."""
    assert credential_of(spec.path) == spec.credential
