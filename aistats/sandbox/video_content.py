"""The bytes of a video, for a key or for a signature, and the signing (wire-facts §3.6, §3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox import jobs, media
from aistats.sandbox.calls import Answer
from aistats.sandbox.envelopes import NO_STORE, diagnostics, direct
from aistats.sandbox.signing import DEFAULT_TTL, claims_of, signed_url
from aistats.sandbox.video_lookup import check_defects, find, find_even_deleted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.calls import Call, JSONObject, Refusal
    from aistats.sandbox.plans import JobRecord
    from aistats.sandbox.state import World

CONTENT_HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
FAILS_WITH_502 = {"openai", "google-ai-studio", "fal"}


def content(world: World, call: Call) -> Answer:
    """Serve the bytes of a finished video, to a key or to a signature."""
    claims = claims_of(world, call)
    if claims is None:
        world.keyring.check(call)
    elif claims["video_id"] != call.param("video_id"):
        raise direct(call, 400, "validation_error", "signed_download_video_mismatch")
    job = find(world, call)
    check_defects(world, call, job)
    if not jobs.due_at_provider(world, job):
        raise direct(call, 409, "not_ready", "video_not_ready")
    if job.status != "completed":
        raise _no_content(world, call, job)
    return _serve(call, job, claims)


def _no_content(world: World, call: Call, job: JobRecord) -> Refusal:
    """Refuse the content of a job that ended badly, in the manner of its provider."""
    by_provider = world.quirks.content_error_by_provider
    google = job.provider == "google-ai-studio"
    bad_gateway = job.provider in FAILS_WITH_502 and (job.status == "failed" or google)
    if by_provider and bad_gateway:
        error = {"code": "server_error", "message": "The provider could not make the video."}
        return direct(
            call,
            502,
            "upstream_error",
            "video_generation_failed",
            upstream_error=error,
            after=diagnostics(None, 500),
        )
    reason = "video_generation_failed" if job.status == "failed" else f"video_{job.status}"
    return direct(call, 409, "not_ready", reason)


def _serve(call: Call, job: JobRecord, claims: JSONObject | None) -> Answer:
    still = job.provider == "openai" and call.arg("variant") in {"thumbnail", "spritesheet"}
    data = media.thumbnail() if still else media.mp4()
    headers = dict(CONTENT_HEADERS)
    if claims is not None:
        name = f'filename="{job.id}.mp4"'
        headers["Content-Disposition"] = f"{claims['disposition']}; {name}"
    with_length = job.provider == "google-ai-studio"
    return Answer(
        body=data if with_length else _pieces(data),
        headers=headers,
        content_type="image/webp" if still else "video/mp4",
    )


def _pieces(data: bytes, size: int = 2048) -> Iterator[bytes]:
    yield from (data[start : start + size] for start in range(0, len(data), size))


def download_url(world: World, call: Call) -> Answer:
    """Sign a URL for a job whose stored status is completed; the provider is not asked."""
    job = find_even_deleted(world, call)
    wishes = _download_wishes(call, job)
    if job.status != "completed":
        reason = "video_download_requires_completed_status"
        raise direct(call, 400, "validation_error", reason, video_id=job.id, status=job.status)
    ttl = min(max(wishes["ttl"], 60), 3600)
    expires_at = world.clock.unix() + ttl
    url = signed_url(
        world,
        job.id,
        expires_at=expires_at,
        index=wishes["index"],
        disposition=wishes["disposition"],
    )
    return Answer(body={"download_url": url, "expires_at": expires_at}, headers=NO_STORE)


def _download_wishes(call: Call, job: JobRecord) -> JSONObject:
    try:
        body: Any = call.json() if call.body.strip() else {}
    except ValueError:
        reason = "invalid_video_download_request_body"
        raise direct(call, 400, "invalid_json", reason, video_id=job.id) from None
    wrong = direct(call, 400, "validation_error", "invalid_video_download_request", video_id=job.id)
    if not isinstance(body, dict):
        raise wrong
    wishes = {
        "ttl": _whole(_first(body, "ttl_seconds", "ttlSeconds", default=DEFAULT_TTL)),
        "index": _whole(_first(body, "index", default=0)),
        "disposition": _first(
            body, "disposition", "content_disposition", "contentDisposition", default="attachment"
        ),
    }
    if wishes["ttl"] <= 0 or wishes["index"] < 0:
        raise wrong
    if wishes["disposition"] not in {"attachment", "inline"}:
        raise wrong
    return wishes


def _first(body: JSONObject, *names: str, default: Any) -> Any:
    return next((body[name] for name in names if body.get(name) is not None), default)


def _whole(value: Any) -> int:
    """Return an int, or -1 for what is none; a numeric string counts as its number."""
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
