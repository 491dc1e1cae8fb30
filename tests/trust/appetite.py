"""How much memory replies without end take: run as a program, it prints one line of JSON.

All cases run in one process whose peak is measured after each: none of them may move it much.
"""

from __future__ import annotations

import functools
import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio

from aistats import (
    AIStats,
    AIStatsError,
    AsyncAIStats,
    Limits,
    Retry,
    webhooks,
)
from tests.trust import wire
from tests.trust.matrix import KEY, _stream, _stream_async, respond
from tests.trust.wire import Wire

if TYPE_CHECKING:
    import socket

    from tests.trust.wire import Fault

MB = 1024 * 1024
LIMITS = Limits(body=4 * MB, error_body=4 * MB, event=4 * MB)
_BLOCK = bytes(64 * 1024)


def _flood(head: bytes, start: bytes, block: bytes, megabytes: int = 100) -> Fault:
    """Answer with `start` and so many megabytes of `block`, or until the client leaves."""

    def flood(server: Wire, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(b"HTTP/1.1 " + head + b"\r\nConnection: close\r\n\r\n" + start)
        for _ in range(megabytes * MB // len(block)):
            connection.sendall(block)

    return flood


def _once(head: bytes, body: bytes) -> Fault:
    return _flood(head + b"\r\nContent-Length: %d" % len(body), body, _BLOCK, 0)


@functools.cache
def _bomb() -> bytes:
    """Give 200 MB of zeros, compressed to 200 KB."""
    return gzip.compress(bytes(200 * MB), 9)


def _retrieve(client: Any, _: Path) -> Any:
    return client.videos.retrieve("v1")


def _download(client: Any, folder: Path) -> Any:
    return client.videos.download("v1", folder / "out.mp4", overwrite=True)


def _speech(client: AIStats, _: Path) -> None:
    with client.audio.speech.stream(model="m/m", input="x", voice="alloy") as sound:
        for _block in sound:
            pass


_SSE = b"200 OK\r\nContent-Type: text/event-stream"
_JSON = b"200 OK\r\nContent-Type: application/json"
_DEEP = b'{"error":' + b"[" * 10**6
_NESTED = b'{"data":' + b"[" * 10**6 + b"]" * 10**6 + b"}"

Case = tuple[Callable[..., Any], Callable[[], "Fault"]]
CASES: dict[str, Case] = {
    "error of 100 MB": (_retrieve, lambda: _flood(b"500 Oops", b"{", _BLOCK)),
    "success of 100 MB": (_retrieve, lambda: _flood(_JSON, b'{"a":"', b"x" * 65536)),
    "event line of 100 MB": (_stream, lambda: _flood(_SSE, b"data: ", b"x" * 65536)),
    "event of 100 MB in lines": (_stream, lambda: _flood(_SSE, b"", b"data: xxxxxxxx\n" * 4096)),
    "5 MB of comments": (_stream, lambda: _flood(_SSE, b"", b": still here\n\n" * 4096, 5)),
    "stream that is a document": (_stream, lambda: _flood(_JSON, b"{", b"x" * 65536)),
    "speech event of 100 MB": (_speech, lambda: _flood(_SSE, b"data: ", b"x" * 65536)),
    "JSON of 10**6 levels": (_retrieve, lambda: _once(_JSON, _NESTED)),
    "open JSON of 10**6 levels": (_retrieve, lambda: _once(_JSON, _DEEP)),
    "error of 10**6 levels": (_retrieve, lambda: _once(b"502 Bad", _NESTED)),
    "event of 10**6 levels": (_stream, lambda: _once(_SSE, b"data: " + _NESTED + b"\n\n")),
    "gzip bomb": (
        _retrieve,
        lambda: _once(_JSON + b"\r\nContent-Encoding: gzip", _bomb()),
    ),
    "gzip bomb in an error": (
        _retrieve,
        lambda: _once(b"500 Oops\r\nContent-Encoding: gzip", _bomb()),
    ),
    "gzip bomb in a stream": (
        _stream,
        lambda: _once(_SSE + b"\r\nContent-Encoding: gzip", _bomb()),
    ),
    "layers of gzip": (
        _retrieve,
        lambda: _once(_JSON + b"\r\nContent-Encoding: gzip, gzip", gzip.compress(_bomb())),
    ),
    "endless headers": (_retrieve, lambda: wire.endless_headers),
    "endless preliminary answers": (_retrieve, lambda: wire.endless_1xx),
    "download of 100 MB": (_download, lambda: _flood(b"200 OK", b"", _BLOCK)),
}


def _outcome(case: Case, folder: Path, colour: str) -> str:
    call, fault = case
    with Wire(respond, fault()) as server:
        settings: dict[str, Any] = {
            "api_key": KEY,
            "base_url": f"{server.url}/v1",
            "timeout": 20.0,
            "retry": Retry(attempts=1, budget=20.0),
            "limits": LIMITS,
        }
        try:
            if colour != "sync":
                anyio.run(_call, settings, call, folder)
            else:
                with AIStats(**settings) as client:
                    call(client, folder)
        except AIStatsError as error:
            return type(error).__name__
    return "ok"


async def _call(settings: dict[str, Any], call: Callable[..., Any], folder: Path) -> None:
    async with AsyncAIStats(**settings) as client:
        await (_stream_async if call is _stream else call)(client, folder)


def _without_a_server(client: AIStats) -> dict[str, str]:
    """Feed what comes by other ways than a call."""
    found = {}
    for name, text in (("nested", _NESTED), ("open", _DEEP)):
        for door, read in (
            ("job text", client.jobs.from_json),
            ("webhook", lambda text: webhooks.verify(text, _signed(text), "whsec_x", now=1)),
        ):
            try:
                read(text)
                found[f"{door}, {name}"] = "ok"
            except AIStatsError as error:
                found[f"{door}, {name}"] = type(error).__name__
    return found


def _signed(body: bytes) -> dict[str, str]:
    import hashlib
    import hmac

    signature = hmac.new(b"whsec_x", b"1." + body, hashlib.sha256).hexdigest()
    return {"x-phaseo-signature": signature, "x-phaseo-timestamp": "1"}


def _peak() -> float:
    """Give the largest memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (MB if sys.platform == "darwin" else 1024)


def main() -> None:
    """Warm up, then run the cases and print what each came to."""
    colour = sys.argv[1]
    found: dict[str, tuple[str, float, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(2):
            _outcome((_retrieve, lambda: None), folder, colour)
            _outcome((_stream, lambda: None), folder, colour)
        _bomb()
        for title, case in CASES.items():
            if colour != "sync" and case[0] is _speech:
                continue
            before, started = _peak(), time.perf_counter()
            outcome = _outcome(case, folder, colour)
            seconds = time.perf_counter() - started
            found[title] = (outcome, round(_peak() - before, 1), round(seconds, 2))
    with AIStats(KEY) as client:
        for title, outcome in _without_a_server(client).items():
            found[title] = (outcome, 0.0, 0.0)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
