"""The video operations: create, look, list, delete, and the bytes (docs/gateway.md)."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aistats.sandbox import jobs, media
from aistats.sandbox.calls import Answer, Call, JSONObject, Refusal
from aistats.sandbox.clock import iso
from aistats.sandbox.money import meta, nanos_of
from aistats.sandbox.refusals import (
    NO_STORE,
    TIMING,
    WORKSPACE,
    diagnostics,
    refuse,
    upstream,
    upstream_direct,
)
from aistats.sandbox.shapes import fill, plain, table
from aistats.sandbox.validation import admit

if TYPE_CHECKING:
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.plans import JobRecord
    from aistats.sandbox.state import World

DEFAULT_TTL = 900
NEWEST_CONSIDERED = 101
WRONG_SIZE = "The size of the video is missing, or not one that has a price."
ALIASES: dict[str, str] = table("videos")["aliases"]
STATUSES = {"queued", "processing", "completed", "failed", "cancelled", "expired"}
PIECE = 2048
CONTENT_HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
FAILS_WITH_502 = {"openai", "google-ai-studio", "fal"}
INVALID_WISH = "invalid_video_download_request"


def create(world: World, call: Call) -> Answer:
    """Start a job and answer with the small form, which tells little of it."""
    body, model = admit(world, call, "video")
    price = _price(world, call, body, model)
    native = _native_id(world, model.provider)
    job = jobs.start(world, call, "videos", model, native_id=native, body=body, price_nanos=price)
    if world.quirks.small_create_answer:
        return Answer(body=fill("videos.created", **_values(job), meta=meta()), headers=TIMING)
    return Answer(body=full(job, world), status=202, headers=TIMING)


def _native_id(world: World, provider: str) -> str:
    """Make an id in the manner of the provider."""
    if provider == "openai":
        return f"video_{world.ids.hex(32)}"
    if provider == "google-ai-studio":
        return f"models/veo-3.1-lite-generate-preview/operations/{world.ids.hex(12)}"
    return str(int(world.ids.hex(13), 16))


def _price(world: World, call: Call, body: JSONObject, model: Model) -> int:
    """Work out the price beforehand, as the gateway holds it back from the wallet."""
    blamed: JSONObject = {"provider": model.provider, "model": model.id}
    code, sizes = table("videos")["sizes_taken"].get(model.provider, (None, ()))
    if code and world.quirks.sizes_are_checked and body.get("size") not in sizes:
        raise upstream(call, statuses=(400,), code=code, message=WRONG_SIZE, **blamed)
    by_length = nanos_of(model.usd_per_second) * (seconds_of(body) or 0.0)
    nanos = nanos_of(model.flat_usd) or int(by_length)
    if nanos > world.balance_nanos:
        blamed |= fill("videos.no_funds", model=model)
        raise upstream(call, statuses=(402,), **blamed)
    return nanos


def _find(world: World, call: Call, *, even_deleted: bool = False) -> JobRecord:
    """Return the job a call names, or refuse with 404; some routes still know a deleted one."""
    video_id = call.param("video_id")
    job = world.jobs["videos"].get(video_id)
    if job is None or (job.deleted and not even_deleted):
        reason = "video_deleted" if job else "video_not_found_or_not_owned"
        raise refuse(call, 404, "not_found", reason, video_id=video_id)
    return job


def _check_defects(world: World, call: Call, job: JobRecord) -> None:
    """Fail the way the snapshot does for two providers, when the test asked for it."""
    if world.quirks.sora_cannot_be_polled and job.openai:
        error = {"code": 2013, "message": "The provider does not know this task."}
        raise refuse(call, 502, "upstream_error", "minimax_api_error", upstream_error=error)
    if world.quirks.google_breaks_after_terminal and job.google and job.terminal:
        reason = "google_vertex_operation_fetch_failed"
        raise upstream_direct(call, reason, provider=job.model.provider, status=401)


def retrieve(world: World, call: Call) -> Answer:
    """Look at a job: the provider is asked, then the large form is given."""
    job = _find(world, call)
    _check_defects(world, call, job)
    was_terminal = job.terminal
    jobs.look(world, job, running="in_progress" if job.openai else "processing")
    return Answer(body=full(job, world, again=was_terminal, live=True))


def delete(world: World, call: Call) -> Answer:
    """Delete a job that is completed or failed, and no other."""
    job = _find(world, call, even_deleted=True)
    if job.deleted and job.openai:
        raise upstream_direct(call, "video_provider_upstream_error", provider="openai", status=404)
    strict = world.quirks.delete_needs_completed_or_failed
    if job.status not in {"completed", "failed"} and (strict or not job.terminal):
        raise _wrong_status(call, job, "video_delete_requires_terminal_status")
    job.deleted = True
    return Answer(body={"id": job.id, "object": "video.deleted", "deleted": True})


def _wrong_status(call: Call, job: JobRecord, reason: str) -> Refusal:
    return refuse(call, 400, "validation_error", reason, video_id=job.id, status=job.status)


def cancel(world: World, call: Call) -> Answer:
    """Refuse: the gateway cancels nothing. Without that quirk, cancel a running job."""
    if world.quirks.cancel_is_501:
        code, why = "not_implemented_yet", "Videos cannot be cancelled."
        told: JSONObject = {"message": why, "video_id": call.param("video_id")}
        raise refuse(call, 501, code, "video_cancellation_disabled", **told)
    job = _find(world, call)
    if job.terminal:
        raise _wrong_status(call, job, "video_cancel_requires_non_terminal_status")
    jobs.finish(world, job, "cancelled")
    return Answer(body=full(job, world))


def listing(world: World, call: Call) -> Answer:
    """List stored states, newest first; an absent limit means none at all."""
    limit = _limit(world, call.arg("limit"))
    wanted = {ALIASES.get(word, word) for word in call.words("status")} & STATUSES
    newest = world.jobs["videos"].newest_first()[:NEWEST_CONSIDERED]
    found = [j for j in newest if not wanted or ALIASES.get(j.status, j.status) in wanted]
    if call.arg("order") == "asc":
        found.reverse()
    ids = [job.id for job in found]
    begin = ids.index(call.arg("after") or "") + 1 if call.arg("after") in ids else 0
    data = [full(job, world) for job in found[begin : begin + limit]]
    return paged(data, has_more=limit == 0 or len(found) > begin + limit)


def paged(data: list[JSONObject], *, has_more: bool) -> Answer:
    """Answer with a page of jobs."""
    ends = {"first": data[0]["id"], "last": data[-1]["id"]} if data else {}
    return Answer(body=fill("videos.page", data=data, has_more=has_more, **ends), headers=NO_STORE)


def _limit(world: World, text: str | None) -> int:
    if not text:
        return 0 if world.quirks.list_needs_limit else 50
    try:
        return min(max(int(text), 0), 100)
    except ValueError:
        return 50


def content(world: World, call: Call) -> Answer:
    """Serve the bytes of a finished video, to a key or to a signature."""
    claims = claims_of(world, call)
    if claims is None:
        world.keyring.check(call)
    elif claims["video_id"] != call.param("video_id"):
        raise refuse(call, 400, "validation_error", "signed_download_video_mismatch")
    job = _find(world, call)
    _check_defects(world, call, job)
    if not jobs.finish_if_due(world, job):
        raise refuse(call, 409, "not_ready", "video_not_ready")
    if job.status != "completed":
        raise _no_content(world, call, job)
    return _serve(call, job, claims)


def _no_content(world: World, call: Call, job: JobRecord) -> Refusal:
    """Refuse the content of a job that ended badly, in the manner of its provider."""
    bad_gateway = job.model.provider in FAILS_WITH_502 and (job.status == "failed" or job.google)
    if world.quirks.content_error_by_provider and bad_gateway:
        told = {"upstream_error": table("videos")["own_errors"]["openai"], **diagnostics(None, 500)}
        return refuse(call, 502, "upstream_error", "video_generation_failed", **told)
    reason = "video_generation_failed" if job.status == "failed" else f"video_{job.status}"
    return refuse(call, 409, "not_ready", reason)


def _serve(call: Call, job: JobRecord, claims: JSONObject | None) -> Answer:
    still = job.openai and call.arg("variant") in {"thumbnail", "spritesheet"}
    data, kind = (media.thumbnail(), "image/webp") if still else (media.mp4(), "video/mp4")
    headers = dict(CONTENT_HEADERS)
    if claims is not None:
        headers["Content-Disposition"] = f'{claims["disposition"]}; filename="{job.id}.mp4"'
    pieces = (data[start : start + PIECE] for start in range(0, len(data), PIECE))
    return Answer(body=data if job.google else pieces, headers=headers, content_type=kind)


def download_url(world: World, call: Call) -> Answer:
    """Sign a URL for a job whose stored status is completed; the provider is not asked."""
    job = _find(world, call, even_deleted=True)
    ttl, index, disposition = _wishes(call, job)
    if job.status != "completed":
        raise _wrong_status(call, job, "video_download_requires_completed_status")
    expires_at = world.clock.unix() + min(max(ttl, 60), 3600)
    url = signed_url(world, job.id, expires_at=expires_at, index=index, disposition=disposition)
    return Answer(body={"download_url": url, "expires_at": expires_at}, headers=NO_STORE)


def _wishes(call: Call, job: JobRecord) -> tuple[int, int, str]:
    """Return how long the URL is to live, which output it is for, and how it is to be shown."""
    try:
        body: Any = call.json() if call.body.strip() else {}
    except ValueError:
        reason = "invalid_video_download_request_body"
        raise refuse(call, 400, "invalid_json", reason, video_id=job.id) from None
    if not isinstance(body, dict):
        raise refuse(call, 400, "validation_error", INVALID_WISH, video_id=job.id)
    ttl = _whole(_first(body, "ttl_seconds", "ttlSeconds", default=DEFAULT_TTL))
    index = _whole(_first(body, "index", default=0))
    names = ("disposition", "content_disposition", "contentDisposition")
    disposition = _first(body, *names, default="attachment")
    if ttl <= 0 or index < 0 or disposition not in {"attachment", "inline"}:
        raise refuse(call, 400, "validation_error", INVALID_WISH, video_id=job.id)
    return ttl, index, disposition


def _first(body: JSONObject, *names: str, default: Any) -> Any:
    return next((body[name] for name in names if body.get(name) is not None), default)


def _whole(value: Any) -> int:
    """Return an int, or -1 for what is none; a numeric string counts as its number."""
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


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
    good = hmac.compare_digest(given, _signature(world, token, expires).encode())
    if not good or int(expires) < world.clock.now():
        return None
    claims: JSONObject = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    return claims


def _signature(world: World, token: str, expires_at: str) -> str:
    message = f"{token}.{expires_at}".encode()
    return hmac.new(world.signing_secret.encode(), message, "sha256").hexdigest()


def seconds_of(body: JSONObject) -> float | None:
    """Return the length a request asks for; 8 s when it leaves it to the gateway."""
    value = body.get("seconds", body.get("duration", 8))
    return float(value) if isinstance(value, int | float | str) else None


def _values(job: JobRecord) -> JSONObject:
    """Return what both forms of a job show."""
    asked, known = job.request, table("videos")
    own = known["own_errors"].get(job.model.provider) if job.status == "failed" else None
    usual = known["default_sizes"].get(job.model.provider)
    return {
        "job": job,
        "prompt": asked.get("prompt"),
        "error": job.told_error(own) if job.terminal and not job.paid else None,
        "length": plain(seconds_of(asked)),
        "size": asked.get("size") or asked.get("resolution") or usual,
    }


def full(job: JobRecord, world: World, *, again: bool = False, live: bool = False) -> JSONObject:
    """Return the job object of GET and of lists; create answers with a small one.

    *again* says that the job had ended before this look, *live* that the provider was asked.
    """
    wish: Any = job.request.get("output")
    access = (wish.get("access") if isinstance(wish, dict) else None) or "both"
    expires_at, url = world.clock.unix() + DEFAULT_TTL, f"{world.base_url}/videos/{job.id}"
    count = _outputs(job, world, live=live)
    signed = [signed_url(world, job.id, expires_at=expires_at, index=n) for n in range(count or 1)]
    return fill(
        "videos.full",
        **_values(job),
        access=access,
        url=url,
        websocket_url=f"ws{world.base_url[4:]}/async/video/{job.id}/ws",
        hint=job.hint(20),
        expires_at=expires_at,
        completed_at=_completed_at(job, world),
        digits=job.id[2:],
        outputs=signed[:count] if job.paid else [],
        nanos=job.price_nanos if job.paid or not job.terminal else 0,
        again=again,
        content_url=f"{url}/content",
        download_url=signed[0],
    )


def _outputs(job: JobRecord, world: World, *, live: bool) -> int:
    """Return how many outputs are listed; as a rule only Google's jobs list the one they have."""
    listed = (job.google and live) or not world.quirks.completed_without_outputs
    return int(listed) if job.plan.outputs is None else job.plan.outputs


def _completed_at(job: JobRecord, world: World) -> Any:
    if job.finished_at is None:
        return None
    if job.openai and job.paid:
        return int(job.finished_at)
    drifting = world.quirks.completed_at_drifts
    return iso((job.touched_at if drifting else None) or job.finished_at)
