"""The namespaces of jobs: creating them, finding them again, fetching what they made."""

from __future__ import annotations

import builtins
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Unpack

from aistats._engine import Operation, Resource
from aistats._lists import ListOperation
from aistats._mode import FlowMethod, Mode
from aistats._pages import PageStyle
from aistats._parameters import Request, build, path_segment
from aistats.errors import ConfigurationError, ResponseDecodeError, ServerError
from aistats.jobs import BatchJob, Job, MusicJob, VideoJob, created
from aistats_generated import models
from aistats_generated import operations as ops

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from aistats._engine import Engine
    from aistats._flow import Flow
    from aistats_generated.models import VideoDownloadUrl
    from aistats_generated.params import CreateBatchParams, CreateVideoParams, GenerateMusicParams

# What a 502 says when the provider may have taken the job (wire-facts §3.3, §5.2, §9).
_UNKNOWN_OUTCOMES = frozenset(
    {"async_job_persistence_failed", "upstream_outcome_unknown", "retryable_error"}
)
_CLOCK_SKEW = timedelta(seconds=60)  # between this machine and the gateway
# A job that does not tell its age is rather shown once too often than lost.
_UNREADABLE = datetime.max.replace(tzinfo=UTC)


class Videos(Resource[Mode]):
    """Video jobs."""

    retrieve: Final = Operation(ops.get_video)
    models: Final = Operation(ops.list_video_models)
    delete: Final = Operation(ops.delete_video)
    cancel: Final = Operation(ops.cancel_video)

    @FlowMethod
    def create(self, **params: Unpack[CreateVideoParams]) -> Flow[VideoJob[Mode]]:
        """Create a video job and give its handle; keep its `id`.

        The call is never repeated once it may have started a job (wire-facts §9). A
        `ConnectionFailedError` whose `may_have_run` is True carries the `window` in which the
        job may have been created: see `find_recent`.
        """
        job: VideoJob[Mode] = yield from create(self.engine, VideoJob, "create_video", dict(params))
        return job

    def job(self, id: str) -> VideoJob[Mode]:  # noqa: A002 - the contract's name
        """Give a handle of a job by its id, without a request; `wait` on it resumes."""
        job: VideoJob[Mode] = handle(self.engine, VideoJob, id)
        return job

    @FlowMethod
    def download(
        self,
        id: str,  # noqa: A002 - the contract's name
        path: str | os.PathLike[str],
        *,
        index: int | None = None,
        variant: str | None = None,
        overwrite: bool = False,
        progress: bool = False,
    ) -> Flow[Path]:
        """Write the video of a finished job to `path`; as `VideoJob.download`."""
        return (
            yield from VideoJob.download.flow(
                self.job(id),
                path,
                index=index,
                variant=variant,
                overwrite=overwrite,
                progress=progress,
            )
        )

    @FlowMethod
    def download_url(
        self,
        id: str,  # noqa: A002 - the contract's name
        *,
        ttl_seconds: int | None = None,
        disposition: str | None = None,
        index: int | None = None,
    ) -> Flow[VideoDownloadUrl]:
        """Make a signed URL of a finished job's video; as `VideoJob.download_url`."""
        return (
            yield from VideoJob.download_url.flow(
                self.job(id), ttl_seconds=ttl_seconds, disposition=disposition, index=index
            )
        )

    list: Final = ListOperation(
        ops.list_videos,
        PageStyle("data", "cursor", limit=100),
        lambda: models.VideoGenerationResponse,
    )

    @FlowMethod
    def find_recent(
        self, *, since: datetime, model: str | None = None
    ) -> Flow[builtins.list[VideoJob[Mode]]]:
        """Find the jobs created since `since` (aware), newest first, to settle a lost answer.

        The gateway lists the 100 newest jobs only and names the provider's model, not the one
        that was asked for (wire-facts §3.3, §3.10): `model` keeps the jobs whose model has all
        its words, or whose words it has, such as google/veo-3.1-lite for
        veo-3.1-lite-generate-preview. One minute of clock difference is allowed for.
        """
        if not isinstance(since, datetime) or since.tzinfo is None:
            raise ConfigurationError(
                "since must be an aware datetime, for instance datetime.now(UTC)"
            )
        page = yield from self.engine.fetch(Request("GET", "/videos", [("limit", "100")]))
        items = page.get("data")
        jobs: builtins.list[VideoJob[Mode]] = [
            VideoJob(id=item["id"], raw=item, engine=self.engine)
            for item in (items if isinstance(items, builtins.list) else [])
            if isinstance(item, dict) and isinstance(item.get("id"), str) and item["id"]
        ]
        earliest = since - _CLOCK_SKEW
        found = [(job.created_at or _UNREADABLE, job) for job in jobs]
        return [
            job
            for moment, job in sorted(found, key=lambda pair: pair[0], reverse=True)
            if moment >= earliest and (model is None or _same_family(model, job.raw.get("model")))
        ]


class Music(Resource[Mode]):
    """Music jobs; often switched off, which is a `NotImplementedByGatewayError` (§4)."""

    retrieve: Final = Operation(ops.get_music_generation)

    @FlowMethod
    def create(self, **params: Unpack[GenerateMusicParams]) -> Flow[MusicJob[Mode]]:
        """Create a music job and give its handle; repeated as carefully as a video's."""
        job: MusicJob[Mode] = yield from create(
            self.engine, MusicJob, "generate_music", dict(params)
        )
        return job

    def job(self, id: str) -> MusicJob[Mode]:  # noqa: A002 - the contract's name
        """Give a handle of a job by its id, without a request."""
        job: MusicJob[Mode] = handle(self.engine, MusicJob, id)
        return job


class Batches(Resource[Mode]):
    """Batches: many requests in one job."""

    retrieve: Final = Operation(ops.retrieve_batch)
    cancel: Final = Operation(ops.cancel_batch)
    models: Final = Operation(ops.list_batch_models)
    capabilities: Final = Operation(ops.list_batch_capabilities)
    # Without a limit the gateway shows one batch (wire-facts §5.4).
    list: Final = ListOperation(
        ops.list_batches, PageStyle("data", "none", limit=100), lambda: models.BatchResponse
    )
    requests: Final = ListOperation(
        ops.list_batch_requests,
        PageStyle("data", "offset", limit=100, largest=1000),
        lambda: models.BatchRequestRow,
    )

    @FlowMethod
    def create(self, **params: Unpack[CreateBatchParams]) -> Flow[BatchJob[Mode]]:
        """Create a batch and give its handle; repeated as carefully as a video's."""
        job: BatchJob[Mode] = yield from create(self.engine, BatchJob, "create_batch", dict(params))
        return job

    def job(self, id: str) -> BatchJob[Mode]:  # noqa: A002 - the contract's name
        """Give a handle of a batch by its id, without a request."""
        job: BatchJob[Mode] = handle(self.engine, BatchJob, id)
        return job


def create(
    engine: Engine[Any], kind: type[Job[Any]], operation: str, params: dict[str, Any]
) -> Flow[Any]:
    """Make the call that creates a job and give its handle.

    Every error after which the job may exist all the same says so and when it was created.
    """
    spec = ops.OPERATIONS[operation]
    started = datetime.now(UTC)
    try:
        answer = yield from engine.send(build(spec, (), params), credential=spec.credential)
        return created(kind, engine, answer)
    except (ResponseDecodeError, ServerError) as error:
        if _may_exist(error):
            error.add_note(
                f"the {kind.kind.name} job may exist and be billed: look for one created between "
                f"{started:%H:%M:%S} and {datetime.now(UTC):%H:%M:%S} UTC before you create another"
            )
        raise


def _may_exist(error: ResponseDecodeError | ServerError) -> bool:
    """Say whether a job may have been created although the answer is of no use (§3.3, §9)."""
    if isinstance(error, ResponseDecodeError):
        return error.status_code < 300
    body = error.body if isinstance(error.body, dict) else {}
    if error.status_code != 502 or not error.code:
        return True  # something in front of the gateway, or the gateway in the middle of it
    samples = body.get("failure_sample")
    inner = [body.get("upstream_error"), *(samples if isinstance(samples, list) else [])]
    words = {error.code, error.reason}
    for sample in inner:
        if isinstance(sample, dict):
            words |= {sample.get(name) for name in ("code", "type", "upstream_error_code")}
    return not words.isdisjoint(_UNKNOWN_OUTCOMES)


def handle(engine: Engine[Any], kind: type[Job[Any]], job_id: str) -> Any:
    """Give a handle of a job that was created earlier, maybe in another process."""
    path_segment("id", job_id)
    return kind(id=job_id, raw={"id": job_id}, engine=engine)


def _same_family(asked: str, made_by: Any) -> bool:
    if not isinstance(made_by, str):
        return True  # nothing speaks against it
    asked_words = set(re.findall(r"[a-z0-9.]+", asked.rpartition("/")[2].lower()))
    words = set(re.findall(r"[a-z0-9.]+", made_by.lower()))
    return asked_words <= words or words <= asked_words
