"""Get the text of an upstream document from a path or an address."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx

from scripts.spec.grammar import SpecError
from scripts.spec.load import MAX_BYTES, decode, read_file

TRIES: Final = 3
TIMEOUT_SECONDS: Final = 30.0
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def read_source(source: str) -> str:
    """Read a document from a path, an https address, or http on this machine."""
    return _download(source) if "://" in source else read_file(Path(source))


def _refuse_unsafe(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return
    raise SpecError(f"{address} is neither a path nor an https address")


def _download(address: str) -> str:
    _refuse_unsafe(address)
    for attempt in range(1, TRIES + 1):
        try:
            return _get(address)
        except httpx.TransportError as error:
            if attempt == TRIES:
                raise SpecError(f"{address} cannot be fetched: {error or type(error)}") from None
            time.sleep(attempt)
    raise AssertionError("unreachable")


def _get(address: str) -> str:
    raw = bytearray()
    with (
        httpx.Client(follow_redirects=True, timeout=TIMEOUT_SECONDS) as client,
        client.stream("GET", address) as response,
    ):
        for step in (*response.history, response):
            _refuse_unsafe(str(step.url))
        if response.status_code != 200:
            raise SpecError(f"{address} answered {response.status_code}, not a document")
        for chunk in response.iter_bytes():
            raw += chunk
            if len(raw) > MAX_BYTES:
                break
    return decode(bytes(raw), address)
