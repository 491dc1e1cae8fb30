from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class EmbeddingsRequestProviderOptionsGoogle(ApiModel):
    task_type: str | Unset = UNSET
    title: str | Unset = UNSET

    _fields = Fields(("task_type", "task_type", None), ("title", "title", None))
