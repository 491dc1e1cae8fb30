"""What the events of a responses stream add up to (wire-facts §6.3)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aistats._json import is_object, list_of, whole_number
from aistats.results import pick, request_id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_TERMINAL = frozenset({"response.completed", "response.incomplete", "response.failed"})


class ResponseFold:
    """Adds up events; the terminal one holds the whole response, and the last of those wins."""

    def __init__(self) -> None:
        self._response: dict[str, Any] = {}
        self._ended = False
        self._items: dict[int, Mapping[str, Any]] = {}
        # By place in the output; texts also by their place in the item.
        self._texts: defaultdict[int, defaultdict[int, list[str]]] = defaultdict(_pieces)
        self._arguments: defaultdict[int, list[str]] = defaultdict(list)
        self._reasoning: list[str] = []
        self._request_id: str | None = None

    def take(self, kind: str, raw: Mapping[str, Any]) -> None:
        """Add one event."""
        if self._request_id is None:
            self._request_id = request_id_of(raw) or request_id_of(raw.get("response"))
        delta = raw.get("delta")
        if isinstance(delta, str):
            self._take_delta(kind, raw, delta)
        elif is_object(raw.get("response")):
            self._response = {**self._response, **raw["response"]}
            self._ended = self._ended or kind in _TERMINAL
        elif is_object(raw.get("item")):
            self._items[_place(raw)] = raw["item"]
        elif kind == "response.output_text.done" and isinstance(raw.get("text"), str):
            self._texts[_place(raw)][_part(raw)] = [raw["text"]]
        elif isinstance(raw.get("arguments"), str):
            self._arguments[_place(raw)] = [raw["arguments"]]

    def _take_delta(self, kind: str, raw: Mapping[str, Any], delta: str) -> None:
        if kind == "response.output_text.delta":
            self._texts[_place(raw)][_part(raw)].append(delta)
        elif kind == "response.function_call_arguments.delta":
            self._arguments[_place(raw)].append(delta)
        elif kind.startswith("response.reasoning"):
            self._reasoning.append(delta)

    def take_done(self) -> None:
        """Note a `[DONE]`; it does not replace the event with the whole response."""

    def take_whole(self, raw: Mapping[str, Any]) -> bool:
        """Take a response that came in one piece; False if this is none."""
        if not isinstance(raw.get("output"), list):
            return False
        self.take("response.completed", {"response": raw})
        return True

    @property
    def complete(self) -> bool:
        """Whether a terminal event came."""
        return self._ended

    @property
    def text(self) -> str:
        """The text of all messages of the output."""
        parts = (
            part
            for item in list_of(self.result().get("output"))
            if pick(item, "type") == "message"
            for part in list_of(pick(item, "content"))
            if pick(part, "type") == "output_text"
        )
        return "".join(text for part in parts if isinstance(text := pick(part, "text"), str))

    @property
    def reasoning(self) -> str:
        """The reasoning as it was streamed."""
        return "".join(self._reasoning)

    @property
    def request_id(self) -> str | None:
        """The gateway's id of the request."""
        return self._request_id

    def result(self) -> dict[str, Any]:
        """Give the response as far as it is known."""
        places = sorted({*self._items, *self._texts, *self._arguments})
        if places and not list_of(self._response.get("output")):
            return {**self._response, "output": [self._item(place) for place in places]}
        return dict(self._response)

    def _item(self, place: int) -> dict[str, Any]:
        kind = "function_call" if place in self._arguments else "message"
        item = dict(self._items.get(place) or {"type": kind})
        if place in self._texts and not item.get("content"):
            item.setdefault("role", "assistant")
            item["content"] = [
                {"type": "output_text", "text": "".join(pieces), "annotations": []}
                for _, pieces in sorted(self._texts[place].items())
            ]
        if place in self._arguments and not item.get("arguments"):
            item["arguments"] = "".join(self._arguments[place])
        return item


def _pieces() -> defaultdict[int, list[str]]:
    return defaultdict(list)


def _place(raw: Mapping[str, Any]) -> int:
    return whole_number(raw.get("output_index")) or 0


def _part(raw: Mapping[str, Any]) -> int:
    return whole_number(raw.get("content_index")) or 0
