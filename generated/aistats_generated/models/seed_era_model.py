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
    from ..types import Unset


@model
class SeedEraModel(ApiModel):
    aliases: list[str] | Unset = UNSET
    architecture: SeedEraModelArchitecture | Unset = UNSET
    availability: ModelAvailability | Unset = UNSET
    canonical_slug: str | Unset = UNSET
    created: int | None | Unset = UNSET
    deprecation_date: None | str | Unset = UNSET
    description: str | Unset = UNSET
    endpoints: list[str] | Unset = UNSET
    id: str | Unset = UNSET
    input_types: list[str] | Unset = UNSET
    lifecycle: ModelLifecycle | Unset = UNSET
    model_id: str | Unset = UNSET
    name: None | str | Unset = UNSET
    organisation_colour: None | str | Unset = UNSET
    organisation_id: None | str | Unset = UNSET
    organisation_name: None | str | Unset = UNSET
    output_types: list[str] | Unset = UNSET
    per_request_limits: Any | Unset = UNSET
    pricing: SeedEraModelPricing | Unset = UNSET
    pricing_detail: SeedEraModelPricingDetail | Unset = UNSET
    providers: list[SeedEraModelProvider] | Unset = UNSET
    release_date: None | str | Unset = UNSET
    retirement_date: None | str | Unset = UNSET
    status: None | str | Unset = UNSET
    supported_parameters: list[str] | Unset = UNSET
    supported_params: list[str] | Unset = UNSET
    top_provider: SeedEraModelTopProvider | Unset = UNSET
    top_provider_id: None | str | Unset = UNSET

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
