"""Answer a conversation in the messages form"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.anthropic_messages_request import AnthropicMessagesRequest
    from ...models.anthropic_messages_response import AnthropicMessagesResponse

OPERATION: Final = "create_anthropic_message"
_DECODE: Final = Ref("AnthropicMessagesResponse")


def _get_kwargs(*, body: AnthropicMessagesRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> AnthropicMessagesResponse:
    result: AnthropicMessagesResponse = _DECODE(data)
    return result
