"""Running the matrix of faults on the wire: one call under one fault, and what came of it."""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import trustme
from attrs import field, frozen

from aistats import (
    AIStats,
    AIStatsError,
    AsyncAIStats,
    ConnectionFailedError,
    Poll,
    RequestTimeoutError,
    ResponseDecodeError,
    Retry,
    StreamTruncatedError,
)
from tests.trust import wire
from tests.trust.table import BILLED, NEVER_SENT, Cell
from tests.trust.wire import Fault, Wire

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret-of-the-matrix"
HOST = "gateway.invalid"
COLOURS = ("sync", "asyncio", "trio")
PATIENT = 10.0  # seconds; for faults that end by themselves
HASTY = 0.15  # seconds; for faults that do not

FAULTS: dict[str, Fault] = {
    "reset while reading": wire.reset_while_reading,
    "reset before headers": wire.reset_before_headers,
    "reset after headers": wire.reset_after_headers,
    "reset mid-body": wire.reset_mid_body,
    "closed mid-body": wire.close_mid_body,
    "length too small": wire.length_too_small,
    "two lengths": wire.two_lengths,
    "half-closed": wire.half_closed,
    "not HTTP": wire.garbage,
    "slow headers": wire.silent,
    "slow body": wire.slow_body,
}

_WORDS: dict[type[BaseException], str] = {
    ConnectionFailedError: "failed",
    RequestTimeoutError: "timeout",
    ResponseDecodeError: "decode",
    StreamTruncatedError: "cut",
}

CHAT = {"model": "openai/gpt-4.1-mini", "messages": [{"role": "user", "content": "hello"}]}
VIDEO = {"model": "google/veo-3.1-lite", "prompt": "a lake"}
MEDIA = bytes(range(256)) * 16
_EVENTS = b"".join(
    b"event: %s\ndata: %s\n\n" % (name, data)
    for name, data in (
        (b"response.output_text.delta", b'{"type":"response.output_text.delta","delta":"hello"}'),
        (
            b"response.completed",
            b'{"type":"response.completed","response":{"id":"r","status":"completed"}}',
        ),
    )
)
_ANSWERS: dict[bytes, tuple[bytes, bytes]] = {
    b"GET /v1/videos/v1": (b"application/json", b'{"id":"v1","status":"completed","padding":"x"}'),
    b"GET /v1/videos": (b"application/json", b'{"object":"list","data":[],"has_more":false}'),
    b"POST /v1/videos": (b"application/json", b'{"id":"v1","status":"queued","padding":"xxxxxx"}'),
    b"POST /v1/chat/completions": (
        b"application/json",
        b'{"id":"G-1","choices":[{"message":{"content":"hello"},"finish_reason":"stop"}]}',
    ),
    b"POST /v1/responses": (b"text/event-stream", _EVENTS),
    b"POST /v1/audio/transcriptions": (b"application/json", b'{"text":"hello from a file"}'),
    b"GET /v1/videos/v1/content": (b"video/mp4", MEDIA),
}


def respond(request: bytes) -> bytes:
    """Give the good answer of a gateway to a request of the matrix."""
    line = request.partition(b"\r\n")[0].rpartition(b" ")[0].partition(b"?")[0]
    kind, body = _ANSWERS[line]
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body))
    ) + body


@frozen
class Observed:
    """What came of a cell."""

    outcome: str
    tries: int
    requests: int
    seconds: float
    error: BaseException | None
    leftovers: list[str] = field(factory=list)


Calls = dict[str, Callable[[Any, "Path"], Any]]
_PACE = Poll(default=0.0, floor=0.0, ceiling=0.0, patience=3)


def _stream(client: AIStats, _: Path) -> Any:
    with client.responses.stream(model="openai/gpt-5-nano", input="hello") as stream:
        return stream.final()


async def _stream_async(client: AsyncAIStats, _: Path) -> Any:
    async with client.responses.stream(model="openai/gpt-5-nano", input="hello") as stream:
        return await stream.final()


def _upload(client: Any, folder: Path) -> Any:
    sound = folder / "sound.wav"
    sound.write_bytes(bytes(200_000))
    return client.audio.transcriptions.create(file=sound, model="openai/whisper-1")


CALLS: Calls = {
    "GET": lambda client, _: client.videos.retrieve("v1"),
    "billed POST": lambda client, _: client.videos.create(**VIDEO),
    "text POST": lambda client, _: client.chat.completions.create(**CHAT),
    "stream": _stream,
    "upload": _upload,
    "download": lambda client, folder: client.videos.download("v1", folder / "video.mp4"),
    "poll": lambda client, _: client.videos.job("v1").wait(timeout=60, poll=_PACE),
}
ASYNC_CALLS: Calls = {**CALLS, "stream": _stream_async}


class Authority:
    """Certificates: one that the client trusts for `HOST`, one that it does not."""

    def __init__(self, folder: Path) -> None:
        trusted, stranger = trustme.CA(), trustme.CA()
        self.bundle = str(folder / "authority.pem")
        trusted.cert_pem.write_to_path(self.bundle)
        self.good = self._context(trusted.issue_cert(HOST, "127.0.0.1"))
        self.bad = self._context(stranger.issue_cert(HOST, "127.0.0.1"))

    @staticmethod
    def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        return context


class _Attempts(logging.Handler):
    """Counts the attempts by the client's log, one DEBUG line each; calls `then` at the first."""

    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__(logging.DEBUG)
        self.calls = self.others = 0
        self._then = then

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.DEBUG:
            # The list that a wait reads when the job itself cannot be read is another call.
            if record.getMessage().startswith("GET /videos:"):
                self.others += 1
            else:
                self.calls += 1
            self._then()


@contextmanager
def _attempts(then: Callable[[], object]) -> Iterator[_Attempts]:
    handler, log = _Attempts(then), logging.getLogger("aistats")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        log.setLevel(level)
        log.removeHandler(handler)


def _resolver(real: Callable[..., Any], server: Wire, *, failures: float) -> Callable[..., Any]:
    """Make a resolver that fails so often, and then finds the server."""
    left = failures

    def getaddrinfo(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        nonlocal left
        flags = options.get("flags", (*rest, 0, 0, 0, 0)[3])
        numeric = flags & wire.socket.AI_NUMERICHOST  # some ask first whether it is a number
        if host in (HOST, HOST.encode()) and not numeric:
            left -= 1
            if left >= 0:
                raise wire.socket.gaierror(wire.socket.EAI_NONAME, "Name or service not known")
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
    if cell.fault == "DNS failure":
        failures = 1 if cell.once else float("inf")
        real = wire.socket.getaddrinfo
        patch.setattr(wire.socket, "getaddrinfo", _resolver(real, server, failures=failures))
    host = HOST if cell.fault == "DNS failure" else "127.0.0.1"
    base_url = f"{'https' if encrypted else 'http'}://{host}:{server.port}/v1"
    heal = server.open if cell.fault == "refused" and cell.once else list
    with ExitStack() as stack:
        stack.enter_context(server)
        attempts = stack.enter_context(_attempts(heal))
        started = time.perf_counter()
        outcome, error = _outcome(cell, colour, folder, base_url)
        seconds = time.perf_counter() - started
    parts = sorted(path.name for path in folder.iterdir() if path.name.endswith(".part"))
    if outcome != "ok" and (folder / "video.mp4").exists():
        parts.append("video.mp4")
    seen = len(server.requests) - sum(b"GET /v1/videos?" in each for each in server.requests)
    return Observed(outcome, attempts.calls, seen, seconds, error, parts)


def _outcome(
    cell: Cell, colour: str, folder: Path, base_url: str
) -> tuple[str, BaseException | None]:
    settings: dict[str, Any] = {
        "api_key": KEY,
        "base_url": base_url,
        "timeout": HASTY if cell.fault.startswith("slow") else PATIENT,
        "retry": Retry(base=0.0),
    }
    try:
        if colour == "sync":
            with AIStats(**settings) as client:
                CALLS[cell.call](client, folder)
        else:
            anyio.run(_call_async, settings, cell.call, folder, backend=colour)
    except AIStatsError as error:
        return _WORDS.get(type(error), type(error).__name__), error
    except httpx.HTTPError as error:  # what must never reach a caller
        return f"bare {type(error).__name__}", error
    return "ok", None


async def _call_async(settings: dict[str, Any], call: str, folder: Path) -> None:
    async with AsyncAIStats(**settings) as client:
        await ASYNC_CALLS[call](client, folder)


def faults_of(cell: Cell, seen: Observed) -> list[str]:
    """List what is not as it must be; empty when the cell is good."""
    wrong = []
    if (seen.outcome, seen.tries) != (cell.outcome, cell.tries):
        wrong.append(
            f"expected {cell.outcome} after {cell.tries}, got {seen.outcome} after {seen.tries}: "
            f"{seen.error!r}"
        )
    never_sent = cell.fault in NEVER_SENT
    through = int(cell.outcome == "ok")
    if never_sent and seen.requests != through:
        wrong.append(f"{seen.requests} requests came through, not {through}")
    if cell.call in BILLED and seen.requests > 1:
        wrong.append(f"a call that may be billed came {seen.requests} times")
    if seen.requests > seen.tries and cell.call != "poll":  # a poll makes one call after another
        wrong.append(f"{seen.requests} requests came of {seen.tries} tries")
    if isinstance(seen.error, ConnectionFailedError) and seen.error.may_have_run is never_sent:
        wrong.append(f"may_have_run is {seen.error.may_have_run}")
    bound = 30.0 + (cell.tries * HASTY * 2 if cell.fault.startswith("slow") else PATIENT)
    if seen.seconds > bound:
        wrong.append(f"it took {seen.seconds:.1f} s, more than {bound:.1f} s")
    if seen.leftovers:
        wrong.append(f"files were left behind: {seen.leftovers}")
    return wrong
