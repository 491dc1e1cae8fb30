"""The base of every generated model: a thin, tolerant view of the JSON that came.

A model keeps the object it was made from and decodes a field when somebody asks for it. Parsing a
reply therefore costs next to nothing, cannot fail on a surprise, and loses nothing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from copy import copy
from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    Self,
    TypeVar,
    dataclass_transform,
)

from .codec import Decoder


class Unset:
    """The type of UNSET; one object per process, whatever is copied or pickled."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Any = Unset()
"""A field that was not set, or was not in the reply. It is never sent. None is a JSON null."""

# What may not be printed: the secret of a gateway key, and the query of an address, if it is signed.
_SECRET = re.compile(r"(_v1_[sm]k_[A-Za-z0-9]+_)[^\s'\"]+|(https?://[^\s?'\"]+\?)[^\s'\"]+")


class Fields:
    """The field table of a model: attribute, name on the wire, decoder; `extra` decodes the rest.

    `empty` has the fields that are read as an empty value where they are absent, with that value.
    """

    __slots__ = ("by_attribute", "by_wire", "empty", "extra")

    def __init__(
        self,
        *rows: tuple[str, str, Decoder | None],
        empty: Mapping[str, Any] | None = None,
        extra: Decoder | None = None,
    ) -> None:
        self.by_attribute = {attribute: (wire, decode) for attribute, wire, decode in rows}
        self.by_wire = {wire: attribute for attribute, wire, _ in rows}
        self.empty = empty or {}
        self.extra = extra


class ApiModel:
    """The base of every generated model.

    `from_dict` keeps the object it is given, so give it away: do not change it afterwards. A field
    is decoded when it is first read. What is not in the reply reads as UNSET; what is not as the
    description promised (an unknown enum value, a null, a list for an object) reads as it came.
    """

    __slots__ = ("__dict__", "__weakref__", "_data", "_origin")

    _fields: ClassVar[Fields] = Fields()
    _data: dict[str, Any]
    _origin: Any  # free for whoever made the model: where the JSON came from; not compared
    additional_properties: dict[str, Any]  # the fields that the description does not know
    if not TYPE_CHECKING:  # a checker would take it for leave to read any attribute

        def __getattr__(self, name: str) -> Any:
            field = self._fields.by_attribute.get(name)
            if field is None:
                value = self._special(name)
            else:
                wire, decode = field
                value = self._data.get(wire, UNSET)
                if (value is UNSET or value is None) and name in self._fields.empty:
                    value = copy(self._fields.empty[name])
                    return value if decode is None else decode(value)
                if decode is not None:
                    value = decode(value)
            self.__dict__[name] = value
            return value

    __hash__: ClassVar[None]  # type: ignore[assignment]  # values that may change have no hash
    __iter__: ClassVar[None] = None  # without it, iter() would ask for [0], [1], ...

    def __attrs_post_init__(self) -> None:
        self._data = {}
        self._origin = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Make the model of a decoded JSON object."""
        if type(data) is not dict:
            if not isinstance(data, Mapping):
                raise TypeError(f"{cls.__name__} needs a JSON object, not a {type(data).__name__}")
            data = dict(data)
        model = cls.__new__(cls)
        model._data = data
        model._origin = None
        return model

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object: what was received and what was set since, in new containers."""
        fields = self._fields
        out = self._data.copy()
        for attribute, value in self.__dict__.items():
            field = fields.by_attribute.get(attribute)
            if field is not None:
                _put(out, field, value)
        extras = self.__dict__.get("additional_properties")
        if extras is not None:
            for name in [key for key in out if key not in fields.by_wire and key not in extras]:
                del out[name]
            out.update(extras)
        return _in_new_containers(out)

    def _special(self, name: str) -> Any:
        if name != "additional_properties":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        known, decode = self._fields.by_wire, self._fields.extra
        extras = {key: value for key, value in self._data.items() if key not in known}
        return extras if decode is None else {key: decode(extras[key]) for key in extras}

    def get(self, name: str, default: Any = None) -> Any:
        """Give the field of this name on the wire, described or not, or `default`."""
        attribute = self._fields.by_wire.get(name)
        extras = self.additional_properties if attribute is None else {}
        if attribute is None:
            value = extras.get(name, UNSET)
        elif attribute in self._fields.empty and name not in self._data:
            value = self.__dict__.get(attribute, UNSET)
        else:
            value = getattr(self, attribute)
        return default if value is UNSET else value

    def __getitem__(self, name: str) -> Any:
        value = self.get(name, UNSET)
        if value is UNSET:
            raise KeyError(name)
        return value

    def __setitem__(self, name: str, value: Any) -> None:
        attribute = self._fields.by_wire.get(name)
        if attribute is None:
            self.additional_properties[name] = value
        else:
            setattr(self, attribute, value)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name, UNSET) is not UNSET

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __repr__(self) -> str:
        names = self._fields.by_wire
        shown = (f"{names.get(wire, wire)}={self.get(wire)!r}" for wire in self.to_dict())
        return _SECRET.sub(r"\1\2***", f"{type(self).__name__}({', '.join(shown)})")

    def __reduce__(self) -> tuple[Any, ...]:
        known = self._fields.by_attribute.keys() | {"additional_properties"}
        own = {name: value for name, value in self.__dict__.items() if name not in known}
        return _restore, (type(self), self.to_dict(), self._origin), own or None


_Model = TypeVar("_Model", bound=ApiModel)


@dataclass_transform(kw_only_default=True)
def model(cls: type[_Model]) -> type[_Model]:
    """Make an attrs class of a generated model; reading, comparing and printing stay ours."""
    from attrs import define

    return define(cls, slots=False, kw_only=True, eq=False, repr=False)


def _restore(cls: type[_Model], data: dict[str, Any], origin: Any) -> _Model:
    restored = cls.from_dict(data)
    restored._origin = origin
    return restored


def _put(out: dict[str, Any], field: tuple[str, Decoder | None], value: Any) -> None:
    """Write one field that was read or set; a time that nobody changed goes back as it was spelt."""
    wire, decode = field
    if value is UNSET:
        out.pop(wire, None)
    elif not (isinstance(value, datetime.date) and decode and decode(out.get(wire)) == value):
        out[wire] = value


def _in_new_containers(out: dict[str, Any]) -> dict[str, Any]:
    """Copy lists and objects at every depth, by a loop: replies may nest deeper than calls can."""
    open_containers: list[Any] = [out]
    while open_containers:
        container = open_containers.pop()
        items = container.items() if type(container) is dict else enumerate(container)
        for key, value in items:
            if type(value) is dict or type(value) is list:
                container[key] = value = value.copy()
                open_containers.append(value)
            elif isinstance(value, ApiModel):
                container[key] = value.to_dict()
            elif isinstance(value, datetime.date):
                container[key] = value.isoformat()
    return out


class File(NamedTuple):
    """A part of a form that is a file: an open binary file or bytes, with its name and type."""

    payload: IO[bytes] | bytes
    file_name: str | None = None
    mime_type: str | None = None
