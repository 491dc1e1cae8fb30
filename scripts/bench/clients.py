"""The clients under test: each offers what it can of the same calls, blocking and async.

A call of a client gives its result, or an awaitable of it; `used` reads the result as a program
would, since some clients decode only what is read. Nothing is imported before a client is made.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
CHAT: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "Hello!"}]}
EMBEDDINGS: dict[str, Any] = {"model": "m", "input": ["text"] * 100, "encoding_format": "float"}
VIDEO: dict[str, Any] = {"model": "m", "prompt": "A quiet sea"}


def scratch(name: str) -> Path:
    """Give a file in the folder for downloads and uploads."""
    return Path(os.environ["BENCH_SCRATCH"], name)


class OpenAI:
    """The `openai` package."""

    distribution, name, create = "openai", "OpenAI", "chat.completions.create(**"

    def __init__(self, url: str) -> None:
        self.url = url
        made = f"from {self.distribution} import {self.name}\n{self.name}"
        self.first_call = f"{made}(api_key={KEY!r}, base_url='{url}/v1').{self.create}{CHAT})"

    def make(self, path: str = "/v1", kind: str = "", **options: Any) -> Any:
        made = getattr(import_module(self.distribution), kind + self.name)
        return made(api_key=KEY, base_url=self.url + path, **options)

    def make_async(self, path: str = "/v1") -> Any:
        return self.make(path, "Async")

    def chat(self, client: Any) -> Any:
        return client.chat.completions.create(**CHAT)

    def embeddings(self, client: Any) -> Any:
        return client.embeddings.create(**EMBEDDINGS)

    def upload(self, client: Any) -> Any:
        return client.files.create(file=scratch("upload.bin"), purpose="batch")

    def used(self, call: str, result: Any) -> object:
        if call == "embeddings":
            return result.data[0].embedding[0]
        return result.choices if call == "chat" else result

    def stream(self, client: Any) -> int:
        with client.chat.completions.create(**CHAT, stream=True) as events:
            return sum(bool(event.choices) for event in events)

    async def stream_async(self, client: Any) -> int:
        async with await client.chat.completions.create(**CHAT, stream=True) as events:
            return sum([bool(event.choices) async for event in events])

    def models(self, client: Any) -> int:
        return len(client.with_options(base_url=f"{self.url}/openai/v1").models.list().data)

    def download(self, client: Any) -> int:
        with client.videos.with_streaming_response.download_content("v") as response:
            response.stream_to_file(scratch("video.mp4"))
        return scratch("video.mp4").stat().st_size

    async def wait_for_jobs(self, client: Any, jobs: list[Any]) -> list[float]:
        async def late(job: Any) -> float:
            return time.time() - float((await client.videos.poll(job.id)).finished)

        ends = await asyncio.gather(*[late(job) for job in jobs], return_exceptions=True)
        return [end for end in ends if isinstance(end, float)]


class AIStats(OpenAI):
    """This client, which is used much like `openai`."""

    distribution, name = "aistats", "AIStats"

    def make_metered(self) -> Any:
        return self.make(meter=import_module("aistats").Meter())

    def stream(self, client: Any) -> int:
        with client.chat.completions.stream(**CHAT) as events:
            return sum(event.type is not None for event in events)

    async def stream_async(self, client: Any) -> int:
        async with client.chat.completions.stream(**CHAT) as events:
            return sum([event.type is not None async for event in events])

    def models(self, client: Any) -> int:
        return sum(model.id is not None for model in client.models.list(limit=250))

    def download(self, client: Any) -> int:
        saved = client.videos.download("v", scratch("video.mp4"), overwrite=True)
        return int(saved.stat().st_size)

    async def wait_for_jobs(self, client: Any, jobs: list[Any]) -> list[float]:
        ended = client.jobs.as_completed(jobs, timeout=600.0)
        return [time.time() - float(job.raw["finished"]) async for job in ended]


class Phaseo:
    """The gateway's own `phaseo` package: blocking only, and its uploads cannot work."""

    distribution = "phaseo"

    def __init__(self, url: str) -> None:
        self.url = url
        made = f"from phaseo import Phaseo\nPhaseo(api_key={KEY!r}, base_url='{url}/v1')"
        self.first_call = f"{made}.chat.completions.create({CHAT})"

    def make(self) -> Any:
        return import_module("phaseo").Phaseo(api_key=KEY, base_url=f"{self.url}/v1")

    def chat(self, client: Any) -> Any:
        return client.chat.completions.create(CHAT)

    def embeddings(self, client: Any) -> Any:
        return client.generate_embedding(EMBEDDINGS)

    def used(self, call: str, result: Any) -> object:
        return result["choices"] if call == "chat" else result

    def stream(self, client: Any) -> int:
        return sum(map(bool, client.chat.completions.create({**CHAT, "stream": True})))

    def models(self, client: Any) -> int:
        return len(client.models.list({"limit": 250})["models"])

    def download(self, client: Any) -> int:
        return scratch("video.mp4").write_bytes(client.videos.content("v"))


class RawHttpx:
    """httpx as it is used by hand: the measure of all the others."""

    distribution = "httpx"

    def __init__(self, url: str) -> None:
        self.url = url
        made = f"import httpx\nhttpx.Client(headers={{'Authorization': 'Bearer {KEY}'}})"
        self.first_call = f"{made}.post('{url}/v1/chat/completions', json={CHAT}).json()"

    def make(self, path: str = "/v1", kind: str = "", **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {KEY}"}
        made = getattr(import_module("httpx"), f"{kind}Client")
        return made(base_url=f"{self.url}{path}/", headers=headers, timeout=60, **options)

    def make_async(self, path: str = "/v1") -> Any:
        # The default limits would hold 900 of 1,000 calls back.
        limits = import_module("httpx").Limits(max_connections=None, max_keepalive_connections=None)
        return self.make(path, "Async", limits=limits)

    def chat(self, client: Any) -> Any:
        return client.post("chat/completions", json=CHAT)

    def embeddings(self, client: Any) -> Any:
        return client.post("embeddings", json=EMBEDDINGS)

    def upload(self, client: Any) -> Any:
        files = {"file": ("upload.bin", scratch("upload.bin").open("rb"))}
        return client.post("files", data={"purpose": "batch"}, files=files)

    def used(self, call: str, result: Any) -> object:
        return result.json() if call in ("chat", "embeddings", "upload") else result

    def _opened(self, client: Any) -> Any:
        return client.stream("POST", "chat/completions", json={**CHAT, "stream": True})

    def _is_event(self, line: str) -> bool:
        is_data = line.startswith("data: ") and line != "data: [DONE]"
        return is_data and "choices" in json.loads(line[6:])

    def stream(self, client: Any) -> int:
        with self._opened(client) as response:
            return sum(self._is_event(line) for line in response.iter_lines())

    async def stream_async(self, client: Any) -> int:
        async with self._opened(client) as response:
            return sum([self._is_event(line) async for line in response.aiter_lines()])

    def models(self, client: Any) -> int:
        return len(client.get("models", params={"limit": 250}).json()["models"])

    def download(self, client: Any) -> int:
        target = scratch("video.mp4").open("wb")
        with client.stream("GET", "videos/v/content") as response, target as file:
            return sum(file.write(piece) for piece in response.iter_bytes())


CLIENTS: dict[str, type[AIStats | OpenAI | Phaseo | RawHttpx]] = {
    "raw_httpx": RawHttpx,
    "aistats": AIStats,
    "openai": OpenAI,
    "phaseo": Phaseo,
}


def version_of(client: str) -> str:
    """Give the version of a client; raises where it is not installed."""
    if client == "aistats":
        return str(import_module("aistats").__version__)
    return version(CLIENTS[client].distribution)
