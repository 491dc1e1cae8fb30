"""What any result can be asked, whichever surface it came from: its usage, cost and request id."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from aistats._json import pick, request_id_in, whole_number

if TYPE_CHECKING:
    from aistats._text_results import ChatCompletion, Message, ResponseResult

__all__ = ["ChatCompletion", "Message", "ResponseResult", "Usage", "request_id_of", "usage_of"]

# These subclass generated models, whose import waits for the first result (see `__getattr__`).
_TEXT_RESULTS = ("ChatCompletion", "Message", "ResponseResult")

# Where the surfaces put one and the same number (wire-facts §3.4, §5.3, §11.2), best first. A path
# leads from the result's top level; amounts in nanos are exact, the others are not always.
_INPUT = (("usage", "input_tokens"), ("usage", "prompt_tokens"))
_OUTPUT = (("usage", "output_tokens"), ("usage", "completion_tokens"))
_TOTAL = (("usage", "total_tokens"),)
_NANOS = (
    *(("usage", "pricing", "total_nanos"), ("usage", "pricing_breakdown", "total_nanos")),
    *(("cost_nanos",), ("usage", "cost_nanos")),
    *(("billing", "total_nanos"), ("billing", "cost_nanos")),
)
_DOLLARS = (
    ("usage", "pricing", "total_usd_str"),
    ("usage", "pricing_breakdown", "total_usd_str"),
    *(("usage", "cost_usd"), ("usage", "costUsd"), ("usage", "cost"), ("billing", "cost_usd")),
)
_CURRENCY = (
    ("usage", "pricing", "currency"),
    ("usage", "pricing_breakdown", "currency"),
    *(("currency",), ("usage", "currency"), ("billing", "currency")),
)
_NANO = Decimal("1e-9")


@frozen
class Usage:
    """What a call consumed. A field is None where the gateway did not say.

    `cost` is exact and in whole units of `currency`, which is US dollars ("USD").
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None
    cost: Decimal | None = None
    currency: str = "USD"


@frozen
class RawResponse:
    """The call behind a result."""

    operation: str
    """As the caller typed it, such as "chat.completions.create"."""
    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    request_id: str | None
    seconds: float
    """From the first attempt to the end of the answer."""
    attempts: int


def raw_of(result: object) -> RawResponse | None:
    """Give the call behind a result or a job: its status, headers, request id, time and attempts.

    None for what did not come out of one call, such as a stream's result or a job made from JSON.
    """
    origin = getattr(result, "_origin", None)
    return origin if isinstance(origin, RawResponse) else None


def usage_of(result: Any) -> Usage | None:
    """Give the tokens and the cost of a result, job, stream, stream error or plain JSON.

    None when it tells neither. A job that has not ended tells its estimate (wire-facts §3.4).
    """
    own = getattr(result, "usage", None)
    if isinstance(own, Usage):
        return own  # a stream, or an error of one
    facts = _facts(result)
    sent, received = _count(facts, _INPUT), _count(facts, _OUTPUT)
    total = _count(facts, _TOTAL)
    if total is None and sent is not None and received is not None:
        total = sent + received
    usage = Usage(sent, received, total, _cost(facts), _currency(facts))
    told = (usage.input_tokens, usage.output_tokens, usage.total_tokens, usage.cost)
    return None if all(value is None for value in told) else usage


def request_id_of(result: Any) -> str | None:
    """Give the gateway's request id of a result, error, job, stream or plain JSON.

    None where there is none, such as for audio and files (wire-facts §11.1).
    """
    own = getattr(result, "request_id", None)
    if isinstance(own, str) and own:
        return own
    facts = _facts(result)
    names = ("generation_id", "request_id", "requestId")
    found = request_id_in({name: pick(facts, name) for name in names})
    if found:
        return found
    for path in (("id",), ("metadata", "phaseo_request_id")):
        value = pick(facts, *path)
        if isinstance(value, str) and value.startswith("G-"):
            return value
    return None


def _facts(result: Any) -> Any:
    return result.raw if isinstance(getattr(result, "raw", None), Mapping) else result


def _count(facts: Any, paths: tuple[tuple[str, ...], ...]) -> int | None:
    for path in paths:
        value = pick(facts, *path)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if (count := whole_number(value)) is not None:
            return count
    return None


def _cost(facts: Any) -> Decimal | None:
    nanos = _count(facts, _NANOS)
    if nanos is not None:
        return nanos * _NANO
    for path in _DOLLARS:
        value = pick(facts, *path)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            continue
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            continue
        if amount.is_finite():
            return amount
    return None


def _currency(facts: Any) -> str:
    for path in _CURRENCY:
        value = pick(facts, *path)
        if isinstance(value, str) and value:
            return value.upper()
    return "USD"


def __getattr__(name: str) -> Any:
    if name in _TEXT_RESULTS:
        from importlib import import_module

        return getattr(import_module("aistats._text_results"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
