"""POST /chat/completions in the two dialects that the gateway speaks (wire-facts §6.2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aistats.sandbox.admission import admit
from aistats.sandbox.calls import Answer
from aistats.sandbox.envelopes import TIMING
from aistats.sandbox.pricing import totals
from aistats.sandbox.records import remember
from aistats.sandbox.replies import compose, frames, last_words, meta
from aistats.sandbox.routing import diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.replies import Reply
    from aistats.sandbox.state import World

Event = tuple[str | None, Any]


def create(world: World, call: Call) -> Answer:
    """Answer a chat, whole or streamed."""
    body, model = admit(world, call, "text")
    reply = compose(world, call, body, model, last_words(body["messages"]))
    remember(world, call, model, reply.price)
    if not body.get("stream"):
        return Answer(body=_whole(reply, body), headers=TIMING)
    dialect = _openai_events if model.provider == "openai" else _reencoded_events
    events = dialect(reply, body)
    return Answer(body=iter(frames(events)), content_type="text/event-stream", headers=TIMING)


def _native(reply: Reply) -> str:
    if reply.model.provider == "openai":
        return f"chatcmpl-{reply.native[:24]}"
    return f"msg_{reply.native[:20]}"


def finish_reason(reply: Reply) -> str:
    """Return why the answer ended, in the words of chat completions."""
    if reply.tool:
        return "tool_calls"
    return "length" if reply.end == "incomplete" else "stop"


def _usage(reply: Reply, *, details: bool = True, reasoning: bool = True) -> JSONObject:
    usage: JSONObject = {
        "prompt_tokens": reply.input_tokens,
        "completion_tokens": reply.output_tokens,
        "total_tokens": reply.total_tokens,
    }
    if details and reply.billed and reply.model.provider == "openai":
        usage["prompt_tokens_details"] = {"cached_tokens": 0}
        if reasoning:
            usage["completion_tokens_details"] = {"reasoning_tokens": 0}
    return usage | {"pricing": reply.price}


def _routing(reply: Reply) -> JSONObject:
    return {
        "selected_provider": reply.model.provider,
        "requested_params": [],
        "param_provider_count_before": 1,
        "param_provider_count_after": 1,
        "param_dropped_providers": [],
    }


def _full_meta(reply: Reply) -> JSONObject:
    cache = ("key", "fingerprint", "ttlSeconds", "ttlSource")
    response_cache = {"enabled": False, "status": "bypass", "reason": "store_not_configured"}
    return {
        **meta(generation_ms=10, throughput=reply.output_tokens * 100.0),
        "routing": _routing(reply),
        "response_cache": response_cache | dict.fromkeys(cache),
    }


def _message(reply: Reply) -> JSONObject:
    message: JSONObject = {"role": "assistant", "content": reply.text}
    if reply.tool:
        message["tool_calls"] = [_tool_call(reply)]
    return message


def _tool_call(reply: Reply) -> JSONObject:
    name, arguments = reply.tool or ("", "")
    function = {"name": name, "arguments": arguments}
    return {"id": f"call_{reply.native[:12]}", "type": "function", "function": function}


def _whole(reply: Reply, body: JSONObject) -> JSONObject:
    message = _message(reply) | {"refusal": None, "annotations": []}
    choice = {
        "index": 0,
        "message": message,
        "logprobs": None,
        "finish_reason": finish_reason(reply),
    }
    answer: JSONObject = {
        "id": reply.request_id,
        "nativeResponseId": _native(reply),
        "object": "chat.completion",
        "created": reply.created,
        "model": reply.model.id,
        "provider": reply.model.provider,
        "provider_id": reply.model.provider,
        "choices": [choice],
        "usage": _usage(reply),
    }
    if "service_tier" in body:
        answer["service_tier"] = body["service_tier"]
    if body.get("meta"):
        answer["meta"] = _full_meta(reply)
    answer |= totals(reply.price) if reply.billed else {}
    return answer | _debug(reply, body)


def _debug(reply: Reply, body: JSONObject) -> JSONObject:
    """Return what a request with `debug` is told beside its answer."""
    wishes: JSONObject = body.get("debug") or {}
    if not wishes.get("enabled"):
        return {}
    told: JSONObject = {"routing_diagnostics": diagnostics(reply.model.id, "chat.completions")}
    if wishes.get("return_upstream_request"):
        sent = {"model": reply.model.native, "messages": body["messages"], "stream": True}
        told["upstream_request"] = json.dumps(sent, separators=(",", ":"))
    return told


def _openai_events(reply: Reply, body: JSONObject) -> Iterator[Event]:
    """Chunks, a usage chunk that nobody asked for, and `[DONE]`."""
    for delta in _openai_deltas(reply):
        yield None, _openai_chunk(reply, delta, None)
    if reply.end == "cut":
        return
    if reply.end in {"error", "failed"}:
        yield None, _error_frame(reply)
        return
    yield None, _openai_chunk(reply, {}, finish_reason(reply))
    last = {
        "id": reply.request_id,
        "object": "chat.completion.chunk",
        "created": reply.created,
        "model": reply.model.native,
        "choices": [],
        "usage": _usage(reply, reasoning=False),
        "nativeResponseId": _native(reply),
    }
    yield None, last | ({"meta": {"routing": _routing(reply)}} if body.get("meta") else {})
    yield None, "[DONE]"


def _openai_deltas(reply: Reply) -> Iterator[JSONObject]:
    yield {"role": "assistant", "content": "", "refusal": None}
    if not reply.tool:
        yield from ({"content": piece} for piece in reply.pieces)
        return
    call = _tool_call(reply)
    arguments = call["function"]["arguments"]
    start = call | {"index": 0, "function": call["function"] | {"arguments": ""}}
    yield {"tool_calls": [start]}
    middle = len(arguments) // 2
    for part in (arguments[:middle], arguments[middle:]):
        yield {"tool_calls": [{"index": 0, "function": {"arguments": part}}]}


def _openai_chunk(reply: Reply, delta: JSONObject, finish: str | None) -> JSONObject:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {
        "id": reply.request_id,
        "object": "chat.completion.chunk",
        "created": reply.created,
        "model": reply.model.native,
        "service_tier": "default",
        "system_fingerprint": "fp_sandbox",
        "choices": [choice],
        "nativeResponseId": _native(reply),
    }


def _error_frame(reply: Reply) -> JSONObject:
    fault = {"message": "The provider failed while it answered.", "type": "server_error"}
    return {
        "error": fault | {"param": None, "code": None},
        "nativeResponseId": _native(reply),
        "id": reply.request_id,
    }


def _reencoded_events(reply: Reply, body: JSONObject) -> Iterator[Event]:
    """Chunks without any finish reason, then one whole completion, and no `[DONE]`."""
    shared = {"nativeResponseId": reply.request_id, "created": reply.created}
    for piece in reply.pieces:
        delta = {"role": "assistant", "content": piece}
        chunk: JSONObject = {
            "object": "chat.completion.chunk",
            **shared,
            "model": reply.model.native,
        }
        chunk["choices"] = [{"index": 0, "delta": delta, "finish_reason": None}]
        yield None, chunk | {"id": reply.request_id}
    if reply.end == "cut":
        return
    if reply.end in {"error", "failed"}:
        yield None, _error_frame(reply)
        return
    message = {"tool_calls": [], **_message(reply)}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason(reply)}
    whole: JSONObject = {"id": reply.request_id, "object": "chat.completion", **shared}
    whole |= {"model": reply.model.id, "choices": [choice], "usage": _usage(reply)}
    yield None, whole | ({"meta": _full_meta(reply)} if body.get("meta") else {})
