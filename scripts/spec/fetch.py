"""Get the text of an upstream document from a path or an address."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Final

import httpx

from scripts.spec.grammar import SpecError
from scripts.spec.load import MAX_BYTES, decode, read_file

if TYPE_CHECKING:
    from collections.abc import Callable

TRIES: Final = 3
TIMEOUT_SECONDS: Final = 30.0
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def read_source(source: str, *, pause: Callable[[float], object] = sleep) -> str:
    """Read a document from a path, an https address, or http on this machine."""
    return _download(source, pause) if "://" in source else read_file(Path(source))


def _download(address: str, pause: Callable[[float], object]) -> str:
    for attempt in range(1, TRIES + 1):
        try:
            return _get(address)
        except httpx.InvalidURL as error:
            raise SpecError(f"{address} is no address: {error}") from None
        except httpx.TransportError as error:
            if attempt == TRIES:
                reason = str(error) or type(error).__name__
                raise SpecError(f"{address} cannot be fetched: {reason}") from None
            pause(attempt)
    raise AssertionError("unreachable")


def _get(address: str) -> str:
    raw = bytearray()
    client = httpx.Client(
        follow_redirects=True, timeout=TIMEOUT_SECONDS, event_hooks={"request": [_refuse_unsafe]}
    )
    with client, client.stream("GET", address) as response:
        if response.status_code != 200:
            raise SpecError(f"{address} answered {response.status_code}, not a document")
        for chunk in response.iter_bytes():
            raw += chunk
            if len(raw) > MAX_BYTES:
                break
    return decode(bytes(raw), address)


def _refuse_unsafe(request: httpx.Request) -> None:
    """Refuse what others on the way could write to, before anything is sent; redirects too."""
    url = request.url
    if url.scheme == "https" or (url.scheme == "http" and url.host in LOOPBACK):
        return
    raise SpecError(f"{url} is neither a path nor an https address")
