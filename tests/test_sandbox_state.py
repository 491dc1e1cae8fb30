"""What is made is there, what is deleted is gone, and the media are real."""

from __future__ import annotations

import io
import json
import wave
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from aistats.sandbox import Sandbox, media
from tests.sandbox_client import CHAT, client, create, manager

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = {
    "custom_id": "first",
    "method": "POST",
    "url": "/v1/chat/completions",
    "body": CHAT | {"max_tokens": 16},
}


@pytest.fixture
def gw() -> Iterator[Sandbox]:
    """A fresh sandbox."""
    with Sandbox(seed=8) as gateway:
        yield gateway


@pytest.fixture
def http(gw: Sandbox) -> Iterator[httpx.Client]:
    """A plain client with the sandbox's key."""
    with client(gw) as plain:
        yield plain


def upload(http: httpx.Client, lines: list[dict[str, Any]]) -> str:
    """Upload the input of a batch."""
    data = "\n".join(json.dumps(line) for line in lines).encode()
    answer = http.post("files", data={"purpose": "batch"}, files={"file": ("in.jsonl", data)})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def test_a_created_key_works_until_it_is_deleted(gw: Sandbox) -> None:
    """It is in the list, it opens the API, it can be blocked, and then it is gone."""
    with manager(gw) as boss:
        made = boss.post("keys", json={"name": "mine", "limit": 5}).json()["data"]
        listed = boss.get("keys").json()
        assert [row["id"] for row in listed["data"]] == [made["id"]]
        assert "key" not in listed["data"][0]
        with client(gw, made["key"]) as http:
            assert http.get("key").json()["data"]["name"] == "mine"
            boss.patch(f"keys/{made['id']}", json={"soft_blocked": True})
            assert http.post("chat/completions", json=CHAT).status_code == 429
            boss.patch(f"keys/{made['id']}", json={"soft_blocked": False, "disabled": True})
            assert http.get("key").status_code == 401
            assert boss.get("keys").json()["data"] == []
            assert boss.get("keys?include_disabled=true").json()["total_count"] == 1
            assert boss.delete(f"keys/{made['id']}").json() == {"deleted": True}
        assert boss.get(f"keys/{made['id']}").json()["error"] == "not_found"


def test_a_deleted_key_opens_nothing(gw: Sandbox) -> None:
    """From the moment it is deleted."""
    with manager(gw) as boss:
        made = boss.post("keys", json={"name": "short-lived"}).json()["data"]
        with client(gw, made["key"]) as http:
            assert http.get("key").status_code == 200
            boss.delete(f"keys/{made['id']}")
            assert http.get("key").json()["reason"] == "key_not_found_or_revoked"


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"name": " "}'])
@pytest.mark.parametrize("path", ["keys", "workspaces"])
def test_a_key_and_a_workspace_need_a_name(gw: Sandbox, path: str, body: bytes) -> None:
    """The refusal is the control plane's."""
    with manager(gw) as boss:
        answer = boss.post(path, content=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")


def test_the_list_of_workspaces_has_only_one_s_own(gw: Sandbox) -> None:
    """Another one can be looked up, renamed and deleted; one's own cannot be deleted."""
    with manager(gw) as boss:
        own = boss.get("workspaces").json()["data"][0]["id"]
        other = boss.post("workspaces", json={"name": "Two Words"}).json()["data"]
        assert other["slug"] == "two-words"
        assert boss.get("workspaces").json()["total_count"] == 1
        boss.patch(f"workspaces/{other['id']}", json={"name": "New"})
        assert boss.get(f"workspaces/{other['id']}").json()["data"]["name"] == "New"
        assert boss.delete(f"workspaces/{own}").status_code == 400
        boss.delete(f"workspaces/{other['id']}")
        assert boss.get(f"workspaces/{other['id']}").status_code == 404


def test_a_batch_runs_to_its_end_and_has_its_results_in_a_file(http: httpx.Client) -> None:
    """Validating, in progress, completed; one line of output for each of input."""
    second = LINE | {"custom_id": "second"}
    file_id = upload(http, [LINE, second])
    body = {"input_file_id": file_id, "endpoint": "/v1/chat/completions", "metadata": {"a": "b"}}
    batch = http.post("batches", json=body).json()
    path = f"batches/{batch['id']}"
    assert (batch["status"], batch["metadata"]["a"]) == ("validating", "b")
    assert http.get(f"{path}/requests").json()["data"] == []
    looks = [http.get(path).json() for _ in range(4)]
    statuses = [look["status"] for look in looks]
    assert statuses == ["validating", "in_progress", "completed", "completed"]
    assert looks[-1]["request_counts"] == {"total": 2, "completed": 2, "failed": 0}
    assert looks[-1]["billing"]["cost_nanos"] > 0
    output = http.get(f"files/{looks[-1]['output_file_id']}/content").text
    rows = [json.loads(line) for line in output.splitlines()]
    assert [row["custom_id"] for row in rows] == ["first", "second"]
    answer = rows[0]["response"]["body"]["choices"][0]["message"]["content"]
    assert answer == "You said: hello there"
    assert len(http.get(f"{path}/requests?limit=1&offset=1").json()["data"]) == 1


def test_a_batch_takes_its_requests_inline(gw: Sandbox, http: httpx.Client) -> None:
    """Requests, items or prompts; and without a token limit, unlike a file."""
    gw.batches.plan(polls=0)
    for inline in ({"requests": [LINE]}, {"items": [LINE]}, {"prompts": ["a", "b"]}):
        batch = http.post("batches", json=inline).json()
        assert batch["status"] == "completed", batch
    listed = http.get("batches?limit=2&status=completed").json()
    assert len(listed["data"]) == 2
    assert listed["has_more"] is False
    assert len(http.get("batches").json()["data"]) == 1


def test_a_batch_can_be_cancelled(http: httpx.Client) -> None:
    """It is cancelling for a look, then cancelled."""
    batch_id = http.post("batches", json={"requests": [LINE]}).json()["id"]
    assert http.post(f"batches/{batch_id}/cancel").json()["status"] == "cancelling"
    looks = [http.get(f"batch/{batch_id}").json() for _ in range(2)]
    assert [look["status"] for look in looks] == ["cancelling", "cancelled"]
    assert looks[1]["polling_url"].endswith(f"/batch/{batch_id}")


def test_a_batch_fails_as_planned(gw: Sandbox, http: httpx.Client) -> None:
    """The errors are the provider's list, or what the plan says."""
    gw.batches.plan(polls=1, status="failed", poll_after_seconds=2)
    batch_id = http.post("batches", json={"requests": [LINE]}).json()["id"]
    failed = http.get(f"batches/{batch_id}").json()
    assert failed["errors"]["data"][0]["code"] == "server_error"
    assert failed["poll_after_seconds"] == 2


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({}, 400, "missing_batch_input"),
        ({"requests": [LINE], "prompts": ["x"]}, 400, "missing_batch_input"),
        ({"input_file_id": "file-x"}, 404, "batch_input_file_not_found_or_not_owned"),
        ({"requests": [LINE, LINE]}, 400, "duplicate_custom_id"),
        ({"requests": [5]}, 400, "batch_input_file_not_priceable"),
        (
            {"requests": [LINE], "completion_window": "1h"},
            400,
            "openai_batch_completion_window_unsupported",
        ),
    ],
)
def test_a_wrong_batch_is_refused(
    http: httpx.Client, body: dict[str, Any], status: int, reason: str
) -> None:
    """The reasons are the gateway's."""
    answer = http.post("batches", json=body)
    assert (answer.status_code, answer.json()["reason"]) == (status, reason)


def test_a_query_breaks_the_id_of_batches_and_files(http: httpx.Client) -> None:
    """A slip of the gateway's that clients have to know; it can be switched off."""
    file_id = upload(http, [LINE])
    assert http.get(f"files/{file_id}").json()["bytes"] > 0
    broken = http.get(f"files/{file_id}?x=1")
    assert (broken.status_code, broken.json()["file_id"]) == (404, f"{file_id}?x=1")
    with Sandbox(quirks={"query_breaks_ids": False}) as gw, client(gw) as plain:
        assert plain.get(f"files/{upload(plain, [LINE])}?x=1").status_code == 200


def test_an_empty_file_is_refused(http: httpx.Client) -> None:
    """By the gateway; what is wrong with the form is said by the provider."""
    empty = http.post("files", data={"purpose": "batch"}, files={"file": ("x", b"")})
    assert empty.json()["reason"] == "batch_file_empty"


def test_the_video_is_a_video(gw: Sandbox, http: httpx.Client) -> None:
    """An MP4 of some kilobytes that begins and ends as one; a player opens it."""
    gw.videos.plan(polls=0)
    data = http.get(f"videos/{create(http)}/content").content
    assert data == media.mp4()
    assert data[4:8] == b"ftyp"
    assert b"moov" in data
    assert b"mdat" in data
    assert len(data) < 10_000


def test_the_sound_is_a_sound(http: httpx.Client) -> None:
    """A WAV whose header and length are right, as bytes, as JSON and as events."""
    body = {"model": "openai/gpt-4o-mini-tts", "input": "hi", "voice": "alloy"}
    plain = http.post("audio/speech", json=body)
    assert plain.headers["Content-Type"] == "audio/wav"
    with wave.open(io.BytesIO(plain.content)) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (16_000, 8_000)
    only_json = http.post("audio/speech", json=body, headers={"Accept": "application/json"})
    assert b64decode(only_json.json()["audio_base64"]) == plain.content
    sse = http.post("audio/speech", json=body | {"stream_format": "sse"}).text
    parts = [json.loads(line[6:]) for line in sse.splitlines() if line.startswith("data: ")]
    assert b"".join(b64decode(p["audio"]) for p in parts[:-1]) == plain.content
    assert parts[-1]["type"] == "speech.audio.done"


def test_a_picture_is_a_picture(http: httpx.Client) -> None:
    """PNGs that differ from one another, inline or at another origin."""
    body = {"model": "openai/gpt-image-2", "prompt": "x", "n": 2}
    pictures = http.post("images/generations", json=body).json()["data"]
    first, second = (b64decode(p["b64_json"]) for p in pictures)
    assert first != second
    assert first.startswith(b"\x89PNG\r\n\x1a\n")
    assert first.endswith(b"IEND\xaeB`\x82")
    url = http.post("images/edits", data=body | {"response_format": "url"}, files={"image": b"x"})
    assert httpx.get(url.json()["data"][1]["url"]).content == second


@pytest.mark.parametrize(
    ("wanted", "start"), [("text", "Words"), ("srt", "1\n"), ("vtt", "WEBVTT")]
)
def test_a_transcription_may_be_plain_text(http: httpx.Client, wanted: str, start: str) -> None:
    """The format that was asked for decides."""
    fields = {"model": "openai/whisper-1", "response_format": wanted}
    answer = http.post("audio/transcriptions", data=fields, files={"file": ("x.wav", b"x")})
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.text.startswith(start)


def test_sounds_and_pictures_can_be_streamed(http: httpx.Client) -> None:
    """Words one by one, pictures whole."""
    fields = {"model": "openai/whisper-1", "stream": "true"}
    told = http.post("audio/transcriptions", data=fields, files={"file": ("x.wav", b"x")}).text
    found = [json.loads(line[6:]) for line in told.splitlines() if line.startswith("data: ")]
    assert "".join(event.get("delta", "") for event in found).strip() == found[-1]["text"]
    body = {"model": "openai/gpt-image-2", "prompt": "x", "n": 2, "stream": True}
    told = http.post("images/generations", json=body).text
    assert told.count("event: image_generation.completed") == 2


def test_a_batch_of_a_broken_file_is_refused(http: httpx.Client) -> None:
    """A line that is no JSON has no price."""
    upload_broken = {"file": ("in.jsonl", b'{"custom_id": \n\n')}
    answer = http.post("files", data={"purpose": "batch"}, files=upload_broken)
    body = {"input_file_id": answer.json()["id"]}
    refused = http.post("batches", json=body)
    assert refused.json()["reason"] == "batch_input_file_not_priceable"
    assert http.post("batches", content=b"[]").json()["reason"] == "invalid_batch_request"
    assert http.get("batches/batch_x/requests").status_code == 404


def test_analytics_can_be_asked_for_a_day(http: httpx.Client) -> None:
    """Another day has nothing."""
    http.post("chat/completions", json=CHAT)
    assert http.get("analytics?date=1999-01-01").json()["data"] == []


def test_prices_add_up(http: httpx.Client) -> None:
    """A million input tokens cost the price of a million."""
    body = {"provider": "openai", "model": "openai/gpt-5-nano", "endpoint": "text.generate"}
    priced = http.post("pricing/calculate", json=body | {"usage": {"input_text_tokens": 10**6}})
    assert priced.json()["pricing"]["cost_usd"] == 0.05
    assert http.post("pricing/calculate", content=b"{").json()["error"] == "calculation_failed"
    assert http.post("pricing/calculate", json={}).json()["error"] == "missing_required_fields"
    unknown = http.post("pricing/calculate", json=body | {"model": "x", "usage": {"a": 1}})
    assert unknown.json()["error"] == "pricing_not_found"


def test_two_sandboxes_know_nothing_of_each_other(http: httpx.Client) -> None:
    """Each has its own state."""
    video_id = create(http)
    with Sandbox() as other, client(other) as plain:
        assert plain.get(f"videos/{video_id}").status_code == 404
