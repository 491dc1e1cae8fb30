"""Every parser of the package behind its public door, and the promise it must keep.

Whatever comes, the caller sees a result or an `AIStatsError`; results can be read, printed, copied
and pickled, and errors are one line of text. A check raises for anything else.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import hmac
import pickle
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import frozen
from hypothesis import strategies as st

from aistats import (
    AIStats,
    AIStatsError,
    APIError,
    APIKey,
    InvalidKeyError,
    Job,
    Poll,
    request_id_of,
    usage_of,
    webhooks,
)
from scripts.spec.grammar import SpecError
from scripts.spec.load import parse
from tests.trust import strategies as hostile
from tests.trust.doors import CALLS, LISTS, STREAMS
from tests.trust.matrix import VIDEO
from tests.trust.promises import LAST, Reply, check_error, check_result, has_nan, sees, stage

if TYPE_CHECKING:
    from collections.abc import Callable

PACE = Poll(default=0.0, floor=0.0, ceiling=0.0, patience=2)


@frozen
class Parser:
    """What can come, and the check of what the package makes of it."""

    cases: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def check_error_answer(reply: Reply) -> None:
    """Have any answer with a status >= 400 be an `APIError` with that status."""
    with pytest.raises(APIError) as caught:
        stage().plays(reply).key.retrieve()
    assert caught.value.status_code == reply[0]
    check_error(caught.value)


def check_retry_after(value: bytes) -> None:
    """Have any Retry-After be seconds or nothing."""
    check_error_answer((429, [(b"Retry-After", value)], [b"{}"]))


def check_model(case: tuple[int, Reply]) -> None:
    """Have any success be a result that can be read, or an error."""
    number, reply = case
    sees(lambda: CALLS[number](stage().plays(reply)))


def check_stream(case: tuple[int, Reply]) -> None:
    """Have any stream give events, and then a result or an error."""
    number, reply = case
    stream = STREAMS[number](stage().plays(reply))
    try:
        with stream:
            for event in stream:
                repr(event)
                _ = (event.type, event.text_delta, event.to_dict())
            check_result(stream.final())
    except AIStatsError as error:
        check_error(error)
    assert isinstance(stream.text, str)
    _ = (repr(stream), stream.reasoning, stream.usage, stream.request_id)


def check_speech(reply: Reply) -> None:
    """Have any speech be bytes, or an error."""

    def listen() -> None:
        with (
            stage().plays(reply).audio.speech.stream(model="m/m", input="x", voice="alloy") as sound
        ):
            assert all(isinstance(block, bytes) for block in sound)

    sees(listen)


def check_job(job: Job[Any]) -> None:
    """Have a handle be readable, and survive pickle and JSON."""
    assert isinstance(job.id, str)
    assert isinstance(job.status, str)
    assert job.succeeded <= job.is_terminal
    assert job.progress is None or 0 <= job.progress <= 100
    for moment in (job.created_at, job.completed_at, job.expires_at):
        assert moment is None or moment.utcoffset() is not None
    _ = (repr(job), job.request_id, hash(job), usage_of(job), request_id_of(job))
    copy.deepcopy(job)
    pickle.loads(pickle.dumps(job))  # noqa: S301 - our own pickle
    if not has_nan(job.raw):
        assert stage().client.jobs.from_json(job.to_json()) == job


def check_jobs(case: tuple[Reply, list[Reply]]) -> None:
    """Have any job be waited for to its end, or to an error; the server is well again later."""
    created, looks = case
    client = stage().plays(created, *looks)

    def life() -> Any:
        job = client.videos.create(**VIDEO)
        check_job(job)
        return job.wait(timeout=30.0, poll=PACE, on_update=check_job, raise_on_failure=False)

    sees(life, check_job)
    ends = client.jobs.wait_all([client.music.job("m1")], timeout=30.0, poll=PACE)
    check_job(ends[0])


def check_job_text(text: bytes) -> None:
    """Have any text be a handle or a refusal."""
    sees(lambda: stage().client.jobs.from_json(text), check_job)


def check_webhook(case: tuple[bytes, bool, list[tuple[bytes, bytes]]]) -> None:
    """Have any webhook, signed or not, be an event or a refusal."""
    body, signed, fields = case
    moment = 1_790_000_000
    secret = "whsec_not-a-real-secret"
    sign = hmac.new(secret.encode(), str(moment).encode() + b"." + body, hashlib.sha256)
    good = [
        ("x-phaseo-signature", sign.hexdigest()),
        ("x-phaseo-timestamp", str(moment)),
    ]

    def read() -> None:
        event = webhooks.verify(body, good if signed else fields, secret, now=moment)
        assert signed, "an unsigned webhook was taken for a signed one"
        repr(event)
        pickle.dumps(event)
        check_job(event.job)

    sees(read)


def check_pages(case: tuple[int, list[Reply], bool]) -> None:
    """Have any list end; a server that repeats itself is noticed."""
    number, pages, repeats = case
    client = stage().plays(*(pages[-1:] * 40 if repeats else pages))

    def walk() -> None:
        for item in LISTS[number](client):
            check_result(item)

    sees(walk)
    assert len(stage().asked) < 20, "a list went round in circles"


def check_download(case: tuple[int, Reply, Any]) -> None:
    """Have any media be a whole file or none at all."""
    number, reply, named = case
    client = stage().plays(reply)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.bin"
        facts = {"audio_url": named, "output_file_id": named, "audio_base64": named}
        handles = (
            lambda: client.videos.job("v1").download(target),
            lambda: _handle(client, "music", facts).download(target),
            lambda: _handle(client, "batch", facts).download(target),
            lambda: client.files.content("f1").save(target),
        )
        sees(handles[number], lambda saved: saved.read_bytes())
        left = {path.name for path in Path(folder).iterdir()}
        assert left <= {"out.bin"}, left


def _handle(client: AIStats, kind: str, facts: dict[str, Any]) -> Any:
    raw = {"status": "completed", **facts}
    text = hostile.as_json({"kind": kind, "id": "j1", "raw": raw})
    return client.jobs.from_json(text)


def check_key(text: str) -> None:
    """Have any text be a key or a refusal that does not repeat it."""
    try:
        key = APIKey.parse(text)
    except InvalidKeyError as error:
        refusal = str(error)
    else:
        refusal = f"{key!r} {key}".replace(key.kid, "")
    secret = text.strip().rpartition("_")[2]
    assert len(secret) < 12 or secret not in refusal


def check_description(text: bytes) -> None:
    """Have any description be data or a refusal."""
    with contextlib.suppress(SpecError):
        parse(text.decode("utf-8", "replace"), "hostile.yaml")


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


_KEY_PARTS = st.sampled_from(
    ["phaseo", "aistats", "v1", "sk", "mk", "kid0", "_", "k", "Bearer ", '"', "<kid>", " ", "sk-"]
)
_YAML = st.sampled_from(
    ["a: &a [*a]", "a: &a {b: 1}\nc: *a", "!!python/object:os.system x", "? [a]\n: b", "a: 1\na: 2"]
)

PARSERS: dict[str, Parser] = {
    "error bodies": Parser(hostile.replies(hostile.failure), check_error_answer),
    "Retry-After": Parser(hostile.retry_afters, check_retry_after),
    "models": Parser(
        st.tuples(st.integers(0, len(CALLS) - 1), hostile.replies()),
        check_model,
    ),
    "text streams": Parser(
        st.tuples(
            st.integers(0, len(STREAMS) - 1),
            hostile.replies(content=st.one_of(hostile.sse, hostile.bodies)),
        ),
        check_stream,
    ),
    "speech streams": Parser(
        hostile.replies(content=st.one_of(hostile.sse, hostile.bodies)), check_speech
    ),
    "job snapshots": Parser(
        st.tuples(
            st.one_of(hostile.replies(), st.just(LAST)),
            st.lists(hostile.replies(st.one_of(hostile.success, hostile.failure)), max_size=3),
        ),
        check_jobs,
    ),
    "job texts": Parser(
        st.one_of(
            hostile.bodies,
            st.builds(
                lambda raw: hostile.as_json({"kind": "video", "id": "v1", "raw": raw}),
                hostile.objects,
            ),
        ),
        check_job_text,
    ),
    "webhooks": Parser(st.tuples(hostile.bodies, st.booleans(), hostile.headers), check_webhook),
    "pages": Parser(
        st.tuples(
            st.integers(0, len(LISTS) - 1),
            st.lists(hostile.replies(), min_size=1, max_size=3),
            st.booleans(),
        ),
        check_pages,
    ),
    "downloads": Parser(
        st.tuples(st.integers(0, 3), hostile.replies(), hostile.values), check_download
    ),
    "keys": Parser(st.one_of(st.text(), st.lists(_KEY_PARTS, max_size=9).map("_".join)), check_key),
    "descriptions": Parser(
        st.one_of(
            hostile.bodies,
            _YAML.map(str.encode),
            st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace")),
        ),
        check_description,
    ),
}
