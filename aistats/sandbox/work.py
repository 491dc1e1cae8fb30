"""The shorter kinds of work: embeddings, moderations, rerank, OCR, speech, transcripts, images."""

from __future__ import annotations

import hashlib
import math
import random
import struct
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from aistats.sandbox import media
from aistats.sandbox.calls import Answer
from aistats.sandbox.money import breakdown, meta, totals, usage
from aistats.sandbox.refusals import NO_STORE, TIMING
from aistats.sandbox.shapes import fill
from aistats.sandbox.text import stream, tokens_of
from aistats.sandbox.validation import admit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

DIMENSIONS = 1536
CATEGORIES: dict[str, tuple[str, ...]] = {
    "harassment": (),
    "hate": ("hate",),
    "self-harm": ("suicide",),
    "sexual": (),
    "violence": ("kill", "violence"),
}
TEXT_FORMATS = {
    "text": "{text}",
    "srt": "1\n00:00:00,000 --> 00:00:00,500\n{text}\n",
    "vtt": "WEBVTT\n\n00:00.000 --> 00:00.500\n{text}\n",
}
SPOKEN = "Words heard by the sandbox."
SEEN = "Text read by the sandbox."
IMAGE_TOKENS = 20


def _answer(
    shape: str, world: World, call: Call, model: Model, tokens: int, *, out: int = 0, **values: Any
) -> Answer:
    """Charge for an answer, and put price and usage into its shape."""
    price = _charge(world, call, model, tokens, out=out)
    details = values.pop("details", {})
    counted = usage((tokens, out), price, **details)
    values |= {"call": call, "model": model, "usage": counted, "totals": totals(price)}
    return Answer(body=fill(f"work.{shape}", **{"meta": meta(), **values}), headers=TIMING)


def _charge(
    world: World, call: Call, model: Model, tokens: int, *, out: int = 0, told: bool = True
) -> JSONObject:
    sound = model.kind == "transcription"
    meter = "input_audio_tokens" if sound else "input_text_tokens"
    meters = [(meter, tokens, model.input_price)]
    if model.kind == "image":
        meters.append(("output_image_tokens", out, model.output_price))
    price = breakdown(meters, world.clock)
    world.charge(call, model, price, told=told)
    return price


def embeddings(world: World, call: Call) -> Answer:
    """Return one unit vector for each input, drawn from a seed that is the input itself."""
    body, model = admit(world, call, "embedding")
    value = body["input"]
    several = isinstance(value, list) and value and not isinstance(value[0], int)
    inputs = [str(item) for item in value] if several else [str(value)]
    rows: list[Any] = [vector(text, body.get("dimensions") or DIMENSIONS) for text in inputs]
    if body.get("encoding_format") == "base64":
        rows = [b64encode(struct.pack(f"<{len(row)}f", *row)).decode() for row in rows]
    tokens = sum(tokens_of(text) for text in inputs)
    details = {"embedding_tokens": tokens}
    return _answer("embeddings", world, call, model, tokens, vectors=rows, details=details)


def vector(text: str, size: int) -> list[float]:
    """Return the vector of a text: length one, the same in every run and on every machine."""
    dice = random.Random(hashlib.sha256(text.encode()).digest())
    raw = [dice.random() - 0.5 for _ in range(size)]
    length = math.sqrt(sum(x * x for x in raw)) or 1.0
    return [round(x / length, 8) for x in raw]


def moderations(world: World, call: Call) -> Answer:
    """Flag a text by a handful of words."""
    body, model = admit(world, call, "moderation")
    results = [_verdict(str(body["input"]).lower())]
    native = f"modr-{world.ids.hex(12)}"
    return _answer("moderations", world, call, model, 0, results=results, native=native)


def _verdict(text: str) -> JSONObject:
    hit = {name: any(word in text for word in words) for name, words in CATEGORIES.items()}
    return {
        "flagged": any(hit.values()),
        "categories": hit,
        "category_scores": {name: 0.9 if found else 0.001 for name, found in hit.items()},
        "category_applied_input_types": {name: ["text"] for name in hit},
    }


def rerank(world: World, call: Call) -> Answer:
    """Order documents by how many words of the query they have."""
    body, model = admit(world, call, "rerank")
    documents = body["documents"]
    wanted = set(str(body["query"]).lower().split())
    scored = sorted((-_overlap(text, wanted), index) for index, text in enumerate(documents))
    top = body.get("top_n") or body.get("top_k") or len(scored)
    results: list[JSONObject] = [
        {"index": index, "relevance_score": -score} for score, index in scored[:top]
    ]
    if body.get("return_documents"):
        results = [row | {"document": documents[row["index"]]} for row in results]
    return _answer("rerank", world, call, model, tokens_of(str(body["query"])), results=results)


def _overlap(document: Any, wanted: set[str]) -> float:
    words = set(str(document).lower().split())
    return round((len(words & wanted) + 0.01) / (len(wanted) + 0.02), 4)


def ocr(world: World, call: Call) -> Answer:
    """Return one page with words of the sandbox's own."""
    _, model = admit(world, call, "ocr")
    return _answer("ocr", world, call, model, 10, text=SEEN)


def speech(world: World, call: Call) -> Answer:
    """Return a WAV, whatever format was asked for; JSON only to those who accept nothing else."""
    body, model = admit(world, call, "speech")
    tokens = tokens_of(body["input"])
    streamed = body.get("stream_format") == "sse"
    price = _charge(world, call, model, tokens, told=streamed)
    sound = media.wav()
    if streamed:
        return stream(_sound_events(sound, usage((tokens, 0), price)))
    accepts = call.headers.get("accept", "*/*")
    if "application/json" in accepts and not ("audio/" in accepts or "octet-stream" in accepts):
        data = {"audio_base64": b64encode(sound).decode(), "mime_type": "audio/wav"}
        return Answer(body=data, headers=TIMING)
    return Answer(body=sound, content_type="audio/wav", headers=NO_STORE)


def _sound_events(sound: bytes, counted: JSONObject) -> Iterator[JSONObject]:
    for start in range(0, len(sound), 4096):
        piece = b64encode(sound[start : start + 4096]).decode()
        yield {"data": {"type": "speech.audio.delta", "audio": piece}}
    yield {"data": {"type": "speech.audio.done", "usage": counted}}


def transcribe(world: World, call: Call) -> Answer:
    """Return the same words for every sound, translated or not."""
    body, model = admit(world, call, "transcription")
    plan = world.plans["text"].take()
    text = (plan and plan.text) or SPOKEN
    form = TEXT_FORMATS.get(body.get("response_format", "json"))
    if form is None and body.get("stream") is not True:
        kind = "translation" if "translations" in call.route.name else "transcription"
        given = {
            "kind": kind,
            "text": text,
            "details": {"input_tokens_details": {"input_audio": 4}},
        }
        return _answer("transcript", world, call, model, 4, out=tokens_of(text), **given)
    _charge(world, call, model, 4, told=False)
    if form is None:
        return stream(_word_events(text))
    words, kind = form.format(text=text).encode(), "text/plain; charset=utf-8"
    return Answer(body=words, content_type=kind, headers=TIMING)


def _word_events(text: str) -> Iterator[JSONObject]:
    for word in text.split(" "):
        yield {"data": {"type": "transcript.text.delta", "delta": word + " "}}
    yield {"data": {"type": "transcript.text.done", "text": text}}


def images(world: World, call: Call) -> Answer:
    """Return `n` small pictures that differ, whether they were to be made or to be edited."""
    body, model = admit(world, call, "image")
    count = int(body.get("n") or 1)
    tokens, out = tokens_of(body["prompt"]), IMAGE_TOKENS * count
    if body.get("stream") is True:
        _charge(world, call, model, tokens, out=out, told=False)
        return stream(_picture_events(count))
    if body.get("response_format") == "url":
        data = [{"url": f"{world.media_url}/{call.request_id}/{n}.png"} for n in range(count)]
    else:
        data = [{"b64_json": _picture(index)} for index in range(count)]
    details = {"input_tokens_details": {"input_images": 0}}
    details["output_tokens_details"] = {"output_images": out}
    given: JSONObject = {"created": world.clock.unix(), "data": data, "details": details}
    given["meta"] = meta(5, 4000.0) | {"latency_ms": None}
    return _answer("images", world, call, model, tokens, out=out, **given)


def _picture(index: int) -> str:
    return b64encode(media.png(shade=40 * index)).decode()


def _picture_events(count: int) -> Iterator[JSONObject]:
    name = "image_generation.completed"
    for index in range(count):
        yield {"event": name, "data": {"type": name, "b64_json": _picture(index)}}
