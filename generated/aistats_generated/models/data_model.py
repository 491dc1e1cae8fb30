from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.data_model_organisation import DataModelOrganisation
    from ..models.model_lifecycle import ModelLifecycle


@model
class DataModel(ApiModel):
    deprecation_date: str | None = UNSET
    hidden: bool | None = UNSET
    input_types: list[str] | None = UNSET
    lifecycle: ModelLifecycle | None = UNSET
    model_id: str | None = UNSET
    name: str | None = UNSET
    organisation: DataModelOrganisation | None = UNSET
    output_types: list[str] | None = UNSET
    release_date: str | None = UNSET
    retirement_date: str | None = UNSET
    status: str | None = UNSET

    _fields = Fields(
        ("deprecation_date", "deprecation_date", None),
        ("hidden", "hidden", None),
        ("input_types", "input_types", None),
        ("lifecycle", "lifecycle", Ref("ModelLifecycle")),
        ("model_id", "model_id", None),
        ("name", "name", None),
        ("organisation", "organisation", Ref("DataModelOrganisation")),
        ("output_types", "output_types", None),
        ("release_date", "release_date", None),
        ("retirement_date", "retirement_date", None),
        ("status", "status", None),
    )
