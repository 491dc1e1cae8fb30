"""Jobs go as the test plans them, and look at every stage as they do on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from aistats.sandbox import MISSING, Quirks, Sandbox
from tests.sandbox_client import SORA, VEO, VIDEO, client, create

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = 1_800_000_000


@pytest.fixture
def gw() -> Iterator[Sandbox]:
    """A sandbox whose clock stands still until it is moved."""
    with Sandbox(seed=3, now=NOW) as gateway:
        yield gateway


@pytest.fixture
def http(gw: Sandbox) -> Iterator[httpx.Client]:
    """A plain client with the sandbox's key."""
    with client(gw) as plain:
        yield plain


def look(http: httpx.Client, video_id: str) -> dict[str, Any]:
    """Look at a video."""
    answer = http.get(f"videos/{video_id}")
    assert answer.status_code == 200
    return dict(answer.json())


def test_a_job_ends_at_the_second_look_when_nothing_is_planned(http: httpx.Client) -> None:
    """The create answer is the small form; the looks bring the large one."""
    made = http.post("videos", json=VIDEO).json()
    assert made["status"] == "queued"
    assert "poll_after_seconds" not in made
    assert "content_url" not in made
    looks = [look(http, made["id"]) for _ in range(3)]
    assert [job["status"] for job in looks] == ["processing", "completed", "completed"]
    assert [job["poll_after_seconds"] for job in looks] == [20, 20, 20]


def test_hints_follow_the_plan_look_by_look(gw: Sandbox, http: httpx.Client) -> None:
    """A list gives one hint for each look, and its last one stays."""
    gw.videos.plan(polls=5, poll_after_seconds=[3, 7.5, "soon", None])
    video_id = create(http)
    hints = [look(http, video_id)["poll_after_seconds"] for _ in range(5)]
    assert hints == [3, 7.5, "soon", None, None]


def test_a_hint_can_be_missing(gw: Sandbox, http: httpx.Client) -> None:
    """MISSING leaves the key out, alone or within a list."""
    gw.videos.plan(polls=3, poll_after_seconds=[MISSING, 4])
    video_id = create(http)
    first, second = look(http, video_id), look(http, video_id)
    assert "poll_after_seconds" not in first
    assert second["poll_after_seconds"] == 4


def test_the_clock_decides_when_seconds_are_planned(gw: Sandbox, http: httpx.Client) -> None:
    """Looks do not help; time does, and it passes when the test says so."""
    gw.videos.plan(seconds=60)
    video_id = create(http)
    assert [look(http, video_id)["status"] for _ in range(4)] == ["processing"] * 4
    gw.advance(59)
    assert look(http, video_id)["status"] == "processing"
    gw.advance(1)
    assert look(http, video_id)["status"] == "completed"


def test_content_is_there_when_the_time_is_over_although_nobody_looked(
    gw: Sandbox, http: httpx.Client
) -> None:
    """Fetching content asks the provider by itself."""
    gw.videos.plan(seconds=60)
    video_id = create(http)
    assert http.get(f"videos/{video_id}/content").status_code == 409
    gw.advance(60)
    assert http.get(f"videos/{video_id}/content").content[4:8] == b"ftyp"


def test_the_clock_only_moves_on(gw: Sandbox) -> None:
    """Going back is refused, with the reason."""
    assert gw.now() == NOW
    with pytest.raises(ValueError, match="only moves on"):
        gw.advance(-1)


def test_progress_is_reported_by_some_providers_only(gw: Sandbox, http: httpx.Client) -> None:
    """OpenAI tells how far it is; the others say 0 until they say 100; a plan beats both."""
    gw.videos.plan(polls=4)
    sora, hailuo = create(http, SORA), create(http)
    assert [look(http, sora)["progress"] for _ in range(4)] == [25, 50, 75, 100]
    assert [look(http, hailuo)["progress"] for _ in range(4)] == [0, 0, 0, 100]
    gw.videos.plan(polls=3, progress=[5, 6])
    planned = create(http)
    assert [look(http, planned)["progress"] for _ in range(3)] == [5, 6, 100]


def test_the_status_before_the_end_can_be_any_word(gw: Sandbox, http: httpx.Client) -> None:
    """A client has to take an unknown word for "not yet"."""
    gw.videos.plan(polls=3, statuses=["queued", "polishing"])
    video_id = create(http)
    statuses = [look(http, video_id)["status"] for _ in range(3)]
    assert statuses == ["queued", "polishing", "completed"]


def test_a_planned_status_can_be_the_end(gw: Sandbox, http: httpx.Client) -> None:
    """Then the job is over, whatever `polls` says."""
    gw.videos.plan(polls=9, statuses=["queued", "completed"])
    video_id = create(http)
    assert [look(http, video_id)["status"] for _ in range(2)] == ["queued", "completed"]


def test_progress_follows_the_clock_where_it_decides(gw: Sandbox, http: httpx.Client) -> None:
    """Half of the time is half of the way."""
    gw.videos.plan(seconds=10)
    video_id = create(http, SORA)
    gw.advance(5)
    assert look(http, video_id)["progress"] == 50


def test_what_a_job_has_depends_on_the_access_that_was_asked_for(
    gw: Sandbox, http: httpx.Client
) -> None:
    """Bytes have a content address, signed URLs a download address, both have both."""
    gw.videos.plan(polls=1)
    for access, names in (
        ("bytes", {"content_url"}),
        ("signed_url", {"download_url"}),
        ("both", {"content_url", "download_url"}),
    ):
        job = look(http, create(http, VIDEO | {"output": {"access": access}}))
        assert {"content_url", "download_url"} & job.keys() == names


def test_a_plan_can_be_for_the_next_jobs_only(gw: Sandbox, http: httpx.Client) -> None:
    """After them, jobs go as they did before."""
    gw.videos.plan(next=2, polls=0, status="failed")
    made = [http.post("videos", json=VIDEO).json()["status"] for _ in range(3)]
    assert made == ["failed", "failed", "queued"]


def test_a_job_can_be_ended_by_hand(gw: Sandbox, http: httpx.Client) -> None:
    """The next look shows it."""
    gw.videos.plan(polls=1000)
    video_id = create(http)
    assert look(http, video_id)["status"] == "processing"
    gw.videos.finish(video_id, "expired")
    assert look(http, video_id)["status"] == "expired"
    assert gw.videos.ids == [video_id]
    with pytest.raises(KeyError, match="nope"):
        gw.videos.finish("nope")


@pytest.mark.parametrize(
    ("body", "error", "status", "reason"),
    [
        (SORA, {"code", "message"}, 502, "video_generation_failed"),
        (VEO, str, 502, "video_generation_failed"),
        (VIDEO, None, 409, "video_generation_failed"),
    ],
)
def test_failure_looks_different_by_provider(
    gw: Sandbox, http: httpx.Client, body: dict[str, Any], error: Any, status: int, reason: str
) -> None:
    """OpenAI has an object, Google a string, MiniMax no error key; their content differs too."""
    gw.videos.plan(polls=1, status="failed")
    video_id = create(http, body)
    job = look(http, video_id)
    told = job.get("error")
    assert (told.keys() if isinstance(told, dict) else told and type(told)) == error
    assert job["billing"]["state"] == "void"
    content = http.get(f"videos/{video_id}/content")
    assert (content.status_code, content.json()["reason"]) == (status, reason)


def test_the_error_of_a_failed_job_can_be_anything(gw: Sandbox, http: httpx.Client) -> None:
    """The plan's error is sent as it is."""
    gw.videos.plan(polls=1, status="failed", error=["odd", {"n": 1}])
    assert look(http, create(http))["error"] == ["odd", {"n": 1}]


@pytest.mark.parametrize("status", ["cancelled", "expired"])
def test_a_job_that_was_cancelled_or_expired_cannot_be_deleted(
    gw: Sandbox, http: httpx.Client, status: str
) -> None:
    """The gateway deletes completed and failed jobs only; without that quirk all that ended."""
    gw.videos.plan(polls=1, status=status)
    video_id = create(http)
    look(http, video_id)
    refused = http.delete(f"videos/{video_id}")
    assert refused.status_code == 400
    assert refused.json()["reason"] == "video_delete_requires_terminal_status"
    assert http.get(f"videos/{video_id}/content").json()["reason"] == f"video_{status}"


def test_a_deleted_video_is_gone_but_stays_in_the_list(gw: Sandbox, http: httpx.Client) -> None:
    """GET and content say so; deleting again is no error."""
    gw.videos.plan(polls=1)
    video_id = create(http)
    look(http, video_id)
    for _ in range(2):
        assert http.delete(f"videos/{video_id}").json()["deleted"] is True
    assert http.get(f"videos/{video_id}").json()["reason"] == "video_deleted"
    assert http.get(f"videos/{video_id}/content").status_code == 404
    assert [job["id"] for job in http.get("videos?limit=9").json()["data"]] == [video_id]


def test_a_completed_job_may_list_no_outputs(gw: Sandbox, http: httpx.Client) -> None:
    """Only Google's jobs list one unless the plan says how many."""
    gw.videos.plan(polls=1)
    assert look(http, create(http))["outputs"] == []
    assert len(look(http, create(http, VEO))["outputs"]) == 1
    gw.videos.plan(polls=1, outputs=3)
    job = look(http, create(http))
    assert [output["index"] for output in job["outputs"]] == [0, 1, 2]
    assert job["asset"]["mime_type"] == "video/mp4"


def test_completed_at_moves_with_every_look(gw: Sandbox, http: httpx.Client) -> None:
    """It is when the gateway last finalised the job, not when the job was done."""
    gw.videos.plan(polls=1)
    video_id = create(http)
    first = look(http, video_id)["completed_at"]
    gw.advance(5)
    assert look(http, video_id)["completed_at"] > first


def test_times_are_written_in_the_provider_s_manner(http: httpx.Client) -> None:
    """Unix seconds from OpenAI, ISO-8601 from the others."""
    assert look(http, create(http, SORA))["created_at"] == NOW
    assert look(http, create(http))["created_at"] == "2027-01-15T08:00:00.000000+00:00"


def test_a_signed_url_needs_no_key_until_it_runs_out(gw: Sandbox, http: httpx.Client) -> None:
    """After its time it is an ordinary request without a key."""
    gw.videos.plan(polls=1)
    video_id = create(http)
    look(http, video_id)
    signed = http.post(f"videos/{video_id}/download_url", json={"ttl_seconds": 5}).json()
    assert signed["expires_at"] == NOW + 60, "the shortest is a minute"
    answer = httpx.get(signed["download_url"])
    assert answer.content[4:8] == b"ftyp"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{video_id}.mp4"'
    gw.advance(61)
    late = httpx.get(signed["download_url"])
    assert late.status_code == 401
    assert late.json()["reason"] == "missing_or_invalid_authorization_header"


def test_a_signature_is_for_one_video_and_cannot_be_changed(
    gw: Sandbox, http: httpx.Client
) -> None:
    """Another id is refused, another digit is no signature, a later end neither."""
    gw.videos.plan(polls=0)
    mine, other = create(http), create(http)
    url = http.post(f"videos/{mine}/download_url").json()["download_url"]
    assert httpx.get(url.replace(mine, other)).json()["reason"] == "signed_download_video_mismatch"
    query = parse_qs(urlsplit(url).query)
    signature, until = query["download_sig"][0], query["expires_at"][0]
    assert httpx.get(url.replace(signature, "0" * 64)).status_code == 401
    assert httpx.get(url.replace(until, str(int(until) + 1))).status_code == 401


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "invalid_video_download_request_body"),
        (b"[]", "invalid_video_download_request"),
        (b'{"ttl_seconds": 0}', "invalid_video_download_request"),
        (b'{"index": -1}', "invalid_video_download_request"),
        (b'{"disposition": "sideways"}', "invalid_video_download_request"),
    ],
)
def test_a_wrong_wish_for_a_download_url_is_refused(
    gw: Sandbox, http: httpx.Client, body: bytes, reason: str
) -> None:
    """The reasons are the gateway's."""
    gw.videos.plan(polls=0)
    answer = http.post(f"videos/{create(http)}/download_url", content=body)
    assert (answer.status_code, answer.json()["reason"]) == (400, reason)


def test_a_download_url_is_given_for_the_stored_status(gw: Sandbox, http: httpx.Client) -> None:
    """The provider is not asked, so a job that is over can still be refused."""
    gw.videos.plan(seconds=60)
    video_id = create(http)
    gw.advance(60)
    refused = http.post(f"videos/{video_id}/download_url")
    assert refused.json()["reason"] == "video_download_requires_completed_status"
    look(http, video_id)
    assert http.post(f"videos/{video_id}/download_url").status_code == 200


def test_only_openai_has_a_thumbnail(gw: Sandbox, http: httpx.Client) -> None:
    """The other providers ignore the wish."""
    gw.videos.plan(polls=0)
    for body, kind in ((SORA, "image/webp"), (VIDEO, "video/mp4")):
        answer = http.get(f"videos/{create(http, body)}/content?variant=thumbnail")
        assert answer.headers["Content-Type"] == kind


def test_the_list_has_its_traps(gw: Sandbox, http: httpx.Client) -> None:
    """No limit: an empty page that says there is more. After the last one: nothing."""
    made = [create(http) for _ in range(3)]
    empty = http.get("videos").json()
    assert (empty["data"], empty["last_id"], empty["has_more"]) == ([], None, True)
    first = http.get("videos?limit=2").json()
    assert [job["id"] for job in first["data"]] == made[:0:-1]
    assert first["has_more"] is True
    second = http.get(f"videos?limit=2&after={first['last_id']}").json()
    assert [job["id"] for job in second["data"]] == made[:1]
    assert second["has_more"] is False
    again = http.get("videos?limit=2&after=unknown").json()
    assert again["first_id"] == first["first_id"]
    oldest = http.get("videos?limit=1&order=asc").json()
    assert oldest["first_id"] == made[0]


def test_the_list_filters_by_status_and_its_aliases(gw: Sandbox, http: httpx.Client) -> None:
    """Several words are taken, unknown ones are not looked at."""
    gw.videos.plan(next=1, polls=0, status="failed")
    failed, waiting = create(http), create(http)
    for words, expected in (
        ("error", [failed]),
        ("pending", [waiting]),
        ("failed,queued", [waiting, failed]),
        ("frobnicated", [waiting, failed]),
    ):
        found = http.get(f"videos?limit=9&status={words}").json()["data"]
        assert [job["id"] for job in found] == expected


def test_without_quirks_the_gateway_is_as_one_would_wish() -> None:
    """The create answer is whole, the list has a default, a running job can be cancelled."""
    with Sandbox(quirks=False) as gw, client(gw) as http:
        answer = http.post("videos", json=VIDEO)
        assert answer.status_code == 202
        made = answer.json()
        assert made["poll_after_seconds"] == 20
        listed = http.get("videos").json()
        assert [job["id"] for job in listed["data"]] == [made["id"]]
        assert listed["has_more"] is False
        assert http.post(f"videos/{made['id']}/cancel").json()["status"] == "cancelled"
        assert http.post(f"videos/{made['id']}/cancel").status_code == 400
        assert http.delete(f"videos/{made['id']}").json()["deleted"] is True


def test_single_quirks_can_be_switched_by_name() -> None:
    """The others stay; an unknown name is refused with the names there are."""
    assert Quirks.read({"list_needs_limit": False}) == Quirks(list_needs_limit=False)
    with pytest.raises(ValueError, match=r"no quirk is called 'nope'.*list_needs_limit"):
        Quirks.read({"nope": True})


def test_the_defects_of_two_providers_can_be_switched_on() -> None:
    """OpenAI's jobs cannot be looked at; Google's only until their end was seen."""
    quirks = Quirks(sora_cannot_be_polled=True, google_breaks_after_terminal=True)
    with Sandbox(quirks=quirks) as gw, client(gw) as http:
        gw.videos.plan(polls=1)
        assert http.get(f"videos/{create(http, SORA)}").json()["reason"] == "minimax_api_error"
        google = create(http, VEO)
        assert look(http, google)["status"] == "completed"
        broken = http.get(f"videos/{google}")
        assert broken.json()["reason"] == "google_vertex_operation_fetch_failed"
        assert broken.json()["upstream_status"] == 401


def test_an_expensive_job_is_refused_by_the_wallet(gw: Sandbox, http: httpx.Client) -> None:
    """Below a dollar it is 402; above, a price that is too high comes as a 502."""
    gw.set_balance(0.99)
    poor = http.post("videos", json=VIDEO)
    assert (poor.status_code, poor.json()["error"]) == (402, "insufficient_funds")
    gw.set_balance(1.5)
    short = http.post("videos", json=SORA | {"seconds": "20"})
    told = short.json()
    assert (short.status_code, told["error"]) == (502, "provider_payment_required")
    assert told["failure_sample"][0]["upstream_error_code"] == "insufficient_funds"
    assert told["failed_statuses"] == [402]


def test_a_finished_job_is_paid_and_a_failed_one_is_not(gw: Sandbox, http: httpx.Client) -> None:
    """The wallet goes down by the price, once."""
    gw.videos.plan(next=1, polls=1)
    gw.videos.plan(next=1, polls=1, status="failed")
    for _ in range(2):
        video_id = create(http)
        look(http, video_id)
        look(http, video_id)
    with client(gw, gw.management_key) as manager:
        balance = manager.get("credits").json()["credits"]["balance_nanos"]
    assert balance == 1_000_000_000_000 - 280_000_000


def test_music_is_a_job_too(gw: Sandbox, http: httpx.Client) -> None:
    """It has no hint of its own; its sound is inside the answer or at another origin."""
    inline = http.post("music/generate", json={"model": "elevenlabs/music-v1", "prompt": "x"})
    music_id = inline.json()["id"]
    looks = [http.get(f"music/generate/{music_id}").json() for _ in range(2)]
    assert [job["status"] for job in looks] == ["in_progress", "completed"]
    assert "poll_after_seconds" not in looks[0]
    assert looks[1]["output"][0]["audio_base64"]
    gw.music.plan(polls=0, poll_after_seconds=2)
    track = http.post("music/generations", json={"model": "suno/v5"}).json()["output"][0]
    host = urlsplit(track["audio_url"]).hostname
    assert host != urlsplit(gw.base_url).hostname
    assert httpx.get(track["audio_url"]).content[:4] == b"RIFF"


def test_music_fails_as_planned(gw: Sandbox, http: httpx.Client) -> None:
    """A failed job has no output, and says why unless told not to."""
    gw.music.plan(polls=1, status="failed")
    music_id = http.post("music/generate", json={"model": "suno/v5"}).json()["id"]
    job = http.get(f"music/generate/{music_id}").json()
    assert (job["status"], job["output"]) == ("failed", [])
    assert job["error"]
    assert http.get("music/generate/nope").json()["reason"] == "music_not_found_or_not_owned"
