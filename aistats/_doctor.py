"""What `aistats doctor` looks at: version, keys, base URL, the gateway, and each key's welcome."""

from __future__ import annotations

import os
import platform
import time
import warnings
from typing import TYPE_CHECKING, Any, Literal

import httpx
from attrs import field, frozen

from aistats._engine import Engine
from aistats._exit_codes import exit_code
from aistats._flow import World
from aistats._options import DEFAULT_BASE_URL, Options, check_base_url, check_timeout
from aistats._retry import Retry
from aistats._screen import Exit
from aistats._snapshot import is_number
from aistats._transport import SyncTransport
from aistats._version import __version__
from aistats.errors import AIStatsError, ConfigurationError, PermissionDeniedError
from aistats.keys import APIKey
from aistats.resources import Credits, Health, Key
from aistats.results import pick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aistats._mode import Sync

_SECONDS = 15.0  # for each attempt: a person is looking on
_VARIABLES = {"inference": "AI_STATS_API_KEY", "management": "AI_STATS_MANAGEMENT_KEY"}


@frozen
class Check:
    """One thing that was looked at."""

    name: str
    mark: Literal["ok", "FAIL", "-"]
    detail: str
    code: Exit = field(default=Exit.OK)


def examine() -> Iterator[Check]:
    """Look at everything, in the order in which faults build on each other."""
    versions = f"python {platform.python_version()}, httpx {httpx.__version__}"
    yield Check("version", "ok", f"aistats-client {__version__}, {versions}")
    keys: dict[str, APIKey] = {}
    for kind, variable in _VARIABLES.items():
        yield _read_key(kind, variable, keys)
    if not any(os.environ.get(variable) for variable in _VARIABLES.values()):
        yield _fault("keys", ConfigurationError("no key is set: set AI_STATS_API_KEY"))
    try:
        base_url = check_base_url(os.environ.get("AI_STATS_BASE_URL") or DEFAULT_BASE_URL)
    except ConfigurationError as error:
        yield _fault("AI_STATS_BASE_URL", error)
        return
    yield Check("base URL", "ok", base_url)
    transport = SyncTransport(None)
    try:
        yield from _calls(base_url, keys, World(transport))
    finally:
        transport.close()


def _read_key(kind: str, variable: str, keys: dict[str, APIKey]) -> Check:
    text = os.environ.get(variable)
    if not text:
        return Check(variable, "-", f"not set: operations that need the {kind} key will not work")
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        try:
            key = APIKey.parse(text)
        except ConfigurationError as error:
            return _fault(variable, error)
    if key.kind != kind:
        return _fault(variable, ConfigurationError(f"{key} is of kind {key.kind}, not {kind}"))
    keys[kind] = key
    return Check(variable, "ok", "; ".join([str(key), *(str(w.message) for w in raised)]))


def _calls(base_url: str, keys: dict[str, APIKey], world: World) -> Iterator[Check]:
    timeout = check_timeout(_SECONDS)
    options = Options(base_url=base_url, keys=keys, timeout=timeout, retry=Retry(attempts=1))
    engine: Engine[Sync] = Engine(options, world)
    yield _called("gateway", Health(engine).check, lambda health: f"status {health.get('status')}")
    if "inference" in keys:
        yield _called("inference key", Key(engine).retrieve, _key_state)
    if "management" in keys:
        yield _called("management key", Credits(engine).retrieve, _balance)


def _called(name: str, call: Callable[[], Any], tell: Callable[[Any], str]) -> Check:
    """Make a call that changes and costs nothing."""
    began = time.monotonic()
    try:
        found = tell(call())
    except PermissionDeniedError as error:
        return Check(name, "ok", f"the gateway knows it, but it may not see the wallet: {error}")
    except AIStatsError as error:
        return _fault(name, error)
    return Check(name, "ok", f"{found} ({(time.monotonic() - began) * 1000:.0f} ms)")


def _key_state(answer: Any) -> str:
    """Tell what is known of a key; blocked ones still answer here (wire-facts §1.6)."""
    words = [f"accepted, status {pick(answer, 'data', 'status')}"]
    words += [flag for flag in ("disabled", "soft_blocked") if pick(answer, "data", flag) is True]
    if ends := pick(answer, "data", "expires_at"):
        words.append(f"expires {ends}")
    return ", ".join(words)


def _balance(answer: Any) -> str:
    nanos = pick(answer, "credits", "available_nanos")
    if not is_number(nanos):
        return "accepted"
    return f"accepted, {nanos / 1e9:.2f} USD available"


def _fault(name: str, error: AIStatsError) -> Check:
    return Check(name, "FAIL", str(error), exit_code(error))
