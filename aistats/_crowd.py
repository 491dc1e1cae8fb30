"""Waiting for many jobs at once: each job's wait is a flow, and a crowd says which looks next.

What is here knows neither threads nor tasks; `_crowd_threads` and `_crowd_tasks` carry it out. A
job that naps is an entry in a heap and a suspended generator, nothing more.
"""

from __future__ import annotations

import heapq
import logging
import math
from typing import TYPE_CHECKING, Any

from attrs import evolve

from aistats._flow import Returned, Sleep
from aistats._waiting import wait_flow
from aistats.errors import AIStatsError, JobTimeoutError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aistats._engine import Engine
    from aistats._flow import Flow
    from aistats._job import Job
    from aistats._pace import Poll

log = logging.getLogger("aistats")

# The first looks are spread evenly over the pace, so that thousands of jobs never look together;
# up to this many a second need no spreading, and few jobs are not kept waiting for it.
_FIRST_LOOKS_PER_SECOND = 20.0


class Place:
    """One job of a crowd: its last snapshot and its suspended wait."""

    __slots__ = ("_untold", "flow", "index", "job")

    flow: Flow[Job[Any]]

    def __init__(self, index: int, job: Job[Any]) -> None:
        self.index: int = index
        self.job: Job[Any] = job
        self._untold = False

    def saw(self, job: Job[Any]) -> None:
        """Keep a new snapshot."""
        self.job, self._untold = job, True

    def take_update(self) -> Job[Any] | None:
        """Give the new snapshot once, for the caller's `on_update`."""
        untold, self._untold = self._untold, False
        return self.job if untold else None


class Crowd:
    """Jobs waited for together until a common deadline, and when each of them looks next."""

    def __init__(
        self, jobs: Sequence[Job[Any]], engine: Engine[Any], *, timeout: float, poll: Poll
    ) -> None:
        self.engine = engine
        self.unfinished: int = len(jobs)
        self._timeout = timeout
        self._deadline = engine.clock() + timeout
        self._poll = poll
        self._places = [Place(index, job) for index, job in enumerate(jobs)]
        self._due = [(-math.inf, index) for index in range(len(jobs))]
        self._spread()

    def _spread(self) -> None:
        waiting = [place for place in self._places if not place.job.is_terminal]
        head_starts = dict.fromkeys(range(len(self._places)), 0.0)
        for rank, place in enumerate(waiting):
            job = place.job
            pace = self._poll.pace(job.raw.get("poll_after_seconds"), job.kind.default_poll)
            rate = len(waiting) / pace if pace else math.inf
            head_starts[place.index] = rank / max(_FIRST_LOOKS_PER_SECOND, rate)
        for place in self._places:
            place.flow = self._wait(place, head_starts[place.index])

    def _wait(self, place: Place, head_start: float) -> Flow[Job[Any]]:
        """Wait for one job; whatever happens, give its last snapshot."""
        try:
            return (
                yield from wait_flow(
                    place.job,
                    timeout=self._timeout,
                    deadline=self._deadline,
                    poll=self._poll,
                    observers=(place.saw,),
                    head_start=head_start,
                )
            )
        except AIStatsError as error:
            if not isinstance(error, JobTimeoutError):
                log.warning("%r: gave up waiting: %s", place.job, error)
            # Its traceback would keep the frames of the look, of every job that was given up.
            return evolve(place.job, wait_error=error.with_traceback(None))

    def take_due(self) -> Place | None:
        """Give a job whose nap is over, the one that has waited longest."""
        if self._due and self._due[0][0] <= self.engine.clock():
            return self._places[heapq.heappop(self._due)[1]]
        return None

    @property
    def next_due(self) -> float:
        """When, on the engine's clock, the next nap is over; infinity where nobody naps."""
        return self._due[0][0] if self._due else math.inf

    def until_next(self) -> float:
        """Give the seconds until the next nap is over; infinity where nobody naps."""
        return max(0.0, self.next_due - self.engine.clock())

    def settle(
        self, place: Place, outcome: Sleep | Returned[Job[Any]], now: float
    ) -> Job[Any] | None:
        """Put a job that looked at `now` back to sleep, or give it when its wait has ended."""
        if isinstance(outcome, Sleep):
            heapq.heappush(self._due, (now + outcome.seconds, place.index))
            return None
        self.unfinished -= 1
        return outcome.value

    def close(self) -> None:
        """End all waits; the jobs themselves go on."""
        self._due.clear()
        for place in self._places:
            place.flow.close()
        self._places.clear()
