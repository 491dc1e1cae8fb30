"""Every kind of change, and whether it breaks the callers of a client: the table of the check.

A change is *breaking* when code that is right against the documented interface, a typed caller that
handles every documented value included, can go wrong with a server that follows the new one.
Requests may not narrow, responses may not widen.
"""

from __future__ import annotations

from typing import Any, Final

from attrs import field, frozen

DOCUMENT: Final = "*"  # stands for the operation of what concerns the whole document
ACKNOWLEDGED: Final = "acknowledged"
SEVERITIES: Final = ("breaking", "additive", "info")
_B, _A, _I = SEVERITIES

# What happens to the whole interface: kind -> severity.
WHOLE: Final = {
    "path-removed": _B, "path-added": _A, "operation-removed": _B, "operation-added": _A,
    "operation-moved": _B, "operation-id-changed": _I, "deprecated-changed": _I,
    "path-parameter-renamed": _I, "default-changed": _I, "discriminator-changed": _I,
    "server-removed": _B, "server-changed": _B, "server-added": _A, "server-variables-changed": _I,
    "security-tightened": _B, "security-scheme-changed": _B, "security-relaxed": _A,
    "security-flow-removed": _B, "security-flow-changed": _B, "security-flow-added": _A,
    "webhook-removed": _B, "webhook-added": _A,
    "webhook-answer-removed": _B, "webhook-answer-added": _A,
    "openapi-version-changed": _I, "access-changed": _I, "unseen-property-changed": _I,
    "overlay-action-stale": _I, "sync-refused": _I,
}  # fmt: skip

# What happens to what travels: kind -> severity in a request, in a response ("": not there).
TRAVELLING: Final = {
    "property-removed": (_B, _B), "property-added": (_A, _A), "required-property-added": (_B, ""),
    "property-became-required": (_B, _A), "property-became-optional": (_A, _B),
    "enum-value-removed": (_B, _A), "enum-value-added": (_A, _B),
    "type-narrowed": (_B, _A), "type-widened": (_A, _B), "type-changed": (_B, _B),
    "format-narrowed": (_B, _A), "format-widened": (_A, _B), "format-changed": (_I, _I),
    "variant-removed": (_B, _A), "variant-added": (_A, _B),
    "became-not-nullable": (_B, _A), "became-nullable": (_A, _B),
    "constraint-tightened": (_B, ""), "constraint-loosened": (_A, ""),
    "constraint-changed": ("", _I),
    "additional-properties-forbidden": (_B, ""), "additional-properties-allowed": (_A, ""),
    "additional-properties-changed": ("", _I),
    "parameter-removed": (_B, ""), "parameter-added": (_A, ""), "parameter-moved": (_B, ""),
    "required-parameter-added": (_B, ""), "parameter-style-changed": (_B, ""),
    "parameter-emptiness-changed": (_B, ""), "header-emptiness-changed": ("", _I),
    "parameter-became-required": (_B, ""), "parameter-became-optional": (_A, ""),
    "header-removed": ("", _B), "header-added": ("", _A), "header-style-changed": ("", _B),
    "header-became-required": ("", _A), "header-became-optional": ("", _B),
    "media-type-removed": (_B, _B), "media-type-added": (_A, _A), "encoding-changed": (_B, _B),
    "body-removed": (_B, _B), "body-added": (_A, _A),
    "body-became-required": (_B, _A), "body-became-optional": (_A, _B),
    "success-added": ("", _B), "success-removed": ("", _B), "first-success-added": ("", _A),
    "status-added": ("", _A), "status-removed": ("", _I),
}  # fmt: skip

VERDICTS: Final[dict[str, str]] = WHOLE | {
    f"{direction}-{kind}": severity
    for kind, both in TRAVELLING.items()
    for direction, severity in zip(("request", "response"), both, strict=True)
    if severity
}

# What our client does about a change at run time. It is said beside the verdict, never in it.
_RAW: Final = "a value of another shape is kept as raw JSON"
_UNSET: Final = "a missing field reads as UNSET, nothing raises"
_EXTRA: Final = "extra_query= or extra_headers= sends it today"
SOFTENED: Final = {
    "server-removed": "base_url= sets the address",
    "server-changed": "base_url= sets the address",
    "request-required-property-added": "extra_body= sends it today",
    "request-required-parameter-added": _EXTRA,
    "request-parameter-moved": _EXTRA,
    "response-property-removed": _UNSET,
    "response-property-became-optional": _UNSET,
    "response-enum-value-added": "an unknown value is kept as plain text",
    "response-type-widened": _RAW,
    "response-type-changed": _RAW,
    "response-format-widened": "an unreadable value is kept as plain text",
    "response-variant-added": _RAW,
    "response-became-nullable": "a null reads as None, nothing raises",
    "response-success-added": "any 2xx is decoded",
    "response-success-removed": "any 2xx is decoded",
}


@frozen(kw_only=True)
class Change:
    """One difference of the interface, where it is and what it means."""

    kind: str
    operation: str
    at: str
    old: Any = None
    new: Any = None
    shared: str = ""  # the same place counted from the nearest named schema, to fold repetitions
    acknowledged: str = ""  # the reason of the baseline entry that covers it
    methods: tuple[str, ...] = ()
    severity: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Judge the kind once; a change without a verdict cannot exist."""
        object.__setattr__(self, "severity", VERDICTS[self.kind])

    @property
    def section(self) -> str:
        """Where it stands in a report."""
        return ACKNOWLEDGED if self.acknowledged else self.severity

    @property
    def softened(self) -> str:
        """What our client does about it at run time, if anything."""
        return SOFTENED.get(self.kind, "")
