"""POST /responses in the two dialects that the gateway speaks (wire-facts §6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.admission import admit
from aistats.sandbox.calls import Answer, Call, JSONObject
from aistats.sandbox.chat import finish_reason
from aistats.sandbox.envelopes import TIMING, pipeline
from aistats.sandbox.pricing import totals
from aistats.sandbox.records import remember
from aistats.sandbox.replies import Reply, compose, frames, last_words, meta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.state import World

Event = tuple[str | None, Any]
NULL_IN_RESPONSE = (
    "error",
    "instructions",
    "max_output_tokens",
    "max_tool_calls",
    "previous_response_id",
    "frequency_penalty",
    "presence_penalty",
    "top_logprobs",
    "user",
    "background",
    "service_tier",
    "safety_identifier",
    "prompt_cache_key",
)
OPENAI_DEFAULTS: JSONObject = {
    "parallel_tool_calls": True,
    "store": False,
    "temperature": 1,
    "text": {"format": {"type": "text"}},
    "tool_choice": "auto",
    "tools": [],
    "top_p": 1,
}
OTHER_DEFAULTS: JSONObject = dict.fromkeys(OPENAI_DEFAULTS) | {
    "parallel_tool_calls": True,
    "tools": [],
}
REPEATED = (
    "instructions",
    "max_output_tokens",
    "max_tool_calls",
    "parallel_tool_calls",
    "previous_response_id",
    "background",
    "service_tier",
    "temperature",
    "tool_choice",
    "tools",
    "top_p",
)
"""What a response repeats from its request."""

STATUS = {"incomplete": "incomplete", "failed": "failed"}
FAULT = {"code": "server_error", "message": "The model failed while it answered."}


def create(world: World, call: Call) -> Answer:
    """Answer with a response, whole or streamed."""
    body, model = admit(world, call, "text")
    reply = compose(world, call, body, model, last_words(body.get("input")))
    if reply.end == "failed" and not body.get("stream"):
        words = "The provider answered without any output that could be shown."
        raise pipeline(call, 502, "google_empty_response", description=words, origin="gateway")
    remember(world, call, model, reply.price)
    if not body.get("stream"):
        return Answer(body=_whole(reply, body), headers=TIMING)
    dialect = _openai_events if model.provider == "openai" else _reencoded_events
    events = dialect(reply, body)
    return Answer(body=iter(frames(events)), content_type="text/event-stream", headers=TIMING)


def usage(reply: Reply) -> JSONObject:
    """Return the usage member as `/responses` and `/messages` write it."""
    counted: JSONObject = {
        "input_tokens": reply.input_tokens,
        "output_tokens": reply.output_tokens,
        "total_tokens": reply.total_tokens,
    }
    if reply.model.provider == "openai" and reply.billed:
        counted["input_tokens_details"] = {"cached_tokens": 0}
        counted["output_tokens_details"] = {"reasoning_tokens": 0}
    return counted | {"pricing_breakdown": reply.price}


def _output(reply: Reply, status: str = "completed") -> JSONObject:
    if reply.tool:
        name, arguments = reply.tool
        return {
            "id": f"fc_{reply.native[:12]}",
            "type": "function_call",
            "status": status,
            "call_id": f"call_{reply.native[:12]}",
            "name": name,
            "arguments": arguments if status == "completed" else "",
        }
    part: JSONObject = {"type": "output_text", "text": reply.text, "annotations": []}
    openai = reply.model.provider == "openai"
    item: JSONObject = {
        "id": f"msg_{reply.native}" if openai else f"msg_{reply.request_id}_0",
        "type": "message",
        "status": status,
        "role": "assistant",
        "content": [part | ({"logprobs": []} if openai else {})],
    }
    return item if status == "completed" else item | {"content": []}


def _whole(reply: Reply, body: JSONObject) -> JSONObject:
    openai = reply.model.provider == "openai"
    native = f"resp_{reply.native}" if openai else f"msg_{reply.native[:20]}"
    incomplete = reply.end == "incomplete"
    answer: JSONObject = dict.fromkeys(NULL_IN_RESPONSE) | {
        "id": reply.request_id,
        "object": "response",
        "created_at": reply.created,
        "status": STATUS.get(reply.end, "completed"),
        "finish_reason": finish_reason(reply),
        "completed_at": None if incomplete else reply.created,
        "incomplete_details": {"reason": "max_output_tokens"} if incomplete else None,
        "model": reply.model.id,
        "output": [_output(reply)],
        "reasoning": {"effort": None, "summary": None},
        "truncation": "disabled",
        "usage": usage(reply),
        "metadata": {"phaseo_request_id": reply.request_id} if openai else {},
        "nativeResponseId": native,
        "provider": reply.model.provider,
        "provider_id": reply.model.provider,
        "meta": meta(generation_ms=10, throughput=reply.output_tokens * 100.0),
    }
    answer |= OPENAI_DEFAULTS if openai else OTHER_DEFAULTS
    answer |= {name: body[name] for name in REPEATED if name in body}
    return answer | (totals(reply.price) if reply.billed else {})


def _openai_events(reply: Reply, body: JSONObject) -> Iterator[Event]:
    """The provider's own events, each with the gateway's id added."""
    for number, (name, data) in enumerate(_openai_steps(reply, body)):
        frame = {"type": name, "sequence_number": number, **data, "id": reply.request_id}
        yield name, frame


def _openai_steps(reply: Reply, body: JSONObject) -> Iterator[tuple[str, JSONObject]]:
    running = _snapshot(reply, body, "in_progress", output=[], usage_=None)
    yield "response.created", {"response": running}
    yield "response.in_progress", {"response": running}
    started = _output(reply, "in_progress")
    yield "response.output_item.added", {"output_index": 0, "item": started}
    yield from _tool_steps(reply) if reply.tool else _text_steps(reply)
    if reply.end == "cut":
        return
    if reply.end == "error":
        yield "error", {**FAULT, "param": None}
        return
    if not reply.tool:
        whole = _output(reply)
        at = {"item_id": whole["id"], "output_index": 0, "content_index": 0}
        yield "response.output_text.done", {**at, "text": reply.text, "logprobs": []}
        yield "response.content_part.done", {**at, "part": whole["content"][0]}
    yield "response.output_item.done", {"output_index": 0, "item": _output(reply)}
    status = STATUS.get(reply.end, "completed")
    failed = status == "failed"
    final = _snapshot(
        reply,
        body,
        status,
        output=[] if failed else [_output(reply)],
        usage_=None if failed else usage(reply),
    )
    yield f"response.{status}", {"response": final}


def _text_steps(reply: Reply) -> Iterator[tuple[str, JSONObject]]:
    at = {"item_id": f"msg_{reply.native}", "output_index": 0, "content_index": 0}
    empty = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
    yield "response.content_part.added", {**at, "part": empty}
    for piece in reply.pieces:
        yield "response.output_text.delta", {**at, "delta": piece, "logprobs": []}


def _tool_steps(reply: Reply) -> Iterator[tuple[str, JSONObject]]:
    item = _output(reply)
    at = {"item_id": item["id"], "output_index": 0}
    middle = len(item["arguments"]) // 2
    for part in (item["arguments"][:middle], item["arguments"][middle:]):
        yield "response.function_call_arguments.delta", {**at, "delta": part}
    yield "response.function_call_arguments.done", {**at, "arguments": item["arguments"]}


def _snapshot(
    reply: Reply, body: JSONObject, status: str, *, output: list[Any], usage_: Any
) -> JSONObject:
    incomplete = {"reason": "max_output_tokens"} if status == "incomplete" else None
    return {
        "id": f"resp_{reply.native}",
        "object": "response",
        "created_at": reply.created,
        "model": reply.model.native,
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": body.get("tools", []),
        "error": FAULT if status == "failed" else None,
        "incomplete_details": incomplete,
        "metadata": {"phaseo_request_id": reply.request_id},
        "store": False,
        "temperature": body.get("temperature", 1),
        "top_p": 1,
        "text": {"format": {"type": "text"}},
        "status": status,
        "output": output,
        "usage": usage_,
    }


def _reencoded_events(reply: Reply, _body: JSONObject) -> Iterator[Event]:
    """The reduced stream: no `type`, no numbers, only the event's name says what it is."""
    base = {"id": reply.request_id, "created_at": reply.created, "model": reply.model.native}
    item = f"item_{reply.request_id}_0"
    own = {"id": reply.request_id}
    yield "response.created", {"response": base, **own}
    for piece in reply.pieces:
        delta = {"delta": piece, "output_index": 0, "item_id": item}
        yield "response.output_text.delta", delta | own
    if reply.end == "cut":
        return
    if reply.end in {"error", "failed"}:
        yield "error", {"error": {"message": FAULT["message"]}}
        return
    final = {"id": reply.request_id, "object": "response", "created_at": reply.created}
    final |= {"model": reply.model.native, "status": STATUS.get(reply.end, "completed")}
    final |= {"output": [_output(reply) | {"id": item}], "usage": usage(reply)}
    final["nativeResponseId"] = f"msg_{reply.native[:20]}"
    yield "response.completed", {"response": final, **own}
