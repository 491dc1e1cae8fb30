"""The sandbox's own books agree to the nano with what its answers tell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from aistats.sandbox import Books
from tests.sandbox_client import CHAT, SORA, VIDEO, create, opened
from tests.sandbox_replay import events

MESSAGE = CHAT | {"max_tokens": 9}
EMBED = {"model": "openai/text-embedding-3-small", "input": "a b c"}
LINE = {"body": CHAT | {"max_tokens": 9}}


def test_each_answer_is_one_charge() -> None:
    """By operation and by the model's id as callers write it; answers without a price counted."""
    with opened() as (gw, http):
        chat = http.post("chat/completions", json=CHAT).json()
        http.post("chat/completions", json=CHAT | {"model": "openai/gpt-5-nano"})
        embedded = http.post("embeddings", json=EMBED).json()
        http.post("messages", json=MESSAGE | {"stream": True})
        speech = {"model": "openai/gpt-4o-mini-tts", "input": "hi", "voice": "alloy"}
        http.post("audio/speech", json=speech)
        http.post("chat/completions", json=CHAT | {"model": "openai/nope"})
        books = gw.books
        assert (books.total.calls, books.total.unpriced) == (5, 2)
        assert books.total.charged_nanos == 7200 + 1700 + 60 + 7200 + 600
        assert books.total.nanos == chat["cost_nanos"] + 1700 + embedded["cost_nanos"]
        by_model = {name: total.calls for name, total in books.by_model.items()}
        assert by_model["openai/gpt-4.1-mini"] == 2
        assert books.by_operation["chat.completions.create"].nanos == 7200 + 1700
        assert books.by_operation["messages.create"].unpriced == 1
        assert books.by_operation["embeddings.create"].nanos == 60
        assert gw.now() > 0
        books.clear()
        assert isinstance(books, Books)
        assert books.total.calls == 0


def test_a_job_is_charged_once_when_it_has_ended() -> None:
    """However often it is looked at; a bad end costs nothing, and music tells no price."""
    with opened() as (gw, http):
        gw.videos.plan(polls=1, next=1)
        gw.videos.plan(polls=1, status="failed", next=1)
        video, failed, running = create(http), create(http, SORA), create(http, SORA)
        assert gw.books.total.calls == 0
        looks = [http.get(f"videos/{job}").json() for job in (video, video, failed, running)]
        gw.videos.finish(video, "failed")
        gw.music.plan(polls=0)
        http.post("music/generate", json={"model": "suno/v5"})
        gw.batches.plan(polls=0)
        batch = http.post("batches", json={"requests": [LINE]}).json()
        http.get(f"batches/{batch['id']}")
        told = gw.books.by_operation
        assert (told["videos.create"].calls, told["videos.create"].nanos) == (2, 280_000_000)
        assert looks[1]["usage"]["pricing_breakdown"]["total_nanos"] == 280_000_000
        assert (told["music.create"].unpriced, told["music.create"].charged_nanos) == (1, 5 * 10**7)
        assert told["batches.create"].nanos == batch["billing"]["cost_nanos"] > 0
        assert gw.books.total.calls == 4


@pytest.mark.parametrize(
    ("fault", "unpriced"),
    [({"drop": "answer"}, 1), ({"cut": 1}, 1), ({"delay": 0.001}, 0)],
)
def test_an_answer_that_does_not_arrive_tells_no_price(
    fault: dict[str, Any], unpriced: int
) -> None:
    """It is charged all the same; what is refused or dropped before is not."""
    with opened() as (gw, http):
        gw.fail(**fault)  # type: ignore[arg-type]
        try:
            http.post("chat/completions", json=CHAT | {"stream": True})
        except httpx.TransportError:
            assert unpriced
        assert (gw.books.total.unpriced, gw.books.total.charged_nanos) == (unpriced, 7200)
        gw.heal()
        gw.fail("chat.completions.create", next=2, status=502)
        http.post("chat/completions", json=CHAT)
        gw.fail("videos.retrieve", cut=3)
        with pytest.raises(httpx.TransportError):
            http.get(f"videos/{create(http, VIDEO)}")
        assert gw.books.total.calls == 1


def test_a_stream_that_breaks_within_the_model_costs_nothing() -> None:
    """Its provider never said what it used, and its price never came."""
    with opened() as (gw, http):
        gw.text.plan(end="cut")
        http.post("chat/completions", json=CHAT | {"stream": True})
        total = gw.books.total
        assert (total.calls, total.unpriced, total.charged_nanos) == (1, 1, 0)


def test_many_calls_from_many_threads_add_up() -> None:
    """The sum of what the answers told is the sum of the books."""
    with opened() as (gw, http):
        gw.text.plan("one two three", next=50, priced=False)

        def work(number: int) -> int | None:
            if number % 3 == 0:
                return int(http.post("embeddings", json=EMBED).json()["cost_nanos"])
            body = CHAT | {"stream": number % 3 == 1}
            answer = http.post("chat/completions", json=body)
            told = answer.json() if number % 3 == 2 else list(events(answer.text))[-2][1]
            price = told["usage"].get("pricing")
            return price["total_nanos"] if price else None

        with ThreadPoolExecutor(16) as pool:
            told = list(pool.map(work, range(300)))
        total = gw.books.total
        assert (total.calls, total.unpriced) == (300, told.count(None)) == (300, 50)
        assert total.nanos == sum(nanos for nanos in told if nanos is not None)
        left = http.get("key").status_code, gw.books.total.charged_nanos
        assert left == (200, total.nanos + 50 * (2 * 400 + 3 * 1600))
