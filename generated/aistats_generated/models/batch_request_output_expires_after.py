from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.batch_request_output_expires_after_anchor import (
        BatchRequestOutputExpiresAfterAnchor,
    )
    from ..types import Unset


@model
class BatchRequestOutputExpiresAfter(ApiModel):
    anchor: BatchRequestOutputExpiresAfterAnchor | Unset = UNSET
    seconds: int | Unset = UNSET

    _fields = Fields(("anchor", "anchor", None), ("seconds", "seconds", None))
