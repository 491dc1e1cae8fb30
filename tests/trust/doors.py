"""The public methods through which hostile replies are let in, one for each shape of answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.trust.matrix import CHAT

if TYPE_CHECKING:
    from collections.abc import Callable

    from aistats import AIStats

CALLS: tuple[Callable[[AIStats], Any], ...] = (
    lambda client: client.chat.completions.create(**CHAT).output_text,
    lambda client: client.chat.completions.create(**CHAT),
    lambda client: client.responses.create(model="m/m", input="x"),
    lambda client: client.responses.create(model="m/m", input="x").output_text,
    lambda client: client.messages.create(max_tokens=9, **CHAT),
    lambda client: client.messages.create(max_tokens=9, **CHAT).output_text,
    lambda client: client.embeddings.create(model="m/m", input="x"),
    lambda client: client.images.generate(model="m/m", prompt="x"),
    lambda client: client.audio.transcriptions.create(file=b"x", model="m/m"),
    lambda client: client.videos.retrieve("v1"),
    lambda client: client.videos.models(),
    lambda client: client.videos.download_url("v1"),
    lambda client: client.videos.delete("v1"),
    lambda client: client.batches.retrieve("b1"),
    lambda client: client.generations.retrieve("G-1"),
    lambda client: client.credits.retrieve(),
    lambda client: client.keys.retrieve("k"),
    lambda client: client.pricing.models(),
    lambda client: client.models.endpoints("author", "slug"),
    lambda client: client.health.check(),
    lambda client: client.request("GET", "/surprise"),
)

STREAMS: tuple[Callable[[AIStats], Any], ...] = (
    lambda client: client.chat.completions.stream(**CHAT),
    lambda client: client.responses.stream(model="m/m", input="x"),
    lambda client: client.messages.stream(max_tokens=9, **CHAT),
)

LISTS: tuple[Callable[[AIStats], Any], ...] = (
    lambda client: client.models.list(),
    lambda client: client.videos.list(),
    lambda client: client.batches.list(),
    lambda client: client.batches.requests("b1"),
    lambda client: client.files.list(),
    lambda client: client.keys.list(),
    lambda client: client.activity.list(),
    lambda client: client.providers.list(),
)
