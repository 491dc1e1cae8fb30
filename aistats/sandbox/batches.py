"""Batches and their files: created, run by looks, results in a file (docs/gateway.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from aistats.sandbox import jobs
from aistats.sandbox.calls import Answer, Call, JSONObject, decode_or, encode
from aistats.sandbox.catalogue import BY_ID
from aistats.sandbox.money import breakdown
from aistats.sandbox.plans import JobPlan, JobRecord
from aistats.sandbox.refusals import NO_STORE, bare, refuse
from aistats.sandbox.shapes import fill
from aistats.sandbox.text import last_words, tokens_of
from aistats.sandbox.videos import paged

if TYPE_CHECKING:
    from aistats.sandbox.state import World

DAY = 86_400
PURPOSES = ("assistants", "batch", "evals", "fine-tune", "user_data", "vision")
INPUTS = ("input_file_id", "requests", "prompts", "items")
DEFAULT_PLAN = JobPlan(polls=3, statuses=("validating", "in_progress"))
DEFAULT_ENDPOINT = "/v1/chat/completions"
ENDPOINTS = frozenset(
    {DEFAULT_ENDPOINT, "/v1/responses", "/v1/messages", "/v1/embeddings", "/v1/completions"}
)
PRICES = ("0.2", "0.8")
LIMITS = ("max_tokens", "max_completion_tokens", "max_output_tokens")


@frozen
class StoredFile:
    """One file."""

    id: str
    filename: str
    purpose: str
    data: bytes
    created_at: int


def _provider_headers(world: World) -> dict[str, str]:
    """Return the header that the provider adds to answers passed on from it."""
    return {"x-request-id": f"req_{world.ids.hex(32)}"}


def _store(world: World, filename: str, purpose: str, data: bytes) -> StoredFile:
    """Keep a file."""
    mark = "out-" if purpose == "batch_output" else ""
    file_id, created_at = f"file-{mark}{world.ids.hex(22)}", world.clock.unix()
    file = StoredFile(file_id, filename, purpose, data, created_at)
    world.files.put(file_id, file)
    return file


def upload(world: World, call: Call) -> Answer:
    """Take an upload; what is wrong with it is said in the provider's words, not the gateway's."""
    fields, files = call.form if call.is_form else ({}, {})
    sent = files.get("file", [None])[0]
    purpose = fields.get("purpose", [""])[0]
    wrong = None
    if sent is None or not sent.filename:
        wrong = "a part called 'file' is needed"
    elif purpose not in PURPOSES:
        wrong = f"the purpose {purpose!r} is none of {', '.join(PURPOSES)}"
    if sent is None or wrong is not None:
        raise bare(400, fill("batches.refused", message=wrong), _provider_headers(world))
    data = sent.read()
    if not data:
        raise refuse(call, 400, "validation_error", "batch_file_empty")
    file = _store(world, sent.filename or "", purpose, data)
    return Answer(body=fill("batches.file", file=file), headers=_provider_headers(world))


def list_files(_world: World, call: Call) -> Answer:
    """Refuse, always: the gateway's provider account is shared by everybody."""
    raise refuse(call, 400, "not_supported", "file_list_not_supported_with_shared_gateway_key")


def retrieve_file(world: World, call: Call) -> Answer:
    """Describe a file."""
    body = fill("batches.file", file=_find_file(world, call))
    return Answer(body=body, headers=_provider_headers(world))


def file_content(world: World, call: Call) -> Answer:
    """Serve a file's bytes."""
    data, kind = _find_file(world, call).data, "application/octet-stream"
    return Answer(body=data, content_type=kind, headers=_provider_headers(world))


def _find_file(world: World, call: Call) -> StoredFile:
    file_id = _raw_id(world, call, "file_id")
    file: StoredFile | None = world.files.get(file_id)
    if file is None:
        raise refuse(call, 404, "not_found", "file_not_found_or_not_owned", file_id=file_id)
    return file


def _raw_id(world: World, call: Call, name: str) -> str:
    """Return an id as batch and file routes read it: undecoded, and with the query stuck to it."""
    text = call.params[name]
    broken = call.query_string and world.quirks.query_breaks_ids
    return f"{text}?{call.query_string}" if broken else text


def create(world: World, call: Call) -> Answer:
    """Start a batch."""
    body = _body(call)
    source, lines = _lines(world, call, body)
    if body.get("completion_window", "24h") != "24h":
        reason = "openai_batch_completion_window_unsupported"
        raise _invalid(call, reason, message="The window must be 24h.")
    _check_lines(call, body, lines)
    native, job_id = f"batch_{world.ids.hex(24)}", f"batch_{world.ids.ulid()}"
    made: JSONObject = {"native_id": native, "job_id": job_id, "body": body}
    model = BY_ID["openai/gpt-4.1-mini"]
    job = jobs.start(world, call, "batches", model, default=DEFAULT_PLAN, **made)
    job.extra |= fill("batches.nothing_yet", lines=lines, source=source, call=call)
    job.extra["endpoint"] = body.get("endpoint", DEFAULT_ENDPOINT)
    if job.status == "queued":
        job.status = "validating"
    _settle(world, job)
    return _shown(world, call, job)


def _body(call: Call) -> JSONObject:
    try:
        body: Any = call.json()
    except ValueError:
        raise refuse(call, 400, "invalid_json") from None
    if not isinstance(body, dict):
        raise _invalid(call, "invalid_batch_request")
    if sum(name in body for name in INPUTS) != 1:
        raise _invalid(call, "missing_batch_input")
    return body


def _invalid(call: Call, reason: str, **extra: Any) -> Exception:
    return refuse(call, 400, "validation_error", reason, **extra)


def _lines(world: World, call: Call, body: JSONObject) -> tuple[str, list[Any]]:
    """Return the id of the input file and the requests in it; inline ones get a file."""
    if "input_file_id" in body:
        file_id = body["input_file_id"]
        file = world.files.get(str(file_id))
        if file is None:
            reason = "batch_input_file_not_found_or_not_owned"
            raise refuse(call, 404, "not_found", reason, file_id=file_id)
        return file.id, [decode_or(None, text) for text in file.data.splitlines() if text.strip()]
    given = body.get("requests") or body.get("items") or body.get("prompts")
    entries = given if isinstance(given, list) else []
    lines = [_inline(entry, number, body) for number, entry in enumerate(entries, 1)]
    data = b"\n".join(map(encode, lines))
    return _store(world, "inline.jsonl", "batch", data).id, lines


def _inline(entry: Any, number: int, body: JSONObject) -> JSONObject:
    if isinstance(entry, str):
        messages = [{"role": "user", "content": entry}]
        entry = {"body": {"model": body.get("model"), "messages": messages, "max_tokens": 16}}
    url = body.get("endpoint", DEFAULT_ENDPOINT)
    line: JSONObject = {"custom_id": f"request-{number}", "method": "POST", "url": url}
    line |= entry if isinstance(entry, dict) else {}
    if isinstance(line.get("body"), dict):
        line["body"] = {"max_tokens": body.get("max_tokens", 1024)} | line["body"]
    return line


def _check_lines(call: Call, body: JSONObject, lines: list[Any]) -> None:
    usable = all(isinstance(line, dict) and isinstance(line.get("body"), dict) for line in lines)
    if not lines or not usable or body.get("endpoint", DEFAULT_ENDPOINT) not in ENDPOINTS:
        message = "The sandbox cannot price these requests."
        raise _invalid(call, "batch_input_file_not_priceable", message=message, provider="openai")
    limited = all(any(name in line["body"] for name in LIMITS) for line in lines)
    if "input_file_id" in body and not limited:
        raise _invalid(call, "batch_max_output_tokens_required", provider="openai")
    ids = {encode(line.get("custom_id")) for line in lines}
    if len(ids) < len(lines):
        raise _invalid(call, "duplicate_custom_id")


def _settle(world: World, job: JobRecord) -> None:
    """Write the results of a batch that has just ended, and have it paid."""
    if not job.terminal or "tokens" in job.extra:
        return
    lines = job.extra["lines"] if job.status == "completed" else []
    results = [_result(world, index, line) for index, line in enumerate(lines)]
    used = [result["response"]["body"]["usage"] for result in results]
    sums = [sum(u[name] for u in used) for name in ("prompt_tokens", "completion_tokens")]
    names = ("input_text_tokens", "output_text_tokens")
    price = breakdown(list(zip(names, sums, PRICES, strict=True)), world.clock)
    tokens = {"input": sums[0], "output": sums[1], "total": sum(sums)}
    job.extra |= {"results": results, "tokens": tokens, "price": price}
    jobs.pay(world, job, price["total_nanos"])
    if results:
        data = b"".join(encode(result) + b"\n" for result in results)
        job.extra["output_file_id"] = _store(world, "out.jsonl", "batch_output", data).id


def _result(world: World, index: int, line: JSONObject) -> JSONObject:
    body: JSONObject = line["body"]
    prompt = last_words(body.get("messages") or body.get("input"))
    text = f"You said: {prompt}"
    told: JSONObject = {"input": tokens_of(prompt), "output": tokens_of(text)}
    told["total"] = told["input"] + told["output"]
    told |= {"request_id": world.ids.hex(24), "native": world.ids.hex(24), "text": text}
    told |= {"custom_id": line.get("custom_id"), "model": body.get("model")}
    return fill("batches.result", index=index, **told)


def _find(world: World, call: Call) -> JobRecord:
    batch_id = _raw_id(world, call, "batch_id")
    job = world.jobs["batches"].get(batch_id)
    if job is None:
        raise refuse(call, 404, "not_found", "batch_not_found_or_not_owned", batch_id=batch_id)
    return job


def retrieve(world: World, call: Call) -> Answer:
    """Look at a batch."""
    job = _find(world, call)
    again = job.terminal
    jobs.look(world, job, running="in_progress")
    _settle(world, job)
    return _shown(world, call, job, again=again)


def cancel(world: World, call: Call) -> Answer:
    """Begin to cancel: the next look still shows that, the one after shows the end."""
    job = _find(world, call)
    job.extra["cancelling_at"] = world.clock.unix()
    begun = fill("batches.cancelling", url=f"{world.base_url}/batches/{job.id}")
    answer = _shown(world, call, job, again=True, **begun)
    if not job.terminal:
        job.status = "cancelling"
        job.plan = JobPlan(polls=job.looks + 2, statuses=("cancelling",), status="cancelled")
    return answer


def listing(world: World, call: Call) -> Answer:
    """List stored states, newest first; there is no cursor, and no limit means one."""
    text = call.arg("limit") or ""
    missing = 1 if world.quirks.list_needs_limit and not text else 20
    limit = min(max(call.number("limit"), 1), 100) if text.isdigit() else missing
    wanted = call.words("status") | call.words("statuses")
    found = world.jobs["batches"].newest_first()
    found = [job for job in found if not wanted or job.status in wanted][:limit]
    items = [fill("batches.item", **_values(world, call, job)) for job in found]
    return paged(items, has_more=False)


def requests(world: World, call: Call) -> Answer:
    """List the single requests of a batch; they appear when it has ended."""
    job = world.jobs["batches"].get(call.param("batch_id")) or _find(world, call)
    rows = [_request(job, *numbered) for numbered in enumerate(job.extra["results"])]
    start, limit = call.number("offset"), min(call.number("limit") or 100, 1000)
    page = {"object": "list", "batch_id": job.id, "data": rows[start : start + limit]}
    return Answer(body=page, headers=NO_STORE)


def _request(job: JobRecord, index: int, result: JSONObject) -> JSONObject:
    nanos = job.extra["price"]["total_nanos"] // len(job.extra["results"])
    own_id = f"{index:08x}-0000-4000-8000-{job.native_id[-12:]}"
    told: JSONObject = {"job": job, "result": result, "index": index}
    return fill("batches.request", id=own_id, nanos=nanos, **told)


def _shown(world: World, call: Call, job: JobRecord, *, again: bool = False, **over: str) -> Answer:
    """Answer with the provider's batch object and the gateway's fields on top."""
    body = fill("batches.batch", **_values(world, call, job), again=again)
    return Answer(body=body | over, headers=_provider_headers(world))


def _values(world: World, call: Call, job: JobRecord) -> JSONObject:
    """Return what the batch object and the item of a list show."""
    status, extra = job.status, job.extra
    begun = status in {"in_progress", "completed"}
    counts = {"total": len(extra["lines"]) if begun else 0, "failed": 0}
    counts["completed"] = len(extra["results"])
    url = f"{world.base_url}/{call.path.split('/')[1]}/{job.id}"
    own = {"phaseo_batch_id": job.id, "phaseo_request_id": extra["request_id"]}
    return {
        **extra,
        "job": job,
        "status": status,
        "errors": job.told_error(fill("batches.errors")),
        "began": begun or status == "failed",
        "expires_at": int(job.created_at) + DAY,
        "counts": counts,
        "metadata": {**(job.request.get("metadata") or {}), **own},
        "hint": job.hint(),
        "url": url,
        "cancel_url": f"{url}/cancel",
    }
