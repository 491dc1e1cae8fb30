"""The typed events of text streams: thin views of the JSON of one event, decoded when asked.

Everything the gateway sent is in `raw` and under `event["name"]`. An attribute is None where the
event does not have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Generic, TypeVar, overload

V = TypeVar("V", bound="View")
T = TypeVar("T")


class View:
    """A JSON object with attributes for the fields that are known."""

    __slots__ = ("raw",)

    raw: Mapping[str, Any]
    """The JSON as it came."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw

    def __getitem__(self, name: str) -> Any:
        return self.raw[name]

    def __contains__(self, name: object) -> bool:
        return name in self.raw

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON as it came."""
        return dict(self.raw)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and type(other) is type(self) and self.raw == other.raw

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # JSON objects have none either

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.raw!r})"


class _Field(Generic[T]):
    """A field as it came, None where it is absent."""

    __slots__ = ("_name",)

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, view: None, owner: Any = None) -> _Field[T]: ...
    @overload
    def __get__(self, view: View, owner: Any = None) -> T | None: ...
    def __get__(self, view: View | None, owner: Any = None) -> Any:
        return self if view is None else view.raw.get(self._name)


class _Object(Generic[V]):
    """A field that is an object, an empty one where it is absent."""

    __slots__ = ("_kind", "_name")

    def __init__(self, kind: type[V]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, view: None, owner: Any = None) -> _Object[V]: ...
    @overload
    def __get__(self, view: View, owner: Any = None) -> V: ...
    def __get__(self, view: View | None, owner: Any = None) -> Any:
        if view is None:
            return self
        value: Any = view.raw.get(self._name)
        return self._kind(value if value.__class__ is dict else {})


class _Objects(Generic[V]):
    """A field that is a list of objects, an empty one where it is absent."""

    __slots__ = ("_kind", "_name")

    def __init__(self, kind: type[V]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, view: None, owner: Any = None) -> _Objects[V]: ...
    @overload
    def __get__(self, view: View, owner: Any = None) -> list[V]: ...
    def __get__(self, view: View | None, owner: Any = None) -> Any:
        if view is None:
            return self
        # `__class__ is`, here and above: every event passes, and a call would cost twice as much.
        value: Any = view.raw.get(self._name)
        kind = self._kind
        is_list = value.__class__ is list
        return [kind(item) for item in value if item.__class__ is dict] if is_list else []


class Event(View):
    """One event of a stream."""

    __slots__ = ("type",)

    type: str
    """The event's kind: `type` of its JSON, else the name beside it, else ""."""

    def __init__(self, raw: Mapping[str, Any], type: str = "") -> None:  # noqa: A002 - its name
        self.raw = raw
        self.type = type

    @property
    def text_delta(self) -> str:
        """The text that this event adds to the answer, "" if none."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.type!r}, {self.raw!r})"


class FunctionDelta(View):
    """A piece of a function call."""

    __slots__ = ()
    name: Final = _Field[str]()
    arguments: Final = _Field[str]()


class ToolCallDelta(View):
    """A piece of a tool call; pieces of one call have the same `index`."""

    __slots__ = ()
    index: Final = _Field[int]()
    id: Final = _Field[str]()
    type: Final = _Field[str]()
    function: Final = _Object(FunctionDelta)


class ChatDelta(View):
    """What a chunk adds to a message."""

    __slots__ = ()
    role: Final = _Field[str]()
    content: Final = _Field[str]()
    refusal: Final = _Field[str]()
    reasoning_content: Final = _Field[str]()
    tool_calls: Final = _Objects(ToolCallDelta)


class ChatChunkChoice(View):
    """What a chunk says about one of the answers."""

    __slots__ = ()
    index: Final = _Field[int]()
    delta: Final = _Object(ChatDelta)
    finish_reason: Final = _Field[str]()
    logprobs: Final = _Field[Mapping[str, Any]]()


class ChatChunk(Event):
    """An event of `chat.completions.stream` (wire-facts §6.2).

    The last one may be a whole completion (`object` is "chat.completion"): its choices hold
    `message` instead of `delta`, which repeats the text that came before.
    """

    __slots__ = ()
    id: Final = _Field[str]()
    object: Final = _Field[str]()
    created: Final = _Field[int]()
    model: Final = _Field[str]()
    choices: Final = _Objects(ChatChunkChoice)
    usage: Final = _Field[Mapping[str, Any]]()

    @property
    def text_delta(self) -> str:
        """The text that this chunk adds to the first answer, "" if none."""
        for choice in self.choices:
            if not choice.index:
                content = choice.delta.content
                return content if isinstance(content, str) else ""
        return ""


class ResponseEvent(Event):
    """An event of `responses.stream` (wire-facts §6.3); `type` says which fields it has."""

    __slots__ = ()
    sequence_number: Final = _Field[int]()
    output_index: Final = _Field[int]()
    content_index: Final = _Field[int]()
    item_id: Final = _Field[str]()
    delta: Final = _Field[str]()
    text: Final = _Field[str]()
    arguments: Final = _Field[str]()
    item: Final = _Field[Mapping[str, Any]]()
    part: Final = _Field[Mapping[str, Any]]()
    response: Final = _Field[Mapping[str, Any]]()

    @property
    def text_delta(self) -> str:
        """The text that this event adds, "" if none."""
        delta = self.delta
        is_text = self.type == "response.output_text.delta" and isinstance(delta, str)
        return delta if is_text and delta else ""


class MessageDelta(View):
    """What an event adds to a block of the message, or to the message itself."""

    __slots__ = ()
    type: Final = _Field[str]()
    text: Final = _Field[str]()
    partial_json: Final = _Field[str]()
    thinking: Final = _Field[str]()
    signature: Final = _Field[str]()
    stop_reason: Final = _Field[str]()
    stop_sequence: Final = _Field[str]()


class MessageEvent(Event):
    """An event of `messages.stream` (wire-facts §6.4); `type` says which fields it has."""

    __slots__ = ()
    index: Final = _Field[int]()
    message: Final = _Field[Mapping[str, Any]]()
    content_block: Final = _Field[Mapping[str, Any]]()
    delta: Final = _Object(MessageDelta)
    usage: Final = _Field[Mapping[str, Any]]()

    @property
    def text_delta(self) -> str:
        """The text that this event adds, "" if none."""
        delta = self.delta
        text = delta.text if delta.type == "text_delta" else None
        return text if isinstance(text, str) else ""
