"""Embeddings, moderations, rerank and OCR: small answers that are the same every time."""

from __future__ import annotations

import hashlib
import math
import random
import struct
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from aistats.sandbox.admission import admit
from aistats.sandbox.calls import Answer
from aistats.sandbox.envelopes import TIMING
from aistats.sandbox.pricing import breakdown, tokens_of, totals
from aistats.sandbox.records import remember
from aistats.sandbox.replies import meta

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

DIMENSIONS = 1536
CATEGORIES = ("harassment", "hate", "self-harm", "sexual", "violence")
FLAG_WORDS: dict[str, tuple[str, ...]] = {
    "violence": ("kill", "violence"),
    "hate": ("hate",),
    "self-harm": ("suicide",),
}


def priced(
    world: World, model: Model, tokens: int, dimension: str = "input_text_tokens", **more: Any
) -> tuple[JSONObject, JSONObject]:
    """Return usage and price of an answer that is paid by its input alone."""
    price = breakdown([(dimension, tokens, model.input_price)], world.clock)
    world.spend(price["total_nanos"])
    counted = {"input_tokens": tokens, "output_tokens": 0, "total_tokens": tokens, **more}
    return counted | {"pricing_breakdown": price}, price


def embeddings(world: World, call: Call) -> Answer:
    """Return one unit vector for each input, drawn from a seed that is the input itself."""
    body, model = admit(world, call, "embedding")
    inputs = _inputs(body["input"])
    size = body.get("dimensions") or DIMENSIONS
    as_base64 = body.get("encoding_format") == "base64"
    vectors = [vector(text, size) for text in inputs]
    tokens = sum(tokens_of(text) for text in inputs)
    usage, price = priced(world, model, tokens, embedding_tokens=tokens)
    remember(world, call, model, price)
    data = [
        {"object": "embedding", "embedding": _packed(v) if as_base64 else v, "index": index}
        for index, v in enumerate(vectors)
    ]
    answer: JSONObject = {
        "requestId": call.request_id,
        "object": "list",
        "data": data,
        "model": model.native,
    }
    answer |= {"usage": usage, "nativeResponseId": None, "provider": model.provider}
    return Answer(body=answer | {"meta": meta()} | totals(price), headers=TIMING)


def vector(text: str, size: int) -> list[float]:
    """Return the vector of a text: length one, the same in every run and on every machine."""
    dice = random.Random(hashlib.sha256(text.encode()).digest())
    raw = [dice.random() - 0.5 for _ in range(size)]
    length = math.sqrt(sum(x * x for x in raw)) or 1.0
    return [round(x / length, 8) for x in raw]


def _packed(values: list[float]) -> str:
    return b64encode(struct.pack(f"<{len(values)}f", *values)).decode()


def _inputs(value: Any) -> list[str]:
    """Split the input: a text, a list of texts, the tokens of one text, or of several."""
    several = isinstance(value, list) and value and not isinstance(value[0], int)
    return [str(item) for item in value] if several else [str(value)]


def moderations(world: World, call: Call) -> Answer:
    """Flag a text by a handful of words."""
    body, model = admit(world, call, "moderation")
    value = body["input"]
    several = isinstance(value, list) and value and isinstance(value[0], str)
    texts = [str(item) for item in value] if several else [str(value)]
    usage, _price = priced(world, model, 0)
    answer = {
        "object": "list",
        "id": call.request_id,
        "model": model.native,
        "results": [_verdict(text.lower()) for text in texts],
        "usage": usage,
        "nativeResponseId": f"modr-{world.ids.hex(12)}",
    }
    return Answer(body=answer, headers=TIMING)


def _verdict(text: str) -> JSONObject:
    hit = {name: any(word in text for word in FLAG_WORDS.get(name, ())) for name in CATEGORIES}
    return {
        "flagged": any(hit.values()),
        "categories": hit,
        "category_scores": {name: 0.9 if found else 0.001 for name, found in hit.items()},
        "category_applied_input_types": {name: ["text"] for name in hit},
    }


def rerank(world: World, call: Call) -> Answer:
    """Order documents by how many words of the query they have."""
    body, model = admit(world, call, "rerank")
    wanted = set(str(body["query"]).lower().split())
    scored = sorted(
        ((_overlap(document, wanted), index) for index, document in enumerate(body["documents"])),
        key=lambda pair: (-pair[0], pair[1]),
    )
    top = body.get("top_n") or body.get("top_k") or len(scored)
    results: list[JSONObject] = [
        {"index": index, "relevance_score": score} for score, index in scored[:top]
    ]
    if body.get("return_documents"):
        for result in results:
            result["document"] = body["documents"][result["index"]]
    usage, price = priced(world, model, tokens_of(str(body["query"])))
    remember(world, call, model, price)
    answer = {"object": "list", "id": call.request_id, "model": model.native, "results": results}
    return Answer(body=answer | {"usage": usage, "nativeResponseId": None}, headers=TIMING)


def _overlap(document: Any, wanted: set[str]) -> float:
    words = set(str(document).lower().split())
    return round((len(words & wanted) + 0.01) / (len(wanted) + 0.02), 4)


def ocr(world: World, call: Call) -> Answer:
    """Return one page with words of the sandbox's own."""
    _body, model = admit(world, call, "ocr")
    usage, price = priced(world, model, 10)
    remember(world, call, model, price)
    words = "Text read by the sandbox."
    answer: JSONObject = {"requestId": call.request_id, "id": call.request_id, "object": "ocr"}
    answer |= {"model": model.native, "provider": model.provider, "text": words}
    answer |= {"pages": [{"index": 0, "markdown": words}], "usage": usage}
    answer |= {"nativeResponseId": None, "meta": meta()}
    return Answer(body=answer | totals(price), headers=TIMING)
