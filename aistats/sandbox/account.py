"""The account: the calling key, keys, workspaces, credits, activity (wire-facts §11.4)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from aistats.sandbox.calls import Answer
from aistats.sandbox.discovery import paged
from aistats.sandbox.envelopes import NO_STORE, WORKSPACE, control
from aistats.sandbox.keyring import KeyRecord

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.keyring import State
    from aistats.sandbox.state import World

OWNER = "33333333-3333-4333-8333-333333333333"
CREATED = "2026-01-01T00:00:00+00:00"
KEY_FIELDS = (
    "name",
    "limit",
    "limit_reset",
    "expires_at",
    "disabled",
    "soft_blocked",
    "include_byok_in_limit",
)


def describe_key(key_id: str, kid: str, name: str, created_at: str) -> JSONObject:
    """Return a key as the account shows it: everything but its secret."""
    return {
        "id": key_id,
        "hash": hashlib.sha256(kid.encode()).hexdigest(),
        "workspace_id": WORKSPACE,
        "name": name,
        "label": name,
        "prefix": kid[:6],
        "status": "active",
        "disabled": False,
        "soft_blocked": False,
        "include_byok_in_limit": False,
        "limit": None,
        "limit_reset": None,
        "created_by": OWNER,
        "creator_user_id": OWNER,
        "created_at": created_at,
        "updated_at": None,
        "last_used_at": None,
        "expires_at": None,
    }


def current_key(world: World, call: Call) -> Answer:
    """Describe the key that calls."""
    kid = call.key.kid if call.key else ""
    found = next((row for row in world.keys.newest_first() if row["_kid"] == kid), None)
    shown = found or describe_key(OWNER, kid, kid, CREATED)
    return Answer(
        body={"data": _public(shown) | {"last_used_at": world.clock.iso()}}, headers=NO_STORE
    )


def _public(row: JSONObject) -> JSONObject:
    return {name: value for name, value in row.items() if not name.startswith("_")}


def list_keys(world: World, call: Call) -> Answer:
    """List keys; disabled ones only on demand."""
    everything = call.arg("include_disabled") in {"true", "1"}
    rows = [_public(row) for row in world.keys.newest_first() if everything or not row["disabled"]]
    page = paged(call, rows, default=100)["page"]
    return Answer(body={"data": page, "total_count": len(rows)}, headers=NO_STORE)


def create_key(world: World, call: Call) -> Answer:
    """Make a key that works at once; its text is shown this once."""
    body = _body(call)
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise _bad("name is needed")
    kid = world.ids.base62(12)
    record = world.keyring.add(KeyRecord(kid=kid, secret=f"sandbox-{world.ids.base62(32)}"))
    row = describe_key(world.ids.uuid(), kid, name, world.clock.iso())
    row |= {"_kid": kid} | {field: body[field] for field in KEY_FIELDS if field in body}
    world.keys.put(row["id"], row)
    _apply(world, row)
    return Answer(body={"data": _public(row) | {"key": record.text}}, status=201, headers=NO_STORE)


def retrieve_key(world: World, call: Call) -> Answer:
    """Describe one key."""
    return Answer(body={"data": _public(_key(world, call))}, headers=NO_STORE)


def update_key(world: World, call: Call) -> Answer:
    """Change what may be changed of a key."""
    row = _key(world, call)
    body = _body(call)
    row |= {field: body[field] for field in KEY_FIELDS if field in body}
    row |= {"label": row["name"], "updated_at": world.clock.iso()}
    row["status"] = "disabled" if row["disabled"] else "active"
    _apply(world, row)
    return Answer(body={"data": _public(row)}, headers=NO_STORE)


def delete_key(world: World, call: Call) -> Answer:
    """Delete a key; it opens nothing from now on."""
    row = _key(world, call)
    world.keys.pop(row["id"])
    world.keyring.drop(row["_kid"])
    return Answer(body={"deleted": True}, headers=NO_STORE)


def _apply(world: World, row: JSONObject) -> None:
    """Make the key itself behave as its row says."""
    state: State = (
        "revoked" if row["disabled"] else "soft_blocked" if row["soft_blocked"] else "active"
    )
    world.keyring.set_state(row["_kid"], state)


def _key(world: World, call: Call) -> JSONObject:
    row = world.keys.get(call.param("id"))
    if row is None:
        raise control(404, {"error": "not_found", "message": "There is no such key."})
    return row


def _body(call: Call) -> JSONObject:
    try:
        body: Any = call.json()
    except ValueError:
        raise _bad("the body is not JSON") from None
    if not isinstance(body, dict):
        raise _bad("the body is no object")
    return body


def _bad(message: str) -> Exception:
    return control(400, {"error": "bad_request", "message": message})


def list_workspaces(world: World, _call: Call) -> Answer:
    """List workspaces: the caller's own, and no other."""
    row = world.workspaces.get(WORKSPACE)
    rows = [row] if row else []
    return Answer(body={"data": rows, "total_count": len(rows)}, headers=NO_STORE)


def create_workspace(world: World, call: Call) -> Answer:
    """Make a workspace; lists never show it, looking it up does."""
    body = _body(call)
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise _bad("name is needed")
    slug = body.get("slug") or name.lower().replace(" ", "-")
    row = workspace(world.ids.uuid(), name, slug, world.clock.iso())
    world.workspaces.put(row["id"], row)
    return Answer(body={"data": row}, status=201, headers=NO_STORE)


def workspace(workspace_id: str, name: str, slug: str, created_at: str) -> JSONObject:
    """Return a workspace as the account shows it."""
    own = {"id": workspace_id, "name": name, "slug": slug, "created_by": OWNER}
    return own | {"created_at": created_at, "updated_at": None}


def retrieve_workspace(world: World, call: Call) -> Answer:
    """Describe one workspace."""
    return Answer(body={"data": _workspace(world, call)}, headers=NO_STORE)


def update_workspace(world: World, call: Call) -> Answer:
    """Rename a workspace."""
    row = _workspace(world, call)
    body = _body(call)
    row |= {field: body[field] for field in ("name", "slug") if field in body}
    row["updated_at"] = world.clock.iso()
    return Answer(body={"data": row}, headers=NO_STORE)


def delete_workspace(world: World, call: Call) -> Answer:
    """Delete a workspace, but not the one that the key belongs to."""
    row = _workspace(world, call)
    if row["id"] == WORKSPACE:
        raise _bad("a key cannot delete its own workspace")
    world.workspaces.pop(row["id"])
    return Answer(body={"deleted": True}, headers=NO_STORE)


def _workspace(world: World, call: Call) -> JSONObject:
    row = world.workspaces.get(call.param("id"))
    if row is None:
        raise control(404, {"error": "not_found", "message": "There is no such workspace."})
    return row


def credits_(world: World, _call: Call) -> Answer:
    """Tell the balance, in nanos of a dollar."""
    records = world.generations.newest_first()
    spent = sum(record["cost_nanos"] for record in records)
    held = sum(job.price_nanos for job in world.jobs["videos"].newest_first() if not job.terminal)
    wallet = {
        "remaining": world.balance_nanos - held,
        "balance_nanos": world.balance_nanos,
        "reserved_nanos": held,
        "available_nanos": world.balance_nanos - held,
        "thirty_day_usage": spent,
        "thirty_day_requests": len(records),
    }
    return Answer(body={"ok": True, "credits": wallet}, headers=NO_STORE)


def activity(world: World, call: Call) -> Answer:
    """List the finished requests of the last days."""
    rows = [_activity_row(record) for record in world.generations.newest_first()]
    cut = paged(call, rows)
    page = cut.pop("page")
    days = call.arg("days") or "30"
    period = int(days) if days.isdigit() else 30
    cost = sum(row["cost_cents"] for row in rows)
    body = {"ok": True, "period_days": period, **cut, "total_cost_cents": cost, "activity": page}
    return Answer(body=body, headers=NO_STORE)


def _activity_row(record: JSONObject) -> JSONObject:
    return {
        "request_id": record["request_id"],
        "provider": record["provider"],
        "model": record["model_id"],
        "endpoint": record["endpoint"],
        "usage": record["usage"],
        "cost_cents": record["cost_nanos"] / 10_000_000,
        "latency_ms": record["latency_ms"],
        "timestamp": record["created_at"],
    }


def analytics(world: World, call: Call) -> Answer:
    """Sum up the finished requests by day, model and endpoint."""
    day = call.arg("date")
    groups: dict[tuple[str, str, str], JSONObject] = {}
    for record in world.generations.newest_first():
        date = record["created_at"][:10]
        if day and day != date:
            continue
        key = (date, record["model_id"], record["endpoint"])
        row = groups.setdefault(key, _analytics_row(record, date))
        row["requests"] += 1
        row["usage"] += record["cost_nanos"] / 1_000_000_000
        row["prompt_tokens"] += record["usage"].get("input_tokens", 0)
        row["completion_tokens"] += record["usage"].get("output_tokens", 0)
    return Answer(body={"data": list(groups.values())}, headers=NO_STORE)


def _analytics_row(record: JSONObject, date: str) -> JSONObject:
    row = {"date": date, "model": record["model_id"], "model_permaslug": record["model_id"]}
    row |= {"endpoint_id": record["endpoint"], "provider_name": record["provider"]}
    numbers = ("usage", "byok_usage_inference", "requests", "prompt_tokens", "completion_tokens")
    return row | dict.fromkeys((*numbers, "reasoning_tokens"), 0)
