"""The README's Python runs as it stands, each block on its own, against the sandbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from aistats.sandbox import Sandbox
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", _README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_readme_block_runs(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block of the README runs without an error in an empty folder."""
    with Sandbox() as gateway:
        gateway.videos.plan(polls=0)  # ended when created: the waiter has nothing to sleep for
        for name, value in gateway.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        exec(compile(block, "README.md", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own text
        wrote_video = 'download("result.mp4"' in block
        assert (tmp_path / "result.mp4").exists() == wrote_video


def test_readme_has_the_examples() -> None:
    """The README keeps at least its sync and async video, text, jobs, errors and sandbox."""
    assert len(BLOCKS) >= 6
