"""What a test says beforehand about jobs and text answers, and the jobs that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, TypedDict, TypeVar

from attrs import define, field, frozen

from aistats.sandbox.shapes import DEFAULT, MISSING

if TYPE_CHECKING:
    from aistats.sandbox.calls import JSONObject
    from aistats.sandbox.catalogue import Model

P = TypeVar("P")
TERMINAL = frozenset({"completed", "failed", "cancelled", "expired"})
End = Literal["completed", "incomplete", "failed", "error", "cut"]
ToolCall = tuple[str, Any]
"""The name of a tool, and its arguments: as JSON text, or as what that text says."""


class JobOptions(TypedDict, total=False):
    """The words of `JobPlan`, each of which may be left out."""

    polls: int
    seconds: float | None
    poll_after_seconds: Any
    progress: int | Sequence[int] | None
    statuses: Sequence[str]
    status: str
    error: Any
    outputs: int | None


@frozen(kw_only=True)
class JobPlan:
    """How a job goes: how long it takes, what each look shows, and how it ends.

    `polls` is the number of the look that first shows the end; 0 means at creation. With
    `seconds` the sandbox's clock decides instead. `poll_after_seconds`, `progress` and
    `statuses` take one value, or one for each look of which the last one stays; `MISSING` leaves
    the hint out. `status` is the end, `error` what is told of it (the provider's manner when left
    out), `outputs` how many outputs a completed job lists.
    """

    polls: int = 2
    seconds: float | None = None
    poll_after_seconds: Any = DEFAULT
    progress: int | Sequence[int] | None = None
    statuses: Sequence[str] = ()
    status: str = "completed"
    error: Any = DEFAULT
    outputs: int | None = None


@frozen(kw_only=True)
class TextPlan:
    """How a text answer goes: its words, the tools it calls, and how it ends.

    `end` is one of completed, incomplete, failed (of the Responses API), error (an error
    event within a stream) and cut (a stream that stops without its last event). `tool` is one
    call or a list of them. `logprobs` sends the tokens' probabilities, with so many alternatives
    to each, whether they were asked for or not. `priced=False` leaves every price out.
    """

    text: str | None = None
    end: End = "completed"
    tool: ToolCall | Sequence[ToolCall] | None = None
    pieces: int | None = None
    logprobs: int | None = None
    priced: bool = True

    @property
    def tools(self) -> Sequence[ToolCall]:
        """Return the planned calls as a list, however they were given."""
        one = isinstance(self.tool, tuple) and bool(self.tool) and isinstance(self.tool[0], str)
        return (self.tool,) if one else self.tool or ()  # type: ignore[return-value]


class Plans(Generic[P]):
    """Plans for the next few, and one for all others."""

    def __init__(self) -> None:
        self._always: P | None = None
        self._next: list[P] = []

    def add(self, plan: P, following: int | None) -> None:
        """Use *plan* for the *following* next ones; for all from now on when None."""
        if following is None:
            self._always = plan
            self._next.clear()
        else:
            self._next.extend([plan] * following)

    def take(self) -> P | None:
        """Return the plan for the next one."""
        return self._next.pop(0) if self._next else self._always

    def clear(self) -> None:
        """Forget all plans."""
        self._always = None
        self._next.clear()


@define(kw_only=True)
class JobRecord:
    """One job of any kind: what was asked, and how far it is."""

    id: str
    operation: str
    native_id: str
    model: Model
    created_at: float
    plan: JobPlan
    request: JSONObject
    price_nanos: int = 0
    looks: int = 0
    status: str = "queued"
    progress: int = 0
    finished_at: float | None = None
    touched_at: float | None = None
    deleted: bool = False
    error: Any = DEFAULT
    extra: JSONObject = field(factory=dict[str, Any])

    @property
    def terminal(self) -> bool:
        """Tell whether the job has ended."""
        return self.status in TERMINAL

    @property
    def paid(self) -> bool:
        """Tell whether the job has ended well, which is what makes it cost anything."""
        return self.status == "completed"

    @property
    def openai(self) -> bool:
        """Tell whether it is a job of OpenAI's, whose objects have more in them than others'."""
        return self.model.provider == "openai"

    @property
    def google(self) -> bool:
        """Tell whether it is a job of Google's, whose content has a length and lists its output."""
        return self.model.provider == "google-ai-studio"

    def due(self, now: float) -> bool:
        """Tell whether the provider is done, whatever has been seen of it so far."""
        if self.plan.seconds is not None:
            return now >= self.created_at + self.plan.seconds
        return self.looks >= self.plan.polls

    def shown(self, values: Any) -> Any:
        """Return the one of *values* that belongs to this look."""
        if isinstance(values, Sequence) and not isinstance(values, str | bytes):
            items: Sequence[Any] = values
            return items[min(max(self.looks, 1), len(items)) - 1] if items else None
        return values

    def hint(self, default: Any = MISSING) -> Any:
        """Return `poll_after_seconds` as this look is to show it."""
        value = self.shown(self.plan.poll_after_seconds)
        return default if value is DEFAULT else value

    def told_error(self, default: Any) -> Any:
        """Return what is told of a bad end: what the plan says, or the provider's manner."""
        return default if self.error is DEFAULT else self.error
