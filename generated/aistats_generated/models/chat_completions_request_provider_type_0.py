"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ChatCompletionsRequestProviderType0 = (
    Literal[
        "anthropic",
        "gemini",
        "google-ai-studio",
        "groq",
        "mistral",
        "openai",
        "together",
        "x-ai",
        "xai",
    ]
    | str
)
