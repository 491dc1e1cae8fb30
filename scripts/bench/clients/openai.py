"""The `openai` package."""

from __future__ import annotations

import asyncio
import time
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from scripts.bench import tasks

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = version("openai")
FIRST_CALL = """
from openai import OpenAI
client = OpenAI(api_key="KEY", base_url="URL/v1")
client.chat.completions.create(**CHAT)
"""
SETUP = """
from openai import OpenAI
client = OpenAI(api_key="KEY", base_url="URL/v1")
"""
openai: Any = import_module("openai")


class Sync:
    """The blocking tasks."""

    def __init__(self, url: str) -> None:
        self._client = openai.OpenAI(api_key=tasks.KEY, base_url=f"{url}/v1")
        self._peers = openai.OpenAI(api_key=tasks.KEY, base_url=f"{url}/peers/v1")

    def chat(self) -> object:
        return self._client.chat.completions.create(**tasks.CHAT).choices

    def stream(self) -> int:
        count = 0
        with self._client.chat.completions.create(**tasks.CHAT, stream=True) as events:
            for event in events:
                count += bool(event.choices)
        return count

    def embeddings(self) -> float:
        return float(self._client.embeddings.create(**tasks.EMBEDDINGS).data[0].embedding[0])

    def models(self) -> int:
        return len(self._peers.models.list().data)

    def download(self) -> None:
        videos = self._client.videos.with_streaming_response
        with videos.download_content("v") as response:
            response.stream_to_file(tasks.scratch())

    def upload(self) -> object:
        return self._client.files.create(file=tasks.upload_file(), purpose="batch").id


class Async:
    """The tasks with many calls under way."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = openai.AsyncOpenAI(api_key=tasks.KEY, base_url=f"{url}/v1")
        self._slow = openai.AsyncOpenAI(api_key=tasks.KEY, base_url=f"{url}/slow/v1")

    async def chat(self) -> object:
        return (await self._client.chat.completions.create(**tasks.CHAT)).choices

    async def slow(self) -> object:
        return (await self._slow.chat.completions.create(**tasks.CHAT)).choices

    async def stream(self) -> int:
        count = 0
        events = await self._client.chat.completions.create(**tasks.CHAT, stream=True)
        async for event in events:
            count += bool(event.choices)
        return count

    async def upload(self) -> object:
        return (await self._client.files.create(file=tasks.upload_file(), purpose="batch")).id

    async def jobs(self, count: int, pace: str, begin: Callable[[], None]) -> list[float]:
        client = openai.AsyncOpenAI(api_key=tasks.KEY, base_url=f"{self._url}/jobs/{pace}/v1")

        async def one() -> float:
            done = await client.videos.create_and_poll(**tasks.VIDEO)
            return time.time() - float(done.finished)

        begin()  # it has no step between creating and waiting
        ends = await asyncio.gather(*[one() for _ in range(count)], return_exceptions=True)
        await client.close()
        return [end for end in ends if isinstance(end, float)]

    async def close(self) -> None:
        await self._client.close()
        await self._slow.close()
