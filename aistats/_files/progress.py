"""The progress bars: tqdm's, in a notebook too, and silent where nobody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from tqdm import tqdm


def new_bar(**options: Any) -> tqdm[Any]:
    """Make a bar of tqdm's; `ConfigurationError` where tqdm is not installed."""
    try:
        from tqdm import auto
    except ImportError:
        raise ConfigurationError(
            "progress=True needs tqdm: pip install 'aistats-client[progress]'"
        ) from None
    kind: type[tqdm[Any]] = type("Bar", (auto.tqdm,), {"monitor_interval": 0})  # starts no thread
    # disable=None: outside of a notebook, only a terminal shows anything.
    return kind(disable=None, leave=True, dynamic_ncols=True, **options)


class ByteBar:
    """Shows how much of a download has come."""

    def __init__(self) -> None:
        self._bar = new_bar(unit="B", unit_scale=True, unit_divisor=1024)

    def update(self, received: int, total: int | None) -> None:
        """Show the bytes received so far, from 0 again when a download begins anew."""
        if not self._bar.disable:
            self._bar.total = total or self._bar.total
            self._bar.update(received - self._bar.n)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Leave the bar as it is and go to the next line."""
        self._bar.close()
