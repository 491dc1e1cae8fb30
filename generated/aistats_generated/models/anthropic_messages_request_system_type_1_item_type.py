"""The one value that says what an object is."""

from typing import Literal

AnthropicMessagesRequestSystemType1ItemType = Literal["text"]
