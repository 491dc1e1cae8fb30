"""Find the job a call names, and meet the defects of looking for it (wire-facts §3.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aistats.sandbox.envelopes import direct, upstream_direct

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call
    from aistats.sandbox.plans import JobRecord
    from aistats.sandbox.state import World


def find(world: World, call: Call) -> JobRecord:
    """Return the job a call names, or refuse with 404."""
    video_id = call.param("video_id")
    job = world.jobs["videos"].get(video_id)
    if job is None:
        raise direct(call, 404, "not_found", "video_not_found_or_not_owned", video_id=video_id)
    if job.deleted:
        raise direct(call, 404, "not_found", "video_deleted", video_id=video_id)
    return job


def find_even_deleted(world: World, call: Call) -> JobRecord:
    """Return the job a call names; some routes still know a deleted one."""
    job = world.jobs["videos"].get(call.param("video_id"))
    return job if job is not None else find(world, call)


def check_defects(world: World, call: Call, job: JobRecord) -> None:
    """Fail the way the snapshot does for two providers, when the test asked for it."""
    if world.quirks.sora_cannot_be_polled and job.provider == "openai":
        error = {"code": 2013, "message": "The provider does not know this task."}
        raise upstream_direct(call, "minimax_api_error", error=error)
    google = job.provider == "google-ai-studio"
    if world.quirks.google_breaks_after_terminal and google and job.terminal:
        raise upstream_direct(
            call, "google_vertex_operation_fetch_failed", provider=job.provider, status=401
        )
