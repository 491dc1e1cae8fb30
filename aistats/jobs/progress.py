"""The bars of `wait(progress=True)` and `download(progress=True)`: tqdm, silent off a terminal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from aistats._pace import Poll
from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from tqdm import tqdm

    from aistats._job import Job

_JOB_FORMAT = "{desc} {percentage:3.0f}%|{bar}| {elapsed}{postfix}"


def _bar(**options: Any) -> tqdm[Any]:
    try:
        from tqdm import tqdm
    except ImportError:
        raise ConfigurationError(
            "progress=True needs tqdm: pip install 'aistats-client[progress]'"
        ) from None

    # disable=None: only a terminal shows anything. No thread of tqdm's own.
    quiet: Any = type("Bar", (tqdm,), {"monitor_interval": 0})
    bar: tqdm[Any] = quiet(disable=None, leave=True, dynamic_ncols=True, **options)
    return bar


class JobBar:
    """Shows a job's status, percent, the time since it was waited for, and when it is looked at."""

    def __init__(self, job: Job[Any], *, poll: Poll | None = None) -> None:
        self._poll = poll or Poll()
        self._bar = _bar(total=100, bar_format=_JOB_FORMAT, desc=f"{job.id} {job.status}")
        self._show(job)

    def update(self, job: Job[Any]) -> None:
        """Show a new snapshot."""
        self._show(job)

    def _show(self, job: Job[Any]) -> None:
        bar = self._bar
        if bar.disable:
            return
        bar.set_description_str(f"{job.id} {job.status}", refresh=False)
        bar.n = 100 if job.succeeded else job.progress or 0
        if job.is_terminal:
            bar.set_postfix_str("", refresh=False)
        else:
            pace = self._poll.pace(job.raw.get("poll_after_seconds"), job.kind.default_poll)
            # A time of day stays true until the next look; seconds to go would not.
            look = datetime.now().astimezone() + timedelta(seconds=pace)
            bar.set_postfix_str(f"next look {look:%H:%M:%S}", refresh=False)
        bar.refresh()

    def close(self) -> None:
        """Leave the bar as it is and go to the next line."""
        self._bar.close()


class ByteBar:
    """Shows how much of a download has come."""

    def __init__(self) -> None:
        self._bar = _bar(unit="B", unit_scale=True, unit_divisor=1024)

    def update(self, received: int, total: int | None) -> None:
        """Show the bytes received so far, from 0 again when a download begins anew."""
        bar = self._bar
        if bar.disable:
            return
        if total is not None:
            bar.total = total
        bar.update(received - bar.n)

    def close(self) -> None:
        """Leave the bar as it is and go to the next line."""
        self._bar.close()
