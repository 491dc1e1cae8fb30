from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.embeddings_request_provider_options_google import (
        EmbeddingsRequestProviderOptionsGoogle,
    )
    from ..models.embeddings_request_provider_options_mistral import (
        EmbeddingsRequestProviderOptionsMistral,
    )


@model
class EmbeddingsRequestProviderOptions(ApiModel):
    google: EmbeddingsRequestProviderOptionsGoogle | None = UNSET
    mistral: EmbeddingsRequestProviderOptionsMistral | None = UNSET

    _fields = Fields(
        ("google", "google", Ref("EmbeddingsRequestProviderOptionsGoogle")),
        ("mistral", "mistral", Ref("EmbeddingsRequestProviderOptionsMistral")),
    )
