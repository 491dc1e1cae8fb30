"""Decoders: each gives the typed form of a piece of JSON, or that piece if it is not as promised.

They stand in the field tables of the models and import a model when its first object comes.
"""

from __future__ import annotations

import datetime
import sys
from array import array
from base64 import b64decode
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

Decoder = Callable[[Any], Any]


class Ref:
    """Decodes an object into the model of that name, which is imported when the first one comes."""

    __slots__ = ("_name", "_parse")

    def __init__(self, name: str) -> None:
        self._name = name
        self._parse: Decoder | None = None

    def __call__(self, raw: Any) -> Any:
        if type(raw) is not dict:
            return raw
        parse = self._parse
        if parse is None:
            models = import_module(".models", __package__)
            parse = self._parse = getattr(models, self._name).from_dict
        return parse(raw)


class ListOf:
    """Decodes each item of a list."""

    __slots__ = ("_item",)

    def __init__(self, item: Decoder) -> None:
        self._item = item

    def __call__(self, raw: Any) -> Any:
        if type(raw) is not list:
            return raw
        item = self._item
        return [item(value) for value in raw]


class Variant(NamedTuple):
    """One object of a union: its model, the values its tags may have, the keys it cannot lack."""

    model: Ref
    tags: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]

    def is_tagged(self, raw: Mapping[str, Any]) -> bool:
        """Say whether every tag of this variant has one of its values."""
        return all(raw.get(tag) in values for tag, values in self.tags.items())

    def is_complete(self, raw: Mapping[str, Any]) -> bool:
        """Say whether the keys that mark this variant are all there; one without any has no mark."""
        return bool(self.required) and all(key in raw for key in self.required)


class OneOf:
    """Decodes a union: an object by its tag, else by its required keys.

    An object that is none of the variants is an `OtherObject`, or stays as it is where the
    description allows any object (`free`).
    """

    __slots__ = ("_free", "_items", "_text", "_variants")

    def __init__(
        self,
        *variants: Variant,
        items: Decoder | None = None,
        text: Decoder | None = None,
        free: bool = False,
    ) -> None:
        self._variants = variants
        self._free = free
        self._items = None if items is None else ListOf(items)
        self._text = text

    def __call__(self, raw: Any) -> Any:
        kind = type(raw)
        if kind is dict:
            model = self._model_of(raw)
            if model is not None:
                return model(raw)
            return raw if self._free or not self._variants else _other(raw)
        if kind is list and self._items is not None:
            return self._items(raw)
        if kind is str and self._text is not None:
            return self._text(raw)
        return raw

    def _model_of(self, raw: Mapping[str, Any]) -> Ref | None:
        possible = [variant for variant in self._variants if variant.is_tagged(raw)]
        tagged = [variant for variant in possible if variant.tags]
        if len(tagged) == 1 or len(self._variants) == len(possible) == 1:
            return (tagged or possible)[0].model
        complete = [variant for variant in tagged or possible if variant.is_complete(raw)]
        most = max((len(variant.required) for variant in complete), default=0)
        best = [variant for variant in complete if len(variant.required) == most]
        return best[0].model if len(best) == 1 else None


def _other(raw: Any) -> Any:
    from .types import OtherObject

    return OtherObject.from_dict(raw)


def _floats(raw: Any) -> Any:
    """Decode a vector that came as the base64 of its 32-bit numbers."""
    if type(raw) is not str:
        return raw
    try:
        numbers = array("f", b64decode(raw, validate=True))
    except ValueError:
        return raw
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()


def _date_time(raw: Any) -> Any:
    """Decode an ISO 8601 time; anything else stays as it is."""
    try:
        return datetime.datetime.fromisoformat(raw)
    except (TypeError, ValueError):
        return raw


def _date(raw: Any) -> Any:
    """Decode an ISO 8601 calendar date; anything else stays as it is."""
    try:
        return datetime.date.fromisoformat(raw)
    except (TypeError, ValueError):
        return raw


DATE_TIME: Decoder = _date_time  # in capitals, because the tables stand among fields called `date`
DATE: Decoder = _date
FLOATS: Decoder = _floats
