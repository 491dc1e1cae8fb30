"""The table of operations, and the search in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import evolve

from aistats.sandbox import account, batches, discovery, files, music, text, videos, work
from aistats.sandbox.calls import Answer, Call, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Room = Callable[[Any, Call], Answer]


def _health(_world: object, _call: Call) -> Answer:
    return Answer(body={"status": "ok"})


def _rows(*rows: tuple[str, str, Room], **how: Any) -> Iterator[Route]:
    """Turn rows of name, method and path, and room into routes that share *how*."""
    for name, where, room in rows:
        method, path = where.split()
        yield Route(name, method, path, room, **how)


ROWS = (
    *_rows(
        ("chat.completions.create", "POST /chat/completions", text.chat),
        ("responses.create", "POST /responses", text.responses),
        ("messages.create", "POST /messages", text.messages),
        ("embeddings.create", "POST /embeddings", work.embeddings),
        ("moderations.create", "POST /moderations", work.moderations),
        ("rerank.create", "POST /rerank", work.rerank),
        ("ocr.create", "POST /ocr", work.ocr),
        ("audio.speech.create", "POST /audio/speech", work.speech),
        ("audio.transcriptions.create", "POST /audio/transcriptions", work.transcribe),
        ("audio.translations.create", "POST /audio/translations", work.transcribe),
        ("images.generate", "POST /images/generations", work.images),
        ("images.edit", "POST /images/edits", work.images),
        shape="pipeline",
        auth_shape="pipeline",
    ),
    *_rows(
        ("files.create", "POST /files", files.create),
        ("files.list", "GET /files", files.listing),
        ("files.retrieve", "GET /files/{file_id}", files.retrieve),
        ("files.content", "GET /files/{file_id}/content", files.content),
        ("batches.create", "POST /batches", batches.create),
        ("batches.list", "GET /batches", batches.listing),
        ("batches.models", "GET /batches/models", discovery.batch_models),
        ("batches.capabilities", "GET /batches/capabilities", discovery.batch_capabilities),
        ("batches.retrieve", "GET /batches/{batch_id}", batches.retrieve),
        ("batches.cancel", "POST /batches/{batch_id}/cancel", batches.cancel),
        ("batches.requests", "GET /batches/{batch_id}/requests", batches.requests),
        switches=("batches",),
    ),
    *_rows(
        ("videos.create", "POST /videos", videos.create),
        shape="pipeline",
        switches=("videos", "video_access"),
    ),
    *_rows(
        ("videos.list", "GET /videos", videos.listing),
        ("videos.models", "GET /videos/models", discovery.video_models),
        switches=("videos", "video_access"),
    ),
    *_rows(
        ("videos.retrieve", "GET /videos/{video_id}", videos.retrieve),
        ("videos.delete", "DELETE /videos/{video_id}", videos.delete),
        ("videos.cancel", "POST /videos/{video_id}/cancel", videos.cancel),
        ("videos.download_url", "POST /videos/{video_id}/download_url", videos.download_url),
        switches=("videos",),
    ),
    *_rows(
        ("videos.content", "GET /videos/{video_id}/content", videos.content),
        credential="none",
        switches=("videos",),
    ),
    *_rows(
        ("music.create", "POST /music/generate", music.create),
        shape="pipeline",
        switches=("music",),
    ),
    *_rows(
        ("music.retrieve", "GET /music/generate/{music_id}", music.retrieve), switches=("music",)
    ),
    *_rows(
        ("models.list", "GET /models", discovery.models),
        ("models.me", "GET /models/me", discovery.my_models),
        ("models.endpoints", "GET /models/{author}/{slug}/endpoints", discovery.model_endpoints),
        ("providers.list", "GET /providers", discovery.providers),
        ("organisations.list", "GET /organisations", discovery.organisations),
        ("endpoints.list", "GET /endpoints", discovery.endpoints),
        ("pricing.models", "GET /pricing/models", discovery.price_list),
        ("pricing.calculate", "POST /pricing/calculate", discovery.calculate),
        ("generations.retrieve", "GET /generations", discovery.generation),
        ("key.retrieve", "GET /key", account.current_key),
        ("analytics.list", "GET /analytics", account.analytics),
        ("async.socket", "GET /async/{kind}/{id}/ws", discovery.websocket),
    ),
    *_rows(
        ("health.check", "GET /health", _health),
        ("health.derank", "GET /health/providers/{provider_id}/derank", discovery.derank),
        credential="none",
    ),
    *_rows(
        ("credits.retrieve", "GET /credits", account.credits_),
        ("activity.list", "GET /activity", account.activity),
        ("keys.list", "GET /keys", account.list_keys),
        ("keys.create", "POST /keys", account.create_key),
        ("keys.retrieve", "GET /keys/{id}", account.retrieve_key),
        ("keys.update", "PATCH /keys/{id}", account.update_key),
        ("keys.delete", "DELETE /keys/{id}", account.delete_key),
        ("workspaces.list", "GET /workspaces", account.list_workspaces),
        ("workspaces.create", "POST /workspaces", account.create_workspace),
        ("workspaces.retrieve", "GET /workspaces/{id}", account.retrieve_workspace),
        ("workspaces.update", "PATCH /workspaces/{id}", account.update_workspace),
        ("workspaces.delete", "DELETE /workspaces/{id}", account.delete_workspace),
        credential="management",
    ),
    *_rows(
        ("models.list", "GET /gateway/models", discovery.gateway_models),
        ("models.me", "GET /gateway/models/me", discovery.gateway_models),
        ("models.data", "GET /data/models", discovery.data_models),
        switches=("seed_paths",),
    ),
)
ALIASES = (
    ("/videos", "/video/generations"),
    ("/batches", "/batch"),
    ("/files", "/batches/files"),
    ("/files", "/batch/files"),
    ("/music/generate", "/music/generations"),
)


def _everywhere(routes: Iterable[Route]) -> Iterator[Route]:
    """Repeat routes at the other places where the gateway has them, or had in the seed era."""
    for route in routes:
        for prefix, other in ALIASES:
            rest = route.path.removeprefix(prefix)
            if rest != route.path and rest[:1] in {"", "/"}:
                yield evolve(route, path=other + rest, described_as=route.path)
        if route.path.startswith("/keys"):
            yield evolve(route, path="/management" + route.path, switches=("seed_paths",))
        yield route


MEDIA = Route("media", "GET", "/media/{id}/{index}.{kind}", music.media_file, credential="none")


def _pattern(route: Route) -> tuple[re.Pattern[str], Route]:
    words = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", route.path.replace(".", r"\."))
    return re.compile(words), route


_INSIDE = [_pattern(route) for route in _everywhere(ROWS)]
_OUTSIDE = [_pattern(MEDIA)]


def find(method: str, path: str, *, inside: bool = True) -> tuple[Route, Mapping[str, str]] | None:
    """Return the route of a request and its path parameters, as they were written."""
    method = "GET" if method == "HEAD" else method
    for pattern, route in _INSIDE if inside else _OUTSIDE:
        match = pattern.fullmatch(path) if route.method == method else None
        if match is not None:
            return route, match.groupdict()
    return None
