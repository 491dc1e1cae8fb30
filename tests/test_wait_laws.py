"""The laws of napping, whatever the gateway answers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aistats import (
    JobTimeoutError,
    Poll,
)
from tests.job_world import JobWorld
from tests.test_wait import RESET, busy, waited

looks = st.lists(
    st.one_of(
        st.floats(0.01, 300).map(busy),
        st.sampled_from([busy(h) for h in (0, -1, True, "x", 10**400)]),
        st.sampled_from([RESET, (502, {}), (429, {}), (200, b"{")]),
    ),
    min_size=1,
    max_size=12,
)
pairs = st.tuples(st.floats(0.05, 200), st.floats(0.05, 200))


@settings(max_examples=120)
@given(looks, pairs, st.floats(0, 2000), st.floats(0, 30), st.integers(0, 2**32))
def test_the_laws_of_napping(answers, bounds, timeout, seconds_per_look, seed):
    """Never past the deadline, below the floor or before the hint; always exactly one last look."""
    poll = Poll(floor=min(bounds), ceiling=max(bounds), patience=10**6)
    hint, asleep_since = None, 1000.0
    naps: list[tuple[float, float]] = []  # when each look began, and the least it had to wait for

    def answer(request):
        nonlocal hint, asleep_since
        naps.append((world.looked_at[-1] - asleep_since, poll.pace(hint, 20.0)))
        asleep_since = world.now
        body = answers.pop(0) if len(answers) > 1 else answers[0]
        hint = body["poll_after_seconds"] if isinstance(body, dict) else hint
        return body

    world = JobWorld(answer, seconds_per_look=seconds_per_look, uniform=random.Random(seed).uniform)
    with pytest.raises(JobTimeoutError):
        waited(world, timeout=timeout, poll=poll)
    deadline, tiny = 1000.0 + timeout, 1e-6
    *early, last = world.looked_at
    assert all(nap >= least - tiny for nap, least in naps[:-1])
    assert all(at < deadline for at in early), "one look at the deadline, not more"
    under_way = early and early[-1] + seconds_per_look > deadline
    if under_way:  # and told nothing: the last look came as soon as that was known
        assert last == early[-1] + seconds_per_look
    elif last + seconds_per_look < deadline:
        pytest.fail("it gave up before the deadline")
    else:
        assert last <= deadline + tiny, "the deadline was overslept"
    if last < deadline - tiny:
        assert naps[-1][0] >= naps[-1][1] - tiny
