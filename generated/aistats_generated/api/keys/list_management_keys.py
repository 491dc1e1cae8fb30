"""List the workspace's keys, as gateways before 2026-04-29 do"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.api_key_list_response import ApiKeyListResponse
    from ...types import Unset

OPERATION: Final = "list_management_keys"
_DECODE: Final = Ref("ApiKeyListResponse")


def _get_kwargs(
    *,
    include_disabled: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    workspace_id: str | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION,
        {
            "include_disabled": include_disabled,
            "limit": limit,
            "offset": offset,
            "workspace_id": workspace_id,
        },
    )


def _parse_response(data: Any) -> ApiKeyListResponse:
    result: ApiKeyListResponse = _DECODE(data)
    return result
