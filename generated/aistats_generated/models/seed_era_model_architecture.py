from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class SeedEraModelArchitecture(ApiModel):
    input_modalities: list[str] | Unset = UNSET
    instruct_type: None | str | Unset = UNSET
    modality: str | Unset = UNSET
    output_modalities: list[str] | Unset = UNSET
    tokenizer: None | str | Unset = UNSET

    _fields = Fields(
        ("input_modalities", "input_modalities", None),
        ("instruct_type", "instruct_type", None),
        ("modality", "modality", None),
        ("output_modalities", "output_modalities", None),
        ("tokenizer", "tokenizer", None),
    )
