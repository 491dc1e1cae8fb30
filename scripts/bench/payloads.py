"""What the benchmark's server says, in the shapes of the gateway and of the peers' own services."""

from __future__ import annotations

import json
import random

EVENTS = 20_000
VIDEO_BYTES = 200 * 1024 * 1024
UPLOAD_BYTES = 150 * 1000 * 1000


def _bytes(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


CHAT = _bytes(
    {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [
            {
                "index": 0, "finish_reason": "stop", "logprobs": None,
                "message": {"role": "assistant", "content": "Hello there!", "refusal": None},
            }
        ],
        "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12},
    }
)  # fmt: skip

MESSAGE = _bytes(
    {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "m",
        "content": [{"type": "text", "text": "Hello there!"}],
        "stop_reason": "end_turn", "stop_sequence": None,
        "usage": {"input_tokens": 9, "output_tokens": 3},
    }
)  # fmt: skip


def _chat_stream() -> bytes:
    chunk = {
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [{"index": 0, "delta": {"content": "word "}, "finish_reason": None}],
    }  # fmt: skip
    last = {**chunk, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    events = [b"data: %s\n\n" % _bytes(chunk)] * (EVENTS - 1) + [b"data: %s\n\n" % _bytes(last)]
    return b"".join(events) + b"data: [DONE]\n\n"


def _message_stream() -> bytes:
    def event(kind: str, **rest: object) -> bytes:
        return b"event: %s\ndata: %s\n\n" % (kind.encode(), _bytes({"type": kind, **rest}))

    message = {**json.loads(MESSAGE), "content": [], "stop_reason": None}
    block = {"type": "text", "text": ""}
    delta = event("content_block_delta", index=0, delta={"type": "text_delta", "text": "word "})
    usage = {"output_tokens": EVENTS}
    end = {"stop_reason": "end_turn", "stop_sequence": None}
    return b"".join(
        [
            event("message_start", message=message),
            event("content_block_start", index=0, content_block=block),
            *[delta] * (EVENTS - 5),
            event("content_block_stop", index=0),
            event("message_delta", delta=end, usage=usage),
            event("message_stop"),
        ]
    )


def _embeddings() -> bytes:
    numbers = random.Random(1)
    data = [
        {
            "object": "embedding", "index": index,
            "embedding": [numbers.uniform(-0.1, 0.1) for _ in range(1536)],
        }
        for index in range(100)
    ]  # fmt: skip
    return _bytes({"object": "list", "model": "m", "data": data, "usage": {"total_tokens": 100}})


def _model(number: int) -> dict[str, object]:
    offer = {
        "provider_id": "provider", "model": f"vendor/model-{number}", "quantization": None,
        "effective_from": "2026-01-01T00:00:00+00:00", "effective_to": None,
        "pricing": {"input_text": "0.000002", "output_text": "0.000008", "unit": "token"},
        "parameters": ["temperature", "top_p", "max_tokens", "tools", "tool_choice"],
    }  # fmt: skip
    return {
        "id": f"vendor/model-{number}", "base_model_id": f"vendor/model-{number}",
        "object": "model", "created": 1, "owned_by": "vendor", "variant": None, "variants": {},
        "name": f"Model {number}", "description": "Reads text and images, uses tools. " * 8,
        "organization": {"id": "vendor", "name": "Vendor", "color": "#123456"}, "aliases": [],
        "lifecycle": {"status": "active", "released_at": "2026-01-01", "deprecated_at": None},
        "modalities": {"input": ["text", "image"], "output": ["text"]},
        "limits": {"input_tokens": 128000, "output_tokens": 32000},
        "capabilities": {"endpoints": ["text.generate"], "parameters": ["temperature", "tools"]},
        "availability": {"status": "available"}, "pricing": {"input_text": "0.000002"},
        "offers": [offer] * 4,
    }  # fmt: skip


_MODELS = [_model(number) for number in range(250)]

FILE = _bytes(
    {
        "id": "file-1", "object": "file", "bytes": UPLOAD_BYTES, "created_at": 1,
        "filename": "upload.bin", "purpose": "batch", "status": "processed",
    }
)  # fmt: skip
CHAT_STREAM = _chat_stream()
MESSAGE_STREAM = _message_stream()
EMBEDDINGS = _embeddings()
MODELS = _bytes(
    {"ok": True, "availability_mode": "all", "limit": 250, "offset": 0, "total": 250,
     "models": _MODELS}
)  # fmt: skip
OPENAI_MODELS = _bytes({"object": "list", "data": _MODELS, "has_more": False})
"""The same models in the envelope that the peers read."""
