"""Chat completions, responses and messages: the same words for the same request, every time.

OpenAI's models are passed on in their own form, all others in the gateway's rendering.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from aistats.sandbox.calls import Answer, Call, JSONObject, decode_or, encode
from aistats.sandbox.money import breakdown, meta, totals
from aistats.sandbox.plans import TextPlan
from aistats.sandbox.refusals import TIMING, refuse, routing
from aistats.sandbox.shapes import MISSING, fill, fill_list, table
from aistats.sandbox.validation import admit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

REPLY_WITH = re.compile(r"^\s*reply with:\s*(.+)", re.IGNORECASE | re.DOTALL)
SAMPLES = {"string": "sandbox", "number": 1.5, "integer": 1, "boolean": True}


def stream(events: Iterable[JSONObject]) -> Answer:
    """Answer with server-sent events, each of its `data` and perhaps the name of an `event`."""
    return Answer(body=map(_frame, events), content_type="text/event-stream", headers=TIMING)


def _frame(event: JSONObject) -> bytes:
    data = event["data"] if isinstance(event["data"], str) else encode(event["data"]).decode()
    head = f"event: {event['event']}\n" if "event" in event else ""
    return f"{head}data: {data}\n\n".encode()


def chat(world: World, call: Call) -> Answer:
    """Answer a chat, whole or streamed."""
    body, model = admit(world, call, "text")
    reply = _compose(world, call, body, model, last_words(body["messages"]))
    told: JSONObject = {"reply": reply, "wants_meta": body.get("meta")}
    if body.get("stream"):
        return stream(fill_list(f"text.chat_{_form(reply)}", **told))
    told |= {"debug": _debug(model, body), "service_tier": body.get("service_tier", MISSING)}
    return Answer(body=fill("text.chat", **told), headers=TIMING)


def _form(reply: JSONObject) -> str:
    """Return whose way of streaming it is."""
    return "openai" if reply["openai"] else "other"


def _debug(model: Model, body: JSONObject) -> JSONObject:
    """Return what a request with `debug` is told beside its answer."""
    wishes: JSONObject = body.get("debug") or {}
    if not wishes.get("enabled"):
        return {}
    told: JSONObject = {"routing_diagnostics": routing(model.id, "chat.completions")}
    if wishes.get("return_upstream_request"):
        sent = {"model": model.native, "messages": body["messages"], "stream": True}
        told["upstream_request"] = encode(sent).decode()
    return told


def responses(world: World, call: Call) -> Answer:
    """Answer with a response, whole or streamed."""
    body, model = admit(world, call, "text")
    reply = _compose(world, call, body, model, last_words(body.get("input")))
    if body.get("stream"):
        told = {"tools": body.get("tools", []), "temperature": body.get("temperature", 1)}
        events = fill_list(f"text.response_{_form(reply)}", reply=reply, **told)
        for number, event in enumerate(events if reply["openai"] else ()):
            head = {"type": event["event"], "sequence_number": number}
            event["data"] = {**head, **event["data"], "id": reply["request_id"]}
        return stream(events)
    if reply["end"] == "failed":
        words = "The provider answered without any output that could be shown."
        raise refuse(call, 502, "google_empty_response", words, origin="gateway")
    repeated = {name: body[name] for name in table("text")["repeated"] if name in body}
    return Answer(body=fill("text.response", reply=reply, repeated=repeated), headers=TIMING)


def messages(world: World, call: Call) -> Answer:
    """Answer with a message, whole or streamed, as Anthropic's API does."""
    body, model = admit(world, call, "text")
    reply = _compose(world, call, body, model, last_words(body["messages"]))
    if not body.get("stream"):
        return Answer(body=fill("text.message", reply=reply), headers=TIMING)
    events = fill_list("text.message_stream", reply=reply)
    return stream({**e, "data": {"type": e["event"], **e["data"]}} for e in events)


def _compose(world: World, call: Call, body: JSONObject, model: Model, prompt: str) -> JSONObject:
    """Work out the answer to a text request, charge for it, and return what templates ask for."""
    plan: TextPlan = world.plans["text"].take() or TextPlan()
    wanted = plan.tools or (_tool_calls(body) if plan.text is None else ())
    text = (plan.text or "") if wanted else _words(world, plan, body, prompt)
    billed = plan.end not in {"error", "cut"}
    used = (tokens_of(prompt), tokens_of(text or "tool")) if billed else (0, 0)
    paid = _pay(world, call, body, model, plan, used)
    native, openai = world.ids.hex(32), model.provider == "openai"
    tools = [_tool(index, native, bool(text), *named) for index, named in enumerate(wanted)]
    asked = _odds_wanted(body, openai=openai) if plan.logprobs is None else plan.logprobs
    pieces = [_piece(piece, asked) for piece in _cut_up(text, plan.pieces)]
    odds = [odd for piece in pieces for odd in piece["odds"]]
    told: JSONObject = {"call": call, "model": model, "openai": openai, "end": plan.end}
    told |= {"text": text, "tools": tools, "pieces": pieces, "odds": odds}
    told |= {"created": world.clock.unix(), "input": used[0], "output": used[1], "total": sum(used)}
    # Untold, only OpenAI's answers have an empty list of probabilities.
    more = {"odds": odds if asked is not None or openai else MISSING, **paid}
    return fill("text.reply", **told, **_ids(call, native)) | more


def _pay(
    world: World, call: Call, body: JSONObject, model: Model, plan: TextPlan, used: tuple[int, int]
) -> JSONObject:
    """Charge for an answer, and return what it tells of that."""
    names = ("input_text_tokens", "output_text_tokens")
    meters = list(zip(names, used, (model.input_price, model.output_price), strict=True))
    price = breakdown(meters if any(used) else [], world.clock)
    # Streams of messages never carry a price, others at their end, if they get there.
    sound = call.route.name != "messages.create" and plan.end in {"completed", "incomplete"}
    told = plan.priced and (sound or not body.get("stream"))
    if plan.end != "failed" or call.route.name != "responses.create" or body.get("stream"):
        world.charge(call, model, price, told=told)
    shown = price if plan.priced else MISSING
    more = {"totals": totals(shown) if any(used) else {}, "meta": meta(10, used[1] * 100.0)}
    return {"price": shown, **more}


def _ids(call: Call, native: str) -> dict[str, str]:
    """Return the ids that an answer may have on its three surfaces."""
    return {
        "chat_id": f"chatcmpl-{native[:24]}",
        "response_id": f"resp_{native}",
        "other_id": f"msg_{native[:20]}",
        "item_id": f"msg_{native}",
        "other_item_id": f"item_{call.request_id}_0",
    }


def _tool(index: int, native: str, after_text: bool, name: str, arguments: Any) -> JSONObject:
    text = arguments if isinstance(arguments, str) else encode(arguments).decode()
    mark, middle = native[:12] + (str(index) if index else ""), len(text) // 2
    tool: JSONObject = {"name": name, "arguments": text, "index": index}
    tool["input"] = decode_or(text, text)
    tool |= {"id": f"call_{mark}", "item_id": f"fc_{mark}", "place": index + after_text}
    return tool | {"halves": (text[:middle], text[middle:])}


def _odds_wanted(body: JSONObject, *, openai: bool) -> int | None:
    asked = body.get("logprobs") or "message.output_text.logprobs" in (body.get("include") or ())
    return (body.get("top_logprobs") or 0) if asked and openai else None


def _piece(text: str, alternatives: int | None) -> JSONObject:
    """Return a piece of text with made-up probabilities, the same in every run."""
    if alternatives is None:
        return {"text": text, "odds": [], "chat_odds": None}
    chance = -round(0.1 + len(text) % 7 / 10, 1)
    own: JSONObject = {"token": text, "logprob": chance, "bytes": list(text.encode())}
    others = [
        {"token": text + "~" * rank, "logprob": chance - rank, "bytes": None}
        for rank in range(1, alternatives)
    ]
    odds = [{**own, "top_logprobs": [own, *others][:alternatives]}]
    return {"text": text, "odds": odds, "chat_odds": {"content": odds, "refusal": None}}


def last_words(items: object) -> str:
    """Return the text of the last message a user wrote, in any of the three APIs' forms."""
    if isinstance(items, str):
        return items
    turns: list[Any] = items if isinstance(items, list) else []
    for turn in reversed(turns):
        if isinstance(turn, dict) and turn.get("role", "user") == "user":
            content = turn.get("content", turn.get("text"))
            parts = [{"text": content}] if isinstance(content, str) else content
            texts = [p.get("text") for p in _objects(parts)]
            return " ".join(text for text in texts if isinstance(text, str))
    return ""


def _objects(value: Any) -> list[JSONObject]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _words(world: World, plan: TextPlan, body: JSONObject, prompt: str) -> str:
    if plan.text is not None:
        return plan.text
    if world.reply is not None:
        return world.reply if isinstance(world.reply, str) else world.reply(prompt)
    for holder in _objects([body.get("response_format"), (body.get("text") or {}).get("format")]):
        if holder.get("type") in {"json_schema", "json_object"}:
            inner: JSONObject = holder.get("json_schema") or holder
            return json.dumps(sample(inner.get("schema") or {}))
    asked = REPLY_WITH.match(prompt)
    return asked[1].strip() if asked else f"You said: {prompt}" if prompt.strip() else "Hello."


def _tool_calls(body: JSONObject) -> tuple[tuple[str, Any], ...]:
    """Call the first tool once: on a request that offers one and brings no result of it yet."""
    tools, turns = _objects(body.get("tools")), _objects(body.get("messages") or body.get("input"))
    if not tools or body.get("tool_choice") == "none" or (turns and _is_tool_result(turns[-1])):
        return ()
    function: JSONObject = tools[0].get("function") or tools[0]
    schema = function.get("parameters") or function.get("input_schema") or {}
    return ((function["name"], sample(schema)),) if "name" in function else ()


def _is_tool_result(turn: JSONObject) -> bool:
    result = turn.get("role") == "tool" or turn.get("type") == "function_call_output"
    return result or any(p.get("type") == "tool_result" for p in _objects(turn.get("content")))


def sample(schema: Any) -> Any:
    """Return a value that fits a JSON schema of the ordinary kind."""
    if not isinstance(schema, dict):
        return {}
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: sample(inner) for name, inner in (schema.get("properties") or {}).items()}
    if kind == "array":
        return [sample(schema.get("items") or {"type": "string"})]
    return SAMPLES.get(kind)


def tokens_of(text: str) -> int:
    """Count tokens in a way that needs no tokenizer and gives the same number every time."""
    return max(1, len(text.split()))


def _cut_up(text: str, pieces: int | None) -> list[str]:
    words = re.findall(r"\s*\S+", text) or ([text] if text else [])
    size = -(-len(words) // pieces) if pieces and pieces < len(words) else 1
    return ["".join(words[i : i + size]) for i in range(0, len(words), size)]
