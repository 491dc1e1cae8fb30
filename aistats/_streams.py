"""The descriptor of a streamed operation: one described call whose answer is read as it comes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

from attrs import evolve

from aistats._decode import undecodable
from aistats._flow import Answer, Close
from aistats._parameters import build
from aistats_generated.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from aistats._engine import Engine
    from aistats._flow import Flow
    from aistats._mode import Async, Bound, Sync
    from aistats._parameters import Request
    from aistats.results import ChatCompletion, Message, ResponseResult
    from aistats.stream_events import ChatChunk, Event, MessageEvent, ResponseEvent
    from aistats.streaming import AsyncStream, Dialect, Stream

P = ParamSpec("P")
E = TypeVar("E", bound="Event")
R = TypeVar("R")


class StreamOperation(Generic[P, E, R]):
    """A method that gives the stream of one described operation; entering it sends the request."""

    def __init__(self, signature: Callable[P, Any], dialect: Callable[[], Dialect[E, R]]) -> None:
        self._signature = signature
        self._dialect = dialect
        self.__doc__ = signature.__doc__

    @overload
    def __get__(self, owner: Bound[Sync], kind: Any = None) -> Callable[P, Stream[E, R]]: ...
    @overload
    def __get__(self, owner: Bound[Async], kind: Any = None) -> Callable[P, AsyncStream[E, R]]: ...
    @overload
    def __get__(self, owner: None, kind: Any = None) -> StreamOperation[P, E, R]: ...
    def __get__(self, owner: Any, kind: Any = None) -> Any:
        if owner is None:
            return self

        @functools.wraps(self._signature)
        def method(**params: Any) -> Any:
            from aistats.streaming import AsyncStream, Stream  # late: many processes never stream

            engine = owner.engine
            params["stream"] = True
            opener = opener_of(engine, self._signature.__name__, params, "text/event-stream")
            make = AsyncStream if engine.is_async else Stream
            return make(opener, self._dialect(), max_event_bytes=engine.options.limits.event)

        return method


def chat_dialect() -> Dialect[ChatChunk, ChatCompletion]:
    """Load how chat completions stream."""
    from aistats.streaming import CHAT

    return CHAT


def response_dialect() -> Dialect[ResponseEvent, ResponseResult]:
    """Load how responses stream."""
    from aistats.streaming import RESPONSES

    return RESPONSES


def message_dialect() -> Dialect[MessageEvent, Message]:
    """Load how messages stream."""
    from aistats.streaming import MESSAGES

    return MESSAGES


def opener_of(
    engine: Engine[Any], operation: str, params: Mapping[str, Any], accept: str
) -> Callable[[], Any]:
    """Check the arguments now; give what makes the call and leaves its answer open."""
    spec = OPERATIONS[operation]
    request = build(spec, (), dict(params))
    # Compression would let a proxy hold events back, and one block grow a thousandfold.
    headers = {"accept-encoding": "identity", **request.headers}
    request = evolve(request, headers=headers)
    return lambda: engine.drive(_open(engine, request, spec.credential, accept))


def _open(
    engine: Engine[Any], request: Request, credential: str, accept: str
) -> Flow[httpx.Response]:
    sending = engine.send(request, credential=credential, accept=accept, stream=True)
    response: httpx.Response = yield from sending
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity"):
        yield Close(response)
        raise undecodable(
            Answer(response.status_code, response.headers, b""),
            f"compressed ({coding[:40]}), which was not asked for and a stream must not be",
        )
    return response
