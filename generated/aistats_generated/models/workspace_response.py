from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.workspace import Workspace


@model
class WorkspaceResponse(ApiModel):
    data: Workspace

    _fields = Fields(("data", "data", Ref("Workspace")), promised=1)
