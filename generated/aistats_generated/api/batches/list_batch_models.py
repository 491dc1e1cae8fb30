"""List the models that can run in a batch"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import comma_joined, given
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.batch_models_response import BatchModelsResponse
    from ...types import Unset

_REPLY: Final = "object"
_DECODE: Final = Ref("BatchModelsResponse")


def _get_kwargs(*, params: list[str] | Unset = UNSET) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "get",
        "url": "/batches/models",
        "params": given({"params": comma_joined(params)}),
    }
    return _request


def _parse_response(data: Any) -> BatchModelsResponse:
    result: BatchModelsResponse = _DECODE(data)
    return result
