"""A server on loopback that breaks the wire in one chosen way, and can then be well again."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl

LONGEST = 20.0
"""Seconds after which the server gives up on a client: a bound for tests that go wrong."""

Respond = Callable[[bytes], bytes]
"""Gives the whole good answer, head and body, to a request."""
Fault = Callable[["Wire", socket.socket], None]
"""Is given a connection of which nothing was read yet."""


class Wire:
    """Lets every connection suffer `fault`, or the first one only; `requests` keeps what came."""

    def __init__(
        self,
        respond: Respond,
        fault: Fault | None = None,
        *,
        once: bool = False,
        tls: ssl.SSLContext | None = None,
        bad_tls: ssl.SSLContext | None = None,
        listen: bool = True,
    ) -> None:
        """Bind a free port; without `listen` connections to it are refused until `open`."""
        self.requests: list[bytes] = []
        self.connections = 0
        self.says = respond
        self._fault, self._once = fault, once
        self._tls, self._bad_tls = tls, bad_tls
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        if listen:
            self.open()

    def open(self) -> None:
        """Accept connections from now on."""
        if not self._threads:
            self._socket.listen(128)
            self._start(self._accept)

    def __enter__(self) -> Self:
        """Give the server."""
        return self

    def __exit__(self, *_: object) -> None:
        """Accept nothing more, and wait for the threads."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(LONGEST)

    def all_left(self) -> bool:
        """Say whether every client has closed its connections, soon at the latest."""
        end = time.monotonic() + LONGEST / 2
        # A connection may have been opened and given up before it was accepted here.
        while alive := [thread for thread in self._threads[1:] if thread.is_alive()]:
            if time.monotonic() >= end:
                return False
            alive[0].join(end - time.monotonic())
        return True

    def respond(self, request: bytes) -> tuple[bytes, bytes]:
        """Give head (with its blank line) and body of the good answer."""
        head, _, body = self.says(request).partition(b"\r\n\r\n")
        return head + b"\r\n\r\n", body

    def read(self, connection: socket.socket) -> bytes:
        """Read one whole request and keep it; b"" when the client has gone."""
        request = read_request(connection)
        if request:
            self.requests.append(request)
        return request

    def _start(self, function: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=function, args=args, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                connection.settimeout(LONGEST)
                self.connections += 1
                self._start(self._serve, connection, self.connections == 1 or not self._once)

    def _serve(self, connection: socket.socket, faulty: bool) -> None:
        context = self._bad_tls if faulty and self._bad_tls else self._tls
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(connection.close)
            if context is not None:
                connection = context.wrap_socket(connection, server_side=True)
                stack.callback(connection.close)
            if faulty and self._fault is not None:
                self._fault(self, connection)
                return
            while request := self.read(connection):
                connection.sendall(b"".join(self.respond(request)))


def answer(body: bytes, *fields: bytes, status: bytes = b"200 OK") -> bytes:
    """Write an answer."""
    lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *fields]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def read_request(connection: socket.socket) -> bytes:
    """Read a head and its body, which has a Content-Length or is chunked."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536)):
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = int(fields.get(b"content-length", b"0"))
    chunked = b"transfer-encoding" in fields
    while len(body) < length or (chunked and not body.endswith(b"0\r\n\r\n")):
        if not (more := connection.recv(65536)):
            return b""
        body += more
    return head + b"\r\n\r\n" + body


def _reset(connection: socket.socket) -> None:
    """Close with a RST instead of a FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _until_the_client_leaves(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while connection.recv(65536):
            pass


def _half(wire: Wire, connection: socket.socket) -> None:
    head, body = wire.respond(wire.read(connection))
    connection.sendall(head + body[: len(body) // 2])


def reset_while_reading(_: Wire, connection: socket.socket) -> None:
    connection.recv(16)
    _reset(connection)


def reset_before_headers(wire: Wire, connection: socket.socket) -> None:
    wire.read(connection)
    _reset(connection)


def reset_after_headers(wire: Wire, connection: socket.socket) -> None:
    connection.sendall(wire.respond(wire.read(connection))[0])
    _reset(connection)


def reset_mid_body(wire: Wire, connection: socket.socket) -> None:
    _half(wire, connection)
    _reset(connection)


def length_too_small(wire: Wire, connection: socket.socket) -> None:
    """Promise half of what is sent, and say that it is the last on this connection."""
    head, body = wire.respond(wire.read(connection))
    told = b"Content-Length: %d\r\nConnection: close" % (len(body) // 2)
    connection.sendall(head.replace(b"Content-Length: %d" % len(body), told) + body)


def two_lengths(wire: Wire, connection: socket.socket) -> None:
    """Promise two lengths, which may be an attempt to smuggle an answer in."""
    head, body = wire.respond(wire.read(connection))
    connection.sendall(head.replace(b"\r\n\r\n", b"\r\nContent-Length: 7\r\n\r\n") + body)


def half_closed(wire: Wire, connection: socket.socket) -> None:
    """Close the sending half only, in place of an answer."""
    wire.read(connection)
    connection.shutdown(socket.SHUT_WR)
    _until_the_client_leaves(connection)


def not_http(wire: Wire, connection: socket.socket) -> None:
    wire.read(connection)
    connection.sendall(b"\x16\x03\x01\x00\xff SSH-2.0 hello\r\n\r\n")


def silent(wire: Wire, connection: socket.socket) -> None:
    wire.read(connection)
    _until_the_client_leaves(connection)


def slow_body(wire: Wire, connection: socket.socket) -> None:
    """Stall in the middle of the body."""
    _half(wire, connection)
    _until_the_client_leaves(connection)


def _drip(connection: socket.socket, data: bytes) -> None:
    for place in range(len(data)):
        connection.sendall(data[place : place + 1])
        readable, _, _ = select.select([connection], [], [], 0.03)
        if readable and not connection.recv(65536):
            return


def dripping_headers(wire: Wire, connection: socket.socket) -> None:
    """Send the head byte by byte, each of them in time."""
    wire.read(connection)
    _drip(connection, b"HTTP/1.1 200 OK\r\n" + b"X-Filler: slow\r\n" * 100)


def dripping_body(wire: Wire, connection: socket.socket) -> None:
    """Send the body byte by byte, each of them in time."""
    head, body = wire.respond(wire.read(connection))
    connection.sendall(head)
    _drip(connection, body)


def endless_headers(wire: Wire, connection: socket.socket) -> None:
    """Send header lines as long as anybody listens."""
    wire.read(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Filler: more\r\n" * 1000)


FAULTS: dict[str, Fault] = {
    "reset while reading": reset_while_reading,
    "reset before headers": reset_before_headers,
    "reset after headers": reset_after_headers,
    "reset mid-body": reset_mid_body,
    "closed mid-body": _half,
    "length too small": length_too_small,
    "two lengths": two_lengths,
    "half-closed": half_closed,
    "not HTTP": not_http,
    "slow headers": silent,
    "slow body": slow_body,
}
"""Those of the matrix that strike a connection; the others prevent it."""
