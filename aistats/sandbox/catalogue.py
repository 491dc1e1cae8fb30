"""The models the sandbox offers: a few of each kind, with prices of their own making."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Kind = Literal[
    "text",
    "embedding",
    "moderation",
    "rerank",
    "ocr",
    "image",
    "speech",
    "transcription",
    "video",
    "music",
]
ENDPOINTS: dict[Kind, tuple[str, ...]] = {
    "text": ("chat.completions", "responses", "messages", "batch"),
    "embedding": ("embeddings", "batch"),
    "moderation": ("moderations",),
    "rerank": ("rerank",),
    "ocr": ("ocr",),
    "image": ("images.generations", "images.edits"),
    "speech": ("audio.speech",),
    "transcription": ("audio.transcription", "audio.translations"),
    "video": ("video.generation",),
    "music": ("music.generate",),
}

CAPABILITIES: dict[Kind, tuple[str, ...]] = {
    "text": ("text.generate", "batch"),
    "embedding": ("embeddings", "batch"),
    "moderation": ("moderations",),
    "rerank": ("rerank",),
    "ocr": ("ocr",),
    "image": ("image.generate", "image.edit"),
    "speech": ("audio.speech",),
    "transcription": ("audio.transcription",),
    "video": ("video.generate",),
    "music": ("music.generate",),
}
"""What a model item calls the same work that `GET /endpoints` has other names for."""

MODALITIES: dict[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": (("text", "image"), ("text",)),
    "embedding": (("text",), ("embedding",)),
    "moderation": (("text",), ("moderation",)),
    "rerank": (("text",), ("rerank",)),
    "ocr": (("image",), ("text",)),
    "image": (("text", "image"), ("image",)),
    "speech": (("text",), ("audio",)),
    "transcription": (("audio",), ("text",)),
    "video": (("text", "image"), ("video",)),
    "music": (("text",), ("audio",)),
}


@frozen
class Model:
    """One model: how callers name it, how its provider does, and what it costs."""

    id: str
    kind: Kind
    native: str
    input_price: str = "0"
    output_price: str = "0"
    flat_usd: float = 0.0
    usd_per_second: float = 0.0

    @property
    def author(self) -> str:
        """Return the first part of the id."""
        return self.id.split("/")[0]

    @property
    def slug(self) -> str:
        """Return the second part of the id."""
        return self.id.split("/")[1]

    @property
    def provider(self) -> str:
        """Return the provider that serves it."""
        return PROVIDER_OF.get(self.author, self.author)

    @property
    def name(self) -> str:
        """Return a name for people."""
        return self.slug.replace("-", " ").title()


PROVIDER_OF = {"google": "google-ai-studio"}
PROVIDERS = {
    "anthropic": "Anthropic",
    "cohere": "Cohere",
    "elevenlabs": "ElevenLabs",
    "google-ai-studio": "Google AI Studio",
    "minimax": "MiniMax",
    "mistral": "Mistral",
    "openai": "OpenAI",
    "suno": "Suno",
}
MODELS = (
    Model("openai/gpt-5-nano", "text", "gpt-5-nano-2025-08-07", "0.05", "0.40"),
    Model("openai/gpt-4.1-mini", "text", "gpt-4.1-mini-2025-04-14", "0.40", "1.60"),
    Model("openai/gpt-4o-mini", "text", "gpt-4o-mini-2024-07-18", "0.15", "0.60"),
    Model("openai/gpt-5.4-nano", "text", "gpt-5.4-nano", "0.05", "0.40"),
    Model("anthropic/claude-haiku-4.5", "text", "claude-haiku-4-5-20251001", "1", "5"),
    Model("openai/text-embedding-3-small", "embedding", "text-embedding-3-small", "0.02"),
    Model("openai/omni-moderation", "moderation", "omni-moderation-latest"),
    Model("cohere/rerank-v3.5", "rerank", "rerank-v3.5", "2"),
    Model("mistral/mistral-ocr", "ocr", "mistral-ocr-latest", "1"),
    Model("openai/gpt-image-2", "image", "gpt-image-2", "5", "32"),
    Model("openai/gpt-image-1.5", "image", "gpt-image-1.5", "5", "32"),
    Model("openai/gpt-4o-mini-tts", "speech", "gpt-4o-mini-tts", "0.60", "12"),
    Model("openai/whisper-1", "transcription", "whisper-1", "2.50"),
    Model("openai/gpt-4o-mini-transcribe", "transcription", "gpt-4o-mini-transcribe", "1.25"),
    Model("openai/sora-2", "video", "sora-2-2025-12-08", usd_per_second=0.10),
    Model("minimax/hailuo-2.3", "video", "MiniMax-Hailuo-2.3", flat_usd=0.28),
    Model(
        "google/veo-3.1-lite-preview",
        "video",
        "veo-3.1-lite-generate-preview",
        usd_per_second=0.05,
    ),
    Model("google/veo-3.1-lite", "video", "veo-3.1-lite-generate-preview", usd_per_second=0.05),
    Model("suno/v5", "music", "V5", flat_usd=0.05),
    Model("elevenlabs/music-v1", "music", "music_v1", flat_usd=0.05),
)
BY_ID = {model.id: model for model in MODELS} | {
    f"{model.author}/{model.native}": model for model in reversed(MODELS)
}


def find(model_id: object, kind: Kind) -> Model | None:
    """Return the model with this id, if it serves this kind of work."""
    model = BY_ID.get(model_id) if isinstance(model_id, str) else None
    return model if model is not None and model.kind == kind else None
