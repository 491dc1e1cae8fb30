"""The bar of `wait(progress=True)`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from aistats._files.progress import new_bar

if TYPE_CHECKING:
    from aistats.jobs.pace import Poll
    from aistats.jobs.snapshot import Snapshot

_FORMAT = "{desc} {percentage:3.0f}%|{bar}| {elapsed}{postfix}"


class JobBar:
    """Shows a job's status, percent, the time since it was waited for, and when it is looked at."""

    def __init__(self, job: Snapshot[Any], poll: Poll) -> None:
        self._poll = poll
        self._bar = new_bar(total=100, bar_format=_FORMAT, desc=f"{job.id} {job.status}")
        self.update(job)

    def update(self, job: Snapshot[Any]) -> None:
        """Show a new snapshot."""
        bar, when = self._bar, ""
        if bar.disable:
            return
        if not job.is_terminal:
            pace = self._poll.pace(job.raw.get("poll_after_seconds"), job.kind.default_poll)
            # A time of day stays true until the next look; seconds to go would not.
            when = f"next look {datetime.now().astimezone() + timedelta(seconds=pace):%H:%M:%S}"
        bar.set_description_str(f"{job.id} {job.status}", refresh=False)
        bar.set_postfix_str(when, refresh=False)
        bar.n = 100 if job.succeeded else job.progress or 0
        bar.refresh()

    def close(self) -> None:
        """Leave the bar as it is and go to the next line."""
        self._bar.close()
