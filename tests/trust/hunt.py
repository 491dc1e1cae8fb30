"""Running the checks of `parsers` over many cases: seeded for the suite, long for fuzzing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.trust.parsers import Parser


def hunt(parser: Parser, cases: int, *, number: int = 0) -> Callable[[], None]:
    """Give the test that checks `parser` on so many cases; the same `number`, the same cases."""

    def test(case: Any) -> None:
        parser.check(case)

    limits = settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    wrapped: Callable[[], None] = limits(seed(number)(given(parser.cases)(test)))
    return wrapped
