"""Everything one sandbox knows: its clock, keys, jobs, files, books. In memory only."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Generic, TypedDict, TypeVar, Unpack

from attrs import fields_dict, frozen

from aistats.sandbox.clock import Clock, Ids
from aistats.sandbox.keyring import Keyring
from aistats.sandbox.money import NANOS, Books, Charge
from aistats.sandbox.plans import JobRecord, Plans
from aistats.sandbox.refusals import WORKSPACE
from aistats.sandbox.shapes import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.catalogue import Model

T = TypeVar("T")
KEPT = 20_000  # records of one kind: far beyond any test, and a limit to what a process can grow
SWITCHES = ("videos", "video_access", "music", "batches", "seed_paths")


@frozen(kw_only=True)
class Quirks:
    """The odd ways of the real gateway that can be switched off, each by its name."""

    small_create_answer: bool = True
    list_needs_limit: bool = True
    completed_at_drifts: bool = True
    content_error_by_provider: bool = True
    cancel_is_501: bool = True
    delete_needs_completed_or_failed: bool = True
    query_breaks_ids: bool = True
    completed_without_outputs: bool = True
    sizes_are_checked: bool = True
    sora_cannot_be_polled: bool = False
    google_breaks_after_terminal: bool = False

    @classmethod
    def read(cls, value: bool | Quirks | dict[str, bool]) -> Quirks:
        """Return the quirks for True (as the gateway), False (none), or single ones by name."""
        if isinstance(value, Quirks):
            return value
        known = fields_dict(cls)
        if not isinstance(value, dict):
            return cls(**({} if value else dict.fromkeys(known, False)))
        unknown = value.keys() - known.keys()
        if unknown:
            names = ", ".join(known)
            raise ValueError(f"no quirk is called {min(unknown)!r}; there are: {names}")
        return cls(**value)


class Store(OrderedDict[str, T], Generic[T]):
    """Records by id, the newest last, the oldest dropped beyond `KEPT`."""

    def put(self, key: str, record: T) -> T:
        """Keep a record."""
        self[key] = record
        if len(self) > KEPT:
            self.popitem(last=False)
        return record

    def newest_first(self) -> list[T]:
        """Return all records, the newest first."""
        return list(reversed(self.values()))


class WorldOptions(TypedDict, total=False):
    """What a sandbox is made with; `Sandbox` explains the words."""

    quirks: bool | Quirks | dict[str, bool]
    off: Iterable[str]
    seed: int | None
    now: float | None
    balance_usd: float
    reply: str | Callable[[str], str] | None


class World:
    """The state of one sandbox; every room reads and changes it under `lock`."""

    def __init__(self, **options: Unpack[WorldOptions]) -> None:
        self.lock: threading.RLock = threading.RLock()
        self.clock: Clock = Clock(options.get("now"))
        self.ids: Ids = Ids(self.clock, options.get("seed"))
        self.keyring: Keyring = Keyring(self.clock)
        self.quirks: Quirks = Quirks.read(options.get("quirks", True))
        self.off: set[str] = set()
        for name in (*options.get("off", ()), "seed_paths"):
            self.switch(name, on=False)
        self.reply: str | Callable[[str], str] | None = options.get("reply")
        self.signing_secret: str = self.ids.hex(64)
        self.base_url: str = ""
        self.media_url: str = ""
        self.balance_nanos: int = int(options.get("balance_usd", 1000.0) * NANOS)
        self.books: Books = Books()
        kinds = ("videos", "music", "batches")
        self.jobs: dict[str, Store[JobRecord]] = {kind: Store() for kind in kinds}
        self.plans: dict[str, Plans[Any]] = {kind: Plans() for kind in (*kinds, "text")}
        self.files: Store[Any] = Store()
        self.generations: Store[JSONObject] = Store()
        self.keys: Store[JSONObject] = Store()
        self.workspaces: Store[JSONObject] = Store()

    def switch(self, name: str, *, on: bool) -> None:
        """Switch a feature on or off."""
        if name not in SWITCHES:
            raise ValueError(f"no switch is called {name!r}; there are: {', '.join(SWITCHES)}")
        (self.off.discard if on else self.off.add)(name)

    def pay(self, charge: Charge) -> None:
        """Take a cost from the balance and enter it in the books."""
        self.balance_nanos -= charge.nanos
        self.books.append(charge)

    def charge(self, call: Call, model: Model, price: JSONObject, *, told: bool = True) -> None:
        """Have a finished call paid, and keep a record of it for `GET /generations`."""
        name, nanos = call.route.name, price["total_nanos"]
        who: JSONObject = {"operation": name, "model": model.id, "request_id": call.request_id}
        self.pay(Charge(**who, nanos=nanos, told=told))
        tokens = {"input": 0, "output": 0}
        for line in price["lines"]:
            tokens[line["dimension"].split("_", 1)[0]] += line["quantity"]
        tokens["total"] = sum(tokens.values())
        made: JSONObject = {"id": self.ids.uuid(), "now": self.clock.iso(), "workspace": WORKSPACE}
        made["endpoint"] = name.removesuffix(".create")
        if model.kind != "text":
            made["endpoint"] = model.endpoints[0]
        made["stream"] = b'"stream":true' in call.body.replace(b" ", b"")
        record = fill("money.record", call=call, model=model, price=price, tokens=tokens, **made)
        self.generations.put(call.request_id, record)
