"""One or more calls of every operation that has a body, as callers write them.

`call` records a call and passes the types of the operation through, so mypy holds each example to
the parameter types; `test_operations.py` holds what they send to the description. Where the two
disagreed, one of these examples would fail.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec

from aistats_generated import operations as ops

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")


class Call(NamedTuple):
    """The arguments of one call of the operation `name`."""

    name: str
    args: tuple[Any, ...]
    params: dict[str, Any]


def call(signature: Callable[P, object]) -> Callable[P, Call]:
    """Record the arguments of a call in place of making it."""

    def record(*args: P.args, **params: P.kwargs) -> Call:
        return Call(signature.__name__, args, dict(params))

    return record


WAV = ("two-words.wav", b"RIFF0000WAVE", "audio/wav")
PNG = b"\x89PNG\r\n\x1a\n"

CALLS = [
    # What a newcomer tries first: one text, one conversation, one video.
    call(ops.create_response)(
        model="openai/gpt-5-nano", input="Answer with two words: it works", temperature=0
    ),
    call(ops.create_response)(
        model="openai/gpt-5-nano",
        input=[{"role": "user", "content": [{"type": "input_text", "text": "Hello"}]}],
        reasoning={"effort": "low"},
        tools=[{"type": "phaseo:web_search", "max_results": 3}],
        tool_choice="auto",
        metadata={"run": "7"},
        prompt_cache_key=None,
    ),
    call(ops.create_chat_completion)(
        model="openai/gpt-5-nano",
        messages=[
            {"role": "system", "content": "You are brief."},
            {"role": "user", "content": "Why is the sky blue?"},
        ],
    ),
    call(ops.create_chat_completion)(
        model="openai/gpt-5-nano",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is on this picture?"},
                    {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}},
                ],
            },
            {
                "role": "assistant",
                "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": "a cat"},
        ],
        tools=[{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}],
        provider={"order": ["openai"], "max_price": {"prompt": 1.5}, "zdr": None},
        stop=["END"],
        logit_bias={"50256": -100},
        response_format="json_object",
    ),
    call(ops.create_anthropic_message)(
        model="anthropic/claude-haiku-4.5",
        max_tokens=64,
        system=[{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
        messages=[{"role": "user", "content": [{"type": "text", "text": "Hello"}]}],
        tools=[{"name": "f", "input_schema": {"type": "object"}}],
    ),
    call(ops.create_video)(
        model="google/veo-3.1-lite",
        prompt="Morning light over a lake in the mountains",
        duration=8,
        aspect_ratio="16:9",
    ),
    call(ops.create_video)(
        model="openai/sora-2",
        prompt="A paper boat in the rain",
        seconds="4",
        size="1280x720",
        input_references=[
            {
                "type": "image_url",
                "role": "first_frame",
                "image_url": {"url": "https://example.com/boat.png"},
            }
        ],
        output={"access": "both"},
        webhook={"endpoint_id": "we_1", "events": ["video.completed"]},
    ),
    call(ops.create_video_download_url)("vid_1", ttl_seconds=60, disposition="inline"),
    call(ops.generate_music)(model="suno/v5", prompt="A waltz", suno={"vocalGender": "f"}),
    call(ops.create_embedding)(model="openai/text-embedding-3-small", input=["one", "two"]),
    call(ops.create_embedding)(
        model="google/gemini-embedding-2",
        input={"content": [{"type": "text", "text": "one"}]},
        encoding_format="float",
    ),
    call(ops.create_moderation)(
        model="openai/omni-moderation", input=[{"type": "text", "text": "hello"}]
    ),
    call(ops.create_rerank)(
        model="cohere/rerank-4", query="cats", documents=["a cat", "a dog"], top_n=1
    ),
    call(ops.create_ocr)(model="mistral/mistral-ocr", image="https://example.com/page.png"),
    call(ops.create_speech)(
        model="openai/gpt-4o-mini-tts", input="Hello", voice="alloy", format="mp3"
    ),
    call(ops.create_transcription)(
        model="openai/whisper-1", file=Path("two-words.wav"), language="en"
    ),
    call(ops.create_transcription)(
        model="openai/whisper-1",
        file=WAV,
        chunking_strategy={"type": "server_vad", "threshold": 0.5},
        known_speaker_names=["Ada", "Grace"],
        timestamp_granularities=["word"],
    ),
    call(ops.create_translation)(model="openai/whisper-1", file=io.BytesIO(b"RIFF0000WAVE")),
    call(ops.create_image)(model="openai/gpt-image-1.5", prompt="A red kite", n=1),
    call(ops.create_image_edit)(
        model="openai/gpt-image-1.5", prompt="Make it blue", image="kite.png", mask=PNG
    ),
    call(ops.create_image_edit)(
        model="openai/gpt-image-1.5",
        prompt="Put both into one picture",
        image=[Path("kite.png"), ("tree.png", PNG)],
        provider={"only": ["openai"]},
    ),
    call(ops.upload_file)(file=("batch.jsonl", b"{}\n"), purpose="batch", provider="openai"),
    call(ops.upload_batch_file)(file=b"{}\n", purpose="batch", x_phaseo_provider="openai"),
    call(ops.create_batch)(
        model="openai/gpt-5-nano", input_file_id="file-1", endpoint="/v1/chat/completions"
    ),
    call(ops.create_batch)(
        requests=[{"custom_id": "a", "body": {"model": "openai/gpt-5-nano", "input": "Hello"}}],
        provider={"only": ["openai"]},
    ),
    call(ops.calculate_pricing)(
        provider="openai", model="gpt-5-nano", endpoint="responses", usage={"input_tokens": 9}
    ),
    call(ops.create_api_key)(name="ci", scopes=["models:read"], limit=None, limit_reset="monthly"),
    call(ops.update_api_key)("key_1", disabled=True),
    call(ops.create_management_key)(name="ci", expires_at="2030-01-01T00:00:00Z"),
    call(ops.update_management_key)("key_1", name="other"),
    call(ops.create_workspace)(name="Research", slug="research"),
    call(ops.update_workspace)("ws_1", name="Development"),
]
