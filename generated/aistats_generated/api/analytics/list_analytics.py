"""List usage per day, model and provider"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import given
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.activity_response import ActivityResponse
    from ...types import Unset

_REPLY: Final = "object"
_DECODE: Final = Ref("ActivityResponse")


def _get_kwargs(*, date: str | Unset = UNSET) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/analytics",
        "params": given({"date": date}),
    }
    return _request


def _parse_response(data: Any) -> ActivityResponse:
    result: ActivityResponse = _DECODE(data)
    return result
