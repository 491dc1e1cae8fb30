"""Job handles: what a snapshot says, how it travels, and that a job is never created twice."""

from __future__ import annotations

import copy
import json
import pickle
import threading
from datetime import UTC, datetime

import fastapi
import fastapi.testclient
import pydantic
import pytest
from attrs.exceptions import FrozenInstanceError

from aistats import (
    BatchJob,
    ConfigurationError,
    ConflictError,
    Job,
    JobError,
    JobFailedError,
    JobTimeoutError,
    MusicJob,
    UpstreamError,
    VideoJob,
)
from aistats.jobs import KINDS
from tests.job_world import KEY, JobWorld, carry, colours

RAW = {
    "id": "G-7", "status": "in_progress", "progress": 66, "created_at": 1795190000,
    "completed_at": "2026-11-20T16:13:56.217Z", "expires_at": None, "generation_id": "G-7",
}  # fmt: skip
ENDED_BADLY = [
    {"status": "failed", "error": "why"}, {"status": "canceled"}, {"status": "expired"}
]  # fmt: skip
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def test_what_a_snapshot_says():
    """The gateway's words, read once for all kinds."""
    job = VideoJob("G-7", RAW)
    assert (job.id, job.status, job.progress, job.raw) == ("G-7", "in_progress", 66.0, RAW)
    assert (job.is_terminal, job.succeeded, job.outcome) == (False, False, None)
    assert job.created_at == datetime(2026, 11, 20, 15, 53, 20, tzinfo=UTC)
    assert job.completed_at == datetime(2026, 11, 20, 16, 13, 56, 217000, tzinfo=UTC)
    assert (job.expires_at, job.wait_error) == (None, None)
    assert repr(job) == "<VideoJob G-7 in_progress 66 %>"
    assert repr(BatchJob("batch_1", {})) == "<BatchJob batch_1 unknown>"


@pytest.mark.parametrize(
    ("job", "request_id"),
    [
        (VideoJob("G-1", {"requestId": "G-2"}), "G-2"),
        (VideoJob("G-1", {}), "G-1"),
        (BatchJob("batch_1", {"request_id": "G-3"}), "G-3"),
        (BatchJob("batch_1", {}), None),
    ],
)
def test_the_request_id_for_support(job, request_id):
    """A batch's is not its id."""
    assert job.request_id == request_id


@every_kind
def test_handles_are_values(kind):
    """Equal by kind, id and payload; not to be changed."""
    job = kind("G-7", RAW)
    assert job == kind("G-7", dict(RAW))
    assert hash(job) == hash(kind("G-7", {}))
    assert job != kind("G-7", {**RAW, "status": "completed"})
    assert job != kind("G-8", RAW)
    assert job != RAW
    assert job not in [other("G-7", RAW) for other in KINDS.values() if other is not kind]
    with pytest.raises(FrozenInstanceError):
        job.raw = {}


@every_kind
def test_a_job_is_open_to_tools(kind):
    """`vars` for debuggers, `dict` for whoever wants its JSON; neither shows the key."""
    job = kind("G-7", RAW, JobWorld().engine())
    assert (vars(job)["id"], vars(job)["raw"]) == ("G-7", RAW)
    assert dict(job) == job.to_dict() == RAW
    assert kind("G-8", {"a": 1}).to_dict() == {"id": "G-8", "a": 1}
    assert (job["progress"], "progress" in job, "nothing" in job) == (66, True, False)
    assert "not-a-real-secret" not in repr(vars(job))


class Order(pydantic.BaseModel):
    """What a web service might answer with."""

    job: VideoJob
    others: list[Job] = []


def test_web_frameworks_send_the_snapshot():
    """Returned from a route, annotated or not, alone or within others; and as JSON by pydantic."""
    job = VideoJob("G-7", RAW, JobWorld().engine())

    app = fastapi.FastAPI()

    @app.get("/plain")
    def plain():
        return {"jobs": [job]}

    @app.get("/one")
    def one() -> VideoJob:
        return job

    @app.get("/order")
    def order() -> Order:
        return Order(job=job, others=[job])

    web = fastapi.testclient.TestClient(app)
    assert web.get("/plain").json() == {"jobs": [RAW]}
    assert web.get("/one").json() == RAW
    assert web.get("/order").json() == {"job": RAW, "others": [RAW]}
    assert web.get("/openapi.json").status_code == 200
    assert json.loads(Order(job=job).model_dump_json())["job"] == RAW
    assert Order(job=job).job is job
    with pytest.raises(pydantic.ValidationError):
        Order(job=BatchJob("b", {}))


@every_kind
def test_copies_and_pickles(kind):
    """A copy is the handle itself, a deep one has a payload of its own; a pickle has no client."""
    client = JobWorld([RAW]).client()
    job = kind("G-7", copy.deepcopy(RAW), engine=client.engine)
    assert copy.copy(job) is job
    deep = copy.deepcopy(job)
    assert (deep, deep.engine) == (job, job.engine)
    assert deep.raw is not job.raw
    dumped = pickle.dumps(job)
    assert KEY.encode() not in dumped
    assert b"not-a-real-secret" not in dumped
    again = pickle.loads(dumped)  # noqa: S301 - our own bytes
    assert again == job
    with pytest.raises(ConfigurationError, match=r"client\.jobs\.attach"):
        again.refresh()
    assert client.jobs.attach(again).refresh().raw == RAW


def test_a_pickled_job_keeps_why_it_was_given_up():
    """And the error's own job can be waited for again."""
    client = JobWorld([RAW]).client()
    [job] = client.jobs.wait_all([client.videos.job("G-7")], timeout=0)
    again = pickle.loads(pickle.dumps(job))  # noqa: S301 - our own bytes
    assert isinstance(again.wait_error, JobTimeoutError)
    assert again.wait_error.job == job


@every_kind
@colours
def test_a_handle_travels_as_text(kind, colour):
    """`to_json` here, `from_json` in any process: the same snapshot of the same kind."""
    client = JobWorld([RAW]).client(colour)
    raw = {**RAW, "odd": [None, True, 1.5, "\u2028ü\U0001f600", {"a": {}}], "big": 10**30}
    text = kind("G-7", raw).to_json()
    assert KEY not in text
    job = client.jobs.from_json(text)
    assert type(job) is kind
    assert job == kind("G-7", raw)
    assert job.raw == raw
    assert client.jobs.from_json(text.encode()) == job
    assert carry(colour, job.refresh).raw == RAW


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "1", "null", "{}", '{"kind": "video"}', '{"kind": "video", "id": "a"}',
     '{"kind": "video", "id": "", "raw": {}}', '{"kind": "video", "id": 1, "raw": {}}',
     '{"kind": "video", "id": "a", "raw": []}', '{"kind": "car", "id": "a", "raw": {}}',
     '{"kind": ["video"], "id": "a", "raw": {}}', "[" * 100000, None, b"\xff"],
    ids=lambda text: repr(text)[:40],
)  # fmt: skip
def test_other_text_is_refused(text):
    """With one error, whatever is wrong with it."""
    with pytest.raises(ConfigurationError, match="to_json"):
        JobWorld([RAW]).client().jobs.from_json(text)


@pytest.mark.parametrize("wrong", ["", "a/b", "..", "a?b", None, 5])
@pytest.mark.parametrize("namespace", ["videos", "music", "batches"])
def test_an_id_must_be_one_part_of_a_path(namespace, wrong):
    """It is refused before anything is sent."""
    client = JobWorld([RAW]).client()
    if wrong in ("a/b", "a?b"):  # escaped rather than refused
        assert getattr(client, namespace).job(wrong).id == wrong
        return
    with pytest.raises(ConfigurationError):
        getattr(client, namespace).job(wrong)


@pytest.mark.parametrize("raw", ENDED_BADLY, ids=lambda raw: raw["status"])
@colours
def test_what_ended_badly_is_not_fetched(colour, raw, tmp_path):
    """No request: the snapshot knows why there is no file."""
    world = JobWorld()
    with pytest.raises(JobFailedError, match=r"cancelled|expired|failed: why") as caught:
        carry(colour, lambda: world.video(colour, **raw).download(tmp_path / "a.mp4"))
    assert caught.value.job.raw == {"id": "G-1", **raw}
    assert not world.requests


@pytest.mark.parametrize("raw", ENDED_BADLY, ids=lambda raw: raw["status"])
@pytest.mark.parametrize(
    "content",
    [
        *((409, {"error": "not_ready", "reason": f"video_{word}"})
          for word in ("generation_failed", "cancelled", "expired")),
        (502, {"error": "upstream_error", "reason": "video_generation_failed"}),
    ],
    ids=repr,
)  # fmt: skip
@colours
def test_by_id_it_is_told_as_by_the_handle(colour, raw, content, tmp_path):
    """One try and one look, whichever status the provider makes of it."""
    world = JobWorld(lambda r: content if r.url.path.endswith("content") else {"id": "G-1", **raw})
    told = []
    for ask in (
        lambda: world.client(colour).videos.download("G-1", tmp_path / "a"),
        world.video(colour, **raw).wait,
    ):
        with pytest.raises(JobFailedError) as caught:
            carry(colour, ask)
        told.append((str(caught.value), caught.value.job))
    assert told[0] == told[1]
    assert world.paths == ["/videos/G-1/content", "/videos/G-1"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("by_id", [False, True])
@pytest.mark.parametrize("reason", ["missing_video_uri", "google_missing_output"])
@colours
def test_completed_without_an_output_is_told_as_such(colour, reason, by_id, tmp_path):
    """A safety filter took it: no file, one try, and an error about the job, not the network."""
    trouble = (502, {"error": "upstream_error", "reason": reason, "request_id": "G-2"})
    raw = {"id": "G-1", "status": "completed", "outputs": [], "provider": "google-ai-studio"}
    world = JobWorld(lambda r: trouble if r.url.path.endswith("content") else raw)
    job = world.client(colour).videos.job("G-1") if by_id else world.video(colour, **raw)
    with pytest.raises(JobFailedError, match="no output") as caught:
        carry(colour, lambda: job.download(tmp_path / "a.mp4"))
    error = caught.value
    assert (error.status, error.code, error.reason) == ("completed", "upstream_error", reason)
    assert (error.provider, error.request_id, error.job.raw) == ("google-ai-studio", "G-2", raw)
    assert isinstance(error.__cause__, UpstreamError)
    assert world.paths == ["/videos/G-1/content", "/videos/G-1"][: 1 + by_id]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("raw", "content", "kind", "tries", "looks"),
    [
        ({"status": "completed", "outputs": []}, "minimax_video_content_fetch_failed", 502, 3, 0),
        ({"status": "completed", "outputs": [{"index": 0}]}, "missing_video_uri", 502, 1, 0),
        ({"status": "processing", "outputs": []}, "missing_video_uri", 502, 1, 1),
        ({"status": "processing"}, "minimax_video_content_fetch_failed", 502, 3, 0),
        ({"status": "processing"}, "video_not_ready", 409, 1, 1),
    ],
)
def test_trouble_with_fetching_stays_what_it_is(raw, content, kind, tries, looks, tmp_path):
    """The job has an output then, or may yet have one."""
    trouble = (kind, {"error": "upstream_error", "reason": content})
    world = JobWorld(lambda r: trouble if r.url.path.endswith("content") else {"id": "G-1", **raw})
    with pytest.raises(UpstreamError if kind == 502 else ConflictError, match=content):
        world.video(**raw).download(tmp_path / "a.mp4")
    assert world.paths == ["/videos/G-1/content"] * tries + ["/videos/G-1"] * looks


@pytest.mark.parametrize("kind", [MusicJob, BatchJob])
@pytest.mark.parametrize(
    ("raw", "error", "words"),
    [
        ({"status": "running"}, JobError, "wait for it first"),
        ({"status": "failed", "error": "why"}, JobFailedError, "why"),
        ({"status": "completed"}, JobFailedError, "no output"),
    ],
)
def test_a_job_without_anything_to_fetch(kind, raw, error, words, tmp_path):
    """Not yet, or never: two errors, no request, no file."""
    world = JobWorld()
    job = kind("j", raw, engine=world.engine())
    with pytest.raises(error, match=words) as caught:
        job.download(tmp_path / "a")
    assert type(caught.value) is error
    assert list(tmp_path.iterdir()) == []
    assert not world.requests


def test_music_in_the_snapshot_is_written_without_a_request(tmp_path):
    """It came as base64."""
    world = JobWorld()
    job = MusicJob("m", {"audio_base64": "UklGRg=="}, engine=world.engine())
    assert job.save(tmp_path / "a.wav").read_bytes() == b"RIFF"
    assert not world.requests


def test_a_batchs_output_file_is_fetched(tmp_path):
    """Also of one that was cancelled half-way: what is done is paid for."""
    world = JobWorld([(200, b'{"custom_id": "a"}\n')])
    raw = {"status": "cancelled", "output_file_id": "file-1"}
    job = BatchJob("b", raw, engine=world.engine())
    assert job.download(tmp_path / "out.jsonl").read_bytes() == b'{"custom_id": "a"}\n'
    assert world.paths == ["/files/file-1/content"]


@colours
def test_cancelling_a_batch_gives_its_new_state(colour):
    """It can be waited for as before."""
    world = JobWorld([{"id": "b", "status": "cancelling"}])
    job = BatchJob("b", {}, engine=world.engine(colour))
    assert carry(colour, job.cancel).status == "cancelling"
    assert [request.method for request in world.requests] == ["POST"]
    assert world.paths == ["/batches/b/cancel"]


@colours
def test_a_signed_url_and_the_end_of_a_video(colour):
    """Only what the caller asked for is sent."""
    world = JobWorld([{"download_url": "https://x/1", "expires_at": 1795190000}])
    job = world.video(colour)
    made = carry(colour, lambda: job.download_url(ttl_seconds=60))
    assert made.download_url == "https://x/1"
    assert json.loads(world.requests[0].read()) == {"ttl_seconds": 60}
    world = JobWorld([{"id": "G-1", "object": "video.deleted", "deleted": True}])
    assert carry(colour, world.video(colour).delete).deleted is True
    assert [request.method for request in world.requests] == ["DELETE"]


@colours
def test_the_same_by_id(colour, tmp_path):
    """Without a handle; every wish is passed on."""
    world = JobWorld([(200, b"mp4")])
    client = world.client(colour)
    wishes = {"index": 1, "variant": "thumbnail"}
    path = carry(colour, lambda: client.videos.download("G-1", tmp_path / "a", **wishes))
    assert path.read_bytes() == b"mp4"
    with pytest.raises(FileExistsError):
        carry(colour, lambda: client.videos.download("G-1", path))
    carry(colour, lambda: client.videos.download("G-1", path, overwrite=True))
    assert world.paths == ["/videos/G-1/content?index=1&variant=thumbnail", "/videos/G-1/content"]
    world = JobWorld([{"download_url": "https://x/1", "expires_at": 1}])
    signed = {"ttl_seconds": 90, "disposition": "inline", "index": 2}
    client = world.client(colour)
    carry(colour, lambda: client.videos.download_url("G-1", **signed))
    assert json.loads(world.requests[0].read()) == signed
    assert world.paths == ["/videos/G-1/download_url"]


def test_music_behind_a_url_is_fetched_without_the_key(tmp_path):
    """It is another origin."""
    world = JobWorld([(200, b"mp3")])
    raw = {"status": "completed", "output": [{"audio_url": "https://cdn.example/a.mp3"}]}
    job = MusicJob("m", raw, engine=world.engine())
    assert job.download(tmp_path / "a.mp3").read_bytes() == b"mp3"
    [request] = world.requests
    assert str(request.url) == "https://cdn.example/a.mp3"
    assert "authorization" not in request.headers


def test_threads_may_share_a_handle():
    """It has no state of its own."""
    world = JobWorld([{"id": "G-1", "status": "completed"}])
    job, seen = world.video(), []
    threads = [threading.Thread(target=lambda: seen.append(job.refresh())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(found.id, found.status) for found in seen}) == 1
    assert job.status == "unknown"
