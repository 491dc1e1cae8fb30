"""Chat completions, responses and messages, each in the two dialects that the gateway speaks.

OpenAI's models are passed on in their own form; all others in the gateway's rendering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.admission import admit
from aistats.sandbox.calls import Answer, encode
from aistats.sandbox.money import meta, totals, usage
from aistats.sandbox.refusals import TIMING, refuse, routing
from aistats.sandbox.replies import compose, frames, last_words
from aistats.sandbox.shapes import MISSING, fill, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.replies import Event, Reply, Tool
    from aistats.sandbox.state import World

BAD_ENDS = frozenset({"cut", "error", "failed"})


def stream(events: Iterator[Event]) -> Answer:
    """Answer with server-sent events."""
    return Answer(body=iter(frames(events)), content_type="text/event-stream", headers=TIMING)


def chat(world: World, call: Call) -> Answer:
    """Answer a chat, whole or streamed."""
    body, model = admit(world, call, "text")
    reply = compose(world, call, body, model, last_words(body["messages"]))
    if body.get("stream"):
        return stream((_openai_chat if reply.openai else _other_chat)(reply, body))
    answer = fill(
        "text.chat",
        reply=reply,
        tool_calls=_tool_calls(reply) or MISSING,
        logprobs=_chat_logprobs(reply, reply.pieces),
        usage=_chat_usage(reply),
        service_tier=body.get("service_tier", MISSING),
        meta=_full_meta(reply) if body.get("meta") else MISSING,
        totals=totals(reply.price) if reply.billed else {},
        debug=_debug(reply, body),
    )
    return Answer(body=answer, headers=TIMING)


def _tool_calls(reply: Reply) -> list[JSONObject]:
    return [
        fill("text.tool_call", tool=tool, arguments=tool.arguments, index=MISSING)
        for tool in reply.tools
    ]


def _chat_logprobs(reply: Reply, pieces: tuple[str, ...]) -> Any:
    if reply.logprobs is None or not pieces:
        return None
    return {"content": reply.odds(pieces), "refusal": None}


def _chat_usage(reply: Reply, *, reasoning: bool = True) -> JSONObject:
    counted = reply.billed and reply.openai
    told: JSONObject = fill(
        "text.chat_usage",
        reply=reply,
        cached={"cached_tokens": 0} if counted else MISSING,
        reasoning={"reasoning_tokens": 0} if counted and reasoning else MISSING,
    )
    return told


def _full_meta(reply: Reply) -> JSONObject:
    told: JSONObject = fill(
        "text.full_meta", reply=reply, meta=meta(10, reply.output_tokens * 100.0)
    )
    return told


def _debug(reply: Reply, body: JSONObject) -> JSONObject:
    """Return what a request with `debug` is told beside its answer."""
    wishes: JSONObject = body.get("debug") or {}
    if not wishes.get("enabled"):
        return {}
    told: JSONObject = {"routing_diagnostics": routing(reply.model.id, "chat.completions")}
    if wishes.get("return_upstream_request"):
        sent = {"model": reply.model.native, "messages": body["messages"], "stream": True}
        told["upstream_request"] = encode(sent).decode()
    return told


def _openai_chat(reply: Reply, body: JSONObject) -> Iterator[Event]:
    """Chunks, a usage chunk that nobody asked for, and `[DONE]`."""

    def chunk(delta: JSONObject, *pieces: str, finish: str | None = None) -> Event:
        odds = _chat_logprobs(reply, pieces)
        return None, fill("text.chat_chunk", reply=reply, delta=delta, logprobs=odds, finish=finish)

    yield chunk({"role": "assistant", "content": "", "refusal": None})
    for piece in reply.pieces:
        yield chunk({"content": piece}, piece)
    for index, tool in enumerate(reply.tools):
        begun = fill("text.tool_call", tool=tool, arguments="", index=index)
        yield chunk({"tool_calls": [begun]})
        for part in tool.halves:
            yield chunk({"tool_calls": [{"index": index, "function": {"arguments": part}}]})
    if reply.end in BAD_ENDS:
        yield from _broken_chat(reply)
        return
    yield chunk({}, finish=reply.finish_reason)
    told = fill("text.routing_meta", reply=reply) if body.get("meta") else MISSING
    counted = _chat_usage(reply, reasoning=False)
    yield None, fill("text.chat_last", reply=reply, usage=counted, meta=told)
    yield None, "[DONE]"


def _broken_chat(reply: Reply) -> Iterator[Event]:
    if reply.end != "cut":
        yield None, fill("text.chat_error", reply=reply)


def _other_chat(reply: Reply, body: JSONObject) -> Iterator[Event]:
    """Chunks without any finish reason, then one whole completion, and no `[DONE]`."""
    for piece in reply.pieces:
        odds = _chat_logprobs(reply, (piece,)) or MISSING
        yield None, fill("text.other_chunk", reply=reply, delta={"content": piece}, logprobs=odds)
    for index, tool in enumerate(reply.tools):
        called = fill("text.tool_call", tool=tool, arguments=tool.arguments, index=index)
        delta = {"tool_calls": [called]}
        yield None, fill("text.other_chunk", reply=reply, delta=delta, logprobs=MISSING)
    if reply.end in BAD_ENDS:
        yield from _broken_chat(reply)
        return
    yield (
        None,
        fill(
            "text.other_snapshot",
            reply=reply,
            tool_calls=_tool_calls(reply),
            logprobs=_chat_logprobs(reply, reply.pieces) or MISSING,
            usage=_chat_usage(reply),
            meta=_full_meta(reply) if body.get("meta") else MISSING,
        ),
    )


def responses(world: World, call: Call) -> Answer:
    """Answer with a response, whole or streamed."""
    body, model = admit(world, call, "text")
    reply = compose(world, call, body, model, last_words(body.get("input")))
    if body.get("stream"):
        return stream((_openai_response if reply.openai else _other_response)(reply, body))
    if reply.end == "failed":
        words = "The provider answered without any output that could be shown."
        raise refuse(call, 502, "google_empty_response", words, origin="gateway")
    answer = fill(
        "text.response",
        reply=reply,
        completed_at=None if reply.end == "incomplete" else reply.created,
        incomplete=_incomplete(reply),
        output=_output(reply),
        usage=_usage(reply),
        metadata={"phaseo_request_id": reply.request_id} if reply.openai else {},
        meta=meta(10, reply.output_tokens * 100.0),
        defaults=fill("text.openai_defaults" if reply.openai else "text.other_defaults"),
        repeated={name: body[name] for name in table("text")["repeated"] if name in body},
        totals=totals(reply.price) if reply.billed else {},
    )
    return Answer(body=answer, headers=TIMING)


def _usage(reply: Reply) -> JSONObject:
    more: JSONObject = {}
    if reply.openai and reply.billed:
        more["input_tokens_details"] = {"cached_tokens": 0}
        more["output_tokens_details"] = {"reasoning_tokens": 0}
    return usage((reply.input_tokens, reply.output_tokens), reply.price, **more)


def _incomplete(reply: Reply) -> JSONObject | None:
    return {"reason": "max_output_tokens"} if reply.end == "incomplete" else None


def _output(reply: Reply) -> list[JSONObject]:
    calls = [_call_item(tool) for tool in reply.tools]
    return calls if calls and not reply.text else [_message_item(reply), *calls]


def _call_item(tool: Tool, status: str = "completed") -> JSONObject:
    arguments = tool.arguments if status == "completed" else ""
    item: JSONObject = fill("text.function_call", tool=tool, status=status, arguments=arguments)
    return item


def _message_item(reply: Reply, status: str = "completed") -> JSONObject:
    content = [_part(reply, reply.text)] if status == "completed" else []
    item: JSONObject = fill("text.message_item", reply=reply, status=status, content=content)
    return item


def _part(reply: Reply, text: str) -> JSONObject:
    odds: Any = [] if reply.openai else MISSING
    if reply.logprobs is not None:
        odds = reply.odds(reply.pieces if text else ())
    part: JSONObject = fill("text.output_text", text=text, logprobs=odds)
    return part


def _openai_response(reply: Reply, body: JSONObject) -> Iterator[Event]:
    """The provider's own events, each with the gateway's id added."""
    for number, (name, data) in enumerate(_openai_steps(reply, body)):
        yield name, {"type": name, "sequence_number": number, **data, "id": reply.request_id}


def _openai_steps(reply: Reply, body: JSONObject) -> Iterator[tuple[str, JSONObject]]:
    running = {"response": _snapshot(reply, body, "in_progress")}
    yield "response.created", running
    yield "response.in_progress", running
    for index, item in enumerate(_output(reply)):
        at: JSONObject = {"output_index": index}
        tool = next((tool for tool in reply.tools if tool.item_id == item["id"]), None)
        begun = _call_item(tool, "in_progress") if tool else _message_item(reply, "in_progress")
        yield "response.output_item.added", {**at, "item": begun}
        yield from _argument_steps(tool, at) if tool else _text_steps(reply, at)
        if reply.end in {"cut", "error"}:
            break
        if not tool:
            place = {"item_id": item["id"], **at, "content_index": 0}
            part = item["content"][0]
            yield "response.output_text.done", {**place, **_shared(part, "text", "logprobs")}
            yield "response.content_part.done", {**place, "part": part}
        yield "response.output_item.done", {**at, "item": item}
    if reply.end == "error":
        yield "error", {**table("text")["failure"], "param": None}
    elif reply.end != "cut":
        final = _snapshot(reply, body, reply.status)
        yield f"response.{reply.status}", {"response": final}


def _shared(part: JSONObject, *names: str) -> JSONObject:
    return {name: part[name] for name in names}


def _text_steps(reply: Reply, at: JSONObject) -> Iterator[tuple[str, JSONObject]]:
    place = {"item_id": reply.item_id, **at, "content_index": 0}
    yield "response.content_part.added", {**place, "part": _part(reply, "")}
    for piece in reply.pieces:
        odds = [] if reply.logprobs is None else reply.odds([piece])
        yield "response.output_text.delta", {**place, "delta": piece, "logprobs": odds}


def _argument_steps(tool: Tool, at: JSONObject) -> Iterator[tuple[str, JSONObject]]:
    place = {"item_id": tool.item_id, **at}
    for part in tool.halves:
        yield "response.function_call_arguments.delta", {**place, "delta": part}
    yield "response.function_call_arguments.done", {**place, "arguments": tool.arguments}


def _snapshot(reply: Reply, body: JSONObject, status: str) -> JSONObject:
    ended_well = status in {"completed", "incomplete"}
    told: JSONObject = fill(
        "text.snapshot",
        reply=reply,
        tools=body.get("tools", []),
        error=table("text")["failure"] if status == "failed" else None,
        incomplete=_incomplete(reply) if status == "incomplete" else None,
        temperature=body.get("temperature", 1),
        status=status,
        output=_output(reply) if ended_well else [],
        usage=_usage(reply) if ended_well else None,
    )
    return told


def _other_response(reply: Reply, _body: JSONObject) -> Iterator[Event]:
    """The reduced stream: no `type`, no numbers, only the event's name says what it is."""
    own = {"id": reply.request_id}
    item_id = f"item_{reply.request_id}_0"
    yield "response.created", {"response": fill("text.other_start", reply=reply), **own}
    for piece in reply.pieces:
        delta = {"delta": piece, "output_index": 0, "item_id": item_id}
        yield "response.output_text.delta", delta | own
    for index, tool in enumerate(reply.tools, start=bool(reply.text)):
        at: JSONObject = {"output_index": index}
        yield "response.output_item.added", {**at, "item": _call_item(tool, "in_progress"), **own}
        for name, data in _argument_steps(tool, at):
            yield name, data | own
        yield "response.output_item.done", {**at, "item": _call_item(tool), **own}
    if reply.end in {"error", "failed"}:
        yield "error", {"error": {"message": table("text")["failure"]["message"]}}
    elif reply.end != "cut":
        output = [i | ({"id": item_id} if i["type"] == "message" else {}) for i in _output(reply)]
        final = fill("text.other_response", reply=reply, output=output, usage=_usage(reply))
        yield "response.completed", {"response": final, **own}


def messages(world: World, call: Call) -> Answer:
    """Answer with a message, whole or streamed, as Anthropic's API does."""
    body, model = admit(world, call, "text")
    reply = compose(world, call, body, model, last_words(body["messages"]))
    if body.get("stream"):
        return stream(_message_events(reply))
    answer = fill(
        "text.message",
        reply=reply,
        content=_blocks(reply),
        usage=_usage(reply),
        totals=totals(reply.price) if reply.billed else {},
    )
    return Answer(body=answer, headers=TIMING)


def _blocks(reply: Reply) -> list[JSONObject]:
    calls = [fill("text.tool_use", tool=tool) for tool in reply.tools]
    return calls if calls and not reply.text else [fill("text.text_block", reply=reply), *calls]


def _message_events(reply: Reply) -> Iterator[Event]:
    own = reply.model.provider == "anthropic"
    message_id = reply.request_id if own else f"resp_{reply.native}"
    yield "message_start", fill("text.message_start", reply=reply, message_id=message_id)
    for index, block in enumerate(_blocks(reply)):
        for data in _block_events(reply, block):
            yield data["type"], data | {"index": index}
        if reply.end in BAD_ENDS:
            break
        yield "content_block_stop", {"type": "content_block_stop", "index": index}
    if reply.end in {"error", "failed"}:
        yield "error", {"type": "error", "error": {"message": "The provider failed."}}
    elif reply.end != "cut":
        yield "message_delta", fill("text.message_delta", reply=reply)
        yield "message_stop", {"type": "message_stop"}


def _block_events(reply: Reply, block: JSONObject) -> Iterator[JSONObject]:
    if block["type"] == "text":
        empty, deltas = {"type": "text", "text": ""}, reply.pieces
        form = ("text_delta", "text")
    else:
        empty = block | {"input": {}}
        deltas = next(tool.halves for tool in reply.tools if tool.id == block["id"])
        form = ("input_json_delta", "partial_json")
    yield {"type": "content_block_start", "content_block": empty}
    for piece in deltas:
        yield {"type": "content_block_delta", "delta": {"type": form[0], form[1]: piece}}
