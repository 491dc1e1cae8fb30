"""Every kind of call under every fault of the wire, in every colour; the table is in `matrix`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from attrs import evolve

from aistats import ConnectionFailedError
from tests.colours import Colour, Script
from tests.trust import matrix
from tests.trust.matrix import BILLED, NEVER_SENT, Authority, Cell, Observed

if TYPE_CHECKING:
    from pathlib import Path

CELLS = matrix.cells()
# trio differs from asyncio in the network beneath us only: a few rows show that it fits.
ON_TRIO = {"refused", "DNS failure", "TLS failure", "reset mid-body", "slow headers"}


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Make the certificates once."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize(
    ("cell", "colour"),
    [
        pytest.param(cell, colour, id=f"{cell} {colour}")
        for colour in matrix.COLOURS
        for cell in CELLS
        if colour != "trio" or cell.fault in ON_TRIO
    ],
)
def test_a_call_under_a_fault(
    cell: Cell,
    colour: str,
    tmp_path: Path,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It ends as the table says."""
    seen = matrix.run_cell(cell, colour, tmp_path, authority, monkeypatch)
    assert matrix.faults_of(cell, seen) == []


def test_the_table_is_whole() -> None:
    """Every fault is in it, for every call, and nothing that may be billed is sent twice."""
    assert {cell.fault for cell in CELLS} == {*matrix.FAULTS, *NEVER_SENT}
    assert {cell.call for cell in CELLS} == set(matrix.CALLS)
    assert len({str(cell) for cell in CELLS}) == len(CELLS) == 26 * 7
    sent = [cell for cell in CELLS if cell.fault not in NEVER_SENT]
    assert {cell.tries for cell in sent if cell.call in BILLED} == {1}


BILLED_CELL = Cell("reset mid-body", once=False, call="billed POST", outcome="failed", tries=1)
GET_CELL = Cell("reset before headers", once=False, call="GET", outcome="failed", tries=3)
REFUSED = evolve(GET_CELL, fault="refused")
MAY_HAVE_RUN = ConnectionFailedError("", may_have_run=True)
NEVER_RAN = ConnectionFailedError("", may_have_run=False)


@pytest.mark.parametrize(
    ("cell", "change", "complaint"),
    [
        (BILLED_CELL, {"outcome": "ok"}, "expected failed after 1, got ok after 1"),
        (BILLED_CELL, {"tries": 2}, "expected failed after 1, got failed after 2"),
        (BILLED_CELL, {"requests": 2}, "may be billed came 2 times"),
        (BILLED_CELL, {"seconds": 60.0}, "it took 60.0 s"),
        (BILLED_CELL, {"error": NEVER_RAN}, "may_have_run is False"),
        (BILLED_CELL, {"leftovers": [".video.part"]}, "files were left behind"),
        (GET_CELL, {"tries": 3, "requests": 4}, "4 requests came of 3 tries"),
        (REFUSED, {"tries": 3, "error": NEVER_RAN}, "1 requests came through, not 0"),
    ],
)
def test_the_check_can_fail(cell: Cell, change: dict[str, object], complaint: str) -> None:
    """A cell that is not as it must be is reported."""
    good = Observed("failed", 1, 1, 0.1, MAY_HAVE_RUN)
    assert matrix.faults_of(BILLED_CELL, good) == []
    assert complaint in matrix.faults_of(cell, evolve(good, **change))[0]


@pytest.mark.parametrize("colour", ["sync", "asyncio", "trio"])
@pytest.mark.parametrize(
    ("error", "never_sent"),
    [
        (httpx.ConnectError, True),
        (httpx.PoolTimeout, True),
        (httpx.ConnectTimeout, False),  # what a lost answer is called by some transports
        (httpx.ReadError, False),
        (httpx.ReadTimeout, False),
        (httpx.WriteError, False),
        (httpx.WriteTimeout, False),
        (httpx.CloseError, False),
        (httpx.ProxyError, False),
        (httpx.RemoteProtocolError, False),
        (httpx.LocalProtocolError, False),
    ],
)
def test_a_transport_that_tells_no_steps(
    colour: Colour, error: type[httpx.TransportError], never_sent: bool
) -> None:
    """Only what cannot have followed a connection counts as never sent, and is tried again."""
    script = Script(*[error("told by a mock")] * 3)
    with pytest.raises(ConnectionFailedError) as caught:
        script.call(colour, lambda client: client.videos.create(**matrix.VIDEO))
    assert caught.value.may_have_run is not never_sent
    assert len(script.requests) == (3 if never_sent else 1)
