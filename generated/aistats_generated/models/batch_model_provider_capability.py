from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.supported_parameter_details import SupportedParameterDetails


@model
class BatchModelProviderCapability(ApiModel):
    id: str
    supported_parameters: list[str]
    supported_parameters_detail: SupportedParameterDetails
    supported_params: list[str]
    supported_params_detail: SupportedParameterDetails

    _fields = Fields(
        ("id", "id", None),
        ("supported_parameters", "supported_parameters", None),
        (
            "supported_parameters_detail",
            "supported_parameters_detail",
            Ref("SupportedParameterDetails"),
        ),
        ("supported_params", "supported_params", None),
        ("supported_params_detail", "supported_params_detail", Ref("SupportedParameterDetails")),
        promised=5,
    )
