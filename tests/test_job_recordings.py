"""Every recorded job sequence, replayed through `create` and `wait` in all colours."""

from __future__ import annotations

import base64
import functools
import re

import pytest

from aistats import APIError, JobFailedError, NotFoundError, Poll, UpstreamError
from tests.conftest import needs_shared
from tests.job_world import JobWorld, carry, colours
from tests.recorded import exchanges

pytestmark = needs_shared

POLL = re.compile(r"(?P<family>.+)_3_poll_(?P<number>\d+)$")


def families():
    """Give the recorded sequences: the creating exchange, and the looks in their order."""
    found: dict[str, list] = {}
    recorded = {**exchanges("video_minimax"), **exchanges("video_sora")}
    for name in sorted(recorded):
        if match := POLL.match(name):
            found.setdefault(match["family"], []).append(recorded[name])
    return {
        family: (recorded[f"{family}_1_create"], looks, recorded)
        for family, looks in found.items()
        if "unpatched" not in family
    }


def answer_of(exchange):
    """Give status and body; a recorded body of bytes is base64."""
    body = exchange["response"]["body"]
    if isinstance(body, dict) and "__base64__" in body:
        body = base64.b64decode(body["__base64__"])
    return exchange["response"]["status"], body


class Replay(JobWorld):
    """Answers by method and path, in the recorded order; the last answer of each stays."""

    def __init__(self, *recorded):
        self.script: dict[tuple[str, str], list] = {}
        for exchange in recorded:
            asked = exchange["request"]
            key = (asked["method"], asked["path"])
            self.script.setdefault(key, []).append(answer_of(exchange))
        super().__init__(self._next)

    def _next(self, request):
        answers = self.script[request.method, request.url.raw_path.decode()]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def hints(looks):
    return [20.0] + [look["response"]["body"]["poll_after_seconds"] for look in looks[:-1]]


def test_the_recordings_hold_what_is_replayed():
    """Five sequences: two providers, and every way that a job ended there."""
    last = {family: looks[-1] for family, (_, looks, _) in families().items()}
    ends = {family: look["response"]["body"]["status"] for family, look in last.items()}
    assert ends == {
        "video_minimax": "completed",
        "video_minimax_expired": "expired",
        "video_minimax_fail": "failed",
        "video_sora": "completed",
        "video_sora_fail": "failed",
    }


@colours
def test_every_sequence_from_create_to_its_end(colour):
    """The naps are the hints, the payload is the last look's, and failure is an error."""
    for create, looks, _ in families().values():
        world = Replay(create, *looks)
        client = world.client(colour)
        body, last = create["request"]["body"], looks[-1]["response"]["body"]

        async def ended(client=client, body=body):
            job = await client.videos.create(**body)
            return await job.wait(raise_on_failure=False)

        if colour == "sync":
            job = client.videos.create(**body).wait(raise_on_failure=False)
        else:
            job = carry(colour, ended)
        assert world.naps == hints(looks)
        assert (job.raw, job.status, job.request_id) == (last, last["status"], last["id"])
        assert job.created_at.year == 2026
        if job.succeeded:
            assert job.progress == 100.0
            continue
        with pytest.raises(JobFailedError) as caught:
            carry(colour, job.wait)
        assert caught.value.status == last["status"]
        assert caught.value.provider == last["provider"]
        error = last.get("error") or {"code": None, "message": None}
        assert (caught.value.code, caught.value.reason) == (error["code"], error["message"])


@colours
def test_a_look_again_keeps_the_end(colour):
    """Even where the gateway cannot find the job any more."""
    for family, (_, looks, recorded) in families().items():
        again = recorded[f"{family}_4_get_terminal_again"]
        world = Replay(looks[-1], again)
        job = carry(colour, lambda world=world, looks=looks: resumed(world, colour, looks[-1]))
        assert carry(colour, job.refresh).outcome == job.outcome


def resumed(world, colour, exchange):
    """Wait for a job by its id alone."""
    job = world.client(colour).videos.job(exchange["request"]["path"].rpartition("/")[2])
    return job.wait(raise_on_failure=False)


@colours
def test_content_after_the_end(colour, tmp_path):
    """A finished one is a file; of a failed one it is told why, without and with a handle."""
    for family, (_, looks, recorded) in families().items():
        content = recorded[f"{family}_5_content"]
        world = Replay(looks[-1], content)
        job = carry(colour, lambda world=world, looks=looks: resumed(world, colour, looks[-1]))
        target = tmp_path / f"{family}.mp4"
        if job.succeeded:
            assert carry(colour, lambda job=job, t=target: job.download(t)).stat().st_size
            continue
        videos, told = world.client(colour).videos, []
        for download in (job.download, functools.partial(videos.download, job.id)):
            with pytest.raises(JobFailedError) as caught:
                carry(colour, lambda get=download, t=target: get(t))
            told.append((caught.value.job, caught.value.status, caught.value.reason))
        assert told[0] == told[1]
        assert [request.url.path.rpartition("/")[2] for request in world.requests[1:]] == [
            "content",
            job.id,
        ]
        assert not target.exists()


@colours
def test_a_job_that_the_gateway_cannot_look_at(colour):
    """The defect of §3.12: only 502s; the list, which has it, ends the wait."""
    broken = exchanges("video_sora")["video_sora_unpatched_3_poll_0"]
    listed = exchanges("video_other")["video_list_limit"]["response"]["body"]
    job_id = broken["request"]["path"].rpartition("/")[2]
    item = {**listed["data"][0], "id": job_id}

    def answer(request):
        if request.url.path == "/v1/videos":
            return {**listed, "data": [*listed["data"], item]}
        return answer_of(broken)

    world = JobWorld(answer)
    job = carry(colour, lambda: world.client(colour).videos.job(job_id).wait())
    assert (job.raw, job.succeeded) == (item, True)
    assert world.naps == [20.0, 20.0, 40.0, 80.0, 120.0]
    gone = JobWorld(lambda r: {"data": []} if r.url.path == "/v1/videos" else answer_of(broken))
    with pytest.raises(UpstreamError, match="minimax_api_error") as caught:
        carry(colour, lambda: gone.client(colour).videos.job(job_id).wait(poll=Poll(patience=2)))
    assert caught.value.reason == "minimax_api_error"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("video_get_unknown", "video_not_found_or_not_owned"),
        ("video_get_unknown_plain", "video_not_found_or_not_owned"),
        ("video_gate_off_get", "video_not_found_or_not_owned"),
        ("video_api_disabled_get", "video_api_temporarily_disabled"),
        ("video_minimax_9_get_deleted", "video_deleted"),
        ("video_sora_9_get_deleted", "video_deleted"),
    ],
)
@colours
def test_answers_that_end_a_wait(colour, name, reason):
    """At the first look."""
    recorded = {**exchanges("video_other"), **exchanges("video_minimax"), **exchanges("video_sora")}
    world = Replay(recorded[name])
    with pytest.raises(APIError) as caught:
        carry(colour, lambda: resumed(world, colour, recorded[name]))
    assert (caught.value.reason, len(world.requests)) == (reason, 1)


@pytest.mark.parametrize(
    "name",
    [name for name, e in exchanges("video_other").items() if name.startswith("video_create_")
     and e["request"]["method"] == "POST"],
)  # fmt: skip
def test_every_recorded_create(name):
    """A handle, or the gateway's refusal; never a second POST."""
    exchange = exchanges("video_other")[name]
    world = Replay(exchange)
    client = world.client()
    body = exchange["request"]["body"]
    wishes = body if isinstance(body, dict) else {"model": "m", "prompt": "p"}
    if exchange["response"]["status"] == 200:
        job = client.videos.create(**wishes)
        assert job.id == exchange["response"]["body"]["id"]
        assert not job.is_terminal
    else:
        with pytest.raises(APIError):
            client.videos.create(**wishes)
    assert len(world.requests) == 1


@colours
def test_the_recorded_batch(colour):
    """From validating to completed, and one that was cancelled; no hints there."""
    recorded = exchanges("batches_files")
    names = ("batches_get_validating", "batches_get_in_progress", "batches_get_completed")
    world = Replay(*(recorded[name] for name in names))
    job_id = recorded["batches_create"]["response"]["body"]["id"]
    job = carry(colour, lambda: world.client(colour).batches.job(job_id).wait())
    assert world.naps == [30.0, 30.0, 30.0]
    assert job.raw == recorded["batches_get_completed"]["response"]["body"]
    assert job.request_id != job.id
    cancelling = world.client(colour).batches.job("b")
    assert not type(cancelling)(
        "b", recorded["batches_get_cancelling"]["response"]["body"]
    ).is_terminal
    query = Replay(recorded["batches_get_unknown"])
    with pytest.raises(NotFoundError):
        carry(colour, lambda: query.client(colour).batches.job("batch_nope").wait())
