"""Waiting for a crowd on the blocking client: one loop keeps the naps, a few threads look."""

from __future__ import annotations

import queue
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeVar, cast

from aistats._flow import Returned, Sleep, advance

if TYPE_CHECKING:
    from collections.abc import Generator

    from aistats._crowd import Crowd, Place
    from aistats._flow import World
    from aistats._job import Job
    from aistats._waiting import OnUpdate

    Outcome = Sleep | Returned[Job[Any]] | BaseException
    News = tuple[Place, Outcome, float]

T = TypeVar("T")

LOOKS = 128
"""Looks under way at once, each in a thread that is started when it is first needed.

1,000 jobs with a hint of 20 s and looks of 2 s have 100 of them under way.
"""

_DAY = 86_400.0


def in_threads(
    crowd: Crowd, observers: list[OnUpdate]
) -> Generator[tuple[int, Job[Any]], None, None]:
    """Give the jobs of a crowd as they end, each with its place among those that were passed.

    Closing the generator waits for the looks under way, so that no thread stays behind.
    """
    world = cast("World", crowd.engine.world)
    told: queue.SimpleQueue[News] = queue.SimpleQueue()
    looking = 0

    def look(place: Place) -> None:
        outcome: Outcome
        try:
            outcome = advance(place.flow, world)
        except BaseException as error:  # noqa: BLE001 - it belongs to the thread that waits
            outcome = error
        told.put((place, outcome, crowd.engine.clock()))

    with closing(crowd), ThreadPoolExecutor(LOOKS, "aistats-look") as pool:
        while crowd.unfinished:
            while looking < LOOKS and (due := crowd.take_due()):
                pool.submit(look, due)
                looking += 1
            news = _next_news(told, _DAY if looking >= LOOKS else crowd.until_next())
            if news is None:
                continue
            looking -= 1
            place, outcome, now = news
            if isinstance(outcome, BaseException):
                raise outcome
            _tell(place, observers)
            if (ended := crowd.settle(place, outcome, now)) is not None:
                yield place.index, ended


def _next_news(told: queue.SimpleQueue[News], seconds: float) -> News | None:
    """Wait for the next look that ended, but not beyond the end of the next nap."""
    try:
        # A wait without limit cannot be interrupted on Windows; a day is as good.
        return told.get(timeout=min(seconds, _DAY))
    except queue.Empty:
        return None


def _tell(place: Place, observers: list[OnUpdate]) -> None:
    job = place.take_update()
    if job is not None:
        for observer in observers:
            observer(job)


def values(pairs: Generator[tuple[int, T], None, None]) -> Generator[T, None, None]:
    """Give the second halves of `pairs`, closing it with itself."""
    with closing(pairs):
        for _, value in pairs:
            yield value


def in_order(pairs: Generator[tuple[int, T], None, None]) -> list[T]:
    """Give the second halves of `pairs` in the order of the first ones."""
    with closing(pairs):
        found = dict(pairs)
    return [found[index] for index in range(len(found))]
