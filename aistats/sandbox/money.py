"""Prices, the books of what the sandbox charged, and the records of finished requests."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

from aistats.sandbox.clock import iso
from aistats.sandbox.shapes import MISSING, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aistats.sandbox.calls import JSONObject
    from aistats.sandbox.clock import Clock

MILLION = 1_000_000
NANOS = 1_000_000_000
Meter = tuple[str, int, str]
"""A dimension, the quantity used of it, and its price in USD for a million."""


def nanos_of(usd: str | Decimal) -> int:
    """Return US dollars in whole billionths."""
    return int(Decimal(usd) * NANOS)


def breakdown(meters: Sequence[Meter], clock: Clock) -> JSONObject:
    """Return the price object for what was used."""
    lines = [_line(meter, clock.now()) for meter in meters if Decimal(meter[2])]
    total = sum(line["line_nanos"] for line in lines)
    cents = total // 10_000_000
    price: JSONObject = fill(
        "money.price", nanos=total, usd=usd_text(total), cents=cents, lines=lines
    )
    return price


def _line(meter: Meter, moment: float) -> JSONObject:
    dimension, quantity, price = meter
    nanos = nanos_of(Decimal(price) * quantity / MILLION)
    line: JSONObject = fill(
        "money.line",
        dimension=dimension,
        quantity=quantity,
        units=quantity / MILLION,
        unit_price=f"{Decimal(price):.9f}",
        cost=f"{Decimal(nanos) / NANOS:.9f}",
        nanos=nanos,
        ms=int(moment * 1000),
        iso=iso(moment),
    )
    return line


def totals(price: Any) -> JSONObject:
    """Return the members that repeat the price at the top level of an answer."""
    told: JSONObject = {} if price is MISSING else fill("money.totals", price=price)
    return told


def usd_text(nanos: int) -> str:
    """Write an amount as the wire does: plain, but in exponent form below a millionth."""
    amount = (Decimal(nanos) / NANOS).normalize()
    if not nanos or amount >= Decimal("1e-6"):
        return f"{amount:f}"
    return f"{amount:e}"


def usage(tokens: tuple[int, int], price: Any, **more: Any) -> JSONObject:
    """Return the usage member that all but chat completions have."""
    counted = {"input": tokens[0], "output": tokens[1], "total": sum(tokens)}
    told: JSONObject = fill("money.usage", tokens=counted, price=price, more=more)
    return told


def meta(generation_ms: int | None = None, throughput: float | None = None) -> JSONObject:
    """Return the `meta` object; what the sandbox cannot know is null."""
    latency = None if generation_ms is None else 1
    told: JSONObject = fill(
        "money.meta", generation_ms=generation_ms, throughput=throughput, latency_ms=latency
    )
    return told


@define(kw_only=True)
class Charge:
    """What one call or job cost; `told` says whether its answer tells the price."""

    operation: str
    model: str
    request_id: str
    nanos: int
    told: bool = True


@frozen(kw_only=True)
class Total:
    """A sum of charges: `nanos` of those whose answers told it, `charged_nanos` of all."""

    calls: int
    nanos: int
    unpriced: int
    charged_nanos: int


class Books:
    """The sandbox's own books: one charge for each answered call, one for each ended job."""

    def __init__(self) -> None:
        self.charges: list[Charge] = []

    def add(self, charge: Charge) -> None:
        """Enter a charge."""
        self.charges.append(charge)

    def untold(self, request_id: str) -> None:
        """Note that the answer to a call did not arrive whole, and its price perhaps not at all."""
        for charge in reversed(self.charges):
            if charge.request_id == request_id:
                charge.told = False
                return

    def clear(self) -> None:
        """Begin a new page."""
        self.charges.clear()

    @property
    def total(self) -> Total:
        """Return the sum of everything."""
        return _sum(self.charges)

    @property
    def by_model(self) -> dict[str, Total]:
        """Return a sum for each model, by the id that callers use."""
        return self._grouped(lambda charge: charge.model)

    @property
    def by_operation(self) -> dict[str, Total]:
        """Return a sum for each operation."""
        return self._grouped(lambda charge: charge.operation)

    def _grouped(self, key: Callable[[Charge], str]) -> dict[str, Total]:
        groups: defaultdict[str, list[Charge]] = defaultdict(list)
        for charge in list(self.charges):
            groups[key(charge)].append(charge)
        return {name: _sum(group) for name, group in groups.items()}

    def __repr__(self) -> str:
        return f"<Books {self.total}>"


def _sum(charges: Iterable[Charge]) -> Total:
    found = list(charges)
    told = [charge.nanos for charge in found if charge.told]
    return Total(
        calls=len(found),
        nanos=sum(told),
        unpriced=len(found) - len(told),
        charged_nanos=sum(charge.nanos for charge in found),
    )
