"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

UploadBatchFileProvider = (
    Literal["anthropic", "google-ai-studio", "groq", "mistral", "openai", "together"] | str
)
