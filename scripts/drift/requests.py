"""Compare what a client sends: parameters and the request body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.drift.shapes import ShapeComparison
from scripts.drift.verdicts import Change

if TYPE_CHECKING:
    from scripts.drift.interface import Body, Interface, Parameter
    from scripts.drift.schema import SchemaReader


class RequestComparison:
    """Compares the requests of pairs of operations."""

    def __init__(self, old: SchemaReader, new: SchemaReader) -> None:
        """Read schemas with these readers."""
        self._shapes = ShapeComparison(old, new, "request")
        self._new_schemas = new

    def compare(self, old: Interface, new: Interface) -> list[Change]:
        """List the differences between two requests."""
        return self._parameters(old, new) + self._bodies(old, new)

    # --- parameters -----------------------------------------------------------------------------

    def _parameters(self, old: Interface, new: Interface) -> list[Change]:
        before, after = dict(old.parameters), dict(new.parameters)
        found: list[Change] = []
        for key in sorted(before.keys() - after.keys()):
            gone = before[key]
            key_there = _elsewhere(gone, old, new)
            if key_there is None:
                found.append(_change(new, "request-parameter-removed", gone.label, old=gone.label))
                continue
            there = after.pop(key_there)
            found.append(
                _change(new, "request-parameter-moved", gone.label, gone.label, there.label)
            )
        for key in sorted(after.keys() - before.keys()):
            come = after[key]
            kind = "required-parameter-added" if come.required else "parameter-added"
            found.append(_change(new, f"request-{kind}", come.label, new=come.label))
        for key in sorted(before.keys() & after.keys()):
            found += self._parameter(before[key], after[key], new)
        return found

    def _parameter(self, old: Parameter, new: Parameter, owner: Interface) -> list[Change]:
        at = new.label
        found = []
        if old.name != new.name:
            found.append(_change(owner, "path-parameter-renamed", at, old.name, new.name))
        if old.required != new.required:
            word = "required" if new.required else "optional"
            found.append(_change(owner, f"request-parameter-became-{word}", at))
        if old.deprecated != new.deprecated:
            found.append(_change(owner, "deprecated-changed", at, old.deprecated, new.deprecated))
        if self._styles_differ(old, new):
            found.append(
                _change(owner, "request-parameter-style-changed", at, _style(old), _style(new))
            )
        shapes = self._shapes.compare(old.schema, new.schema, owner.label, f"request {at}")
        return found + shapes

    def _styles_differ(self, old: Parameter, new: Parameter) -> bool:
        """Exploding or not is all the same for a parameter that is a single value."""
        if old.style[0] != new.style[0]:
            return True
        plains = self._new_schemas.read(new.schema).alternatives
        many = any(plain.types & {"array", "object"} for plain in plains)
        return many and old.style != new.style

    # --- bodies ---------------------------------------------------------------------------------

    def _bodies(self, old: Interface, new: Interface) -> list[Change]:
        before, after, at = old.body, new.body, "request body"
        if before is None and after is None:
            return []
        if before is None or after is None:
            kind = "body-removed" if after is None else "body-added"
            if after is not None and after.required:
                kind = "body-became-required"
            return [_change(new, f"request-{kind}", at)]
        found = []
        if before.required != after.required:
            word = "required" if after.required else "optional"
            found.append(_change(new, f"request-body-became-{word}", at))
        return found + self._media(before, after, new)

    def _media(self, old: Body, new: Body, owner: Interface) -> list[Change]:
        at = "request body"
        found = [
            _change(owner, "request-media-type-removed", at, old=name)
            for name in sorted(old.media.keys() - new.media.keys())
        ]
        found += [
            _change(owner, "request-media-type-added", at, new=name)
            for name in sorted(new.media.keys() - old.media.keys())
        ]
        for name in sorted(old.media.keys() & new.media.keys()):
            place = f"{at} {name}"
            if old.encodings.get(name) != new.encodings.get(name):
                found.append(_change(owner, "request-encoding-changed", place))
            found += self._shapes.compare(old.media[name], new.media[name], owner.label, place)
        return found


def _elsewhere(gone: Parameter, old: Interface, new: Interface) -> tuple[str, str] | None:
    """Where a parameter of the same name stands now, if it was not there before."""
    return next(
        (
            key
            for key, other in new.parameters.items()
            if key not in old.parameters and other.name.lower() == gone.name.lower()
        ),
        None,
    )


def _change(owner: Interface, kind: str, at: str, old: Any = None, new: Any = None) -> Change:
    place = at if at.startswith("request") else f"request {at}"
    return Change(kind=kind, operation=owner.label, at=place, old=old, new=new)


def _style(parameter: Parameter) -> str:
    style, explode = parameter.style
    return f"{style}, {'exploded' if explode else 'not exploded'}"
