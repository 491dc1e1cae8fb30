from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.provider_options_anthropic import ProviderOptionsAnthropic
    from ..models.provider_options_google import ProviderOptionsGoogle
    from ..models.provider_options_openai import ProviderOptionsOpenai


@model
class ProviderOptions(ApiModel):
    anthropic: ProviderOptionsAnthropic | None = UNSET
    google: ProviderOptionsGoogle | None = UNSET
    openai: ProviderOptionsOpenai | None = UNSET

    _fields = Fields(
        ("anthropic", "anthropic", Ref("ProviderOptionsAnthropic")),
        ("google", "google", Ref("ProviderOptionsGoogle")),
        ("openai", "openai", Ref("ProviderOptionsOpenai")),
    )
