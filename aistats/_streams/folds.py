"""What the events of a stream add up to: one merge for every delta, and a table per dialect.

Providers differ in how they send deltas: an index is missing or the same for two calls, later
pieces repeat an id or empty it, a text comes as parts, arguments come as an object. The merge takes
them all and drops nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

JSON = dict[str, Any]

# What deltas say whole: the last one that says something counts. All other texts come in pieces.
_WHOLE = frozenset(
    {
        *("id", "call_id", "type", "role", "name", "object", "model", "provider", "status"),
        *("phase", "message", "usage", "meta", "format", "url", "image_url", "mime_type"),
        *("service_tier", "system_fingerprint", "nativeResponseId", "finish_reason"),
        "native_finish_reason",
    }
)
# Two items at one index are two where one of these differs.
_MARKS = ("id", "call_id", "type", "name", "url", "image_url")
# Lists where an item without index and id goes on with the last one.
_IN_ORDER = frozenset({"choices", "tool_calls", "output"})
_TEXTS = ("text", "thinking", "reasoning", "refusal", "", None)
_COUNTED = frozenset({"tool_calls", "content", "output", "summary"})  # results leave `index` out
_DEEPEST = 12  # no provider cuts what is nested deeper


class Pieces(list[str]):
    """A text, as it came so far."""


class _Object(JSON):
    """An object that is put together here."""


class _List(list[Any]):
    """A list that is put together here."""


def merge(held: JSON, delta: Mapping[str, Any], depth: int = _DEEPEST) -> None:
    """Add a delta; what is empty or null in it wipes nothing out."""
    for name, value in delta.items():
        if not value and value.__class__ not in (int, float, bool):
            held.setdefault(name, value)
        elif name in _WHOLE or not depth:
            held[name] = value
        elif value.__class__ is str and (before := held.get(name)).__class__ is Pieces:
            before.append(value)  # pyright: ignore[reportOptionalMemberAccess]
        else:
            held[name] = _joined(name, held.get(name), value, depth - 1)


def _joined(name: str, before: Any, value: Any, depth: int) -> Any:
    kind, is_text = value.__class__, isinstance(before, str | Pieces)
    if kind is list or (kind is str and before and isinstance(before, list) and not is_text):
        return _extended(name, before, value if kind is list else [value], depth)
    if kind is dict and not (before and is_text):
        made = before if isinstance(before, _Object) else _Object()
        if made is not before and isinstance(before, dict):
            merge(made, before, depth)
        merge(made, value, depth)
        return made
    if kind is not str and kind is not dict:
        return value
    if isinstance(before, dict) and before:  # arguments, now as an object, now as a text
        before = json.dumps(finished(before))
    earlier = before if isinstance(before, Pieces) else [before] if isinstance(before, str) else []
    return Pieces([*earlier, value if kind is str else json.dumps(value)])


def _extended(name: str, before: Any, items: list[Any], depth: int) -> _List:
    made = before if isinstance(before, _List) else _List()
    if made is not before and before:
        earlier = "".join(before) if isinstance(before, Pieces) else before
        _extended(name, made, earlier if isinstance(earlier, list) else [earlier], depth)
    for item in items:
        if name == "content" and item.__class__ is str:  # among parts, a text is one as well
            item = {"type": "text", "text": item}  # noqa: PLW2901
        if item.__class__ is not dict:
            made.append(item)
            continue
        home = _home(name, made, item)
        if home is None:
            made.append(home := _Object())
        merge(home, item, depth)
    return made


def _home(name: str, items: _List, item: JSON) -> _Object | None:
    """Find the item that this one adds to: by its id, else by its index, else the last one."""
    index, own, near = item.get("index"), item.get("id"), None
    if index is None and (name in _IN_ORDER or (name == "content" and item.get("type") in _TEXTS)):
        near = items[-1] if items else None
    for other in reversed(items) if own or index is not None else ():
        if isinstance(other, _Object):
            at = other.get("index")
            is_own = own and own in (other.get("id"), other.get("call_id"))
            if is_own and (index is None or at is None or at == index):
                return other
            if near is None and index is not None and at == index:
                near = other
                if not own:
                    break
    is_near = isinstance(near, _Object) and (name == "choices" or not _differ(near, item))
    return near if is_near else None


def _differ(near: JSON, item: JSON) -> bool:
    for mark in _MARKS:
        if item.get(mark) and near.get(mark) and item[mark] != near[mark]:
            return True
    ours, theirs = near.get("function"), item.get("function")
    return isinstance(ours, dict) and isinstance(theirs, dict) and _differ(ours, theirs)


def finished(value: Any, name: str = "") -> Any:
    """Give the JSON of what was put together under this name."""
    if isinstance(value, Pieces):
        return "".join(value)
    if isinstance(value, _Object):
        made = {inner: finished(held, inner) for inner, held in value.items()}
        if name == "function":  # of a tool call
            made["arguments"] = made.get("arguments") or ""
        return json.dumps(made) if name == "arguments" else made
    if not isinstance(value, _List):
        return value
    if all(isinstance(item, dict) and isinstance(item.get("index"), int) for item in value):
        value = sorted(value, key=lambda item: item["index"])
    items = [finished(item) for item in value]
    if name == "tool_calls":
        items = [{**item, "type": item.get("type") or "function"} for item in objects_in(items)]
    counted = name in _COUNTED
    return [without(i, "index") if counted and isinstance(i, dict) else i for i in items]


class Fold:
    """What the events so far add up to."""

    def __init__(self) -> None:
        self.held: JSON = {}  # the deltas, put together
        self.told: JSON = {}  # what events say of the whole
        self.request_id: str | None = None
        self.framed = False  # messages: whether blocks are announced
        self.around: tuple[JSON, JSON] | None = None  # chat: what stood around the last delta
        self.delta: JSON = {}  # and where that delta went

    def tell(self, facts: JSON) -> None:
        """Take what an event says of the whole; what is empty wipes nothing out."""
        for name, value in facts.items():
            if name == "usage" and isinstance(value, dict):  # later ones repeat fields as null
                numbers = {field: number for field, number in value.items() if number is not None}
                self.told[name] = {**value, **object_in(self.told.get(name)), **numbers}
            elif value or name not in self.told:
                self.told[name] = value

    def name(self, raw: JSON) -> None:
        """Note the gateway's id, which stands beside the provider's in every event."""
        own = raw.get("id")
        if self.request_id is None and isinstance(own, str) and own.startswith("G-"):
            self.request_id = own


_NO_CHOICES: JSON = {"choices": None}
_NO_DELTA: JSON = {"delta": None}


def add_chunk(fold: Fold, kind: str, raw: JSON) -> None:  # noqa: ARG001 - chunks have no kinds
    """Add a chunk of a chat; the usual one repeats the one before it but for its delta."""
    choices: Any = raw.get("choices")
    choice: Any = choices[0] if choices.__class__ is list and len(choices) == 1 else None
    if choice.__class__ is not dict:
        merge(fold.held, raw)
        return
    around, delta = (raw | _NO_CHOICES, choice | _NO_DELTA), choice.get("delta")
    if around == fold.around and delta.__class__ is dict:
        merge(fold.delta, delta)
        return
    merge(fold.held, raw)
    held = object_in(_home("choices", fold.held["choices"], choice)).get("delta")
    fold.around, fold.delta = (around, held) if isinstance(held, _Object) else (None, {})


def is_finished(held: JSON) -> bool:
    """Say whether every answer of a chat said why it ended."""
    choices = objects_in(held.get("choices"))
    return bool(choices) and all(choice.get("finish_reason") for choice in choices)


def completion_of(fold: Fold) -> JSON:
    """Give the completion; a `message` that came whole has the last word over the deltas."""
    made = {name: finished(value, name) for name, value in fold.held.items()}
    choices = []
    for place, choice in enumerate(objects_in(made.get("choices"))):
        told = object_in(choice.get("message"))
        defaults = {} if told else {"logprobs": None, "finish_reason": None}
        message = {"role": "assistant", "content": None, **told, **object_in(choice.get("delta"))}
        message |= {name: value for name, value in told.items() if value}
        choices.append({"index": place, **defaults, **without(choice, "delta"), "message": message})
    return {**made, "object": "chat.completion", "choices": choices}


_MESSAGE: JSON = {"type": "message", "role": "assistant"}
_REASONING: JSON = {"type": "reasoning"}
_PARTS: dict[str, tuple[JSON, str, JSON, str]] = {
    "output_text": (_MESSAGE, "content", {"type": "output_text", "annotations": []}, "text"),
    "refusal": (_MESSAGE, "content", {"type": "refusal"}, "refusal"),
    "reasoning": (_REASONING, "content", {"type": "reasoning_text"}, "text"),
    "reasoning_text": (_REASONING, "content", {"type": "reasoning_text"}, "text"),
    "reasoning_summary": (_REASONING, "summary", {"type": "summary_text"}, "text"),
    "reasoning_summary_text": (_REASONING, "summary", {"type": "summary_text"}, "text"),
}
"""Per kind of delta of a response: the item it belongs to, and where in it it goes."""


def add_response_event(fold: Fold, kind: str, raw: JSON) -> None:
    """Add an event of a response."""
    fold.name(raw)
    fold.tell(object_in(raw.get("response")))
    what, _, phase = kind.removeprefix("response.").rpartition(".")
    item: JSON = {"index": raw.get("output_index"), "id": raw.get("item_id")}
    if what == "output_item":
        told = {name: value for name, value in object_in(raw.get("item")).items() if value}
        is_done = phase == "done"
        item |= {n: _whole(v) if is_done and n not in _WHOLE else v for n, v in told.items()}
    elif what in _PARTS:
        of, place, part, field = _PARTS[what]
        index = raw.get("content_index", raw.get("summary_index", 0))
        item |= {**of, place: [{**part, "index": index, field: _piece(raw, field, phase)}]}
    else:  # function_call_arguments, custom_tool_call_input and the like
        item["type"], _, field = what.rpartition("_")
        if not item["type"].endswith("_call") or phase not in ("delta", "done"):
            return
        item[field] = _piece(raw, field, phase)
    merge(fold.held, {"output": [item]})


def _piece(raw: JSON, field: str, phase: str) -> object:
    return raw.get("delta") if phase == "delta" else _whole(raw.get(field))


def _whole(value: object) -> object:
    """Make a value take the place of the pieces before it."""
    if isinstance(value, str):
        return Pieces([value]) if value else value
    return _List(value) if isinstance(value, list) else value


def response_of(fold: Fold) -> JSON:
    """Give the response as its terminal event tells it, with the items that only deltas told.

    A reasoning without an id is no item then: nobody could send it back.
    """
    told = objects_in(fold.told.get("output"))
    types = [item.get("type") for item in told]
    missing = [
        item
        for item in objects_in(finished(fold.held.get("output"), "output"))
        if item.get("type") not in types
        and (item.get("id") or item.get("type") != "reasoning" or not told)
    ]
    return {**fold.told, "output": [*missing, *told]} if missing else dict(fold.told)


_BLOCKS = {"text_delta": "text", "thinking_delta": "thinking", "signature_delta": "thinking"}
"""Per kind of delta of a message: the type of block it belongs to; others go to any."""


def add_message_event(fold: Fold, kind: str, raw: JSON) -> None:
    """Add an event of a message."""
    fold.name(raw)
    block: JSON = {}
    if kind == "content_block_start":
        fold.framed = True
        block = object_in(raw.get("content_block"))
    elif kind == "content_block_delta":
        delta = object_in(raw.get("delta"))
        block = {**delta, "type": _BLOCKS.get(str(delta.get("type")))}
        if "citation" in block:
            block["citations"] = [block.pop("citation")]
    elif kind in ("message_start", "message_delta", "message_stop"):
        message = object_in(raw.get("message"))
        fold.tell(without(raw, "id", "type", "index", "message", "delta"))
        fold.tell({**message, **object_in(raw.get("delta"))})
        merge(fold.held, {"content": objects_in(message.get("content"))})
    if block:
        merge(fold.held, {"content": [{**block, "index": raw.get("index")}]})


def message_of(fold: Fold) -> JSON:
    """Give the message; a tool's input that was cut off is kept as text rather than lost."""
    blocks = []
    for block in objects_in(finished(fold.held.get("content"), "content")):
        text = block.pop("partial_json", None)
        if text:
            block["input"] = _decoded(text)
        blocks.append({**block, "type": block.get("type") or ("tool_use" if text else "text")})
    made = {"content": [], "usage": {}, **fold.told}
    return {**made, "content": blocks} if blocks else made


def _decoded(text: object) -> object:
    try:
        return json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return text


def reasoning_in(result: JSON) -> str:
    """Give the reasoning in the JSON of any result: a field of its own, or items, or parts."""
    message: JSON = {}
    for choice in objects_in(result.get("choices"))[:1]:
        message = object_in(choice.get("message"))
    told = text_in(message.get("reasoning_content")) or text_in(message.get("reasoning"))
    items = (result.get("output"), result.get("content"), message.get("content"))
    parts = [
        text_in(part, "thinking", "reasoning", "content", "summary", "text")
        for part in (part for parts in items for part in objects_in(parts))
        if part.get("type") in ("thinking", "reasoning")
    ]
    return told or "".join(parts)


def text_in(value: object, *names: str, depth: int = 4) -> str:
    """Give a text that is a string, or parts that hold it under the first of `names`."""
    if isinstance(value, str) or not depth:
        return value if isinstance(value, str) else ""
    if isinstance(value, list):
        return "".join(text_in(part, *names, depth=depth - 1) for part in value)
    held = object_in(value)
    found = next((held[name] for name in names or ("text",) if held.get(name)), "")
    return text_in(found, *names, depth=depth - 1)


def objects_in(value: object) -> list[JSON]:
    """List the objects of a list; none where it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def object_in(value: object) -> JSON:
    """Give an object; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def without(facts: JSON, *names: str) -> JSON:
    """Copy an object without some of its fields."""
    return {name: value for name, value in facts.items() if name not in names}
