"""Speech out of text and text out of speech; the speech is a tone that any player plays."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from aistats.sandbox import media
from aistats.sandbox.admission import admit
from aistats.sandbox.analysis import priced
from aistats.sandbox.calls import Answer
from aistats.sandbox.envelopes import TIMING
from aistats.sandbox.pricing import tokens_of, totals
from aistats.sandbox.records import remember
from aistats.sandbox.replies import frames, meta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

TEXT_FORMATS = frozenset({"text", "srt", "vtt"})
SPOKEN = "Words heard by the sandbox."


def speech(world: World, call: Call) -> Answer:
    """Return a WAV, whatever format was asked for; JSON only to those who accept nothing else."""
    body, model = admit(world, call, "speech")
    usage, price = priced(world, model, tokens_of(body["input"]))
    remember(world, call, model, price)
    sound = media.wav()
    if body.get("stream_format") == "sse":
        events = frames(_events(sound, usage))
        return Answer(body=iter(events), content_type="text/event-stream", headers=TIMING)
    accepts = call.headers.get("accept", "*/*")
    if "application/json" in accepts and not ("audio/" in accepts or "octet-stream" in accepts):
        data = {"audio_base64": b64encode(sound).decode(), "mime_type": "audio/wav"}
        return Answer(body=data, headers=TIMING)
    return Answer(body=sound, content_type="audio/wav", headers={"Cache-Control": "no-store"})


def _events(sound: bytes, usage: JSONObject) -> Iterator[tuple[str | None, Any]]:
    for start in range(0, len(sound), 4096):
        piece = b64encode(sound[start : start + 4096]).decode()
        yield None, {"type": "speech.audio.delta", "audio": piece}
    yield None, {"type": "speech.audio.done", "usage": usage}


def transcription(world: World, call: Call) -> Answer:
    """Return the same words for every sound."""
    return _written(world, call, "transcription")


def translation(world: World, call: Call) -> Answer:
    """Return the same words for every sound, as if they had been translated."""
    return _written(world, call, "translation")


def _written(world: World, call: Call, kind: str) -> Answer:
    body, model = admit(world, call, "transcription")
    text = world.text_plan().text or SPOKEN
    wanted = body.get("response_format", "json")
    if wanted in TEXT_FORMATS:
        return Answer(
            body=_captions(text, wanted).encode(),
            content_type="text/plain; charset=utf-8",
            headers=TIMING,
        )
    if body.get("stream") is True:
        events = frames(_text_events(text))
        return Answer(body=iter(events), content_type="text/event-stream", headers=TIMING)
    return Answer(body=_object(world, call, model, kind, text), headers=TIMING)


def _object(world: World, call: Call, model: Model, kind: str, text: str) -> JSONObject:
    usage, price = priced(
        world, model, 4, "input_audio_tokens", input_tokens_details={"input_audio": 4}
    )
    usage |= {"output_tokens": tokens_of(text), "total_tokens": 4 + tokens_of(text)}
    remember(world, call, model, price)
    answer: JSONObject = {"requestId": call.request_id, "id": call.request_id, "object": kind}
    answer |= {"model": model.native, "provider": model.provider, "text": text, "usage": usage}
    return answer | {"nativeResponseId": None, "meta": meta()} | totals(price)


def _captions(text: str, wanted: str) -> str:
    if wanted == "srt":
        return f"1\n00:00:00,000 --> 00:00:00,500\n{text}\n"
    if wanted == "vtt":
        return f"WEBVTT\n\n00:00.000 --> 00:00.500\n{text}\n"
    return text


def _text_events(text: str) -> Iterator[tuple[str | None, Any]]:
    for word in text.split(" "):
        yield None, {"type": "transcript.text.delta", "delta": word + " "}
    yield None, {"type": "transcript.text.done", "text": text}
