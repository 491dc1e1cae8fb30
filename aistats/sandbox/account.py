"""The account: the calling key, keys, workspaces, credits, activity (docs/gateway.md)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from aistats.sandbox.calls import Answer, KeyRecord
from aistats.sandbox.discovery import paged
from aistats.sandbox.money import NANOS
from aistats.sandbox.refusals import NO_STORE, WORKSPACE, bare
from aistats.sandbox.shapes import fill, table

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject, KeyState
    from aistats.sandbox.state import Store, World

CREATED = "2026-01-01T00:00:00+00:00"
NOBODY = "33333333-3333-4333-8333-333333333333"


def _data(row: Any, **more: Any) -> Answer:
    return Answer(body={"data": row, **more}, headers=NO_STORE)


def _row(call: Call, rows: Store[JSONObject], kind: str) -> JSONObject:
    row = rows.get(call.param("id"))
    if row is None:
        raise bare(404, {"error": "not_found", "message": f"There is no such {kind}."})
    return row


def _bad(message: str) -> Exception:
    return bare(400, {"error": "bad_request", "message": message})


def _body(call: Call, *, named: bool = False) -> JSONObject:
    try:
        body: Any = call.json()
    except ValueError:
        raise _bad("the body is not JSON") from None
    if not isinstance(body, dict):
        raise _bad("the body is no object")
    if named and not (isinstance(body.get("name"), str) and body["name"].strip()):
        raise _bad("name is needed")
    return body


def _change(row: JSONObject, kind: str, body: JSONObject) -> None:
    row |= {name: body[name] for name in table("account")[f"{kind}_fields"] if name in body}


def _describe(key_id: str, kid: str, name: str, created_at: str) -> JSONObject:
    """Return a key as the account shows it: everything but its secret."""
    row: JSONObject = fill(
        "account.key",
        id=key_id,
        hash=hashlib.sha256(kid.encode()).hexdigest(),
        workspace=WORKSPACE,
        name=name,
        prefix=kid[:6],
        created_at=created_at,
    )
    return row


def current_key(world: World, call: Call) -> Answer:
    """Describe the key that calls."""
    kid = call.key.kid if call.key else ""
    found = next((row for row in world.keys.values() if row["_kid"] == kid), None)
    shown = found or _describe(NOBODY, kid, kid, CREATED)
    return _data(_public(shown) | {"last_used_at": world.clock.iso()})


def _public(row: JSONObject) -> JSONObject:
    return {name: value for name, value in row.items() if not name.startswith("_")}


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
    row = _describe(world.ids.uuid(), kid, body["name"], world.clock.iso()) | {"_kid": kid}
    _change(row, "key", body)
    world.keys.put(row["id"], row)
    _apply(world, row)
    shown = {"data": _public(row) | {"key": record.text}}
    return Answer(body=shown, status=201, headers=NO_STORE)


def retrieve_key(world: World, call: Call) -> Answer:
    """Describe one key."""
    return _data(_public(_row(call, world.keys, "key")))


def update_key(world: World, call: Call) -> Answer:
    """Change what may be changed of a key."""
    row = _row(call, world.keys, "key")
    _change(row, "key", _body(call))
    row |= {"label": row["name"], "updated_at": world.clock.iso()}
    row["status"] = "disabled" if row["disabled"] else "active"
    _apply(world, row)
    return _data(_public(row))


def delete_key(world: World, call: Call) -> Answer:
    """Delete a key; it opens nothing from now on."""
    row = world.keys.pop(_row(call, world.keys, "key")["id"])
    world.keyring.drop(row["_kid"])
    return Answer(body={"deleted": True}, headers=NO_STORE)


def _apply(world: World, row: JSONObject) -> None:
    """Make the key itself behave as its row says."""
    blocked: KeyState = "soft_blocked" if row["soft_blocked"] else "active"
    world.keyring.set_state(row["_kid"], "revoked" if row["disabled"] else blocked)


def add_own_workspace(world: World) -> None:
    """Make the workspace that all keys belong to."""
    values = {"id": WORKSPACE, "name": "Sandbox", "slug": "sandbox", "created_at": CREATED}
    world.workspaces.put(WORKSPACE, fill("account.workspace", **values))


def list_workspaces(world: World, _call: Call) -> Answer:
    """List workspaces: the caller's own, and no other."""
    return _data([world.workspaces[WORKSPACE]], total_count=1)


def create_workspace(world: World, call: Call) -> Answer:
    """Make a workspace; lists never show it, looking it up does."""
    body = _body(call, named=True)
    name = body["name"]
    slug = body.get("slug") or name.lower().replace(" ", "-")
    values = {"id": world.ids.uuid(), "name": name, "slug": slug, "created_at": world.clock.iso()}
    row = world.workspaces.put(values["id"], fill("account.workspace", **values))
    return Answer(body={"data": row}, status=201, headers=NO_STORE)


def retrieve_workspace(world: World, call: Call) -> Answer:
    """Describe one workspace."""
    return _data(_row(call, world.workspaces, "workspace"))


def update_workspace(world: World, call: Call) -> Answer:
    """Rename a workspace."""
    row = _row(call, world.workspaces, "workspace")
    _change(row, "workspace", _body(call))
    row["updated_at"] = world.clock.iso()
    return _data(row)


def delete_workspace(world: World, call: Call) -> Answer:
    """Delete a workspace, but not the one that the key belongs to."""
    row = _row(call, world.workspaces, "workspace")
    if row["id"] == WORKSPACE:
        raise _bad("a key cannot delete its own workspace")
    del world.workspaces[row["id"]]
    return Answer(body={"deleted": True}, headers=NO_STORE)


def credits_(world: World, _call: Call) -> Answer:
    """Tell the balance, in nanos of a dollar."""
    held = sum(job.price_nanos for job in world.jobs["videos"].values() if not job.terminal)
    wallet = fill(
        "account.credits",
        balance=world.balance_nanos,
        held=held,
        available=world.balance_nanos - held,
        spent=world.books.total.charged_nanos,
        count=world.books.total.calls,
    )
    return Answer(body=wallet, headers=NO_STORE)


def activity(world: World, call: Call) -> Answer:
    """List the finished requests of the last days."""
    rows = [
        fill("account.activity", record=record, cents=record["cost_nanos"] / 10_000_000)
        for record in world.generations.newest_first()
    ]
    cut = paged(call, rows)
    page = cut.pop("page")
    told = {"ok": True, "period_days": call.number("days") or 30, **cut, "activity": page}
    cost = sum(row["cost_cents"] for row in rows)
    return Answer(body=told | {"total_cost_cents": cost}, headers=NO_STORE)


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
