"""Replies without end: bounded memory, bounded time, and an error that says so.

`python -m tests.trust.test_bounds COLOUR` meets them all in one process whose peak of memory is
measured after each, and prints a line of JSON.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aistats import AIStats, AIStatsError, ConnectionFailedError, Limits, Retry
from tests.colours import Colour, with_client
from tests.conftest import ROOT
from tests.trust import wire
from tests.trust.matrix import ASYNC_CALLS, CALLS, HASTY, KEY, SLOW_MACHINE, respond
from tests.trust.wire import Fault, Wire

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

MB = 1024 * 1024
LIMITS = Limits(body=4 * MB, error_body=4 * MB, event=4 * MB)
GROWTH = 40.0
"""MB by which no reply may raise the peak."""
_JSON, _SSE = b"application/json", b"text/event-stream"
_NESTED = b'{"data":' + b"[" * 10**6 + b"]" * 10**6 + b"}"


def _answers(
    kind: bytes, start: bytes, block: bytes = b"", *, status: bytes = b"200 OK", coding: bytes = b""
) -> Fault:
    """Answer with `start` and 100 MB of `block`, or until the client leaves."""
    head = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nConnection: close\r\n" % (status, kind)
    head += b"Content-Encoding: %s\r\n" % coding if coding else b""

    def answer(server: Wire, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(head + b"\r\n" + start)
        for _ in range(100 * MB // len(block) if block else 0):
            connection.sendall(block)

    return answer


@functools.cache
def _bomb() -> bytes:
    """Give 200 MB of zeros, compressed to 200 KB."""
    return gzip.compress(bytes(200 * MB), 9)


def _speech(client: AIStats, _: Path) -> None:
    with client.audio.speech.stream(model="m/m", input="x", voice="alloy") as sound:
        for _block in sound:
            pass


BLOCK, ERROR = bytes(64 * 1024), b"500 Oops"
CASES: dict[str, tuple[str, Callable[[], Fault], str]] = {
    "error": ("GET", lambda: _answers(b"", b"{", BLOCK, status=ERROR), "ServerError"),
    "success": ("GET", lambda: _answers(_JSON, b'{"a":"', b"x" * 65536), "ResponseDecodeError"),
    "event line": ("stream", lambda: _answers(_SSE, b"data: ", b"x" * 65536), "StreamError"),
    "event": ("stream", lambda: _answers(_SSE, b"", b"data: xxxxxxxx\n" * 4096), "StreamError"),
    "comments": ("stream", lambda: _answers(_SSE, b": here\n\n" * 10**5), "StreamTruncatedError"),
    "document": ("stream", lambda: _answers(_JSON, b"{", b"x" * 65536), "ResponseDecodeError"),
    "speech": ("speech", lambda: _answers(_SSE, b"data: ", b"x" * 65536), "StreamError"),
    "deep": ("GET", lambda: _answers(_JSON, _NESTED), "ResponseDecodeError"),
    "deep, open": ("GET", lambda: _answers(_JSON, _NESTED[: 10**6]), "ResponseDecodeError"),
    "deep error": ("GET", lambda: _answers(_JSON, _NESTED, status=b"502 B"), "UpstreamError"),
    "deep event": ("stream", lambda: _answers(_SSE, b"data: " + _NESTED + b"\n\n"), "StreamError"),
    "bomb": ("GET", lambda: _answers(_JSON, _bomb(), coding=b"gzip"), "ResponseDecodeError"),
    "bomb in an error": (
        "GET",
        lambda: _answers(_JSON, _bomb(), status=ERROR, coding=b"gzip"),
        "ServerError",
    ),
    "bomb in a stream": (
        "stream",
        lambda: _answers(_SSE, _bomb(), coding=b"gzip"),
        "StreamError",
    ),
    "layers of gzip": (
        "GET",
        lambda: _answers(_JSON, gzip.compress(_bomb()), coding=b"gzip, gzip"),
        "ResponseDecodeError",
    ),
    "endless headers": ("GET", lambda: wire.endless_headers, "ConnectionFailedError"),
    "download": ("download", lambda: _answers(b"", b"", BLOCK), "ok"),
}


def _outcome(colour: Colour, call: str, fault: Fault | None) -> str:
    calls = {**(CALLS if colour == "sync" else ASYNC_CALLS), "speech": _speech}
    settings = {"timeout": 20.0, "retry": Retry(attempts=1), "limits": LIMITS}
    with Wire(respond, fault) as server, tempfile.TemporaryDirectory() as folder:
        settings["base_url"] = f"{server.url}/v1"
        try:
            with_client(colour, lambda client: calls[call](client, Path(folder)), **settings)
        except AIStatsError as error:
            return type(error).__name__
    return "ok"


def _peak() -> float:
    """Give the largest memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (MB if sys.platform == "darwin" else 1024)


def main(colour: Colour) -> None:
    """Warm up, then run the cases and print what each came to and by how much the peak grew."""
    for call in ("GET", "stream", "download"):
        _outcome(colour, call, None)
    _bomb()
    found: dict[str, tuple[str, float]] = {}
    for title, (call, fault, _) in CASES.items():
        if colour == "sync" or call != "speech":
            before = _peak()
            found[title] = _outcome(colour, call, fault()), _peak() - before
    print(json.dumps(found))


@pytest.mark.parametrize("colour", ["sync", "asyncio"])
def test_no_reply_fills_the_memory(colour: str) -> None:
    """One process meets them all, and its peak hardly moves."""
    command = [sys.executable, "-m", "tests.trust.test_bounds", colour]
    paths = os.pathsep.join((str(ROOT), str(ROOT / "generated")))
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, env={"PYTHONPATH": paths}, capture_output=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert len(found) >= len(CASES) - 1
    assert {name: row[0] for name, row in found.items()} == {name: CASES[name][2] for name in found}
    assert {name: row[1] for name, row in found.items() if row[1] > GROWTH} == {}


@pytest.mark.parametrize(
    ("fault", "colour"),
    [
        # A blocking client gives each read what is left of the budget, and a drip is many reads.
        *((wire.silent, colour) for colour in ("sync", "asyncio", "trio")),
        *((wire.dripping_headers, colour) for colour in ("asyncio", "trio")),
        *((wire.dripping_body, colour) for colour in ("sync", "asyncio", "trio")),
    ],
)
def test_a_budget_bounds_a_call_whose_answer_drips(fault: Fault, colour: Colour) -> None:
    """Each byte comes in time, so only the budget of the whole call can end it."""
    started = time.perf_counter()
    settings = {"api_key": KEY, "retry": Retry(attempts=2, budget=HASTY)}
    with Wire(respond, fault) as server, pytest.raises(ConnectionFailedError):
        with_client(
            colour,
            lambda client: client.videos.retrieve("v1"),
            base_url=f"{server.url}/v1",
            **settings,
        )
    assert time.perf_counter() - started < HASTY + SLOW_MACHINE


if __name__ == "__main__":
    main(sys.argv[1])  # type: ignore[arg-type]
