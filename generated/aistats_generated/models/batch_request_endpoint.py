"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

BatchRequestEndpoint = (
    Literal[
        "/v1/chat/completions",
        "/v1/embeddings",
        "/v1/generateContent",
        "/v1/messages",
        "/v1/responses",
    ]
    | str
)
