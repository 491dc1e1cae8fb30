from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ModerationCategoryScores(ApiModel):
    harassment: float | Unset = UNSET
    harassmentthreatening: float | Unset = UNSET
    hate: float | Unset = UNSET
    hatethreatening: float | Unset = UNSET
    self_harm: float | Unset = UNSET
    self_harminstructions: float | Unset = UNSET
    self_harmintent: float | Unset = UNSET
    sexual: float | Unset = UNSET
    sexualminors: float | Unset = UNSET
    violence: float | Unset = UNSET
    violencegraphic: float | Unset = UNSET

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
