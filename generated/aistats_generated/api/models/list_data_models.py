"""List catalogue entries (removed from the gateway on 2026-06-10)"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.data_model_list import DataModelList
    from ...models.list_data_models_feed import ListDataModelsFeed
    from ...models.list_data_models_format import ListDataModelsFormat
    from ...types import Unset

OPERATION: Final = "list_data_models"
_DECODE: Final = Ref("DataModelList")


def _get_kwargs(
    *,
    feed: ListDataModelsFeed | Unset = UNSET,
    format: ListDataModelsFormat | Unset = UNSET,
    id: list[str] | str | Unset = UNSET,
    include_hidden: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    model_id: list[str] | str | Unset = UNSET,
    offset: int | Unset = UNSET,
    organisation: list[str] | str | Unset = UNSET,
    status: list[str] | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION,
        {
            "feed": feed,
            "format": format,
            "id": id,
            "include_hidden": include_hidden,
            "limit": limit,
            "model_id": model_id,
            "offset": offset,
            "organisation": organisation,
            "status": status,
        },
    )


def _parse_response(data: Any) -> DataModelList:
    result: DataModelList = _DECODE(data)
    return result
