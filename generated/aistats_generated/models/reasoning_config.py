from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.reasoning_config_effort import ReasoningConfigEffort
    from ..models.reasoning_config_mode import ReasoningConfigMode
    from ..models.reasoning_config_summary import ReasoningConfigSummary


@model
class ReasoningConfig(ApiModel):
    effort: ReasoningConfigEffort | None = UNSET
    enabled: bool | None = UNSET
    max_tokens: int | None = UNSET
    mode: ReasoningConfigMode | None = UNSET
    summary: ReasoningConfigSummary | None = UNSET

    _fields = Fields(
        ("effort", "effort", None),
        ("enabled", "enabled", None),
        ("max_tokens", "max_tokens", None),
        ("mode", "mode", None),
        ("summary", "summary", None),
    )
