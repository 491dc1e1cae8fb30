"""A plain HTTP client for the sandbox's own tests, so that they do not lean on ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox import Sandbox

CHAT = {"model": "openai/gpt-4.1-mini", "messages": [{"role": "user", "content": "hello there"}]}
VIDEO = {"model": "minimax/hailuo-2.3", "prompt": "a cat", "duration": 6, "resolution": "768P"}
SORA = {"model": "openai/sora-2", "prompt": "a cat", "seconds": "4", "size": "1280x720"}
VEO = {"model": "google/veo-3.1-lite", "prompt": "a cat", "duration": 8, "aspect_ratio": "16:9"}


LINE = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions"}
LINE |= {"body": CHAT | {"max_tokens": 16}}  # type: ignore[dict-item]
BODIES: dict[str, dict[str, Any]] = {
    "chat": CHAT,
    "hailuo": VIDEO,
    "sora": SORA,
    "veo": VEO,
    "line": LINE,
}


def client(gw: Sandbox, key: str | None = None, **options: Any) -> httpx.Client:
    """Return a client that carries the sandbox's key, or another one."""
    headers = {"Authorization": f"Bearer {key or gw.api_key}"}
    return httpx.Client(base_url=f"{gw.base_url}/", headers=headers, timeout=30, **options)


@contextmanager
def opened(**options: Any) -> Iterator[tuple[Sandbox, httpx.Client]]:
    """Give a fresh sandbox and a client that carries its key."""
    from aistats.sandbox import Sandbox

    with Sandbox(**{"seed": 4, **options}) as gw, client(gw) as http:
        yield gw, http


def manager(gw: Sandbox) -> httpx.Client:
    """Return a client that carries the management key."""
    return client(gw, gw.management_key)


def create(http: httpx.Client, body: dict[str, Any] = VIDEO) -> str:
    """Start a video and return its id."""
    answer = http.post("videos", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])
