"""What the sandbox's models say: the same words for the same request, every time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from attrs import frozen

from aistats.sandbox.pricing import Meter, breakdown, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.plans import TextPlan
    from aistats.sandbox.state import World

REPLY_WITH = re.compile(r"^\s*reply with:\s*(.+)", re.IGNORECASE | re.DOTALL)
SAMPLES: Mapping[str, Any] = {
    "string": "sandbox",
    "number": 1.5,
    "integer": 1,
    "boolean": True,
    "null": None,
}


@frozen(kw_only=True)
class Reply:
    """One answer of a model, before any of the three APIs has put it into its own form."""

    request_id: str
    model: Model
    text: str
    tool: tuple[str, str] | None
    end: str
    created: int
    input_tokens: int
    output_tokens: int
    price: JSONObject
    native: str
    pieces: tuple[str, ...]

    @property
    def billed(self) -> bool:
        """Tell whether the provider said what it used; a broken answer costs nothing."""
        return self.end not in {"error", "cut"}

    @property
    def total_tokens(self) -> int:
        """Return tokens in and out together."""
        return self.input_tokens + self.output_tokens


def compose(world: World, call: Call, body: JSONObject, model: Model, prompt: str) -> Reply:
    """Work out the answer to a text request and take its cost from the balance."""
    plan = world.text_plan()
    tool = plan.tool or (_tool_call(body) if plan.text is None else None)
    text = "" if tool else _words(world, plan, body, prompt)
    billed = plan.end not in {"error", "cut"}
    tokens = (tokens_of(prompt), tokens_of(text or "tool")) if billed else (0, 0)
    meters: list[Meter] = [
        ("input_text_tokens", tokens[0], model.input_price),
        ("output_text_tokens", tokens[1], model.output_price),
    ]
    price = breakdown(meters if billed else (), world.clock)
    world.spend(price["total_nanos"])
    return Reply(
        request_id=call.request_id,
        model=model,
        text=text,
        tool=tool,
        end=plan.end,
        created=world.clock.unix(),
        input_tokens=tokens[0],
        output_tokens=tokens[1],
        price=price,
        native=world.ids.hex(32),
        pieces=_cut_up(text, plan.pieces),
    )


def last_words(items: object) -> str:
    """Return the text of the last message a user wrote, in any of the three APIs' forms."""
    if isinstance(items, str):
        return items
    if not isinstance(items, list):
        return ""
    messages: list[Any] = items
    for message in reversed(messages):
        if isinstance(message, dict) and message.get("role", "user") == "user":
            return _content_text(message.get("content", message.get("text")))
    return ""


def _content_text(content: object) -> str:
    if isinstance(content, str):
        return content
    parts: list[Any] = content if isinstance(content, list) else []
    texts = (part.get("text") for part in parts if isinstance(part, dict))
    return " ".join(text for text in texts if isinstance(text, str))


def _words(world: World, plan: TextPlan, body: JSONObject, prompt: str) -> str:
    if plan.text is not None:
        return plan.text
    if world.reply is not None:
        return world.reply if isinstance(world.reply, str) else world.reply(prompt)
    schema = _wanted_schema(body)
    if schema is not None:
        return json.dumps(sample(schema))
    asked = REPLY_WITH.match(prompt)
    return asked[1].strip() if asked else f"You said: {prompt}" if prompt.strip() else "Hello."


def _wanted_schema(body: JSONObject) -> JSONObject | None:
    for holder in (body.get("response_format"), (body.get("text") or {}).get("format")):
        if isinstance(holder, dict) and holder.get("type") == "json_schema":
            inner: JSONObject = holder.get("json_schema") or holder
            return inner.get("schema") or {}
        if isinstance(holder, dict) and holder.get("type") == "json_object":
            return {}
    return None


def _tool_call(body: JSONObject) -> tuple[str, str] | None:
    """Call the first tool once: on a request that offers one and brings no result of it yet."""
    tools = body.get("tools")
    if not isinstance(tools, list) or not tools or body.get("tool_choice") == "none":
        return None
    turns = body.get("messages") or body.get("input") or []
    if isinstance(turns, list) and turns and _is_tool_result(turns[-1]):
        return None
    first: JSONObject = tools[0]
    function = first.get("function") or first
    if "name" not in function:
        return None
    schema = function.get("parameters") or function.get("input_schema") or {}
    return function["name"], json.dumps(sample(schema), separators=(",", ":"))


def _is_tool_result(turn: Any) -> bool:
    if not isinstance(turn, dict):
        return False
    content: Any = turn.get("content")
    parts: list[Any] = content if isinstance(content, list) else []
    return (
        turn.get("role") == "tool"
        or turn.get("type") == "function_call_output"
        or any(isinstance(part, dict) and part.get("type") == "tool_result" for part in parts)
    )


def sample(schema: Any) -> Any:
    """Return a value that fits a JSON schema of the ordinary kind."""
    if not isinstance(schema, dict):
        return {}
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        properties: dict[str, Any] = schema.get("properties") or {}
        return {name: sample(inner) for name, inner in properties.items()}
    if kind == "array":
        return [sample(schema.get("items") or {"type": "string"})]
    return SAMPLES.get(kind)


def _cut_up(text: str, pieces: int | None) -> tuple[str, ...]:
    words = re.findall(r"\s*\S+", text) or ([text] if text else [])
    if pieces is None or pieces >= len(words):
        return tuple(words)
    size = -(-len(words) // pieces)
    return tuple("".join(words[i : i + size]) for i in range(0, len(words), size))


def frames(events: Iterable[tuple[str | None, Any]]) -> Iterable[bytes]:
    """Write events as server-sent ones: a name where there is one, and one line of data."""
    for name, data in events:
        head = f"event: {name}\n" if name else ""
        body = data if isinstance(data, str) else json.dumps(data, separators=(",", ":"))
        yield f"{head}data: {body}\n\n".encode()


def meta(*, generation_ms: int | None = None, throughput: float | None = None) -> JSONObject:
    """Return the `meta` object (wire-facts §11.3); what the sandbox cannot know is null."""
    names = (
        "throughput_tps",
        "output_speed_tps",
        "generation_ms",
        "latency_ms",
        "provider_ttft_ms",
        "gateway_ttft_ms",
        "tpot_ms",
        "itl_ms",
        "phaseo_overhead_ms",
        "end_to_end_ms",
    )
    values: JSONObject = dict.fromkeys(names)
    if generation_ms is not None:
        values |= {"throughput_tps": throughput, "generation_ms": generation_ms, "latency_ms": 1}
    return values
