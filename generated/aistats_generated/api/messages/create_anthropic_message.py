"""Answer a conversation in the messages form"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.anthropic_messages_request import AnthropicMessagesRequest
    from ...models.anthropic_messages_response import AnthropicMessagesResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("AnthropicMessagesResponse")


def _get_kwargs(*, body: AnthropicMessagesRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/messages"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> AnthropicMessagesResponse:
    result: AnthropicMessagesResponse = _DECODE(data)
    return result
