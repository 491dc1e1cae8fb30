"""A waiter in trouble: what it bears, what ends it, and where it looks last."""

from __future__ import annotations

import logging

import httpx
import pytest

from aistats import (
    APIError,
    AuthenticationError,
    ConnectionFailedError,
    JobTimeoutError,
    NotFoundError,
    NotImplementedByGatewayError,
    PermissionDeniedError,
    Poll,
    ResponseDecodeError,
    UpstreamError,
)
from aistats.jobs import BatchJob, MusicJob
from tests.job_world import JobWorld, colours
from tests.test_wait import BUSY, DONE, RESET, busy, waited

LOST = (502, {"error": "upstream_error", "reason": "minimax_api_error"})
QUEUED = {"id": "G-1", "status": "queued", "poll_after_seconds": 3}
TRANSIENT = [
    RESET, httpx.ConnectError("refused"), httpx.ReadTimeout("slow"),
    (429, {"error": "rate_limited"}), (429, {"error": "key_limit_exceeded"}),
    (500, b"Internal Server Error"), (502, b"<html>bad gateway</html>"), (503, {}), (504, b""),
    (520, b"?"), (599, {}), (409, {"error": "not_ready"}),
    *((502, {"error": "upstream_error", "upstream_status": status}) for status in (400, 429, 500)),
    (502, {"error": "upstream_error", "upstream_error": {"code": 2013, "message": "no task_id"}}),
    (502, {"error": "x", "upstream_error": {"message": "too many requests, for your safety"}}),
    *((401, {"error": "unauthorised", "reason": reason}) for reason in (
        "db_error", "server_misconfig_missing_pepper", "oauth_jwks_unavailable")),
    (401, {"error": "unauthorised", "description": "db_error"}),
    (200, b'{"id": "G-1", "sta'), (200, b"<html>hello</html>"), (200, b""), (200, ["a list"]),
    (302, b""),
]  # fmt: skip


@pytest.mark.parametrize("trouble", TRANSIENT, ids=lambda trouble: repr(trouble)[:80])
def test_trouble_says_nothing_about_the_job(trouble):
    """A look that fails on the way is repeated, at the usual pace first, then ever slower."""
    world = JobWorld([busy(5), trouble, trouble, trouble, trouble, busy(5), DONE])
    assert waited(world).succeeded
    assert world.naps == [20.0, 5.0, 5.0, 10.0, 20.0, 40.0, 5.0]


@pytest.mark.parametrize("trouble", [RESET, (502, {"error": "upstream_error"}), (200, b"{")])
@pytest.mark.parametrize("patience", [1, 2, 5])
def test_patience_ends(trouble, patience):
    """So many failures in a row end it with the last error; one success starts the count anew."""
    before = [trouble] * (patience - 1)
    world = JobWorld([*before, busy(1), *before, busy(1), trouble])
    kinds = (ConnectionFailedError, UpstreamError, ResponseDecodeError)
    with pytest.raises(kinds) as caught:
        waited(world, job=world.video(), poll=Poll(patience=patience))
    looks = [path for path in world.paths if path == "/videos/G-1"]
    assert len(looks) == 2 * len(before) + 2 + patience
    assert "G-1" in caught.value.__notes__[0]


def test_retry_after_is_respected_while_polling():
    """Up to the ceiling."""
    refusals = [(429, {"error": "x"}, {"retry-after": after}) for after in ("50", "5", "100000")]
    world = JobWorld([*refusals, DONE])
    assert waited(world).succeeded
    assert world.naps == [20.0, 50.0, 40.0, 120.0]


def test_the_deadline_within_trouble():
    """It times out with the trouble as the cause, and does not say that all is well."""
    world = JobWorld([busy(5), RESET])
    with pytest.raises(JobTimeoutError, match=r"the last look failed \(.*reset by peer") as caught:
        waited(world, timeout=27, poll=Poll(patience=2))
    assert isinstance(caught.value.__cause__, ConnectionFailedError)
    assert caught.value.job.raw == busy(5)
    assert world.naps == [20.0, 5.0, 2.0]
    with pytest.raises(JobTimeoutError, match="it goes on") as caught:
        waited(JobWorld([BUSY]), timeout=27)
    assert caught.value.__cause__ is None


MODERATED = {"code": 1027, "message": "new_sensitive"}


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ((400, {}), APIError, "G-9"), ((402, {}), APIError, "G-9"), ((413, {}), APIError, "G-9"),
        ((401, {"error": "unauthorised", "reason": "key_expired"}), AuthenticationError, "expired"),
        ((403, {}), PermissionDeniedError, "G-9"), ((404, {}), NotFoundError, "G-9"),
        ((501, {}), NotImplementedByGatewayError, "G-9"),
        *(((502, {"error": "upstream_error", "upstream_status": status}), UpstreamError, "G-9")
          for status in (401, 404)),
        *(((502, {"error": "upstream_error", "reason": "some_api_error", **cause}), UpstreamError,
           words)
          for cause, words in [
              ({"upstream_error": MODERATED}, r"new_sensitive \(1027\)"),
              ({"upstream_error": {"code": 1026, "message": "rejected by us"}}, "rejected by us"),
              ({"upstream_error": {"code": "content_policy_violation"}}, "content_policy"),
              ({"upstream_error": "PROHIBITED_CONTENT"}, "PROHIBITED_CONTENT"),
              ({"failure_sample": [{"upstream_error_code": "moderation_blocked"}]}, "moderation_"),
          ]),
    ],
)  # fmt: skip
@colours
def test_what_will_not_pass_ends_the_wait_at_once(colour, answer, kind, words):
    """With its cause in its words; repeating does not help, and the list is not asked."""
    world = JobWorld([BUSY, (answer[0], {"error": "no", **answer[1], "request_id": "G-9"})])
    with pytest.raises(kind, match=words) as caught:
        waited(world, colour)
    assert (caught.value.status_code, caught.value.request_id) == (answer[0], "G-9")
    assert world.paths == ["/videos/G-1"] * 2


def by_path(listed):
    """Answer looks with 502, and the list with the next of `listed` (the last stays)."""

    def answer(request):
        if not request.url.path.endswith(("/videos", "/batches")):
            return LOST
        state = listed.pop(0) if len(listed) > 1 else listed[0]
        page = {"data": [{"id": "G-0", "status": "failed"}, None, state]}
        return page if isinstance(state, dict) else state

    return answer


@colours
def test_the_end_in_the_list_is_the_answer(colour, caplog):
    """Once the job itself cannot be looked at; what is no end there is told to nobody."""
    done = {**QUEUED, "status": "completed"}
    world, seen = JobWorld(by_path([QUEUED, QUEUED, done])), []
    job = waited(world, colour, poll=Poll(patience=3), on_update=seen.append)
    assert job.raw == done
    assert seen == [job]
    assert world.paths == ["/videos/G-1"] * 2 + ["/videos/G-1", "/videos?limit=100"] * 3
    assert world.naps == [20.0, 20.0, 40.0, 80.0, 120.0]
    warned = [line for line in caplog.records if "the list has it" in line.message]
    assert [(line.levelno, line.name) for line in warned] == [(logging.WARNING, "aistats")]


@pytest.mark.parametrize("kind", ["videos", "batches"])
def test_a_stale_list_is_no_sign_of_life(kind, caplog):
    """It stretches patience five-fold, and then the last failure is raised, with its cause."""
    world, seen = JobWorld(by_path([QUEUED])), []
    job = world.video() if kind == "videos" else BatchJob("G-1", {}, engine=world.engine())
    with pytest.raises(UpstreamError, match="minimax_api_error"):
        waited(world, job=job, poll=Poll(patience=2), on_update=seen.append, timeout=None)
    assert world.paths == [f"/{kind}/G-1"] + [f"/{kind}/G-1", f"/{kind}?limit=100"] * 9
    assert seen == []
    assert len([line for line in caplog.records if "the list has it" in line.message]) == 1


def test_a_stale_list_and_the_deadline():
    """The failure that was hidden behind it is the cause, and in the message."""
    world = JobWorld(by_path([QUEUED]))
    with pytest.raises(JobTimeoutError, match="minimax_api_error") as caught:
        waited(world, poll=Poll(patience=2), timeout=600)
    assert isinstance(caught.value.__cause__, UpstreamError)


@pytest.mark.parametrize(
    ("listed", "times"),
    [({"id": "G-2"}, 1), (None, 1), ((404, {}), 1), ((502, {}), 3), (RESET, 3)],
    ids=repr,
)
def test_a_list_that_does_not_help(listed, times):
    """Then the look's own error is raised; the list is asked as often as any call is made."""
    page = {"data": listed} if listed is None else listed
    world = JobWorld(by_path([page]))
    with pytest.raises(UpstreamError, match="minimax_api_error"):
        waited(world, poll=Poll(patience=2))
    assert world.paths == ["/videos/G-1"] * 2 + ["/videos?limit=100"] * times


@pytest.mark.parametrize(("then", "more"), [({"id": "G-2"}, 0), ((404, {}), 7)])
def test_a_list_that_forgets_the_job(then, more):
    """Ends it; a list that only fails does not."""
    world = JobWorld(by_path([QUEUED, then]))
    with pytest.raises(UpstreamError):
        waited(world, poll=Poll(patience=2))
    assert world.paths == ["/videos/G-1"] + ["/videos/G-1", "/videos?limit=100"] * (2 + more)


def test_a_good_look_ends_the_stretch():
    """Patience starts anew, and what the list said before does not count any more."""
    answers, pages = iter([*[LOST] * 3, BUSY, *[LOST] * 2]), iter([QUEUED, QUEUED])

    def answer(request):
        if request.url.path != "/v1/videos":
            return next(answers)
        state = next(pages, None)
        return (404, {}) if state is None else {"data": [state]}

    world = JobWorld(answer)
    with pytest.raises(UpstreamError):
        waited(world, poll=Poll(patience=2))
    assert next(answers, None) is None
    assert world.paths[-3:] == ["/videos/G-1", "/videos/G-1", "/videos?limit=100"]


def test_music_has_no_list():
    """Its wait ends with the look's own error."""
    world = JobWorld([RESET])
    with pytest.raises(ConnectionFailedError):
        waited(world, job=MusicJob("m", {}, engine=world.engine()), poll=Poll(patience=2))
    assert world.paths == ["/music/generate/m"] * 2
