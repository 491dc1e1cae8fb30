"""`Sandbox`: a whole gateway on loopback, made, steered and asked by a test."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Self, Unpack

from aistats.sandbox import jobs
from aistats.sandbox.account import CREATED, add_workspace
from aistats.sandbox.calls import KeyRecord, KeyState, Kind
from aistats.sandbox.dispatch import Dispatcher
from aistats.sandbox.faults import Fault, FaultOptions, Faults
from aistats.sandbox.keyring import API_KEY, MANAGEMENT_KEY
from aistats.sandbox.log import RequestLog
from aistats.sandbox.money import NANOS, Books
from aistats.sandbox.plans import End, JobOptions, JobPlan, TextPlan, ToolCall
from aistats.sandbox.refusals import WORKSPACE
from aistats.sandbox.server import Server
from aistats.sandbox.shapes import DEFAULT
from aistats.sandbox.state import World, WorldOptions

if TYPE_CHECKING:
    from collections.abc import Sequence


class JobControl:
    """Says how jobs of one kind go, and moves those that are on their way."""

    def __init__(self, world: World, kind: str) -> None:
        self._world = world
        self._kind = kind

    def plan(
        self,
        *,
        next: int | None = None,  # noqa: A002 - the contract calls it so
        **how: Unpack[JobOptions],
    ) -> None:
        """Plan the *next* few jobs, or all from now on; `JobPlan` explains the words."""
        with self._world.lock:
            self._world.plans[self._kind].add(JobPlan(**how), next)

    def finish(self, job_id: str, status: str = "completed", error: Any = DEFAULT) -> None:
        """End a job now; the next look at it shows the end."""
        with self._world.lock:
            job = self._world.jobs[self._kind].get(job_id)
            if job is None:
                raise KeyError(f"the sandbox has no {self._kind} job {job_id!r}; it has {self.ids}")
            jobs.finish(self._world, job, status, error)

    @property
    def ids(self) -> list[str]:
        """Return the ids of all jobs, the oldest first."""
        return list(self._world.jobs[self._kind])

    def __len__(self) -> int:
        return len(self._world.jobs[self._kind])


class TextControl:
    """Says what the models answer."""

    def __init__(self, world: World) -> None:
        self._world = world

    def plan(
        self,
        text: str | None = None,
        *,
        next: int | None = None,  # noqa: A002 - the contract calls it so
        end: End = "completed",
        tool: ToolCall | Sequence[ToolCall] | None = None,
        pieces: int | None = None,
        logprobs: int | None = None,
        priced: bool = True,
    ) -> None:
        """Plan the *next* few text answers, or all from now on; see `TextPlan` for the words."""
        plan = TextPlan(
            text=text, end=end, tool=tool, pieces=pieces, logprobs=logprobs, priced=priced
        )
        with self._world.lock:
            self._world.plans["text"].add(plan, next)


class Sandbox:
    """A local gateway. It listens from the moment it is made until `close()`.

    `quirks=False` leaves out the gateway's odd ways, or only some by name; `off=("music", ...)`
    switches features off; `seed=` makes ids repeatable; `now=` stops the clock; `reply=` is the
    models' answer or makes it from the prompt; `balance_usd=` fills the wallet.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        api_key: str = API_KEY,
        management_key: str = MANAGEMENT_KEY,
        **options: Unpack[WorldOptions],
    ) -> None:
        self.api_key = api_key
        self.management_key = management_key
        self.requests: RequestLog = RequestLog()
        self._world = world = World(**options)
        for text in (api_key, management_key):
            world.keyring.add_text(text)
        add_workspace(world, WORKSPACE, "Sandbox", "sandbox", CREATED)
        self.books: Books = world.books
        self._seed = options.get("seed")
        self._faults = Faults()
        self.videos: JobControl = JobControl(world, "videos")
        self.music: JobControl = JobControl(world, "music")
        self.batches: JobControl = JobControl(world, "batches")
        self.text: TextControl = TextControl(world)
        dispatcher = Dispatcher(world, self.requests, self._faults)
        self._server: Server | None = Server(host, port, dispatcher)
        self.port: int = self._server.port
        self.base_url: str = f"{self._server.origin}/v1"
        world.base_url = self.base_url
        # Another host name, so that a client takes it for another origin, as a provider's is.
        world.media_url = f"http://localhost:{self.port}/media"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "closed" if self._server is None else "open"
        return f"<Sandbox {self.base_url} {state}, {len(self.requests)} requests>"

    def environment(self) -> dict[str, str]:
        """Return the variables that point a client without arguments at this sandbox.

        Where a proxy is set, they also keep requests to this machine away from it.
        """
        from urllib.request import getproxies_environment

        variables = {
            "AI_STATS_API_KEY": self.api_key,
            "AI_STATS_MANAGEMENT_KEY": self.management_key,
            "AI_STATS_BASE_URL": self.base_url,
        }
        proxies = getproxies_environment()
        if proxies.keys() - {"no"}:
            direct = ",".join(filter(None, [proxies.get("no"), "127.0.0.1,localhost"]))
            variables |= {"NO_PROXY": direct, "no_proxy": direct}
        return variables

    def close(self) -> None:
        """Stop listening, close all connections and wait for all threads."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def fail(
        self,
        on: str | Sequence[str] = (),
        *,
        next: int | None = 1,  # noqa: A002 - the contract calls it so
        seed: int | None = None,
        **how: Unpack[FaultOptions],
    ) -> Fault:
        """Misbehave on the *next* requests to *on*; `Fault` explains the words.

        *on* is an operation (`videos.create`), a room (`videos.*`), a path (`POST /videos`) or a
        list of them; all when it is empty. `next=None` means until `heal()`.
        """
        names = (on,) if isinstance(on, str) else tuple(on)
        chance = Random(self._seed if seed is None else seed)
        fault = Fault(on=names, next=next, chance=chance, **how)
        with self._world.lock:
            self._faults.append(fault)
        return fault

    def heal(self) -> None:
        """End all faults and forget all plans."""
        with self._world.lock:
            self._faults.clear()
            for plans in self._world.plans.values():
                plans.clear()

    def advance(self, seconds: float) -> None:
        """Move the sandbox's clock on, so that nothing has to be waited for."""
        with self._world.lock:
            self._world.clock.advance(seconds)

    def now(self) -> float:
        """Return the sandbox's time in unix seconds."""
        return self._world.clock.now()

    def switch(self, name: str, *, on: bool) -> None:
        """Switch a feature on or off; the names are those of `off=`."""
        with self._world.lock:
            self._world.switch(name, on=on)

    def set_balance(self, usd: float) -> None:
        """Set the wallet; below one dollar every generating request is refused with 402."""
        with self._world.lock:
            self._world.balance_nanos = int(usd * NANOS)

    def add_key(
        self,
        *,
        kind: Kind = "inference",
        state: KeyState = "active",
        kid: str | None = None,
        secret: str = "not-a-real-secret",  # noqa: S107 - it says so itself
    ) -> str:
        """Make another key, in any state, and return it in full."""
        with self._world.lock:
            kid = kid or self._world.ids.base62(12)
            record = KeyRecord(kid=kid, secret=secret, kind=kind, state=state)
            return self._world.keyring.add(record).text
