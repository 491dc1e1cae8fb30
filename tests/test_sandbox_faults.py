"""Faults of the connection and of time; the wrong answers are in the vectors."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx
import pytest

from tests.sandbox_client import CHAT, VIDEO, client, opened

STREAM = CHAT | {"stream": True}


def test_chance_is_the_same_again_for_the_same_seed() -> None:
    """A test with random faults fails the same way every time; a fault can be called off."""
    with opened() as (gw, http):
        runs = []
        for _ in range(2):
            fault = gw.fail(next=None, probability=0.5, seed=11, status=500)
            runs.append([http.get("key").status_code for _ in range(12)])
            assert fault.hits == runs[-1].count(500)
            fault.cancel()
        assert runs[0] == runs[1]
        assert set(runs[0]) == {200, 500}
        assert http.get("key").status_code == 200


@pytest.mark.parametrize(("drop", "made"), [("before", 0), ("answer", 1)])
def test_a_connection_breaks_before_or_after_the_work(drop: Any, made: int) -> None:
    """The client sees the same; the job is there or not."""
    with opened() as (gw, http):
        gw.fail("videos.create", drop=drop)
        with pytest.raises(httpx.NetworkError):
            http.post("videos", json=VIDEO)
        assert len(gw.videos) == made
        assert gw.requests.last.status is None
        assert gw.requests.summary() == [f"POST /videos -> drop {drop}"]


def test_a_connection_can_break_after_the_answer() -> None:
    """The answer is whole; whoever takes the kept connection again finds it dead."""
    with opened() as (gw, http):
        gw.fail(drop="after")
        assert http.get("key").status_code == 200
        with pytest.raises(httpx.NetworkError):
            http.get("key")
        assert http.get("key").status_code == 200


def test_a_body_can_end_too_early() -> None:
    """The length promises more than comes."""
    with opened() as (gw, http):
        gw.fail(cut=10)
        with pytest.raises(httpx.RemoteProtocolError, match="received 10 bytes"):
            http.get("key")


def test_a_stream_can_end_too_early_in_two_ways() -> None:
    """As the gateway does it, with an orderly end; or broken off."""
    with opened() as (gw, http):
        gw.fail(cut=2)
        calm = http.post("chat/completions", json=STREAM)
        assert calm.text.count("data: ") == 2
        assert "[DONE]" not in calm.text
        gw.fail(cut=2, clean=False)
        with pytest.raises(httpx.RemoteProtocolError, match="peer closed"):
            http.post("chat/completions", json=STREAM)


def test_a_delay_is_longer_than_a_client_waits_and_closing_does_not_wait() -> None:
    """The request is carried out once the delay is over; a test that is over is over."""
    with opened() as (gw, http):
        gw.fail(next=None, delay=3600)
        with pytest.raises(httpx.ReadTimeout):
            http.get("key", timeout=0.05)
        done = threading.Thread(target=_ignore, args=(gw,))
        done.start()
        deadline = time.monotonic() + 60
        while len(gw.requests) < 2:
            assert time.monotonic() < deadline
            threading.Event().wait(0.001)
        began = time.monotonic()
        gw.close()
        done.join(60)
        assert not done.is_alive()
        assert time.monotonic() - began < 60


def _ignore(gw: Any) -> None:
    with client(gw) as http:
        try:
            http.get("key")
        except httpx.HTTPError:
            return


@pytest.mark.parametrize("path", ["models", "videos/{}/content"])
def test_a_slow_body_comes_in_pieces(path: str) -> None:
    """Each piece in time for a read timeout, the whole not at once."""
    with opened() as (gw, http):
        gw.videos.plan(polls=0)
        video_id = http.post("videos", json=VIDEO).json()["id"]
        gw.fail(slow=0.002)
        with http.stream("GET", path.format(video_id)) as answer:
            assert len(list(answer.iter_raw())) > 3


def test_faults_are_in_the_log() -> None:
    """What went wrong is told beside the request."""
    with opened() as (gw, http):
        gw.fail(status=503)
        gw.fail(body={})
        http.get("key")
        http.get("key")
        http.get("key")
        assert [entry.fault for entry in gw.requests] == ["status 503", "body", None]
