"""The four published descriptions against each other; every row was looked up in the files."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from scripts import check_drift
from scripts.drift.compare import Reading, compare
from scripts.spec import pipeline
from tests.conftest import SHARED, needs_shared
from tests.test_drift import vector

if TYPE_CHECKING:
    from scripts.drift.verdicts import Change

pytestmark = needs_shared

DATES = ("2026-05-19", "2026-06-11", "2026-07-09", "2026-08-22")
PUBLISHED = vector("published.yaml")


def upstream(date: str) -> str:
    """Where a published description lies."""
    return str(SHARED / "upstream" / f"openapi-{date}.yaml")


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], list[Change]]:
    """What is found between every two of the published descriptions."""
    read = {date: Reading.of(pipeline.read_facts(upstream(date))) for date in DATES}
    pairs = itertools.permutations(DATES, 2)
    return {pair: compare(read[pair[0]], read[pair[1]]) for pair in pairs}


@pytest.mark.parametrize("row", PUBLISHED["looked up"], ids=lambda row: f"{row[2]} {row[4]}")
def test_a_real_change_is_judged_in_both_directions(
    row: list[Any], found: dict[tuple[str, str], list[Change]]
) -> None:
    """The change is found once forth, and once with its values swapped back."""
    older, newer, forth, back, operation, at, old, new = row
    there = [(c.kind, c.operation, c.at, c.old, c.new) for c in found[older, newer]]
    assert (forth, operation, at, old, new) in there
    returned = [(c.kind, c.operation, c.at, c.old, c.new) for c in found[newer, older]]
    moved = new if forth == "operation-moved" else operation
    assert (back, moved, at, new, old) in returned


@pytest.mark.parametrize(("older", "newer", "counts", "operations"), PUBLISHED["pairs"])
def test_a_real_pair_breaks_these_operations_and_no_others(
    older: str,
    newer: str,
    counts: dict[str, int],
    operations: list[str],
    found: dict[tuple[str, str], list[Change]],
) -> None:
    """No false alarm: whoever calls another operation loses nothing."""
    changes = found[older, newer]
    assert {c.operation for c in changes if c.severity == "breaking"} == {*operations}
    assert not counts or Counter(change.severity for change in changes) == counts


def test_every_change_of_a_real_pair_is_found_back(
    found: dict[tuple[str, str], list[Change]],
) -> None:
    """What is there on the way forth is there on the way back."""
    for (older, newer), changes in found.items():
        assert len(changes) == len(found[newer, older]) > 0, (older, newer)


@pytest.mark.parametrize("date", DATES)
def test_upstream_is_judged_as_a_sync_would_take_it(
    date: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the overlay does on purpose is no drift; where it does not fit, that is a finding."""
    newest = date == DATES[-1]
    code = check_drift.main(["--upstream", upstream(date), "--strict", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    found = {change["kind"] for change in report["changes"]}
    assert (code, bool(found), report["breaking"]) == (not newest, not newest, not newest)
    assert newest or {"overlay-action-stale", "path-removed"} <= found
    assert report["notice"] is None


def test_without_the_overlay_the_documents_are_compared_as_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`--overlay none` shows the distance that the overlay makes up for."""
    arguments = ["--upstream", upstream(DATES[-1]), "--overlay", "none", "--format", "json"]
    assert check_drift.main(arguments) == 1
    changes = json.loads(capsys.readouterr().out)["changes"]
    found = {(change["kind"], change["operation"]) for change in changes}
    assert {("path-added", "GET /batch"), ("path-removed", "GET /gateway/models")} <= found
