"""The typed events of text streams: generated models that know their text.

Everything the gateway sent is in `raw` and under `event["name"]`. A field that is absent reads as
None, an object that belongs to another kind of event as an empty one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from aistats._json import list_of, object_of
from aistats_generated.models import (
    ChatCompletionChunk,
    FunctionDelta,
    MessageStreamEvent,
    ResponseStreamEvent,
    ToolCallDelta,
)
from aistats_generated.models import ChatCompletionChunkChoice as ChatChunkChoice
from aistats_generated.models import ChatCompletionDelta as ChatDelta
from aistats_generated.models import MessageStreamDelta as MessageDelta
from aistats_generated.types import ApiModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "ChatChunk",
    "ChatChunkChoice",
    "ChatDelta",
    "Event",
    "FunctionDelta",
    "MessageDelta",
    "MessageEvent",
    "ResponseEvent",
    "ToolCallDelta",
]

E = TypeVar("E", bound="Event")


class Event(ApiModel):
    """One event of a stream."""

    type: str
    """What the event is: `type` of its JSON, else the name beside it, else ""."""

    @property
    def raw(self) -> Mapping[str, Any]:
        """The JSON as it came."""
        return self._data

    @property
    def text_delta(self) -> str:
        """The text that this event adds to the answer, "" if none."""
        raise NotImplementedError


class ChatChunk(ChatCompletionChunk, Event):
    """An event of `chat.completions.stream`.

    The last one may be a whole completion (`object` is "chat.completion"): its choices hold
    `message` instead of `delta`, which repeats the text that came before.
    """

    type: str = ""

    @property
    def text_delta(self) -> str:
        """The text that this chunk adds to the first answer, "" if none."""
        for choice in map(object_of, list_of(self.raw.get("choices"))):
            if not choice.get("index"):
                return _text(object_of(choice.get("delta")).get("content"))
        return ""


class ResponseEvent(ResponseStreamEvent, Event):
    """An event of `responses.stream`; `type` says which fields it has."""

    @property
    def text_delta(self) -> str:
        """The text that this event adds, "" if none."""
        is_text = self.type == "response.output_text.delta"
        return _text(self.raw.get("delta")) if is_text else ""


class MessageEvent(MessageStreamEvent, Event):
    """An event of `messages.stream`; `type` says which fields it has."""

    @property
    def text_delta(self) -> str:
        """The text that this event adds, "" if none."""
        delta = object_of(self.raw.get("delta"))
        return _text(delta.get("text")) if delta.get("type") == "text_delta" else ""


def event_of(model: Callable[[Mapping[str, Any]], E], raw: Mapping[str, Any], kind: str) -> E:
    """Make the event of its JSON and of the name that stood beside it."""
    event = model(raw)
    if kind and raw.get("type") != kind:
        event.type = kind
    return event


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
