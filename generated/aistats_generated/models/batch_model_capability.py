from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_model_provider_capability import BatchModelProviderCapability
    from ..models.supported_parameter_details import SupportedParameterDetails
    from ..types import Unset


@model
class BatchModelCapability(ApiModel):
    input_types: list[str] | Unset = UNSET
    model: str | Unset = UNSET
    name: str | Unset = UNSET
    output_types: list[str] | Unset = UNSET
    pricing: Any | Unset = UNSET
    providers: list[BatchModelProviderCapability] | Unset = UNSET
    status: str | Unset = UNSET
    supported_parameters: list[str] | Unset = UNSET
    supported_parameters_detail: SupportedParameterDetails | Unset = UNSET
    supported_params: list[str] | Unset = UNSET
    supported_params_detail: SupportedParameterDetails | Unset = UNSET

    _fields = Fields(
        ("input_types", "input_types", None),
        ("model", "model", None),
        ("name", "name", None),
        ("output_types", "output_types", None),
        ("pricing", "pricing", None),
        ("providers", "providers", ListOf(Ref("BatchModelProviderCapability"))),
        ("status", "status", None),
        ("supported_parameters", "supported_parameters", None),
        (
            "supported_parameters_detail",
            "supported_parameters_detail",
            Ref("SupportedParameterDetails"),
        ),
        ("supported_params", "supported_params", None),
        ("supported_params_detail", "supported_params_detail", Ref("SupportedParameterDetails")),
    )
