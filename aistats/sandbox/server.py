"""The HTTP side: one thread for each connection, HTTP/1.1 with keep-alive, breakable on purpose.

Werkzeug's own development server closes every connection after one answer and hides the socket,
so neither a kept connection nor a broken one could be shown with it.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aistats.sandbox.calls import Answer

LARGEST_BODY = 210 * 1024 * 1024
SLOW_PIECES = 16


@frozen(kw_only=True)
class Incoming:
    """One request off the wire."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    declared: int


@frozen(kw_only=True)
class Outgoing:
    """One answer, and what is to go wrong while it is sent or at the next request after it."""

    answer: Answer | None
    slow: float = 0.0
    cut: int | None = None
    clean: bool = False
    reset_later: bool = False


class Gateway(Protocol):
    """What the server serves."""

    closing: threading.Event

    def limit(self, method: str, target: str, declared: int, multipart: bool) -> bool:
        """Tell whether a body of this size is refused before it is read."""
        ...

    def handle(self, incoming: Incoming) -> Outgoing:
        """Answer one request."""
        ...


class Server(ThreadingHTTPServer):
    """Listens on loopback and knows its connections, so that closing leaves none behind."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 512
    allow_reuse_address = True

    def __init__(self, host: str, port: int, gateway: Gateway) -> None:
        self.gateway = gateway
        self._open: dict[threading.Thread, Any] = {}
        self._guard = threading.Lock()
        super().__init__((host, port), Connection)
        self._listener = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.05}, name="aistats-sandbox"
        )
        self._listener.daemon = True
        self._listener.start()

    @property
    def port(self) -> int:
        """Return the port it listens on."""
        return int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a new connection on a thread of its own."""
        thread = threading.Thread(target=self._serve, args=(request, client_address), daemon=True)
        with self._guard:
            self._open[thread] = request
        thread.start()

    def _serve(self, request: Any, client_address: Any) -> None:
        try:
            self.process_request_thread(request, client_address)
        finally:
            with self._guard:
                self._open.pop(threading.current_thread(), None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about connections the client broke; anything else is a bug, so tell."""
        import sys

        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def get_request(self) -> tuple[Any, Any]:
        """Accept a connection."""
        return super().get_request()

    def stop(self) -> None:
        """Close every connection and wait for every thread."""
        self.gateway.closing.set()
        self.shutdown()
        self.server_close()
        with self._guard:
            still_open = dict(self._open)
        for request in still_open.values():
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
        for thread in still_open:
            thread.join(timeout=5)
        self._listener.join(timeout=5)


class Connection(BaseHTTPRequestHandler):
    """Reads requests off one connection and writes the answers."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    rbufsize = 64 * 1024
    _doomed = False

    @property
    def _gateway(self) -> Gateway:
        server: Any = self.server
        gateway: Gateway = server.gateway
        return gateway

    def do_any(self) -> None:
        """Read one request, have it answered, and write the answer."""
        if self._doomed:
            self._reset()
            return
        incoming = self._read()
        if incoming is None:
            return
        out = self._gateway.handle(incoming)
        if out.answer is None:
            self._reset()
            return
        self._doomed = out.reset_later
        try:
            self._write(out.answer, out, head_only=incoming.method == "HEAD")
        except _Cut:
            self.close_connection = True

    def __getattr__(self, name: str) -> Any:
        """Serve every method alike; the base class looks for `do_GET` and the others."""
        if name.startswith("do_"):
            return self.do_any
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Write nothing to stderr: the sandbox keeps its own log."""

    def _read(self) -> Incoming | None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        multipart = "multipart/" in headers.get("content-type", "")
        chunked = "chunked" in headers.get("transfer-encoding", "").lower()
        declared = int(headers.get("content-length") or 0)
        if self._gateway.limit(self.command, self.path, declared, multipart):
            self.close_connection = True
            body = b""
        elif chunked:
            body = b"".join(self._chunks())
            declared = len(body)
        else:
            body = self.rfile.read(declared) if declared else b""
        if len(body) < declared and not self.close_connection:
            self.close_connection = True
            return None
        return Incoming(
            method=self.command,
            target=self._target(),
            headers=headers,
            body=body,
            declared=declared,
        )

    def _target(self) -> str:
        """Return the target as it was sent; the base class folds leading slashes of `path`."""
        words = self.requestline.split()
        return words[1] if len(words) > 1 else self.path

    def _chunks(self) -> Iterator[bytes]:
        total = 0
        while size := int(self.rfile.readline(64).split(b";")[0] or b"0", 16):
            total += size
            if total > LARGEST_BODY:
                self.close_connection = True
                return
            yield self.rfile.read(size)
            self.rfile.readline(8)
        while self.rfile.readline(1024).strip():
            pass

    def _write(self, answer: Answer, out: Outgoing, *, head_only: bool) -> None:
        if head_only:
            self._send(self._head(answer, None, bodiless=True))
            return
        if answer.streamed:
            self._write_chunked(answer, out)
        else:
            self._write_whole(answer, out)

    def _write_whole(self, answer: Answer, out: Outgoing) -> None:
        body = b"".join(answer.pieces())
        head = self._head(answer, len(body))
        if out.cut is not None:
            self._send(head + body[: out.cut])
            raise _Cut
        if not out.slow:
            self._send(head + body)
            return
        self._send(head)
        step = max(1, -(-len(body) // SLOW_PIECES))
        for start in range(0, len(body), step):
            self._pause(out.slow)
            self._send(body[start : start + step])

    def _write_chunked(self, answer: Answer, out: Outgoing) -> None:
        self._send(self._head(answer, None))
        for number, piece in enumerate(answer.pieces()):
            if out.cut is not None and number >= out.cut:
                if not out.clean:
                    raise _Cut
                break
            self._pause(out.slow)
            self._send(b"%x\r\n%b\r\n" % (len(piece), piece))
        self._send(b"0\r\n\r\n")

    def _head(self, answer: Answer, length: int | None, *, bodiless: bool = False) -> bytes:
        try:
            phrase = HTTPStatus(answer.status).phrase
        except ValueError:
            phrase = "Unknown"
        lines = [f"HTTP/1.1 {answer.status} {phrase}", f"Content-Type: {answer.content_type}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines.append("Access-Control-Allow-Origin: *")
        if length is not None:
            lines.append(f"Content-Length: {length}")
        elif not bodiless:
            lines.append("Transfer-Encoding: chunked")
        if self.close_connection:
            lines.append("Connection: close")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")

    def _send(self, data: bytes) -> None:
        self.wfile.write(data)

    def _pause(self, seconds: float) -> None:
        if seconds:
            self._gateway.closing.wait(seconds)

    def _reset(self) -> None:
        """Break the connection with a TCP reset instead of an orderly end."""
        self.close_connection: bool = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        with contextlib.suppress(OSError):
            self.connection.close()


class _Cut(Exception):  # noqa: N818 - a turn of events, not a fault
    """The answer stops here, before its end."""
