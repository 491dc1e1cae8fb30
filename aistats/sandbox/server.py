"""The HTTP side: one thread for each connection, HTTP/1.1 with keep-alive, breakable on purpose.

h11 reads and frames the messages. The socket stays in our hands: no ready-made server can cut an
answer off, slow it down, or reset a connection that it has kept.
"""

from __future__ import annotations

import contextlib
import ipaddress
import itertools
import socket
import struct
import threading
import traceback
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import h11

from aistats.sandbox.calls import Answer, Incoming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aistats.sandbox.dispatch import Dispatcher
    from aistats.sandbox.faults import Fault

PHRASES = {status.value: status.phrase for status in HTTPStatus}
SLOW_PIECES = 16
LAST_READS = 512  # 32 MiB, twice what a refused body commonly has
RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, with no time: closing sends a TCP reset


def is_loopback(host: str) -> bool:
    """Tell whether a host, as in a URL or a `Host` header, is this machine and no other."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class Server:
    """Listens on loopback and knows its connections, so that closing leaves none behind."""

    def __init__(self, host: str, port: int, gateway: Dispatcher) -> None:
        literal = f"[{host}]" if ":" in host else host
        if not is_loopback(literal):
            raise ValueError(f"the sandbox listens on loopback only, not on {host!r}")
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=512)
        self._gateway = gateway
        self._open: dict[threading.Thread, socket.socket] = {}
        self._guard = threading.Lock()
        self.port: int = self._socket.getsockname()[1]
        self.origin: str = f"http://{literal}:{self.port}"
        self._listener = threading.Thread(target=self._listen, name="aistats-sandbox", daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        while True:
            link, _ = self._socket.accept()
            if self._gateway.closing.is_set():
                link.close()
                return
            thread = threading.Thread(target=self._serve, args=(link,), daemon=True)
            with self._guard:
                self._open[thread] = link
            thread.start()

    def _serve(self, link: socket.socket) -> None:
        try:
            with contextlib.suppress(OSError):  # the client went away
                link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                Connection(link, self._gateway).serve()
                _part(link)
        except Exception:  # noqa: BLE001 - a bug of ours: tell, and close the connection
            traceback.print_exc()
        finally:
            link.close()
            with self._guard:
                self._open.pop(threading.current_thread(), None)

    def stop(self) -> None:
        """Close every connection and wait for every thread."""
        self._gateway.closing.set()
        with contextlib.suppress(OSError):  # wakes the listener
            socket.create_connection(self._socket.getsockname()[:2], timeout=1).close()
        self._listener.join(timeout=5)
        self._socket.close()
        with self._guard:
            still_open = dict(self._open)
        for link in still_open.values():
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        for thread in still_open:
            thread.join(timeout=5)


class Connection:
    """Reads requests off one connection and writes the answers."""

    def __init__(self, link: socket.socket, gateway: Dispatcher) -> None:
        self._link = link
        self._gateway = gateway
        self._doomed = False
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=64 * 1024)

    def serve(self) -> None:
        """Answer requests until one side has had enough."""
        while self._answer_one():
            self._http.start_next_cycle()

    def _answer_one(self) -> bool:
        """Answer the next request; False when none can follow it."""
        try:
            request = self._next()
            if not isinstance(request, h11.Request):
                return False
            incoming = None if self._doomed else self._read(request)
        except h11.RemoteProtocolError as error:
            hint = error.error_status_hint
            return self._refuse(400 if hint > 499 else hint, str(error))
        if incoming is not None and not self._is_for_us(incoming.headers):
            return self._refuse(403, "only programs and pages of this machine are answered")
        answer, fault = self._gateway.handle(incoming) if incoming else (None, None)
        if answer is None or fault is None:
            return self._reset()
        self._doomed = fault.drop == "after"
        sent = self._write(answer, fault, bodiless=request.method == b"HEAD")
        return sent and self._http.our_state is self._http.their_state is h11.DONE

    def _next(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(self._link.recv(65536))
        return event

    def _read(self, request: h11.Request) -> Incoming:
        headers = {name.decode("latin-1"): v.decode("latin-1") for name, v in request.headers}
        target = request.target.decode("latin-1")
        limit = self._gateway.limit(target, headers)
        too_large = int(headers.get("content-length", 0)) > limit
        body = bytearray()
        if self._http.they_are_waiting_for_100_continue and not too_large:
            self._send(h11.InformationalResponse(status_code=100, headers=[]))
        while not too_large and isinstance(event := self._next(), h11.Data):
            body += event.data
            too_large = len(body) > limit
        return Incoming(
            method=request.method.decode("latin-1"),
            target=target,
            headers=headers,
            body=b"" if too_large else bytes(body),
            too_large=too_large,
        )

    @staticmethod
    def _is_for_us(headers: Mapping[str, str]) -> bool:
        """Keep web pages out: those of other origins, and names that were bent to this machine."""
        host, origin = headers.get("host", ""), headers.get("origin")
        return is_loopback(host) and origin in {None, f"http://{host}"}

    def _refuse(self, status: int, why: str) -> bool:
        """Say what is wrong with a request that is not one, or not for us, and close."""
        body = f"{status} {PHRASES[status]}: {why}".encode()
        headers = [("Content-Type", "text/plain; charset=UTF-8"), ("Connection", "close")]
        headers.append(("Content-Length", str(len(body))))
        head = h11.Response(status_code=status, headers=headers, reason=PHRASES[status])
        self._send(head, h11.Data(data=body))
        return False

    def _write(self, answer: Answer, fault: Fault, *, bodiless: bool) -> bool:
        """Send an answer; False when it ends before its end."""
        whole = None if answer.streamed or bodiless else b"".join(answer.pieces())
        headers = [("Content-Type", answer.content_type), *answer.headers.items()]
        if whole is not None:
            headers.append(("Content-Length", str(len(whole))))
        if self._http.their_state is not h11.DONE:
            headers.append(("Connection", "close"))
        reason = PHRASES.get(answer.status, "Unknown")
        head = h11.Response(status_code=answer.status, headers=headers, reason=reason)
        if bodiless:
            self._send(head, h11.EndOfMessage())
            return True
        if whole is None:
            return self._write_pieces(head, answer, fault)
        return self._write_whole(head, whole, fault)

    def _write_whole(self, head: h11.Response, body: bytes, fault: Fault) -> bool:
        kept = body[: fault.cut]
        end = [h11.EndOfMessage()] if fault.cut is None else []
        if not fault.slow:
            self._send(head, h11.Data(data=kept), *end)
            return fault.cut is None
        self._send(head)
        step = max(1, -(-len(kept) // SLOW_PIECES))
        for start in range(0, len(kept), step):
            self._gateway.closing.wait(fault.slow)
            self._send(h11.Data(data=kept[start : start + step]))
        self._send(*end)
        return fault.cut is None

    def _write_pieces(self, head: h11.Response, answer: Answer, fault: Fault) -> bool:
        self._send(head)
        pieces = iter(answer.pieces())
        for piece in itertools.islice(pieces, fault.cut):
            self._gateway.closing.wait(fault.slow)
            self._send(h11.Data(data=piece))
        if fault.clean is False and next(pieces, None) is not None:
            return False
        self._send(h11.EndOfMessage())
        return True

    def _send(self, *events: h11.Event) -> None:
        self._link.sendall(b"".join(self._http.send(event) or b"" for event in events))

    def _reset(self) -> bool:
        """Break the connection with a TCP reset instead of an orderly end."""
        self._link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self._link.close()
        return False


def _part(link: socket.socket) -> None:
    """Let the client read the last answer: closing on unread bytes would take it from it."""
    link.shutdown(socket.SHUT_WR)
    link.settimeout(2)
    for _ in range(LAST_READS):
        if not link.recv(65536):
            return
