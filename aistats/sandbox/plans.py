"""What a test says beforehand about jobs and text answers, and the jobs that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypedDict, TypeVar

from attrs import define, field, frozen

if TYPE_CHECKING:
    from aistats.sandbox.calls import JSONObject

P = TypeVar("P")
TERMINAL = frozenset({"completed", "failed", "cancelled", "expired"})


class _Default:
    """Stands for a value that the test did not give."""

    def __repr__(self) -> str:
        return "DEFAULT"


class _Missing:
    """Stands for a key that is to be absent from the answer."""

    def __repr__(self) -> str:
        return "MISSING"


DEFAULT: Final = _Default()
MISSING: Final = _Missing()


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
    """How a text answer goes: its words, and how it ends.

    `end` is one of completed, incomplete, failed (of the Responses API), error (an error
    event within a stream) and cut (a stream that stops without its last event).
    """

    text: str | None = None
    end: Literal["completed", "incomplete", "failed", "error", "cut"] = "completed"
    tool: tuple[str, str] | None = None
    pieces: int | None = None


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
    native_id: str
    provider: str
    model: str
    native_model: str
    created_at: float
    plan: JobPlan
    request: JSONObject = field(factory=dict[str, Any])
    price_nanos: int = 0
    looks: int = 0
    status: str = "queued"
    progress: int = 0
    finished_at: float | None = None
    billed_at: float | None = None
    touched_at: float | None = None
    deleted: bool = False
    extra: JSONObject = field(factory=dict[str, Any])

    @property
    def terminal(self) -> bool:
        """Tell whether the job has ended."""
        return self.status in TERMINAL

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
