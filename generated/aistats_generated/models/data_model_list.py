from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.data_model import DataModel


@model
class DataModelList(ApiModel):
    include_hidden: bool | None = UNSET
    limit: int | None = UNSET
    models: list[DataModel] | None = UNSET
    offset: int | None = UNSET
    ok: bool | None = UNSET
    total: int | None = UNSET

    _fields = Fields(
        ("include_hidden", "include_hidden", None),
        ("limit", "limit", None),
        ("models", "models", ListOf(Ref("DataModel"))),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("total", "total", None),
    )
