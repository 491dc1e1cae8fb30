"""Classify texts and images by harmful content"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.moderations_request import ModerationsRequest
    from ...models.moderations_response import ModerationsResponse

OPERATION: Final = "create_moderation"
_DECODE: Final = Ref("ModerationsResponse")


def _get_kwargs(*, body: ModerationsRequest) -> dict[str, Any]:
    return keywords(OPERATION, {}, body)


def _parse_response(data: Any) -> ModerationsResponse:
    result: ModerationsResponse = _DECODE(data)
    return result
