"""What every test may use: where the reference material lies, and clients of both colours."""

from __future__ import annotations

import gc
import os
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
"""Reference material beside the checkout; nothing in the project depends on it being there."""

HELPERS = [path.relative_to(ROOT) for path in Path(__file__).parent.rglob("[a-z]*.py")]
# So that their asserts say what they compared, and run under `python -O` too.
pytest.register_assert_rewrite(
    *(".".join(path.with_suffix("").parts) for path in HELPERS if path.stem != "conftest")
)

# No test may fail because the machine is slow. In CI hypothesis takes the same cases every time.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

pytest_plugins = ("tests.trust.leaks",)  # no test may show the secret of a key

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")


LOOPS = ("asyncio", "trio")
UNTRACED = re.compile(  # tests of scripts and of the generated package, and of very many calls
    r"test_(check_drift|crowd_bounds|dask|docs|drift|emit|generat|overlay|promised|soak"
    r"|spec|supply|sync)"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Trace no test that only pays for it: what it reaches of `aistats` others reach as well.

    Tracing more than doubles the time of a test. An event loop runs what the blocking client runs
    but for a few adapters, so that of the cases of one test the first on each loop is enough.
    """
    met = set()
    for item in items:
        params = getattr(getattr(item, "callspec", None), "params", {}).values()
        loop = [value for value in params if isinstance(value, str) and value in LOOPS]
        case = (item.path, getattr(item, "originalname", ""), *loop)
        if (
            UNTRACED.match(item.path.name)
            or item.get_closest_marker("hypothesis")
            or (loop and case in met)
        ):
            item.add_marker(pytest.mark.no_cover)
        met.add(case)


def pytest_configure() -> None:
    """Hear Ctrl-C as in a terminal: a shell starts what runs in the background deaf to it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_garbage() -> Iterator[None]:
    """Collect what a test leaves behind with it: an unclosed socket is its failure, not the next's.

    What was there before counts as old, so that looking through the rest takes no time.
    """
    gc.freeze()
    gc.unfreeze()
    yield
    gc.collect(1)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI, with the reference material beside the clone, a skipped test is a failure."""
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if not (os.environ.get("CI") and SHARED.is_dir() and reporter and exitstatus == 0):
        return
    if skipped := len(reporter.stats.get("skipped", [])):
        reporter.write_line(f"{skipped} skipped tests, none is allowed here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
