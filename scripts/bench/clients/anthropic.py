"""The `anthropic` package, on the messages surface it speaks."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Any

from scripts.bench import tasks

VERSION = version("anthropic")
FIRST_CALL = """
from anthropic import Anthropic
client = Anthropic(api_key="KEY", base_url="URL")
client.messages.create(**CHAT, max_tokens=99)
"""
SETUP = """
from anthropic import Anthropic
client = Anthropic(api_key="KEY", base_url="URL")
"""
anthropic: Any = import_module("anthropic")


class Sync:
    """The blocking tasks."""

    def __init__(self, url: str) -> None:
        self._client = anthropic.Anthropic(api_key=tasks.KEY, base_url=url)
        self._peers = anthropic.Anthropic(api_key=tasks.KEY, base_url=f"{url}/peers")

    def chat(self) -> object:
        return self._client.messages.create(**tasks.CHAT, max_tokens=99).content

    def stream(self) -> int:
        events = self._client.messages.create(**tasks.CHAT, max_tokens=99, stream=True)
        return sum(1 for event in events if event.type)

    def models(self) -> int:
        return len(self._peers.models.list(limit=250).data)


class Async:
    """The tasks with many calls under way."""

    def __init__(self, url: str) -> None:
        self._client = anthropic.AsyncAnthropic(api_key=tasks.KEY, base_url=url)
        self._slow = anthropic.AsyncAnthropic(api_key=tasks.KEY, base_url=f"{url}/slow")

    async def chat(self) -> object:
        return (await self._client.messages.create(**tasks.CHAT, max_tokens=99)).content

    async def slow(self) -> object:
        return (await self._slow.messages.create(**tasks.CHAT, max_tokens=99)).content

    async def stream(self) -> int:
        count = 0
        events = await self._client.messages.create(**tasks.CHAT, max_tokens=99, stream=True)
        async for event in events:
            count += bool(event.type)
        return count

    async def close(self) -> None:
        await self._client.close()
        await self._slow.close()
