"""httpx as it is used by hand: the measure of all the others."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

import httpx

from scripts.bench import tasks

VERSION = version("httpx")
FIRST_CALL = """
import httpx, json
client = httpx.Client(headers={"Authorization": "Bearer KEY"})
client.post("URL/v1/chat/completions", json=CHAT).json()
"""
SETUP = """
import httpx
client = httpx.Client(headers={"Authorization": "Bearer KEY"})
"""
_HEADERS = {"Authorization": f"Bearer {tasks.KEY}"}
_WIDE = httpx.Limits(max_connections=None, max_keepalive_connections=None)
"""The default would hold 900 of 1,000 calls back."""


class Sync:
    """The blocking tasks."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=f"{url}/v1/", headers=_HEADERS, timeout=60)

    def chat(self) -> object:
        return self._client.post("chat/completions", json=tasks.CHAT).json()["choices"]

    def stream(self) -> int:
        count = 0
        body = {**tasks.CHAT, "stream": True}
        with self._client.stream("POST", "chat/completions", json=body) as response:
            for line in response.iter_lines():
                if line.startswith("data: ") and line != "data: [DONE]":
                    count += "choices" in json.loads(line[6:])
        return count

    def embeddings(self) -> float:
        answer = self._client.post("embeddings", json=tasks.EMBEDDINGS).json()
        return float(answer["data"][0]["embedding"][0])

    def models(self) -> int:
        return len(self._client.get("models", params={"limit": 250}).json()["models"])

    def download(self) -> None:
        with (
            self._client.stream("GET", "videos/v/content") as response,
            tasks.scratch().open("wb") as file,
        ):
            for piece in response.iter_bytes():
                file.write(piece)

    def upload(self) -> object:
        with tasks.upload_file().open("rb") as file:
            return self._client.post(
                "files", data={"purpose": "batch"}, files={"file": ("upload.bin", file)}
            ).json()


class Async:
    """The tasks with many calls under way."""

    def __init__(self, url: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"{url}/v1/", headers=_HEADERS, timeout=60, limits=_WIDE
        )
        self._slow = f"{url}/slow/v1/chat/completions"

    async def chat(self) -> object:
        return (await self._client.post("chat/completions", json=tasks.CHAT)).json()["choices"]

    async def slow(self) -> object:
        return (await self._client.post(self._slow, json=tasks.CHAT)).json()["choices"]

    async def stream(self) -> int:
        count = 0
        body = {**tasks.CHAT, "stream": True}
        async with self._client.stream("POST", "chat/completions", json=body) as response:
            async for line in response.aiter_lines():
                if line.startswith("data: ") and line != "data: [DONE]":
                    count += "choices" in json.loads(line[6:])
        return count

    async def upload(self) -> Any:
        with tasks.upload_file().open("rb") as file:
            response = await self._client.post(
                "files", data={"purpose": "batch"}, files={"file": ("upload.bin", file)}
            )
        return response.json()

    async def close(self) -> None:
        await self._client.aclose()
