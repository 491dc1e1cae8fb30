"""The sandbox misbehaves in every way it is told to, and in no other."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from aistats.sandbox import Sandbox
from tests.sandbox_client import CHAT, VIDEO, client

if TYPE_CHECKING:
    from collections.abc import Iterator

STREAM = CHAT | {"stream": True}


@pytest.fixture
def gw() -> Iterator[Sandbox]:
    """A fresh sandbox."""
    with Sandbox(seed=4) as gateway:
        yield gateway


@pytest.fixture
def http(gw: Sandbox) -> Iterator[httpx.Client]:
    """A plain client with the sandbox's key."""
    with client(gw) as plain:
        yield plain


def test_a_fault_strikes_as_often_as_it_was_told(gw: Sandbox, http: httpx.Client) -> None:
    """Three times, then all is well again; the fault knows how often it struck."""
    fault = gw.fail(next=3, status=502)
    statuses = [http.post("chat/completions", json=CHAT).status_code for _ in range(4)]
    assert statuses == [502, 502, 502, 200]
    assert fault.hits == 3


def test_a_fault_can_wait_and_can_be_called_off(gw: Sandbox, http: httpx.Client) -> None:
    """`skip` lets requests pass first; `cancel` and `heal` end it."""
    fault = gw.fail(next=None, skip=1, status=500)
    assert [http.get("key").status_code for _ in range(3)] == [200, 500, 500]
    fault.cancel()
    assert http.get("key").status_code == 200
    gw.fail(next=None, status=500)
    gw.heal()
    assert http.get("key").status_code == 200


@pytest.mark.parametrize(
    "on", ["videos.create", "videos.*", "POST /videos", "POST /vid*", ["key.retrieve", "*.create"]]
)
def test_a_fault_is_for_the_operations_it_names(
    gw: Sandbox, http: httpx.Client, on: str | list[str]
) -> None:
    """By operation, room, method and path, with wildcards, or several of them."""
    gw.fail(on, status=500)
    assert http.get("providers").status_code == 200
    assert http.post("videos", json=VIDEO).status_code == 500


def test_chance_is_the_same_again_for_the_same_seed(gw: Sandbox, http: httpx.Client) -> None:
    """A test with random faults fails the same way every time."""

    def run() -> list[int]:
        fault = gw.fail(next=None, probability=0.5, seed=11, status=500)
        statuses = [http.get("key").status_code for _ in range(12)]
        fault.cancel()
        return statuses

    first = run()
    assert first == run()
    assert set(first) == {200, 500}


@pytest.mark.parametrize(
    ("path", "status", "expected"),
    [
        ("chat/completions", 400, {"error": "validation_error", "status_code": 400}),
        ("chat/completions", 402, {"error": "insufficient_funds"}),
        ("chat/completions", 429, {"error": "key_limit_exceeded", "description": "R"}),
        ("chat/completions", 500, {"error": "gateway_error", "error_origin": "gateway"}),
        ("videos/x/download_url", 404, {"error": "not_found", "reason": "R"}),
        ("videos/x/download_url", 409, {"error": "not_ready", "error_type": "user"}),
        ("videos/x/download_url", 418, {"error": "sandbox_fault"}),
    ],
)
def test_a_status_comes_in_the_shape_of_its_route(
    gw: Sandbox, http: httpx.Client, path: str, status: int, expected: dict[str, Any]
) -> None:
    """Pipeline routes put the reason into `description`, the others into `reason`."""
    gw.fail(status=status, reason="R")
    answer = http.post(path, json={})
    assert answer.status_code == status
    assert expected.items() <= answer.json().items()


@pytest.mark.parametrize(
    ("shape", "keys"),
    [
        ("pipeline", {"generation_id", "description"}),
        ("direct", {"request_id", "reason"}),
        ("control", {"ok", "error", "message"}),
        ("nested", {"error"}),
        ("openai", {"error"}),
    ],
)
def test_any_shape_can_be_asked_for(
    gw: Sandbox, http: httpx.Client, shape: Any, keys: set[str]
) -> None:
    """Each of the gateway's envelopes, on any route."""
    gw.fail(status=503, shape=shape, code="c", reason="r", message="m")
    answer = http.get("key")
    assert answer.status_code == 503
    assert keys <= answer.json().keys()


def test_what_the_gateway_never_says_itself_is_a_page_of_html(
    gw: Sandbox, http: httpx.Client
) -> None:
    """503, 504 and 52x come from a CDN before it."""
    for status in (503, 504, 522, 599):
        gw.fail(status=status)
        answer = http.get("key")
        assert answer.status_code == status
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "<html>" in answer.text


def test_text_and_bodies_of_one_s_own(gw: Sandbox, http: httpx.Client) -> None:
    """Plain text, any JSON, broken JSON, a wrong content type, an empty body."""
    gw.fail(status=500, shape="text")
    assert http.get("key").text == "Internal Server Error"
    gw.fail(body={"data": None})
    assert http.get("key").json() == {"data": None}
    gw.fail(body='{"data": ')
    assert http.get("key").text == '{"data": '
    gw.fail(body="<html>", content_type="text/html")
    assert http.get("key").headers["Content-Type"] == "text/html"
    gw.fail(body=b"")
    assert http.get("key").content == b""


def test_a_provider_s_failure_tells_its_statuses(gw: Sandbox, http: httpx.Client) -> None:
    """Pipeline routes list all of them; job routes have the one."""
    gw.fail(status=502, upstream_status=[429, 503], provider="anthropic")
    told = http.post("chat/completions", json=CHAT).json()
    assert told["failed_statuses"] == [429, 503]
    assert told["failed_providers"] == ["anthropic"]
    assert told["provider_failure_diagnostics"]["category"] == "server_error"
    gw.fail(status=502, upstream_status=429)
    assert http.get("videos/x").json()["upstream_status"] == 429
    gw.fail(status=502)
    lost = http.post("chat/completions", json=CHAT).json()
    assert "failed_statuses" not in lost
    assert lost["failure_sample"][0]["type"] == "retryable_error"


def test_retry_after_and_headers(gw: Sandbox, http: httpx.Client) -> None:
    """Seconds or a date, and any other header."""
    gw.fail(status=429, retry_after=7, headers={"X-Own": "1"})
    answer = http.get("key")
    assert answer.headers["Retry-After"] == "7"
    assert answer.headers["X-Own"] == "1"
    gw.fail(status=503, retry_after="Fri, 31 Dec 2032 23:59:59 GMT")
    assert http.get("key").headers["Retry-After"].endswith("GMT")


@pytest.mark.parametrize(("drop", "made"), [("before", 0), ("answer", 1)])
def test_a_connection_breaks_before_or_after_the_work(
    gw: Sandbox, http: httpx.Client, drop: Any, made: int
) -> None:
    """The client sees the same; the job is there or not."""
    gw.fail("videos.create", drop=drop)
    with pytest.raises(httpx.NetworkError):
        http.post("videos", json=VIDEO)
    assert len(gw.videos) == made
    assert gw.requests.last.status is None
    assert gw.requests.summary() == [f"POST /videos -> drop {drop}"]


def test_a_connection_can_break_after_the_answer(gw: Sandbox, http: httpx.Client) -> None:
    """The answer is whole; whoever takes the kept connection again finds it dead."""
    gw.fail(drop="after")
    assert http.get("key").status_code == 200
    with pytest.raises(httpx.NetworkError):
        http.get("key")
    assert http.get("key").status_code == 200


def test_a_body_can_end_too_early(gw: Sandbox, http: httpx.Client) -> None:
    """The length promises more than comes."""
    gw.fail(cut=10)
    with pytest.raises(httpx.RemoteProtocolError, match="received 10 bytes"):
        http.get("key")


def test_a_stream_can_end_too_early_in_two_ways(gw: Sandbox, http: httpx.Client) -> None:
    """As the gateway does it, with an orderly end; or broken off."""
    gw.fail(cut=2)
    calm = http.post("chat/completions", json=STREAM)
    assert calm.text.count("data: ") == 2
    assert "[DONE]" not in calm.text
    gw.fail(cut=2, clean=False)
    with pytest.raises(httpx.RemoteProtocolError, match="peer closed"):
        http.post("chat/completions", json=STREAM)


def test_a_delay_is_longer_than_a_client_waits(gw: Sandbox) -> None:
    """The request is carried out all the same, once the delay is over."""
    gw.fail(delay=60)
    with client(gw) as http, pytest.raises(httpx.ReadTimeout):
        http.get("key", timeout=0.05)


def test_closing_does_not_wait_for_a_delay(gw: Sandbox) -> None:
    """A test that is over is over."""
    gw.fail(delay=3600)
    done = threading.Thread(target=_ignore, args=(gw,))
    done.start()
    _until(lambda: len(gw.requests) == 1)
    began = time.monotonic()
    gw.close()
    done.join(60)
    assert not done.is_alive()
    assert time.monotonic() - began < 60


def _ignore(gw: Sandbox) -> None:
    with client(gw) as http:
        try:
            http.get("key")
        except httpx.HTTPError:
            return


def _until(true: Any) -> None:
    """Wait for something another thread does; give up after a minute."""
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.001)


def test_a_slow_body_comes_in_pieces(gw: Sandbox, http: httpx.Client) -> None:
    """Each piece in time for a read timeout, the whole not at once."""
    gw.fail(slow=0.002)
    with http.stream("GET", "models") as answer:
        assert len(list(answer.iter_raw())) > 4


def test_faults_are_in_the_log(gw: Sandbox, http: httpx.Client) -> None:
    """What went wrong is told beside the request."""
    gw.fail(status=503)
    http.get("key")
    assert gw.requests.last.fault == "status 503"
    http.get("key")
    assert gw.requests.last.fault is None


def test_an_unknown_word_is_refused_at_once(gw: Sandbox) -> None:
    """A misspelt option is a mistake of the test, and it is told so."""
    with pytest.raises(TypeError, match="statuss"):
        gw.fail(statuss=500)  # type: ignore[call-arg]
