"""Show a provider''s demotion state (403 without the operator's secret)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...request import given, path_segment
from ...types import UNSET

if TYPE_CHECKING:
    from ...types import Unset

_REPLY: Final = "json"


def _get_kwargs(
    provider_id: str,
    *,
    fetch_limit: int | Unset = UNSET,
    max_pairs: int | Unset = UNSET,
    window_hours: int | Unset = UNSET,
) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/health/providers/{provider_id}/derank".format(
            provider_id=path_segment(provider_id)
        ),
        "params": given(
            {"fetch_limit": fetch_limit, "max_pairs": max_pairs, "window_hours": window_hours}
        ),
    }
    return _request


def _parse_response(data: Any) -> Any:
    result: Any = data
    return result
