"""The shorter kinds of work: embeddings, moderations, rerank, OCR, speech, transcripts, images."""

from __future__ import annotations

import hashlib
import math
import random
import struct
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from aistats.sandbox import media
from aistats.sandbox.calls import Answer, Call, JSONObject
from aistats.sandbox.money import breakdown, meta, totals, usage
from aistats.sandbox.refusals import NO_STORE, TIMING
from aistats.sandbox.shapes import MISSING, fill, fill_list, table
from aistats.sandbox.text import stream, tokens_of
from aistats.sandbox.validation import admit

if TYPE_CHECKING:
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

DIMENSIONS = 1536
PIECE = 4096  # bytes of sound in one event
CATEGORIES: dict[str, list[str]] = table("work")["categories"]
TEXT_FORMATS = {"text", "srt", "vtt"}
SPOKEN = "Words heard by the sandbox."
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
        rows = [_text(struct.pack(f"<{len(row)}f", *row)) for row in rows]
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
    text = str(body["input"]).lower()
    hits = {name: any(word in text for word in words) for name, words in CATEGORIES.items()}
    told: JSONObject = {"hits": hits, "flagged": any(hits.values())}
    told["scores"] = {name: 0.9 if hit else 0.001 for name, hit in hits.items()}
    native = f"modr-{world.ids.hex(12)}"
    return _answer("moderations", world, call, model, 0, native=native, **told)


def rerank(world: World, call: Call) -> Answer:
    """Order documents by how many words of the query they have."""
    body, model = admit(world, call, "rerank")
    documents = body["documents"]
    wanted = set(str(body["query"]).lower().split())
    scored = sorted((-_overlap(text, wanted), index) for index, text in enumerate(documents))
    top = body.get("top_n") or body.get("top_k") or len(scored)
    shown = documents if body.get("return_documents") else [MISSING] * len(documents)
    rows = [{"place": n, "score": -score, "text": shown[n]} for score, n in scored[:top]]
    return _answer("rerank", world, call, model, tokens_of(str(body["query"])), rows=rows)


def _overlap(document: Any, wanted: set[str]) -> float:
    words = set(str(document).lower().split())
    return round((len(words & wanted) + 0.01) / (len(wanted) + 0.02), 4)


def ocr(world: World, call: Call) -> Answer:
    """Return one page with words of the sandbox's own."""
    _, model = admit(world, call, "ocr")
    return _answer("ocr", world, call, model, 10)


def speech(world: World, call: Call) -> Answer:
    """Return a WAV, whatever format was asked for; JSON only to those who accept nothing else."""
    body, model = admit(world, call, "speech")
    tokens = tokens_of(body["input"])
    streamed = body.get("stream_format") == "sse"
    price = _charge(world, call, model, tokens, told=streamed)
    sound = media.wav()
    if streamed:
        pieces = [_text(sound[start : start + PIECE]) for start in range(0, len(sound), PIECE)]
        told = {"pieces": pieces, "usage": usage((tokens, 0), price)}
        return stream(fill_list("work.sound_events", **told))
    accepts = call.headers.get("accept", "*/*")
    if "application/json" in accepts and not ("audio/" in accepts or "octet-stream" in accepts):
        data = {"audio_base64": _text(sound), "mime_type": "audio/wav"}
        return Answer(body=data, headers=TIMING)
    return Answer(body=sound, content_type="audio/wav", headers=NO_STORE)


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def transcribe(world: World, call: Call) -> Answer:
    """Return the same words for every sound, translated or not."""
    body, model = admit(world, call, "transcription")
    plan = world.plans["text"].take()
    text = (plan and plan.text) or SPOKEN
    form = body.get("response_format")
    if form not in TEXT_FORMATS and body.get("stream") is not True:
        kind = "translation" if "translations" in call.route.name else "transcription"
        details = {"input_tokens_details": {"input_audio": 4}}
        given: JSONObject = {"kind": kind, "text": text, "details": details}
        return _answer("transcript", world, call, model, 4, out=tokens_of(text), **given)
    _charge(world, call, model, 4, told=False)
    if form not in TEXT_FORMATS:
        return stream(fill_list("work.word_events", text=text, words=text.split(" ")))
    captions = fill("work.captions", text=text)[form].encode()
    return Answer(body=captions, content_type="text/plain; charset=utf-8", headers=TIMING)


def images(world: World, call: Call) -> Answer:
    """Return `n` small pictures that differ, whether they were to be made or to be edited."""
    body, model = admit(world, call, "image")
    count = int(body.get("n") or 1)
    tokens, out = tokens_of(body["prompt"]), IMAGE_TOKENS * count
    if body.get("stream") is True:
        _charge(world, call, model, tokens, out=out, told=False)
        return stream(fill_list("work.picture_events", pictures=_pictures(count)))
    if body.get("response_format") == "url":
        data = [{"url": f"{world.media_url}/{call.request_id}/{n}.png"} for n in range(count)]
    else:
        data = [{"b64_json": picture} for picture in _pictures(count)]
    details = {"input_tokens_details": {"input_images": 0}}
    details["output_tokens_details"] = {"output_images": out}
    given: JSONObject = {"created": world.clock.unix(), "data": data, "details": details}
    given["meta"] = meta(5, 4000.0) | {"latency_ms": None}
    return _answer("images", world, call, model, tokens, out=out, **given)


def _pictures(count: int) -> list[str]:
    return [_text(media.png(shade=40 * index)) for index in range(count)]
