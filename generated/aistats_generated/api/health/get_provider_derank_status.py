"""Show a provider''s demotion state (403 without the operator's secret)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...types import Unset

OPERATION: Final = "get_provider_derank_status"


def _get_kwargs(
    provider_id: str,
    *,
    fetch_limit: int | Unset = UNSET,
    max_pairs: int | Unset = UNSET,
    window_hours: int | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION,
        {
            "provider_id": provider_id,
            "fetch_limit": fetch_limit,
            "max_pairs": max_pairs,
            "window_hours": window_hours,
        },
    )


def _parse_response(data: Any) -> Any:
    result: Any = data
    return result
