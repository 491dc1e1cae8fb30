"""The table of operations, and the search in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve

from aistats.sandbox import (
    account,
    analysis,
    audio,
    batches,
    chat,
    discovery,
    files,
    images,
    messages,
    music,
    prices,
    responses,
    video_content,
    videos,
)
from aistats.sandbox.calls import Answer, Call, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aistats.sandbox.state import World

    Room = Callable[[World, Call], Answer]

VIDEO = ("videos",)
GATED_VIDEO = ("videos", "video_access")
MUSIC = ("music",)
BATCH = ("batches",)
SEED = ("seed_paths",)


def _health(_world: World, _call: Call) -> Answer:
    return Answer(body={"status": "ok"})


def _pipeline(name: str, path: str, room: Room) -> Route:
    """Route a generating request; its refusals have the pipeline's shape."""
    return Route(name, "POST", path, room, shape="pipeline", auth_shape="pipeline")


def _managed(name: str, method: str, path: str, room: Room) -> Route:
    """Route a request that wants a management key."""
    return Route(name, method, path, room, credential="management")


_GENERATING = (
    _pipeline("chat.completions.create", "/chat/completions", chat.create),
    _pipeline("responses.create", "/responses", responses.create),
    _pipeline("messages.create", "/messages", messages.create),
    _pipeline("embeddings.create", "/embeddings", analysis.embeddings),
    _pipeline("moderations.create", "/moderations", analysis.moderations),
    _pipeline("rerank.create", "/rerank", analysis.rerank),
    _pipeline("ocr.create", "/ocr", analysis.ocr),
    _pipeline("audio.speech.create", "/audio/speech", audio.speech),
    _pipeline("audio.transcriptions.create", "/audio/transcriptions", audio.transcription),
    _pipeline("audio.translations.create", "/audio/translations", audio.translation),
    _pipeline("images.generate", "/images/generations", images.create),
    _pipeline("images.edit", "/images/edits", images.create),
)
_VIDEOS = (
    Route(
        "videos.create", "POST", "/videos", videos.create, shape="pipeline", switches=GATED_VIDEO
    ),
    Route("videos.list", "GET", "/videos", videos.listing, switches=GATED_VIDEO),
    Route("videos.models", "GET", "/videos/models", discovery.video_models, switches=GATED_VIDEO),
    Route("videos.retrieve", "GET", "/videos/{video_id}", videos.retrieve, switches=VIDEO),
    Route("videos.delete", "DELETE", "/videos/{video_id}", videos.delete, switches=VIDEO),
    Route("videos.cancel", "POST", "/videos/{video_id}/cancel", videos.cancel, switches=VIDEO),
    Route(
        "videos.content",
        "GET",
        "/videos/{video_id}/content",
        video_content.content,
        credential="none",
        switches=VIDEO,
    ),
    Route(
        "videos.download_url",
        "POST",
        "/videos/{video_id}/download_url",
        video_content.download_url,
        switches=VIDEO,
    ),
)
_MUSIC = (
    Route(
        "music.create", "POST", "/music/generate", music.create, shape="pipeline", switches=MUSIC
    ),
    Route("music.retrieve", "GET", "/music/generate/{music_id}", music.retrieve, switches=MUSIC),
)
_FILES = (
    Route("files.create", "POST", "/files", files.create, switches=BATCH),
    Route("files.list", "GET", "/files", files.listing, switches=BATCH),
    Route("files.retrieve", "GET", "/files/{file_id}", files.retrieve, switches=BATCH),
    Route("files.content", "GET", "/files/{file_id}/content", files.content, switches=BATCH),
)
_BATCHES = (
    Route("batches.create", "POST", "/batches", batches.create, switches=BATCH),
    Route("batches.list", "GET", "/batches", batches.listing, switches=BATCH),
    Route("batches.models", "GET", "/batches/models", discovery.batch_models, switches=BATCH),
    Route(
        "batches.capabilities",
        "GET",
        "/batches/capabilities",
        discovery.batch_capabilities,
        switches=BATCH,
    ),
    Route("batches.retrieve", "GET", "/batches/{batch_id}", batches.retrieve, switches=BATCH),
    Route("batches.cancel", "POST", "/batches/{batch_id}/cancel", batches.cancel, switches=BATCH),
    Route(
        "batches.requests", "GET", "/batches/{batch_id}/requests", batches.requests, switches=BATCH
    ),
)
_DISCOVERY = (
    Route("models.list", "GET", "/models", discovery.models),
    Route("models.me", "GET", "/models/me", discovery.my_models),
    Route(
        "models.endpoints", "GET", "/models/{author}/{slug}/endpoints", discovery.model_endpoints
    ),
    Route("providers.list", "GET", "/providers", discovery.providers),
    Route("organisations.list", "GET", "/organisations", discovery.organisations),
    Route("endpoints.list", "GET", "/endpoints", discovery.endpoints),
    Route("pricing.models", "GET", "/pricing/models", prices.models),
    Route("pricing.calculate", "POST", "/pricing/calculate", prices.calculate),
    Route("generations.retrieve", "GET", "/generations", discovery.generation),
    Route("key.retrieve", "GET", "/key", account.current_key),
    Route("analytics.list", "GET", "/analytics", account.analytics),
    Route("async.socket", "GET", "/async/{kind}/{id}/ws", discovery.websocket),
    Route("health.check", "GET", "/health", _health, credential="none"),
    Route(
        "health.derank",
        "GET",
        "/health/providers/{provider_id}/derank",
        discovery.derank,
        credential="none",
    ),
)
_ACCOUNT = (
    _managed("credits.retrieve", "GET", "/credits", account.credits_),
    _managed("activity.list", "GET", "/activity", account.activity),
    _managed("keys.list", "GET", "/keys", account.list_keys),
    _managed("keys.create", "POST", "/keys", account.create_key),
    _managed("keys.retrieve", "GET", "/keys/{id}", account.retrieve_key),
    _managed("keys.update", "PATCH", "/keys/{id}", account.update_key),
    _managed("keys.delete", "DELETE", "/keys/{id}", account.delete_key),
    _managed("workspaces.list", "GET", "/workspaces", account.list_workspaces),
    _managed("workspaces.create", "POST", "/workspaces", account.create_workspace),
    _managed("workspaces.retrieve", "GET", "/workspaces/{id}", account.retrieve_workspace),
    _managed("workspaces.update", "PATCH", "/workspaces/{id}", account.update_workspace),
    _managed("workspaces.delete", "DELETE", "/workspaces/{id}", account.delete_workspace),
)
_SEED_ERA = (
    Route("models.list", "GET", "/gateway/models", discovery.gateway_models, switches=SEED),
    Route("models.me", "GET", "/gateway/models/me", discovery.gateway_team_models, switches=SEED),
    Route("models.data", "GET", "/data/models", discovery.data_models, switches=SEED),
)
ALIASES = (
    ("/videos", "/video/generations"),
    ("/batches", "/batch"),
    ("/files", "/batches/files"),
    ("/files", "/batch/files"),
    ("/music/generate", "/music/generations"),
)


def _with_aliases(routes: Iterable[Route]) -> Iterable[Route]:
    """Repeat routes at the other places where the gateway has them."""
    for route in routes:
        for prefix, other in ALIASES:
            rest = route.path.removeprefix(prefix)
            if rest != route.path and rest[:1] in {"", "/"}:
                yield evolve(route, path=other + rest, described_as=route.path)
        yield route


def _seed_keys() -> Iterable[Route]:
    """Repeat the key routes at the place they had in the seed era."""
    for route in _ACCOUNT:
        if route.path.startswith("/keys"):
            yield evolve(route, path="/management" + route.path, switches=SEED)


ROUTES: tuple[Route, ...] = tuple(
    _with_aliases(
        (*_GENERATING, *_FILES, *_VIDEOS, *_MUSIC, *_BATCHES, *_DISCOVERY, *_ACCOUNT, *_SEED_ERA)
    )
) + tuple(_seed_keys())
MEDIA = Route("media", "GET", "/media/{id}/{index}.{kind}", music.track, credential="none")


def _pattern(route: Route) -> tuple[re.Pattern[str], Route]:
    text = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", route.path.replace(".", r"\."))
    return re.compile(text), route


_BY_METHOD: dict[str, list[tuple[re.Pattern[str], Route]]] = {}
for _route in ROUTES:
    _BY_METHOD.setdefault(_route.method, []).append(_pattern(_route))
_OUTSIDE = {"GET": [_pattern(MEDIA)]}


def find(method: str, path: str, *, inside: bool = True) -> tuple[Route, Mapping[str, str]] | None:
    """Return the route of a request and its path parameters, as they were written."""
    table = _BY_METHOD if inside else _OUTSIDE
    for pattern, route in table.get("GET" if method == "HEAD" else method, ()):
        match = pattern.fullmatch(path)
        if match is not None:
            return route, match.groupdict()
    return None
