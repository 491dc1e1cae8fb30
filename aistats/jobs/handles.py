"""Job handles and the waiter: start reading here.

A handle is an immutable snapshot of a job plus the means to look again. `wait` is one flow for
every kind of job; what differs between kinds is data (`Kind`). What they share is in `_job`.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, frozen

from aistats._content import audio_of
from aistats._decode import decode_object, undecodable
from aistats._download import write_bytes
from aistats._fetch import Absolute, to_file
from aistats._flow import Flow, Work
from aistats._job import Job, Kind
from aistats._mode import FlowMethod, HandleMethod, Mode
from aistats._parameters import Request, path_segment, query_items
from aistats._waiting import without_output, without_result
from aistats.errors import UpstreamError
from aistats_generated.operations import OPERATIONS

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from aistats._engine import Engine
    from aistats._flow import Answer
    from aistats_generated.models import VideoDeleteResponse, VideoDownloadUrl

__all__ = ["KINDS", "BatchJob", "Job", "Kind", "MusicJob", "VideoJob", "created"]

J = TypeVar("J", bound="Job[Any]")

VIDEO = Kind("video", "/videos", 20.0, list_path="/videos", id_fields=("id", "requestId"))
MUSIC = Kind("music", "/music/generate", 20.0)
BATCH = Kind("batch", "/batches", 30.0, list_path="/batches")


@frozen(repr=False, eq=False)
class VideoJob(Job[Mode]):
    """A video being made."""

    kind = VIDEO

    @FlowMethod
    def download(
        self,
        path: str | os.PathLike[str],
        *,
        index: int | None = None,
        variant: str | None = None,
        overwrite: bool = False,
        progress: bool = False,
    ) -> Flow[Path]:
        """Write the video to `path` and give that path.

        `index` picks one of several outputs, `variant` is "video", "thumbnail" or "spritesheet"
        (OpenAI only, wire-facts §3.6). The file appears whole or not at all.

        Raises `ConflictError` while the job is not finished, `JobFailedError` where a finished
        job has no output (usually a safety filter), `ConnectionFailedError` when the download
        breaks off more often than the retry policy allows, and `OSError` for the disk.
        """
        query = list(query_items({"index": index, "variant": variant}))
        request = Request("GET", f"{self.kind.path}/{path_segment('id', self.id)}/content", query)
        wishes = {"overwrite": overwrite, "progress": progress}
        try:
            return (yield from to_file(self.engine, request, path, **wishes))
        except UpstreamError as error:
            # Many finished jobs list no outputs and have one all the same (wire-facts §3.4).
            if self.succeeded and not self.raw.get("outputs") and _lacks_output(error):
                raise without_output(self, error) from error
            raise

    @FlowMethod
    def download_url(
        self,
        *,
        ttl_seconds: int | None = None,
        disposition: str | None = None,
        index: int | None = None,
    ) -> Flow[VideoDownloadUrl]:
        """Make a signed URL that needs no key.

        `ttl_seconds` is 60 to 3600, 900 by default; the gateway clamps it silently (wire-facts
        §3.7). Raises `BadRequestError` unless the stored state is completed.
        """
        wishes = {"ttl_seconds": ttl_seconds, "disposition": disposition, "index": index}
        given = {name: value for name, value in wishes.items() if value is not None}
        spec = OPERATIONS["create_video_download_url"]
        made: VideoDownloadUrl = yield from self.engine.operate(spec, (self.id,), given)
        return made

    @FlowMethod
    def delete(self) -> Flow[VideoDeleteResponse]:
        """Delete the video; the gateway allows it for completed and failed jobs (§3.8)."""
        spec = OPERATIONS["delete_video"]
        gone: VideoDeleteResponse = yield from self.engine.operate(spec, (self.id,))
        return gone


@frozen(repr=False, eq=False)
class MusicJob(Job[Mode]):
    """A piece of music being made."""

    kind = MUSIC

    @FlowMethod
    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Flow[Path]:
        """Write the audio to `path`: what the snapshot holds, or what its URL gives.

        The key is never sent to another origin. Raises `JobError` while there is no audio yet,
        `JobFailedError` where there will be none, and what `VideoJob.download` raises.
        """
        found = audio_of(self.raw)
        if found is None:
            raise without_result(self)
        if isinstance(found, bytes):
            writing = functools.partial(write_bytes, found, path, overwrite=overwrite)
            written: Path = yield Work(writing)
            return written
        return (yield from to_file(self.engine, Absolute(found), path, overwrite=overwrite))

    download = save


@frozen(repr=False, eq=False)
class BatchJob(Job[Mode]):
    """A batch of requests being worked off."""

    kind = BATCH

    @FlowMethod
    def download(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Flow[Path]:
        """Write the batch's output file (one JSON object a line) to `path`.

        Raises `JobError` while there is no output file yet, `JobFailedError` where there will be
        none, and what `VideoJob.download` raises.
        """
        file_id = self.raw.get("output_file_id")
        if not isinstance(file_id, str) or not file_id:
            raise without_result(self)
        request = Request("GET", f"/files/{path_segment('output_file_id', file_id)}/content")
        return (yield from to_file(self.engine, request, path, overwrite=overwrite, documents=True))

    @HandleMethod
    def cancel(self) -> Flow[Any]:
        """Ask the gateway to stop the batch; it becomes cancelling, later cancelled (§5.4)."""
        path = f"{self.kind.path}/{path_segment('id', self.id)}/cancel"
        raw = yield from self.engine.fetch(Request("POST", path))
        return evolve(self, raw=raw, wait_error=None)


KINDS: dict[str, type[Job[Any]]] = {kind.kind.name: kind for kind in (VideoJob, MusicJob, BatchJob)}


def created(handle: type[J], engine: Engine[Any], answer: Answer) -> J:
    """Make the handle of a job that was just created; its id must be there."""
    raw = decode_object(answer)
    for name in handle.kind.id_fields:
        job_id = raw.get(name)
        if isinstance(job_id, str) and job_id:
            return handle(id=job_id, raw=raw, engine=engine)
    raise undecodable(answer, "without the id of the job")


def _lacks_output(error: UpstreamError) -> bool:
    """Say whether the provider has no file, rather than trouble with giving it (§3.5)."""
    return "missing" in (error.reason or "") or "missing" in (error.code or "")
