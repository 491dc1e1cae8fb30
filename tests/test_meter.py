"""What calls cost: counted once each, to the nano, with a limit that holds."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import httpx
import pytest

from aistats import (
    AIStats,
    AsyncAIStats,
    CallRecord,
    ConfigurationError,
    Meter,
    Poll,
    Retry,
    SpendingLimitError,
    UsageSummary,
)
from aistats.errors import AIStatsError
from aistats.sandbox import Sandbox
from tests.colours import Colour, Script, answer, colours

MODEL = "openai/text-embedding-3-small"
EAGER = Poll(floor=0, ceiling=0)
CHAT = {"model": "openai/gpt-5-nano", "messages": [{"role": "user", "content": "Hello"}]}


def priced(nanos: object = 1250, **more: Any) -> httpx.Response:
    usage = {"input_tokens": 3, "output_tokens": 1, "total_tokens": 4}
    if nanos is not None:
        usage["pricing_breakdown"] = {"total_nanos": nanos, "currency": "USD"}
    return answer(200, {"id": "G-01A", "provider": "openai", "usage": usage, **more})


def embed(client: Any, **options: Any) -> Any:
    return client.embeddings.create(model=MODEL, input="a", **options)


@colours
def test_a_call_is_told_when_it_has_ended(colour: Colour) -> None:
    """Everything of the record, and nothing of a header, a prompt or a body."""
    seen: list[CallRecord] = []
    script = Script(httpx.ConnectError("refused"), priced())
    script.call(colour, embed, on_call=seen.append)
    [record] = seen
    assert (record.operation, record.model) == ("embeddings.create", MODEL)
    assert (record.provider, record.status, record.error) == ("openai", 200, None)
    assert (record.attempts, record.seconds, record.request_id) == (2, 0.5, "G-01A")
    assert record.usage is not None
    assert record.usage.cost == Decimal("0.00000125")
    assert "phaseo" not in repr(record)


@colours
def test_a_failed_call_is_told_by_the_class_of_its_error(colour: Colour) -> None:
    """With the last status, and without a price to be missed."""
    meter, seen = Meter(), []
    script = Script(answer(400, {"error": "x", "generation_id": "G-01B"}))
    with pytest.raises(AIStatsError):
        script.call(colour, embed, on_call=seen.append, meter=meter)
    assert (seen[0].status, seen[0].error, seen[0].request_id) == (400, "BadRequestError", "G-01B")
    assert meter.total == UsageSummary(calls=1)
    with pytest.raises(AIStatsError):
        Script(httpx.ReadError("cut")).call(colour, embed, on_call=seen.append)
    assert (seen[1].status, seen[1].error) == (None, "ConnectionFailedError")


@pytest.mark.parametrize("colour", ["asyncio", "trio"])
def test_an_async_function_is_awaited(colour: Colour) -> None:
    """On the async client; the blocking one refuses it when it is made."""
    seen: list[str] = []

    async def on_call(record: CallRecord) -> None:
        seen.append(record.operation)

    Script(priced()).call(colour, embed, on_call=on_call)
    assert seen == ["embeddings.create"]
    with pytest.raises(ConfigurationError, match="async"):
        Script().client("sync", on_call=on_call)


@colours
def test_an_error_in_on_call_hurts_no_call(
    colour: Colour, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged, and the result is the caller's."""

    def broken(record: CallRecord) -> None:
        raise ZeroDivisionError(record.operation)

    with caplog.at_level(logging.ERROR, logger="aistats"):
        assert Script(priced()).call(colour, embed, on_call=broken).usage.total_tokens == 4
    assert "embeddings.create: on_call failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text


@colours
def test_a_meter_adds_up_and_says_what_is_missing(colour: Colour) -> None:
    """By model and by operation; an answer without a price is counted as one."""
    meter = Meter()
    for made in (priced(), priced(None), priced(2_000_000_000)):
        Script(made).call(colour, embed, meter=meter)
    Script(answer(200, {"models": []})).call(
        colour, lambda client: client.models.list().first_page(), meter=meter
    )
    expected = UsageSummary(3, 9, 3, 12, Decimal("2.00000125"), 1)
    assert meter.by_model[MODEL] == meter.by_operation["embeddings.create"] == expected
    assert meter.total == expected + UsageSummary(calls=1)
    assert (meter.calls, meter.cost, meter.unpriced) == (4, Decimal("2.00000125"), 1)
    assert str(meter.total) == "4 calls, 12 tokens, 2.00000125 USD (1 without a price)"
    assert sum([expected, expected]) == UsageSummary(6, 18, 6, 24, Decimal("4.0000025"), 2)
    assert list(expected.asdict()) == [
        *("calls", "input_tokens", "output_tokens", "total_tokens", "cost", "unpriced"),
    ]


@colours
def test_a_job_counts_once_at_its_first_end(colour: Colour) -> None:
    """Under the model that was asked for; estimates and later looks do not count."""
    meter, done = Meter(), {"usage": {"cost": 0.5}, "billing": {"total_nanos": 500_000_000}}
    job = {"id": "G-01V", "object": "video", "model": "veo", "usage": {"cost": 0.4}}

    def use(client: Any) -> Any:
        if colour == "sync":
            made = client.videos.create(model="google/veo", prompt="p")
            made.wait(poll=EAGER).refresh()
            return client.videos.retrieve("G-01V")

        async def calls() -> Any:
            made = await client.videos.create(model="google/veo", prompt="p")
            await (await made.wait(poll=EAGER)).refresh()
            return await client.videos.retrieve("G-01V")

        return calls()

    looks = [answer(200, {**job, **done, "status": "completed"}) for _ in range(3)]
    Script(answer(200, {**job, "status": "queued"}), *looks).call(colour, use, meter=meter)
    assert (meter.calls, meter.cost, meter.unpriced) == (4, Decimal("0.5"), 0)
    assert list(meter.by_model) == ["google/veo"]


@colours
def test_at_the_limit_nothing_that_bills_is_sent(colour: Colour) -> None:
    """Reading goes on: jobs that were paid are still looked at."""
    meter = Meter(limit="0.001")
    script = Script(priced(1_000_000), answer(200, {"id": "G-01", "status": "queued"}))

    def use(client: Any) -> Any:
        if colour == "sync":
            embed(client)
            with pytest.raises(SpendingLimitError, match=r"embeddings\.create.*nothing was sent"):
                embed(client)
            with pytest.raises(ConfigurationError):
                client.videos.create(model="m", prompt="p")
            return client.videos.retrieve("G-01")

        async def calls() -> Any:
            await embed(client)
            with pytest.raises(SpendingLimitError, match=r"embeddings\.create.*nothing was sent"):
                await embed(client)
            with pytest.raises(ConfigurationError):
                await client.videos.create(model="m", prompt="p")
            return await client.videos.retrieve("G-01")

        return calls()

    script.call(colour, use, meter=meter)
    assert len(script.requests) == 2
    assert meter.calls == 2


@pytest.mark.parametrize("limit", [-1, "x", "nan", "inf", 0.5, True, None, "5.00", 5, Decimal(5)])
def test_a_limit_is_an_exact_amount(limit: Any) -> None:
    """A float is not; None is no limit."""
    if limit in (5, "5.00", None) and limit is not True:
        assert Meter(limit).limit == (None if limit is None else Decimal(5))
    else:
        with pytest.raises(ConfigurationError, match="US dollars"):
            Meter(limit)
    with pytest.raises(ConfigurationError, match="Meter"):
        AIStats("phaseo_v1_sk_demo00000000_not-a-real-secret", meter=5)  # type: ignore[arg-type]


def test_meters_of_copies_and_blocks() -> None:
    """A copy has its own, a block counts whatever runs in it, and ends with it."""
    own, of_copy = Meter(), Meter()
    script = Script(priced(), priced(), priced())
    client = script.client(meter=own)
    with Meter() as of_block:
        embed(client)
        embed(client.with_options(meter=of_copy))
    embed(client)
    assert (own.calls, of_copy.calls, of_block.calls) == (2, 1, 2)


@colours
def test_streams_count_at_their_end(colour: Colour) -> None:
    """Also when they were left early: then without a price."""
    meter = Meter()

    def use(client: Any) -> Any:
        if colour == "sync":
            for read_all in (True, False):
                with client.chat.completions.stream(**CHAT) as stream:
                    for _ in stream:
                        if not read_all:
                            break
            return None

        async def calls() -> None:
            for read_all in (True, False):
                async with client.chat.completions.stream(**CHAT) as stream:
                    async for _ in stream:
                        if not read_all:
                            break

        return calls()

    with Sandbox() as gateway:
        from tests.colours import with_client

        with_client(colour, use, meter=meter, base_url=gateway.base_url, api_key=gateway.api_key)
    assert (meter.calls, meter.unpriced) == (2, 1)
    assert meter.cost > 0


VIDEO: Any = {"model": "google/veo-3.1-lite-preview", "prompt": "a lake", "duration": 4}


def _make(client: AIStats, turn: int) -> None:
    if turn % 10 == 0:
        client.videos.create(**VIDEO).wait(poll=EAGER)
    elif turn % 3 == 0:
        with client.chat.completions.stream(**CHAT) as stream:
            list(stream)
    elif turn % 3 == 1:
        client.chat.completions.create(**CHAT)
    else:
        embed(client)


async def _make_async(client: AsyncAIStats, turn: int) -> None:
    if turn % 10 == 0:
        await (await client.videos.create(**VIDEO)).wait(poll=EAGER)
    elif turn % 3 == 0:
        async with client.chat.completions.stream(**CHAT) as stream:
            async for _ in stream:
                pass
    elif turn % 3 == 1:
        await client.chat.completions.create(**CHAT)
    else:
        await embed(client)


def test_a_thousand_mixed_calls_are_counted_to_the_nano() -> None:
    """16 threads and 100 tasks share one meter; its sum is that of the gateway's own books."""
    meter = Meter()
    with Sandbox() as gateway:
        settings: dict[str, Any] = {"base_url": gateway.base_url, "meter": meter}
        settings["retry"] = Retry(attempts=1)
        with AIStats(gateway.api_key, **settings) as client, ThreadPoolExecutor(16) as threads:
            list(threads.map(lambda turn: _make(client, turn), range(500)))

        async def main() -> None:
            async with AsyncAIStats(gateway.api_key, **settings) as client:

                async def five(task: int) -> None:
                    for turn in range(5 * task, 5 * task + 5):
                        await _make_async(client, turn)

                await asyncio.gather(*map(five, range(100)))

        asyncio.run(main())
        books = gateway.books.total.nanos
    made = {name: summary.calls for name, summary in meter.by_operation.items()}
    looks = made.pop("videos.retrieve")
    assert sum(made.values()) == 1000
    assert made["videos.create"] == 100 <= looks
    assert meter.unpriced == 0
    assert meter.cost == books * Decimal("1e-9")
