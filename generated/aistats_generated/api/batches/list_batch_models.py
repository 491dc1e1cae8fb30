"""List the models that can run in a batch"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.batch_models_response import BatchModelsResponse
    from ...types import Unset

OPERATION: Final = "list_batch_models"
_DECODE: Final = Ref("BatchModelsResponse")


def _get_kwargs(*, params: list[str] | Unset = UNSET) -> dict[str, Any]:
    return keywords(OPERATION, {"params": params})


def _parse_response(data: Any) -> BatchModelsResponse:
    result: BatchModelsResponse = _DECODE(data)
    return result
