"""Creating a job: one handle, one POST, and never a second one by itself."""

from __future__ import annotations

import json
import pickle
import random
import socket
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from aistats import (
    AIStats,
    AIStatsError,
    AsyncAIStats,
    BatchJob,
    ConnectionFailedError,
    Job,
    MusicJob,
    ResponseDecodeError,
    Retry,
    ServerError,
    StreamTruncatedError,
    UpstreamError,
    VideoJob,
)
from tests.colours import Script
from tests.job_world import KEY, JobWorld, carry, colours
from tests.loopback import Server

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


VECTORS = json.loads((Path(__file__).parent / "vectors" / "creates.json").read_text("utf-8"))
LOST = VECTORS["taken"]["the connection to the provider was lost"]
WHERE = {"videos": "find_recent", "music": "music has no list", "batches": "metadata"}


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
        ((502, b"<html>"), UpstreamError),
        *(((502, body), UpstreamError) for body in VECTORS["taken"].values()),
    ],
    ids=[
        *("reset", "slow", "cut", "page", "nothing", "{}", "no id", "odd id", "500", "504", "503"),
        *("502 page", *VECTORS["taken"]),
    ],
)  # fmt: skip
@every_namespace
def test_a_job_that_may_exist_is_not_created_again(namespace, answer, kind):
    """One POST; the error says that it may exist, since when, and where one can look for it."""
    world = JobWorld([answer])
    before = datetime.now(UTC).replace(microsecond=0)
    with pytest.raises(kind) as caught:
        create(world, namespace)
    assert len(world.requests) == 1
    error, text = caught.value, str(caught.value)
    assert "may exist and be billed" in text
    assert f"{before:%H:%M}" in text or f"{datetime.now(UTC):%H:%M}" in text
    assert WHERE[namespace] in text
    assert ("only the provider recorded" in text) is (kind is UpstreamError)
    assert error.may_have_run
    assert getattr(error, "retryable", False) is False
    since, until = error.window
    assert before <= since <= until <= datetime.now(UTC)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(again), again.may_have_run, again.window) == (text, True, error.window)


@pytest.mark.parametrize(
    ("answer", "posts"),
    [
        ((501, {"error": "not_implemented"}), 1), ((400, {}), 1),
        ((402, {"error": "insufficient_funds"}), 1), ((429, {"error": "key_limit_exceeded"}), 1),
        ((429, {"error": "rate_limited"}), 3), (httpx.ConnectError("refused"), 3), ((302, b""), 1),
        ((401, {"error": "unauthorised", "reason": "db_error"}), 1),
        *(((502, body), 1) for body in VECTORS["refused"].values()),
    ],
    ids=[*("501", "400", "402", "429 used up", "429", "refused", "302", "401"),
         *VECTORS["refused"]],
)  # fmt: skip
def test_a_job_that_certainly_does_not_exist(answer, posts):
    """Nothing frightens the user then; what was refused unseen is tried again."""
    world = JobWorld([answer])
    with pytest.raises(AIStatsError) as caught:
        create(world, "videos")
    assert len(world.requests) == posts
    assert "may exist" not in str(caught.value)
    assert (caught.value.may_have_run, caught.value.window) == (False, None)


CHAT = {"model": "m", "messages": [{"role": "user", "content": "a"}]}
CUT = 'data: {"id": "G-1", "choices": [{"index": 0, "delta": {"content": "a"}}]}\n\n'


def read_stream(client):
    stream = client.chat.completions.stream(**CHAT)
    if isinstance(client, AIStats):
        with stream:
            return list(stream)

    async def read():
        async with stream:
            return [event async for event in stream]

    return read()


@pytest.mark.parametrize(
    ("call", "answer", "may_have_run"),
    [
        (read_stream, CUT, True),
        (lambda client: client.chat.completions.create(**CHAT), "<html>", True),
        (lambda client: client.credits.retrieve(), "<html>", False),
    ],
    ids=["a cut stream", "a page for a completion", "a page for a question"],
)
@colours
def test_half_an_answer_may_have_been_paid_for(colour, call, answer, may_have_run):
    """A success that cannot be used says whether something was made for it."""
    kind = "text/event-stream" if answer is CUT else "application/json"
    script = Script(httpx.Response(200, headers={"content-type": kind}, text=answer))
    with pytest.raises((StreamTruncatedError, ResponseDecodeError)) as caught:
        script.call(colour, call)
    assert caught.value.may_have_run is may_have_run


def test_a_long_message_does_not_push_the_warning_out():
    """Messages are cut; what costs money is not."""
    body = {**LOST, "description": "x" * 2000}
    with pytest.raises(UpstreamError) as caught:
        create(JobWorld([(502, body)]), "videos")
    assert "only the provider recorded" in str(caught.value)
    assert str(caught.value).endswith("(request id G-01C)")


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
    "persistence": message(
        502, json.dumps(VECTORS["taken"]["the gateway could not record it"]).encode()
    ),
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
        fine = times <= 1 and "may exist and be billed" in str(outcome)
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
    assert len(gateway.created) > 84  # of 168: a slow machine gives some calls up before
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
    assert "may exist" not in str(caught.value)
