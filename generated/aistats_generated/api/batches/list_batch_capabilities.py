"""List which providers take batches, and in which form"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords

if TYPE_CHECKING:
    from ...models.batch_capabilities import BatchCapabilities

OPERATION: Final = "list_batch_capabilities"
_DECODE: Final = Ref("BatchCapabilities")


def _get_kwargs() -> dict[str, Any]:
    return keywords(OPERATION, {})


def _parse_response(data: Any) -> BatchCapabilities:
    result: BatchCapabilities = _DECODE(data)
    return result
