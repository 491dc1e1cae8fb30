"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ChatCompletionChunkChoiceFinishReason = (
    Literal["content_filter", "error", "length", "stop", "tool_calls"] | str
)
