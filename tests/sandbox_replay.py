"""Replay recorded exchanges against a sandbox, and say where its answer differs in kind.

Texts, numbers and ids may differ; statuses, codes, reasons, keys, types, media types and the
headers that matter may not.
"""

from __future__ import annotations

import http.client
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs

from aistats.sandbox import Quirks, Sandbox
from tests.sandbox_steps import steer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Recording = dict[str, Any]
TABLES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "sandbox_replay.json").read_text(encoding="utf-8")
)
EXACT_KEYS = frozenset(TABLES["exact_keys"])
IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
DATA_KEYED = re.compile(
    r"\.(parameter_details|supported_params_detail|supported_parameters_detail|categories"
    r"|category_scores|category_applied_input_types|variants|params)$"
)
DIAGNOSTICS = re.compile(r"^\$\.(routing_diagnostics|details\[\]\.params)\.")


@attrs.frozen
class Reply:
    """What the sandbox answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the decoded body."""
        return json.loads(self.body)


def load(folder: Path) -> dict[str, Recording]:
    """Return all recordings by name."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        for recording in json.loads(path.read_text(encoding="utf-8")):
            found[recording["name"]] = recording | {"file": path.stem}
    return found


def send(gw: Sandbox, recording: Recording, renamed: Mapping[str, str]) -> Reply:
    """Send a recorded request byte by byte as it was, but for the ids in it."""
    request = recording["request"]
    target = urlsplit(gw.base_url)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
    body = _body(recording)
    try:
        connection.putrequest(request["method"], _renamed(request["path"], renamed))
        for name, value in request["headers"].items():
            connection.putheader(name, value)
        if recording["name"].startswith("bad_body_too_large"):
            connection.putheader("Content-Length", "17825792")
        elif body is not None:
            body = _renamed(body.decode(), renamed).encode()
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return Reply(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()


def _body(recording: Recording) -> bytes | None:
    body, name = recording["request"]["body"], recording["name"]
    if isinstance(body, str) and name != "bad_json_string":
        return body[:1].encode() if name.startswith("bad_body_too_large") else body.encode()
    if body is None and name != "bad_json_null":
        return None
    return json.dumps(_refilled(body)).encode()


def _refilled(body: Any) -> Any:
    """Put words where the recordings have had theirs taken out."""
    if not isinstance(body, dict):
        return body
    filled = {
        k: v or "words" if k in {"prompt", "input"} and v == "" else v for k, v in body.items()
    }
    for message in filled.get("messages") or ():
        if isinstance(message, dict) and message.get("content") == "":
            message["content"] = "words"
    return filled


def _renamed(text: str, renamed: Mapping[str, str]) -> str:
    for old, new in renamed.items():
        text = text.replace(old, new)
    return text


def prepare(gw: Sandbox, name: str) -> None:
    """Set the scene for one recording; nothing of an earlier one is left."""
    gw.heal()
    gw.set_balance(1000)
    for switch in ("videos", "video_access", "batches", "music"):
        gw.switch(switch, on=True)
    for names, step in TABLES["scenes"]:
        if re.match(names, name):
            steer(gw, step, {})


def _order(recording: Recording) -> tuple[Any, ...]:
    name = recording["name"]
    order = TABLES["batch_order"]
    rank = order.index(name) if name in order else len(order)
    early = name == "generation_source_chat" or name.startswith("video_list")
    return (recording["file"], not early, rank, name)


def replay(recordings: Mapping[str, Recording]) -> Iterator[tuple[str, Reply]]:
    """Replay all recordings, each family of them in its own sandbox."""
    for unpatched in (False, True):
        quirks = Quirks(sora_cannot_be_polled=unpatched)
        with Sandbox(seed=5, quirks=quirks) as gw:
            for kid, secret, state in TABLES["keys"]:
                gw.add_key(kid=kid, secret=secret, state=state)
            gw.add_key(kid="demoMgmt1234", secret="demo_secret", kind="management")
            renamed: dict[str, str] = {}
            for recording in sorted(recordings.values(), key=_order):
                name = recording["name"]
                if ("unpatched" in name) is not unpatched:
                    continue
                if name == "batches_cancel":
                    _second_batch(gw, recordings, renamed)
                if name == "batches_create_file_without_max_tokens":
                    renamed["file-1d8109a17938421bbb9a9b"] = _file_without_limits(gw)
                prepare(gw, name)
                reply = send(gw, recording, renamed)
                _learn(recording, reply, renamed)
                yield name, reply


def _second_batch(
    gw: Sandbox, recordings: Mapping[str, Recording], renamed: dict[str, str]
) -> None:
    """Make the batch that was cancelled; its creation was not recorded."""
    gw.heal()
    reply = send(gw, recordings["batches_create_no_window"], renamed)
    renamed["batch_01M7WVZ4YTJSCJBVQAKTPWXX2B"] = reply.json["id"]


def _file_without_limits(gw: Sandbox) -> str:
    """Upload the file whose requests name no token limit; its upload was not recorded."""
    gw.heal()
    line = {"custom_id": "r0", "method": "POST", "url": "/v1/chat/completions"}
    line |= {"body": {"model": "openai/gpt-4.1-mini", "messages": []}}  # type: ignore[dict-item]
    form = (
        '--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n'
        '--b\r\nContent-Disposition: form-data; name="file"; filename="in.jsonl"\r\n\r\n'
        f"{json.dumps(line)}\r\n--b--\r\n"
    )
    request = {
        "method": "POST",
        "path": "/v1/files",
        "body": form,
        "headers": {
            "Authorization": f"Bearer {gw.api_key}",
            "Content-Type": "multipart/form-data; boundary=b",
        },
    }
    return str(send(gw, {"name": "file", "request": request}, {}).json["id"])


def _learn(recording: Recording, reply: Reply, renamed: dict[str, str]) -> None:
    """Note which id of ours stands for which recorded one."""
    recorded = recording["response"]["body"]
    if not isinstance(recorded, dict) or recording["response"]["status"] != 200:
        return
    if not reply.headers.get("Content-Type", "").startswith("application/json"):
        return
    ours = reply.json
    for key in ("id", "output_file_id"):
        old, new = recorded.get(key), ours.get(key)
        if isinstance(old, str) and isinstance(new, str) and old not in renamed:
            renamed[old] = new
    if "download_url" in recorded and "download_url" in ours and recorded["download_url"]:
        for name in ("download_token", "download_sig", "expires_at"):
            pattern = re.compile(rf"{name}=([^&]+)")
            old_value = pattern.findall(recorded["download_url"])[0]
            new_value = pattern.findall(str(ours["download_url"]))
            if new_value and len(old_value) > 4:
                renamed[f"{name}={old_value}"] = f"{name}={new_value[0]}"


def differences(recording: Recording, reply: Reply) -> list[str]:
    """Return every difference in kind between the recorded answer and ours."""
    recorded = recording["response"]
    found = list(_head_differences(recorded, reply))
    if found and recorded["status"] != reply.status:
        return [*found, f"our body: {reply.body[:300]!r}"]
    return found + list(_body_differences(recorded, reply))


def _head_differences(recorded: Recording, reply: Reply) -> Iterator[str]:
    if recorded["status"] != reply.status:
        yield f"status: {recorded['status']} recorded, {reply.status} ours"
    theirs = recorded["headers"]
    if _media_type(theirs) != _media_type(reply.headers):
        yield f"Content-Type: {_media_type(theirs)} recorded, {_media_type(reply.headers)} ours"
    for name in TABLES["exact_headers"]:
        if theirs.get(name) != reply.headers.get(name):
            yield f"{name}: {theirs.get(name)!r} recorded, {reply.headers.get(name)!r} ours"
    for name in TABLES["present_headers"]:
        if (name in theirs) != (name in reply.headers):
            yield f"{name}: {name in theirs} recorded, {name in reply.headers} ours"


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("Content-Type", "").lower()


def _body_differences(recorded: Recording, reply: Reply) -> Iterator[str]:
    theirs = recorded["body"]
    kind = _media_type(recorded["headers"])
    if isinstance(theirs, dict) and "__base64__" in theirs:
        if len(reply.body) < 100:
            yield "body: no bytes"
    elif kind.startswith("text/event-stream"):
        yield from _event_differences(theirs, reply.body.decode())
    elif kind.startswith("application/json") and theirs not in ("", None):
        yield from compare(theirs, reply.json, "$")
    elif kind.startswith("text/plain") and theirs.encode() != reply.body:
        yield f"body: {theirs!r} recorded, {reply.body[:80]!r} ours"


def _event_differences(theirs: str, ours: str) -> Iterator[str]:
    """Compare streams as sequences of kinds of events; a run of one kind counts once."""
    left, right = (list(_runs(events(text))) for text in (theirs, ours))
    if [key for key, _ in left] != [key for key, _ in right]:
        yield f"events: {[k for k, _ in left]} recorded, {[k for k, _ in right]} ours"
        return
    for (key, recorded), (_, mine) in zip(left, right, strict=True):
        yield from compare(recorded, mine, f"${key}")


def events(text: str) -> Iterator[tuple[str, Any]]:
    """Split a stream into event names and their data."""
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        data = lines.get("data")
        if data == "[DONE]":
            yield "[DONE]", None
        elif data is not None:
            yield lines.get("event", ""), json.loads(data)


def _runs(found: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    last = None
    for name, data in found:
        choices = (data or {}).get("choices")
        delta = sorted(choices[0].get("delta", {})) if choices else ()
        finish = bool(choices and choices[0].get("finish_reason"))
        key = f"{name}:{(data or {}).get('object', '')}:{','.join(delta)}:{finish}"
        if key != last:
            yield key, data
        last = key


def compare(theirs: Any, ours: Any, path: str) -> Iterator[str]:
    """Return where two JSON values differ in kind."""
    key = path.rsplit(".", 1)[-1].removesuffix("[]")
    if key in EXACT_KEYS and not _free(path) and not isinstance(theirs, dict) and theirs != ours:
        yield f"{path}: {theirs!r} recorded, {ours!r} ours"
    elif key == "description" and isinstance(theirs, str) and IDENTIFIER.fullmatch(theirs):
        if theirs != ours:
            yield f"{path}: {theirs!r} recorded, {ours!r} ours"
    elif isinstance(theirs, dict) and isinstance(ours, dict):
        yield from _compare_objects(theirs, ours, path)
    elif isinstance(theirs, list) and isinstance(ours, list):
        yield from _compare_lists(theirs, ours, path)
    elif _kind(theirs) != _kind(ours) and not _may_be_null(path, theirs, ours):
        yield f"{path}: {_kind(theirs)} recorded, {_kind(ours)} ours"


def _may_be_null(path: str, theirs: Any, ours: Any) -> bool:
    """Let prices of other models, and moments of jobs in another state, be there or not."""
    return (theirs is None or ours is None) and bool(re.search(r"\.meters\.|^\$\.data\[\]\.", path))


def _free(path: str) -> bool:
    return bool(DIAGNOSTICS.match(path)) or ".data[]" in path


def _compare_objects(theirs: dict[str, Any], ours: dict[str, Any], path: str) -> Iterator[str]:
    if DATA_KEYED.search(path):
        return
    for missing in sorted(theirs.keys() - ours.keys()):
        yield f"{path}.{missing}: missing"
    for extra in sorted(ours.keys() - theirs.keys()):
        yield f"{path}.{extra}: not recorded"
    for name in theirs.keys() & ours.keys():
        yield from compare(theirs[name], ours[name], f"{path}.{name}")


def _compare_lists(theirs: list[Any], ours: list[Any], path: str) -> Iterator[str]:
    """Each of our items has to be like one of theirs."""
    if path.endswith(".details") and len(theirs) != len(ours):
        yield f"{path}: {len(theirs)} recorded, {len(ours)} ours: {ours}"
        return
    for index, mine in enumerate(ours if theirs else ()):
        pairs = [theirs[index]] if path.endswith(".details") else theirs
        attempts = [list(compare(item, mine, f"{path}[]")) for item in pairs]
        best = min(attempts, key=len)
        yield from best
        if best:
            return


def _kind(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return type(value).__name__
    if isinstance(value, int | float):
        return "number"
    return type(value).__name__
