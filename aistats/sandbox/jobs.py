"""How a job of any kind moves: by looks or by the clock, along its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.plans import DEFAULT, MISSING, TERMINAL, JobPlan, JobRecord

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World


def start(
    world: World,
    call: Call,
    kind: str,
    model: Model,
    *,
    native_id: str,
    body: JSONObject,
    price_nanos: int = 0,
    job_id: str | None = None,
    default: JobPlan | None = None,
) -> JobRecord:
    """Create a job after the next plan of its kind; a plan of 0 polls ends it at once."""
    plan: JobPlan = world.plans[kind].take() or default or JobPlan()
    job = JobRecord(
        id=job_id or call.request_id,
        native_id=native_id,
        provider=model.provider,
        model=model.id,
        native_model=model.native,
        created_at=world.clock.now(),
        plan=plan,
        request=body,
        price_nanos=price_nanos,
    )
    if job.due(world.clock.now()):
        finish(world, job)
    return world.jobs[kind].put(job.id, job)


def look(world: World, job: JobRecord, *, running: str) -> None:
    """Ask the provider how far the job is, as every GET does."""
    if job.terminal:
        job.touched_at = world.clock.now()
        return
    job.looks += 1
    if job.due(world.clock.now()):
        finish(world, job)
        return
    job.status = job.shown(job.plan.statuses) or running
    if job.status in TERMINAL:
        finish(world, job)
        return
    progress = job.shown(job.plan.progress)
    job.progress = _estimate(world, job) if progress is None else progress


def due_at_provider(world: World, job: JobRecord) -> bool:
    """Finish a job that the clock has ended although nobody has looked at it."""
    if not job.terminal and job.plan.seconds is not None and job.due(world.clock.now()):
        finish(world, job)
    return job.terminal


def finish(world: World, job: JobRecord, status: str | None = None, error: Any = DEFAULT) -> None:
    """End the job: as its plan says, or with the given status and error."""
    job.status = status or job.plan.status
    now = world.clock.now()
    job.finished_at = job.billed_at = job.touched_at = now
    job.extra["error"] = job.plan.error if error is DEFAULT else error
    if job.status == "completed":
        job.progress = 100
        world.spend(job.price_nanos)


def _estimate(world: World, job: JobRecord) -> int:
    """Return the progress of a provider that reports it; the others stay at 0."""
    if job.provider != "openai":
        return 0
    if job.plan.seconds:
        return min(99, int(100 * (world.clock.now() - job.created_at) / job.plan.seconds))
    return min(99, 100 * job.looks // max(job.plan.polls, 1))


def hint(job: JobRecord, default: int | None) -> JSONObject:
    """Return `poll_after_seconds` as this look is to show it; nothing where it is missing."""
    value = job.shown(job.plan.poll_after_seconds)
    if value is DEFAULT:
        value = default if default is not None else MISSING
    return {} if value is MISSING else {"poll_after_seconds": value}
