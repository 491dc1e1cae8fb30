"""The namespaces of jobs: creating them, finding them again, fetching what they made.

The facts: docs/gateway.md, "Jobs" and "What may be repeated".
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Unpack

from aistats._core.answer import undecodable_error
from aistats._core.call import perform
from aistats._core.colour import Mode, method
from aistats._core.decode import decode_object, raw_response
from aistats._core.error_bodies import causes_of, upstream_statuses
from aistats._core.request import path_segment
from aistats.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailedError,
    ResponseDecodeError,
    ServerError,
    UpstreamError,
    one_line,
)
from aistats.jobs.handles import BatchJob, MusicJob, VideoJob
from aistats.jobs.waiting import newest
from aistats.resources.operation import ListOperation, Operation, Resource, request_for
from aistats.resources.pages import PageStyle
from aistats_generated import models
from aistats_generated import operations as ops

if TYPE_CHECKING:
    import builtins
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from aistats._core.answer import Answer
    from aistats._core.colour import AnyEngine
    from aistats.jobs.snapshot import Kind
    from aistats_generated.models import VideoDownloadUrl
    from aistats_generated.params import CreateBatchParams, CreateVideoParams, GenerateMusicParams


_CLOCK_SKEW = timedelta(seconds=60)  # between this machine and the gateway
# A job that does not tell its age is rather shown once too often than lost.
_UNREADABLE = datetime.max.replace(tzinfo=UTC)
_FINDING = {
    "video": "client.videos.find_recent(since=error.window[0]) lists what the gateway has",
    "music": "music has no list: only the bill of the account tells",
    "batch": "client.batches.list() shows what the gateway has, with the `metadata` you gave it",
}
_UNLISTED = (
    "it will not show a job that only the provider recorded: ask support, with the request id"
)
# How the start of a provider's success and of a refusal look in a preview, which may be cut.
_ACCEPTED = re.compile(r'"(?:id|task_id|video_id|job_id|name|operation)"\s*:\s*"[^"]')
_REFUSED = re.compile(r'"error"\s*:\s*(?:[{\[]|"[^"])')
# The last two: the connection to the provider was lost, its answer was not understood.
_UNKNOWN_OUTCOMES = frozenset(
    {"async_job_persistence_failed", "upstream_outcome_unknown", "retryable_error", "error"}
)


class Videos(Resource[Mode], name="videos"):
    """Video jobs."""

    retrieve: Final = Operation(ops.get_video)
    models: Final = Operation(ops.list_video_models)
    delete: Final = Operation(ops.delete_video)
    cancel: Final = Operation(ops.cancel_video)

    @method
    async def create(self, **params: Unpack[CreateVideoParams]) -> VideoJob[Mode]:
        """Create a video job and give its handle; keep its `id`.

        The call is never repeated once it may have started a job. An error whose `may_have_run`
        is True carries the `window` in which the job may have been created: see `find_recent`.
        """
        return VideoJob(**await _created(VideoJob.kind, "create_video", self.engine, params))

    def job(self, id: str) -> VideoJob[Mode]:  # noqa: A002 - the contract's name
        """Give a handle of a job by its id, without a request; `wait` on it resumes."""
        return VideoJob(_checked(id), {"id": id}, self.engine)

    @method
    async def download(
        self,
        id: str,  # noqa: A002 - the contract's name
        path: str | os.PathLike[str],
        *,
        index: int | None = None,
        variant: str | None = None,
        overwrite: bool = False,
        progress: bool = False,
    ) -> Path:
        """Write the video of a finished job to `path`; as `VideoJob.download`."""
        wishes: dict[str, Any] = {"index": index, "variant": variant, "progress": progress}
        return await VideoJob.download.flow(self.job(id), path, overwrite=overwrite, **wishes)

    @method
    async def download_url(
        self,
        id: str,  # noqa: A002 - the contract's name
        *,
        ttl_seconds: int | None = None,
        disposition: str | None = None,
        index: int | None = None,
    ) -> VideoDownloadUrl:
        """Make a signed URL of a finished job's video; as `VideoJob.download_url`."""
        wishes: dict[str, Any] = {"ttl_seconds": ttl_seconds, "disposition": disposition}
        return await VideoJob.download_url.flow(self.job(id), index=index, **wishes)

    list: Final = ListOperation(
        ops.list_videos,
        PageStyle("data", "cursor", limit=100),
        lambda: models.VideoGenerationResponse,
    )

    @method
    async def find_recent(
        self, *, since: datetime, model: str | None = None
    ) -> builtins.list[VideoJob[Mode]]:
        """Find the jobs created since `since` (aware), newest first, to settle a lost answer.

        The gateway lists the 100 newest jobs only and may name the provider's model, not the one
        that was asked for: `model` keeps the jobs whose model has all its words, or whose words
        it has, such as google/veo-3.1-lite for veo-3.1-lite-generate-preview. One minute of clock
        difference is allowed for.
        """
        if not isinstance(since, datetime) or since.tzinfo is None:
            raise ConfigurationError("since must be an aware datetime, such as datetime.now(UTC)")
        jobs: builtins.list[VideoJob[Mode]] = [
            VideoJob(id=item["id"], raw=item, engine=self.engine)
            for item in await newest(self.engine, VideoJob.kind)
            if isinstance(item.get("id"), str)
            and item["id"]
            and (model is None or _same_family(model, item.get("model")))
        ]
        found = [(job.created_at or _UNREADABLE, job) for job in jobs]
        found.sort(key=lambda pair: pair[0], reverse=True)
        return [job for moment, job in found if moment >= since - _CLOCK_SKEW]


class Music(Resource[Mode], name="music"):
    """Music jobs; often switched off, which is a `NotImplementedByGatewayError`."""

    retrieve: Final = Operation(ops.get_music_generation)

    @method
    async def create(self, **params: Unpack[GenerateMusicParams]) -> MusicJob[Mode]:
        """Create a music job and give its handle; repeated as carefully as a video's."""
        return MusicJob(**await _created(MusicJob.kind, "generate_music", self.engine, params))

    def job(self, id: str) -> MusicJob[Mode]:  # noqa: A002 - the contract's name
        """Give a handle of a job by its id, without a request."""
        return MusicJob(_checked(id), {"id": id}, self.engine)


class Batches(Resource[Mode], name="batches"):
    """Batches: many requests in one job."""

    retrieve: Final = Operation(ops.retrieve_batch)
    cancel: Final = Operation(ops.cancel_batch)
    models: Final = Operation(ops.list_batch_models)
    capabilities: Final = Operation(ops.list_batch_capabilities)
    # Without a limit the gateway shows one batch.
    list: Final = ListOperation(
        ops.list_batches, PageStyle("data", "none", limit=100), lambda: models.BatchResponse
    )
    requests: Final = ListOperation(
        ops.list_batch_requests,
        PageStyle("data", "offset", limit=100, largest=1000),
        lambda: models.BatchRequestRow,
    )

    @method
    async def create(self, **params: Unpack[CreateBatchParams]) -> BatchJob[Mode]:
        """Create a batch and give its handle; repeated as carefully as a video's.

        A `metadata` of your own finds it again in `list` when the answer is lost.
        """
        return BatchJob(**await _created(BatchJob.kind, "create_batch", self.engine, params))

    def job(self, id: str) -> BatchJob[Mode]:  # noqa: A002 - the contract's name
        """Give a handle of a batch by its id, without a request."""
        return BatchJob(_checked(id), {"id": id}, self.engine)


def _checked(job_id: str) -> str:
    """Refuse what is no id before a handle of it is used."""
    path_segment("id", job_id)
    return job_id


async def _created(
    kind: Kind, operation: str, engine: AnyEngine, params: Mapping[str, object]
) -> dict[str, Any]:
    """Make the call that creates a job and give what its handle is made of.

    Every error after which the job may exist all the same says so and when it was created.
    """
    label = f"{kind.namespace}.create"
    request = request_for(ops.OPERATIONS[operation], (), params, label)

    def parts_of(answer: Answer) -> dict[str, Any]:
        raw = decode_object(answer)
        for job_id in map(raw.get, kind.id_fields):
            if isinstance(job_id, str) and job_id:
                origin = raw_response(answer, label, raw)
                return {"id": job_id, "raw": raw, "engine": engine, "origin": origin}
        raise undecodable_error(answer, "without the id of the job")

    since = datetime.now(UTC)
    try:
        return await perform(engine, request, parts_of)
    except (ConnectionFailedError, ResponseDecodeError, ServerError) as error:
        _say_what_may_exist(error, kind.name, since)
        raise


def _say_what_may_exist(
    error: ConnectionFailedError | ResponseDecodeError | ServerError, kind: str, since: datetime
) -> None:
    """Tell between which moments a job may have been created whose answer is of no use."""
    if isinstance(error, ConnectionFailedError):
        may_exist = error.may_have_run
    elif isinstance(error, ResponseDecodeError):
        may_exist = error.status_code < 300
    else:
        may_exist = error.status_code != 502 or _may_have_been_taken(error)
    if not may_exist:
        return
    told, where = str(error), _FINDING[kind]
    if error.window is None:  # else it says this already
        error.may_have_run, error.window = True, (since, until := datetime.now(UTC))
        told = one_line(error.message if isinstance(error, APIError) else told, 170)
        between = f"between {since:%H:%M:%S} and {until:%H:%M:%S} UTC"
        told += f"; the {kind} job may exist and be billed: look for one created {between} before "
        told += "you create another"
    if isinstance(error, UpstreamError):
        where = f"{where}; {_UNLISTED}"
    error.args = (f"{told} ({where})",)
    if isinstance(error, APIError):
        error.message, error.retryable = error.args[0], False


def _may_have_been_taken(error: ServerError) -> bool:
    """Say whether the provider may have taken the job of a create that was answered with 502."""
    body = error.body if isinstance(error.body, dict) else {}
    if error.code == "provider_payment_required":
        return False
    statuses, causes = upstream_statuses(body), causes_of(body)
    names = ("type", "code", "upstream_error_code")
    words = {error.code, *(str(cause.get(name)) for cause in causes for name in names)}
    previews = [cause.get("upstream_payload_preview") for cause in causes]
    texts = [text if isinstance(text, str) else json.dumps(text) for text in previews]
    return (
        not statuses
        or any(status >= 500 or status < 400 for status in statuses)
        or not words.isdisjoint(_UNKNOWN_OUTCOMES)
        or any(_ACCEPTED.search(text) and not _REFUSED.search(text) for text in texts)
    )


def _same_family(asked: str, made_by: object) -> bool:
    if not isinstance(made_by, str):
        return True  # nothing speaks against it
    asked_words = set(re.findall(r"[a-z0-9.]+", asked.rpartition("/")[2].lower()))
    words = set(re.findall(r"[a-z0-9.]+", made_by.lower()))
    return asked_words <= words or words <= asked_words
