"""Real exchanges with the gateway, read from beside the checkout where they are there."""

from __future__ import annotations

import functools
import json
from typing import Any

from tests.conftest import SHARED


@functools.cache
def exchanges(name: str) -> dict[str, dict[str, Any]]:
    """Give the exchanges of one recording by their names; none where the folder is missing."""
    path = SHARED / "recordings" / f"{name}.json"
    if not path.exists():
        return {}
    return {exchange["name"]: exchange for exchange in json.loads(path.read_text("utf-8"))}


def streams() -> dict[str, tuple[str, bytes]]:
    """Give the recorded event streams by name: the path that was asked, and the body."""
    return {
        name: (
            exchange["request"]["path"].removeprefix("/v1"),
            exchange["response"]["body"].encode(),
        )
        for name, exchange in exchanges("text").items()
        if exchange["response"]["headers"].get("Content-Type") == "text/event-stream"
    }
