"""The settings of a client, from arguments and environment, checked before anything is sent."""

from __future__ import annotations

import ipaddress
import os
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx
from attrs import evolve, field, frozen

from aistats._core import checks
from aistats._core.retry import Retry
from aistats._version import __version__
from aistats.errors import ConfigurationError, one_line
from aistats.keys import APIKey

if TYPE_CHECKING:
    from collections.abc import Callable

URL: TypeAlias = httpx.URL  # for the modules that need httpx for no more
Timeout: TypeAlias = httpx.Timeout

DEFAULT_BASE_URL = "https://api.phaseo.app/v1"
# A reasoning model may be silent for minutes, and a pool limit of ours would only make a burst of
# calls fail.
DEFAULT_TIMEOUT = httpx.Timeout(connect=10.0, read=600.0, write=600.0, pool=None)
USER_AGENT = "aistats-client/{} python/{}.{}.{}".format(__version__, *sys.version_info)

_SOURCES = {
    "inference": ("api_key", "AI_STATS_API_KEY"),
    "management": ("management_key", "AI_STATS_MANAGEMENT_KEY"),
}
"""Where the key of each kind comes from: the argument, else the environment variable."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")  # RFC 9110 §5.6.2
_FIELD_VALUE = re.compile(r"[\t\x20-\x7e]*\Z")  # RFC 9110 §5.5, without its obsolete forms
_OURS = frozenset({"authorization", "content-length", "transfer-encoding", "host"})


@frozen
class Limits:
    """How much of an answer is taken into memory, in bytes.

    `body` bounds a success that is decoded, `error_body` what is kept of an error, `event` one
    server-sent event. Downloads to files and iterated bytes have no limit.
    """

    body: int = field(default=256 * 1024 * 1024, validator=checks.at_least_one(" of bytes"))
    error_body: int = field(default=1024 * 1024, validator=checks.at_least_one(" of bytes"))
    event: int = field(default=16 * 1024 * 1024, validator=checks.at_least_one(" of bytes"))


@frozen
class Options:
    """The checked settings of a client; what is None was not said, so a given client's holds."""

    base_url: str
    keys: Mapping[str, APIKey] = field(repr=lambda keys: str({k: str(v) for k, v in keys.items()}))
    timeout: httpx.Timeout | None = None
    retry: Retry = field(factory=Retry)
    headers: Mapping[str, str] = field(factory=dict, repr=lambda headers: str(sorted(headers)))
    limits: Limits = field(factory=Limits)

    @classmethod
    def read(
        cls,
        *,
        api_key: str | None,
        management_key: str | None,
        base_url: str | None,
        may_be_plain: Callable[[httpx.URL], bool] | None = None,
        **settings: Any,
    ) -> Options:
        """Check the arguments of a client; what is None comes from the environment.

        `may_be_plain` says of an http:// URL whether the key stays in this process there. Raises
        `ConfigurationError` or `InvalidKeyError`, with what to do about it.
        """
        given = {"inference": api_key, "management": management_key}
        keys = {kind: key for kind in given if (key := _read_key(kind, given[kind]))}
        if not keys:
            raise ConfigurationError(
                "no key: pass api_key=... or set AI_STATS_API_KEY (management operations use "
                "management_key=... or AI_STATS_MANAGEMENT_KEY)"
            )
        if base_url is None:
            base_url = os.environ.get("AI_STATS_BASE_URL", "").strip() or DEFAULT_BASE_URL
        options = cls(base_url=check_base_url(base_url, may_be_plain), keys=keys)
        return options.changed(**settings)

    def changed(
        self,
        *,
        timeout: float | httpx.Timeout | None = None,
        retry: Retry | None = None,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> Options:
        """Give a copy with other settings; None keeps what is there, headers are added."""
        return evolve(
            self,
            timeout=self.timeout if timeout is None else check_timeout(timeout),
            retry=self.retry if retry is None else check_retry(retry),
            headers=self.headers if headers is None else {**self.headers, **check_headers(headers)},
            limits=self.limits if limits is None else check_limits(limits),
        )

    def key_for(self, credential: str, label: str) -> APIKey:
        """Give the key of one kind; `label` names the operation that wants it."""
        key = self.keys.get(credential)
        if key is None:
            argument, variable = _SOURCES[credential]
            raise ConfigurationError(
                f"{label} needs the {credential} key: pass {argument}=... or set {variable}"
            )
        return key


def _read_key(kind: str, given: str | None) -> APIKey | None:
    argument, variable = _SOURCES[kind]
    text = os.environ.get(variable, "").strip() if given is None else given
    if given is None and not text:
        return None  # an empty variable is one that is not set
    key = APIKey.parse(text)
    if key.kind != kind:
        right, where = _SOURCES[key.kind]
        raise ConfigurationError(
            f"{argument} is of kind {key.kind}: pass it as {right} (or {where}); the gateway "
            "refuses it here"
        )
    return key


def check_base_url(text: str, may_be_plain: Callable[[httpx.URL], bool] | None = None) -> str:
    """Refuse a base URL that cannot be right or would show the key; drop a trailing slash."""
    if not isinstance(text, str):
        raise ConfigurationError(f"base_url is a {type(text).__name__}; pass it as a string")
    text = text.strip()
    if "@" in text:
        raise ConfigurationError("base_url holds a user name or password: leave them out")
    shown = f"base_url {one_line(text, 100)!r}"
    if not text.isprintable() or any(sign in text for sign in " \\"):
        raise ConfigurationError(f"{shown} holds spaces, backslashes or control characters")
    try:
        url = httpx.URL(text)  # the parser that will also say where to connect
        url.raw_host.decode("ascii").encode("idna")  # the resolver's, which knows more limits
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ConfigurationError(f"{shown} cannot be read: {error}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ConfigurationError(f"{shown} must start with https:// and name a host")
    if not 0 < (url.port or 443) < 65536:
        raise ConfigurationError(f"{shown} cannot be read: its port is not one")
    if "?" in text or "#" in text:
        raise ConfigurationError(f"{shown} must not hold a query or a fragment")
    plain = url.scheme == "http" and not is_loopback(url.host)
    if plain and not (may_be_plain and may_be_plain(url)):
        raise ConfigurationError(
            f"{shown} would send the key in clear: use https:// (plain http:// is accepted for "
            "loopback addresses, and for an http_client that stays in this process)"
        )
    return text.rstrip("/")


def origin_of(url: httpx.URL | str) -> tuple[str, str, int | None]:
    """Give scheme, host and port: who may see a key."""
    url = httpx.URL(url)
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def handed_out_url(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """Read a URL that an answer gave; `base` is where a relative one was given."""
    try:
        return base.join(text) if base else httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError) as error:  # a lone surrogate is no address either
        raise ConfigurationError(
            f"the gateway gave a URL that cannot be read, nothing was fetched: {error}"
        ) from None


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_timeout(value: float | httpx.Timeout) -> httpx.Timeout:
    """Accept seconds > 0 or an `httpx.Timeout`; seconds keep the default connect limit."""
    if isinstance(value, httpx.Timeout):
        phases = value.as_dict().values()
        if all(seconds is None or _is_timeout(seconds) for seconds in phases):
            return value
    elif _is_timeout(value):
        return httpx.Timeout(value, connect=min(value, 10.0), pool=None)
    raise ConfigurationError(
        f"timeout={value!r}: pass a number of seconds > 0 and up to 1e9, or an httpx.Timeout of "
        "such (None in it means no limit)"
    )


def _is_timeout(value: object) -> bool:
    # 0 would mean "do not wait" to a socket, and very long times overflow it.
    return checks.is_number(value) and 0 < value <= checks.LONGEST


def check_limits(value: Limits) -> Limits:
    """Accept a `Limits` only."""
    if not isinstance(value, Limits):
        raise ConfigurationError(f"limits={value!r}: pass aistats.Limits(...)")
    return value


def check_retry(value: Retry) -> Retry:
    """Accept a `Retry` only: a number would be ambiguous (tries or repeats?)."""
    if not isinstance(value, Retry):
        raise ConfigurationError(
            f"retry={value!r}: pass aistats.Retry(...), for instance Retry(attempts=1)"
        )
    return value


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Refuse header names and values that could not be sent or would be another header."""
    if not isinstance(headers, Mapping):
        raise ConfigurationError(
            f"headers are a {type(headers).__name__}: pass a dict of names and values"
        )
    checked: dict[str, str] = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not _TOKEN.match(name):
            raise ConfigurationError(f"{name!r} is not a header name (RFC 9110 §5.6.2)")
        if name.lower() in _OURS:
            raise ConfigurationError(f"the header {name} is set by the client: leave it out")
        if not isinstance(value, str) or not _FIELD_VALUE.match(value):
            raise ConfigurationError(
                f"the value of header {name} must be a string of visible ASCII characters, "
                "spaces and tabs"
            )
        checked[name.lower()] = value.strip(" \t")
    return checked
