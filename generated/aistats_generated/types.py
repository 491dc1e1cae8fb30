"""The base of every generated model: a thin, tolerant view of the JSON that came.

A model keeps the object it was made from and decodes a field when somebody asks for it. Parsing a
reply therefore costs next to nothing, cannot fail on a surprise, and loses nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
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
"""An argument that was not given. It is never sent, and no field ever reads as it."""


class Fields:
    """The field table of a model: attribute, name on the wire, decoder; `extra` decodes the rest.

    The first `promised` fields are in every reply; reading one that is not raises. `empty` has the
    fields that read as an empty value where they are absent, with that value.
    """

    __slots__ = ("by_attribute", "by_wire", "empty", "extra", "promised")

    def __init__(
        self,
        *rows: tuple[str, str, Decoder | None],
        promised: int = 0,
        empty: Mapping[str, Any] | None = None,
        extra: Decoder | None = None,
    ) -> None:
        self.by_attribute: dict[str, tuple[str, Decoder | None]] = {
            attribute: (wire, decode) for attribute, wire, decode in rows
        }
        self.by_wire: dict[str, str] = {wire: attribute for attribute, wire, _ in rows}
        self.promised: frozenset[str] = frozenset(attribute for attribute, _, _ in rows[:promised])
        self.empty: Mapping[str, Any] = empty or {}
        self.extra: Decoder | None = extra


class _Store:
    """What a model holds; a class of its own, so that `vars()` of a model can give its JSON."""

    __slots__ = ("__dict__", "__weakref__", "_data", "_origin")


# The fields that were decoded or set.
_own: Callable[[_Store], dict[str, Any]] = _Store.__dict__["__dict__"].__get__
_keep = object.__setattr__


class ApiModel(_Store):
    """The base of every generated model.

    `from_dict` keeps the object it is given, so give it away: do not change it afterwards. A field
    is decoded when it is first read. What is absent or null reads as None; what is not as the
    description promised (an unknown enum value, a list for an object) reads as it came.
    """

    __slots__ = ()

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
                value = self._data.get(wire)
                if value is None:
                    return self._absent(name, wire, decode)
                if decode is not None:
                    value = decode(value)
                    if self._origin is not None:
                        _pass_on(self._origin, value)
            _keep(self, name, value)
            return value

        @property
        def __dict__(self) -> dict[str, Any]:
            return self.to_dict()

    __hash__: ClassVar[None]  # type: ignore[assignment]  # values that may change have no hash

    def __attrs_post_init__(self) -> None:
        self._data = {}
        self._origin = None
        own = _own(self)
        for name in [name for name, value in own.items() if value is UNSET]:
            del own[name]

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
        fields, own = self._fields, _own(self)
        out = self._data.copy()
        for attribute, value in own.items():
            field = fields.by_attribute.get(attribute)
            if field is not None:
                _put(out, field, value)
        extras = own.get("additional_properties")
        if extras is not None:
            for name in [key for key in out if key not in fields.by_wire and key not in extras]:
                del out[name]
            out.update(extras)
        return _in_new_containers(out)

    def _absent(self, name: str, wire: str, decode: Decoder | None) -> Any:
        fields = self._fields
        if name in fields.empty:
            value = copy(fields.empty[name])
            return value if decode is None else decode(value)
        if name in fields.promised and wire not in self._data:
            raise missing_field(self, wire)
        return None

    def _special(self, name: str) -> Any:
        if name != "additional_properties":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        known, decode = self._fields.by_wire, self._fields.extra
        extras = {key: value for key, value in self._data.items() if key not in known}
        return extras if decode is None else {key: decode(extras[key]) for key in extras}

    def get(self, name: str, default: Any = None) -> Any:
        """Give the field of this name on the wire, described or not, or `default` if it is absent."""
        attribute = self._fields.by_wire.get(name)
        if attribute is None:
            return self.additional_properties.get(name, default)
        own = _own(self)
        if attribute in own:
            return own[attribute]
        return getattr(self, attribute) if name in self._data else default

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

    def __delattr__(self, name: str) -> None:
        field = self._fields.by_attribute.get(name)
        if field is None:
            super().__delattr__(name)
        else:
            _own(self).pop(name, None)
            self._data = {key: value for key, value in self._data.items() if key != field[0]}

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name, UNSET) is not UNSET

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.to_dict().items())

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __dir__(self) -> list[str]:
        return sorted({*dir(type(self)), *self._fields.by_attribute, "additional_properties"})

    def __repr__(self) -> str:
        from .display import line

        return line(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from .display import pretty

        pretty(self, printer, cycle)

    def __reduce__(self) -> tuple[Any, ...]:
        known = self._fields.by_attribute.keys() | {"additional_properties"}
        own = {name: value for name, value in _own(self).items() if name not in known}
        return _restore, (type(self), self.to_dict(), self._origin, own)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        dump = core_schema.plain_serializer_function_ser_schema(ApiModel.to_dict)
        return core_schema.no_info_plain_validator_function(
            cls._validated, ref=f"{cls.__module__}.{cls.__qualname__}", serialization=dump
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        fields = cls._fields
        always = [wire for wire, name in fields.by_wire.items() if name in fields.promised]
        named: dict[str, Any] = {wire: {} for wire in fields.by_wire}
        return {"type": "object", "title": cls.__name__, "properties": named, "required": always}

    @classmethod
    def _validated(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, Mapping):
            return cls.from_dict(value)
        raise ValueError(f"{cls.__name__} needs a JSON object, not a {type(value).__name__}")


class OtherObject(ApiModel):
    """An object of a kind that the description does not know; its fields are attributes, too."""

    __slots__ = ()

    def _special(self, name: str) -> Any:
        return self._data[name] if name in self._data else super()._special(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *filter(str.isidentifier, self._data)})


def _missing_field(model: ApiModel, wire: str) -> AttributeError:
    return AttributeError(f"the reply has no {wire!r}, which {type(model).__name__} always has")


missing_field: Callable[[ApiModel, str], Exception] = _missing_field
"""Builds what is raised when a promised field is read that the reply does not have."""

_Model = TypeVar("_Model", bound=ApiModel)


@dataclass_transform(kw_only_default=True)
def model(cls: type[_Model]) -> type[_Model]:
    """Make an attrs class of a generated model; reading, comparing and printing stay ours."""
    from attrs import define

    return define(cls, slots=False, kw_only=True, eq=False, repr=False)


def _restore(cls: type[_Model], data: dict[str, Any], origin: Any, own: dict[str, Any]) -> _Model:
    restored = cls.from_dict(data)
    restored._origin = origin
    _own(restored).update(own)
    return restored


def _pass_on(origin: Any, value: Any) -> None:
    """Tell the models inside a decoded field where they came from."""
    for one in value if type(value) is list else (value,):
        if isinstance(one, ApiModel):
            one._origin = origin


def _put(out: dict[str, Any], field: tuple[str, Decoder | None], value: Any) -> None:
    """Write one field that was read or set; what nobody changed goes back as it was spelt."""
    wire, decode = field
    spelt = out.get(wire)
    if not (decode is not None and type(spelt) is str and decode(spelt) == value):
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
