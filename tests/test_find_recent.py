"""Finding a job again whose creating call had no answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aistats import AIStats, ConfigurationError, ConnectionFailedError, Poll, Retry
from aistats.sandbox import Sandbox
from tests.conftest import needs_shared
from tests.job_world import JobWorld, carry, colours
from tests.recorded import exchanges

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def item(number, *, after=0.0, model="sora-2", **raw):
    created_at = int((NOON + timedelta(seconds=after)).timestamp())
    return {"id": f"G-{number}", "model": model, "created_at": created_at, **raw}


def found(items, colour="sync", **options):
    world = JobWorld([{"object": "list", "data": items}])
    client = world.client(colour)
    jobs = carry(colour, lambda: client.videos.find_recent(**{"since": NOON, **options}))
    assert world.paths == ["/videos?limit=100"]
    return [job.id for job in jobs]


@colours
def test_the_newest_come_first_and_older_ones_not_at_all(colour):
    """A minute of clock difference is allowed for."""
    items = [item(1, after=5), item(2, after=-59), item(3, after=-61), item(4, after=90)]
    assert found(items, colour) == ["G-4", "G-1", "G-2"]


def test_times_in_all_their_forms():
    """A job whose age cannot be read is shown rather than lost."""
    forms = ["2026-11-20T12:00:01+00:00", "2026-11-20T07:00:02-05:00", NOON.timestamp() + 3]
    items = [{"id": f"G-{i}", "created_at": form} for i, form in enumerate(forms)]
    odd = [{"id": "G-x", "created_at": "soon"}, {"id": "G-y"}]
    assert found([*items, *odd]) == ["G-x", "G-y", "G-2", "G-1", "G-0"]


@pytest.mark.parametrize(
    ("asked", "made_by", "same"),
    [
        ("google/veo-3.1-lite", "veo-3.1-lite-generate-preview", True),
        ("google/veo-3.1-lite-preview", "google/veo-3.1-lite-preview", True),
        ("minimax/hailuo-2.3", "MiniMax-Hailuo-2.3", True),
        ("openai/sora-2", "sora-2", True),
        ("openai/sora-2-2026-01-01", "sora-2", True),
        ("openai/sora-2", "veo-3.1", False),
        ("openai/sora-2", "sora-1", False),
        ("openai/sora-2", None, True),
        (None, "anything", True),
    ],
)
def test_the_providers_name_of_the_model(asked, made_by, same):
    """The gateway lists that one, not the one that was asked for (§3.3)."""
    assert found([item(1, model=made_by)], model=asked) == (["G-1"] if same else [])


@pytest.mark.parametrize("data", [[], None, "x", [None, 5, {}, {"id": ""}, {"id": 5}]])
def test_odd_lists_give_nothing(data):
    """And no error."""
    assert found(data) == []


@pytest.mark.parametrize("since", [datetime(2026, 11, 20), 5, None, "2026-11-20"])  # noqa: DTZ001
def test_since_must_be_aware(since):
    """Refused before anything is sent."""
    with pytest.raises(ConfigurationError, match="aware"):
        JobWorld().client().videos.find_recent(since=since)


@needs_shared
def test_the_recorded_list():
    """Both forms of time, both providers' names."""
    page = exchanges("video_other")["video_list_limit"]["response"]["body"]
    world = JobWorld([page])
    jobs = world.client().videos.find_recent(since=datetime(2026, 11, 1, tzinfo=UTC))
    assert {job.id for job in jobs} == {entry["id"] for entry in page["data"]}
    assert [job.created_at for job in jobs] == sorted((j.created_at for j in jobs), reverse=True)


def test_the_whole_way_from_a_lost_answer_to_the_video(tmp_path):
    """The error's window finds the one job that exists; nothing is paid twice."""
    quick = Poll(floor=0, ceiling=0)
    with Sandbox() as gateway, AIStats(gateway.api_key, base_url=gateway.base_url) as client:
        client.videos.create(model="openai/sora-2", prompt="another", size="720x1280")
        gateway.fail(on="videos.create", drop="answer")
        with pytest.raises(ConnectionFailedError) as caught:
            client.videos.create(model="google/veo-3.1-lite", prompt="a lake", retry=Retry())
        assert caught.value.may_have_run
        since, until = caught.value.window
        assert since <= until
        [job] = client.videos.find_recent(since=since, model="google/veo-3.1-lite")
        assert job.wait(poll=quick).download(tmp_path / "a.mp4").exists()
        gateway.requests.assert_called("videos.create", times=2)
        assert len(gateway.videos.ids) == 2
