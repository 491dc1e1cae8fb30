"""What no table of vectors can say: signatures, media, the clock, and who knows of whom."""

from __future__ import annotations

import io
import json
import wave
from base64 import b64decode
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from aistats.sandbox import Quirks, Sandbox, media
from tests.sandbox_client import VIDEO, client, create, opened

NOW = 1_800_000_000


def test_a_signed_url_needs_no_key_until_it_runs_out() -> None:
    """After its time it is an ordinary request without a key."""
    with opened(now=NOW) as (gw, http):
        gw.videos.plan(polls=0)
        video_id = create(http)
        wish = {"ttl_seconds": 5, "disposition": "inline"}
        signed = http.post(f"videos/{video_id}/download_url", json=wish).json()
        assert signed["expires_at"] == NOW + 60, "the shortest is a minute"
        answer = httpx.get(signed["download_url"])
        assert answer.content[4:8] == b"ftyp"
        assert answer.headers["Content-Disposition"] == f'inline; filename="{video_id}.mp4"'
        gw.advance(61)
        late = httpx.get(signed["download_url"])
        assert late.status_code == 401
        assert late.json()["reason"] == "missing_or_invalid_authorization_header"


def test_a_signature_is_for_one_video_and_cannot_be_changed() -> None:
    """Another id is refused, another digit is no signature, a later end neither."""
    with opened() as (gw, http):
        gw.videos.plan(polls=0)
        mine, other = create(http), create(http)
        url = http.post(f"videos/{mine}/download_url").json()["download_url"]
        wrong = httpx.get(url.replace(mine, other)).json()
        assert wrong["reason"] == "signed_download_video_mismatch"
        query = parse_qs(urlsplit(url).query)
        signature, until = query["download_sig"][0], query["expires_at"][0]
        for changed in (url.replace(signature, "0" * 64), url.replace(signature, "\u00e4")):
            assert httpx.get(changed).status_code == 401
        assert httpx.get(url.replace(until, str(int(until) + 1))).status_code == 401


def test_mistakes_of_the_test_are_told_at_once() -> None:
    """Names that are not there, with those that are; time that goes back; keys that are none."""
    with opened(now=NOW) as (gw, _http):
        assert gw.now() == NOW
        with pytest.raises(ValueError, match="only moves on"):
            gw.advance(-1)
        with pytest.raises(ValueError, match="no switch is called 'films'"):
            gw.switch("films", on=True)
        with pytest.raises(KeyError, match="nope"):
            gw.videos.finish("nope")
        with pytest.raises(TypeError, match="statuss"):
            gw.fail(statuss=500)  # type: ignore[call-arg]
    assert Quirks.read({"list_needs_limit": False}) == Quirks(list_needs_limit=False)
    with pytest.raises(ValueError, match=r"no quirk is called 'nope'.*list_needs_limit"):
        Quirks.read({"nope": True})
    with pytest.raises(ValueError, match="a key looks like"):
        Sandbox(api_key="nonsense")


def test_two_sandboxes_know_nothing_of_each_other() -> None:
    """Each has its own state; jobs are told apart even when asked for twice the same."""
    with opened() as (_gw, http), opened(seed=5) as (_other, plain):
        same = {"Idempotency-Key": "1"}
        ids = {http.post("videos", json=VIDEO, headers=same).json()["id"] for _ in range(2)}
        assert len(ids) == 2
        assert {plain.get(f"videos/{video_id}").status_code for video_id in ids} == {404}


def test_the_video_is_a_video() -> None:
    """An MP4 of some kilobytes that begins and ends as one; a player opens it."""
    with opened() as (gw, http):
        gw.videos.plan(polls=0)
        data = http.get(f"videos/{create(http)}/content").content
    assert data == media.mp4()
    assert data[4:8] == b"ftyp"
    assert b"moov" in data
    assert b"mdat" in data
    assert len(data) < 10_000


def test_the_sound_is_a_sound() -> None:
    """A WAV whose header and length are right, as bytes, as JSON and as events."""
    body = {"model": "openai/gpt-4o-mini-tts", "input": "hi", "voice": "alloy"}
    with opened() as (_gw, http):
        plain = http.post("audio/speech", json=body)
        only_json = http.post("audio/speech", json=body, headers={"Accept": "application/json"})
        sse = http.post("audio/speech", json=body | {"stream_format": "sse"}).text
    assert plain.headers["Content-Type"] == "audio/wav"
    with wave.open(io.BytesIO(plain.content)) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (16_000, 8_000)
    assert b64decode(only_json.json()["audio_base64"]) == plain.content
    parts = [json.loads(line[6:]) for line in sse.splitlines() if line.startswith("data: ")]
    assert b"".join(b64decode(p["audio"]) for p in parts[:-1]) == plain.content
    assert parts[-1]["type"] == "speech.audio.done"


def test_pictures_and_music_lie_at_another_origin_or_in_the_answer() -> None:
    """PNGs that differ from one another; a sound."""
    body = {"model": "openai/gpt-image-2", "prompt": "x", "n": 2}
    with opened() as (gw, http):
        pictures = http.post("images/generations", json=body).json()["data"]
        first, second = (b64decode(p["b64_json"]) for p in pictures)
        assert first != second
        assert first.startswith(b"\x89PNG\r\n\x1a\n")
        assert first.endswith(b"IEND\xaeB`\x82")
        wanted = body | {"response_format": "url"}
        url = http.post("images/edits", data=wanted, files={"image": b"x"}).json()["data"][1]["url"]
        assert urlsplit(url).hostname != urlsplit(gw.base_url).hostname
        assert httpx.get(url).content == second
        gw.music.plan(polls=0)
        track = http.post("music/generate", json={"model": "suno/v5"}).json()["output"][0]
        assert httpx.get(track["audio_url"]).content[:4] == b"RIFF"
        for odd in ("x.wav", "9999.wav"):
            assert httpx.get(track["audio_url"].replace("0.wav", odd)).status_code == 404


def test_vectors_are_stable_and_of_length_one() -> None:
    """The same text gives the same vector, another one another."""
    body = {"model": "openai/text-embedding-3-small", "input": ["a", "b", "a"]}
    with opened() as (_gw, http):
        rows: list[Any] = http.post("embeddings", json=body).json()["data"]
    first, second, third = (row["embedding"] for row in rows)
    assert first == third != second
    assert round(sum(x * x for x in first), 4) == 1.0


def test_the_old_ways_of_asking_for_a_key_are_gone() -> None:
    """A key of another's is added in full, or made of its parts."""
    with opened() as (gw, _http):
        text = gw.add_key(kind="management", kid="mine00001", secret="s_1")
        assert text == "phaseo_v1_mk_mine00001_s_1"
        with client(gw, text) as http:
            assert http.get("credits").status_code == 200
