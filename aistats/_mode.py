"""The two colours of an object, and the descriptor that gives a flow the colour of its owner."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from typing_extensions import TypeVar as TypeVarWithDefault

    from aistats._engine import Engine
    from aistats._flow import Flow


class Sync:
    """The mode of objects whose methods block: `VideoJob[Sync]`, or just `VideoJob`."""


class Async:
    """The mode of objects whose methods are awaited: an `AsyncAIStats` gives `VideoJob[Async]`."""


if TYPE_CHECKING:
    # The default lets users write `VideoJob` for the sync handle (PEP 696).
    Mode = TypeVarWithDefault("Mode", bound=Sync | Async, default=Sync)
else:
    Mode = TypeVar("Mode")

P = ParamSpec("P")
T = TypeVar("T")
SyncOwner = TypeVar("SyncOwner", bound="Bound[Sync]")
AsyncOwner = TypeVar("AsyncOwner", bound="Bound[Async]")


class Bound(Generic[Mode]):
    """An object whose flows are driven in one mode, by its engine."""

    __slots__ = ()

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client that this object belongs to."""
        raise NotImplementedError


class FlowMethod(Generic[P, T]):
    """A method written once as a generator function of effects.

    On a sync owner it blocks and returns the result; on an async owner it returns an awaitable.
    """

    def __init__(self, function: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self.flow = function
        functools.update_wrapper(self, function)  # type: ignore[arg-type]  # help() shows the doc

    @overload
    def __get__(self, owner: Bound[Sync], kind: Any = None) -> Callable[P, T]: ...
    @overload
    def __get__(self, owner: Bound[Async], kind: Any = None) -> Callable[P, Awaitable[T]]: ...
    @overload
    def __get__(self, owner: None, kind: Any = None) -> FlowMethod[P, T]: ...
    def __get__(self, owner: Any, kind: Any = None) -> Any:
        if owner is None:
            return self
        return _bind(owner, self.flow)


class HandleMethod(Generic[P]):
    """A flow method that returns a new value of its owner's own type."""

    def __init__(self, function: Callable[Concatenate[Any, P], Flow[Any]]) -> None:
        self.flow = function
        functools.update_wrapper(self, function)  # type: ignore[arg-type]  # help() shows the doc

    @overload
    def __get__(self, owner: SyncOwner, kind: Any = None) -> Callable[P, SyncOwner]: ...
    @overload
    def __get__(
        self, owner: AsyncOwner, kind: Any = None
    ) -> Callable[P, Awaitable[AsyncOwner]]: ...
    @overload
    def __get__(self, owner: None, kind: Any = None) -> HandleMethod[P]: ...
    def __get__(self, owner: Any, kind: Any = None) -> Any:
        if owner is None:
            return self
        return _bind(owner, self.flow)


def _bind(owner: Bound[Any], function: Callable[..., Flow[Any]]) -> Callable[..., Any]:
    @functools.wraps(function)
    def method(*args: Any, **kwargs: Any) -> Any:
        return owner.engine.drive(function(owner, *args, **kwargs))

    return method
