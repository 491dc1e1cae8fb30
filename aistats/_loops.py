"""What event loops of asyncio and trio have in common, which neither library says."""

from __future__ import annotations

from contextlib import suppress
from contextvars import Context
from typing import TYPE_CHECKING, Any

import sniffio

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


def running_loop() -> Any:
    """Give what stands for the event loop that runs here."""
    if sniffio.current_async_library() != "trio":
        import asyncio  # late: a sync client has no use for it

        return asyncio.get_running_loop()
    import trio

    return trio.lowlevel.current_trio_token()


def is_over(loop: Any) -> bool:
    """Say whether a loop has ended, so that nothing can be closed on it any more."""
    if hasattr(loop, "is_closed"):  # asyncio's
        return bool(loop.is_closed())
    import trio

    try:
        loop.run_sync_soon(bool)
    except trio.RunFinishedError:
        return True
    return False


def run_on(loop: Any, close: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Have another thread's loop close what is its own, without waiting for it."""
    if hasattr(loop, "create_task"):  # asyncio's
        # Not in our context, which may say that this is trio.
        loop.call_soon_threadsafe(lambda: loop.create_task(close()), context=Context())
        return
    import trio

    def spawn() -> None:
        with suppress(RuntimeError):  # the run is ending, and closes its own at its farewell
            trio.lowlevel.spawn_system_task(close)

    loop.run_sync_soon(spawn)
