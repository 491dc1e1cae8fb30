from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class SeedEraModelArchitecture(ApiModel):
    input_modalities: list[str] | None = UNSET
    instruct_type: str | None = UNSET
    modality: str | None = UNSET
    output_modalities: list[str] | None = UNSET
    tokenizer: str | None = UNSET

    _fields = Fields(
        ("input_modalities", "input_modalities", None),
        ("instruct_type", "instruct_type", None),
        ("modality", "modality", None),
        ("output_modalities", "output_modalities", None),
        ("tokenizer", "tokenizer", None),
    )
