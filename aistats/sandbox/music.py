"""Music jobs, as the dormant implementation would answer (wire-facts §4)."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from aistats.sandbox import jobs, media
from aistats.sandbox.admission import admit
from aistats.sandbox.calls import Answer
from aistats.sandbox.envelopes import NO_STORE, direct
from aistats.sandbox.plans import DEFAULT

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.plans import JobRecord
    from aistats.sandbox.state import World

SECONDS = 0.5


def create(world: World, call: Call) -> Answer:
    """Start a job; its id is the provider's, as on the wire."""
    body, model = admit(world, call, "music")
    task = world.ids.hex(32)
    price = int(model.flat_usd * 1_000_000_000)
    job = jobs.start(
        world, call, "music", model, native_id=task, body=body, price_nanos=price, job_id=task
    )
    answer = {"requestId": call.request_id, "id": job.id, "object": "music", "status": job.status}
    answer |= {"model": job.model, "provider": job.provider, "nativeResponseId": task}
    return Answer(body=answer | _result(world, job), headers=NO_STORE)


def retrieve(world: World, call: Call) -> Answer:
    """Look at a job."""
    music_id = call.param("music_id")
    job = world.jobs["music"].get(music_id)
    if job is None:
        reason = "music_not_found_or_not_owned"
        raise direct(call, 404, "not_found", reason, music_id=music_id)
    jobs.look(world, job, running="in_progress")
    answer = {"id": job.id, "object": "music", "status": job.status, "provider": job.provider}
    answer |= {"model": job.model, "nativeResponseId": job.native_id, **jobs.hint(job, None)}
    return Answer(body=answer | _result(world, job))


def _result(world: World, job: JobRecord) -> JSONObject:
    error = job.extra.get("error", DEFAULT)
    if job.terminal and job.status != "completed":
        told = "The provider could not make the music." if error is DEFAULT else error
        return {"output": [], "error": told} if told is not None else {"output": []}
    if job.status != "completed":
        return {}
    inline = job.provider != "suno"
    count = 1 if job.plan.outputs is None else job.plan.outputs
    tracks = [_track(world, job, index, inline=inline) for index in range(count)]
    usage = {"output_audio_count": count, "output_audio_seconds": SECONDS * count}
    found: JSONObject = {"output": tracks, "usage": usage}
    if inline and tracks:
        found["audio_base64"] = tracks[0]["audio_base64"]
    return found


def _track(world: World, job: JobRecord, index: int, *, inline: bool) -> JSONObject:
    """Return one piece of music: its bytes, or the address where the sandbox has them."""
    url = None if inline else f"{world.media_url}/{job.id}/{index}.wav"
    data = b64encode(media.wav(SECONDS, 440 + 110 * index)).decode() if inline else None
    return {
        "index": index,
        "id": f"{job.id}-{index}",
        "audio_url": url,
        "audio_base64": data,
        "stream_audio_url": url,
        "image_url": None,
        "title": str(job.request.get("prompt") or "Untitled")[:40],
        "tags": "sandbox",
        "duration": SECONDS,
    }


def track(_world: World, call: Call) -> Answer:
    """Serve a file at the address that stands for the provider's own; no key is wanted."""
    index = int(call.param("index"))
    if call.param("kind") == "png":
        return Answer(body=media.png(shade=40 * index), content_type="image/png")
    return Answer(body=media.wav(SECONDS, 440 + 110 * index), content_type="audio/wav")
