"""What the events of a messages stream add up to (wire-facts §6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats._json import is_object, list_of, object_of, read_json, whole_number
from aistats.results import pick, request_id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# Per kind of delta: the type of block it belongs to, and the field that it extends.
_DELTAS = {
    "text_delta": ("text", "text"),
    "thinking_delta": ("thinking", "thinking"),
    "signature_delta": ("thinking", "signature"),
    "input_json_delta": ("tool_use", "partial_json"),
}


class MessageFold:
    """Adds up events: blocks by their index, then what `message_delta` says of the whole."""

    def __init__(self) -> None:
        self._message: dict[str, Any] = {}
        self._usage: dict[str, Any] = {}
        self._blocks: dict[int, _Block] = {}
        self._framed = False  # whether blocks are announced, as they are in unreduced streams
        self._stopped = False

    def take(self, kind: str, raw: Mapping[str, Any]) -> None:
        """Add one event."""
        if kind == "content_block_delta":
            delta = raw.get("delta")
            if is_object(delta):
                self._block(raw).take(delta)
        elif kind == "content_block_start":
            self._framed = True
            self._block(raw).start.update(object_of(raw.get("content_block")))
        elif kind == "message_start":
            self._message.update(object_of(raw.get("message")))
            self._take_usage(self._message.get("usage"))
        elif kind == "message_delta":
            self._message.update(object_of(raw.get("delta")))
            self._take_usage(raw.get("usage"))
        elif kind == "message_stop":
            self._stopped = True
        if kind in ("message_delta", "message_stop") and raw.get("meta"):
            self._message["meta"] = raw["meta"]

    def take_done(self) -> None:
        """Note a `[DONE]`; `message_stop` is what ends this dialect."""

    def take_whole(self, raw: Mapping[str, Any]) -> bool:
        """Take a message that came in one piece; False if this is none."""
        if raw.get("type") != "message" or not isinstance(raw.get("content"), list):
            return False
        self._message = dict(raw)
        self._take_usage(raw.get("usage"))
        self._stopped = True
        return True

    def _block(self, raw: Mapping[str, Any]) -> _Block:
        index = whole_number(raw.get("index")) or 0
        block = self._blocks.get(index)
        if block is None:
            block = self._blocks[index] = _Block()
        return block

    def _take_usage(self, usage: Any) -> None:
        """Overwrite with numbers only: later events repeat some fields as null."""
        for name, value in object_of(usage).items():
            if value is not None or name not in self._usage:
                self._usage[name] = value

    @property
    def complete(self) -> bool:
        """Whether the message was ended.

        Reduced streams, which do not announce their blocks, may end without `message_stop`.
        """
        return self._stopped or (not self._framed and bool(self._message.get("stop_reason")))

    @property
    def text(self) -> str:
        """The text of all text blocks."""
        return self._joined("text", "text")

    @property
    def reasoning(self) -> str:
        """The text of all thinking blocks."""
        return self._joined("thinking", "thinking")

    def _joined(self, kind: str, name: str) -> str:
        blocks = (block for block in self._content() if pick(block, "type") == kind)
        return "".join(text for block in blocks if isinstance(text := pick(block, name), str))

    @property
    def request_id(self) -> str | None:
        """The gateway's id of the request."""
        return request_id_of(self._message)

    def result(self) -> dict[str, Any]:
        """Give the message as far as it is known."""
        return {**self._message, "content": self._content(), "usage": dict(self._usage)}

    def _content(self) -> list[Any]:
        if not self._blocks:
            return list_of(self._message.get("content"))
        return [block.whole() for _, block in sorted(self._blocks.items())]


class _Block:
    """One block of a message's content."""

    __slots__ = ("citations", "pieces", "start", "type")

    def __init__(self) -> None:
        self.start: dict[str, Any] = {}
        self.type = "text"
        self.pieces: dict[str, list[str]] = {}
        self.citations: list[Any] = []

    def take(self, delta: Mapping[str, Any]) -> None:
        kind = delta.get("type")
        if kind == "citations_delta":
            self.citations.append(delta.get("citation"))
            return
        if not isinstance(kind, str) or kind not in _DELTAS:
            return
        self.type, field = _DELTAS[kind]
        piece = delta.get(field)
        if isinstance(piece, str):
            held = self.pieces.get(field)
            if held is None:
                self.pieces[field] = [piece]
            else:
                held.append(piece)

    def whole(self) -> dict[str, Any]:
        block = {"type": self.type, **self.start}
        for name, pieces in self.pieces.items():
            text = "".join(pieces)
            if name == "partial_json":
                block["input"] = _decoded(text, block.get("input"))
            else:
                begun = block.get(name)
                block[name] = begun + text if isinstance(begun, str) else text
        if self.citations:
            block["citations"] = [*list_of(block.get("citations")), *self.citations]
        return block


def _decoded(text: str, empty: Any) -> Any:
    """Decode a tool's input; one that was cut off is kept as text rather than lost."""
    if not text:
        return {} if empty is None else empty
    try:
        return read_json(text)
    except ValueError:
        return text
