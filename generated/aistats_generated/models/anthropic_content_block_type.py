"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

AnthropicContentBlockType = Literal["image", "text", "tool_result", "tool_use"] | str
