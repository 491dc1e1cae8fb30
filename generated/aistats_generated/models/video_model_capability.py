from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.supported_parameter_details import SupportedParameterDetails
    from ..models.video_model_provider_capability import VideoModelProviderCapability
    from ..types import Unset


@model
class VideoModelCapability(ApiModel):
    input_types: list[str] | Unset = UNSET
    model: str | Unset = UNSET
    name: str | Unset = UNSET
    output_types: list[str] | Unset = UNSET
    pricing: Any | Unset = UNSET
    providers: list[VideoModelProviderCapability] | Unset = UNSET
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
    )
