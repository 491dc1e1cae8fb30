"""A scripted HTTP server on loopback, for what only a real socket shows."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Answer = Callable[[socket.socket, bytes], None]
"""Reads nothing more, answers the request it is given, and may close the socket."""


def say(data: bytes) -> Answer:
    """Make an answer of fixed bytes."""
    return lambda connection, _: connection.sendall(data)


class Server:
    """Answers every request on its own thread and keeps what came, in the order it came."""

    def __init__(self, answer: Answer | None = None, tls: ssl.SSLContext | None = None) -> None:
        """Listen at once on a free port."""
        self.answer = answer or say(OK)
        self.requests: list[bytes] = []
        self.by_connection: list[int] = []
        self.closed = threading.Semaphore(0)
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port: int = self._listening.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def connections(self) -> int:
        """How many connections carried a request."""
        return len(set(self.by_connection))

    def __enter__(self) -> Self:
        """Give the listening server."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        number = 0
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                number += 1
                threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError):
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while request := _read_request(connection):
                self.by_connection.append(number)
                self.requests.append(request)
                self.answer(connection, request)
        connection.close()
        self.closed.release()


def _read_request(connection: socket.socket) -> bytes:
    """Read a head and a body with a Content-Length or, as one piece, chunks up to the last."""
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
