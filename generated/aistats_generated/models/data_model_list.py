from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.data_model import DataModel
    from ..types import Unset


@model
class DataModelList(ApiModel):
    include_hidden: bool | Unset = UNSET
    limit: int | Unset = UNSET
    models: list[DataModel] | Unset = UNSET
    offset: int | Unset = UNSET
    ok: bool | Unset = UNSET
    total: int | Unset = UNSET

    _fields = Fields(
        ("include_hidden", "include_hidden", None),
        ("limit", "limit", None),
        ("models", "models", ListOf(Ref("DataModel"))),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("total", "total", None),
    )
