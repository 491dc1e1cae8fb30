"""The two clients: settings, namespaces, and the doors to operations that have no method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NoReturn, ParamSpec, Protocol, TypeVar, cast

import httpx
from attrs import evolve

from aistats._core.call import send
from aistats._core.colour import Async, Awaiting, Blocking, Bound, Engine, Mode, Sync, method
from aistats._core.decode import decode_json, whole
from aistats._core.options import Limits, Options, is_loopback
from aistats._core.request import free_request
from aistats._core.transport import AsyncTransport, SyncTransport, stays_in_process
from aistats.errors import ConfigurationError
from aistats.jobs.many import Jobs
from aistats.meter import CallRecord, Meter, Observers
from aistats.resources import table
from aistats.resources.catalogue import Models
from aistats.resources.operation import call_operation
from aistats.resources.videos import Batches, Music, Videos

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from aistats._core.retry import Retry

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Http = TypeVar("Http", bound=httpx.Client | httpx.AsyncClient)


class OperationModule(Protocol[P, T_co]):
    """A module of `aistats_generated.api`: its two pure halves type `client.call`."""

    def _get_kwargs(self, *args: P.args, **kwargs: P.kwargs) -> dict[str, Any]: ...
    def _parse_response(self, data: Any) -> T_co: ...


class _Gateway(Bound[Mode], Generic[Http, Mode]):
    """What both clients are made of: one engine and the namespaces over it."""

    _http_type: type[Http]

    def __init__(
        self,
        api_key: str | None = None,
        *,
        management_key: str | None = None,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None = None,
        retry: Retry | None = None,
        http_client: Http | None = None,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        meter: Meter | None = None,
        on_call: Callable[[CallRecord], object] | None = None,
    ) -> None:
        if http_client is not None and not isinstance(http_client, self._http_type):
            raise ConfigurationError(
                f"http_client is {type(http_client).__module__}.{type(http_client).__name__}: "
                f"{type(self).__name__} needs an httpx.{self._http_type.__name__}"
            )
        options = Options.read(
            api_key=api_key,
            management_key=management_key,
            base_url=base_url,
            may_be_plain=lambda url: stays_in_process(http_client, url),
            timeout=timeout,
            retry=retry,
            headers=headers,
            limits=limits,
        )
        # Through a proxy, the key would travel in clear to this very machine.
        direct = is_loopback(httpx.URL(options.base_url).host)
        world = self._world(http_client, direct=direct)
        observers = Observers.checked(meter, on_call, awaits=world.is_async)
        self._observers = observers
        self._furnish(Engine(options, world, observer=observers))

    @classmethod
    def _world(cls, given: Http | None, *, direct: bool) -> Blocking | Awaiting:
        raise NotImplementedError

    def _furnish(self, engine: Engine[Mode]) -> None:
        self._engine = engine
        self.responses: table.Responses[Mode] = table.Responses(engine)
        self.chat: table.Chat[Mode] = table.Chat(engine)
        self.messages: table.Messages[Mode] = table.Messages(engine)
        self.embeddings: table.Embeddings[Mode] = table.Embeddings(engine)
        self.moderations: table.Moderations[Mode] = table.Moderations(engine)
        self.rerank: table.Rerank[Mode] = table.Rerank(engine)
        self.ocr: table.Ocr[Mode] = table.Ocr(engine)
        self.audio: table.Audio[Mode] = table.Audio(engine)
        self.images: table.Images[Mode] = table.Images(engine)
        self.videos: Videos[Mode] = Videos(engine)
        self.music: Music[Mode] = Music(engine)
        self.batches: Batches[Mode] = Batches(engine)
        self.jobs: Jobs[Mode] = Jobs(engine)
        self.files: table.Files[Mode] = table.Files(engine)
        self.models: Models[Mode] = Models(engine)
        self.providers: table.Providers[Mode] = table.Providers(engine)
        self.organisations: table.Organisations[Mode] = table.Organisations(engine)
        self.endpoints: table.Endpoints[Mode] = table.Endpoints(engine)
        self.pricing: table.Pricing[Mode] = table.Pricing(engine)
        self.generations: table.Generations[Mode] = table.Generations(engine)
        self.key: table.Key[Mode] = table.Key(engine)
        self.keys: table.Keys[Mode] = table.Keys(engine)
        self.workspaces: table.Workspaces[Mode] = table.Workspaces(engine)
        self.credits: table.Credits[Mode] = table.Credits(engine)
        self.activity: table.Activity[Mode] = table.Activity(engine)
        self.analytics: table.Analytics[Mode] = table.Analytics(engine)
        self.health: table.Health[Mode] = table.Health(engine)

    def with_options(
        self,
        *,
        timeout: float | httpx.Timeout | None = None,
        retry: Retry | None = None,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        meter: Meter | None = None,
        on_call: Callable[[CallRecord], object] | None = None,
    ) -> Self:
        """Give a copy with other settings that shares the connections; headers are added."""
        engine, before = self.engine, self._observers
        options = engine.options.changed(
            timeout=timeout, retry=retry, headers=headers, limits=limits
        )
        awaits = engine.world.is_async
        observers = Observers.checked(meter, on_call, awaits=awaits, before=before)
        twin = object.__new__(type(self))
        twin._observers = observers
        twin._furnish(evolve(engine, options=options, observer=observers))
        return twin

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport that everything of this client shares."""
        return self._engine

    @method
    async def request(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | httpx.Timeout | None = None,
        retry: Retry | None = None,
    ) -> Any:
        """Call a path below the base URL that the description does not know.

        Gives the decoded JSON, None for an empty answer. Retries, errors and the credential
        follow the path; raises what any method raises.
        """
        options: dict[str, Any] = {"headers": headers, "timeout": timeout, "retry": retry}
        request = free_request(method, path, json=json, params=params, **options)
        answer = await send(self.engine, request)
        return decode_json(answer) if whole(answer) else None

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} does not pickle or copy deeply, for it holds a key and "
            "connections: let a job travel as job.to_json(), and make a client where it arrives"
        )

    def __copy__(self) -> Self:
        return self.with_options()

    def __repr__(self) -> str:
        options = self.engine.options
        keys = ", ".join(str(key) for key in options.keys.values())
        return f"{type(self).__name__}(base_url={options.base_url!r}, keys=[{keys}])"


class AIStats(_Gateway[httpx.Client, Sync]):
    """The blocking client of the AI Stats Gateway; threads may share it.

    `api_key` and `management_key` default to `AI_STATS_API_KEY` and `AI_STATS_MANAGEMENT_KEY`,
    `base_url` to `AI_STATS_BASE_URL` or the gateway's address. `timeout` is in seconds per
    attempt (or an `httpx.Timeout`); `headers` are sent with every call. An `http_client` is used
    as it is and never closed by us. Making a client opens nothing.

    Raises `ConfigurationError` or `InvalidKeyError` for settings that cannot work. Every method
    raises one of `APIError` for a status >= 400, `ConnectionFailedError` where no answer came,
    `ResponseDecodeError` for a success that is none, and `ConfigurationError` or `TypeError` for
    arguments that cannot be sent; a method's own text names only what it adds to these.
    """

    _http_type = httpx.Client

    @classmethod
    def _world(cls, given: httpx.Client | None, *, direct: bool) -> Blocking:
        return Blocking(SyncTransport(given, direct=direct))

    def call(self, operation: OperationModule[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run any operation of `aistats_generated.api`, given as its module.

        Gives that operation's success model; raises what any method raises.
        """
        call = call_operation(self.engine, operation, args, kwargs)
        return cast("T", self.engine.world.drive(call))

    def close(self) -> None:
        """Close the connections, also those of its copies; a given `http_client` stays open."""
        self.engine.world.drive(self.engine.world.transport.aclose())

    def __enter__(self) -> Self:
        return self

    if not TYPE_CHECKING:  # checkers refuse it without our help

        async def __aenter__(self) -> NoReturn:
            raise TypeError("AIStats is the blocking client: use `with`, or AsyncAIStats")

        async def __aexit__(self, *exc: object) -> None: ...

    def __exit__(self, *exc: object) -> None:
        self.close()


class AsyncAIStats(_Gateway[httpx.AsyncClient, Async]):
    """The async client of the AI Stats Gateway, for asyncio and trio; tasks may share it.

    Takes the arguments of `AIStats`, with an `httpx.AsyncClient` as `http_client`. It may be used
    by one event loop after another; each has its own connections.
    """

    _http_type = httpx.AsyncClient

    @classmethod
    def _world(cls, given: httpx.AsyncClient | None, *, direct: bool) -> Awaiting:
        return Awaiting(AsyncTransport(given, direct=direct))

    async def call(
        self, operation: OperationModule[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run any operation of `aistats_generated.api`, given as its module.

        Gives that operation's success model; raises what any method raises.
        """
        result: T = await call_operation(self.engine, operation, args, kwargs)
        return result

    async def aclose(self) -> None:
        """Close the connections, also those of its copies; a given `http_client` stays open."""
        await self.engine.world.transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()

    if not TYPE_CHECKING:  # as above

        def __enter__(self) -> NoReturn:
            raise TypeError("AsyncAIStats is the async client: use `async with`, or AIStats")

        def __exit__(self, *exc: object) -> None: ...
