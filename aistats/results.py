"""What any result can be asked, whichever surface it came from: text, usage, cost, request id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from aistats._json import pick

if TYPE_CHECKING:
    from aistats._text_results import ChatCompletion, Message, ResponseResult

__all__ = ["ChatCompletion", "Message", "ResponseResult", "Usage", "request_id_of", "usage_of"]

Path = tuple[str, ...]

# Where the surfaces put one and the same fact, best first (docs/gateway.md); a path leads from the
# result's top level. Amounts in nanos are exact, the others are not always.
_INPUT: Final[tuple[Path, ...]] = (("usage", "input_tokens"), ("usage", "prompt_tokens"))
_OUTPUT: Final[tuple[Path, ...]] = (("usage", "output_tokens"), ("usage", "completion_tokens"))
_TOTAL: Final[tuple[Path, ...]] = (("usage", "total_tokens"),)
_PRICES: Final[tuple[Path, ...]] = (("usage", "pricing"), ("usage", "pricing_breakdown"))
_NANOS: Final[tuple[Path, ...]] = (
    *((*price, "total_nanos") for price in _PRICES),
    *(("cost_nanos",), ("usage", "cost_nanos")),
    *(("billing", "total_nanos"), ("billing", "cost_nanos")),
)
_DOLLARS: Final[tuple[Path, ...]] = (
    *((*price, "total_usd_str") for price in _PRICES),
    *(("usage", "cost_usd"), ("usage", "costUsd"), ("usage", "cost"), ("billing", "cost_usd")),
)
_CURRENCY: Final[tuple[Path, ...]] = (
    *((*price, "currency") for price in _PRICES),
    *(("currency",), ("usage", "currency"), ("billing", "currency")),
)
_REQUEST_ID: Final[tuple[Path, ...]] = (("generation_id",), ("request_id",), ("requestId",))
_GATEWAY_ID: Final[tuple[Path, ...]] = (("id",), ("metadata", "phaseo_request_id"))


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

    None when it tells neither. A job that has not ended tells its estimate.
    """
    own = getattr(result, "usage", None)
    if isinstance(own, Usage):
        return own  # a stream, or an error of one
    facts = _facts(result)
    sent, received, total = (_count(facts, paths) for paths in (_INPUT, _OUTPUT, _TOTAL))
    if total is None and sent is not None and received is not None:
        total = sent + received
    cost = _cost(facts)
    if all(fact is None for fact in (sent, received, total, cost)):
        return None
    currency = next((text for text in _texts(facts, _CURRENCY) if text), "USD")
    return Usage(sent, received, total, cost, currency.upper())


def request_id_of(result: Any) -> str | None:
    """Give the gateway's request id of a result, error, job, stream or plain JSON.

    None where there is none, such as for audio and files.
    """
    own = getattr(result, "request_id", None)
    if isinstance(own, str) and own:
        return own
    facts = _facts(result)
    named = (text for text in _texts(facts, _REQUEST_ID) if text and text != "unknown")
    found = next(named, None)
    return found or next((t for t in _texts(facts, _GATEWAY_ID) if t.startswith("G-")), None)


def _facts(result: Any) -> Any:
    return result.raw if isinstance(getattr(result, "raw", None), Mapping) else result


def _texts(facts: Any, paths: Iterable[Path]) -> Iterable[str]:
    found = (pick(facts, *path) for path in paths)
    return (value for value in found if isinstance(value, str))


def _count(facts: Any, paths: Iterable[Path]) -> int | None:
    for value in (pick(facts, *path) for path in paths):
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
            return int(value)
    return None


def _cost(facts: Any) -> Decimal | None:
    nanos = _count(facts, _NANOS)
    if nanos is not None:
        return nanos * Decimal("1e-9")
    for value in (pick(facts, *path) for path in _DOLLARS):
        try:
            amount = Decimal(str(value))
        except InvalidOperation:  # also True and None
            continue
        if amount.is_finite():
            return amount
    return None


def __getattr__(name: str) -> Any:
    if name in __all__:  # they subclass generated models, whose import waits for the first result
        from aistats import _text_results

        return getattr(_text_results, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
