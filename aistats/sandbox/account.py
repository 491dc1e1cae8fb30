"""The account: the calling key, keys, workspaces, credits, activity (docs/gateway.md)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from aistats.sandbox.calls import Answer, Call, JSONObject, KeyRecord, KeyState
from aistats.sandbox.discovery import paged
from aistats.sandbox.money import NANOS
from aistats.sandbox.refusals import NO_STORE, WORKSPACE, bare
from aistats.sandbox.shapes import fill, table

if TYPE_CHECKING:
    from aistats.sandbox.state import Store, World

CREATED = "2026-01-01T00:00:00+00:00"
NOBODY = "33333333-3333-4333-8333-333333333333"


def _data(row: Any, status: int = 200, **more: Any) -> Answer:
    return Answer(body={"data": row, **more}, status=status, headers=NO_STORE)


def _bad(message: str) -> Exception:
    return bare(400, {"error": "bad_request", "message": message})


def _body(call: Call, *, named: bool = False) -> JSONObject:
    body = call.json_object()
    if body is None:
        raise _bad("the body is no JSON object")
    if named and not (isinstance(body.get("name"), str) and body["name"].strip()):
        raise _bad("name is needed")
    return body


def _rows(world: World, call: Call) -> Store[JSONObject]:
    return world.keys if call.route.name.startswith("keys.") else world.workspaces


def _row(world: World, call: Call) -> JSONObject:
    row = _rows(world, call).get(call.param("id"))
    if row is None:
        raise bare(404, {"error": "not_found", "message": "There is no such thing."})
    return row


def _change(world: World, call: Call, row: JSONObject, body: JSONObject) -> None:
    """Take over what may be changed, and make a key behave as its row says."""
    names = table("account")[f"{call.route.name.split('.')[0]}_fields"]
    row |= {name: body[name] for name in names if name in body}
    if "_kid" in row:
        blocked: KeyState = "soft_blocked" if row["soft_blocked"] else "active"
        row["status"] = "disabled" if row["disabled"] else "active"
        world.keyring.records[row["_kid"]].state = "revoked" if row["disabled"] else blocked


def _public(row: JSONObject) -> JSONObject:
    return {name: value for name, value in row.items() if not name.startswith("_")}


def _key(key_id: str, kid: str, name: str, created_at: str) -> JSONObject:
    """Return a key as the account shows it: everything but its secret."""
    shown = {"id": key_id, "name": name, "created_at": created_at, "prefix": kid[:6]}
    hashed = hashlib.sha256(kid.encode()).hexdigest()
    return fill("account.key", workspace=WORKSPACE, hash=hashed, **shown)


def current_key(world: World, call: Call) -> Answer:
    """Describe the key that calls."""
    kid = call.key.kid if call.key else ""
    found = next((row for row in world.keys.values() if row["_kid"] == kid), None)
    shown = _public(found or _key(NOBODY, kid, kid, CREATED))
    return _data(shown | {"last_used_at": world.clock.iso()})


def list_keys(world: World, call: Call) -> Answer:
    """List keys; disabled ones only on demand."""
    everything = call.arg("include_disabled") in {"true", "1"}
    rows = [_public(row) for row in world.keys.newest_first() if everything or not row["disabled"]]
    return _data(paged(call, rows, default=100)["page"], total_count=len(rows))


def create_key(world: World, call: Call) -> Answer:
    """Make a key that works at once; its text is shown this once."""
    body = _body(call, named=True)
    kid = world.ids.base62(12)
    record = world.keyring.add(KeyRecord(kid=kid, secret=f"sandbox-{world.ids.base62(32)}"))
    row = _key(world.ids.uuid(), kid, body["name"], world.clock.iso()) | {"_kid": kid}
    _change(world, call, row, body)
    world.keys.put(row["id"], row)
    return _data(_public(row) | {"key": record.text}, 201)


def retrieve(world: World, call: Call) -> Answer:
    """Describe a key or a workspace."""
    return _data(_public(_row(world, call)))


def update(world: World, call: Call) -> Answer:
    """Change what may be changed of a key or a workspace."""
    row = _row(world, call)
    _change(world, call, row, _body(call))
    row["updated_at"] = world.clock.iso()
    if "label" in row:
        row["label"] = row["name"]
    return _data(_public(row))


def delete(world: World, call: Call) -> Answer:
    """Delete a key, which opens nothing from now on, or a workspace, but not one's own."""
    row = _row(world, call)
    if row["id"] == WORKSPACE:
        raise _bad("a key cannot delete its own workspace")
    del _rows(world, call)[row["id"]]
    world.keyring.records.pop(row.get("_kid", ""), None)
    return Answer(body={"deleted": True}, headers=NO_STORE)


def add_workspace(world: World, key: str, name: str, slug: str, created_at: str) -> JSONObject:
    """Make a workspace."""
    shown = {"id": key, "name": name, "slug": slug, "created_at": created_at}
    return world.workspaces.put(key, fill("account.workspace", **shown))


def list_workspaces(world: World, _call: Call) -> Answer:
    """List workspaces: the caller's own, and no other."""
    return _data([world.workspaces[WORKSPACE]], total_count=1)


def create_workspace(world: World, call: Call) -> Answer:
    """Make a workspace; lists never show it, looking it up does."""
    body = _body(call, named=True)
    slug = body.get("slug") or body["name"].lower().replace(" ", "-")
    row = add_workspace(world, world.ids.uuid(), body["name"], slug, world.clock.iso())
    return _data(row, 201)


def credits_(world: World, _call: Call) -> Answer:
    """Tell the balance, in nanos of a dollar."""
    held = sum(job.price_nanos for job in world.jobs["videos"].values() if not job.terminal)
    left, total = world.balance_nanos - held, world.books.total
    wallet = {"world": world, "held": held, "available": left, "total": total}
    return Answer(body=fill("account.credits", **wallet), headers=NO_STORE)


def activity(world: World, call: Call) -> Answer:
    """List the finished requests of the last days."""
    records = world.generations.newest_first()
    rows = [fill("account.activity", record=record) for record in records]
    cut = paged(call, rows)
    told = {"ok": True, "period_days": call.number("days") or 30, "activity": cut.pop("page")}
    cost = sum(row["cost_cents"] for row in rows)
    return Answer(body={**told, **cut, "total_cost_cents": cost}, headers=NO_STORE)


def analytics(world: World, call: Call) -> Answer:
    """Sum up the finished requests by day, model and endpoint."""
    day = call.arg("date")
    groups: dict[tuple[str, str, str], JSONObject] = {}
    for record in world.generations.newest_first():
        date = record["created_at"][:10]
        if day in {None, "", date}:
            key = (date, record["model_id"], record["endpoint"])
            row = groups.setdefault(key, fill("account.analytics", record=record, date=date))
            row["requests"] += 1
            row["usage"] += record["cost_nanos"] / NANOS
            row["prompt_tokens"] += record["usage"]["input_tokens"]
            row["completion_tokens"] += record["usage"]["output_tokens"]
    return _data(list(groups.values()))
