from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class EmbeddingsRequestProviderOptionsGoogle(ApiModel):
    task_type: str | None = UNSET
    title: str | None = UNSET

    _fields = Fields(("task_type", "task_type", None), ("title", "title", None))
