from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.supported_parameter_details import SupportedParameterDetails


@model
class GatewayCapabilities(ApiModel):
    parameter_details: SupportedParameterDetails
    parameters: list[str]
    endpoints: list[str] | None = UNSET

    _fields = Fields(
        ("parameter_details", "parameter_details", Ref("SupportedParameterDetails")),
        ("parameters", "parameters", None),
        ("endpoints", "endpoints", None),
        promised=2,
    )
