"""Running the checks of `parsers` over many cases: seeded for the suite, long for fuzzing.

Hypothesis makes cases that look like what the parsers expect; each is then followed by `MUTANTS`
of it, with bytes changed, cut out, doubled and moved, which costs far less than making new ones.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.trust.parsers import Parser

MUTANTS: Final = 4
PER_CASE: Final = MUTANTS + 1
"""Cases that are checked for each one that hypothesis makes."""
_TELLING: Final = [
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"null",
    b"\n\n",
    b"\r",
    b"\xff",
    b"\\u",
    b"1",
]


def hunt(parser: Parser, cases: int, *, number: int = 0) -> Callable[[], None]:
    """Give the test that checks `parser` on so many cases; the same `number`, the same cases."""

    def test(case: Any, luck: int) -> None:
        parser.check(case)
        random = Random(luck)
        for _ in range(MUTANTS):
            parser.check(mutant(case, random))

    limits = settings(
        max_examples=max(1, cases // PER_CASE),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    lucky = given(parser.cases, st.integers(0, 2**32))
    wrapped: Callable[[], None] = limits(seed(number)(lucky(test)))
    return wrapped


def mutant(case: Any, random: Random) -> Any:
    """Give a case like this one with bodies and texts damaged; headers and numbers stay."""
    if isinstance(case, bytes):
        return damaged(case, random)
    if isinstance(case, str):
        return damaged(case.encode("utf-8", "replace"), random).decode("utf-8", "replace")
    if isinstance(case, list):
        return [mutant(each, random) for each in case]
    if isinstance(case, tuple) and not all(isinstance(each, bytes) for each in case):
        return tuple(mutant(each, random) for each in case)
    return case


def damaged(content: bytes, random: Random) -> bytes:
    """Change some bytes."""
    for _ in range(random.randint(0, 3)):
        here, there = sorted(random.randint(0, len(content)) for _ in range(2))
        piece = content[here:there]
        content = random.choice(
            (
                content[:here] + random.choice(_TELLING) + content[here:],
                content[:here] + random.randbytes(1) + content[here + 1 :],
                content[:here] + content[there:],
                content[:there] + piece[:200] + content[there:],
                content[there:] + content[:there],
            )
        )
    return content
