"""The pieces of a request: what was set, and nothing else, in the form httpx takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any
from urllib.parse import quote

from .types import UNSET, ApiModel, File

FilePart = tuple[str, tuple[str | None, IO[bytes] | bytes, str | None]]


def path_segment(value: object) -> str:
    """Encode one parameter of a path so that it stays one segment of it."""
    text = str(value)
    if text in {"", ".", ".."}:
        raise ValueError(
            f"{text!r} cannot be part of a path: give the id that the gateway returned"
        )
    return quote(text, safe="")


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what the caller set: neither UNSET nor None."""
    return {
        name: value for name, value in values.items() if value is not UNSET and value is not None
    }


def comma_joined(values: Any) -> Any:
    """Write a list as one value of the query."""
    return ",".join(map(str, values)) if isinstance(values, list | tuple) else values


def to_json(body: Any) -> Any:
    """Give the JSON of a request body, be it a model or plain JSON already."""
    return body.to_dict() if isinstance(body, ApiModel) else body


def form_parts(body: Any) -> list[FilePart]:
    """Give the parts of a multipart form in the form httpx takes; a list is a repeated part."""
    return [
        (name, _form_part(name, value))
        for name, values in given(to_json(body)).items()
        for value in (values if isinstance(values, list) else [values])
    ]


def _form_part(name: str, value: Any) -> tuple[str | None, IO[bytes] | bytes, str | None]:
    if isinstance(value, File):
        return value.file_name or name, value.payload, value.mime_type
    if isinstance(value, bytes):
        return name, value, None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return None, text.encode(), None
