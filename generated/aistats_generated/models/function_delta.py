from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..types import Unset


@model
class FunctionDelta(ApiModel):
    arguments: None | str | Unset = UNSET
    name: None | str | Unset = UNSET

    _fields = Fields(("arguments", "arguments", None), ("name", "name", None))
