"""What the tests of this folder share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.trust.gateway import Gateway

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Run a gateway."""
    with Gateway() as server:
        yield server
