"""The video operations but for the bytes: create, look, list, delete (wire-facts §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aistats.sandbox import jobs
from aistats.sandbox.admission import admit
from aistats.sandbox.calls import Answer, Call, JSONObject, Refusal
from aistats.sandbox.envelopes import (
    NO_STORE,
    TIMING,
    direct,
    pipeline,
    upstream,
    upstream_direct,
)
from aistats.sandbox.video_lookup import check_defects, find, find_even_deleted
from aistats.sandbox.video_objects import created, full, native_id, seconds_of

if TYPE_CHECKING:
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

NEWEST_CONSIDERED = 101
SORA_SIZES = {"720x1280", "1280x720", "1024x1792", "1792x1024"}
VEO_SIZES = {"720p", "1080p", "4k"}
ALIASES = {
    "pending": "queued",
    "in_progress": "processing",
    "running": "processing",
    "complete": "completed",
    "success": "completed",
    "succeeded": "completed",
    "error": "failed",
    "canceled": "cancelled",
}


def create(world: World, call: Call) -> Answer:
    """Start a job and answer with the small form, which tells little of it."""
    body, model = admit(world, call, "video")
    price = _price(world, call, body, model)
    job = jobs.start(
        world,
        call,
        "videos",
        model,
        native_id=native_id(world, model.provider),
        body=body,
        price_nanos=price,
    )
    if world.quirks.small_create_answer:
        return Answer(body=created(job), headers=TIMING)
    return Answer(body=full(job, world), status=202, headers=TIMING)


def _price(world: World, call: Call, body: JSONObject, model: Model) -> int:
    """Work out the price beforehand, as the gateway holds it back from the wallet."""
    wrong = _wrong_size(body, model) if world.quirks.sizes_are_checked else None
    if wrong is not None:
        raise upstream(
            call,
            provider=model.provider,
            statuses=(400,),
            code=wrong,
            message="The size of the video is missing, or not one that has a price.",
            model=model.id,
        )
    seconds = seconds_of(body) or 0.0
    nanos = int((model.flat_usd or model.usd_per_second * seconds) * 1_000_000_000)
    if nanos > world.balance_nanos:
        raise _unaffordable(call, model)
    return nanos


def _wrong_size(body: JSONObject, model: Model) -> str | None:
    """Return the provider's code for a size it does not take."""
    size = body.get("size")
    if model.provider == "openai" and size not in SORA_SIZES:
        return "missing_billing_dimensions"
    if model.provider == "google-ai-studio" and size is not None and size not in VEO_SIZES:
        return "invalid_request"
    return None


def _unaffordable(call: Call, model: Model) -> Refusal:
    refusal = upstream(
        call,
        provider=model.provider,
        statuses=(402,),
        code="insufficient_funds",
        message="The balance does not cover the price of this job.",
        model=model.id,
    )
    body: JSONObject = refusal.answer.body
    extra = {name: body[name] for name in body if name not in _PIPELINE_FIELDS}
    extra["reason"] = "upstream_provider_payment_required"
    extra["provider_payment_required_provider"] = model.provider
    return pipeline(
        call, 502, "provider_payment_required", description=body["description"], **extra
    )


_PIPELINE_FIELDS = frozenset(
    {"generation_id", "status_code", "error", "error_type", "error_origin", "description"}
)


def retrieve(world: World, call: Call) -> Answer:
    """Look at a job: the provider is asked, then the large form is given."""
    job = find(world, call)
    check_defects(world, call, job)
    was_terminal = job.terminal
    running = "in_progress" if job.provider == "openai" else "processing"
    jobs.look(world, job, running=running)
    return Answer(body=full(job, world, again=was_terminal, live=True))


def delete(world: World, call: Call) -> Answer:
    """Delete a job that is completed or failed, and no other."""
    job = find_even_deleted(world, call)
    if job.deleted and job.provider == "openai":
        raise upstream_direct(call, "video_provider_upstream_error", provider="openai", status=404)
    strict = world.quirks.delete_needs_completed_or_failed
    if job.status not in {"completed", "failed"} and (strict or not job.terminal):
        reason = "video_delete_requires_terminal_status"
        raise direct(call, 400, "validation_error", reason, video_id=job.id, status=job.status)
    job.deleted = True
    return Answer(body={"id": job.id, "object": "video.deleted", "deleted": True})


def cancel(world: World, call: Call) -> Answer:
    """Refuse: the gateway cancels nothing. Without that quirk, cancel a running job."""
    if world.quirks.cancel_is_501:
        raise direct(
            call,
            501,
            "not_implemented_yet",
            "video_cancellation_disabled",
            message="Videos cannot be cancelled.",
            video_id=call.param("video_id"),
        )
    job = find(world, call)
    if job.terminal:
        reason = "video_cancel_requires_non_terminal_status"
        raise direct(call, 400, "validation_error", reason, video_id=job.id, status=job.status)
    jobs.finish(world, job, "cancelled")
    return Answer(body=full(job, world))


def listing(world: World, call: Call) -> Answer:
    """List stored states, newest first; an absent limit means none at all."""
    limit = _limit(world, call)
    wanted = _statuses(call)
    found = [
        job
        for job in world.jobs["videos"].newest_first()[:NEWEST_CONSIDERED]
        if not wanted or ALIASES.get(job.status, job.status) in wanted
    ]
    if call.arg("order") == "asc":
        found.reverse()
    after = [job.id for job in found]
    begin = after.index(call.arg("after") or "") + 1 if call.arg("after") in after else 0
    page = found[begin : begin + limit]
    return Answer(
        body={
            "object": "list",
            "data": [full(job, world) for job in page],
            "first_id": page[0].id if page else None,
            "last_id": page[-1].id if page else None,
            "has_more": limit == 0 or len(found) > begin + limit,
        },
        headers=NO_STORE,
    )


def _limit(world: World, call: Call) -> int:
    text = call.arg("limit")
    if not text:
        return 0 if world.quirks.list_needs_limit else 50
    try:
        return min(max(int(text), 0), 100)
    except ValueError:
        return 50


def _statuses(call: Call) -> set[str]:
    words = ",".join(call.query.get("status", [])).split(",")
    known = {ALIASES.get(word, word) for word in words if word}
    return known & {"queued", "processing", "completed", "failed", "cancelled", "expired"}
