"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ChatChoiceFinishReason = Literal["content_filter", "length", "stop", "tool_calls"] | str
