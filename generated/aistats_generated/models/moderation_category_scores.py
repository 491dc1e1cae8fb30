from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ModerationCategoryScores(ApiModel):
    harassment: float | None = UNSET
    harassmentthreatening: float | None = UNSET
    hate: float | None = UNSET
    hatethreatening: float | None = UNSET
    self_harm: float | None = UNSET
    self_harminstructions: float | None = UNSET
    self_harmintent: float | None = UNSET
    sexual: float | None = UNSET
    sexualminors: float | None = UNSET
    violence: float | None = UNSET
    violencegraphic: float | None = UNSET

    _fields = Fields(
        ("harassment", "harassment", None),
        ("harassmentthreatening", "harassment/threatening", None),
        ("hate", "hate", None),
        ("hatethreatening", "hate/threatening", None),
        ("self_harm", "self-harm", None),
        ("self_harminstructions", "self-harm/instructions", None),
        ("self_harmintent", "self-harm/intent", None),
        ("sexual", "sexual", None),
        ("sexualminors", "sexual/minors", None),
        ("violence", "violence", None),
        ("violencegraphic", "violence/graphic", None),
    )
