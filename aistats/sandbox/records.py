"""The record of a finished request, as `GET /generations` gives it out (wire-facts §11.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aistats.sandbox.catalogue import ENDPOINTS
from aistats.sandbox.envelopes import WORKSPACE

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model
    from aistats.sandbox.state import World

NULL = (
    "app_id",
    "oauth_client_id",
    "oauth_user_id",
    "end_user_id",
    "session_id",
    "trace_data",
    "error_code",
    "error_message",
    "error_payload",
    "provider_ttft_ms",
    "gateway_ttft_ms",
    "output_speed_tps",
    "tpot_ms",
    "itl_ms",
    "phaseo_overhead_ms",
    "replay_request",
    "io_log",
)
KINDS = ("image", "audio", "video")
ZERO = (
    "usage_reasoning_tokens",
    *(f"usage_{way}_{kind}_tokens" for kind in KINDS for way in ("input", "output")),
    *(f"usage_{kind}_{way}s" for kind in KINDS for way in ("input", "output")),
    *(f"usage_cached_{way}_tokens" for way in ("read", "write")),
    *(
        f"usage_cached_{way}_{kind}_tokens"
        for kind in ("text", *KINDS)
        for way in ("read", "write")
    ),
    "usage_cached_write_text_tokens_5m",
    "usage_cached_write_text_tokens_1h",
    *(f"usage_{kind}_quad_tokens" for kind in ("rerank", "embedding", "moderation", "ocr")),
    "usage_image_megapixels",
    "usage_audio_seconds",
    "usage_video_seconds",
    "usage_video_pixel_seconds",
)
FIXED: JSONObject = {
    "workspace_id": WORKSPACE,
    "auth_method": "api_key",
    "provider_attempts": [],
    "byok": False,
    "status_code": 200,
    "success": True,
    "latency_ms": 1,
    "generation_ms": 10,
    "currency": "USD",
    "throughput": 100.0,
    "finish_reason": "stop",
    "location": "LOCAL",
    "detail_metadata": {"stage": "execute"},
    "replay_supported": False,
}


def remember(world: World, call: Call, model: Model, price: JSONObject) -> None:
    """Keep a record of the request, for `GET /generations` and the account's lists."""
    now = world.clock.iso()
    tokens = _tokens(price)
    record: JSONObject = dict.fromkeys(NULL) | dict.fromkeys(ZERO, 0) | FIXED
    record |= {
        "id": world.ids.uuid(),
        "created_at": now,
        "updated_at": now,
        "request_id": call.request_id,
        "endpoint": _endpoint(call, model),
        "model_id": model.id,
        "canonical_model_id": model.id,
        "provider": model.provider,
        "native_response_id": f"native-{call.request_id[-8:]}",
        "stream": b'"stream":true' in call.body.replace(b" ", b""),
        "usage": _usage(tokens),
        **_flat_usage(tokens),
        "usage_normalized_at": now,
        "cost_nanos": price["total_nanos"],
        "pricing_lines": price["lines"],
        "key_id": call.key.kid if call.key else None,
    }
    world.generations.put(call.request_id, record)


def _endpoint(call: Call, model: Model) -> str:
    own = call.route.name.removesuffix(".create")
    return own if model.kind == "text" else ENDPOINTS[model.kind][0]


def _tokens(price: JSONObject) -> dict[str, int]:
    counted = {"input": 0, "output": 0}
    for line in price["lines"]:
        counted[line["dimension"].split("_", 1)[0]] += line["quantity"]
    return counted


def _usage(tokens: dict[str, int]) -> JSONObject:
    return {
        "requests": 1,
        "input_tokens": tokens["input"],
        "output_tokens": tokens["output"],
        "total_tokens": sum(tokens.values()),
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens_details": {"reasoning_tokens": 0},
    }


def _flat_usage(tokens: dict[str, int]) -> JSONObject:
    """Return the same numbers once more, as the columns of the gateway's table."""
    total = sum(tokens.values())
    flat: JSONObject = {"usage_total_tokens": total, "usage_text_quad_tokens": total}
    for way, count in tokens.items():
        flat[f"usage_{way}_tokens"] = flat[f"usage_{way}_text_tokens"] = count
        flat[f"usage_{way}_quad_tokens"] = count
        flat[f"usage_{way}_characters"] = 4 * count
    return flat | {"usage_total_quad_tokens": total, "usage_total_characters": 4 * total}
