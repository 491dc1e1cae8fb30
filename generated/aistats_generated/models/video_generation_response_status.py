"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

VideoGenerationResponseStatus = (
    Literal[
        "cancelled",
        "completed",
        "expired",
        "failed",
        "in_progress",
        "pending",
        "processing",
        "queued",
    ]
    | str
)
