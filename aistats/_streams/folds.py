"""What the chunks of a chat stream add up to (wire-facts §6.2)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aistats._json import is_list, is_object, list_of, object_of, whole_number

from aistats.results import pick, request_id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# Fields of a delta that come in pieces. The others, such as `role`, are repeated whole.
_PIECES = frozenset({"content", "refusal", "reasoning_content", "reasoning"})


class ChatFold:
    """Adds up chunks; some providers end with a whole completion, which then is the result."""

    def __init__(self) -> None:
        self._top: dict[str, Any] = {}
        self._answers: defaultdict[int, _Answer] = defaultdict(_Answer)
        self._whole: Mapping[str, Any] | None = None
        self._usage: Any = None
        self._done = False

    def take(self, kind: str, raw: Mapping[str, Any]) -> None:  # noqa: ARG002 - frames have no kinds
        """Add one frame."""
        if raw.get("usage"):
            self._usage = raw["usage"]
        if raw.get("object") == "chat.completion":
            self._whole = raw
            return
        self._top.update(raw)
        # `__class__ is` here and below, where every event passes: a call would cost twice as much.
        choices: Any = raw.get("choices")
        for choice in choices if choices.__class__ is list else ():
            if choice.__class__ is dict:
                index = choice.get("index")
                self._answers[index if index.__class__ is int else 0].take(choice)

    def take_done(self) -> None:
        """Note the `[DONE]` of the provider."""
        self._done = True

    def take_whole(self, raw: Mapping[str, Any]) -> bool:
        """Take a completion that came in one piece; False if this is none."""
        if not is_object(pick(raw, "choices", 0, "message")):
            return False
        self._whole = raw
        self._done = True
        return True

    @property
    def complete(self) -> bool:
        """Whether every answer said why it ended, or the provider sent `[DONE]`."""
        if self._done:
            return True
        if self._whole is not None:
            return bool(pick(self._whole, "choices", 0, "finish_reason"))
        return bool(self._answers) and all(a.finish_reason for a in self._answers.values())

    @property
    def text(self) -> str:
        """The first answer's text."""
        whole = pick(self._whole, "choices", 0, "message", "content")
        return whole if isinstance(whole, str) and whole else self._joined("content")

    @property
    def reasoning(self) -> str:
        """The first answer's reasoning."""
        for name in ("reasoning_content", "reasoning"):
            whole = pick(self._whole, "choices", 0, "message", name)
            found = whole if isinstance(whole, str) and whole else self._joined(name)
            if found:
                return found
        return ""

    @property
    def request_id(self) -> str | None:
        """The gateway's id of the request."""
        return request_id_of(self._top) or request_id_of(self._whole)

    def result(self) -> dict[str, Any]:
        """Give the completion as far as it is known."""
        if self._whole is not None:
            result = dict(self._whole)
        else:
            choices = [answer.choice(at) for at, answer in sorted(self._answers.items())]
            result = {**self._top, "object": "chat.completion", "choices": choices}
        if self._usage:
            result["usage"] = self._usage
        return result

    def _joined(self, name: str) -> str:
        answer = self._answers.get(0)
        return "".join(answer.pieces[name]) if answer and name in answer.pieces else ""


class _Answer:
    """One of the answers of a completion."""

    __slots__ = ("calls", "fields", "finish_reason", "logprobs", "pieces")

    def __init__(self) -> None:
        self.pieces: defaultdict[str, list[str]] = defaultdict(list)
        self.fields: dict[str, Any] = {}
        self.calls: dict[int, _Call] = {}
        self.logprobs: defaultdict[str, list[Any]] = defaultdict(list)
        self.finish_reason: Any = None

    def take(self, choice: Mapping[str, Any]) -> None:
        delta: Any = choice.get("delta")
        if delta.__class__ is dict:
            for name, value in delta.items():
                if name in _PIECES and value.__class__ is str:
                    self.pieces[name].append(value)
                elif name == "tool_calls":
                    self._take_calls(list_of(value))
                else:
                    self._take_field(name, value)
        if choice.get("finish_reason"):
            self.finish_reason = choice["finish_reason"]
        if choice.get("logprobs"):
            for name, value in object_of(choice["logprobs"]).items():
                self.logprobs[name] += list_of(value)

    def _take_field(self, name: str, value: Any) -> None:
        held = self.fields.get(name)
        if is_list(value) and is_list(held):
            held += value  # images and the like come one by one
        elif is_list(value):
            self.fields[name] = [*value]
        elif value is not None or name not in self.fields:
            self.fields[name] = value

    def _take_calls(self, pieces: list[Any]) -> None:
        for piece in map(object_of, pieces):
            index = whole_number(piece.get("index"))
            if index is None:  # some providers leave it out; then a new id begins a new call
                index = max(self.calls, default=0)
                held = self.calls.get(index)
                if held and piece.get("id") not in (None, held.fields.get("id")):
                    index += 1
            self.calls.setdefault(index, _Call()).take(piece)

    def choice(self, index: int) -> dict[str, Any]:
        """Give the answer as it stands in a completion."""
        joined = {name: "".join(pieces) for name, pieces in self.pieces.items()}
        message = {"role": "assistant", "content": None, **self.fields, **joined}
        if self.calls:
            message["tool_calls"] = [call.whole() for _, call in sorted(self.calls.items())]
        return {
            "index": index,
            "message": message,
            "logprobs": dict(self.logprobs) or None,
            "finish_reason": self.finish_reason,
        }


class _Call:
    """One tool call."""

    __slots__ = ("arguments", "fields", "function")

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.function: dict[str, Any] = {}
        self.arguments: list[str] = []

    def take(self, piece: Mapping[str, Any]) -> None:
        self.fields.update((k, v) for k, v in piece.items() if v is not None)
        for name, value in object_of(piece.get("function")).items():
            if name == "arguments":
                self.arguments += [value] if isinstance(value, str) else []
            elif value:  # the name is repeated as "" by some providers
                self.function[name] = value

    def whole(self) -> dict[str, Any]:
        function = {**self.function, "arguments": "".join(self.arguments)}
        call = {"type": "function", **self.fields, "function": function}
        call.pop("index", None)
        return call
