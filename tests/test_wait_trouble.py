"""A waiter in trouble: what it bears, what ends it, and where it looks last."""

from __future__ import annotations

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
from aistats.jobs import MusicJob
from tests.job_world import JobWorld, colours, unread
from tests.test_wait import BUSY, DONE, RESET, busy, waited

TRANSIENT = [
    RESET, httpx.ConnectError("refused"), httpx.ReadTimeout("slow"),
    (429, {"error": "rate_limited"}), (429, {"error": "key_limit_exceeded"}),
    (500, b"Internal Server Error"), (502, {"error": "upstream_error", "upstream_status": 404}),
    (502, b"<html>bad gateway</html>"), (503, {}), (504, b""), (520, b"?"), (599, {}),
    (409, {"error": "not_ready"}), (200, b'{"id": "G-1", "sta'), (200, b"<html>hello</html>"),
    (200, b""), (200, ["a list"]), (302, b""),
]  # fmt: skip


@pytest.mark.parametrize("trouble", TRANSIENT, ids=repr)
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

    refusals = ["50", "5", "100000"]

    class World(JobWorld):
        def send(self, request):
            response = super().send(request)
            if not refusals:
                return response
            return unread(429, {"error": "x"}, request, {"retry-after": refusals.pop(0)})

    world = World([DONE])
    assert waited(world).succeeded
    assert world.naps == [20.0, 50.0, 40.0, 120.0]


def test_the_deadline_within_trouble():
    """It times out with the trouble as the cause, and says that the job goes on."""
    world = JobWorld([busy(5), RESET])
    with pytest.raises(JobTimeoutError) as caught:
        waited(world, timeout=27, poll=Poll(patience=2))
    assert isinstance(caught.value.__cause__, ConnectionFailedError)
    assert caught.value.job.raw == busy(5)
    assert world.naps == [20.0, 5.0, 2.0]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, APIError), (401, AuthenticationError), (402, APIError), (403, PermissionDeniedError),
        (404, NotFoundError), (413, APIError), (501, NotImplementedByGatewayError),
    ],
)  # fmt: skip
@colours
def test_answers_about_the_caller_end_the_wait_at_once(colour, status, kind):
    """Repeating does not help; the list is not asked."""
    world = JobWorld([BUSY, (status, {"error": "no", "request_id": "G-9"})])
    with pytest.raises(kind) as caught:
        waited(world, colour)
    assert caught.value.status_code == status
    assert world.paths == ["/videos/G-1"] * 2


def test_the_list_is_the_last_resort():
    """Once the job itself cannot be looked at, its stored state is read there (§3.10, §3.12)."""
    item = {"id": "G-1", "status": "queued", "poll_after_seconds": 3}
    stored = [item, item, {**item, "status": "completed"}]

    def answer(request):
        if request.url.path == "/v1/videos":
            return {"data": [{"id": "G-0", "status": "failed"}, None, stored.pop(0)]}
        return (502, {"error": "upstream_error", "reason": "minimax_api_error"})

    world, seen = JobWorld(answer), []
    job = waited(world, poll=Poll(patience=3), on_update=seen.append)
    assert job.raw == {**item, "status": "completed"}
    assert world.paths == (
        ["/videos/G-1"] * 3 + ["/videos?limit=100"] + ["/videos/G-1", "/videos?limit=100"] * 2
    )
    assert [told.status for told in seen] == ["queued", "queued", "completed"]
    assert world.naps == [20.0, 20.0, 40.0, 3.0, 3.0]


@pytest.mark.parametrize(
    ("listed", "times"),
    [
        ({"data": []}, 1), ({"data": None}, 1), ({}, 1), ({"data": [{"id": "G-2"}]}, 1),
        ((404, {}), 1), ((502, {}), 3), (RESET, 3),
    ],
    ids=repr,
)  # fmt: skip
def test_a_list_that_does_not_help(listed, times):
    """Then the look's own error is raised; the list is asked as often as any call is made."""
    looks = JobWorld(
        lambda request: listed if request.url.path == "/v1/videos" else (502, {"error": "mine"})
    )
    with pytest.raises(UpstreamError, match="mine"):
        waited(looks, poll=Poll(patience=2))
    assert looks.paths == ["/videos/G-1"] * 2 + ["/videos?limit=100"] * times


def test_a_job_found_in_the_list_and_lost_again():
    """Patience starts anew after the list has helped."""
    found = {"data": [{"id": "G-1", "status": "queued", "poll_after_seconds": 2}]}
    pages = [found, (404, {}), (404, {})]
    world = JobWorld(lambda r: pages.pop(0) if r.url.path == "/v1/videos" else RESET)
    with pytest.raises(ConnectionFailedError):
        waited(world, poll=Poll(patience=2))
    assert world.naps == [20.0, 20.0, 2.0, 2.0]


def test_music_has_no_list():
    """Its wait ends with the look's own error."""
    world = JobWorld([RESET])
    with pytest.raises(ConnectionFailedError):
        waited(world, job=MusicJob("m", {}, engine=world.engine()), poll=Poll(patience=2))
    assert world.paths == ["/music/generate/m"] * 2
