"""Show the workspace's balance in nanos of a US dollar"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import given
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.credits_response import CreditsResponse
    from ...types import Unset

_REPLY: Final = "object"
_DECODE: Final = Ref("CreditsResponse")


def _get_kwargs(*, workspace_id: str | Unset = UNSET) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/credits",
        "params": given({"workspace_id": workspace_id}),
    }
    return _request


def _parse_response(data: Any) -> CreditsResponse:
    result: CreditsResponse = _DECODE(data)
    return result
