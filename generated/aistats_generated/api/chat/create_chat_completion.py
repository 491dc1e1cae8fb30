"""Answer a conversation in the chat-completions form"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import to_json

if TYPE_CHECKING:
    from ...models.chat_completions_request import ChatCompletionsRequest
    from ...models.chat_completions_response import ChatCompletionsResponse

_REPLY: Final = "object"
_DECODE: Final = Ref("ChatCompletionsResponse")


def _get_kwargs(*, body: ChatCompletionsRequest) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/chat/completions"}
    _request["json"] = to_json(body)

    return _request


def _parse_response(data: Any) -> ChatCompletionsResponse:
    result: ChatCompletionsResponse = _DECODE(data)
    return result
