"""How a job of any kind moves: by looks or by the clock, along its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.money import Charge
from aistats.sandbox.plans import TERMINAL, JobPlan, JobRecord
from aistats.sandbox.shapes import DEFAULT

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
    job = JobRecord(
        id=job_id or call.request_id,
        operation=call.route.name,
        native_id=native_id,
        model=model,
        created_at=world.clock.now(),
        plan=world.plans[kind].take() or default or JobPlan(),
        request=body,
        price_nanos=price_nanos,
    )
    finish_if_due(world, job)
    return world.jobs[kind].put(job.id, job)


def finish_if_due(world: World, job: JobRecord) -> bool:
    """Finish a job whose provider is done, and tell whether it has ended."""
    if not job.terminal and job.due(world.clock.now()):
        finish(world, job)
    return job.terminal


def look(world: World, job: JobRecord, *, running: str) -> None:
    """Ask the provider how far the job is, as every GET does."""
    if job.terminal:
        job.touched_at = world.clock.now()
        return
    job.looks += 1
    if finish_if_due(world, job):
        return
    job.status = job.shown(job.plan.statuses) or running
    if job.status in TERMINAL:
        finish(world, job)
        return
    progress = job.shown(job.plan.progress)
    job.progress = _estimate(world, job) if progress is None else progress


def finish(world: World, job: JobRecord, status: str | None = None, error: Any = DEFAULT) -> None:
    """End the job, as its plan says or as told, and have it paid, which happens once."""
    ended_before = job.terminal and job.finished_at is not None
    job.status = status or job.plan.status
    job.finished_at = job.touched_at = world.clock.now()
    job.error = job.plan.error if error is DEFAULT else error
    if job.status == "completed":
        job.progress = 100
    if not ended_before and job.operation != "batches.create":  # batches are paid by their results
        pay(world, job, job.price_nanos if job.status == "completed" else 0)


def pay(world: World, job: JobRecord, nanos: int) -> None:
    """Charge a job that has ended; music never tells what it cost."""
    who: JSONObject = {"operation": job.operation, "model": job.model.id, "request_id": job.id}
    world.pay(Charge(**who, nanos=nanos, told=job.operation != "music.create"))


def _estimate(world: World, job: JobRecord) -> int:
    """Return the progress of a provider that reports it; the others stay at 0."""
    if not job.openai:
        return 0
    if job.plan.seconds:
        return min(99, int(100 * (world.clock.now() - job.created_at) / job.plan.seconds))
    return min(99, 100 * job.looks // max(job.plan.polls, 1))
