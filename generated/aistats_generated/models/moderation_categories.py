from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class ModerationCategories(ApiModel):
    harassment: bool | None = UNSET
    harassmentthreatening: bool | None = UNSET
    hate: bool | None = UNSET
    hatethreatening: bool | None = UNSET
    self_harm: bool | None = UNSET
    self_harminstructions: bool | None = UNSET
    self_harmintent: bool | None = UNSET
    sexual: bool | None = UNSET
    sexualminors: bool | None = UNSET
    violence: bool | None = UNSET
    violencegraphic: bool | None = UNSET

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
