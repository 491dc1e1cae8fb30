"""The two clients: settings, namespaces, and the doors to operations that have no method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, Protocol, TypeVar

import httpx
from attrs import evolve

from aistats import resources as rooms
from aistats._decode import undecoded
from aistats._engine import Engine
from aistats._flow import AsyncWorld, Flow, World
from aistats._many_jobs import Jobs
from aistats._mode import Async, Bound, FlowMethod, Mode, Sync
from aistats._models import Models
from aistats._options import Limits, Options, check_headers
from aistats._parameters import Request, query_items
from aistats._paths import check_path
from aistats._transport import AsyncTransport, SyncTransport
from aistats.errors import ConfigurationError
from aistats.job_resources import Batches, Music, Videos
from aistats_generated.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from aistats._retry import Retry

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Http = TypeVar("Http", bound=httpx.Client | httpx.AsyncClient | AsyncTransport)


class OperationModule(Protocol[P, T_co]):
    """A module of `aistats_generated.api`: its two pure halves type `client.call`."""

    def _get_kwargs(self, *args: P.args, **kwargs: P.kwargs) -> dict[str, Any]: ...
    def _parse_response(self, data: Any) -> T_co: ...


class _Gateway(Bound[Mode], Generic[Http, Mode]):
    """What both clients are made of: one engine and the namespaces over it."""

    _http_type: ClassVar[type[Any]]
    _transport_type: ClassVar[type[Any]]
    _world_type: ClassVar[type[Any]]

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
    ) -> None:
        accepted = (self._http_type, self._transport_type)
        if http_client is not None and not isinstance(http_client, accepted):
            raise ConfigurationError(
                f"http_client is {type(http_client).__module__}.{type(http_client).__name__}: "
                f"{type(self).__name__} needs an httpx.{self._http_type.__name__}"
            )
        options = Options.read(
            api_key=api_key,
            management_key=management_key,
            base_url=base_url,
            timeout=timeout,
            retry=retry,
            headers=headers,
            limits=limits,
        )
        given = isinstance(http_client, self._transport_type)
        self._transport: Any = http_client if given else self._transport_type(http_client)
        self._furnish(Engine(options, self._world_type(self._transport)))

    def _furnish(self, engine: Engine[Mode]) -> None:
        self._engine = engine
        self.responses: rooms.Responses[Mode] = rooms.Responses(engine)
        self.chat: rooms.Chat[Mode] = rooms.Chat(engine)
        self.messages: rooms.Messages[Mode] = rooms.Messages(engine)
        self.embeddings: rooms.Embeddings[Mode] = rooms.Embeddings(engine)
        self.moderations: rooms.Moderations[Mode] = rooms.Moderations(engine)
        self.rerank: rooms.Rerank[Mode] = rooms.Rerank(engine)
        self.ocr: rooms.Ocr[Mode] = rooms.Ocr(engine)
        self.audio: rooms.Audio[Mode] = rooms.Audio(engine)
        self.images: rooms.Images[Mode] = rooms.Images(engine)
        self.videos: Videos[Mode] = Videos(engine)
        self.music: Music[Mode] = Music(engine)
        self.batches: Batches[Mode] = Batches(engine)
        self.jobs: Jobs[Mode] = Jobs(engine)
        self.files: rooms.Files[Mode] = rooms.Files(engine)
        self.models: Models[Mode] = Models(engine)
        self.providers: rooms.Providers[Mode] = rooms.Providers(engine)
        self.organisations: rooms.Organisations[Mode] = rooms.Organisations(engine)
        self.endpoints: rooms.Endpoints[Mode] = rooms.Endpoints(engine)
        self.pricing: rooms.Pricing[Mode] = rooms.Pricing(engine)
        self.generations: rooms.Generations[Mode] = rooms.Generations(engine)
        self.key: rooms.Key[Mode] = rooms.Key(engine)
        self.keys: rooms.Keys[Mode] = rooms.Keys(engine)
        self.workspaces: rooms.Workspaces[Mode] = rooms.Workspaces(engine)
        self.credits: rooms.Credits[Mode] = rooms.Credits(engine)
        self.activity: rooms.Activity[Mode] = rooms.Activity(engine)
        self.analytics: rooms.Analytics[Mode] = rooms.Analytics(engine)
        self.health: rooms.Health[Mode] = rooms.Health(engine)

    def with_options(
        self,
        *,
        timeout: float | httpx.Timeout | None = None,
        retry: Retry | None = None,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> Self:
        """Give a copy with other settings that shares the connections; headers are added."""
        options = self.engine.options.changed(
            timeout=timeout, retry=retry, headers=headers, limits=limits
        )
        twin = object.__new__(type(self))
        twin._transport = self._transport
        twin._furnish(evolve(self.engine, options=options))
        return twin

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport that everything of this client shares."""
        return self._engine

    @FlowMethod
    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | httpx.Timeout | None = None,
        retry: Retry | None = None,
    ) -> Flow[Any]:
        """Call a path below the base URL that the description does not know.

        Gives the decoded JSON, None for an empty answer. Retries, errors and the credential
        follow the path; raises what any method raises.
        """
        return (
            yield from self.engine.request(
                method,
                path,
                json=json,
                params=params,
                headers=headers,
                timeout=timeout,
                retry=retry,
            )
        )

    def __repr__(self) -> str:
        options = self.engine.options
        keys = ", ".join(str(key) for key in options.keys.values())
        return f"{type(self).__name__}(base_url={options.base_url!r}, keys=[{keys}])"


def call_flow(engine: Engine[Any], operation: Any, *args: Any, **kwargs: Any) -> Flow[Any]:
    """Run a generated operation with our retries, errors and credentials."""
    name = getattr(operation, "__name__", "").rpartition(".")[2]
    spec = OPERATIONS.get(name)
    if spec is None or not hasattr(operation, "_get_kwargs"):
        raise TypeError(
            f"{operation!r} is not a module of aistats_generated.api, such as "
            "aistats_generated.api.videos.get_video"
        )
    try:
        pieces = operation._get_kwargs(*args, **kwargs)  # noqa: SLF001 - the one door to it
    except ValueError as error:
        raise ConfigurationError(f"{name}: {error}; nothing was sent") from error
    check_path(pieces["url"])
    body = pieces.get("json")
    fields, files = _form(pieces.get("files") or [])
    wanted = body.get("stream") if isinstance(body, dict) else fields.get("stream") == "true"
    if spec.streams and wanted:
        raise TypeError(
            f"{name}: call() gives no stream; use the method stream(...) of a namespace"
        )
    request = Request(
        pieces["method"].upper(),
        pieces["url"],
        list(query_items(pieces.get("params") or {})),
        check_headers(pieces.get("headers") or {}),
        json=pieces.get("json"),
        fields=fields,
        files=files,
    )
    answer = yield from engine.send(request, credential=spec.credential)
    return operation._parse_response(undecoded(spec, answer))  # noqa: SLF001 - as above


def _form(parts: list[Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Sort the parts of a generated form into text fields and files."""
    fields: dict[str, list[Any]] = {}
    files: dict[str, list[Any]] = {}
    for name, (filename, payload, media_type) in parts:
        if filename is None:
            fields.setdefault(name, []).append(payload.decode())
        else:
            files.setdefault(name, []).append((filename, payload, media_type))
    alone = {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
    return alone, files


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
    _transport_type = SyncTransport
    _world_type = World

    def call(self, operation: OperationModule[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run any operation of `aistats_generated.api`, given as its module.

        Gives that operation's success model; raises what any method raises.
        """
        result: T = self.engine.drive(call_flow(self.engine, operation, *args, **kwargs))
        return result

    def close(self) -> None:
        """Close the connections, also those of its copies; a given `http_client` stays open."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class AsyncAIStats(_Gateway[httpx.AsyncClient | AsyncTransport, Async]):
    """The async client of the AI Stats Gateway, for asyncio and trio; tasks may share it.

    Takes the arguments of `AIStats`, with an `httpx.AsyncClient` as `http_client`. It may be used
    by one event loop after another; each has its own connections.
    """

    _http_type = httpx.AsyncClient
    _transport_type = AsyncTransport
    _world_type = AsyncWorld

    async def call(
        self, operation: OperationModule[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run any operation of `aistats_generated.api`, given as its module.

        Gives that operation's success model; raises what any method raises.
        """
        result: T = await self.engine.drive(call_flow(self.engine, operation, *args, **kwargs))
        return result

    async def aclose(self) -> None:
        """Close the connections, also those of its copies; a given `http_client` stays open."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()
