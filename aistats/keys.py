"""Gateway keys: reading them, saying what is wrong with one, and never showing its secret."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime
from typing import Literal

from attrs import frozen

from aistats.errors import InvalidKeyError

# The day after which the gateway refuses the old prefix.
_LEGACY_RETIRED = datetime(2027, 1, 1, tzinfo=UTC)
_KINDS: dict[str, Literal["inference", "management"]] = {"sk": "inference", "mk": "management"}
_NAMESPACES: dict[str, Literal["aistats", "phaseo"]] = {"aistats": "aistats", "phaseo": "phaseo"}
_FORMAT = "expected <namespace>_v1_<sk|mk>_<kid>_<secret> as shown once in the dashboard"


class LegacyKeyWarning(DeprecationWarning):
    """The key still has the prefix that the gateway retired on 2027-01-01."""


@frozen(repr=False)
class APIKey:
    """A well-formed gateway key. `secret` is never part of `repr()` or `str()`."""

    namespace: Literal["aistats", "phaseo"]
    kind: Literal["inference", "management"]
    kid: str
    secret: str

    @classmethod
    def parse(cls, text: str, *, now: datetime | None = None) -> APIKey:
        """Read a key, trimming surrounding white space (format: docs/gateway.md, "Keys").

        Raises `InvalidKeyError` with a hint for the usual mistakes. `now` (aware) decides
        whether the old prefix is worth a `LegacyKeyWarning`; it defaults to this moment.
        """
        if not isinstance(text, str):
            raise InvalidKeyError(f"the key is a {type(text).__name__}; pass it as a string")
        text = text.strip()
        _refuse_usual_mistakes(text)
        parts = text.split("_", 4)
        if len(parts) < 5 or parts[0] not in _NAMESPACES or parts[1] != "v1":
            raise InvalidKeyError(f"this is not a gateway key: {_FORMAT}")
        namespace, _, kind, kid, secret = parts
        if kind not in _KINDS:
            raise InvalidKeyError(f"the third part of the key must be sk or mk: {_FORMAT}")
        if not re.fullmatch(r"[A-Za-z0-9]+", kid):
            raise InvalidKeyError(f"the kid must be letters and digits only: {_FORMAT}")
        if not re.fullmatch(r"[\x21-\x7e]+", secret):
            raise InvalidKeyError(
                "the secret is empty or holds white space or characters outside ASCII: copy the "
                "key again from the dashboard, in one piece"
            )
        if namespace == "aistats" and (now or datetime.now(UTC)) >= _LEGACY_RETIRED:
            warnings.warn(
                "the gateway retired keys that start with aistats_ on 2027-01-01: create a new "
                "key (phaseo_...) in the dashboard",
                LegacyKeyWarning,
                stacklevel=2,
            )
        return cls(_NAMESPACES[namespace], _KINDS[kind], kid, secret)

    @property
    def token(self) -> str:
        """The whole key, as it goes into the Authorization header."""
        kind = "sk" if self.kind == "inference" else "mk"
        return f"{self.namespace}_v1_{kind}_{self.kid}_{self.secret}"

    def __repr__(self) -> str:
        return f"APIKey({str(self)!r})"

    def __str__(self) -> str:
        return self.token.removesuffix(self.secret) + "***"


# What people paste instead of a key, in the order in which the hints help most.
_MISTAKES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\Z"), "the key is empty: set it, or unset the variable that holds it"),
    (re.compile(r"(?i)bearer\b"), "leave out the word Bearer: pass the key alone"),
    (re.compile(r"[\"'`\u201c\u201d\u2018\u2019]"), "remove the quotes around the key"),
    (re.compile(r"(?i)your[_-]?api[_-]?key\Z"), "YOUR_API_KEY is a placeholder: use your own key"),
    (
        re.compile(r"<|[^<]*_<[a-zA-Z][\w -]*>(?:_|\Z)"),
        "the key still holds a placeholder such as <kid>: use your own key",
    ),
    (re.compile(r"\$\{?\w+\}?\Z"), "this is the name of a variable, not its value"),
    (
        re.compile(r"(?:aistats|phaseo)_v1_k_"),
        "keys of the form ..._v1_k_... are no longer valid: create a new one in the dashboard",
    ),
    (
        re.compile(r"sk-"),
        "keys that start with sk- belong to another vendor: use a key of the gateway's dashboard",
    ),
)


def _refuse_usual_mistakes(text: str) -> None:
    for pattern, hint in _MISTAKES:
        if pattern.match(text):
            raise InvalidKeyError(f"malformed key: {hint}")
