"""The two forms of a video on the wire: the small one of create, the large one of GET."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.clock import iso, iso_offset
from aistats.sandbox.jobs import hint
from aistats.sandbox.plans import DEFAULT, JobRecord
from aistats.sandbox.replies import meta
from aistats.sandbox.signing import DEFAULT_TTL, signed_url

if TYPE_CHECKING:
    from aistats.sandbox.calls import JSONObject
    from aistats.sandbox.state import World

LIFECYCLE = {"queued": "pending", "processing": "running", "in_progress": "running"}
SIZES = {"google-ai-studio": "720p", "minimax": "768P"}
NO_PRICE: dict[str, Any] = {
    "total_nanos": 0,
    "total_usd_str": "0",
    "total_cents": 0,
    "currency": "USD",
    "lines": [],
}


def native_id(world: World, provider: str) -> str:
    """Make an id in the manner of the provider."""
    if provider == "openai":
        return f"video_{world.ids.hex(32)}"
    if provider == "google-ai-studio":
        return f"models/veo-3.1-lite-generate-preview/operations/{world.ids.hex(12)}"
    return str(int(world.ids.hex(13), 16))


def seconds_of(body: JSONObject) -> float | None:
    """Return the length a request asks for; 8 s when it leaves it to the gateway."""
    value = body.get("seconds", body.get("duration", 8))
    return float(value) if isinstance(value, int | float | str) else None


def created(job: JobRecord) -> JSONObject:
    """Return the answer to create: no URLs, no hint when to look again."""
    openai = job.provider == "openai"
    answer: JSONObject = {
        "requestId": job.id,
        "id": job.id,
        "object": "video",
        "model": job.native_model,
        "status": job.status,
        "progress": job.progress,
    }
    if openai:
        answer["created_at"] = int(job.created_at)
    answer |= {
        "completed_at": int(job.finished_at) if openai and job.finished_at else None,
        "expires_at": None,
        "error": _error(job) if job.status == "failed" else None,
        "prompt": job.request.get("prompt") if openai else None,
        "remixed_from_video_id": None,
    }
    if openai:
        answer |= {"seconds": _seconds(job), "size": _size(job)}
    counted = {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}
    answer |= {"nativeResponseId": None, "provider": job.provider, "meta": meta()}
    return answer | {"usage": {**counted, "pricing_breakdown": dict(NO_PRICE)}}


def full(job: JobRecord, world: World, *, again: bool = False, live: bool = False) -> JSONObject:
    """Return the job object of GET and of lists.

    *again* says that the job had ended before this look, *live* that the provider was asked.
    """
    openai = job.provider == "openai"
    told = {"prompt": job.request.get("prompt"), "remixed_from_video_id": None}
    error = _error(job) if job.terminal and job.status != "completed" else None
    answer: JSONObject = {
        **_standing(job),
        "polling_url": f"{world.base_url}/videos/{job.id}",
        "websocket_url": f"ws{world.base_url[4:]}/async/video/{job.id}/ws",
        **hint(job, 20),
        "cancel_url": None,
        "generation_id": job.id,
        "native_video_id": job.native_id,
        **_moments(job, world),
        "provider": job.provider,
        "model": job.native_model,
        "seconds": _seconds(job),
        "size": _size(job),
        **(told if openai else {}),
        "audio": None,
        **_outputs(job, world, live=live),
        "usage": _usage(job),
        **({"error": error} if error else {}),
        "billing": _billing(job, again=again),
    }
    return answer | _urls(job, world)


def _standing(job: JobRecord) -> JSONObject:
    """Return how far the job is."""
    return {
        "id": job.id,
        "object": "video",
        "status": job.status,
        "lifecycle_status": LIFECYCLE.get(job.status, job.status),
        "output_access": _access(job),
        "progress": job.progress,
        "progress_source": "provider" if job.provider == "openai" else "none",
    }


def _moments(job: JobRecord, world: World) -> JSONObject:
    """Return the times; `expires_at` is that of the signed address, not of the job."""
    openai = job.provider == "openai"
    signed = job.status == "completed" and _access(job) != "bytes"
    return {
        "created_at": int(job.created_at) if openai else iso_offset(job.created_at),
        "expires_at": world.clock.unix() + DEFAULT_TTL if signed else None,
        "started_at": None,
        "completed_at": _completed_at(job, world),
    }


def _access(job: JobRecord) -> str:
    wish: Any = job.request.get("output")
    access = wish.get("access") if isinstance(wish, dict) else None
    return access if access in {"bytes", "signed_url"} else "both"


def _seconds(job: JobRecord) -> Any:
    seconds = seconds_of(job.request)
    if seconds is None:
        return None
    whole = int(seconds) if seconds == int(seconds) else seconds
    return str(whole) if job.provider == "openai" else whole


def _size(job: JobRecord) -> Any:
    given = job.request.get("size") or job.request.get("resolution")
    return given or SIZES.get(job.provider)


def _completed_at(job: JobRecord, world: World) -> Any:
    if job.finished_at is None:
        return None
    if job.provider == "openai" and job.status == "completed":
        return int(job.finished_at)
    drifting = world.quirks.completed_at_drifts and job.touched_at is not None
    return iso(job.touched_at if drifting and job.touched_at else job.finished_at)


def _outputs(job: JobRecord, world: World, *, live: bool) -> JSONObject:
    count = job.plan.outputs
    if count is None:
        google = job.provider == "google-ai-studio" and live
        count = 1 if google or not world.quirks.completed_without_outputs else 0
    if job.status != "completed" or not count:
        return {"asset": None, "outputs": []}
    asset: JSONObject = {
        "id": f"ast_{job.id[2:]}",
        "mime_type": "video/mp4",
        "bytes": None,
        "sha256": None,
    }
    asset |= {"width": None, "height": None, "duration_seconds": seconds_of(job.request)}
    return {"asset": asset, "outputs": [_output(job, world, index) for index in range(count)]}


def _output(job: JobRecord, world: World, index: int) -> JSONObject:
    expires_at = world.clock.unix() + DEFAULT_TTL
    return {
        "index": index,
        "mime_type": "video/mp4",
        "bytes_available": True,
        "content_url": f"{world.base_url}/videos/{job.id}/content?index={index}",
        "download_url": signed_url(world, job.id, expires_at=expires_at, index=index),
        "expires_at": expires_at,
    }


def _usage(job: JobRecord) -> JSONObject:
    nanos = 0 if job.terminal and job.status != "completed" else job.price_nanos
    usd = nanos / 1_000_000_000
    cost: float = int(usd) if usd == int(usd) else usd
    return {
        "output_video_seconds": _number(seconds_of(job.request)),
        "cost_usd": cost,
        "costUsd": cost,
        "pricing_breakdown": {"total_nanos": nanos, "total_usd_str": f"{usd:.9f}"},
        "cost": cost,
        "is_byok": False,
    }


def _number(value: float | None) -> Any:
    return int(value) if value is not None and value == int(value) else value


def _error(job: JobRecord) -> Any:
    """Return the error in the shape of the provider: an object, a string, or nothing."""
    given = job.extra.get("error", DEFAULT)
    if given is not DEFAULT:
        return given
    if job.status != "failed":
        return None
    if job.provider == "openai":
        return {"code": "server_error", "message": "The provider could not make the video."}
    return "The provider could not make the video." if job.provider.startswith("google") else None


def _billing(job: JobRecord, *, again: bool) -> JSONObject:
    estimate = f"{job.price_nanos / 1_000_000_000:.2f}"
    paid = job.status == "completed"
    settled = None if not job.terminal else estimate if paid else "0.00"
    held = {True: ("captured", "settled"), False: ("released", "void")}[paid]
    reservation, state = held if job.terminal else ("held", "estimated")
    reason = None if not job.terminal else "already_billed" if again else reservation
    billing: JSONObject = {
        "currency": "usd",
        "estimated_provider_cost": estimate,
        "estimated_user_cost": estimate,
        "settled_provider_cost": settled,
        "settled_user_cost": settled,
        "state": state,
        "billable": paid or not job.terminal,
        "total_nanos": None if not job.terminal else job.price_nanos if paid else 0,
        "estimated_nanos": job.price_nanos,
        "reserved_nanos": job.price_nanos,
        "reservation_id": f"video_hold:{job.id}",
        "reservation_status": reservation,
        "charge_reason": reason,
        "charged": paid if job.terminal else None,
    }
    return billing | ({"billed_at": iso(job.billed_at)} if job.billed_at else {})


def _urls(job: JobRecord, world: World) -> JSONObject:
    urls: JSONObject = {}
    if _access(job) != "signed_url":
        urls["content_url"] = f"{world.base_url}/videos/{job.id}/content"
    if _access(job) != "bytes":
        expires_at = world.clock.unix() + DEFAULT_TTL
        done = job.status == "completed"
        urls["download_url"] = signed_url(world, job.id, expires_at=expires_at) if done else None
    return urls
