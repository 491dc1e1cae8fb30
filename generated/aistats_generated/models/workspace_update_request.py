from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class WorkspaceUpdateRequest(ApiModel):
    name: str | None = UNSET
    slug: str | None = UNSET

    _fields = Fields(("name", "name", None), ("slug", "slug", None))
