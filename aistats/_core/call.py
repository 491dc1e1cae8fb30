"""What every namespace and job handle stands on: settings, transport, one way to make a call."""

from __future__ import annotations

import functools
import random
import time
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

import httpx
from attrs import field, frozen

from aistats._decode import decode, decode_json, decode_object, whole
from aistats._flow import AsyncWorld, Flow, World, arun, run
from aistats._mode import Async, Bound, Mode, Sync
from aistats._options import (
    USER_AGENT,
    Options,
    check_headers,
    check_retry,
    check_timeout,
    is_loopback,
)
from aistats._parameters import Request, build, encode_json, query_items
from aistats._paths import METHODS, check_path, credential_of, origin, url_of
from aistats._request import Call, exchange
from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from aistats._retry import Retry
    from aistats_generated.operations import OperationSpec

P = ParamSpec("P")
T = TypeVar("T")


@frozen
class Engine(Generic[Mode]):
    """The settings and the transport that the objects of one client share.

    `clock` is a monotonic clock in seconds and `uniform` the source of jitter: tests pass their
    own, nothing is patched.
    """

    options: Options
    world: World | AsyncWorld = field(repr=False)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    uniform: Callable[[float, float], float] = field(default=random.uniform, repr=False)
    memory: dict[str, Any] = field(factory=dict, repr=False, eq=False)
    """What the client learned about its gateway, such as which path of two answers."""

    def drive(self, flow: Flow[Any]) -> Any:
        """Run `flow` in this engine's mode: to its result, or as an awaitable of it."""
        if isinstance(self.world, World):
            return run(flow, self.world)
        return arun(flow, self.world)

    @property
    def is_async(self) -> bool:
        """Whether methods of this engine's objects are awaited."""
        return isinstance(self.world, AsyncWorld)

    def deadline(self, retry: Retry | None) -> float | None:
        """Give the time on `clock` when a call that begins now must be over."""
        budget = (retry or self.options.retry).budget
        return None if budget is None else self.clock() + budget

    def is_own(self, url: httpx.URL) -> bool:
        """Say whether a URL is of the gateway's own origin: only there may a key go."""
        return origin(url) == origin(httpx.URL(self.options.base_url))

    def check_fetchable(self, url: httpx.URL) -> None:
        """Refuse a handed-out URL that is not https, or http beside a gateway on loopback."""
        local = self.options.base_url.startswith("http:") and is_loopback(url.host)
        if not url.host or not (url.scheme == "https" or (url.scheme == "http" and local)):
            raise ConfigurationError(
                f"the gateway gave a URL of scheme {url.scheme!r} at host {url.host!r}, which is "
                "not fetched: only https is"
            )

    def send(
        self,
        request: Request,
        *,
        credential: str,
        accept: str = "application/json",
        stream: bool = False,
        deadline: float | None = None,
    ) -> Flow[Any]:
        """Make one call: an `Answer`, or the open response with `stream`.

        `deadline`, on the engine's clock, also ends what is read of an open response.
        """
        options = self.options
        content, body_headers = _content(request)
        # The codings that `_answer` reads in bounded memory; an open body is read as it comes.
        codings = "identity" if stream else "gzip"
        headers = {"accept": accept, "accept-encoding": codings, "user-agent": USER_AGENT}
        own = request.absolute is None or self.is_own(request.absolute)
        if own:  # what the caller sends to the gateway may be as secret as the key
            headers.update(options.headers)
        headers.update(request.headers)
        headers.update(body_headers)
        if credential != "none" and own:
            label = f"{request.method} {request.path}"
            headers["authorization"] = f"Bearer {options.key_for(credential, label).token}"
        timeout = options.timeout if request.timeout is None else check_timeout(request.timeout)
        call = Call(
            method=request.method,
            path=request.path,
            url=request.absolute or url_of(options.base_url, request),
            headers=list(headers.items()),
            timeout=timeout.as_dict(),
            retry=options.retry if request.retry is None else check_retry(request.retry),
            limit=options.limits.body,
            error_limit=options.limits.error_body,
            content=content,
            stream=stream,
            deadline=deadline,
        )
        return exchange(call, clock=self.clock, uniform=self.uniform)

    def operate(
        self,
        spec: OperationSpec,
        args: tuple[Any, ...] = (),
        params: Mapping[str, Any] | None = None,
        result: Callable[[], Any] | None = None,
    ) -> Flow[Any]:
        """Make the call of a described operation and decode its answer as `spec` says.

        `result` gives the class to decode into where it is not the generated one.
        """
        request = build(spec, args, dict(params or {}))
        answer = yield from self.send(request, credential=spec.credential)
        return decode(spec, answer, result)

    def fetch(
        self,
        request: Request,
        *,
        credential: str = "inference",
        deadline: float | None = None,
    ) -> Flow[dict[str, Any]]:
        """Make one call that must answer with a JSON object, and give that object.

        `deadline`, on the engine's clock, takes the place of the budget of the call's retries.
        """
        answer = yield from self.send(request, credential=credential, deadline=deadline)
        return decode_object(answer)

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | httpx.Timeout | None = None,
        retry: Any = None,
    ) -> Flow[Any]:
        """Call a path the description does not know; give the decoded JSON (None if empty)."""
        if not isinstance(method, str) or method.upper() not in METHODS:
            raise ConfigurationError(f"{method!r} is not a method; use one of {', '.join(METHODS)}")
        path = check_path(path)
        request = Request(
            method.upper(),
            path,
            list(query_items(params or {})),
            check_headers(headers or {}),
            json=json,
            timeout=timeout,
            retry=retry,
        )
        answer = yield from self.send(request, credential=credential_of(path))
        return decode_json(answer) if whole(answer) else None


def _content(request: Request) -> tuple[Any, dict[str, str]]:
    """Give the body of a request and the headers that describe it."""
    if request.fields or request.files:
        from aistats._uploads import Multipart  # late: most processes never upload

        body = Multipart(request.fields, request.files)
        headers = {"content-type": body.content_type}
        if body.content_length is None:
            return body, {**headers, "transfer-encoding": "chunked"}
        return body, {**headers, "content-length": str(body.content_length)}
    if request.json is None:
        return None, {}
    label = f"{request.method} {request.path}"
    return encode_json(label, request.json), {"content-type": "application/json"}


class Resource(Bound[Mode]):
    """A namespace of a client; its methods are rows of a table, see `resources`."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine[Mode]) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client."""
        return self._engine


class Operation(Generic[P, T]):
    """A method that is one described operation, in the colour of its owner.

    `signature` is a function of `aistats_generated.operations`; `result` makes the promised model
    into one of ours.
    """

    @overload
    def __init__(self, signature: Callable[P, T]) -> None: ...
    @overload
    def __init__(self, signature: Callable[P, Any], result: Callable[[], type[T]]) -> None: ...
    def __init__(
        self, signature: Callable[P, Any], result: Callable[[], Any] | None = None
    ) -> None:
        self._signature = signature
        self._result = result
        self.__doc__ = signature.__doc__

    @overload
    def __get__(self, owner: Bound[Sync], kind: Any = None) -> Callable[P, T]: ...
    @overload
    def __get__(self, owner: Bound[Async], kind: Any = None) -> Callable[P, Awaitable[T]]: ...
    @overload
    def __get__(self, owner: None, kind: Any = None) -> Operation[P, T]: ...
    def __get__(self, owner: Any, kind: Any = None) -> Any:
        if owner is None:
            return self

        @functools.wraps(self._signature)
        def method(*args: Any, **params: Any) -> Any:
            return owner.engine.drive(self.flow(owner.engine, args, params))

        return method

    @property
    def spec(self) -> OperationSpec:
        """The facts of the operation."""
        from aistats_generated.operations import OPERATIONS

        return OPERATIONS[self._signature.__name__]

    def flow(self, engine: Engine[Any], args: tuple[Any, ...], params: dict[str, Any]) -> Flow[T]:
        """Make the call; streams have a method of their own."""
        spec = self.spec
        extra = params.get("extra_body")
        wanted = params.get("stream") or (isinstance(extra, dict) and extra.get("stream"))
        if spec.streams and wanted:
            raise TypeError(
                f"{spec.name}: create(stream=True) is not supported; use the method stream(...), "
                "which yields typed events"
            )
        result: T = yield from engine.operate(spec, args, params, self._result)
        return result
