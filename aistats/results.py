"""What any result can be asked, whichever surface it came from: text, usage, cost, request id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import field, frozen

from aistats._json import JSONObject, pick

if TYPE_CHECKING:
    from aistats._text_results import ChatCompletion, Message, ResponseResult

__all__ = ["ChatCompletion", "Message", "ResponseResult", "Usage", "request_id_of", "usage_of"]

T = TypeVar("T")

# Where the surfaces put one and the same fact, best first (docs/gateway.md): the name of one of
# the objects that tell of tokens and money, "" for the whole, and the field in it. Amounts in
# nanos are exact, others not always.
_PRICES: Final = ("pricing", "pricing_breakdown")
_INPUT: Final = (("usage", "input_tokens"), ("usage", "prompt_tokens"))
_OUTPUT: Final = (("usage", "output_tokens"), ("usage", "completion_tokens"))
_TOTAL: Final = (("usage", "total_tokens"),)
_NANOS: Final = (
    *((price, "total_nanos") for price in _PRICES),
    *(("", "cost_nanos"), ("usage", "cost_nanos")),
    *(("billing", "total_nanos"), ("billing", "cost_nanos")),
)
_DOLLARS: Final = (
    *((price, "total_usd_str") for price in _PRICES),
    *(("usage", "cost_usd"), ("usage", "costUsd"), ("usage", "cost"), ("billing", "cost_usd")),
)
_CURRENCY: Final = (
    *((price, "currency") for price in _PRICES),
    *(("", "currency"), ("usage", "currency"), ("billing", "currency")),
)
_REQUEST_ID: Final = ("generation_id", "request_id", "requestId")
_ONE_NANO: Final = Decimal("1e-9")


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


def usage_of(result: object) -> Usage | None:
    """Give the tokens and the cost of a result, job, stream, stream error or plain JSON.

    None when it tells neither. A job that has not ended tells its estimate.
    """
    facts = result
    if result.__class__ is not dict:
        own = getattr(result, "usage", None)
        if isinstance(own, Usage):
            return own  # a stream, or an error of one
        facts = _facts(result)
    usage = pick(facts, "usage")
    objects = {"": facts, "usage": usage, "billing": pick(facts, "billing")}
    for name in _PRICES:
        objects[name] = pick(usage, name)
    sent = _first(objects, _INPUT, _count)
    received = _first(objects, _OUTPUT, _count)
    total = _first(objects, _TOTAL, _count)
    if total is None and sent is not None and received is not None:
        total = sent + received
    nanos = _first(objects, _NANOS, _count)
    cost = _first(objects, _DOLLARS, _amount) if nanos is None else nanos * _ONE_NANO
    if cost is None and sent is received is total is None:
        return None
    return Usage(sent, received, total, cost, _first(objects, _CURRENCY, _word) or "USD")


def request_id_of(result: object) -> str | None:
    """Give the gateway's request id of a result, error, job, stream or plain JSON.

    None where there is none, such as for audio and files.
    """
    own = getattr(result, "request_id", None)
    if isinstance(own, str) and own:
        return own
    facts = _facts(result)
    for name in _REQUEST_ID:
        word = pick(facts, name)
        if isinstance(word, str) and word not in ("", "unknown"):
            return word
    ids = pick(facts, "id"), pick(facts, "metadata", "phaseo_request_id")
    return next((word for word in ids if isinstance(word, str) and word.startswith("G-")), None)


def _facts(result: Any) -> Any:
    return result.raw if isinstance(getattr(result, "raw", None), Mapping) else result


def _first(
    objects: JSONObject, places: Iterable[tuple[str, str]], read: Callable[[object], T | None]
) -> T | None:
    """Give the first fact that can be read."""
    for name, key in places:
        if (place := objects[name]) is None:
            continue
        # Most are plain objects, and each metered call asks them.
        value = place.get(key) if place.__class__ is dict else pick(place, key)
        if value is not None and (fact := read(value)) is not None:
            return fact
    return None


def _count(value: object) -> int | None:
    if type(value) is int:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
        return int(value)
    return None


def _amount(value: object) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:  # also True
        return None
    return amount if amount.is_finite() else None


def _word(value: object) -> str | None:
    return value.upper() if isinstance(value, str) and value else None


def __getattr__(name: str) -> Any:
    if name in __all__:  # they subclass generated models, whose import waits for the first result
        from aistats import _text_results

        return getattr(_text_results, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
