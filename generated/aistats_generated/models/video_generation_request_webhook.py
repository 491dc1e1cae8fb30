from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class VideoGenerationRequestWebhook(ApiModel):
    endpoint_id: str
    events: list[str] | None = UNSET

    _fields = Fields(("endpoint_id", "endpoint_id", None), ("events", "events", None), promised=1)
