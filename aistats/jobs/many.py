"""The namespace `client.jobs`: handles from text, and waiting for many jobs at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar, overload

from attrs import evolve

from aistats._crowd import Crowd
from aistats._engine import Resource
from aistats._mode import Async, Mode, Sync
from aistats._waiting import check_callback, check_deadline, check_poll
from aistats.errors import ConfigurationError
from aistats.jobs import KINDS, BatchJob, Job, MusicJob, VideoJob

if TYPE_CHECKING:
    from collections.abc import Awaitable, Generator, Iterable

    from aistats._crowd_tasks import AsyncCrowd
    from aistats._pace import Poll
    from aistats._waiting import OnUpdate

J = TypeVar("J", bound=Job[Any])


class Jobs(Resource[Mode]):
    """Jobs of all kinds: handles from text, and waiting for many of them at once."""

    def from_json(self, text: str | bytes) -> Job[Mode]:
        """Give the handle that `Job.to_json` wrote, here or in any other process.

        Raises `ConfigurationError` for any other text.
        """
        try:
            facts = json.loads(text)
            kind, job_id, raw = KINDS[facts["kind"]], facts["id"], facts["raw"]
            if not isinstance(job_id, str) or not job_id or not isinstance(raw, dict):
                raise ValueError(job_id)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise ConfigurationError("this text was not written by Job.to_json()") from None
        return kind(id=job_id, raw=raw, engine=self.engine)

    @overload
    def attach(self: Jobs[Sync], job: VideoJob[Any]) -> VideoJob[Sync]: ...
    @overload
    def attach(self: Jobs[Async], job: VideoJob[Any]) -> VideoJob[Async]: ...
    @overload
    def attach(self: Jobs[Sync], job: MusicJob[Any]) -> MusicJob[Sync]: ...
    @overload
    def attach(self: Jobs[Async], job: MusicJob[Any]) -> MusicJob[Async]: ...
    @overload
    def attach(self: Jobs[Sync], job: BatchJob[Any]) -> BatchJob[Sync]: ...
    @overload
    def attach(self: Jobs[Async], job: BatchJob[Any]) -> BatchJob[Async]: ...
    @overload
    def attach(self, job: Job[Any]) -> Job[Mode]: ...
    def attach(self, job: Job[Any]) -> Any:
        """Give the same snapshot as a handle of this client, after a pickle or a webhook."""
        if not isinstance(job, Job):
            raise ConfigurationError(
                f"{job!r} is not a job handle; of an id, client.videos.job(id) makes one"
            )
        return evolve(job, engine=self.engine)

    @overload
    def as_completed(
        self: Jobs[Sync],
        jobs: Iterable[J],
        *,
        timeout: float | None = ...,
        poll: Poll | None = ...,
        on_update: OnUpdate | None = ...,
    ) -> Generator[J, None, None]: ...
    @overload
    def as_completed(
        self: Jobs[Async],
        jobs: Iterable[J],
        *,
        timeout: float | None = ...,
        poll: Poll | None = ...,
        on_update: OnUpdate | None = ...,
    ) -> AsyncCrowd[J]: ...
    def as_completed(
        self: Jobs[Any],
        jobs: Iterable[J],
        *,
        timeout: float | None = 1800.0,
        poll: Poll | None = None,
        on_update: OnUpdate | None = None,
    ) -> Any:
        """Iterate over the jobs in the order in which they end (`async for` on an async client).

        `timeout` is in seconds, for all of them together. Every job comes back, whatever became
        of it: `outcome` tells how it ended, `wait_error` why it was given up before its end.
        `on_update(job)` is called after each look, in the thread or loop that iterates; what it
        raises ends the waiting. On a sync client nothing is looked at while the loop's body runs.
        """
        observers = check_callback(on_update)
        crowd = self._crowd(jobs, timeout, poll)
        if self.engine.is_async:
            from aistats._crowd_tasks import AsyncCrowd  # late, as the threads: few need both

            return AsyncCrowd(crowd, observers)
        from aistats._crowd_threads import in_threads, values

        return values(in_threads(crowd, observers))

    @overload
    def wait_all(
        self: Jobs[Sync],
        jobs: Iterable[J],
        *,
        timeout: float | None = ...,
        poll: Poll | None = ...,
        on_update: OnUpdate | None = ...,
    ) -> list[J]: ...
    @overload
    def wait_all(
        self: Jobs[Async],
        jobs: Iterable[J],
        *,
        timeout: float | None = ...,
        poll: Poll | None = ...,
        on_update: OnUpdate | None = ...,
    ) -> Awaitable[list[J]]: ...
    def wait_all(
        self: Jobs[Any],
        jobs: Iterable[J],
        *,
        timeout: float | None = 1800.0,
        poll: Poll | None = None,
        on_update: OnUpdate | None = None,
    ) -> Any:
        """Wait until all jobs have ended and give them in the order in which they were passed.

        As `as_completed`: no job's end hides another's.
        """
        observers = check_callback(on_update)
        crowd = self._crowd(jobs, timeout, poll)
        if self.engine.is_async:
            from aistats._crowd_tasks import AsyncCrowd

            return AsyncCrowd[Any](crowd, observers).in_order()
        from aistats._crowd_threads import in_order, in_threads

        return in_order(in_threads(crowd, observers))

    def _crowd(self, jobs: Iterable[Job[Any]], timeout: float | None, poll: Poll | None) -> Crowd:
        handles = [self.attach(job) for job in jobs]
        seconds, pace = check_deadline(timeout), check_poll(poll)
        return Crowd(handles, self.engine, timeout=seconds, poll=pace)
