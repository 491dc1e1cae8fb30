from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class WorkspaceCreateRequest(ApiModel):
    name: str
    slug: str | None = UNSET

    _fields = Fields(("name", "name", None), ("slug", "slug", None), promised=1)
