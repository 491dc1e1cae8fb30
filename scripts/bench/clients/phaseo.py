"""The gateway's own `phaseo` package: blocking only, and its uploads cannot work."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Any

from scripts.bench import tasks

VERSION = version("phaseo")
FIRST_CALL = """
from phaseo import Phaseo
client = Phaseo(api_key="KEY", base_url="URL/v1")
client.chat.completions.create(CHAT)
"""
SETUP = """
from phaseo import Phaseo
client = Phaseo(api_key="KEY", base_url="URL/v1")
"""
phaseo: Any = import_module("phaseo")


class Sync:
    """The blocking tasks."""

    def __init__(self, url: str) -> None:
        self._client = phaseo.Phaseo(api_key=tasks.KEY, base_url=f"{url}/v1")

    def chat(self) -> object:
        return self._client.chat.completions.create(tasks.CHAT)["choices"]

    def stream(self) -> int:
        events = self._client.chat.completions.create({**tasks.CHAT, "stream": True})
        return sum(1 for event in events if event)

    def embeddings(self) -> float:
        answer = self._client.generate_embedding(tasks.EMBEDDINGS)
        return float(answer["data"][0]["embedding"][0])

    def models(self) -> int:
        return len(self._client.models.list({"limit": 250})["models"])

    def download(self) -> None:
        tasks.scratch().write_bytes(self._client.videos.content("v"))
