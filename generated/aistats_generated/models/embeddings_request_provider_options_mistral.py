from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.embeddings_request_provider_options_mistral_output_dtype import (
        EmbeddingsRequestProviderOptionsMistralOutputDtype,
    )


@model
class EmbeddingsRequestProviderOptionsMistral(ApiModel):
    output_dtype: EmbeddingsRequestProviderOptionsMistralOutputDtype | None = UNSET

    _fields = Fields(("output_dtype", "output_dtype", None))
