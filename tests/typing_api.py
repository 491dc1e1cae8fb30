"""What type checkers make of the client: checked by mypy --strict and pyright, never run.

Each `type: ignore` below is a test: both checkers report one that they do not need, so a call that
stopped being refused fails the check. It always stands for the fault named above it.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_type

import httpx

from aistats import (
    AIStats,
    Async,
    AsyncAIStats,
    BatchJob,
    BinaryContent,
    Job,
    MusicJob,
    Retry,
    Sync,
    Usage,
    VideoJob,
    usage_of,
)
from aistats.results import ChatCompletion, Message, ResponseResult
from aistats.types import ChatChunk, MessageEvent, ResponseEvent
from aistats_generated.api.videos import get_video
from aistats_generated.models import (
    ApiKeyWithValueResponse,
    AudioTranscriptionResponse,
    AudioTranslationResponse,
    EmbeddingsResponse,
    FileResponse,
    ImagesEditResponse,
    ImagesGenerationResponse,
    ModerationsResponse,
    OcrResponse,
    RerankResponse,
    VideoDownloadUrl,
    VideoGenerationResponse,
    VideoModelsResponse,
)

if TYPE_CHECKING:
    from aistats_generated.params import ChatMessageParam, CreateVideoParams


def first_steps(client: AIStats) -> None:
    """The documentation's first calls, with the JSON as written there."""
    response = client.responses.create(
        model="openai/gpt-5-nano",
        input="Answer with two words: it works",
        temperature=Decimal("0.5"),
    )
    assert_type(response, ResponseResult)
    assert_type(response.output_text, str)

    chat = client.chat.completions.create(
        model="gpt-5-nano-2025-08-07",
        messages=[
            {"role": "system", "content": "You are a helpful guide."},
            {"role": "user", "content": "What is good about trains?"},
        ],
    )
    assert_type(chat, ChatCompletion)

    job = client.videos.create(
        model="google/veo-3.1-lite",
        prompt="Morning light over a lake in the mountains",
        duration=8,
        aspect_ratio="16:9",
    )
    assert_type(job, VideoJob)
    assert_type(client.videos.retrieve(job.id), VideoGenerationResponse)
    assert_type(client.videos.retrieve(video_id=job.id), VideoGenerationResponse)
    assert_type(job.wait(timeout=60), VideoJob)
    client.videos.download_url(job.id, ttl_seconds=300)
    if (usage := usage_of(chat)) is not None:
        assert_type(usage.cost, Decimal | None)


async def first_steps_async(client: AsyncAIStats) -> None:
    """The same calls on the other client have the same types, awaited."""
    response = await client.responses.create(model="openai/gpt-5-nano", input="Hello")
    assert_type(response, ResponseResult)
    chat = await client.chat.completions.create(
        model="openai/gpt-5-nano", messages=[{"role": "user", "content": "Hello"}]
    )
    assert_type(chat, ChatCompletion)
    job = await client.videos.create(model="google/veo-3.1-lite", prompt="A lake", duration=8)
    assert_type(await client.videos.retrieve(job.id), VideoGenerationResponse)
    assert_type((await job.wait()).status, str)
    assert_type(await client.embeddings.create(model="m", input="text"), EmbeddingsResponse)
    await client.videos.create(model="m", prompt="p", retry=Retry(attempts=1), timeout=5)


def every_kind_of_parameter(client: AIStats) -> None:
    """Nested objects, unions, literals, nulls, files and the options of every call."""
    message = client.messages.create(
        model="anthropic/claude-haiku-4.5",
        max_tokens=64,
        messages=[{"role": "user", "content": [{"type": "text", "text": "Hello"}]}],
        provider={"only": ["anthropic"], "zdr": None},
    )
    assert_type(message, Message)
    client.chat.completions.create(
        model="openai/gpt-5-nano",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
                ],
            }
        ],
        tools=[
            {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}},
            {"type": "phaseo:web_search", "max_results": 3},
        ],
        reasoning={"effort": "low"},
        extra_body={"not_described_yet": True},
        extra_headers={"x-title": "demo"},
        extra_query={"trace": "1"},
        timeout=httpx.Timeout(5.0),
        retry=None,
    )
    assert_type(client.embeddings.create(model="m", input=["a", "b"]), EmbeddingsResponse)
    assert_type(client.moderations.create(input="text"), ModerationsResponse)
    assert_type(client.rerank.create(model="m", query="q", documents=["a"]), RerankResponse)
    assert_type(client.ocr.create(model="m", image="https://example.com/a.png"), OcrResponse)
    assert_type(client.images.generate(model="m", prompt="p"), ImagesGenerationResponse)
    assert_type(client.keys.create(name="ci", limit=None), ApiKeyWithValueResponse)
    assert_type(client.videos.models(params=["seed"]), VideoModelsResponse)


def every_kind_of_file(client: AIStats) -> None:
    """A path, a name, bytes, an open file, a named one, and several."""
    text = client.audio.transcriptions.create(model="m", file=Path("a.wav"), language="en")
    assert_type(text, AudioTranscriptionResponse)
    assert_type(client.audio.translations.create(model="m", file="a.wav"), AudioTranslationResponse)
    client.audio.translations.create(model="m", file=b"RIFF")
    client.audio.translations.create(model="m", file=io.BytesIO(b"RIFF"))
    client.audio.translations.create(model="m", file=("a.wav", b"RIFF", "audio/wav"))
    edited = client.images.edit(
        model="m", prompt="p", image=[Path("a.png"), ("b.png", b"")], mask=b""
    )
    assert_type(edited, ImagesEditResponse)


def lists_jobs_and_binaries(client: AIStats) -> None:
    """What is no plain model has a class of ours, and its items have theirs."""
    for video in client.videos.list(status=["completed"]):
        assert_type(video, VideoGenerationResponse)
    for file in client.files.list().first_page():
        assert_type(file, FileResponse)
    assert_type(client.music.create(model="m", prompt="p"), MusicJob)
    assert_type(client.batches.create(input_file_id="file-1"), BatchJob)
    speech = client.audio.speech.create(model="m", input="Hello")
    assert_type(speech, BinaryContent)
    assert_type(speech.read(), bytes)
    assert_type(client.files.content("file-1").save("batch.jsonl"), Path)


async def lists_jobs_and_binaries_async(client: AsyncAIStats) -> None:
    """The same on the other client."""
    async for video in client.videos.list(limit=10):
        assert_type(video, VideoGenerationResponse)
    speech = await client.audio.speech.create(model="m", input="Hello")
    assert_type(await speech.read(), bytes)
    music = await client.music.create(model="m", prompt="p")
    assert_type((await music.wait(timeout=None)).progress, float | None)


def many_jobs(client: AIStats) -> None:
    """Several jobs keep their kind; links and lost jobs are typed as well."""
    jobs = [client.videos.create(model="m", prompt="p")]
    assert_type(client.jobs.wait_all(jobs, timeout=60), list[VideoJob])
    for job in client.jobs.as_completed(jobs):
        assert_type(job, VideoJob)
    mixed = [jobs[0], client.music.create(model="m", prompt="p")]
    assert_type(client.jobs.attach(jobs[0]), VideoJob)
    assert_type(client.jobs.attach(client.music.job("mus_1")), MusicJob)
    assert_type(client.jobs.attach(client.batches.job("batch_1")), BatchJob)
    assert_type(client.jobs.attach(mixed[0]), Job[Sync])
    assert_type(client.videos.find_recent(since=datetime.now(UTC)), list[VideoJob])
    assert_type(jobs[0].download_url(ttl_seconds=60), VideoDownloadUrl)
    assert_type(client.videos.download_url(jobs[0].id), VideoDownloadUrl)
    client.jobs.wait_all(["vid_1"])  # type: ignore[type-var]  # an id is no job
    client.videos.find_recent(since="today")  # type: ignore[arg-type]
    client.jobs.attach("vid_1")  # type: ignore[call-overload]


async def many_jobs_async(client: AsyncAIStats, blocking: AIStats) -> None:
    """The same on the other client; a handle that was attached belongs to it."""
    jobs = [await client.videos.create(model="m", prompt="p")]
    assert_type(await client.jobs.wait_all(jobs, timeout=60), list[VideoJob[Async]])
    async for job in client.jobs.as_completed(jobs):
        assert_type(job, VideoJob[Async])
    assert_type(client.jobs.attach(blocking.videos.job("vid_1")), VideoJob[Async])
    assert_type(client.jobs.attach(blocking.music.job("mus_1")), MusicJob[Async])
    assert_type(client.jobs.attach(blocking.batches.job("batch_1")), BatchJob[Async])
    assert_type(blocking.jobs.attach(jobs[0]), VideoJob)
    assert_type(await client.videos.find_recent(since=datetime.now(UTC)), list[VideoJob[Async]])
    assert_type(await jobs[0].download_url(ttl_seconds=60), VideoDownloadUrl)
    assert_type(await client.videos.download_url(jobs[0].id), VideoDownloadUrl)
    client.jobs.wait_all(jobs)[0]  # type: ignore[index]  # it was not awaited


def streams(client: AIStats) -> None:
    """Events are typed by their surface, and the end is what `create` gives."""
    with client.chat.completions.stream(
        model="m", messages=[{"role": "user", "content": "Hello"}]
    ) as chat:
        for chunk in chat:
            assert_type(chunk, ChatChunk)
        assert_type(chat.text, str)
        assert_type(chat.usage, Usage | None)
        assert_type(chat.final(), ChatCompletion)
    with client.responses.stream(model="m", input="Hello") as response:
        assert_type(next(response), ResponseEvent)
    for piece in client.audio.speech.stream(model="m", input="Hello"):
        assert_type(piece, bytes)
    client.responses.stream(model="m", inptu="Hello")  # type: ignore[call-arg]
    client.chat.completions.stream(model="m")  # type: ignore[call-arg]


async def streams_async(client: AsyncAIStats) -> None:
    """The same on the other client."""
    async with client.messages.stream(
        model="m", max_tokens=9, messages=[{"role": "user", "content": "Hello"}]
    ) as message:
        async for event in message:
            assert_type(event, MessageEvent)
        assert_type(await message.final(), Message)
    async for piece in client.audio.speech.stream(model="m", input="Hello"):
        assert_type(piece, bytes)
    client.messages.stream(model="m", max_tokens="9", messages=[])  # type: ignore[arg-type]


def the_typed_door(client: AIStats) -> None:
    """Any generated operation can be called with its own parameters and result."""
    assert_type(client.call(get_video, "vid_1"), VideoGenerationResponse)
    client.call(get_video)  # type: ignore[call-arg]
    client.call(get_video, "vid_1", limit=3)  # type: ignore[call-arg]
    client.call(get_video, 1)  # type: ignore[arg-type]
    client.call(client.videos)  # type: ignore[arg-type]


async def the_typed_door_async(client: AsyncAIStats) -> None:
    """The same on the other client."""
    assert_type(await client.call(get_video, "vid_1"), VideoGenerationResponse)


def parameters_have_names(client: AIStats) -> None:
    """What is put together beforehand can be annotated, and is then checked just the same."""
    history: list[ChatMessageParam] = [{"role": "user", "content": "Hello"}]
    history.append({"role": "assistant", "content": "Hi"})
    client.chat.completions.create(model="m", messages=history)
    wanted: CreateVideoParams = {"model": "m", "prompt": "p", "seconds": "4"}
    client.videos.create(**wanted)
    history.append({"role": "nobody", "content": "Hi"})  # type: ignore[arg-type]  # no such role


def refused(client: AIStats) -> None:
    """Every mistake in a call is found before it runs."""
    # A misspelt keyword.
    client.responses.create(model="m", input="a", temprature=0)  # type: ignore[call-arg]
    client.videos.create(model="m", prompt="p", aspectratio="16:9")  # type: ignore[call-arg]
    client.videos.retrieve("vid_1", time_out=3)  # type: ignore[call-arg]
    # A missing required parameter.
    client.responses.create(model="m")  # type: ignore[call-arg]
    client.chat.completions.create(messages=[])  # type: ignore[call-arg]
    client.videos.create(prompt="p")  # type: ignore[call-arg]
    client.videos.retrieve()  # type: ignore[call-arg]
    client.files.create(purpose="batch")  # type: ignore[call-arg]
    # A wrong type.
    client.responses.create(model=5, input="a")  # type: ignore[arg-type]
    client.videos.create(model="m", prompt="p", duration="8")  # type: ignore[arg-type]
    client.videos.create(model="m", prompt="p", seconds=8)  # type: ignore[arg-type]
    client.videos.create(model="m", prompt="p", seconds="7")  # type: ignore[arg-type]
    client.embeddings.create(model="m", input=None)  # type: ignore[arg-type]
    client.audio.translations.create(model="m", file=5)  # type: ignore[arg-type]
    client.audio.translations.create(model="m", file=io.StringIO("text"))  # type: ignore[arg-type]
    client.keys.create(name="ci", limit_reset="yearly")  # type: ignore[arg-type]
    client.responses.create(model="m", input="a", retry=3)  # type: ignore[arg-type]
    client.responses.create(model="m", input="a", timeout="5")  # type: ignore[arg-type]
    # A wrong key, a wrong value and a missing key further down.
    client.chat.completions.create(model="m", messages=[{"role": "user", "contnt": "a"}])  # type: ignore[list-item]
    client.chat.completions.create(model="m", messages=[{"role": "usr", "content": "a"}])  # type: ignore[list-item]
    client.chat.completions.create(model="m", messages=[{"content": "a"}])  # type: ignore[list-item]
    client.videos.create(model="m", webhook={"url": "https://example.com"})  # type: ignore[arg-type]
    # A positional parameter.
    client.responses.create("m", input="a")  # type: ignore[call-arg,arg-type]
    # What `parse` takes beside the class.
    client.chat.completions.parse(response_format=str, model="m", messages=[], temprature=0)  # type: ignore[call-arg]
    client.chat.completions.parse(response_format=str, model=5, messages=[])  # type: ignore[arg-type]
    client.responses.parse(text_format=str, model="m")  # type: ignore[call-arg]


async def refused_async(client: AsyncAIStats) -> None:
    """The other client is as strict."""
    await client.responses.create(model="m", input="a", temprature=0)  # type: ignore[call-arg]
    await client.responses.create(model="m")  # type: ignore[call-arg]
    await client.videos.create(model="m", prompt="p", duration="8")  # type: ignore[arg-type]
    await client.chat.completions.create(model="m", messages=[{"role": "usr"}])  # type: ignore[list-item]
    # A result that was not awaited is no result.
    str(client.responses.create(model="m", input="a").output_text)  # type: ignore[attr-defined]


def unknown_fields(response: ResponseResult, name: str) -> Any:
    """What the gateway sends beyond the description is reached by its name on the wire."""
    return response[name]
