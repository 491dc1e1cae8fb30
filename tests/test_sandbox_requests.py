"""What arrived at the sandbox can be asserted on, and no secret is in it."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox_client import VIDEO, create, opened


def test_the_log_has_what_arrived() -> None:
    """Method, path, JSON, query, status; by operation, room or path."""
    with opened() as (gw, http):
        video_id = create(http)
        http.get(f"videos/{video_id}", headers={"X-Own": "1"})
        http.get("videos?limit=3&limit=4")
        assert gw.requests.summary() == [
            "POST /videos -> 200",
            f"GET /videos/{video_id} -> 200",
            "GET /videos -> 200",
        ]
        assert "POST /videos" in repr(gw.requests)
        assert gw.requests[0].json == VIDEO
        assert gw.requests[1].headers["x-own"] == "1"
        assert gw.requests.last.query == {"limit": ["3", "4"]}
        assert gw.requests.last.json is None
        assert len(gw.requests.to("videos.*")) == 3
        assert len(gw.requests.to("GET /videos/*")) == 1
        assert [entry.idempotent for entry in gw.requests[:2]] == [False, True]
        gw.requests.clear()
        assert list(gw.requests) == []


def test_the_log_asserts() -> None:
    """What was called, how often, in which order; the failure lists what arrived."""
    with opened() as (gw, http):
        create(http)
        http.get("key")
        assert len(gw.requests.assert_called("videos.create", times=1)) == 1
        gw.requests.assert_not_called("chat.*")
        gw.requests.assert_operations("videos.create", "key.retrieve")
        with pytest.raises(AssertionError, match=r"expected 2 request\(s\).*POST /videos -> 200"):
            gw.requests.assert_called("videos.create", times=2)
        with pytest.raises(AssertionError, match="got 1"):
            gw.requests.assert_not_called("key.retrieve")
        with pytest.raises(AssertionError, match="expected"):
            gw.requests.assert_operations("key.retrieve")
        gw.requests.clear()
        with pytest.raises(AssertionError, match="no request"):
            assert gw.requests.last


def test_the_log_knows_no_secret() -> None:
    """Keys and signatures are masked wherever they were."""
    with opened() as (gw, http):
        gw.videos.plan(polls=0)
        url = http.post(f"videos/{create(http)}/download_url").json()["download_url"]
        httpx.get(url)
        odd = {"Authorization": "Basic c2VjcmV0", "Cookie": "a=b"}
        httpx.get(f"{gw.base_url}/key", headers=odd)
        seen = repr([(e.headers, e.query, e.query_string, e) for e in gw.requests])
    for secret in ("not-a-real-secret", "c2VjcmV0", "a=b", url.split("download_sig=")[1][:64]):
        assert secret not in seen
    assert "phaseo_v1_sk_sandbo***" in seen


def test_what_the_gateway_overlooks_the_log_tells() -> None:
    """The description is stricter than the server; a request can be held against it."""
    key = {"provider": "openai", "include_disabled": "x"}
    with opened() as (gw, http):
        http.get("videos", params={"limit": 5, "status": ["queued", "failed"]})
        http.get("videos/models?params=a,b")
        create(http)
        http.post("audio/transcriptions", data={"model": "m"}, files={"file": ("a.wav", b"")})
        gw.requests.assert_valid()
        http.get("videos?limit=zzz&frob=1")
        http.get("generations")
        http.post("chat/completions", content=b"{")
        http.post("chat/completions", json={"messages": 5})
        http.post("chat/completions")
        http.get("keys", params=key)
        http.head("nowhere")
        problems = [entry.problems for entry in gw.requests[4:]]
        with pytest.raises(AssertionError, match="frob"):
            gw.requests.assert_valid()
    starts = [
        ["query frob: not described", "query limit: 'zzz' is not of type"],
        ["query id: missing"],
        ["body: Expecting property name"],
        ["body $: 'model' is a required", "body $.messages: 5 is not of type 'array'"],
        ["body: missing"],
        ["query provider: not described", "query include_disabled: 'x' is not of type 'boolean'"],
        ["there is no such operation"],
    ]
    for told, expected in zip(problems, starts, strict=True):
        assert len(told) == len(expected)
        assert all(any(t.startswith(e) for t in told) for e in expected), told


def test_the_log_keeps_no_large_body() -> None:
    """An upload of megabytes is noted, not stored."""
    with opened() as (gw, http):
        http.post("files", data={"purpose": "batch"}, files={"file": ("x", b"a" * 300_000)})
        assert len(gw.requests.last.body) == 64 * 1024
