"""A gateway that says what a test wants, and the client that talks to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aistats import AIStats, Retry
from tests.trust.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "not-a-real-secret-at-home"
KEY = f"phaseo_v1_sk_demo00000000_{SECRET}"
MEDIA = b"RIFF media of another host"


def answer(body: bytes, *fields: bytes, status: bytes = b"200 OK") -> bytes:
    """Write an answer."""
    lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *fields]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def redirect(target: str, status: bytes = b"302 Found") -> bytes:
    """Write a redirect."""
    return answer(b"", b"Location: " + target.encode(), status=status)


class Gateway(Wire):
    """A gateway that answers what the test puts into `says`."""

    def __init__(self) -> None:
        self.says: Callable[[bytes], bytes] = lambda _: answer(b"{}")
        super().__init__(self._say)

    def _say(self, request: bytes) -> bytes:
        return self.says(request)


def address(server: Wire, path: str = "/song.wav", host: str = "127.0.0.1") -> str:
    """Give an address on a server."""
    return f"http://{host}:{server.port}{path}"


def client_of(server: Wire, **options: Any) -> AIStats:
    """Make a client of the gateway."""
    return AIStats(
        KEY, base_url=address(server, "/v1"), retry=Retry(attempts=1), timeout=10, **options
    )
