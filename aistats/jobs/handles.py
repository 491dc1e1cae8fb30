"""Job handles: a snapshot of a job with the means to look again, to wait, and to fetch.

A handle is an immutable value: `refresh` and `wait` give a new one. What differs between kinds of
jobs is data (`Kind`).
"""

from __future__ import annotations

import base64
import copy
import functools
import json
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import evolve

from aistats._core.call import operate
from aistats._core.colour import Mode, method, own_method
from aistats._core.request import Request, path_segment, query_items
from aistats._files.download import to_file, write_bytes
from aistats._json import pick
from aistats.errors import (
    AIStatsError,
    APIError,
    ConflictError,
    JobError,
    JobFailedError,
    UpstreamError,
)
from aistats.jobs.snapshot import Kind, Snapshot, failure_of, moment_of, text_of
from aistats.jobs.waiting import OnUpdate, Wait, ask, is_transient, look, waited
from aistats.results import request_id_of
from aistats_generated.operations import OPERATIONS

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, KeysView, Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import Self

    from aistats.jobs.pace import Poll
    from aistats_generated.models import VideoDeleteResponse, VideoDownloadUrl

_DELETE, _SIGN = OPERATIONS["delete_video"], OPERATIONS["create_video_download_url"]


class Job(Snapshot[Mode]):
    """A job as it was at one look, with the means to look again."""

    @property
    def request_id(self) -> str | None:
        """The gateway's request id, for its support."""
        return request_id_of(self.raw) or (self.id if self.id.startswith("G-") else None)

    @property
    def created_at(self) -> datetime | None:
        """When it was created (aware); None where the gateway does not say."""
        return moment_of(self.raw.get("created_at"))

    @property
    def completed_at(self) -> datetime | None:
        """When it ended (aware); the gateway moves it forward at each look."""
        return moment_of(self.raw.get("completed_at"))

    @property
    def expires_at(self) -> datetime | None:
        """When the signed download URL of this snapshot expires (aware), not the job."""
        return moment_of(self.raw.get("expires_at"))

    @own_method
    async def refresh(self) -> Self:
        """Look at the job once and give its new snapshot; raises as any call does.

        A job that has ended stays as it is when the look fails or forgets that: the gateway can
        lose the way to a finished job.
        """
        try:
            news = await look(self)
        except AIStatsError as error:
            if self.is_terminal and (is_transient(error) or isinstance(error, UpstreamError)):
                return self
            raise
        return self if self.is_terminal and not news.is_terminal else news

    @own_method
    async def wait(
        self,
        timeout: float | None = 1800.0,
        *,
        poll: Poll | None = None,
        on_update: OnUpdate | None = None,
        progress: bool = False,
        raise_on_failure: bool = True,
    ) -> Self:
        """Wait until the job has ended and give its last snapshot.

        `timeout` is in seconds, None waits for ever. `poll` bounds the pace, which is the
        gateway's. `on_update(job)` is called after each successful look. `progress` shows a bar
        on a terminal and in a notebook (extra `progress`).

        Raises `JobFailedError` when it ended badly (unless `raise_on_failure` is False),
        `JobTimeoutError` at the deadline, at once what will not pass, such as `NotFoundError`,
        and the last error after `Poll.patience` failed looks in a row (five times as many while
        the gateway's list has the job).
        """
        wait = Wait.checked(self.engine, timeout, poll, on_update)
        with ExitStack() as stack:
            if progress:
                from aistats.jobs.progress import JobBar  # late: it needs an extra

                bar = stack.enter_context(closing(JobBar(self, wait.poll)))
                wait.observers.append(bar.update)
            job = await waited(self, wait)
        if job.wait_error is None and (job.succeeded or not raise_on_failure):
            return job
        try:
            raise job.wait_error or job_failed_error(job)
        finally:
            del job  # the error's traceback holds this frame, which would hold the error

    def to_json(self) -> str:
        """Write the handle as text, for `client.jobs.from_json` in any process."""
        return json.dumps({"kind": self.kind.name, "id": self.id, "raw": dict(self.raw)})

    def to_dict(self) -> dict[str, Any]:
        """Give the snapshot's JSON: what web frameworks send for a job."""
        return {"id": self.id, **self.raw}

    def keys(self) -> KeysView[str]:
        """List the fields of the snapshot, so that `dict(job)` is its JSON."""
        return self.to_dict().keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self.to_dict())

    def __getitem__(self, name: str) -> Any:
        return self.to_dict()[name]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        """Let a job be a field of pydantic models: it is checked by class, and sent as JSON."""
        from pydantic_core import core_schema

        json_object = core_schema.dict_schema(keys_schema=core_schema.str_schema())
        return core_schema.is_instance_schema(
            cls,
            serialization=core_schema.plain_serializer_function_ser_schema(
                Job.to_dict, return_schema=json_object
            ),
        )

    def __repr__(self) -> str:
        progress = "" if self.progress is None else f" {self.progress:.0f} %"
        return f"<{type(self).__name__} {self.id} {self.status}{progress}>"

    def __reduce__(self) -> tuple[object, ...]:
        # A client has sockets and a key; neither travels. `client.jobs.attach` gives a new one.
        return functools.partial(type(self), wait_error=self.wait_error), (self.id, self.raw)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return evolve(self, raw=copy.deepcopy(self.raw, memo))


class VideoJob(Job[Mode]):
    """A video being made."""

    kind: ClassVar[Kind] = Kind(
        "video", "videos", "/videos", 20.0, is_listed=True, id_fields=("id", "requestId")
    )

    @method
    async def download(
        self,
        path: str | os.PathLike[str],
        *,
        index: int | None = None,
        variant: str | None = None,
        overwrite: bool = False,
        progress: bool = False,
    ) -> Path:
        """Write the video to `path` and give that path.

        `index` picks one of several outputs, `variant` is "video", "thumbnail" or "spritesheet"
        (OpenAI only). The file appears whole or not at all.

        Raises `ConflictError` while the job is not finished, `JobFailedError` where it ended badly
        or without an output (usually a safety filter), `ConnectionFailedError` when the download
        breaks off more often than the retry policy allows, and `OSError` for the disk.
        """
        if self.is_terminal and not self.succeeded:
            raise job_failed_error(self)
        query = list(query_items({"index": index, "variant": variant}))
        content = f"{self.kind.path}/{path_segment('id', self.id)}/content"
        request = Request("GET", content, query, operation="videos.download")
        try:
            return await to_file(self.engine, request, path, overwrite=overwrite, progress=progress)
        except (UpstreamError, ConflictError) as error:
            job = self
            if not job.is_terminal and not error.retryable:  # it may have ended since
                with suppress(AIStatsError):
                    job = await look(self)
            # Many finished jobs list no outputs and have one all the same.
            has_one = job.raw.get("outputs") or "missing" not in f"{error.reason} {error.code}"
            if job.is_terminal and not (job.succeeded and has_one):
                raise job_failed_error(job, error) from error
            raise

    @method
    async def download_url(
        self,
        *,
        ttl_seconds: int | None = None,
        disposition: str | None = None,
        index: int | None = None,
    ) -> VideoDownloadUrl:
        """Make a signed URL that needs no key.

        `ttl_seconds` is 60 to 3600, 900 by default; the gateway clamps it silently. Raises
        `BadRequestError` unless the stored state is completed.
        """
        wishes = {"ttl_seconds": ttl_seconds, "disposition": disposition, "index": index}
        given = {name: value for name, value in wishes.items() if value is not None}
        made: VideoDownloadUrl = await operate(
            self.engine, _SIGN, (self.id,), given, label="videos.download_url"
        )
        return made

    @method
    async def delete(self) -> VideoDeleteResponse:
        """Delete the video; the gateway allows it for completed and failed jobs."""
        gone: VideoDeleteResponse = await operate(
            self.engine, _DELETE, (self.id,), label="videos.delete"
        )
        return gone


class MusicJob(Job[Mode]):
    """A piece of music being made."""

    kind: ClassVar[Kind] = Kind("music", "music", "/music/generate", 20.0)

    @method
    async def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the audio to `path`: what the snapshot holds, or what its URL gives.

        The key is never sent to another origin. Raises `JobError` while there is no audio yet,
        `JobFailedError` where there will be none, and what `VideoJob.download` raises.
        """
        found = _audio_of(self.raw)
        if found is None:
            raise no_output_error(self)
        if isinstance(found, str):
            return await to_file(self.engine, found, path, overwrite=overwrite)
        return await self.engine.world.work(
            functools.partial(write_bytes, found, path, overwrite=overwrite)
        )

    download = save


class BatchJob(Job[Mode]):
    """A batch of requests being worked off."""

    kind: ClassVar[Kind] = Kind("batch", "batches", "/batches", 30.0, is_listed=True)

    @method
    async def download(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the batch's output file (one JSON object a line) to `path`.

        A cancelled batch may have one, of what was done. Raises `JobError` while there is no
        output file yet, `JobFailedError` where there will be none, and what `VideoJob.download`
        raises.
        """
        file_id = self.raw.get("output_file_id")
        if not isinstance(file_id, str) or not file_id:
            raise no_output_error(self)
        path_of_file = f"/files/{path_segment('output_file_id', file_id)}/content"
        request = Request("GET", path_of_file, operation="files.content")
        return await to_file(self.engine, request, path, overwrite=overwrite, documents=True)

    @own_method
    async def cancel(self) -> Self:
        """Ask the gateway to stop the batch; it becomes cancelling, later cancelled."""
        path = f"{self.kind.path}/{path_segment('id', self.id)}/cancel"
        request = Request("POST", path, operation="batches.cancel")
        return await ask(self, request)


KINDS: dict[str, type[Job[Any]]] = {kind.kind.name: kind for kind in (VideoJob, MusicJob, BatchJob)}


def _audio_of(raw: Mapping[str, object]) -> bytes | str | None:
    """Find a music job's audio: bytes from base64, else its URL."""
    output = raw.get("output")
    places = [raw, raw.get("result"), *(output if isinstance(output, list) else [output])]
    for text in [pick(place, "audio_base64") for place in places]:
        with suppress(ValueError):
            if isinstance(text, str) and text:
                return base64.b64decode(text, validate=True)
    urls = (pick(place, "audio_url") for place in places)
    return next((url for url in urls if isinstance(url, str) and url), None)


def job_failed_error(job: Job[Any], error: APIError | None = None) -> JobFailedError:
    """Build the error of a job that ended badly, or well and without an output."""
    code, message = failure_of(job.raw)
    reason, status = message or code, job.outcome or job.status
    why = f": {reason}" if reason else ""
    if job.succeeded:
        code, reason = (error.code, error.reason) if error else (None, None)
        reason = reason or "no output"
        why = " but has no output to fetch, usually because a safety filter removed it"
    request_id = (error and error.request_id) or job.request_id
    return JobFailedError(
        f"{job.kind.name} job {job.id} {status}{why}"
        + (f" (request id {request_id})" if request_id else ""),
        job=job,
        status=status,
        code=code,
        reason=reason,
        provider=text_of(job.raw, "provider"),
        request_id=request_id,
    )


def no_output_error(job: Job[Any]) -> JobError:
    """Build the error of a job that has nothing to fetch: not yet, or never."""
    if job.is_terminal:
        return job_failed_error(job)
    return JobError(f"{job!r} has no output yet: wait for it first", job=job)
