"""The two drivers: what a flow gets back, what is closed, and cancellation at every step."""

from __future__ import annotations

import asyncio
import gzip
import threading
import zlib
from typing import TYPE_CHECKING, Any

import anyio
import anyio.from_thread
import anyio.lowlevel
import httpx
import pytest

from aistats import ResponseDecodeError
from aistats._effects import Effect
from aistats._flow import (
    Answer,
    AsyncWorld,
    Chunks,
    Close,
    Flow,
    Send,
    Sleep,
    Tell,
    Work,
    World,
    arun,
    keep,
    run,
)
from aistats._mode import Async, Bound, FlowMethod, HandleMethod, Sync
from tests.colours import Colour, Script, answer, colours

if TYPE_CHECKING:
    from collections.abc import Callable

GET = httpx.Request("GET", "http://127.0.0.1:9/v1/models")


def send(limit: int = 100, error_limit: int = 10, *, stream: bool = False) -> Send:
    return Send(GET, limit, error_limit, stream)


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body of given parts, that counts how often it was closed and fails where told."""

    def __init__(self, *parts: bytes | BaseException) -> None:
        self.parts = list(parts)
        self.closed = 0
        self.taken = 0

    def _next(self) -> bytes | None:
        if self.closed:
            raise httpx.ReadError("closed")
        if not self.parts:
            return None
        part = self.parts.pop(0)
        if isinstance(part, BaseException):
            raise part
        self.taken += 1
        return part

    def __iter__(self) -> Any:
        while (part := self._next()) is not None:
            yield part

    async def __aiter__(self) -> Any:
        while (part := self._next()) is not None:
            await anyio.lowlevel.checkpoint()
            yield part

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


# --- results, errors, naps ---


@colours
def test_a_flow_gets_what_it_asks_for_and_gives_its_result(colour: Colour) -> None:
    """Answers come back from `yield`, naps are slept by the driver, the return value is given."""

    def flow() -> Flow[Any]:
        first = yield send()
        yield Sleep(2.5)
        second = yield send()
        return first.content + second.content

    script = Script(answer(text="a"), answer(text="b"))
    assert script.play(colour, flow()) == b"ab"
    assert script.naps == [2.5]


@colours
def test_an_error_is_thrown_into_the_flow_which_may_go_on(colour: Colour) -> None:
    """A flow catches what an effect raised where it asked for it."""

    def flow() -> Flow[Any]:
        try:
            yield send()
        except httpx.ReadError as error:
            caught = error
        found = yield send()
        return str(caught), found.status

    script = Script(httpx.ReadError("lost"), answer(201))
    assert script.play(colour, flow()) == ("lost", 201)


@colours
def test_what_a_flow_does_not_catch_is_raised(colour: Colour) -> None:
    """Any error of an effect, and of the flow itself, reaches the caller as it is."""

    def asks() -> Flow[Any]:
        yield send()

    def fails() -> Flow[Any]:
        yield send()
        raise KeyError("mine")

    with pytest.raises(httpx.ReadError, match="lost"):
        Script(httpx.ReadError("lost")).play(colour, asks())
    with pytest.raises(KeyError, match="mine"):
        Script(answer()).play(colour, fails())


@colours
def test_ctrl_c_runs_the_flows_clean_up(colour: Colour) -> None:
    """KeyboardInterrupt goes through `finally` and out again, in an effect and in a nap."""
    tidied: list[Any] = []

    def flow(first: Any) -> Flow[Any]:
        try:
            yield first
        except BaseException as error:
            tidied.append(type(error))
            raise

    def interrupted(_: float) -> Any:
        raise KeyboardInterrupt

    script = Script(KeyboardInterrupt())
    held = [flow(send()), flow(Sleep(1))]  # so that no garbage collector closes them
    with pytest.raises(KeyboardInterrupt):
        script.play(colour, held[0])
    script.sleep = interrupted  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        script.play(colour, held[1])
    assert tidied == [KeyboardInterrupt, GeneratorExit]


def test_an_effect_needs_both_colours() -> None:
    """A new kind of effect that says nothing about how to do it fails at once."""
    with pytest.raises(NotImplementedError):
        Effect().run(World(Script()))
    with pytest.raises(NotImplementedError):
        anyio.run(Effect().arun, AsyncWorld(None))  # type: ignore[arg-type]


def test_the_worlds_sleep_for_real_by_default() -> None:
    """Nothing has to be set up for the naps of a flow to happen."""

    def flow() -> Flow[str]:
        yield Sleep(0)
        return "slept"

    assert run(flow(), World(Script())) == "slept"
    assert anyio.run(arun, flow(), AsyncWorld(None)) == "slept"  # type: ignore[arg-type]


# --- bodies ---


@colours
@pytest.mark.parametrize(("status", "limit"), [(200, 100), (302, 100), (400, 10), (500, 10)])
def test_a_body_is_taken_up_to_its_limit(colour: Colour, status: int, limit: int) -> None:
    """What is larger is cut, said to be so, and not read any further."""
    bodies = [Body(b"x" * limit), *(Body(b"x" * 7, *[b"y" * limit] * 50) for _ in range(1))]
    script = Script(*(answer(status, stream=body) for body in bodies))

    def flow() -> Flow[Any]:
        exact = yield send()
        over = yield send()
        return exact, over

    exact, over = script.play(colour, flow())
    assert exact.flaw is None
    assert (len(exact.content), len(over.content)) == (limit, limit)
    assert over.flaw == f"it is larger than {limit} bytes"
    assert bodies[1].taken == 2
    assert all(body.closed for body in bodies)


@colours
def test_a_body_that_expands_is_cut(colour: Colour) -> None:
    """A few bytes of gzip that become many are not swallowed."""
    bomb = gzip.compress(b"\0" * 1_000_000)
    body = Body(*(bomb[i : i + 100] for i in range(0, len(bomb), 100)))
    script = Script(answer(stream=body, headers={"content-encoding": "gzip"}))
    found = script.play(colour, iter_of(send()))
    assert (len(found.content), found.flaw) == (100, "it is larger than 100 bytes")
    assert body.taken < 3


def iter_of(effect: Any) -> Flow[Any]:
    """Make a flow of one effect."""
    return (yield effect)


@colours
@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "deflate", "x" * 90])
@pytest.mark.parametrize("stream", [False, True])
def test_codings_nobody_asked_for_are_not_decoded(
    colour: Colour, coding: str, stream: bool
) -> None:
    """Two layers of gzip make a gigabyte of a kilobyte: such a body is left as it is."""
    content = gzip.compress(gzip.compress(b"\0" * 10_000))
    body = Body(content)
    script = Script(answer(stream=body, headers={"content-encoding": coding}))
    found = script.play(colour, iter_of(send(stream=stream)))
    assert isinstance(found, Answer)
    assert found.content == content
    assert found.flaw is not None
    assert "was not asked for" in found.flaw
    assert len(found.flaw) < 100
    assert body.closed


@colours
@pytest.mark.parametrize(
    ("coding", "compress"),
    [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("identity", bytes)],
)
def test_codings_we_ask_for_are_decoded(
    colour: Colour, coding: str, compress: Callable[[bytes], bytes]
) -> None:
    """A body in gzip comes out as what went in; the answer to a HEAD has none."""
    script = Script(
        answer(stream=Body(compress(b"hello")), headers={"Content-Encoding": coding.upper()}),
        answer(stream=Body(), headers={"Content-Encoding": coding}),
    )
    found = script.play(colour, iter_of(send()))
    assert (found.content, found.flaw) == (b"hello", None)
    none = script.play(colour, iter_of(send()))
    assert (none.content, none.flaw) == (b"", None)


@colours
@pytest.mark.parametrize(
    "content", [b"not gzip", gzip.compress(b"hello", mtime=0)[:-3]], ids=["none", "cut"]
)
def test_a_broken_coding_is_a_flaw_not_a_crash(colour: Colour, content: bytes) -> None:
    """What says gzip and is not, or not all of it, is told so."""
    body = Body(content)
    script = Script(answer(stream=body, headers={"content-encoding": "gzip"}))
    found = script.play(colour, iter_of(send()))
    assert found.flaw is not None
    assert "encoding is broken" in found.flaw
    assert body.closed


@colours
def test_a_body_that_somebody_read_before_us_is_taken_as_it_is(colour: Colour) -> None:
    """A hook of the caller's client may have read and decoded it already."""
    ready = answer(content=gzip.compress(b"hello", mtime=0), headers={"content-encoding": "gzip"})

    def flow() -> Flow[Any]:
        found = yield send()
        opened = yield send(stream=True)
        chunks = Chunks(opened)
        return found.content, found.flaw, (yield chunks), (yield chunks)

    twin = answer(content=gzip.compress(b"hello", mtime=0), headers={"content-encoding": "gzip"})
    assert Script(ready, twin).play(colour, flow()) == (b"hello", None, b"hello", b"")


@colours
def test_a_lost_body_is_an_error_and_closed(colour: Colour) -> None:
    """A connection that breaks inside a success raises; its response is closed."""
    body = Body(b"ab", httpx.ReadError("reset"))
    with pytest.raises(httpx.ReadError, match="reset"):
        Script(answer(stream=body)).play(colour, iter_of(send()))
    assert body.closed


# --- open responses ---


@colours
def test_an_open_response_is_the_callers_only_if_the_flow_gives_it(colour: Colour) -> None:
    """Returned or kept it stays open; left, failed or slept over it is closed."""
    bodies = [Body(b"x") for _ in range(5)]

    def returns() -> Flow[Any]:
        return (yield send(stream=True))

    def keeps() -> Flow[Any]:
        response = yield send(stream=True)
        keep(response)
        return [response]

    def leaves() -> Flow[Any]:
        yield send(stream=True)
        yield send(stream=True)
        return None

    def fails() -> Flow[Any]:
        yield send(stream=True)
        raise KeyError

    script = Script(*(answer(stream=body) for body in bodies))
    assert isinstance(script.play(colour, returns()), httpx.Response)
    assert isinstance(script.play(colour, keeps())[0], httpx.Response)
    script.play(colour, leaves())
    with pytest.raises(KeyError):
        script.play(colour, fails())
    assert [bool(body.closed) for body in bodies] == [False, False, True, True, True]


@colours
def test_a_failure_is_never_left_open(colour: Colour) -> None:
    """From status 400 on the body is read, also where a stream was wanted."""
    body = Body(b"sorry")
    found = Script(answer(404, stream=body)).play(colour, iter_of(send(stream=True)))
    assert (found.status, found.content) == (404, b"sorry")
    assert body.closed


@colours
def test_one_response_that_cannot_be_closed_does_not_keep_the_others_open(colour: Colour) -> None:
    """All are closed, and the error of closing is raised."""

    class Stuck(Body):
        def close(self) -> None:
            raise OSError("stuck")

        async def aclose(self) -> None:
            raise OSError("stuck")

    good = [Body(), Body()]
    bodies = [good[0], Stuck(), good[1]]

    def flow() -> Flow[Any]:
        for _ in bodies:
            yield send(stream=True)

    with pytest.raises(OSError, match="stuck"):
        Script(*(answer(stream=body) for body in bodies)).play(colour, flow())
    assert [body.closed for body in good] == [1, 1]


@colours
def test_chunks_are_read_one_by_one(colour: Colour) -> None:
    """Each look gives the next part, then nothing; what was put back comes first."""
    body = Body(b"ab", b"cd")

    def flow() -> Flow[Any]:
        response = yield send(stream=True)
        chunks = Chunks(response)
        first = yield chunks
        chunks.put_back(first)
        found = [(yield chunks), (yield chunks), (yield chunks), (yield chunks)]
        yield Close(response)
        return found

    assert Script(answer(stream=body)).play(colour, flow()) == [b"ab", b"cd", b"", b""]
    assert body.closed


@colours
def test_an_open_body_that_cannot_be_decoded_is_our_error(colour: Colour) -> None:
    """Broken compression inside a download is no error of httpx for the caller."""
    body = Body(b"not gzip")

    def flow() -> Flow[Any]:
        response = yield send(stream=True)
        yield Chunks(response)

    script = Script(answer(stream=body, headers={"content-encoding": "gzip"}))
    with pytest.raises(ResponseDecodeError, match=r"127\.0\.0\.1 is broken") as caught:
        script.play(colour, flow())
    assert isinstance(caught.value.__cause__, zlib.error)
    assert body.closed


# --- work and callbacks ---


@colours
def test_work_runs_where_it_blocks_nobody(colour: Colour) -> None:
    """A blocking step of an async flow runs in a thread; its result and error come back."""
    names: list[str] = []

    def work() -> str:
        names.append(threading.current_thread().name)
        return "done"

    def fails() -> None:
        raise OSError("disk full")

    assert Script().play(colour, iter_of(Work(work))) == "done"
    assert (names[0] == "MainThread") is (colour == "sync")
    with pytest.raises(OSError, match="disk full"):
        Script().play(colour, iter_of(Work(fails)))


@colours
def test_callbacks_may_be_async_on_an_async_client(colour: Colour) -> None:
    """The caller's function gets its arguments; what it gives is awaited if it can be."""
    seen: list[Any] = []

    async def later(*args: Any) -> None:
        await anyio.lowlevel.checkpoint()
        seen.append(args)

    def flow() -> Flow[None]:
        yield Tell(seen.append, (1,))
        if colour != "sync":
            yield Tell(later, (2, 3))

    Script().play(colour, flow())
    assert seen == ([1] if colour == "sync" else [1, (2, 3)])


# --- cancellation ---


class _Steps:
    """Counts checkpoints and cancels at the n-th one."""

    def __init__(self, cancel_at: int) -> None:
        self.cancel_at = cancel_at
        self.count = 0
        self.scope = anyio.CancelScope()

    async def step(self) -> None:
        self.count += 1
        if self.count == self.cancel_at:
            self.scope.cancel()
        await anyio.lowlevel.checkpoint()


class _SteppedBody(Body):
    def __init__(self, steps: _Steps, *parts: bytes) -> None:
        super().__init__(*parts)
        self.steps = steps

    async def __aiter__(self) -> Any:
        while (part := self._next()) is not None:
            await self.steps.step()
            yield part


async def _until(happened: threading.Event) -> None:
    while not happened.is_set():  # noqa: ASYNC110 - it happens in another thread
        await asyncio.sleep(0)


async def _cancelled_at(n: int) -> tuple[bool, list[Body], list[str]]:
    """Run a flow with every kind of effect and cancel it at its n-th await."""
    steps, bodies, tidied = _Steps(n), [], []
    loop_work = anyio.from_thread.run

    class Sender:
        async def send(self, request: httpx.Request) -> httpx.Response:
            await steps.step()
            bodies.append(_SteppedBody(steps, b"a", b"b"))
            return httpx.Response(200, stream=bodies[-1], request=request)

    def flow() -> Flow[str]:
        try:
            yield send()
            yield Sleep(1)
            response = yield send(stream=True)
            chunks = Chunks(response)
            while (yield chunks):
                yield Work(lambda: loop_work(steps.step))
            yield Tell(steps.step, ())
            yield Close(response)
        finally:
            tidied.append("flow")
        return "done"

    async def sleep(_: float) -> None:
        await steps.step()

    finished = False
    with steps.scope:
        finished = await arun(flow(), AsyncWorld(Sender(), sleep)) == "done"
    return finished, bodies, tidied


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancellation_at_every_await_closes_everything(backend: str) -> None:
    """Wherever a task is cancelled, the flow tidies up and every response is closed."""
    for n in range(1, 100):
        finished, bodies, tidied = anyio.run(_cancelled_at, n, backend=backend)
        assert tidied == ["flow"]
        assert all(body.closed for body in bodies), n
        if finished:
            break
    assert 8 < n < 99


def test_asyncios_own_cancellation_waits_for_the_thread() -> None:
    """`task.cancel()` is passed on when the work in the thread has ended, never before."""
    begun, release, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert release.wait(60)
        ended.set()

    async def main() -> bool:
        task = asyncio.create_task(arun(iter_of(Work(work)), AsyncWorld(None)))  # type: ignore[arg-type]
        await _until(begun)
        for _ in range(3):  # impatient callers cancel more than once
            task.cancel()
            await asyncio.sleep(0)
        waiting = not task.done()
        release.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        return waiting and ended.is_set()

    assert asyncio.run(main())


def test_a_cancelled_thread_that_fails_is_not_reported_as_forgotten() -> None:
    """The cancellation counts; the error of the work is its cause."""
    begun, release = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert release.wait(60)
        raise OSError("disk full")

    async def main() -> BaseException | None:
        task = asyncio.create_task(arun(iter_of(Work(work)), AsyncWorld(None)))  # type: ignore[arg-type]
        await _until(begun)
        task.cancel()
        await asyncio.sleep(0)
        release.set()
        try:
            await task
        except asyncio.CancelledError as cancelled:
            return cancelled.__cause__
        return None

    assert isinstance(asyncio.run(main()), OSError)


# --- methods of either colour ---


class Thing(Bound[Any]):
    """An object with a flow method and a handle method."""

    def __init__(self, script: Script, colour: Colour) -> None:
        self._engine = script.engine(colour)

    @property
    def engine(self) -> Any:
        return self._engine

    @FlowMethod
    def status(self, extra: int, *, more: int = 0) -> Flow[int]:
        """Give the status plus two numbers."""
        found = yield send()
        return found.status + extra + more

    @HandleMethod
    def again(self) -> Flow[Any]:
        """Give another thing."""
        yield send()
        return self


@colours
def test_a_method_written_once_has_the_colour_of_its_owner(colour: Colour) -> None:
    """It blocks on a sync object and is awaited on an async one, with its name and doc."""
    script = Script(answer(200), answer(200))
    thing = Thing(script, colour)

    async def awaited() -> Any:
        return [await thing.status(1, more=2), await thing.again()]  # type: ignore[misc]

    if colour == "sync":
        found: Any = [thing.status(1, more=2), thing.again()]
    else:
        found = anyio.run(awaited, backend=colour)
    assert found == [203, thing]
    assert thing.status.__name__ == "status"
    assert thing.status.__doc__ == "Give the status plus two numbers."
    assert isinstance(Thing.status, FlowMethod)
    assert isinstance(Thing.again, HandleMethod)


def test_an_owner_must_have_an_engine() -> None:
    """`Bound` alone is nothing to drive a flow with."""
    with pytest.raises(NotImplementedError):
        _ = Bound[Sync]().engine
    with pytest.raises(NotImplementedError):
        _ = Bound[Async]().engine
