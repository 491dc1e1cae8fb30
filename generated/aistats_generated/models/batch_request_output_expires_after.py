from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_request_output_expires_after_anchor import (
        BatchRequestOutputExpiresAfterAnchor,
    )


@model
class BatchRequestOutputExpiresAfter(ApiModel):
    anchor: BatchRequestOutputExpiresAfterAnchor | None = UNSET
    seconds: int | None = UNSET

    _fields = Fields(("anchor", "anchor", None), ("seconds", "seconds", None))
