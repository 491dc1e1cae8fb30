"""The pace between two looks: the hint first, the caller's bounds, jitter that only adds."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import ConfigurationError, Poll

GARBAGE = [True, False, None, "5", "x", math.nan, math.inf, -math.inf, -1, 0, 0.0, 10**400,
           -(10**400), [], {}, b"5"]  # fmt: skip

seconds = st.floats(0.001, 1e6)
polls = st.tuples(
    st.none() | seconds, *[seconds] * 2, st.integers(1, 9)
).map(
    lambda x: Poll(default=x[0], floor=min(x[1:3]), ceiling=max(x[1:3]), patience=x[3])
)  # fmt: skip
hints = st.one_of(seconds, st.integers(1, 10**6), st.sampled_from(GARBAGE), st.text())


def low(least: float, most: float) -> float:
    assert least <= most
    return least


def high(least: float, most: float) -> float:
    return most


@pytest.mark.parametrize("hint", GARBAGE, ids=lambda hint: repr(hint)[:20])
def test_a_garbage_hint_is_no_hint(hint):
    """Only a finite number above 0 is a hint; a bool and a string are not numbers."""
    assert Poll().pace(hint, 20.0) == 20.0
    assert Poll(default=7).pace(hint, 20.0) == 7.0


@pytest.mark.parametrize(
    ("poll", "hint", "pace"),
    [
        (Poll(), 5, 5),
        (Poll(), 5.5, 5.5),
        (Poll(), 0.2, 1.0),  # the floor
        (Poll(), 500, 120.0),  # the ceiling
        (Poll(default=3), 5, 5),  # a hint wins over the caller's default
        (Poll(default=0.1), None, 1.0),  # the floor is the default's as well
        (Poll(default=500), None, 120.0),
        (Poll(floor=30), 20, 30),
        (Poll(floor=0, ceiling=0), 20, 0),
    ],
)
def test_the_pace(poll, hint, pace):
    """Hint, else default, between floor and ceiling."""
    assert poll.pace(hint, 20.0) == pace


def test_jitter_adds_up_to_a_tenth():
    """It never shortens the hint."""
    assert Poll().nap(20, 30.0, uniform=low) == 20.0
    assert Poll().nap(20, 30.0, uniform=high) == pytest.approx(22.0)
    drawn = [Poll().nap(20, 30.0, uniform=random.Random(1).uniform) for _ in range(3)]
    assert all(20 <= nap <= 22 for nap in drawn)


def test_failed_looks_back_off_up_to_the_ceiling():
    """The first failure costs the usual pace, every further one twice the nap before."""
    naps = [Poll().nap(20, 30.0, failures=n, uniform=low) for n in range(6)]
    assert naps == [20, 20, 40, 80, 120, 120]
    assert Poll().nap(20, 30.0, failures=10**9, uniform=low) == 120


def test_retry_after_lengthens_the_nap_within_the_ceiling():
    """It never shortens it."""
    assert Poll().nap(20, 30.0, failures=1, retry_after=50, uniform=low) == 50
    assert Poll().nap(20, 30.0, failures=1, retry_after=5, uniform=low) == 20
    assert Poll().nap(20, 30.0, failures=1, retry_after=1e9, uniform=low) == 120


@given(polls, hints, st.integers(0, 2000), st.none() | st.floats(0, 1e9), st.randoms())
def test_every_nap_is_within_bounds(poll, hint, failures, retry_after, rng):
    """Never below the floor or the (clamped) hint, never above the ceiling and its jitter."""
    nap = poll.nap(hint, 20.0, failures=failures, retry_after=retry_after, uniform=rng.uniform)
    assert poll.floor <= nap <= poll.ceiling * 1.1000001
    if isinstance(hint, int | float) and not isinstance(hint, bool) and 0 < hint <= 1e6:
        assert nap >= min(hint, poll.ceiling)


@pytest.mark.parametrize(
    "wrong",
    [
        {"default": -1}, {"default": True}, {"default": "5"}, {"default": math.nan},
        {"floor": -0.1}, {"floor": None}, {"ceiling": math.inf}, {"ceiling": 0.5},
        {"floor": 200}, {"patience": 0}, {"patience": 2.0}, {"patience": True},
    ],
)  # fmt: skip
def test_impossible_values_are_refused(wrong):
    """The error names the field and what it was."""
    with pytest.raises(ConfigurationError) as caught:
        Poll(**wrong)
    assert next(iter(wrong)) in str(caught.value)
    assert str(next(iter(wrong.values()))) in str(caught.value)
