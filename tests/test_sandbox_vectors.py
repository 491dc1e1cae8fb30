"""Jobs, batches, keys, refusals, faults and texts of the sandbox, as vectors say them."""

from __future__ import annotations

import pytest

from tests.sandbox_steps import VECTORS, play


@pytest.mark.parametrize("name", VECTORS)
def test_the_sandbox_plays_the_vector(name: str) -> None:
    """Each answer is what the step says of it."""
    play(VECTORS[name])
