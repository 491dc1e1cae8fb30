"""Results, jobs and errors cross processes: they survive pickle, copy and deepcopy."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from aistats import AIStats, AIStatsError, Retry
from tests.trust.gateway import answer
from tests.trust.matrix import CHAT, KEY, VIDEO, respond
from tests.trust.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator


def things(client: AIStats) -> Iterator[Any]:
    """Give results, jobs and errors as calls give them."""
    yield client.chat.completions.create(**CHAT)
    yield client.videos.retrieve("v1")
    yield client.videos.list().first_page()
    job = client.videos.create(**VIDEO)
    yield job
    yield job.refresh()
    for call in (
        lambda: client.videos.retrieve("missing"),
        lambda: client.with_options(retry=Retry(attempts=1)).videos.retrieve("nonsense"),
        lambda: client.request("GET", "/nowhere/to/go"),
        lambda: client.music.job(".."),
        lambda: AIStats("sk-none"),
    ):
        with pytest.raises(AIStatsError) as caught:
            call()
        yield caught.value


def state(thing: Any) -> Any:
    """Give what must survive a copy."""
    if isinstance(thing, AIStatsError):
        facts = {name: repr(value) for name, value in vars(thing).items()}
        return type(thing), str(thing), thing.args, facts
    return type(thing), thing if not hasattr(thing, "items") else (repr(thing), thing.raw)


def test_everything_survives_pickle_and_copy() -> None:
    """Results, jobs and errors cross processes and copies unchanged."""

    def say(request: bytes) -> bytes:
        line = request.partition(b"\r\n")[0]
        if b"nonsense" in line:
            return b"nonsense\r\n\r\n"
        if b"missing" in line:
            return answer(b'{"error":"not_found"}', status=b"404 Not Found")
        return answer(b"no JSON") if b"nowhere" in line else respond(request)

    with Wire(say) as server, AIStats(KEY, base_url=f"{server.url}/v1") as client:
        found = list(things(client))
    assert len(found) == 10
    for thing in found:
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            twin = pickle.loads(pickle.dumps(thing, protocol))  # noqa: S301 - our own pickle
            assert state(twin) == state(thing)
        for twin in (copy.copy(thing), copy.deepcopy(thing)):
            assert state(twin) == state(thing)
