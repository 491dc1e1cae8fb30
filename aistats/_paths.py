"""Where a request goes: paths below the base URL, their credential, and the URLs made of them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import httpx

from aistats._parameters import query_string
from aistats.errors import ConfigurationError, one_line

if TYPE_CHECKING:
    from aistats._parameters import Request

# What only the management key may call (wire-facts §1.6), by the first part of the path; needed
# for paths that the description does not know.
_MANAGEMENT_ROOMS = frozenset(
    {
        *("credits", "activity", "keys", "management", "workspaces", "management-keys", "logs"),
        *("webhook-endpoints", "presets", "settings", "guardrails", "feedback", "events"),
        *("preset-test-runs", "oauth-clients", "data-contribution"),
    }
)

METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS")


def credential_of(path: str) -> str:
    """Name the credential that the gateway wants for a path."""
    if path == "/health":
        return "none"
    room = path.split("/")[1]
    return "management" if room in _MANAGEMENT_ROOMS else "inference"


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Give scheme, host and port: who may see a key."""
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def url_of(base_url: str, request: Request) -> httpx.URL:
    """Make the URL of a request below the base URL."""
    url = f"{base_url}{request.path}"
    if request.query:
        url = f"{url}?{query_string(request.query)}"
    try:
        return httpx.URL(url) if request.query else _parse_url(url)
    except httpx.InvalidURL as error:
        label = one_line(f"{request.method} {request.path}", 100)
        raise ConfigurationError(f"{label}: the URL cannot be built: {error}") from None


@functools.lru_cache(maxsize=1024)
def _parse_url(url: str) -> httpx.URL:
    # Parsing costs as much as a tenth of a look at a job, whose URL never changes.
    return httpx.URL(url)


def check_path(path: str) -> str:
    """Accept a path below the base URL, nothing that could leave it."""
    if not isinstance(path, str) or not path.startswith("/") or path.startswith("//"):
        raise ConfigurationError(
            f"{path!r} is not a path: it starts with one slash and follows the base URL, "
            "for instance /models"
        )
    parts = urlsplit(path)
    if parts.query or parts.fragment or "?" in path or "#" in path:
        raise ConfigurationError(f"{path!r}: pass the query as params={{...}}")
    decoded = unquote(path)
    odd = not decoded.isprintable() or any(sign in path for sign in " \\")
    if odd or {".", ".."} & set(decoded.split("/")):
        raise ConfigurationError(f"{path!r} holds characters or parts that a path must not have")
    return path
