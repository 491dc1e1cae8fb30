"""Leaving an async answer before its end without leaving anything behind."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

_LEFTOVERS = 64  # chunks that may still be buffered between the socket and us


async def abandon(response: httpx.Response, chunks: AsyncIterator[bytes] | None) -> None:
    """Close an answer; `chunks` is the iterator over its body if that was not read to its end.

    httpx and httpcore read through five nested async generators. Closing the outer one leaves the
    inner ones to the garbage collector, and trio warns of each; reading once more from the closed
    connection fails at the bottom and so ends them all.
    """
    await response.aclose()
    if chunks is None:
        return
    with suppress(Exception):  # that read is meant to fail, however the transport calls it
        for _ in range(_LEFTOVERS):
            await anext(chunks)
    if isinstance(chunks, AsyncGenerator):
        await chunks.aclose()
