"""Every kind of change, and whether it breaks the callers of a client: the tables of the check.

A change is *breaking* when code that is right against the documented interface, a typed caller that
handles every documented value included, can go wrong with a server that follows the new one.
Requests may not narrow, responses may not widen.
"""

from __future__ import annotations

from typing import Any, Final

from attrs import field, frozen

SEVERITIES: Final = ("breaking", "additive", "info")

# What our client does about a change at run time. It is said beside the verdict, never in it.
KEEPS_TEXT: Final = "an unknown value is kept as plain text"
KEEPS_NULL: Final = "a null reads as None, nothing raises"
KEEPS_RAW: Final = "a value of another shape is kept as raw JSON"
READS_UNSET: Final = "a missing field reads as UNSET, nothing raises"
ANY_SUCCESS: Final = "any 2xx is decoded"

# kind -> what softens it (empty: nothing does)
BREAKING: Final[dict[str, str]] = {
    "path-removed": "",
    "operation-removed": "",
    "operation-moved": "",
    "server-removed": "base_url= sets the address",
    "server-changed": "base_url= sets the address",
    "security-tightened": "",
    "security-scheme-changed": "",
    "request-required-property-added": "extra_body= sends it today",
    "request-property-removed": "",
    "request-property-became-required": "",
    "request-enum-value-removed": "",
    "request-type-narrowed": "",
    "request-type-changed": "",
    "request-format-narrowed": "",
    "request-variant-removed": "",
    "request-became-not-nullable": "",
    "request-constraint-tightened": "",
    "request-additional-properties-forbidden": "",
    "request-required-parameter-added": "extra_query= or extra_headers= sends it today",
    "request-parameter-removed": "",
    "request-parameter-moved": "extra_query= or extra_headers= sends it today",
    "request-parameter-became-required": "",
    "request-parameter-style-changed": "",
    "request-media-type-removed": "",
    "request-encoding-changed": "",
    "request-body-removed": "",
    "request-body-became-required": "",
    "response-property-removed": READS_UNSET,
    "response-property-became-optional": READS_UNSET,
    "response-enum-value-added": KEEPS_TEXT,
    "response-type-widened": KEEPS_RAW,
    "response-type-changed": KEEPS_RAW,
    "response-format-widened": "an unreadable value is kept as plain text",
    "response-variant-added": KEEPS_RAW,
    "response-became-nullable": KEEPS_NULL,
    "response-media-type-removed": "",
    "response-body-removed": "",
    "response-header-removed": "",
    "response-header-became-optional": "",
    "response-success-added": ANY_SUCCESS,
    "response-success-removed": ANY_SUCCESS,
}
ADDITIVE: Final = frozenset(
    {
        "path-added",
        "operation-added",
        "server-added",
        "security-relaxed",
        "request-property-added",
        "request-property-became-optional",
        "request-enum-value-added",
        "request-type-widened",
        "request-format-widened",
        "request-variant-added",
        "request-became-nullable",
        "request-constraint-loosened",
        "request-additional-properties-allowed",
        "request-parameter-added",
        "request-parameter-became-optional",
        "request-media-type-added",
        "request-body-added",
        "request-body-became-optional",
        "response-property-added",
        "response-property-became-required",
        "response-enum-value-removed",
        "response-type-narrowed",
        "response-format-narrowed",
        "response-variant-removed",
        "response-became-not-nullable",
        "response-media-type-added",
        "response-body-added",
        "response-header-added",
        "response-header-became-required",
        "response-first-success-added",
        "response-status-added",
    }
)
INFO: Final = frozenset(
    {
        "path-parameter-renamed",
        "operation-id-changed",
        "deprecated-changed",
        "default-changed",
        "discriminator-changed",
        "request-format-changed",
        "response-format-changed",
        "response-constraint-changed",
        "response-additional-properties-changed",
        "response-status-removed",
        "overlay-action-stale",
    }
)


def severity_of(kind: str) -> str:
    """Look a kind up; an unknown one is a defect of the check."""
    if kind in BREAKING:
        return "breaking"
    if kind in ADDITIVE:
        return "additive"
    if kind in INFO:
        return "info"
    raise KeyError(kind)


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
        object.__setattr__(self, "severity", severity_of(self.kind))

    @property
    def softened(self) -> str:
        """What our client does about it at run time, if anything."""
        return BREAKING.get(self.kind, "")
