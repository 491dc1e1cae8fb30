"""The fixture `aistats_sandbox`; every pytest run loads this, so it imports next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox import Sandbox


@pytest.fixture
def aistats_sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Give a local gateway for one test, and point `AIStats()` without arguments at it."""
    from aistats.sandbox import Sandbox
    from aistats.sandbox.description import load

    load()
    with Sandbox(seed=0) as gateway:
        for name, value in gateway.environment().items():
            monkeypatch.setenv(name, value)
        yield gateway
