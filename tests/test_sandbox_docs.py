"""The examples of the sandbox's page run as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aistats.sandbox.scenarios import SCENARIOS
from aistats.sandbox.state import SWITCHES
from tests.conftest import ROOT

if TYPE_CHECKING:
    import pytest

pytest_plugins = ["pytester"]
PAGE = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_examples_run(pytester: pytest.Pytester) -> None:
    """A block with a test in it is one as it stands; any other becomes the body of one.

    They run in a process of their own: modules that pytester imports here it takes away again,
    and httpx does not survive that.
    """
    for number, block in enumerate(BLOCKS):
        pytester.makepyfile(**{f"test_block_{number}": _as_test(block)})
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:cov", "-W", "error")
    result.assert_outcomes(passed=len(BLOCKS))


def _as_test(block: str) -> str:
    if "def test_" in block:
        return block
    return "def test_block():\n" + "".join(f"    {line}\n" for line in block.splitlines())


def test_the_page_has_its_examples() -> None:
    """The fixture, jobs, failures, streams, keys."""
    assert len(BLOCKS) >= 8


def test_the_page_names_every_scenario_and_switch() -> None:
    """A new one is told of."""
    assert all(f"`{name}`" in PAGE for name in (*SCENARIOS, *SWITCHES))
