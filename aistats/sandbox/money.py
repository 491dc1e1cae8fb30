"""Prices, the books of what the sandbox charged, and the records of finished requests."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

from aistats.sandbox.shapes import MISSING, fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    lines = [_line(*meter, clock.now()) for meter in meters if Decimal(meter[2])]
    total = sum(line["line_nanos"] for line in lines)
    return fill("money.price", nanos=total, usd=usd_text(total), lines=lines)


def _line(dimension: str, quantity: int, price: str, moment: float) -> JSONObject:
    told: JSONObject = {"dimension": dimension, "quantity": quantity, "moment": moment}
    told |= {"units": quantity / MILLION, "unit_price": f"{Decimal(price):.9f}"}
    told |= {"nanos": nanos_of(Decimal(price) * quantity / MILLION), "ms": int(moment * 1000)}
    return fill("money.line", **told)


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
    return fill("money.usage", tokens=counted, price=price, more=more)


def meta(generation_ms: int | None = None, throughput: float | None = None) -> JSONObject:
    """Return the `meta` object; what the sandbox cannot know is null."""
    return fill("money.meta", generation_ms=generation_ms, throughput=throughput)


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


class Books(list[Charge]):
    """The sandbox's own books: one charge for each answered call, one for each ended job."""

    def untold(self, request_id: str) -> None:
        """Note that the answer to a call did not arrive whole, and its price perhaps not at all."""
        for charge in reversed(self):
            if charge.request_id == request_id:
                charge.told = False
                return

    @property
    def total(self) -> Total:
        """Return the sum of everything."""
        return _sum(self)

    @property
    def by_model(self) -> dict[str, Total]:
        """Return a sum for each model, by the id that callers use."""
        return self._grouped("model")

    @property
    def by_operation(self) -> dict[str, Total]:
        """Return a sum for each operation."""
        return self._grouped("operation")

    def _grouped(self, by: str) -> dict[str, Total]:
        groups: defaultdict[str, list[Charge]] = defaultdict(list)
        for charge in list(self):
            groups[getattr(charge, by)].append(charge)
        return {name: _sum(group) for name, group in groups.items()}


def _sum(charges: Iterable[Charge]) -> Total:
    found = list(charges)
    told = [charge.nanos for charge in found if charge.told]
    unpriced, charged = len(found) - len(told), sum(charge.nanos for charge in found)
    return Total(calls=len(found), nanos=sum(told), unpriced=unpriced, charged_nanos=charged)
