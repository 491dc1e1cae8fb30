"""One engine, two colours: decisions are generators of effects, and two short drivers run them.

A flow is a generator that yields what it needs from the world (`Send` a request, `Sleep`, run
some `Work` that blocks) and returns its result. It is written once; `_mode.FlowMethod` makes of it
a plain method on a sync object and an awaitable one on an async object.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import Any, Generic, TypeVar, cast

import httpx
from attrs import frozen

from aistats._answer import Answer
from aistats._effects import (
    AsyncSender,
    AsyncWorld,
    Chunks,
    Close,
    Effect,
    Send,
    Sender,
    Sleep,
    Tell,
    Work,
    World,
    aclose,
)

__all__ = [
    "Answer",
    "AsyncSender",
    "AsyncWorld",
    "Chunks",
    "Close",
    "Effect",
    "Flow",
    "Returned",
    "Send",
    "Sender",
    "Sleep",
    "Tell",
    "Work",
    "World",
    "aadvance",
    "advance",
    "arun",
    "keep",
    "run",
]

T = TypeVar("T")

Flow = Generator[Effect, Any, T]

_KEPT = "aistats.kept"


def keep(response: httpx.Response) -> None:
    """Hand an open response over to the caller: the driver does not close it any more."""
    response.extensions[_KEPT] = True


@frozen
class Returned(Generic[T]):
    """A flow has ended with this value."""

    value: T


def _close_all(opened: list[httpx.Response], returned: Any) -> None:
    with contextlib.ExitStack() as stack:
        for response in opened:
            if response is not returned and _KEPT not in response.extensions:
                stack.callback(response.close)


async def _aclose_all(opened: list[httpx.Response], returned: Any) -> None:
    async with contextlib.AsyncExitStack() as stack:
        for response in opened:
            if response is not returned and _KEPT not in response.extensions:
                stack.push_async_callback(aclose, response)


def advance(flow: Flow[T], world: World) -> Sleep | Returned[T]:
    """Carry out `flow` up to its next nap or its end, blocking.

    Responses that it opened and does not return are closed.
    """
    opened: list[httpx.Response] = []
    throw = cast("Callable[[Any], Effect]", flow.throw)
    resume: Callable[[Any], Effect] = flow.send
    value: Any = None
    returned: Any = None
    try:
        while True:
            effect = resume(value)
            if type(effect) is Sleep:
                return effect
            try:
                value, resume = effect.run(world), flow.send
            except BaseException as error:  # noqa: BLE001 - the flow decides, and re-raises it
                value, resume = error, throw
            if isinstance(value, httpx.Response):
                opened.append(value)
    except StopIteration as stop:
        returned = stop.value
        return Returned(stop.value)
    finally:
        if opened:
            _close_all(opened, returned)
        value = None  # an error kept here would keep this frame, and so itself, alive


def run(flow: Flow[T], world: World) -> T:
    """Carry out `flow` to its end, blocking."""
    try:
        while type(state := advance(flow, world)) is Sleep:
            world.sleep(state.seconds)
        return cast("Returned[T]", state).value
    finally:
        flow.close()


async def aadvance(flow: Flow[T], world: AsyncWorld) -> Sleep | Returned[T]:
    """Carry out `flow` up to its next nap or its end, awaiting; `advance` with awaits."""
    opened: list[httpx.Response] = []
    throw = cast("Callable[[Any], Effect]", flow.throw)
    resume: Callable[[Any], Effect] = flow.send
    value: Any = None
    returned: Any = None
    try:
        while True:
            effect = resume(value)
            if type(effect) is Sleep:
                return effect
            try:
                value, resume = await effect.arun(world), flow.send
            except BaseException as error:  # noqa: BLE001 - the flow decides, and re-raises it
                value, resume = error, throw
            if isinstance(value, httpx.Response):
                opened.append(value)
    except StopIteration as stop:
        returned = stop.value
        return Returned(stop.value)
    finally:
        if opened:
            await _aclose_all(opened, returned)
        value = None  # an error kept here would keep this frame, and so itself, alive


async def arun(flow: Flow[T], world: AsyncWorld) -> T:
    """Carry out `flow` to its end, awaiting; `run` with awaits."""
    try:
        while type(state := await aadvance(flow, world)) is Sleep:
            await world.sleep(state.seconds)
        return cast("Returned[T]", state).value
    finally:
        flow.close()
