"""Pictures: small PNG gradients that differ from one another."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from aistats.sandbox import media
from aistats.sandbox.admission import admit
from aistats.sandbox.calls import Answer
from aistats.sandbox.envelopes import TIMING
from aistats.sandbox.pricing import breakdown, tokens_of, totals
from aistats.sandbox.records import remember
from aistats.sandbox.replies import frames, meta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.state import World

TOKENS_EACH = 20


def create(world: World, call: Call) -> Answer:
    """Return `n` pictures, whether they were to be made or to be edited."""
    body, model = admit(world, call, "image")
    count = int(body.get("n") or 1)
    if body.get("stream") is True:
        return Answer(
            body=iter(frames(_events(count))), content_type="text/event-stream", headers=TIMING
        )
    tokens = (tokens_of(body["prompt"]), TOKENS_EACH * count)
    price = breakdown(
        [
            ("input_text_tokens", tokens[0], model.input_price),
            ("output_image_tokens", tokens[1], model.output_price),
        ],
        world.clock,
    )
    world.spend(price["total_nanos"])
    remember(world, call, model, price)
    usage: JSONObject = {"input_tokens": tokens[0], "output_tokens": tokens[1]}
    usage |= {"total_tokens": sum(tokens), "input_tokens_details": {"input_images": 0}}
    usage |= {"output_tokens_details": {"output_images": tokens[1]}, "pricing_breakdown": price}
    answer: JSONObject = {"requestId": call.request_id, "created": world.clock.unix()}
    answer |= {"model": model.native, "data": _pictures(world, call, body, count), "usage": usage}
    answer |= {"nativeResponseId": None, "provider": model.provider}
    answer["meta"] = meta(generation_ms=5, throughput=4000.0) | {"latency_ms": None}
    return Answer(body=answer | totals(price), headers=TIMING)


def _pictures(world: World, call: Call, body: JSONObject, count: int) -> list[JSONObject]:
    if body.get("response_format") == "url":
        return [{"url": f"{world.media_url}/{call.request_id}/{n}.png"} for n in range(count)]
    encoded = [b64encode(media.png(shade=40 * index)).decode() for index in range(count)]
    return [{"b64_json": data} for data in encoded]


def _events(count: int) -> Iterator[tuple[str | None, Any]]:
    for index in range(count):
        data = b64encode(media.png(shade=40 * index)).decode()
        yield (
            "image_generation.completed",
            {"type": "image_generation.completed", "b64_json": data},
        )
