"""The keys the sandbox knows and the order in which it looks at them (docs/gateway.md)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aistats.sandbox.calls import Call, KeyRecord, Kind
from aistats.sandbox.refusals import refuse

if TYPE_CHECKING:
    from aistats.sandbox.clock import Clock

API_KEY = "phaseo_v1_sk_sandbox00000_not-a-real-secret"
MANAGEMENT_KEY = "phaseo_v1_mk_sandboxmgmt0_not-a-real-secret"
LEGACY_END = 1_798_761_600  # 2027-01-01T00:00:00Z: the end of the aistats_ prefix
FORM = re.compile(r"(phaseo|aistats)_v1_(sk|mk)_([^_]*)_(.*)", re.DOTALL)
KID = re.compile(r"[A-Za-z0-9]{6,64}")
KINDS: dict[str, Kind] = {"sk": "inference", "mk": "management"}
WRONG = {"revoked": "key_not_found_or_revoked", "broken": "db_error", "expired": "key_expired"}


class Keyring:
    """Find the key of a call, or refuse the call the way the gateway does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.records: dict[str, KeyRecord] = {}

    def add(self, record: KeyRecord) -> KeyRecord:
        """Make a key known; a second one with the same kid takes the place of the first."""
        self.records[record.kid] = record
        return record

    def add_text(self, text: str) -> KeyRecord:
        """Make a key known that is written out in full."""
        form = FORM.fullmatch(text)
        if form is None:
            raise ValueError("a key looks like phaseo_v1_sk_<kid>_<secret>")
        return self.add(KeyRecord(kid=form[3], secret=form[4], kind=KINDS[form[2]]))

    def check(self, call: Call) -> KeyRecord:
        """Return the key the call carries, or raise the refusal for what is wrong with it."""
        header = call.headers.get("authorization", "")
        token = header[7:].strip() if header.startswith("Bearer ") else ""
        wanted: Kind = "management" if call.route.credential == "management" else "inference"
        form = FORM.fullmatch(token)
        reason = self._fault(token, form, wanted)
        if reason is None and form is not None:
            return self.records[form[3]]
        shape = call.route.auth_shape
        raise refuse(call, 401, "unauthorised", reason, shape=shape, without=("workspace_id",))

    def _fault(self, token: str, form: re.Match[str] | None, wanted: Kind) -> str | None:
        if not token:
            return "missing_or_invalid_authorization_header"
        if form is None:
            return "invalid_key_format"
        namespace, tag, kid, secret = form.groups()
        if wanted == "management" and (KINDS[tag] != wanted or namespace == "aistats"):
            return "management_key_required"
        if namespace == "aistats" and self._clock.now() >= LEGACY_END:
            return "legacy_key_prefix_retired"
        if KINDS[tag] != wanted:
            return "management_key_not_valid_for_gateway"
        if not KID.fullmatch(kid):
            return "invalid_key_format"
        record = self.records.get(kid) or KeyRecord(kid=kid, secret="", state="revoked")
        return WRONG.get(record.state) or (None if record.secret == secret else "invalid_secret")
