from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..codec import ListOf, Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.model_availability import ModelAvailability
    from ..models.model_lifecycle import ModelLifecycle
    from ..models.seed_era_model_architecture import SeedEraModelArchitecture
    from ..models.seed_era_model_pricing import SeedEraModelPricing
    from ..models.seed_era_model_pricing_detail import SeedEraModelPricingDetail
    from ..models.seed_era_model_provider import SeedEraModelProvider
    from ..models.seed_era_model_top_provider import SeedEraModelTopProvider


@model
class SeedEraModel(ApiModel):
    aliases: list[str] | None = UNSET
    architecture: SeedEraModelArchitecture | None = UNSET
    availability: ModelAvailability | None = UNSET
    canonical_slug: str | None = UNSET
    created: int | None = UNSET
    deprecation_date: str | None = UNSET
    description: str | None = UNSET
    endpoints: list[str] | None = UNSET
    id: str | None = UNSET
    input_types: list[str] | None = UNSET
    lifecycle: ModelLifecycle | None = UNSET
    model_id: str | None = UNSET
    name: str | None = UNSET
    organisation_colour: str | None = UNSET
    organisation_id: str | None = UNSET
    organisation_name: str | None = UNSET
    output_types: list[str] | None = UNSET
    per_request_limits: Any = UNSET
    pricing: SeedEraModelPricing | None = UNSET
    pricing_detail: SeedEraModelPricingDetail | None = UNSET
    providers: list[SeedEraModelProvider] | None = UNSET
    release_date: str | None = UNSET
    retirement_date: str | None = UNSET
    status: str | None = UNSET
    supported_parameters: list[str] | None = UNSET
    supported_params: list[str] | None = UNSET
    top_provider: SeedEraModelTopProvider | None = UNSET
    top_provider_id: str | None = UNSET

    _fields = Fields(
        ("aliases", "aliases", None),
        ("architecture", "architecture", Ref("SeedEraModelArchitecture")),
        ("availability", "availability", Ref("ModelAvailability")),
        ("canonical_slug", "canonical_slug", None),
        ("created", "created", None),
        ("deprecation_date", "deprecation_date", None),
        ("description", "description", None),
        ("endpoints", "endpoints", None),
        ("id", "id", None),
        ("input_types", "input_types", None),
        ("lifecycle", "lifecycle", Ref("ModelLifecycle")),
        ("model_id", "model_id", None),
        ("name", "name", None),
        ("organisation_colour", "organisation_colour", None),
        ("organisation_id", "organisation_id", None),
        ("organisation_name", "organisation_name", None),
        ("output_types", "output_types", None),
        ("per_request_limits", "per_request_limits", None),
        ("pricing", "pricing", Ref("SeedEraModelPricing")),
        ("pricing_detail", "pricing_detail", Ref("SeedEraModelPricingDetail")),
        ("providers", "providers", ListOf(Ref("SeedEraModelProvider"))),
        ("release_date", "release_date", None),
        ("retirement_date", "retirement_date", None),
        ("status", "status", None),
        ("supported_parameters", "supported_parameters", None),
        ("supported_params", "supported_params", None),
        ("top_provider", "top_provider", Ref("SeedEraModelTopProvider")),
        ("top_provider_id", "top_provider_id", None),
    )
