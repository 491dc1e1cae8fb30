"""Music jobs, as the gateway's dormant implementation would answer (docs/gateway.md)."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from aistats.sandbox import jobs, media
from aistats.sandbox.calls import Answer, Call, JSONObject
from aistats.sandbox.money import nanos_of
from aistats.sandbox.refusals import NO_STORE, not_found, refuse
from aistats.sandbox.shapes import MISSING, fill
from aistats.sandbox.validation import admit

if TYPE_CHECKING:
    from aistats.sandbox.plans import JobRecord
    from aistats.sandbox.state import World

SECONDS = 0.5
NO_MUSIC = "The provider could not make the music."


def create(world: World, call: Call) -> Answer:
    """Start a job; its id is the provider's, as on the wire."""
    body, model = admit(world, call, "music")
    task, price = world.ids.hex(32), nanos_of(model.flat_usd)
    made: JSONObject = {"native_id": task, "job_id": task, "body": body, "price_nanos": price}
    job = jobs.start(world, call, "music", model, **made)
    shown = _shown(world, job, request_id=call.request_id, hint=MISSING)
    return Answer(body=shown, headers=NO_STORE)


def retrieve(world: World, call: Call) -> Answer:
    """Look at a job."""
    music_id = call.param("music_id")
    job = world.jobs["music"].get(music_id)
    if job is None:
        raise refuse(call, 404, "not_found", "music_not_found_or_not_owned", music_id=music_id)
    jobs.look(world, job, running="in_progress")
    return Answer(body=_shown(world, job, request_id=MISSING, hint=job.hint()))


def _shown(world: World, job: JobRecord, **values: Any) -> JSONObject:
    count = 1 if job.plan.outputs is None else job.plan.outputs
    sounds = [b64encode(_sound(n)).decode() for n in range(count if job.paid else 0)]
    told = job.told_error(NO_MUSIC) if job.terminal and not job.paid else None
    values |= {"sounds": sounds, "count": count, "seconds": SECONDS * count}
    values |= {"first": sounds[0] if sounds and job.model.provider != "suno" else MISSING}
    values["title"] = str(job.request.get("prompt") or "Untitled")[:40]
    error = MISSING if told is None else told
    return fill("videos.music", job=job, world=world, error=error, **values)


def _sound(index: int) -> bytes:
    return media.wav(SECONDS, 440 + 110 * index)


def media_file(_world: World, call: Call) -> Answer:
    """Serve a file at the address that stands for the provider's own; no key is wanted."""
    text = call.param("index")
    if not text.isdecimal() or len(text) > 3:
        raise not_found()
    index = int(text)
    if call.param("kind") == "png":
        return Answer(body=media.png(shade=40 * index), content_type="image/png")
    return Answer(body=_sound(index), content_type="audio/wav")
