"""Job handles: what a snapshot says, how it travels, and that a job is never created twice."""

from __future__ import annotations

import copy
import json
import pickle
import random
import socket
import threading
from collections import Counter
from datetime import UTC, datetime

import httpx
import pytest
from attrs.exceptions import FrozenInstanceError

from aistats import (
    AIStats,
    AIStatsError,
    AsyncAIStats,
    BatchJob,
    ConfigurationError,
    ConnectionFailedError,
    Job,
    JobError,
    JobFailedError,
    JobTimeoutError,
    MusicJob,
    ResponseDecodeError,
    Retry,
    ServerError,
    UpstreamError,
    VideoJob,
)
from aistats.jobs import KINDS
from tests.job_world import KEY, JobWorld, carry, colours
from tests.loopback import Server

RAW = {
    "id": "G-7", "status": "in_progress", "progress": 66, "created_at": 1795190000,
    "completed_at": "2026-11-20T16:13:56.217Z", "expires_at": None, "generation_id": "G-7",
}  # fmt: skip
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


CREATES = {
    "videos": ({"model": "m", "prompt": "p"}, VideoJob, "/videos"),
    "music": ({"model": "m", "prompt": "p"}, MusicJob, "/music/generate"),
    "batches": ({"input_file_id": "f", "endpoint": "/v1/responses"}, BatchJob, "/batches"),
}
every_namespace = pytest.mark.parametrize("namespace", CREATES)


def create(world, namespace, colour="sync", **options):
    params, _, _ = CREATES[namespace]
    client = world.client(colour)
    return carry(colour, lambda: getattr(client, namespace).create(**params, **options))


@every_namespace
@colours
def test_creating_gives_a_handle(namespace, colour):
    """One POST, the caller's JSON, the answer as the first snapshot."""
    world = JobWorld([{"id": "job_1", "status": "queued", "request_id": "G-1"}])
    params, kind, path = CREATES[namespace]
    job = create(world, namespace, colour)
    assert (type(job), job.id, job.request_id) == (kind, "job_1", "G-1")
    assert world.paths == [path]
    assert json.loads(world.requests[0].read()) == params


def test_the_request_id_stands_in_for_a_video_id_only():
    """They are the same there, and nowhere else."""
    answer = {"requestId": "G-1", "request_id": "G-1", "status": "queued"}
    assert create(JobWorld([answer]), "videos").id == "G-1"
    for namespace in ("music", "batches"):
        with pytest.raises(ResponseDecodeError, match="without the id"):
            create(JobWorld([answer]), namespace)


def words_of(error):
    return " ".join([str(error), *getattr(error, "__notes__", [])])


NOT_KEPT = {"upstream_error_code": "async_job_persistence_failed"}
PERSISTENCE = {"error": "upstream_error", "failed_statuses": [200], "failure_sample": [NOT_KEPT]}
LOST = {"error": "upstream_error", "failure_sample": [{"type": "retryable_error"}]}
REFUSED = {"error": "upstream_error", "reason": "all_candidates_failed", "failed_statuses": [500],
           "failure_sample": [{"type": "upstream_non_2xx", "status": 500}]}  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.ReadError("reset"), ConnectionFailedError),
        (httpx.ReadTimeout("slow"), ConnectionFailedError),
        ((200, b'{"id": "G-'), ResponseDecodeError), ((200, b"<html>"), ResponseDecodeError),
        ((200, b""), ResponseDecodeError), ({}, ResponseDecodeError),
        ({"id": ""}, ResponseDecodeError), ({"id": 5}, ResponseDecodeError),
        ((500, {"error": "gateway_error"}), ServerError), ((504, b"<html>"), ServerError),
        ((503, {"error": "batch_submission_persistence_failed"}), ServerError),
        ((502, b"<html>"), UpstreamError), ((502, PERSISTENCE), UpstreamError),
        ((502, LOST), UpstreamError),
        ((502, {"error": {"type": "upstream_outcome_unknown", "batch_id": "b"}}), UpstreamError),
    ],
    ids=repr,
)  # fmt: skip
@every_namespace
def test_a_job_that_may_exist_is_not_created_again(namespace, answer, kind):
    """One POST; the error says that it may exist, and when it would have been created."""
    world = JobWorld([answer])
    before = datetime.now(UTC).replace(microsecond=0)
    with pytest.raises(kind) as caught:
        create(world, namespace)
    assert len(world.requests) == 1
    text = words_of(caught.value)
    assert "may exist and be billed" in text
    assert f"{before:%H:%M}" in text or f"{datetime.now(UTC):%H:%M}" in text
    if isinstance(caught.value, ConnectionFailedError):
        assert caught.value.may_have_run
        since, until = caught.value.window
        assert before <= since <= until <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("answer", "posts"),
    [
        ((502, REFUSED), 1), ((501, {"error": "not_implemented"}), 1), ((400, {}), 1),
        ((402, {"error": "insufficient_funds"}), 1), ((429, {"error": "key_limit_exceeded"}), 1),
        ((429, {"error": "rate_limited"}), 3), (httpx.ConnectError("refused"), 3), ((302, b""), 1),
    ],
    ids=repr,
)  # fmt: skip
def test_a_job_that_certainly_does_not_exist(answer, posts):
    """Nothing frightens the user then; what was refused unseen is tried again."""
    world = JobWorld([answer])
    with pytest.raises(AIStatsError) as caught:
        create(world, "videos")
    assert len(world.requests) == posts
    assert "may exist" not in words_of(caught.value)


def test_a_second_post_only_on_request():
    """`retry_billed=True` is the caller's own risk."""
    world = JobWorld([httpx.ReadError("reset"), {"id": "G-2"}])
    retry = Retry(retry_billed=True, base=0)
    assert create(world, "videos", retry=retry).id == "G-2"
    assert len(world.requests) == 2


# ---------------------------------------------------------------------------------------------
# Over real sockets: 500 calls, every one with a fault.

OK = json.dumps({"id": "G-1", "object": "video", "status": "queued"}).encode()


def message(status, body=b"", length=None, kind="application/json"):
    length = len(body) if length is None else length
    head = f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
    return head.encode() + body


REPLIES = {
    "reset": b"",
    "half a head": b"HTTP/1.1 200 OK\r\ncont",
    "cut": message(200, OK, len(OK) + 9),
    "no HTTP at all": b"SSH-2.0-OpenSSH\r\n",
    "truncated": message(200, OK[:20]),
    "html": message(200, b"<html>welcome</html>", kind="text/html"),
    "empty": message(200),
    "500": message(500, b"Internal Server Error", kind="text/plain"),
    "502": message(502, b"<html>"),
    "503": message(503, b"<html>"),
    "504": message(504, b"<html>"),
    "520": message(520, b"<html>"),
    "persistence": message(502, json.dumps(PERSISTENCE).encode()),
}
FAULTS = [*REPLIES, "silence", "429 first", "closes afterwards"]


class CountingGateway:
    """Breaks every call in one of the ways above, and counts what it was asked to create."""

    def __init__(self):
        self.created: Counter[str] = Counter()
        self.posts: Counter[str] = Counter()

    def __call__(self, connection, request):
        head, _, body = request.partition(b"\r\n\r\n")
        assert head.startswith(b"POST /v1/videos ")
        prompt = json.loads(body)["prompt"]
        fault = prompt.partition(" #")[0]
        self.posts[prompt] += 1
        if fault == "429 first" and self.posts[prompt] == 1:
            connection.sendall(message(429, b'{"error": "rate_limited"}'))
            return
        self.created[prompt] += 1
        if fault in REPLIES:
            connection.sendall(REPLIES[fault])
            connection.shutdown(socket.SHUT_RDWR)
        elif fault == "silence":
            connection.recv(1)  # until the caller has had enough
        else:
            connection.sendall(message(200, OK))
            if fault == "closes afterwards":  # the next call finds a connection that is gone
                connection.shutdown(socket.SHUT_RDWR)


def options_for(fault):
    quick = Retry(attempts=4, base=0.001)
    return {"timeout": 0.05 if fault == "silence" else 20, "retry": quick}


def judge(fault, prompt, gateway, outcome):
    """Say what is wrong with how one call ended."""
    times = gateway.created[prompt]
    if isinstance(outcome, Job):
        fine = times == 1 and fault in ("429 first", "closes afterwards")
    else:  # a call that met a connection just closed by the one before may not have created any
        fine = times <= 1 and "may exist and be billed" in words_of(outcome)
    return None if fine else f"{prompt}: created {times} times, {outcome!r}"


@colours
def test_faulty_calls_never_create_twice(colour):
    """Whatever breaks: one job a call, and where it may exist the error says so."""
    gateway = CountingGateway()
    runs = [(fault, f"{fault} #{i}") for i, fault in enumerate(FAULTS * 11)][:168]
    random.Random(colour).shuffle(runs)

    def outcomes(client):
        for fault, prompt in runs:
            try:
                yield client.videos.create(model="m", prompt=prompt, **options_for(fault))
            except AIStatsError as error:
                yield error

    async def main():
        async with AsyncAIStats(KEY, base_url=f"{server.url}/v1") as client:
            found = []
            for fault, prompt in runs:
                call = client.videos.create(model="m", prompt=prompt, **options_for(fault))
                try:
                    found.append(await call)
                except AIStatsError as error:
                    found.append(error)
            return found

    with Server(gateway) as server:
        if colour == "sync":
            with AIStats(KEY, base_url=f"{server.url}/v1") as client:
                ended = list(outcomes(client))
        else:
            ended = carry(colour, main)
    checked = zip(runs, ended, strict=True)
    wrong = [judge(fault, prompt, gateway, outcome) for (fault, prompt), outcome in checked]
    assert [fault for fault in wrong if fault] == []
    assert len(gateway.created) > 140  # of 168 calls, 504 in the three colours
    assert sum(isinstance(outcome, Job) for outcome in ended) > 11


def test_the_counting_sees_a_second_create():
    """With `retry_billed=True` the same server counts more than one."""
    gateway, prompt = CountingGateway(), "reset #1"
    retry = Retry(attempts=3, base=0.001, retry_billed=True)
    with (
        Server(gateway) as server,
        AIStats(KEY, base_url=f"{server.url}/v1") as client,
        pytest.raises(ConnectionFailedError),
    ):
        client.videos.create(model="m", prompt=prompt, retry=retry)
    assert gateway.created[prompt] == 3


def test_a_gateway_that_is_not_there():
    """Nothing was sent, so nothing may exist, and there is no window to search."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1"
    with AIStats(KEY, base_url=url) as client, pytest.raises(ConnectionFailedError) as caught:
        client.videos.create(model="m", prompt="p", retry=Retry(base=0.001))
    assert (caught.value.may_have_run, caught.value.window) == (False, None)
    assert "may exist" not in words_of(caught.value)


# ---------------------------------------------------------------------------------------------
# Fetching what a job made, as far as the handle decides it.


@pytest.mark.parametrize("reason", ["missing_video_uri", "google_missing_output"])
def test_completed_without_an_output_is_told_as_such(reason, tmp_path):
    """A safety filter took it: no file, and an error about the job, not about the network."""
    trouble = (502, {"error": "upstream_error", "reason": reason, "request_id": "G-2"})
    world = JobWorld([trouble])
    job = world.video(status="completed", outputs=[], provider="google-ai-studio")
    with pytest.raises(JobFailedError, match="no output") as caught:
        job.download(tmp_path / "a.mp4")
    error = caught.value
    assert (error.status, error.code, error.reason) == ("completed", "upstream_error", reason)
    assert (error.provider, error.request_id, error.job) == ("google-ai-studio", "G-2", job)
    assert isinstance(error.__cause__, UpstreamError)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"status": "completed", "outputs": []}, "minimax_video_content_fetch_failed"),
        ({"status": "completed", "outputs": [{"index": 0}]}, "missing_video_uri"),
        ({"status": "processing", "outputs": []}, "missing_video_uri"),
    ],
)
def test_trouble_with_fetching_stays_what_it_is(raw, reason, tmp_path):
    """The job has an output then, or may yet have one."""
    world = JobWorld([(502, {"error": "upstream_error", "reason": reason})])
    with pytest.raises(UpstreamError, match=reason):
        world.video(**raw).download(tmp_path / "a.mp4")


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
