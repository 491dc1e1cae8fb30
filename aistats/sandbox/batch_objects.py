"""The forms of a batch on the wire: the provider's object, the list item, the request row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.clock import iso, iso_offset
from aistats.sandbox.jobs import hint
from aistats.sandbox.plans import DEFAULT

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.plans import JobRecord
    from aistats.sandbox.state import World

DAY = 86_400
LIFECYCLE = {"in_progress": "running", "finalizing": "running"}
PENDING = {"validating", "cancelling", "queued"}
BATCH_PRICE_FIELDS = (
    "dimension",
    "quantity",
    "billable_units",
    "unit_size",
    "unit_price_usd",
    "line_cost_usd",
    "line_nanos",
)
ITEM_FIELDS = (
    "id",
    "object",
    "status",
    "endpoint",
    "completion_window",
    "input_file_id",
    "output_file_id",
    "error_file_id",
    "request_counts",
)


def full(world: World, call: Call, job: JobRecord, *, again: bool = False) -> JSONObject:
    """Return the provider's batch object with the gateway's fields on top."""
    answer: JSONObject = {
        "id": job.id,
        "object": "batch",
        "endpoint": job.request.get("endpoint", "/v1/chat/completions"),
        "errors": _errors(job),
        "input_file_id": job.extra["input_file_id"],
        "completion_window": job.request.get("completion_window", "24h"),
        "status": job.status,
        "output_file_id": job.extra.get("output_file_id"),
        "error_file_id": None,
        "created_at": int(job.created_at),
        **_moments(job),
        "request_counts": _counts(job),
        "metadata": _metadata(job),
        "native_batch_id": job.native_id,
        **_gateway_fields(world, call, job),
        **hint(job, None),
    }
    return answer | _cost(job, again=again)


def _moments(job: JobRecord) -> JSONObject:
    ended = int(job.finished_at) if job.finished_at else None
    started = job.status in {"in_progress", "completed", "failed"}
    return {
        "in_progress_at": int(job.created_at) if started else None,
        "expires_at": int(job.created_at) + DAY,
        "finalizing_at": None,
        "completed_at": ended if job.status == "completed" else None,
        "failed_at": ended if job.status == "failed" else None,
        "expired_at": ended if job.status == "expired" else None,
        "cancelling_at": job.extra.get("cancelling_at"),
        "cancelled_at": ended if job.status == "cancelled" else None,
    }


def _errors(job: JobRecord) -> Any:
    if job.status != "failed":
        return None
    given = job.extra.get("error", DEFAULT)
    if given is not DEFAULT:
        return given
    fault = {"code": "server_error", "message": "The provider could not run the batch."}
    return {"object": "list", "data": [fault | {"param": None, "line": None}]}


def _counts(job: JobRecord) -> JSONObject:
    done = len(job.extra.get("results", ()))
    running = job.status in {"in_progress", "completed"}
    return {"total": len(job.extra["lines"]) if running else 0, "completed": done, "failed": 0}


def _metadata(job: JobRecord) -> JSONObject:
    own = {"phaseo_batch_id": job.id, "phaseo_request_id": job.extra["request_id"]}
    given: JSONObject = job.request.get("metadata") or {}
    return {**given, **own}


def _gateway_fields(world: World, call: Call, job: JobRecord) -> JSONObject:
    room = call.path.split("/")[1]
    url = f"{world.base_url}/{room}/{job.id}"
    lifecycle = LIFECYCLE.get(job.status, job.status)
    return {
        "request_id": job.extra["request_id"],
        "provider": job.provider,
        "lifecycle_status": "pending" if job.status in PENDING else lifecycle,
        "polling_url": url,
        "cancel_url": None if job.terminal else f"{url}/cancel",
        "pricing_lines": _lines(job),
    }


def _lines(job: JobRecord) -> list[JSONObject]:
    lines: list[JSONObject] = job.extra.get("price", {}).get("lines", [])
    plan = {"pricing_plan": "batch", "service_tier": "batch"}
    return [{name: line[name] for name in BATCH_PRICE_FIELDS} | plan for line in lines]


def _cost(job: JobRecord, *, again: bool) -> JSONObject:
    if "price" not in job.extra:
        return {}
    nanos: int = job.extra["price"]["total_nanos"]
    tokens: list[int] = job.extra["tokens"]
    count = len(job.extra["results"])
    money = {"cost_nanos": nanos, "cost_usd": nanos / 1_000_000_000}
    used = {"requests": count, "input_tokens": tokens[0], "output_tokens": tokens[1]}
    totals = {"completed_requests": count, "failed_requests": 0, "total_requests": count}
    price = {"total_nanos": nanos, "total_usd_str": f"{nanos / 1_000_000_000:.9f}"}
    return {
        "usage": {**used, "total_tokens": sum(tokens), **money, "currency": "USD"},
        "billing": {
            "billed": True,
            "charged": True,
            "reason": "already_billed" if again else "charged:captured",
            **money,
            "finalized_at": iso(job.finished_at or 0),
            "pricing_breakdown": {**price, "total_cents": nanos // 10_000_000, **totals},
        },
    }


def item(world: World, call: Call, job: JobRecord) -> JSONObject:
    """Return the smaller object of lists, whose times are written out."""
    whole = full(world, call, job)
    small = {name: whole[name] for name in ITEM_FIELDS}
    small["created_at"] = iso_offset(job.created_at)
    small["updated_at"] = iso(job.touched_at or job.created_at)
    return small | _gateway_fields(world, call, job)


def request_row(job: JobRecord, result: JSONObject, index: int, world: World) -> JSONObject:
    """Return one request of a finished batch."""
    body: JSONObject = result["response"]["body"]
    moment = job.finished_at or world.clock.now()
    nanos = job.extra["price"]["total_nanos"] // max(1, len(job.extra["results"]))
    return {
        "id": f"{index:08x}-0000-4000-8000-{job.native_id[-12:]}",
        "custom_id": result["custom_id"],
        "request_index": index,
        "provider": job.provider,
        "native_batch_id": job.native_id,
        "method": None,
        "endpoint": None,
        "model": body["model"],
        "status": "completed",
        "request_body_hash": None,
        "response_status": 200,
        "response_body": None,
        "error_body": None,
        "usage": body["usage"],
        "cost_nanos": nanos,
        "cost_usd": nanos / 1_000_000_000,
        "meta": {"finalized_from_output_file": True, "response_body_omitted": True},
        "created_at": iso_offset(moment),
        "updated_at": iso_offset(moment),
        "completed_at": iso(moment),
    }
