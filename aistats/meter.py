"""What calls cost: a record of each call that has ended, and a meter that adds up and has a limit.

Where the gateway says its prices: docs/gateway.md, "Prices".
"""

from __future__ import annotations

import inspect
import logging
import threading
from collections import OrderedDict
from contextvars import ContextVar
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, final

from attrs import asdict, frozen

from aistats._core.colour import tell
from aistats._json import pick
from aistats.errors import ConfigurationError, SpendingLimitError
from aistats.jobs.snapshot import outcome_of
from aistats.results import Usage, request_id_of, usage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from aistats._core.request import Ended, Request

_log = logging.getLogger("aistats")

_JOBS_REMEMBERED = 100_000  # of those seen last: each is some 200 bytes
_JOB_OBJECTS = frozenset({"video", "music", "batch"})
_meters_of_blocks: ContextVar[tuple[Meter, ...]] = ContextVar("aistats_meters", default=())


@frozen
class CallRecord:
    """One call that has ended; it never holds a header, a prompt or a body."""

    operation: str
    """As the caller typed it, such as "videos.create"; or method and path."""
    model: str | None
    """The model that was asked for, else the one that answered."""
    provider: str | None
    status: int | None
    """The status of the last answer; None where none came."""
    error: str | None
    """The class of the error, such as "RateLimitError"; None for a success."""
    attempts: int
    seconds: float
    """From the first attempt to the end of the answer."""
    request_id: str | None
    usage: Usage | None
    """Tokens and cost; None where the answer told none. A job tells them when it has ended."""
    bills: bool = False
    """Whether a price is to be expected: of what was generated, and of a job that has ended."""
    job_id: str | None = None
    """The job of which this call gave a snapshot."""


@frozen
class UsageSummary:
    """Calls, tokens and cost in US dollars, added up; summaries add as well (`+`, `sum`)."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    total_tokens: int = 0
    cost: Decimal = Decimal(0)
    unpriced: int = 0
    """Answers that were billed and did not say their price: the cost is too low by these."""

    def __add__(self, other: object) -> UsageSummary:
        if not isinstance(other, UsageSummary):
            return NotImplemented
        mine, theirs = self.asdict(), other.asdict()
        return UsageSummary(**{name: mine[name] + theirs[name] for name in mine})

    def __radd__(self, other: object) -> UsageSummary:
        return self if other == 0 else NotImplemented  # `sum` begins with 0

    def asdict(self) -> dict[str, Any]:
        """Give a row for pandas or CSV."""
        return asdict(self)

    def __str__(self) -> str:
        short = f" ({self.unpriced} without a price)" if self.unpriced else ""
        return (
            f"{self.calls} calls, {self.total_tokens} tokens, {self.cost.normalize():f} USD{short}"
        )


_EMPTY = list(asdict(UsageSummary()).values())


@final
class Meter:
    """Adds up what answers say they cost; threads, tasks and clients may share it.

    `AIStats(meter=Meter())` counts the calls of a client and its copies, `with Meter() as meter:`
    those made in a block by any client. `limit` is in US dollars (text, `Decimal` or int): a call
    that bills and would begin at or above it is refused with `SpendingLimitError` before anything
    is sent. What is under way is never broken off, so n calls at once may pass the limit by what
    n calls cost, and jobs by what they cost when they end.
    """

    def __init__(self, limit: str | Decimal | int | None = None) -> None:
        """Raises `ConfigurationError` for a limit that is no amount >= 0; a float is not exact."""
        self.limit: Decimal | None = None if limit is None else _amount(limit)
        self._lock = threading.Lock()
        self._sums: dict[tuple[str, str], list[Any]] = {}  # the fields of a summary, in order
        self._jobs: OrderedDict[str, tuple[str | None, bool]] = OrderedDict()

    def __call__(self, record: CallRecord) -> None:
        """Count a call."""
        self.count(record.operation, record.model, record.usage, record.bills, record.job_id)

    def count(
        self, operation: str, model: str | None, usage: Usage | None, bills: bool, job: str | None
    ) -> None:
        """Count a call by what a `CallRecord` of it would say, which costs more to make."""
        with self._lock:
            if job is not None:
                asked, is_counted = self._jobs.get(job, (None, False))
                model = asked or model
                self._jobs[job] = model, is_counted or bills
                self._jobs.move_to_end(job)
                if len(self._jobs) > _JOBS_REMEMBERED:
                    self._jobs.popitem(last=False)
                if is_counted:
                    usage, bills = None, False
            row = self._sums.get((operation, model or "-"))
            if row is None:
                row = self._sums[operation, model or "-"] = _EMPTY.copy()
            row[0] += 1
            if usage is not None:
                row[1] += usage.input_tokens or 0
                row[2] += usage.output_tokens or 0
                row[3] += usage.total_tokens or 0
                row[4] += usage.cost or 0
            row[5] += bills and (usage is None or usage.cost is None)

    def admit(self, operation: str) -> None:
        """Refuse a call that would begin at or above the limit."""
        if self.limit is not None and (spent := self.cost) >= self.limit:
            raise SpendingLimitError(
                f"{operation}: {spent:f} USD are spent and the limit is {self.limit:f}; nothing "
                "was sent"
            )

    def _sum_by(self, place: int) -> dict[str, UsageSummary]:
        sums: dict[str, UsageSummary] = {}
        with self._lock:
            for key, row in self._sums.items():
                sums[key[place]] = sums.get(key[place], UsageSummary()) + UsageSummary(*row)
        return sums

    @property
    def by_operation(self) -> Mapping[str, UsageSummary]:
        """The sums by what was called, such as "chat.completions.create"."""
        return self._sum_by(0)

    @property
    def by_model(self) -> Mapping[str, UsageSummary]:
        """The sums by the model that was asked for; "-" where none was."""
        return self._sum_by(1)

    @property
    def total(self) -> UsageSummary:
        """The sum of all."""
        with self._lock:
            return sum((UsageSummary(*row) for row in self._sums.values()), start=UsageSummary())

    @property
    def calls(self) -> int:
        """How many calls have ended."""
        return self.total.calls

    @property
    def cost(self) -> Decimal:
        """What they cost, in US dollars, as far as they said so."""
        return self.total.cost

    @property
    def unpriced(self) -> int:
        """How many were billed and did not say their price."""
        return self.total.unpriced

    def __enter__(self) -> Self:
        _meters_of_blocks.set((*_meters_of_blocks.get(), self))
        return self

    def __exit__(self, *exc: object) -> None:
        others = list(_meters_of_blocks.get())
        others.remove(self)
        _meters_of_blocks.set(tuple(others))

    def __repr__(self) -> str:
        return f"<Meter {self.total}, limit {self.limit}>"


def _amount(limit: object) -> Decimal:
    try:
        amount = Decimal(limit) if isinstance(limit, str | int | Decimal) else Decimal("nan")
    except InvalidOperation:
        amount = Decimal("nan")
    if isinstance(limit, bool) or not amount.is_finite() or amount < 0:
        raise ConfigurationError(
            f"Meter(limit={limit!r}): expected US dollars >= 0 as text, Decimal or int, such as "
            '"5.00"'
        )
    return amount


@frozen
class Observers:
    """Who is told of the calls of a client: its meter, its `on_call`, and meters of blocks."""

    meter: Meter | None = None
    on_call: Callable[[CallRecord], object] | None = None

    @classmethod
    def checked(
        cls, meter: object, on_call: object, *, awaits: bool, before: Observers | None = None
    ) -> Observers:
        """Check the arguments of a client; None keeps what was there `before`."""
        if meter is not None and not isinstance(meter, Meter):
            raise ConfigurationError(f"meter={meter!r}: pass aistats.Meter()")
        if on_call is not None and not callable(on_call):
            raise ConfigurationError(f"on_call={on_call!r}: pass a function of one CallRecord")
        if inspect.iscoroutinefunction(on_call) and not awaits:
            raise ConfigurationError("on_call is async: a blocking client needs a plain function")
        before = before or cls()
        return cls(meter or before.meter, on_call or before.on_call)

    def _meters(self) -> list[Meter]:
        own = [] if self.meter is None else [self.meter]
        blocks = _meters_of_blocks.get()
        return list(dict.fromkeys([*own, *blocks])) if blocks else own

    def admit(self, request: Request) -> None:
        """Have the meters refuse a call that would spend beyond a limit."""
        for meter in self._meters():
            if meter.limit is not None and request.bills:
                meter.admit(request.operation or request.label)

    async def ended(self, request: Request, end: Ended) -> None:
        """Tell everybody of a call; what they raise is logged and hurts no call."""
        meters, on_call = self._meters(), self.on_call
        if not meters and on_call is None:
            return
        facts, operation = _json_of(end.facts), request.operation or request.label
        model = request.model or _text(pick(facts, "model"))
        is_job = pick(facts, "object") in _JOB_OBJECTS
        job = _text(pick(facts, "id")) if is_job else None
        has_ended = not is_job or outcome_of(facts) is not None
        bills = has_ended if is_job else request.bills and (not end.error or _may_have_run(end))
        usage = usage_of(facts) if facts is not None and has_ended else None
        for meter in meters:
            meter.count(operation, model, usage, bills, job)
        if on_call is None or on_call in meters:
            return
        told = facts if end.error is None else end.error
        provider = _text(pick(facts, "provider")) or getattr(end.error, "provider", None)
        error = type(end.error).__name__ if end.error else None
        record = CallRecord(
            *(operation, model, provider, end.status, error, end.attempts, end.seconds),
            *(request_id_of(told), usage, bills, job),
        )
        try:
            await tell(on_call, record)
        except Exception:  # noqa: BLE001 - the call itself is over, and its result the caller's
            _log.exception("%s: on_call failed", operation)


def _json_of(facts: Any) -> Any:
    """Give the JSON that came: asking it costs a tenth of asking the typed view of it."""
    if facts.__class__ is dict:
        return facts.get("raw", facts)  # of a new job, these are the parts of its handle
    return getattr(facts, "_data", None) or getattr(facts, "raw", facts)


def _may_have_run(end: Ended) -> bool:
    """Say whether a call may be billed: it was answered well, or its answer was lost."""
    answered_well = end.status is not None and end.status < 400
    return answered_well or bool(getattr(end.error, "may_have_run", False))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
