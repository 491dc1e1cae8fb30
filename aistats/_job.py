"""What all jobs have in common: an immutable snapshot, what it says, and how to look again."""

from __future__ import annotations

import copy
import json
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import evolve, field, frozen

from aistats._error_bodies import request_id_in
from aistats._mode import Bound, HandleMethod, Mode
from aistats._snapshot import Outcome, moment_of, outcome_of, progress_of, status_of
from aistats._waiting import (
    OnUpdate,
    check_callback,
    check_deadline,
    check_poll,
    failed,
    is_transient,
    look,
    wait_flow,
)
from aistats.errors import AIStatsError, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Self

    from aistats._engine import Engine
    from aistats._flow import Flow
    from aistats._pace import Poll


@frozen
class Kind:
    """What differs between kinds of jobs."""

    name: str
    path: str
    default_poll: float
    """Seconds between looks when the gateway gives no hint."""
    list_path: str | None = None
    """Where stored states can be read when the job itself cannot be (wire-facts §3.10)."""
    id_fields: tuple[str, ...] = ("id",)
    """Where the answer to the creating call has the id, the best place first."""


@frozen(repr=False, eq=False)
class Job(Bound[Mode]):
    """A job as it was at one look. `raw` is the JSON of that look, `id` names the job for ever."""

    kind: ClassVar[Kind]

    id: str
    raw: Mapping[str, Any]
    _engine: Engine[Mode] | None = field(default=None, alias="engine")
    wait_error: AIStatsError | None = field(default=None, kw_only=True)
    """What made `wait_all` or `as_completed` give up on this job before its end."""

    @property
    def status(self) -> str:
        """The gateway's own word, "unknown" before the first look (wire-facts §3.5)."""
        return status_of(self.raw)

    @property
    def outcome(self) -> Outcome | None:
        """How it ended: completed, failed, cancelled or expired; None while it has not."""
        return outcome_of(self.raw)

    @property
    def is_terminal(self) -> bool:
        """Whether it has ended, well or badly."""
        return self.outcome is not None

    @property
    def succeeded(self) -> bool:
        """Whether it ended well."""
        return self.outcome == "completed"

    @property
    def progress(self) -> float | None:
        """Percent done, 0 to 100; real only for providers that tell it (wire-facts §3.4)."""
        return progress_of(self.raw)

    @property
    def request_id(self) -> str | None:
        """The gateway's request id, for its support."""
        found = request_id_in(self.raw)
        return found or (self.id if self.id.startswith("G-") else None)

    @property
    def created_at(self) -> datetime | None:
        """When it was created (aware); None where the gateway does not say."""
        return moment_of(self.raw.get("created_at"))

    @property
    def completed_at(self) -> datetime | None:
        """When it ended (aware); the gateway moves it forward at each look (wire-facts §3.4)."""
        return moment_of(self.raw.get("completed_at"))

    @property
    def expires_at(self) -> datetime | None:
        """When the signed download URL of this snapshot expires (aware), not the job."""
        return moment_of(self.raw.get("expires_at"))

    @HandleMethod
    def refresh(self) -> Flow[Any]:
        """Look at the job once and give its new snapshot.

        A job that has ended stays as it is when the look fails or forgets that: the gateway can
        lose the way to a finished job (wire-facts §3.12). Raises as any call does.
        """
        try:
            seen = yield from look(self, retry=None)
        except AIStatsError as error:
            if self.is_terminal and is_transient(error):
                return self
            raise
        return self if self.is_terminal and not seen.is_terminal else seen

    @HandleMethod
    def wait(
        self,
        timeout: float | None = 1800.0,
        *,
        poll: Poll | None = None,
        on_update: OnUpdate | None = None,
        progress: bool = False,
        raise_on_failure: bool = True,
    ) -> Flow[Any]:
        """Wait until the job has ended and give its last snapshot.

        `timeout` is in seconds, None waits for ever. `poll` bounds the pace, which is the
        gateway's. `on_update(job)` is called after each successful look. `progress` shows a bar
        on a terminal (extra `progress`).

        Raises `JobFailedError` when it ended badly (unless `raise_on_failure` is False),
        `JobTimeoutError` at the deadline, `AuthenticationError`, `PermissionDeniedError` or
        `NotFoundError` at once, and the last error after `Poll.patience` failed looks in a row.
        """
        seconds, pace = check_deadline(timeout), check_poll(poll)
        observers = check_callback(on_update)
        with ExitStack() as stack:
            if progress:
                from aistats._progress import JobBar

                observers.append(stack.enter_context(closing(JobBar(self, poll=pace))).update)
            job = yield from wait_flow(self, timeout=seconds, poll=pace, observers=observers)
        if raise_on_failure and not job.succeeded:
            raise failed(job)
        return job

    def to_json(self) -> str:
        """Write the handle as text, for `client.jobs.from_json` in any process."""
        return json.dumps({"kind": self.kind.name, "id": self.id, "raw": dict(self.raw)})

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client; raises `ConfigurationError` without one."""
        if self._engine is None:
            raise ConfigurationError(
                f"{self!r} came without a client (from a pickle or a webhook): use "
                "client.jobs.attach(job) first"
            )
        return self._engine

    def __repr__(self) -> str:
        progress = "" if self.progress is None else f" {self.progress:.0f} %"
        return f"<{type(self).__name__} {self.id} {self.status}{progress}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Job):
            return NotImplemented
        return (self.kind, self.id, self.raw) == (other.kind, other.id, other.raw)

    def __hash__(self) -> int:
        return hash((self.kind.name, self.id))

    def __reduce__(self) -> tuple[Any, ...]:
        # A client has sockets and a key; neither travels. `client.jobs.attach` gives a new one.
        return _restored, (type(self), self.id, self.raw, self.wait_error)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return evolve(self, raw=copy.deepcopy(self.raw, memo))


def _restored(handle: type[Job[Any]], job_id: str, raw: Any, wait_error: Any) -> Job[Any]:
    """Make a handle again from a pickle."""
    return handle(job_id, raw, wait_error=wait_error)
