"""Every parser of the package behind its public door, what is fed to it, and its promise.

Whatever comes, the caller sees a result or an `AIStatsError`; results can be read, printed, copied
and pickled, and errors are one line of text. A check raises for anything else.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import hashlib
import hmac
import json
import math
import pickle
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
from attrs import frozen
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from aistats import (
    AIStats,
    AIStatsError,
    APIError,
    APIKey,
    InvalidKeyError,
    Job,
    MissingFieldError,
    Poll,
    Retry,
    request_id_of,
    usage_of,
    webhooks,
)
from aistats_generated.types import ApiModel
from scripts.spec.grammar import SpecError
from scripts.spec.load import parse
from tests.trust import strategies as hostile
from tests.trust.matrix import CHAT, KEY, VIDEO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Reply = hostile.Reply
LAST: Reply = (200, [], [b'{"id":"v1","status":"completed"}'])
PACE = Poll(default=0.0, floor=0.0, ceiling=0.0, patience=2)
DEEP = 200
"""Levels of nesting beyond which Python itself cannot pickle, copy or compare what it decoded."""


class _Chunks(httpx.SyncByteStream):
    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)


class Stage:
    """A client whose server says what the test says, in memory."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self._replies: list[Reply] = []
        self.client = AIStats(
            KEY,
            management_key=KEY.replace("_sk_", "_mk_"),
            base_url="https://gateway.example/v1",
            http_client=httpx.Client(transport=httpx.MockTransport(self._answer)),
            retry=Retry(attempts=1),
        )

    def plays(self, *replies: Reply) -> AIStats:
        """Give the client; its server sends these replies, and then `LAST` for ever."""
        self._replies = list(replies)
        self.asked.clear()
        return self.client

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        status, fields, pieces = self._replies.pop(0) if self._replies else LAST
        return httpx.Response(status, headers=fields, stream=_Chunks(pieces))


stage = functools.cache(Stage)


def check_error(error: AIStatsError) -> None:
    """Have an error be one printable line, and survive pickle and copy."""
    text = str(error)
    assert text.isprintable() or not text, f"not one printable line: {text!r}"
    assert len(text) < 2000
    repr(error)
    for twin in _twins(error, getattr(error, "body", None)):
        assert type(twin) is type(error)
        assert str(twin) == text
    if isinstance(error, APIError):
        assert isinstance(error.retryable, bool)
        after = error.retry_after
        assert after is None or (math.isfinite(after) and after >= 0), after


def _twins(thing: Any, facts: Any = None) -> list[Any]:
    """Send a thing through pickle and both copies, unless its facts are nested beyond sense."""
    if _depth(facts) > DEEP:
        return []
    return [pickle.loads(pickle.dumps(thing)), copy.copy(thing), copy.deepcopy(thing)]  # noqa: S301 - our own pickle


def _walk(value: Any) -> Iterator[tuple[Any, int]]:
    """Give all that is in plain JSON, with the level on which it is."""
    left = [(value, 1)]
    while left:
        each, level = left.pop()
        yield each, level
        items = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        left += [(item, level + 1) for item in items]


def _depth(value: Any) -> int:
    return max(level for _, level in _walk(value))


def _has_nan(value: Any) -> bool:
    return any(isinstance(each, float) and math.isnan(each) for each, _ in _walk(value))


def check_result(result: Any, depth: int = 3) -> None:
    """Have a result be readable in every way that is promised."""
    if isinstance(result, AIStatsError):
        check_error(result)
    elif isinstance(result, ApiModel):
        for name in dir(result):
            if not name.startswith("_"):
                try:
                    check_result(getattr(result, name), depth - 1)
                except MissingFieldError as missing:
                    check_error(missing)
        facts = result.to_dict()
        if _depth(facts) < DEEP:
            assert type(result).from_dict(facts) == result or _has_nan(facts)
    elif isinstance(result, list | tuple) and depth > 0:
        for item in result[:5]:
            check_result(item, depth - 1)
    if depth == 3:
        _ = (repr(result), usage_of(result), request_id_of(result))
        _twins(result, result.to_dict() if isinstance(result, ApiModel) else result)


def sees(call: Callable[[], Any], check: Callable[[Any], None] = check_result) -> None:
    """Have a call give a good result or a good error."""
    try:
        check(call())
    except AIStatsError as error:
        check_error(error)


# One door for each shape of answer.
CALLS: tuple[Callable[[AIStats], Any], ...] = (
    lambda client: client.chat.completions.create(**CHAT).output_text,
    lambda client: client.chat.completions.create(**CHAT),
    lambda client: client.responses.create(model="m/m", input="x"),
    lambda client: client.responses.create(model="m/m", input="x").output_text,
    lambda client: client.messages.create(max_tokens=9, **CHAT),
    lambda client: client.messages.create(max_tokens=9, **CHAT).output_text,
    lambda client: client.embeddings.create(model="m/m", input="x"),
    lambda client: client.images.generate(model="m/m", prompt="x"),
    lambda client: client.audio.transcriptions.create(file=b"x", model="m/m"),
    lambda client: client.videos.retrieve("v1"),
    lambda client: client.videos.models(),
    lambda client: client.videos.download_url("v1"),
    lambda client: client.videos.delete("v1"),
    lambda client: client.batches.retrieve("b1"),
    lambda client: client.generations.retrieve("G-1"),
    lambda client: client.credits.retrieve(),
    lambda client: client.keys.retrieve("k"),
    lambda client: client.pricing.models(),
    lambda client: client.models.endpoints("author", "slug"),
    lambda client: client.health.check(),
    lambda client: client.request("GET", "/surprise"),
)
STREAMS: tuple[Callable[[AIStats], Any], ...] = (
    lambda client: client.chat.completions.stream(**CHAT),
    lambda client: client.responses.stream(model="m/m", input="x"),
    lambda client: client.messages.stream(max_tokens=9, **CHAT),
)
LISTS: tuple[Callable[[AIStats], Any], ...] = (
    lambda client: client.models.list(),
    lambda client: client.videos.list(),
    lambda client: client.batches.list(),
    lambda client: client.batches.requests("b1"),
    lambda client: client.files.list(),
    lambda client: client.keys.list(),
    lambda client: client.activity.list(),
    lambda client: client.providers.list(),
)


def check_error_answer(reply: Reply) -> None:
    """Have any answer with a status >= 400 be an `APIError` with that status."""
    with pytest.raises(APIError) as caught:
        stage().plays(reply).key.retrieve()
    assert caught.value.status_code == reply[0]
    check_error(caught.value)


def check_model(case: tuple[int, Reply]) -> None:
    """Have any success be a result that can be read, or an error."""
    number, reply = case
    sees(lambda: CALLS[number](stage().plays(reply)))


def check_stream(case: tuple[int, Reply]) -> None:
    """Have any stream give events, and then a result or an error."""
    number, reply = case
    stream = STREAMS[number](stage().plays(reply))

    def read() -> Any:
        with stream:
            for event in stream:
                _ = (repr(event), event.type, event.text_delta, event.to_dict())
            return stream.final()

    sees(read)
    assert isinstance(stream.text, str)
    _ = (repr(stream), stream.reasoning, stream.usage, stream.request_id)


def check_speech(reply: Reply) -> None:
    """Have any speech be bytes, or an error."""

    def listen() -> None:
        speech = stage().plays(reply).audio.speech
        with speech.stream(model="m/m", input="x", voice="alloy") as sound:
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
    facts = [job.raw, getattr(job.wait_error, "body", None)]
    if _twins(job, facts) and not _has_nan(job.raw):
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
    moment, secret = 1_790_000_000, "whsec_not-a-real-secret"
    sign = hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()
    good = [("x-phaseo-signature", sign), ("x-phaseo-timestamp", str(moment))]

    def read() -> None:
        event = webhooks.verify(body, good if signed else fields, secret, now=moment)
        assert signed, "an unsigned webhook was taken for a signed one"
        repr(event)
        _twins(event, event.raw)
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
        raw = {"status": "completed", **facts}

        def ended(kind: str) -> Any:
            return client.jobs.from_json(json.dumps({"kind": kind, "id": "j1", "raw": raw}))

        doors = (
            lambda: client.videos.job("v1").download(target),
            lambda: ended("music").download(target),
            lambda: ended("batch").download(target),
            lambda: client.files.content("f1").save(target),
        )
        sees(doors[number], lambda saved: saved.read_bytes())
        left = {path.name for path in Path(folder).iterdir()}
        assert left <= {"out.bin"}, left


def check_key(text: str) -> None:
    """Have any text be a key or a refusal that does not repeat it."""
    try:
        key = APIKey.parse(text)
    except InvalidKeyError as error:
        shown = str(error)
    else:
        shown = f"{key!r} {key}".replace(key.kid, "")
    secret = text.strip().rpartition("_")[2]
    assert len(secret) < 12 or secret not in shown


def check_description(text: bytes) -> None:
    """Have any description be data or a refusal."""
    with contextlib.suppress(SpecError):
        parse(text.decode("utf-8", "replace"), "hostile.yaml")


@frozen
class Parser:
    """What can come, the check of what the package makes of it, and how fast that is.

    Of a long hunt each gets cases in proportion to how many it takes in a second.
    """

    cases: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    speed: int


_ANSWER, _REPLIES = st.one_of(hostile.sse, hostile.bodies), hostile.replies()
_JOB_TEXTS = st.builds(
    lambda raw: json.dumps({"kind": "video", "id": "v1", "raw": raw}).encode(), hostile.objects
)
PARSERS: dict[str, Parser] = {
    "error bodies": Parser(hostile.replies(hostile.failure), check_error_answer, 12),
    "Retry-After": Parser(
        hostile.field_values.map(lambda value: (429, [(b"Retry-After", value)], [b"{}"])),
        check_error_answer,
        14,
    ),
    "models": Parser(st.tuples(hostile.one_of(CALLS), _REPLIES), check_model, 10),
    "text streams": Parser(
        st.tuples(hostile.one_of(STREAMS), hostile.replies(content=_ANSWER)), check_stream, 7
    ),
    "speech streams": Parser(hostile.replies(content=_ANSWER), check_speech, 7),
    "job snapshots": Parser(
        st.tuples(
            st.one_of(_REPLIES, st.just(LAST)),
            st.lists(hostile.replies(hostile.success | hostile.failure), max_size=3),
        ),
        check_jobs,
        3,
    ),
    "job texts": Parser(st.one_of(hostile.bodies, _JOB_TEXTS), check_job_text, 9),
    "webhooks": Parser(st.tuples(hostile.bodies, st.booleans(), hostile.headers), check_webhook, 9),
    "pages": Parser(
        st.tuples(hostile.one_of(LISTS), st.lists(_REPLIES, min_size=1, max_size=3), st.booleans()),
        check_pages,
        7,
    ),
    "downloads": Parser(st.tuples(st.integers(0, 3), _REPLIES, hostile.values), check_download, 3),
    "keys": Parser(st.one_of(st.text(), hostile.keys), check_key, 14),
    "descriptions": Parser(st.one_of(hostile.bodies, hostile.yaml), check_description, 4),
}

MUTANTS: Final = 4
PER_CASE: Final = MUTANTS + 1
"""Cases that are checked for each one that hypothesis makes: it and its mutants, which cost less.

Hypothesis makes cases that look like what the parsers expect; in a mutant bytes are changed, cut
out, doubled and moved.
"""
_TELLING: Final = [bytes([each]) for each in b'"{}[],\r\xff1'] + [b"null", b"\n\n", b"\\u"]


def hunt(parser: Parser, cases: int, *, number: int = 0) -> Callable[[], None]:
    """Give the test that checks `parser` on so many cases; the same `number`, the same cases."""

    def test(case: Any, luck: int) -> None:
        parser.check(case)
        random = Random(luck)
        for _ in range(MUTANTS):
            parser.check(mutant(case, random))

    limits = settings(
        max_examples=max(1, cases // PER_CASE),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    lucky = given(parser.cases, st.integers(0, 2**32))
    wrapped: Callable[[], None] = limits(seed(number)(lucky(test)))
    return wrapped


def mutant(case: Any, random: Random) -> Any:
    """Give a case like this one with bodies and texts damaged; headers and numbers stay."""
    if isinstance(case, bytes):
        return _damaged(case, random)
    if isinstance(case, str):
        return _damaged(case.encode("utf-8", "replace"), random).decode("utf-8", "replace")
    if isinstance(case, list):
        return [mutant(each, random) for each in case]
    if isinstance(case, tuple) and not all(isinstance(each, bytes) for each in case):
        return tuple(mutant(each, random) for each in case)
    return case


def _damaged(content: bytes, random: Random) -> bytes:
    for _ in range(random.randint(0, 3)):
        here, there = sorted(random.randint(0, len(content)) for _ in range(2))
        content = random.choice(
            (
                content[:here] + random.choice(_TELLING) + content[here:],
                content[:here] + random.randbytes(1) + content[here + 1 :],
                content[:here] + content[there:],
                content[:there] + content[here:there][:200] + content[there:],
                content[there:] + content[:there],
            )
        )
    return content
