from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.seed_era_model import SeedEraModel
    from ..models.seed_era_models_response_availability_mode import (
        SeedEraModelsResponseAvailabilityMode,
    )
    from ..models.seed_era_models_response_privacy_scope import SeedEraModelsResponsePrivacyScope


@model
class SeedEraModelsResponse(ApiModel):
    availability_mode: SeedEraModelsResponseAvailabilityMode
    limit: int
    models: list[SeedEraModel]
    offset: int
    ok: bool
    privacy_scope: SeedEraModelsResponsePrivacyScope
    total: int

    _fields = Fields(
        ("availability_mode", "availability_mode", None),
        ("limit", "limit", None),
        ("models", "models", ListOf(Ref("SeedEraModel"))),
        ("offset", "offset", None),
        ("ok", "ok", None),
        ("privacy_scope", "privacy_scope", None),
        ("total", "total", None),
        promised=7,
    )
