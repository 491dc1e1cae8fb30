"""Play the steps of a vector (tests/vectors/sandbox.json) on a sandbox and check each answer.

A step steers (`plan`, `fail`, `advance`, `balance`, `switch`, `finish`, `heal`, `key`), or it
sends a request, `"send": "GET videos/{video}"`, with `json`, `content`, `form` and `files` or
`headers`, as an `as` other than the inference key. What has to be true of the answer: its
`status` (a success when left out); `is`: values by their paths; `has`: parts of texts; `not`:
paths that are absent; `set`: paths that hold something. `keep` binds values for later steps.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aistats.sandbox import MISSING, Sandbox
from tests.sandbox_client import BODIES, client

if TYPE_CHECKING:
    import httpx

Step = dict[str, Any]
VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "sandbox.json").read_text(encoding="utf-8")
)


def play(vector: dict[str, Any]) -> None:
    """Play one vector from its beginning to its end."""
    with Sandbox(**{"seed": 3, "now": 1_800_000_000, **vector.get("sandbox", {})}) as gw:
        known: dict[str, Any] = {"api_key": gw.api_key, "management": gw.management_key}
        for step in vector["steps"]:
            if "send" in step:
                _send(gw, step, known)
            else:
                steer(gw, step, known)


def steer(gw: Sandbox, step: Step, known: dict[str, Any]) -> None:
    """Prepare the sandbox as a step says."""
    for word, value in step.items():
        how = _filled(value, known)
        if word == "plan":
            getattr(gw, how.pop("of", "videos")).plan(**how)
        elif word == "fail":
            gw.fail(how.pop("on", ()), **how)
        elif word == "finish":
            gw.videos.finish(*how)
        elif word == "switch":
            gw.switch(how[1:], on=how[0] == "+")
        elif word == "key":
            known["other"] = gw.add_key(state=how)
        else:
            call = {"advance": gw.advance, "balance": gw.set_balance, "heal": lambda _: gw.heal()}
            call[word](how)


def _send(gw: Sandbox, step: Step, known: dict[str, Any]) -> None:
    method, path = _filled(step["send"], known).split(" ")
    options = {name: _filled(step[name], known) for name in ("json", "headers") if name in step}
    if "content" in step:
        options["content"] = step["content"].encode()
    if "form" in step or "files" in step:
        options["data"] = step.get("form", {})
        files = step.get("files", {})
        options["files"] = {n: (f[0], f[1].encode(), *f[2:]) for n, f in files.items()}
    with client(gw, known[step.get("as", "api_key")]) as http:
        for _ in range(step.get("times", 1)):
            answer = http.request(method, path, **options)
            _check(step, answer, known)


def _check(step: Step, answer: httpx.Response, known: dict[str, Any]) -> None:
    told = f"{step}: {answer.status_code} {answer.text[:2000]}"
    assert answer.status_code == step["status"] if "status" in step else answer.is_success, told
    body = {"text": answer.text, "headers": dict(answer.headers)}
    if answer.headers["Content-Type"].startswith("application/json"):
        decoded = answer.json()
        body |= decoded if isinstance(decoded, dict) else {"all": decoded}
    for path, value in step.get("is", {}).items():
        assert _at(body, path) == _filled(value, known), f"{path}: {told}"
    for path, part in step.get("has", {}).items():
        assert _filled(part, known) in _at(body, path), f"{path}: {told}"
    assert [path for path in step.get("not", ()) if _at(body, path) is not MISSING] == [], told
    assert all(_at(body, path) not in (MISSING, None, "", []) for path in step.get("set", ())), told
    known |= {name: _at(body, path) for name, path in step.get("keep", {}).items()}


def _at(value: Any, path: str) -> Any:
    """Return what is at a dotted path, `#` for the length of it; MISSING when it is not there."""
    for part in path.split("."):
        if part == "#":
            value = len(value)
        elif part == "*":
            return [_at(item, path.partition("*.")[2]) for item in value]
        elif isinstance(value, list):
            value = value[int(part)]
        else:
            value = value.get(part, MISSING) if isinstance(value, dict) else MISSING
    return value


def _filled(value: Any, known: dict[str, Any]) -> Any:
    """Put what is known into a value: `{video}`, the bodies by their names, and MISSING."""
    if isinstance(value, dict):
        base = BODIES[value["base"]] if "base" in value else {}
        return base | {k: _filled(v, known) for k, v in value.items() if k != "base"}
    if isinstance(value, list):
        return [_filled(item, known) for item in value]
    if value == "MISSING":
        return MISSING
    if isinstance(value, str):
        for name, kept in known.items():
            value = value.replace(f"{{{name}}}", str(kept))
    return value
