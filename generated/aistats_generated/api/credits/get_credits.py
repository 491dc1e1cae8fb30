"""Show the workspace's balance in nanos of a US dollar"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.credits_response import CreditsResponse
    from ...types import Unset

OPERATION: Final = "get_credits"
_DECODE: Final = Ref("CreditsResponse")


def _get_kwargs(*, workspace_id: str | Unset = UNSET) -> dict[str, Any]:
    return keywords(OPERATION, {"workspace_id": workspace_id})


def _parse_response(data: Any) -> CreditsResponse:
    result: CreditsResponse = _DECODE(data)
    return result
