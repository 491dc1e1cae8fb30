"""The keys the sandbox knows and the order in which it looks at them (wire-facts §1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from attrs import define

from aistats.sandbox.envelopes import direct, pipeline

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, Refusal
    from aistats.sandbox.clock import Clock

API_KEY = "phaseo_v1_sk_sandbox00000_not-a-real-secret"
MANAGEMENT_KEY = "phaseo_v1_mk_sandboxmgmt0_not-a-real-secret"
LEGACY_END = 1_798_761_600  # 2027-01-01T00:00:00Z: the end of the aistats_ prefix
KID = re.compile(r"[A-Za-z0-9]{6,64}")
MISSING_HEADER = "missing_or_invalid_authorization_header"
KINDS = {"sk": "inference", "mk": "management"}
Kind = Literal["inference", "management"]
State = Literal["active", "revoked", "expired", "soft_blocked", "over_budget", "broken"]


@define(kw_only=True)
class KeyRecord:
    """One key: what it opens, and what is wrong with it."""

    kid: str
    secret: str
    kind: Kind = "inference"
    state: State = "active"
    scopes: bool = True
    id: str = ""

    @property
    def text(self) -> str:
        """Return the key as its owner writes it."""
        tag = "sk" if self.kind == "inference" else "mk"
        return f"phaseo_v1_{tag}_{self.kid}_{self.secret}"


class Keyring:
    """Find the key of a call, or refuse the call the way the gateway does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._records: dict[str, KeyRecord] = {}

    def add(self, record: KeyRecord) -> KeyRecord:
        """Make a key known; a second one with the same kid takes the place of the first."""
        self._records[record.kid] = record
        return record

    def set_state(self, kid: str, state: State) -> None:
        """Change what is wrong with a key, or that nothing is."""
        self._records[kid].state = state

    def drop(self, kid: str) -> None:
        """Forget a key, as revoking it does."""
        self._records.pop(kid, None)

    def add_text(self, text: str, state: State = "active") -> KeyRecord:
        """Make a key known that is written out in full."""
        _namespace, _version, tag, kid, secret = text.split("_", 4)
        kind: Kind = "management" if tag == "mk" else "inference"
        return self.add(KeyRecord(kid=kid, secret=secret, kind=kind, state=state))

    def check(self, call: Call) -> KeyRecord:
        """Return the key the call carries, or raise the refusal for what is wrong with it."""
        header = call.headers.get("authorization", "")
        if not header.startswith("Bearer ") or not header[7:].strip():
            raise unauthorised(call, MISSING_HEADER)
        kind: Kind = "management" if call.route.credential == "management" else "inference"
        reason, record = self._look_up(header[7:].strip(), kind)
        if record is None:
            raise unauthorised(call, reason)
        return record

    def _look_up(self, token: str, wanted: Kind) -> tuple[str, KeyRecord | None]:
        parts = token.split("_", 4)
        if (
            len(parts) < 5
            or parts[0] not in {"phaseo", "aistats"}
            or parts[1] != "v1"
            or parts[2] not in KINDS
        ):
            return "invalid_key_format", None
        namespace, _version, tag, kid, secret = parts
        fault = self._fault_of_form(namespace, KINDS[tag], kid, wanted)
        if fault is not None:
            return fault, None
        record = self._records.get(kid)
        fault = _fault_of_record(record, secret)
        return (fault, None) if fault else ("", record)

    def _fault_of_form(self, namespace: str, kind: str, kid: str, wanted: Kind) -> str | None:
        if wanted == "management" and (kind != wanted or namespace == "aistats"):
            return "management_key_required"
        if namespace == "aistats" and self._clock.now() >= LEGACY_END:
            return "legacy_key_prefix_retired"
        if kind != wanted:
            return "management_key_not_valid_for_gateway"
        return None if KID.fullmatch(kid) else "invalid_key_format"


def _fault_of_record(record: KeyRecord | None, secret: str) -> str | None:
    if record is None or record.state == "revoked":
        return "key_not_found_or_revoked"
    if record.state == "broken":
        return "db_error"
    if record.state == "expired":
        return "key_expired"
    return None if record.secret == secret else "invalid_secret"


def unauthorised(call: Call, reason: str) -> Refusal:
    """Refuse with 401 in the shape of the route."""
    if call.route.auth_shape == "pipeline":
        return pipeline(call, 401, "unauthorised", description=reason)
    return direct(call, 401, "unauthorised", reason, workspace=False)
