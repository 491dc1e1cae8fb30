"""Answer a conversation in the chat-completions form"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.chat_completions_request import ChatCompletionsRequest
    from ...models.chat_completions_response import ChatCompletionsResponse

OPERATION: Final = "create_chat_completion"
_DECODE: Final = Ref("ChatCompletionsResponse")


def _get_kwargs(*, body: ChatCompletionsRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> ChatCompletionsResponse:
    result: ChatCompletionsResponse = _DECODE(data)
    return result
