"""The progress bars: tqdm's, in a notebook too, and silent where nobody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from tqdm import tqdm


def new_bar(**options: object) -> tqdm[object]:
    """Make a bar of tqdm's; `ConfigurationError` where tqdm is not installed."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ConfigurationError(
            "progress=True needs tqdm: pip install 'aistats-client[progress]'"
        ) from None
    quiet: type[tqdm[object]] = type("Bar", (tqdm,), {"monitor_interval": 0})  # no thread
    in_notebook = any(base.__module__ == "tqdm.notebook" for base in quiet.__mro__)
    disable = False if in_notebook else None  # None: terminals only
    return quiet(disable=disable, leave=True, dynamic_ncols=True, **options)


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
