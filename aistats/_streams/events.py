"""The typed events of text streams: generated models that know which text they add."""

from __future__ import annotations

from typing import ClassVar

from aistats._streams.folds import JSON, object_in, objects_in, text_in
from aistats.results import request_id_of
from aistats_generated.models import ChatCompletionChunk, MessageStreamEvent, ResponseStreamEvent


class ChatChunk(ChatCompletionChunk):
    """An event of `chat.completions.stream`.

    The last one may be a whole completion (`object` is "chat.completion"): its choices hold
    `message` instead of `delta`, which repeats the text that came before.
    """

    type: ClassVar[str] = ""  # chunks have none

    @property
    def text_delta(self) -> str:
        """The text that this chunk adds to the first answer, "" if none."""
        for choice in objects_in(self._data.get("choices")):
            if not choice.get("index"):
                return text_in(object_in(choice.get("delta")).get("content"))
        return ""


class ResponseEvent(ResponseStreamEvent):
    """An event of `responses.stream`; `type` says which fields it has."""

    @property
    def text_delta(self) -> str:
        """The text that this event adds, "" if none."""
        is_text = self._data.get("type") == "response.output_text.delta"
        return text_in(self._data.get("delta")) if is_text else ""


class MessageEvent(MessageStreamEvent):
    """An event of `messages.stream`; `type` says which fields it has."""

    @property
    def text_delta(self) -> str:
        """The text that this event adds, "" if none."""
        delta = object_in(self._data.get("delta"))
        return text_in(delta.get("text")) if delta.get("type") == "text_delta" else ""


def is_error(name: str, raw: JSON) -> bool:
    """Say whether an event carries an error, in any of the forms that gateway and providers use."""
    return bool(
        "error" in (name, raw.get("type"), raw.get("object"))
        or raw.get("error")
        or any(choice.get("error") for choice in objects_in(raw.get("choices")))
    )


def explained(raw: JSON) -> tuple[str, str | None, str | None]:
    """Give the message, the code and the request id of an event that carries an error."""
    facts = object_in(raw.get("response")) or raw
    choices = [choice for choice in objects_in(raw.get("choices")) if choice.get("error")]
    error = facts.get("error") or (choices[0]["error"] if choices else None)
    inner = object_in(error)
    code = _first(inner.get("code"), inner.get("type"), error, facts.get("code"))
    message = _first(
        *(inner.get("message"), inner.get("description"), facts.get("description")),
        *(facts.get("message"), facts.get("reason"), code, "no explanation"),
    )
    detail = "" if code in (None, message) else f" ({code})"
    return f"the stream carried an error: {message}{detail}", code, request_id_of(raw)


def _first(*words: object) -> str | None:
    told = (word for word in words if word and isinstance(word, str | int) and word is not True)
    return next(map(str, told), None)
