"""Ready-made behaviours, by name: for the command line and for one-line test set-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats.sandbox.shapes import table

if TYPE_CHECKING:
    from aistats.sandbox.gateway import Sandbox

SCENARIOS: dict[str, dict[str, Any]] = table("scenarios")


def apply(gw: Sandbox, name: str) -> None:
    """Make *gw* behave as the scenario says."""
    if name not in SCENARIOS:
        raise ValueError(f"no scenario is called {name!r}; there are: {', '.join(SCENARIOS)}")
    scenario = SCENARIOS[name]
    for kinds, how in scenario.get("plans", {}).items():
        for kind in kinds.split():
            getattr(gw, kind).plan(**how)
    for how in scenario.get("faults", ()):
        gw.fail(next=None, **how)
    if "balance" in scenario:
        gw.set_balance(scenario["balance"])
