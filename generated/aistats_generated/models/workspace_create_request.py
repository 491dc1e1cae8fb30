from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class WorkspaceCreateRequest(ApiModel):
    name: str
    slug: str | Unset = UNSET

    _fields = Fields(("name", "name", None), ("slug", "slug", None))
