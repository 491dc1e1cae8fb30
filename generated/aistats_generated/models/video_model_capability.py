from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.supported_parameter_details import SupportedParameterDetails
    from ..models.video_model_provider_capability import VideoModelProviderCapability


@model
class VideoModelCapability(ApiModel):
    input_types: list[str]
    model: str
    name: str
    output_types: list[str]
    providers: list[VideoModelProviderCapability]
    status: str
    supported_parameters: list[str]
    supported_parameters_detail: SupportedParameterDetails
    supported_params: list[str]
    supported_params_detail: SupportedParameterDetails
    pricing: Any

    _fields = Fields(
        ("input_types", "input_types", None),
        ("model", "model", None),
        ("name", "name", None),
        ("output_types", "output_types", None),
        ("providers", "providers", ListOf(Ref("VideoModelProviderCapability"))),
        ("status", "status", None),
        ("supported_parameters", "supported_parameters", None),
        (
            "supported_parameters_detail",
            "supported_parameters_detail",
            Ref("SupportedParameterDetails"),
        ),
        ("supported_params", "supported_params", None),
        ("supported_params_detail", "supported_params_detail", Ref("SupportedParameterDetails")),
        ("pricing", "pricing", None),
        promised=10,
    )
