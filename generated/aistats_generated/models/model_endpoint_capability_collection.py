"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ModelEndpointCapabilityCollection = (
    Literal[
        "audio",
        "batch",
        "embeddings",
        "files",
        "images",
        "moderation",
        "music",
        "ocr",
        "rerank",
        "text",
        "video",
    ]
    | str
)
