"""Compare what a client receives: statuses, media types, bodies, headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.drift.shapes import ShapeComparison
from scripts.drift.verdicts import Change

if TYPE_CHECKING:
    from scripts.drift.interface import Body, Interface, Response
    from scripts.drift.schema import SchemaReader


class AnswerComparison:
    """Compares the responses of pairs of operations."""

    def __init__(self, old: SchemaReader, new: SchemaReader) -> None:
        """Read schemas with these readers."""
        self._shapes = ShapeComparison(old, new, "response")

    def compare(self, old: Interface, new: Interface) -> list[Change]:
        """List the differences between two sets of responses."""
        before, after = old.responses, new.responses
        had_success = any(status.startswith("2") for status in before)
        found = []
        for status in sorted(before.keys() - after.keys()):
            kind = "success-removed" if status.startswith("2") else "status-removed"
            found.append(_change(new, f"response-{kind}", status, old=status))
        for status in sorted(after.keys() - before.keys()):
            kind = "status-added"
            if status.startswith("2"):
                kind = "success-added" if had_success else "first-success-added"
            found.append(_change(new, f"response-{kind}", status, new=status))
        for status in sorted(before.keys() & after.keys()):
            found += self._response(status, before[status], after[status], new)
        return found

    def _response(
        self, status: str, old: Response, new: Response, owner: Interface
    ) -> list[Change]:
        return self._media(status, old.body, new.body, owner) + self._headers(
            status, old, new, owner
        )

    def _media(self, status: str, old: Body, new: Body, owner: Interface) -> list[Change]:
        if bool(old.media) != bool(new.media):
            kind = "response-body-added" if new.media else "response-body-removed"
            return [_change(owner, kind, status, sorted(old.media), sorted(new.media))]
        found = [
            _change(owner, "response-media-type-removed", status, old=name)
            for name in sorted(old.media.keys() - new.media.keys())
        ]
        found += [
            _change(owner, "response-media-type-added", status, new=name)
            for name in sorted(new.media.keys() - old.media.keys())
        ]
        for name in sorted(old.media.keys() & new.media.keys()):
            at = f"response {status} {name}"
            found += self._shapes.compare(old.media[name], new.media[name], owner.label, at)
        return found

    def _headers(self, status: str, old: Response, new: Response, owner: Interface) -> list[Change]:
        found = []
        for name in sorted(old.headers.keys() | new.headers.keys()):
            before, after = old.headers.get(name), new.headers.get(name)
            at = f"{status} header {name}"
            if before is None or after is None:
                word = "removed" if after is None else "added"
                found.append(_change(owner, f"response-header-{word}", at))
                continue
            if before.required != after.required:
                word = "required" if after.required else "optional"
                found.append(_change(owner, f"response-header-became-{word}", at))
            found += self._shapes.compare(
                before.schema, after.schema, owner.label, f"response {at}"
            )
        return found


def _change(owner: Interface, kind: str, at: str, old: Any = None, new: Any = None) -> Change:
    return Change(kind=kind, operation=owner.label, at=f"response {at}", old=old, new=new)
