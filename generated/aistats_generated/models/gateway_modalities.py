from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    pass


@model
class GatewayModalities(ApiModel):
    input: list[str]
    output: list[str]

    _fields = Fields(("input", "input", None), ("output", "output", None), promised=2)
