from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.data_model_organisation import DataModelOrganisation
    from ..models.model_lifecycle import ModelLifecycle
    from ..types import Unset


@model
class DataModel(ApiModel):
    deprecation_date: None | str | Unset = UNSET
    hidden: bool | Unset = UNSET
    input_types: list[str] | Unset = UNSET
    lifecycle: ModelLifecycle | Unset = UNSET
    model_id: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    organisation: DataModelOrganisation | None | Unset = UNSET
    output_types: list[str] | Unset = UNSET
    release_date: None | str | Unset = UNSET
    retirement_date: None | str | Unset = UNSET
    status: None | str | Unset = UNSET

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
