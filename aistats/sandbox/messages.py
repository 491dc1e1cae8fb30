"""POST /messages, the gateway's rendering of Anthropic's API (wire-facts §6.4)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aistats.sandbox.admission import admit
from aistats.sandbox.calls import Answer, Call, JSONObject
from aistats.sandbox.envelopes import TIMING
from aistats.sandbox.pricing import totals
from aistats.sandbox.records import remember
from aistats.sandbox.replies import Reply, compose, frames, last_words
from aistats.sandbox.responses import usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.state import World

Event = tuple[str | None, Any]
EMPTY_USAGE = (
    "cache_creation",
    "cache_creation_input_tokens",
    "cache_read_input_tokens",
    "server_tool_use",
    "service_tier",
)


def create(world: World, call: Call) -> Answer:
    """Answer with a message, whole or streamed."""
    body, model = admit(world, call, "text")
    reply = compose(world, call, body, model, last_words(body["messages"]))
    remember(world, call, model, reply.price)
    if not body.get("stream"):
        return Answer(body=_whole(reply), headers=TIMING)
    events = _events(reply)
    return Answer(body=iter(frames(events)), content_type="text/event-stream", headers=TIMING)


def _stop_reason(reply: Reply) -> str:
    if reply.tool:
        return "tool_use"
    return "max_tokens" if reply.end == "incomplete" else "end_turn"


def _block(reply: Reply) -> JSONObject:
    if reply.tool:
        name, arguments = reply.tool
        call = {"type": "tool_use", "id": f"call_{reply.native[:12]}", "name": name}
        return call | {"input": json.loads(arguments)}
    return {"type": "text", "text": reply.text, "citations": None}


def _whole(reply: Reply) -> JSONObject:
    counted = usage(reply)
    tokens = {name: counted.pop(name) for name in ("input_tokens", "output_tokens")}
    answer: JSONObject = {
        "id": reply.request_id,
        "type": "message",
        "role": "assistant",
        "content": [_block(reply)],
        "model": reply.model.id,
        "stop_reason": _stop_reason(reply),
        "stop_sequence": None,
        "usage": {**counted, **dict.fromkeys(EMPTY_USAGE), **tokens},
    }
    return answer | (totals(reply.price) if reply.billed else {})


def _events(reply: Reply) -> Iterator[Event]:
    native = reply.model.provider == "anthropic"
    message: JSONObject = {
        "id": reply.request_id if native else f"resp_{reply.native}",
        "type": "message",
        "role": "assistant",
        "model": reply.model.native,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 0, "output_tokens": 0},
    }
    yield "message_start", {"type": "message_start", "message": message}
    for data in _block_events(reply):
        yield data["type"], data
    if reply.end == "cut":
        return
    if reply.end in {"error", "failed"}:
        yield "error", {"type": "error", "error": {"message": "The provider failed."}}
        return
    yield "content_block_stop", {"type": "content_block_stop", "index": 0}
    tokens = {"input_tokens": reply.input_tokens, "output_tokens": reply.output_tokens}
    stop = {"stop_reason": _stop_reason(reply), "stop_sequence": None}
    last = {"type": "message_delta", "delta": stop}
    yield "message_delta", last | {"usage": {**dict.fromkeys(EMPTY_USAGE), **tokens}}
    yield "message_stop", {"type": "message_stop"}


def _block_events(reply: Reply) -> Iterator[JSONObject]:
    at = {"type": "content_block_delta", "index": 0}
    start = {"type": "content_block_start", "index": 0}
    if reply.tool:
        yield start | {"content_block": _block(reply) | {"input": {}}}
        yield at | {"delta": {"type": "input_json_delta", "partial_json": reply.tool[1]}}
        return
    yield start | {"content_block": {"type": "text", "text": ""}}
    for piece in reply.pieces:
        yield at | {"delta": {"type": "text_delta", "text": piece}}
