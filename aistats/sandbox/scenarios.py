"""Ready-made behaviours, by name: for the command line and for one-line test set-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from aistats.sandbox.gateway import Sandbox


def _quick(gw: Sandbox) -> None:
    for control in (gw.videos, gw.music, gw.batches):
        control.plan(polls=3, poll_after_seconds=1, progress=[10, 60, 100])


def _slow_jobs(gw: Sandbox) -> None:
    gw.videos.plan(seconds=90)
    gw.music.plan(seconds=60)
    gw.batches.plan(seconds=120)


def _failing_jobs(gw: Sandbox) -> None:
    for control in (gw.videos, gw.music, gw.batches):
        control.plan(polls=2, poll_after_seconds=1, status="failed")


def _flaky(gw: Sandbox) -> None:
    _quick(gw)
    gw.fail(next=None, probability=0.1, status=502, upstream_status=429, seed=1)
    gw.fail(next=None, probability=0.05, drop="before", seed=2)
    gw.fail(next=None, probability=0.05, status=500, seed=3)


def _outage(gw: Sandbox) -> None:
    gw.fail(next=None, status=503)


def _no_credit(gw: Sandbox) -> None:
    gw.set_balance(0.25)


SCENARIOS: dict[str, tuple[str, Callable[[Sandbox], None]]] = {
    "default": ("like the gateway: hints of 20 s, jobs end at the second look", lambda _gw: None),
    "quick": ("jobs end at the third look, hints of 1 s", _quick),
    "slow-jobs": ("jobs take one to two minutes of real time", _slow_jobs),
    "failing-jobs": ("every job ends as failed", _failing_jobs),
    "flaky": ("one request in five meets a 502, a 500 or a broken connection", _flaky),
    "outage": ("everything answers 503 with an HTML page", _outage),
    "no-credit": ("the wallet is empty: generating requests get 402", _no_credit),
}


def apply(gw: Sandbox, name: str) -> None:
    """Make *gw* behave as the scenario says."""
    if name not in SCENARIOS:
        raise ValueError(f"no scenario is called {name!r}; there are: {', '.join(SCENARIOS)}")
    SCENARIOS[name][1](gw)
