"""What the sandbox's models say: the same words for the same request, every time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from attrs import frozen

from aistats.sandbox.calls import decode, encode
from aistats.sandbox.money import breakdown
from aistats.sandbox.plans import TextPlan
from aistats.sandbox.shapes import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

Event = tuple[str | None, Any]
REPLY_WITH = re.compile(r"^\s*reply with:\s*(.+)", re.IGNORECASE | re.DOTALL)
SAMPLES = {"string": "sandbox", "number": 1.5, "integer": 1, "boolean": True}
UNBILLED = frozenset({"error", "cut"})
STATUS = {"incomplete": "incomplete", "failed": "failed"}


@frozen
class Tool:
    """One call of a tool, with its ids in the manner of the two OpenAI APIs."""

    name: str
    arguments: str
    id: str
    item_id: str

    @property
    def input(self) -> Any:
        """Return the arguments as the value they say, or as text where they say none."""
        try:
            return decode(self.arguments)
        except ValueError:
            return self.arguments

    @property
    def halves(self) -> tuple[str, str]:
        """Return the arguments in the two pieces a stream brings them in."""
        middle = len(self.arguments) // 2
        return self.arguments[:middle], self.arguments[middle:]


@frozen(kw_only=True)
class Reply:
    """One answer of a model, before any of the three APIs has put it into its own form."""

    request_id: str
    model: Model
    text: str
    tools: tuple[Tool, ...]
    end: str
    created: int
    input_tokens: int
    output_tokens: int
    price: Any
    native: str
    pieces: tuple[str, ...]
    logprobs: int | None

    @property
    def openai(self) -> bool:
        """Tell whether the provider's own form is passed on, or the gateway's rendering."""
        return self.model.provider == "openai"

    @property
    def billed(self) -> bool:
        """Tell whether the provider said what it used; a broken answer costs nothing."""
        return self.end not in UNBILLED

    @property
    def total_tokens(self) -> int:
        """Return tokens in and out together."""
        return self.input_tokens + self.output_tokens

    @property
    def status(self) -> str:
        """Return how the answer ended, in the words of responses."""
        return STATUS.get(self.end, "completed")

    @property
    def finish_reason(self) -> str:
        """Return why it ended, in the words of chat completions."""
        return "tool_calls" if self.tools else "length" if self.end == "incomplete" else "stop"

    @property
    def stop_reason(self) -> str:
        """Return why it ended, in the words of messages."""
        return {"tool_calls": "tool_use", "length": "max_tokens"}.get(
            self.finish_reason, "end_turn"
        )

    @property
    def chat_id(self) -> str:
        """Return the provider's id of a chat completion."""
        return f"chatcmpl-{self.native[:24]}" if self.openai else f"msg_{self.native[:20]}"

    @property
    def response_id(self) -> str:
        """Return the provider's id of a response."""
        return f"resp_{self.native}" if self.openai else f"msg_{self.native[:20]}"

    @property
    def item_id(self) -> str:
        """Return the id of the message within a response."""
        return f"msg_{self.native}" if self.openai else f"msg_{self.request_id}_0"

    def odds(self, pieces: Iterable[str]) -> list[JSONObject]:
        """Return a made-up probability for each piece, the same in every run."""
        return [_odds(piece, self.logprobs or 0) for piece in pieces]


def _odds(piece: str, alternatives: int) -> JSONObject:
    chance = -round(0.1 + len(piece) % 7 / 10, 1)
    rows = [
        {"token": f"{piece}{'~' * rank}", "logprob": chance - rank, "bytes": None}
        for rank in range(max(alternatives, 1))
    ]
    own = rows[0] | {"bytes": list(piece.encode())}
    return own | {"top_logprobs": [own, *rows[1:]][:alternatives]}


def compose(world: World, call: Call, body: JSONObject, model: Model, prompt: str) -> Reply:
    """Work out the answer to a text request and charge for it."""
    plan: TextPlan = world.plans["text"].take() or TextPlan()
    wanted = plan.tools or (_tool_calls(body) if plan.text is None else ())
    text = (plan.text or "") if wanted else _words(world, plan, body, prompt)
    billed = plan.end not in UNBILLED
    tokens = (tokens_of(prompt), tokens_of(text or "tool")) if billed else (0, 0)
    price = breakdown(
        [
            ("input_text_tokens", tokens[0], model.input_price if billed else "0"),
            ("output_text_tokens", tokens[1], model.output_price if billed else "0"),
        ],
        world.clock,
    )
    native = world.ids.hex(32)
    if plan.end != "failed" or call.route.name != "responses.create" or body.get("stream"):
        world.charge(call, model, price, told=plan.priced and _price_is_told(call, body, plan))
    return Reply(
        request_id=call.request_id,
        model=model,
        text=text,
        tools=tuple(_tool(number, native, *named) for number, named in enumerate(wanted)),
        end=plan.end,
        created=world.clock.unix(),
        input_tokens=tokens[0],
        output_tokens=tokens[1],
        price=price if plan.priced else MISSING,
        native=native,
        pieces=_cut_up(text, plan.pieces),
        logprobs=_logprobs_wanted(body, model) if plan.logprobs is None else plan.logprobs,
    )


def _price_is_told(call: Call, body: JSONObject, plan: TextPlan) -> bool:
    """Streams of messages never carry a price, others at their end, if they get there."""
    if not body.get("stream"):
        return True
    return call.route.name != "messages.create" and plan.end in {"completed", "incomplete"}


def _tool(number: int, native: str, name: str, arguments: Any) -> Tool:
    text = arguments if isinstance(arguments, str) else encode(arguments).decode()
    mark = native[:12] if not number else f"{native[:12]}{number}"
    return Tool(name, text, f"call_{mark}", f"fc_{mark}")


def _logprobs_wanted(body: JSONObject, model: Model) -> int | None:
    asked = body.get("logprobs") or "message.output_text.logprobs" in (body.get("include") or ())
    return (body.get("top_logprobs") or 0) if asked and model.provider == "openai" else None


def last_words(items: object) -> str:
    """Return the text of the last message a user wrote, in any of the three APIs' forms."""
    if isinstance(items, str):
        return items
    turns: list[Any] = items if isinstance(items, list) else []
    for turn in reversed(turns):
        if isinstance(turn, dict) and turn.get("role", "user") == "user":
            return _content_text(turn.get("content", turn.get("text")))
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


def _tool_calls(body: JSONObject) -> tuple[tuple[str, Any], ...]:
    """Call the first tool once: on a request that offers one and brings no result of it yet."""
    tools = body.get("tools")
    if not isinstance(tools, list) or not tools or body.get("tool_choice") == "none":
        return ()
    turns = body.get("messages") or body.get("input") or []
    if isinstance(turns, list) and turns and _is_tool_result(turns[-1]):
        return ()
    function: JSONObject = tools[0].get("function") or tools[0]
    schema = function.get("parameters") or function.get("input_schema") or {}
    return ((function["name"], sample(schema)),) if "name" in function else ()


def _is_tool_result(turn: Any) -> bool:
    if not isinstance(turn, dict):
        return False
    content: Any = turn.get("content")
    parts: list[Any] = content if isinstance(content, list) else []
    result = turn.get("role") == "tool" or turn.get("type") == "function_call_output"
    return result or any(isinstance(p, dict) and p.get("type") == "tool_result" for p in parts)


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


def _cut_up(text: str, pieces: int | None) -> tuple[str, ...]:
    words = re.findall(r"\s*\S+", text) or ([text] if text else [])
    size = -(-len(words) // pieces) if pieces and pieces < len(words) else 1
    return tuple("".join(words[i : i + size]) for i in range(0, len(words), size))


def frames(events: Iterable[Event]) -> Iterable[bytes]:
    """Write events as server-sent ones: a name where there is one, and one line of data."""
    for name, data in events:
        head = f"event: {name}\n" if name else ""
        body = data if isinstance(data, str) else encode(data).decode()
        yield f"{head}data: {body}\n\n".encode()
