"""A local AI Stats gateway for tests, demos and offline work.

    from aistats.sandbox import Sandbox

    with Sandbox() as gw:
        client = AIStats(api_key=gw.api_key, base_url=gw.base_url)

`docs/sandbox.md` shows what it can do. Nothing of the client imports this package, and it imports
its parts only when they are asked for: the pytest plugin is loaded by every pytest run.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aistats.sandbox.faults import Fault
    from aistats.sandbox.gateway import Sandbox
    from aistats.sandbox.log import Received, RequestLog
    from aistats.sandbox.money import Books
    from aistats.sandbox.plans import JobPlan, TextPlan
    from aistats.sandbox.shapes import DEFAULT, MISSING
    from aistats.sandbox.state import Quirks

__all__ = [
    "DEFAULT",
    "MISSING",
    "Books",
    "Fault",
    "JobPlan",
    "Quirks",
    "Received",
    "RequestLog",
    "Sandbox",
    "TextPlan",
]
_HOMES = ("shapes", "plans", "money", "faults", "log", "state", "gateway")


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    homes = (import_module(f"{__name__}.{home}") for home in _HOMES)
    return next(getattr(home, name) for home in homes if hasattr(home, name))
