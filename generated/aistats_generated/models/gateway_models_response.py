from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.gateway_models_response_availability_mode import (
        GatewayModelsResponseAvailabilityMode,
    )
    from ..models.model import Model


@model
class GatewayModelsResponse(ApiModel):
    availability_mode: GatewayModelsResponseAvailabilityMode
    limit: int
    models: list[Model]
    offset: int
    ok: bool
    total: int

    _fields = Fields(
        ("availability_mode", "availability_mode", None),
        ("limit", "limit", None),
        ("models", "models", ListOf(Ref("Model"))),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("total", "total", None),
        promised=6,
    )
