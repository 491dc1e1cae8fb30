"""Every kind of call under every fault of the wire, in every colour; the table is in `matrix`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from aistats import ConnectionFailedError
from tests.trust import matrix
from tests.trust.matrix import Authority, Observed
from tests.trust.table import BILLED, NEVER_SENT, Cell, cells

if TYPE_CHECKING:
    from pathlib import Path

CELLS = cells()
# trio differs from asyncio in the network beneath us only: a few rows show that it fits.
ON_TRIO = {"refused", "DNS failure", "TLS failure", "reset mid-body", "slow headers"}


def check(
    cell: Cell, colour: str, folder: Path, authority: Authority, patch: pytest.MonkeyPatch
) -> None:
    """Run a cell and have it be as the table says."""
    seen = matrix.run_cell(cell, colour, folder, authority, patch)
    assert matrix.faults_of(cell, seen) == []


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_sync(
    cell: Cell, tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The blocking client."""
    check(cell, "sync", tmp_path, authority, monkeypatch)


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_asyncio(
    cell: Cell, tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The async client on asyncio."""
    check(cell, "asyncio", tmp_path, authority, monkeypatch)


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.fault in ON_TRIO], ids=str)
def test_trio(
    cell: Cell, tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The async client on trio."""
    check(cell, "trio", tmp_path, authority, monkeypatch)


def test_the_table_is_whole() -> None:
    """Every fault is in it, for every call, and nothing that may be billed is sent twice."""
    assert {cell.fault for cell in CELLS} == {*matrix.FAULTS, *NEVER_SENT}
    assert {cell.call for cell in CELLS} == set(matrix.CALLS) == set(matrix.ASYNC_CALLS)
    assert len({str(cell) for cell in CELLS}) == len(CELLS) == 26 * 7
    sent = [cell for cell in CELLS if cell.fault not in NEVER_SENT]
    assert {cell.tries for cell in sent if cell.call in BILLED} == {1}


GOOD = Cell("reset mid-body", once=False, call="billed POST", outcome="failed", tries=1)
SEEN = Observed("failed", 1, 1, 0.1, ConnectionFailedError("", may_have_run=True))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"outcome": "ok"}, "expected failed after 1"),
        ({"tries": 2}, "expected failed after 1"),
        ({"requests": 2}, "may be billed came 2 times"),
        ({"seconds": 60.0}, "it took 60.0 s"),
        ({"error": ConnectionFailedError("", may_have_run=False)}, "may_have_run is False"),
        ({"leftovers": [".video.part"]}, "files were left behind"),
    ],
)
def test_the_check_can_fail(change: dict[str, object], complaint: str) -> None:
    """A cell that is not as it must be is reported."""
    assert matrix.faults_of(GOOD, SEEN) == []
    assert complaint in matrix.faults_of(GOOD, evolve(SEEN, **change))[0]


def test_a_request_that_something_below_the_client_repeated_is_reported() -> None:
    """More requests than tries: somebody else decided about a repetition."""
    cell = Cell("reset before headers", once=False, call="GET", outcome="failed", tries=3)
    seen = Observed("failed", 3, 4, 0.1, ConnectionFailedError("", may_have_run=True))
    assert matrix.faults_of(cell, seen) == ["4 requests came of 3 tries"]


def test_a_request_through_a_refused_connection_is_reported() -> None:
    """What never connected cannot have come through."""
    cell = Cell("refused", once=False, call="GET", outcome="failed", tries=3)
    seen = Observed("failed", 3, 1, 0.1, ConnectionFailedError("", may_have_run=False))
    assert matrix.faults_of(cell, seen) == ["1 requests came through, not 0"]
