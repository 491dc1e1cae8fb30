"""What the tests of this folder share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.trust.gateway import Gateway
from tests.trust.matrix import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Run a gateway."""
    with Gateway() as server:
        yield server


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Make the certificates once."""
    return Authority(tmp_path_factory.mktemp("authority"))
