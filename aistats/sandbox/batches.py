"""Batches: created from a file or inline requests, run by looks, results in a file (§5)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aistats.sandbox import files, jobs
from aistats.sandbox.batch_objects import full, item, request_row
from aistats.sandbox.calls import Answer
from aistats.sandbox.catalogue import BY_ID
from aistats.sandbox.envelopes import NO_STORE, direct
from aistats.sandbox.files import provider_headers, raw_id
from aistats.sandbox.plans import JobPlan
from aistats.sandbox.pricing import breakdown, tokens_of
from aistats.sandbox.replies import last_words

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.plans import JobRecord
    from aistats.sandbox.state import World

INPUTS = ("input_file_id", "requests", "prompts", "items")
DEFAULT_PLAN = JobPlan(polls=3, statuses=("validating", "in_progress"))
ENDPOINTS = frozenset(
    {"/v1/chat/completions", "/v1/responses", "/v1/messages", "/v1/embeddings", "/v1/completions"}
)


def create(world: World, call: Call) -> Answer:
    """Start a batch."""
    body = _body(call)
    source, lines = _lines(world, call, body)
    if body.get("completion_window", "24h") != "24h":
        reason = "openai_batch_completion_window_unsupported"
        raise _invalid(call, reason, message="The window must be 24h.")
    _check_lines(call, body, lines, from_file="input_file_id" in body)
    job = jobs.start(
        world,
        call,
        "batches",
        BY_ID["openai/gpt-4.1-mini"],
        native_id=f"batch_{world.ids.hex(24)}",
        body=body,
        job_id=f"batch_{world.ids.ulid()}",
        default=DEFAULT_PLAN,
    )
    job.extra |= {"lines": lines, "input_file_id": source, "request_id": call.request_id}
    if job.status == "queued":
        job.status = "validating"
    _settle(world, job)
    return Answer(body=full(world, call, job), headers=provider_headers(world))


def _body(call: Call) -> JSONObject:
    try:
        body = call.json()
    except ValueError:
        raise direct(call, 400, "invalid_json") from None
    if not isinstance(body, dict):
        raise _invalid(call, "invalid_batch_request")
    given: JSONObject = body
    if sum(name in given for name in INPUTS) != 1:
        raise _invalid(call, "missing_batch_input")
    return given


def _invalid(call: Call, reason: str, **extra: Any) -> Exception:
    return direct(call, 400, "validation_error", reason, **extra)


def _lines(world: World, call: Call, body: JSONObject) -> tuple[str, list[Any]]:
    """Return the id of the input file and the requests in it; inline ones get a file."""
    if "input_file_id" in body:
        file_id = body["input_file_id"]
        file = world.files.get(file_id) if isinstance(file_id, str) else None
        if file is None:
            reason = "batch_input_file_not_found_or_not_owned"
            raise direct(call, 404, "not_found", reason, file_id=file_id)
        return file.id, _parse(file.data)
    endpoint = body.get("endpoint", "/v1/chat/completions")
    lines = [
        _inline(entry, index, endpoint, body)
        for index, entry in enumerate(body.get("requests") or body.get("items") or body["prompts"])
    ]
    data = b"\n".join(json.dumps(line).encode() for line in lines)
    return files.store(world, "inline.jsonl", "batch", data).id, lines


def _inline(entry: Any, index: int, endpoint: str, body: JSONObject) -> JSONObject:
    if isinstance(entry, str):
        messages = [{"role": "user", "content": entry}]
        entry = {"body": {"model": body.get("model"), "messages": messages, "max_tokens": 16}}
    given: JSONObject = entry if isinstance(entry, dict) else {}
    line: JSONObject = {"custom_id": f"request-{index + 1}", "method": "POST", "url": endpoint}
    line |= given
    if isinstance(line.get("body"), dict):
        line["body"] = {"max_tokens": body.get("max_tokens", 1024)} | line["body"]
    return line


def _parse(data: bytes) -> list[Any]:
    """Read JSON lines; a line that is none stays as None."""
    parsed: list[Any] = []
    for line in data.splitlines():
        if line.strip():
            try:
                parsed.append(json.loads(line))
            except ValueError:
                parsed.append(None)
    return parsed


def _check_lines(call: Call, body: JSONObject, lines: list[Any], *, from_file: bool) -> None:
    endpoint = body.get("endpoint", "/v1/chat/completions")
    usable = all(isinstance(line, dict) and isinstance(line.get("body"), dict) for line in lines)
    if not lines or not usable or endpoint not in ENDPOINTS:
        message = "The sandbox cannot price these requests."
        raise _invalid(call, "batch_input_file_not_priceable", message=message, provider="openai")
    limits = ("max_tokens", "max_completion_tokens", "max_output_tokens")
    if from_file and not all(any(n in line["body"] for n in limits) for line in lines):
        raise _invalid(call, "batch_max_output_tokens_required", provider="openai")
    ids = [line.get("custom_id") for line in lines]
    if len(set(ids)) < len(ids):
        raise _invalid(call, "duplicate_custom_id")


def _settle(world: World, job: JobRecord) -> None:
    """Write the results of a batch that has just ended well."""
    if job.status != "completed" or "results" in job.extra:
        return
    job.extra["results"] = results = [
        _result(world, index, line) for index, line in enumerate(job.extra["lines"])
    ]
    output = "\n".join(json.dumps(result) for result in results) + "\n"
    job.extra["output_file_id"] = files.store(
        world, "out.jsonl", "batch_output", output.encode()
    ).id
    usage = [result["response"]["body"]["usage"] for result in results]
    tokens = [sum(u[name] for u in usage) for name in ("prompt_tokens", "completion_tokens")]
    job.extra["tokens"] = tokens
    meters = [("input_text_tokens", tokens[0], "0.2"), ("output_text_tokens", tokens[1], "0.8")]
    job.extra["price"] = breakdown(meters, world.clock)
    world.spend(job.extra["price"]["total_nanos"])


def _result(world: World, index: int, line: JSONObject) -> JSONObject:
    body: JSONObject = line["body"]
    prompt = last_words(body.get("messages") or body.get("input"))
    text = f"You said: {prompt}"
    choice = {"index": 0, "message": {"role": "assistant", "content": text}}
    counted = (tokens_of(prompt), tokens_of(text))
    usage = {"prompt_tokens": counted[0], "completion_tokens": counted[1]}
    answer = {
        "id": f"chatcmpl-{world.ids.hex(24)}",
        "object": "chat.completion",
        "model": body.get("model"),
        "choices": [choice | {"finish_reason": "stop"}],
        "usage": usage | {"total_tokens": sum(counted)},
    }
    response = {"status_code": 200, "request_id": f"req_{world.ids.hex(24)}", "body": answer}
    return {
        "id": f"batch_req_{index}",
        "custom_id": line.get("custom_id"),
        "response": response,
        "error": None,
    }


def _find(world: World, call: Call) -> JobRecord:
    batch_id = raw_id(world, call, "batch_id")
    job = world.jobs["batches"].get(batch_id)
    if job is None:
        reason = "batch_not_found_or_not_owned"
        raise direct(call, 404, "not_found", reason, first={"batch_id": batch_id})
    return job


def retrieve(world: World, call: Call) -> Answer:
    """Look at a batch."""
    job = _find(world, call)
    again = job.terminal
    jobs.look(world, job, running="in_progress")
    _settle(world, job)
    return Answer(body=full(world, call, job, again=again), headers=provider_headers(world))


def cancel(world: World, call: Call) -> Answer:
    """Begin to cancel: the next look still shows that, the one after shows the end."""
    job = _find(world, call)
    job.extra["cancelling_at"] = world.clock.unix()
    answer = full(world, call, job, again=True) | {
        "status": "cancelling",
        "lifecycle_status": "pending",
        "cancel_url": f"{world.base_url}/batches/{job.id}/cancel",
    }
    if not job.terminal:
        job.status = "cancelling"
        job.plan = JobPlan(polls=job.looks + 2, statuses=("cancelling",), status="cancelled")
    return Answer(body=answer, headers=provider_headers(world))


def listing(world: World, call: Call) -> Answer:
    """List stored states, newest first; there is no cursor, and no limit means one."""
    text = call.arg("limit") or ""
    missing = 1 if world.quirks.list_needs_limit else 20
    limit = min(max(int(text), 1), 100) if text.isdigit() else missing if not text else 20
    words = ",".join([*call.query.get("status", []), *call.query.get("statuses", [])]).split(",")
    wanted = {word for word in words if word}
    found = [
        job for job in world.jobs["batches"].newest_first() if not wanted or job.status in wanted
    ][:limit]
    return Answer(
        body={
            "object": "list",
            "data": [item(world, call, job) for job in found],
            "first_id": found[0].id if found else None,
            "last_id": found[-1].id if found else None,
            "has_more": False,
        },
        headers=NO_STORE,
    )


def requests(world: World, call: Call) -> Answer:
    """List the single requests of a batch; they appear when it has ended."""
    job = world.jobs["batches"].get(call.param("batch_id"))
    if job is None:
        job = _find(world, call)
    results: list[JSONObject] = job.extra.get("results", [])
    start = int(call.arg("offset") or 0)
    limit = min(int(call.arg("limit") or 100), 1000)
    rows = [request_row(job, result, n, world) for n, result in enumerate(results)]
    page = rows[start : start + limit]
    return Answer(body={"object": "list", "batch_id": job.id, "data": page}, headers=NO_STORE)
