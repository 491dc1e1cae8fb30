"""The arguments of an operation under the names by which a client's methods take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .operations import OPERATIONS
from .types import UNSET, ApiModel, File


def keywords(operation: str, parameters: Mapping[str, Any], body: Any = UNSET) -> dict[str, Any]:
    """Name what was given: `parameters` and the fields of `body` come under their wire names."""
    spec = OPERATIONS[operation]
    names = {wire: python for python, wire in spec.wire.items()}
    given = {names.get(wire, wire): one for wire, one in parameters.items() if one is not UNSET}
    if body is UNSET:
        return given
    whole = body.to_dict() if isinstance(body, ApiModel) else body
    if spec.free_body:
        return given | {"body": whole}
    fields = {names.get(wire, wire): _file(value) for wire, value in whole.items()}
    undescribed = {wire: fields.pop(wire) for wire in fields.keys() - set(spec.body_fields)}
    return given | fields | ({"extra_body": undescribed} if undescribed else {})


def _file(value: Any) -> Any:
    """Give a file, or a list of them, in the form that uploads take: (name, content, type)."""
    if isinstance(value, list):
        return [_file(one) for one in value]
    if not isinstance(value, File):
        return value
    named = (value.file_name, value.payload, value.mime_type)
    return named[: 3 if value.mime_type else 2] if value.file_name else value.payload
