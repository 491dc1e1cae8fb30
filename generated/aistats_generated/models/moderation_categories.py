from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class ModerationCategories(ApiModel):
    harassment: bool | Unset = UNSET
    harassmentthreatening: bool | Unset = UNSET
    hate: bool | Unset = UNSET
    hatethreatening: bool | Unset = UNSET
    self_harm: bool | Unset = UNSET
    self_harminstructions: bool | Unset = UNSET
    self_harmintent: bool | Unset = UNSET
    sexual: bool | Unset = UNSET
    sexualminors: bool | Unset = UNSET
    violence: bool | Unset = UNSET
    violencegraphic: bool | Unset = UNSET

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
