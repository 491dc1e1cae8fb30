"""The bar of `wait(progress=True)`: tqdm, in a notebook too, and silent where nobody looks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aistats.errors import ConfigurationError
from aistats.jobs.pace import Poll
from aistats.jobs.snapshot import Snapshot

_FORMAT = "{desc} {percentage:3.0f}%|{bar}| {elapsed}{postfix}"


class JobBar:
    """Shows a job's status, percent, the time since it was waited for, and when it is looked at."""

    def __init__(self, job: Snapshot[Any], *, poll: Poll | None = None) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            raise ConfigurationError(
                "progress=True needs tqdm: pip install 'aistats-client[progress]'"
            ) from None
        # Only a notebook and a terminal show anything. No thread of tqdm's own.
        is_notebook = any(base.__module__ == "tqdm.notebook" for base in tqdm.__mro__)
        quiet: Any = type("Bar", (tqdm,), {"monitor_interval": 0})
        self._poll = poll or Poll()
        self._bar = quiet(
            desc=f"{job.id} {job.status}", total=100, bar_format=_FORMAT, dynamic_ncols=True,
            disable=False if is_notebook else None,
        )  # fmt: skip
        self.update(job)

    def update(self, job: Snapshot[Any]) -> None:
        """Show a new snapshot."""
        bar, when = self._bar, ""
        if not job.is_terminal:
            pace = self._poll.pace(job.raw.get("poll_after_seconds"), job.kind.default_poll)
            # A time of day stays true until the next look; seconds to go would not.
            when = f"next look {datetime.now().astimezone() + timedelta(seconds=pace):%H:%M:%S}"
        if not bar.disable:
            bar.set_description_str(f"{job.id} {job.status}", refresh=False)
            bar.set_postfix_str(when, refresh=False)
            bar.n = 100 if job.succeeded else job.progress or 0
            bar.refresh()

    def close(self) -> None:
        """Leave the bar as it is and go to the next line."""
        self._bar.close()
