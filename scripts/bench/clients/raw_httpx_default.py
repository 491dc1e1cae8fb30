"""httpx with its default limits, for the row in which they matter: 100 connections, 20 kept."""

from __future__ import annotations

from importlib.metadata import version

import httpx

from scripts.bench import tasks
from scripts.bench.clients import raw_httpx

VERSION = version("httpx")


class Async(raw_httpx.Async):
    """As raw httpx, but for the limits."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._client = httpx.AsyncClient(
            base_url=f"{url}/v1/",
            headers={"Authorization": f"Bearer {tasks.KEY}"},
            timeout=60,
        )
