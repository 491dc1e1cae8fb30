"""Signed download URLs: the one way to content without a key (wire-facts §3.6, §3.7)."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aistats.sandbox.envelopes import WORKSPACE

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.state import World

DEFAULT_TTL = 900


def signed_url(
    world: World, video_id: str, *, expires_at: int, index: int = 0, disposition: str = "attachment"
) -> str:
    """Return the absolute URL that serves a video's content without a key until *expires_at*."""
    claims = {
        "workspace_id": WORKSPACE,
        "video_id": video_id,
        "index": index,
        "disposition": disposition,
    }
    raw = json.dumps(claims, separators=(",", ":")).encode()
    token = urlsafe_b64encode(raw).decode().rstrip("=")
    query = urlencode(
        {
            "download_token": token,
            "download_sig": _signature(world, token, str(expires_at)),
            "expires_at": expires_at,
        }
    )
    return f"{world.base_url}/videos/{video_id}/content?{query}"


def claims_of(world: World, call: Call) -> JSONObject | None:
    """Return what a call's signature grants; None when it is absent, wrong or out of date."""
    token, signature, expires = (
        call.arg("download_token"),
        call.arg("download_sig"),
        call.arg("expires_at"),
    )
    if not token or not signature or not expires or not expires.isdigit():
        return None
    if not hmac.compare_digest(signature, _signature(world, token, expires)):
        return None
    if int(expires) < world.clock.now():
        return None
    claims: JSONObject = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    return claims


def _signature(world: World, token: str, expires_at: str) -> str:
    message = f"{token}.{expires_at}".encode()
    return hmac.new(world.signing_secret.encode(), message, hashlib.sha256).hexdigest()
