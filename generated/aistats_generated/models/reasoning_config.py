from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.reasoning_config_effort import ReasoningConfigEffort
    from ..models.reasoning_config_mode import ReasoningConfigMode
    from ..models.reasoning_config_summary import ReasoningConfigSummary
    from ..types import Unset


@model
class ReasoningConfig(ApiModel):
    effort: ReasoningConfigEffort | Unset = UNSET
    enabled: bool | Unset = UNSET
    max_tokens: int | Unset = UNSET
    mode: ReasoningConfigMode | Unset = UNSET
    summary: ReasoningConfigSummary | Unset = UNSET

    _fields = Fields(
        ("effort", "effort", None),
        ("enabled", "enabled", None),
        ("max_tokens", "max_tokens", None),
        ("mode", "mode", None),
        ("summary", "summary", None),
    )
