"""The results of text generation: generated models that know where their text is."""

from __future__ import annotations

from aistats._json import list_of, pick
from aistats_generated.models import (
    AnthropicMessagesResponse,
    ChatCompletionsResponse,
    ResponsesResponse,
)


class ChatCompletion(ChatCompletionsResponse):
    """What `chat.completions.create` gives."""

    @property
    def output_text(self) -> str:
        """The text of the first answer, "" if it has none."""
        choices = list_of(self.get("choices"))
        content = pick(choices[0], "message", "content") if choices else None
        return content if isinstance(content, str) else _joined(content, "text")


class ResponseResult(ResponsesResponse):
    """What `responses.create` gives."""

    @property
    def output_text(self) -> str:
        """The text of all messages in the output, "" if there is none."""
        output = list_of(self.get("output"))
        messages = (item for item in output if pick(item, "type") == "message")
        return "".join(_joined(pick(message, "content"), "output_text") for message in messages)


class Message(AnthropicMessagesResponse):
    """What `messages.create` gives."""

    @property
    def output_text(self) -> str:
        """The text of all text blocks, "" if there is none."""
        return _joined(self.get("content"), "text")


def _joined(parts: object, kind: str) -> str:
    """Join the texts of the parts of one kind."""
    texts = (pick(part, "text") for part in list_of(parts) if pick(part, "type") == kind)
    return "".join(text for text in texts if isinstance(text, str))
