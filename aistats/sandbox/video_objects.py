"""The two forms of a video on the wire: the small one of create, the large one of GET."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aistats.sandbox.clock import iso, iso_offset
from aistats.sandbox.money import NANOS, meta
from aistats.sandbox.refusals import WORKSPACE
from aistats.sandbox.shapes import MISSING, fill

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.plans import JobRecord
    from aistats.sandbox.state import World

DEFAULT_TTL = 900
LIFECYCLE = {"queued": "pending", "processing": "running", "in_progress": "running"}
SIZES = {"google-ai-studio": "720p", "minimax": "768P"}
NO_VIDEO = "The provider could not make the video."


def signed_url(
    world: World, video_id: str, *, expires_at: int, index: int = 0, disposition: str = "attachment"
) -> str:
    """Return the absolute URL that serves a video's content without a key until *expires_at*."""
    claims = {"workspace_id": WORKSPACE, "video_id": video_id}
    raw = json.dumps(claims | {"index": index, "disposition": disposition}).encode()
    token = urlsafe_b64encode(raw).decode().rstrip("=")
    signed = {"download_token": token, "download_sig": _signature(world, token, f"{expires_at}")}
    query = urlencode(signed | {"expires_at": expires_at})
    return f"{world.base_url}/videos/{video_id}/content?{query}"


def claims_of(world: World, call: Call) -> JSONObject | None:
    """Return what a call's signature grants; None when it is absent, wrong or out of date."""
    token, expires = call.arg("download_token") or "", call.arg("expires_at") or ""
    given = (call.arg("download_sig") or "").encode()
    if not hmac.compare_digest(given, _signature(world, token, expires).encode()):
        return None
    if int(expires) < world.clock.now():
        return None
    claims: JSONObject = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    return claims


def _signature(world: World, token: str, expires_at: str) -> str:
    message = f"{token}.{expires_at}".encode()
    return hmac.new(world.signing_secret.encode(), message, hashlib.sha256).hexdigest()


def seconds_of(body: JSONObject) -> float | None:
    """Return the length a request asks for; 8 s when it leaves it to the gateway."""
    value = body.get("seconds", body.get("duration", 8))
    return float(value) if isinstance(value, int | float | str) else None


def _plain(number: float | None) -> float | int | None:
    """Write a whole number without its point, as JavaScript does."""
    return int(number) if number is not None and number == int(number) else number


def created(job: JobRecord) -> JSONObject:
    """Return the answer to create: no URLs, no hint when to look again."""
    openai = job.provider == "openai"
    answer: JSONObject = fill(
        "videos.created",
        job=job,
        created_at=int(job.created_at) if openai else MISSING,
        completed_at=int(job.finished_at) if openai and job.finished_at else None,
        error=_error(job) if job.status == "failed" else None,
        prompt=job.request.get("prompt") if openai else None,
        seconds=_seconds(job) if openai else MISSING,
        size=_size(job) if openai else MISSING,
        meta=meta(),
    )
    return answer


def full(job: JobRecord, world: World, *, again: bool = False, live: bool = False) -> JSONObject:
    """Return the job object of GET and of lists.

    *again* says that the job had ended before this look, *live* that the provider was asked.
    """
    openai = job.provider == "openai"
    url = f"{world.base_url}/videos/{job.id}"
    access, expires_at = _access(job), world.clock.unix() + DEFAULT_TTL
    paid = job.status == "completed"
    signed = signed_url(world, job.id, expires_at=expires_at) if paid else None
    told = {"prompt": job.request.get("prompt"), "remixed_from_video_id": None}
    answer: JSONObject = fill(
        "videos.full",
        job=job,
        url=url,
        websocket_url=f"ws{world.base_url[4:]}/async/video/{job.id}/ws",
        lifecycle=LIFECYCLE.get(job.status, job.status),
        access=access,
        progress_source="provider" if openai else "none",
        hint=job.hint(20),
        created_at=int(job.created_at) if openai else iso_offset(job.created_at),
        # Not the job's own: the time at which its signed address runs out.
        expires_at=expires_at if paid and access != "bytes" else None,
        completed_at=_completed_at(job, world),
        seconds=_seconds(job),
        size=_size(job),
        told=told if openai else {},
        error=(_error(job) if job.terminal and not paid else None) or MISSING,
        content_url=MISSING if access == "signed_url" else f"{url}/content",
        download_url=MISSING if access == "bytes" else signed,
        **_outputs(job, world, live=live),
        **_money(job, again=again),
    )
    return answer


def _access(job: JobRecord) -> str:
    wish: Any = job.request.get("output")
    access = wish.get("access") if isinstance(wish, dict) else None
    return access if access in {"bytes", "signed_url"} else "both"


def _seconds(job: JobRecord) -> Any:
    whole = _plain(seconds_of(job.request))
    return str(whole) if whole is not None and job.provider == "openai" else whole


def _size(job: JobRecord) -> Any:
    given = job.request.get("size") or job.request.get("resolution")
    return given or SIZES.get(job.provider)


def _completed_at(job: JobRecord, world: World) -> Any:
    if job.finished_at is None:
        return None
    if job.provider == "openai" and job.status == "completed":
        return int(job.finished_at)
    drifting = world.quirks.completed_at_drifts
    return iso((job.touched_at if drifting else None) or job.finished_at)


def _outputs(job: JobRecord, world: World, *, live: bool) -> JSONObject:
    count = job.plan.outputs
    if count is None:
        google = job.provider == "google-ai-studio" and live
        count = 1 if google or not world.quirks.completed_without_outputs else 0
    if job.status != "completed" or not count:
        return {"asset": None, "outputs": []}
    asset = fill("videos.asset", digits=job.id[2:], seconds=seconds_of(job.request))
    return {"asset": asset, "outputs": [_output(job, world, index) for index in range(count)]}


def _output(job: JobRecord, world: World, index: int) -> JSONObject:
    expires_at = world.clock.unix() + DEFAULT_TTL
    output: JSONObject = fill(
        "videos.output",
        index=index,
        content_url=f"{world.base_url}/videos/{job.id}/content",
        download_url=signed_url(world, job.id, expires_at=expires_at, index=index),
        expires_at=expires_at,
    )
    return output


def _error(job: JobRecord) -> Any:
    """Return the error in the shape of the provider: an object, a string, or nothing."""
    own: Any = {"code": "server_error", "message": NO_VIDEO} if job.provider == "openai" else None
    if job.provider.startswith("google"):
        own = NO_VIDEO
    return job.told_error(own if job.status == "failed" else None)


def _money(job: JobRecord, *, again: bool) -> JSONObject:
    """Return what the job costs: an estimate that is held, then captured or released."""
    over, paid = job.terminal, job.status == "completed"
    nanos = job.price_nanos if paid or not over else 0
    estimate = f"{job.price_nanos / NANOS:.2f}"
    state, reservation = ("settled", "captured") if paid else ("void", "released")
    return {
        "length": _plain(seconds_of(job.request)),
        "nanos": nanos,
        "cost": _plain(nanos / NANOS),
        "cost_text": f"{nanos / NANOS:.9f}",
        "estimate": estimate,
        "settled": None if not over else estimate if paid else "0.00",
        "settled_nanos": nanos if over else None,
        "billing_state": state if over else "estimated",
        "billable": paid or not over,
        "reservation": reservation if over else "held",
        "charge_reason": None if not over else "already_billed" if again else reservation,
        "charged": paid if over else None,
        "billed_at": iso(job.finished_at) if job.finished_at else MISSING,
    }
