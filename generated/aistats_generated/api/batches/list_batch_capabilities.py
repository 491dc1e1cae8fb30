"""List which providers take batches, and in which form"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref

if TYPE_CHECKING:
    from ...models.batch_capabilities import BatchCapabilities

_REPLY: Final = "object"
_DECODE: Final = Ref("BatchCapabilities")


def _get_kwargs() -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "get", "url": "/batches/capabilities"}
    return _request


def _parse_response(data: Any) -> BatchCapabilities:
    result: BatchCapabilities = _DECODE(data)
    return result
