"""The matrix of faults: what must come of every kind of call under every fault on the wire.

Words of a cell: what the caller sees, and how often the call was tried. ok: the result. failed:
`ConnectionFailedError`. timeout: `RequestTimeoutError`. decode: `ResponseDecodeError`. cut:
`StreamTruncatedError`.
"""

from __future__ import annotations

import logging
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

import anyio
import trustme
from attrs import field, frozen

from aistats import (
    AIStats,
    AsyncAIStats,
    ConnectionFailedError,
    Poll,
    RequestTimeoutError,
    ResponseDecodeError,
    Retry,
    StreamTruncatedError,
)
from tests.trust.wire import FAULTS, Wire, answer

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

# A line is a fault, either of every connection or of the first one only ("once").
TABLE = """
fault                    | GET       | billed POST | text POST | stream    | upload    | download  | poll
refused                  | failed 3  | failed 3    | failed 3  | failed 3  | failed 3  | failed 3  | failed 3
refused once             | ok 2      | ok 2        | ok 2      | ok 2      | ok 2      | ok 2      | ok 2
DNS failure              | failed 3  | failed 3    | failed 3  | failed 3  | failed 3  | failed 3  | failed 3
DNS failure once         | ok 2      | ok 2        | ok 2      | ok 2      | ok 2      | ok 2      | ok 2
TLS failure              | failed 3  | failed 3    | failed 3  | failed 3  | failed 3  | failed 3  | failed 3
TLS failure once         | ok 2      | ok 2        | ok 2      | ok 2      | ok 2      | ok 2      | ok 2
reset while reading      | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
reset while reading once | ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
reset before headers     | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
reset before headers once| ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
reset after headers      | failed 3  | failed 1    | failed 1  | cut 1     | failed 1  | failed 3  | failed 3
reset after headers once | ok 2      | failed 1    | failed 1  | cut 1     | failed 1  | ok 2      | ok 2
reset mid-body           | failed 3  | failed 1    | failed 1  | cut 1     | failed 1  | failed 3  | failed 3
reset mid-body once      | ok 2      | failed 1    | failed 1  | cut 1     | failed 1  | ok 2      | ok 2
closed mid-body          | failed 3  | failed 1    | failed 1  | cut 1     | failed 1  | failed 3  | failed 3
closed mid-body once     | ok 2      | failed 1    | failed 1  | cut 1     | failed 1  | ok 2      | ok 2
length too small         | decode 1  | decode 1    | decode 1  | cut 1     | decode 1  | ok 1      | decode 3
length too small once    | decode 1  | decode 1    | decode 1  | cut 1     | decode 1  | ok 1      | ok 2
two lengths              | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
two lengths once         | ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
half-closed              | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
half-closed once         | ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
not HTTP                 | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
not HTTP once            | ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
slow headers             | timeout 3 | timeout 1   | timeout 1 | timeout 1 | timeout 1 | timeout 3 | timeout 3
slow body                | timeout 3 | timeout 1   | timeout 1 | cut 1     | timeout 1 | timeout 3 | timeout 3
"""  # noqa: E501 - a table is read across

NEVER_SENT = ("refused", "DNS failure", "TLS failure")
BILLED = ("billed POST", "text POST", "stream", "upload")
KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret-of-the-matrix"
HOST = "gateway.invalid"
COLOURS = ("sync", "asyncio", "trio")
PATIENT = 10.0  # seconds; for faults that end by themselves
HASTY = 0.15  # seconds; for faults that do not
SLOW_MACHINE = 30.0  # seconds beyond any limit of ours
CHAT = {"model": "openai/gpt-4.1-mini", "messages": [{"role": "user", "content": "hello"}]}
VIDEO = {"model": "google/veo-3.1-lite", "prompt": "a lake"}

_OUTCOMES: dict[type[BaseException], str] = {
    ConnectionFailedError: "failed",
    RequestTimeoutError: "timeout",
    ResponseDecodeError: "decode",
    StreamTruncatedError: "cut",
}
_EVENTS = (
    b'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":'
    b'"hello"}\n\nevent: response.completed\ndata: {"type":"response.completed","response":'
    b'{"id":"r","status":"completed"}}\n\n'
)
_JSON = b"application/json"
_ANSWERS: dict[bytes, tuple[bytes, bytes]] = {
    b"GET /v1/videos/v1": (_JSON, b'{"id":"v1","status":"completed","padding":"x"}'),
    b"GET /v1/videos": (_JSON, b'{"object":"list","data":[],"has_more":false}'),
    b"POST /v1/videos": (_JSON, b'{"id":"v1","status":"queued","padding":"xxxxxx"}'),
    b"POST /v1/chat/completions": (
        _JSON,
        b'{"id":"G-1","choices":[{"message":{"content":"hello"},"finish_reason":"stop"}]}',
    ),
    b"POST /v1/responses": (b"text/event-stream", _EVENTS),
    b"POST /v1/audio/transcriptions": (_JSON, b'{"text":"hello from a file"}'),
    b"GET /v1/videos/v1/content": (b"video/mp4", bytes(range(256)) * 16),
}


def respond(request: bytes) -> bytes:
    """Give the good answer of a gateway to a request of the matrix."""
    line = request.partition(b"\r\n")[0].rpartition(b" ")[0].partition(b"?")[0]
    kind, body = _ANSWERS[line]
    return answer(body, b"Content-Type: " + kind)


@frozen
class Cell:
    """One call under one fault; `once`: the fault strikes the first connection only."""

    fault: str
    once: bool
    call: str
    outcome: str
    tries: int

    def __str__(self) -> str:
        return f"{self.fault}{' once' if self.once else ''} x {self.call}"


def cells() -> list[Cell]:
    """Read the table."""
    lines = [[word.strip() for word in line.split("|")] for line in TABLE.strip().splitlines()]
    return [
        Cell(name.removesuffix(" once"), name.endswith(" once"), call, outcome, int(tries))
        for name, *row in lines[1:]
        for call, words in zip(lines[0][1:], row, strict=True)
        for outcome, tries in [words.split()]
    ]


@frozen
class Observed:
    """What came of a cell."""

    outcome: str
    tries: int
    requests: int
    seconds: float
    error: BaseException | None
    leftovers: list[str] = field(factory=list)


def stream(client: AIStats, _: Path) -> Any:
    with client.responses.stream(model="openai/gpt-5-nano", input="hello") as events:
        return events.final()


async def stream_async(client: AsyncAIStats, _: Path) -> Any:
    async with client.responses.stream(model="openai/gpt-5-nano", input="hello") as events:
        return await events.final()


def _upload(client: Any, folder: Path) -> Any:
    sound = folder / "sound.wav"
    sound.write_bytes(bytes(200_000))
    return client.audio.transcriptions.create(file=sound, model="openai/whisper-1")


_PACE = Poll(default=0.0, floor=0.0, ceiling=0.0, patience=3)
Calls = dict[str, Callable[[Any, "Path"], Any]]
CALLS: Calls = {
    "GET": lambda client, _: client.videos.retrieve("v1"),
    "billed POST": lambda client, _: client.videos.create(**VIDEO),
    "text POST": lambda client, _: client.chat.completions.create(**CHAT),
    "stream": stream,
    "upload": _upload,
    "download": lambda client, folder: client.videos.download("v1", folder / "video.mp4"),
    "poll": lambda client, _: client.videos.job("v1").wait(timeout=60, poll=_PACE),
}
ASYNC_CALLS: Calls = {**CALLS, "stream": stream_async}


class Authority:
    """Certificates: one that the client trusts for `HOST`, one that it does not."""

    def __init__(self, folder: Path) -> None:
        trusted, stranger = trustme.CA(), trustme.CA()
        self.bundle = str(folder / "authority.pem")
        trusted.cert_pem.write_to_path(self.bundle)
        self.good, self.bad = (self._context(authority) for authority in (trusted, stranger))

    @staticmethod
    def _context(authority: trustme.CA) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(HOST, "127.0.0.1").configure_cert(context)
        return context


class _Attempts(logging.Handler):
    """Counts the attempts by the client's log, one DEBUG line each; calls `then` at the first."""

    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__(logging.DEBUG)
        self.count = 0
        self._then = then
        self._log = logging.getLogger("aistats")
        self._level = self._log.level

    def __enter__(self) -> Self:
        self._log.addHandler(self)
        self._log.setLevel(logging.DEBUG)
        return self

    def __exit__(self, *_: object) -> None:
        self._log.setLevel(self._level)
        self._log.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.DEBUG:
            # The list that a wait reads when the job itself cannot be read is another call.
            self.count += not record.getMessage().startswith("GET /videos:")
            self._then()


def _resolver(server: Wire, failures: float) -> Callable[..., Any]:
    """Make a resolver that fails so often, and then finds the server."""
    left, real = failures, socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        nonlocal left
        flags = options.get("flags", (*rest, 0, 0, 0, 0)[3])
        numeric = flags & socket.AI_NUMERICHOST  # some ask first whether it is a number
        if host in (HOST, HOST.encode()) and not numeric:
            left -= 1
            if left >= 0:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            host, port = "127.0.0.1", server.port
        return real(host, port, *rest, **options)

    return getaddrinfo


def run_cell(
    cell: Cell, colour: str, folder: Path, authority: Authority, patch: pytest.MonkeyPatch
) -> Observed:
    """Make the call of a cell under its fault, and tell what came of it."""
    encrypted = cell.fault in ("DNS failure", "TLS failure")
    server = Wire(
        respond,
        FAULTS.get(cell.fault),
        once=cell.once,
        tls=authority.good if encrypted else None,
        bad_tls=authority.bad if cell.fault == "TLS failure" else None,
        listen=cell.fault != "refused",
    )
    patch.setenv("SSL_CERT_FILE", authority.bundle)
    host = "127.0.0.1"
    if cell.fault == "DNS failure":
        host = HOST
        patch.setattr(socket, "getaddrinfo", _resolver(server, 1 if cell.once else float("inf")))
    base_url = f"{'https' if encrypted else 'http'}://{host}:{server.port}/v1"
    heal = server.open if cell.fault == "refused" and cell.once else list
    with ExitStack() as stack:
        stack.enter_context(server)
        attempts = stack.enter_context(_Attempts(heal))
        started = time.perf_counter()
        outcome, error = _outcome(cell, colour, folder, base_url)
        seconds = time.perf_counter() - started
    left = [path.name for path in folder.iterdir() if path.name != "sound.wav"]
    if outcome == "ok" and cell.call == "download":
        left.remove("video.mp4")
    seen = sum(b"GET /v1/videos?" not in each for each in server.requests)
    return Observed(outcome, attempts.count, seen, seconds, error, left)


def _outcome(
    cell: Cell, colour: str, folder: Path, base_url: str
) -> tuple[str, BaseException | None]:
    timeout = HASTY if cell.fault.startswith("slow") else PATIENT
    settings: dict[str, Any] = {"base_url": base_url, "timeout": timeout, "retry": Retry(base=0.0)}
    try:
        if colour == "sync":
            with AIStats(KEY, **settings) as client:
                CALLS[cell.call](client, folder)
        else:
            anyio.run(_call_async, settings, cell.call, folder, backend=colour)
    except Exception as error:  # noqa: BLE001 - one that must never reach a caller has its name
        return _OUTCOMES.get(type(error), type(error).__name__), error
    return "ok", None


async def _call_async(settings: dict[str, Any], call: str, folder: Path) -> None:
    async with AsyncAIStats(KEY, **settings) as client:
        await ASYNC_CALLS[call](client, folder)


def faults_of(cell: Cell, seen: Observed) -> list[str]:
    """List what is not as it must be; empty when the cell is good."""
    never_sent = cell.fault in NEVER_SENT
    through = int(cell.outcome == "ok")
    bound = SLOW_MACHINE + cell.tries * (HASTY * 2 if cell.fault.startswith("slow") else PATIENT)
    told = seen.error.may_have_run if isinstance(seen.error, ConnectionFailedError) else None
    wanted, found = f"{cell.outcome} after {cell.tries}", f"{seen.outcome} after {seen.tries}"
    checks = {
        f"expected {wanted}, got {found}: {seen.error!r}": wanted != found,
        f"{seen.requests} requests came through, not {through}": never_sent
        and seen.requests != through,
        f"a call that may be billed came {seen.requests} times": cell.call in BILLED
        and seen.requests > 1,
        # Something below the client repeated it; a poll makes one call after another.
        f"{seen.requests} requests came of {seen.tries} tries": seen.requests > seen.tries
        and cell.call != "poll",
        f"may_have_run is {told}": told is never_sent,
        f"it took {seen.seconds:.1f} s, more than {bound:.1f} s": seen.seconds > bound,
        f"files were left behind: {seen.leftovers}": bool(seen.leftovers),
    }
    return [complaint for complaint, wrong in checks.items() if wrong]
