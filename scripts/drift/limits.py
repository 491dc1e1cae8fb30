"""The limits of a schema (lengths, ranges, patterns), and which of two sets of them is tighter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.spec.grammar import Node

Limits = dict[str, Any]

# Each limit with the value that the specification assumes when nothing is written.
LOWER: Final[dict[str, object]] = {"minLength": 0, "minItems": 0, "minProperties": 0}
UPPER: Final = ("maxLength", "maxItems", "maxProperties")
EXACT: Final[dict[str, object]] = {"pattern": None, "multipleOf": None, "uniqueItems": False}
RANGES: Final = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))


def read_limits(raw: Node) -> Limits:
    """Collect the limits of a schema without those that say nothing."""
    assumed = LOWER | EXACT
    words = (*LOWER, *UPPER, *EXACT)
    limits = {word: raw[word] for word in words if word in raw and raw[word] != assumed.get(word)}
    for word, strict_word in RANGES:
        bound = _bound(raw.get(word), raw.get(strict_word), lower=word == "minimum")
        if bound is not None:
            limits[word] = bound
    return limits


def _bound(plain: Any, strict: Any, *, lower: bool) -> tuple[float, bool] | None:
    """Unify OpenAPI 3.0's `exclusiveMinimum: true` and 3.1's `exclusiveMinimum: 0`."""
    if isinstance(strict, bool) or strict is None:
        return None if plain is None else (plain, bool(strict))
    if plain is None or (strict >= plain if lower else strict <= plain):
        return (strict, True)
    return (plain, False)


def tightest(one: Limits, two: Limits) -> Limits:
    """Combine the limits of two schemas that both hold."""
    merged = one | two
    for word in one.keys() & two.keys():
        if _tighter(word, one[word], two[word]):
            merged[word] = one[word]
        elif word in EXACT and one[word] != two[word]:
            merged[word] = sorted([str(one[word]), str(two[word])])
    return merged


def _tighter(word: str, one: Any, two: Any) -> bool:
    """Whether the first of two different values of a limit allows less."""
    if word == "minimum" or word in LOWER:
        return bool(one > two)
    if word == "maximum":  # of two equal bounds the exclusive one is tighter
        return bool((-one[0], one[1]) > (-two[0], two[1]))
    return bool(one < two) if word in UPPER else False


def changes(old: Limits, new: Limits) -> Iterator[tuple[Literal["tightened", "loosened"], str]]:
    """Yield each limit that changed; a pattern that merely differs counts as tightened."""
    for word in sorted(old.keys() | new.keys()):
        before, after = old.get(word), new.get(word)
        if before == after:
            continue
        if after is None or (before is not None and _tighter(word, before, after)):
            yield "loosened", word
        else:
            yield "tightened", word


def shown(value: Any) -> Any:
    """Write a limit for a report: an exclusive bound says so."""
    if not isinstance(value, tuple):
        return value
    bound, exclusive = value
    return f"{bound} exclusive" if exclusive else bound
