"""aiohttp underneath keeps what our own connections promise, also where it would do otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import pickle
import socket
import threading
import traceback
import warnings
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx
import pytest

from aistats import (
    AIStatsError,
    AsyncAIStats,
    ConfigurationError,
    RequestTimeoutError,
    Retry,
    aiohttp_transport,
)
from aistats._transport import AsyncTransport, never_sent
from tests.test_transport import request
from tests.trust import wire
from tests.trust.gateway import MEDIA, answer, redirect
from tests.trust.leaks import chain_of
from tests.trust.matrix import ASYNC_CALLS, FAULTS, HASTY, respond
from tests.trust.wire import Wire, reset

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.trust.matrix import Authority
    from tests.trust.wire import Fault

SECRET = "not-a-real-secret-under-aiohttp"
KEY = f"phaseo_v1_sk_demo00000000_{SECRET}"


def silent(_: Wire, connection: socket.socket) -> None:
    """Say nothing, not even to a TLS handshake."""
    wire.until_the_client_leaves(connection)


both = pytest.mark.parametrize("make", [AsyncTransport, aiohttp_transport], ids=["own", "aiohttp"])


def client_of(server: Wire, **options: Any) -> AsyncAIStats:
    settings: dict[str, Any] = {"retry": Retry(attempts=1), "timeout": 10, **options}
    base_url = f"{server.url}/v1"
    return AsyncAIStats(KEY, base_url=base_url, http_client=aiohttp_transport(), **settings)


async def error_of(transport: AsyncTransport, sent: httpx.Request) -> httpx.TransportError:
    with pytest.raises(httpx.TransportError) as caught:
        await (await transport.send(sent)).aread()
    await transport.aclose()
    return caught.value


def open_sockets_to(server: Wire) -> list[socket.socket]:
    """List what this process has open to the server, its garbage included."""

    def port_of_peer(each: socket.socket) -> int | None:
        with contextlib.suppress(OSError):
            return int(each.getpeername()[1])
        return None

    return [
        each
        for each in gc.get_objects()
        if isinstance(each, socket.socket)
        and each.family in (socket.AF_INET, socket.AF_INET6)
        and port_of_peer(each) == server.port
    ]


async def some_turns() -> None:
    """Let the event loop see what came."""
    for _ in range(10):
        await anyio.lowlevel.checkpoint()


async def until_later(seconds: float) -> None:
    """Let the event loop turn until every timer of so many seconds has had its turn."""
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    while clock() <= end:
        await anyio.lowlevel.checkpoint()
    await some_turns()


# What an error shows


@pytest.mark.parametrize("call", ["GET", "billed POST", "stream", "upload", "download"])
@pytest.mark.parametrize("fault", ["refused", *FAULTS])
def test_no_error_leads_to_what_was_sent(fault: str, call: str, tmp_path: Path) -> None:
    """aiohttp's errors hold the headers that were sent: none of them is behind ours.

    The whole text with all local variables, each error of the chain and its pickle: no key.
    """

    async def fail(server: Wire) -> None:
        timeout = HASTY if fault.startswith("slow") else 10
        async with client_of(server, timeout=timeout) as client:
            await ASYNC_CALLS[call](client, tmp_path)

    with Wire(respond, FAULTS.get(fault), listen=fault != "refused") as server:
        try:
            anyio.run(fail, server)
        except AIStatsError as error:
            shown = traceback.TracebackException.from_exception(error, capture_locals=True)
            assert SECRET not in "".join(shown.format())
            for each in chain_of(error):
                assert not type(each).__module__.startswith("aiohttp")
                assert SECRET not in f"{each!r} {each.args} {vars(each)}"
                assert SECRET.encode() not in pickle.dumps(each)
            return
    assert (fault, call) == ("length too small", "download"), "it did not fail"


@pytest.mark.parametrize("broken", ["refused", "garbage", "no address", "silent", "deaf"])
def test_a_signature_is_in_no_message(broken: str) -> None:
    """aiohttp writes the whole address into some of its messages."""
    fault = wire.garbage if broken == "garbage" else silent
    with Wire(respond, fault, listen=broken != "refused") as server:
        host = f"{'a' * 70}.test" if broken == "no address" else "127.0.0.1"
        scheme = "https" if broken == "deaf" else "http"
        url = f"{scheme}://{host}:{server.port}/song?download_sig=SIGNATURE"
        sent = request(url, timeout={"read": HASTY, "connect": HASTY})
        error = anyio.run(error_of, aiohttp_transport(), sent)
    assert "SIGNATURE" not in f"{error} {error!r} {error.args}"
    assert never_sent(error) is (broken in ("refused", "no address", "deaf"))


# What was sent


REQUESTS: dict[str, Callable[[str], httpx.Request]] = {
    "GET": request,
    "a cookie of the caller's": lambda url: request(url, headers={"Cookie": "a=b; c=d"}),
    "a header that is no ASCII": lambda url: request(url, headers=[(b"x-name", "Zoë".encode())]),
    "POST": lambda url: request(url, "POST", json={"a": "b"}),
    "an empty POST": lambda url: request(url, "POST"),
    "DELETE": lambda url: request(url, "DELETE"),
    "PUT": lambda url: request(url, "PUT", content=b"x" * 300_000),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_the_same_request_is_sent_as_over_our_own_connections(name: str) -> None:
    """Header by header and byte by byte; only an empty body may be announced."""
    seen = []

    async def send(transport: AsyncTransport) -> None:
        await (await transport.send(REQUESTS[name](f"{server.url}/a%2Fb%7E?q=%20%41"))).aread()
        await transport.aclose()

    with Wire(lambda _: answer(b"{}")) as server:
        for make in (AsyncTransport, aiohttp_transport):
            anyio.run(send, make())
            head, _, body = server.requests[-1].partition(b"\r\n\r\n")
            line, *fields = head.split(b"\r\n")
            lower = {
                (name.lower(), value) for name, _, value in (f.partition(b": ") for f in fields)
            }
            assert len(lower) == len(fields)
            seen.append((line, lower - {(b"content-length", b"0")}, body))
    assert seen[0] == seen[1]


def test_cookies_are_neither_kept_nor_sent() -> None:
    """A gateway that sets one does not get it back."""

    async def ask_twice(server: Wire) -> None:
        async with client_of(server) as client:
            for _ in range(2):
                await client.videos.retrieve("v1")

    cookie = b"Set-Cookie: session=1; Path=/"
    with Wire(lambda _: answer(b'{"id":"v1"}', cookie, b"Set-Cookie: \xff;=;bad")) as server:
        anyio.run(ask_twice, server)
        assert len(server.requests) == 2
        assert b"cookie" not in b"".join(server.requests).lower()


def test_a_redirect_to_another_host_loses_the_key(tmp_path: Path) -> None:
    """As over our own connections: the other host hears of no key."""

    async def save(gateway: Wire) -> Path:
        raw = '{"kind":"music","id":"m1","raw":{"id":"m1","status":"completed","audio_url":"%s"}}'
        async with client_of(gateway) as client:
            job: Any = client.jobs.from_json(raw % f"{gateway.url}/v1/song")
            saved: Path = await job.save(tmp_path / "song.wav")
            return saved

    with Wire(lambda _: answer(MEDIA)) as other:
        with Wire(lambda _: redirect(f"{other.url}/song.wav")) as gateway:
            assert anyio.run(save, gateway).read_bytes() == MEDIA
        assert KEY.encode() in gateway.requests[0]
        assert b"uthorization" not in other.requests[0]
        assert SECRET.encode() not in other.requests[0]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
def test_aiohttp_repeats_nothing_by_itself(method: str) -> None:
    """It would, for methods that it takes for harmless, on the loss of any connection."""

    async def send(server: Wire) -> httpx.TransportError:
        return await error_of(aiohttp_transport(), request(server.url, method, content=b"x"))

    for fault in (wire.reset_before_headers, wire.half_closed):
        with Wire(respond, fault) as server:
            assert not never_sent(anyio.run(send, server))
            assert (len(server.requests), server.connections) == (1, 1)


class DiskError(Exception):
    """What a caller's own file might raise."""


@both
def test_what_goes_wrong_in_the_callers_body_is_the_callers_to_see(make: Any) -> None:
    """The very error, without the frames of whatever carried it."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"one"
        raise DiskError("the disk is on fire")

    async def upload(server: Wire) -> None:
        transport = make()
        with pytest.raises(DiskError) as caught:
            await transport.send(request(server.url, "POST", content=pieces()))
        frames = traceback.extract_tb(caught.value.__traceback__)
        assert frames[-1].name == "pieces"
        assert not [frame for frame in frames if "/aiohttp/" in frame.filename]
        await transport.aclose()

    with Wire(respond) as server:
        anyio.run(upload, server)
        assert server.all_left()


@both
@pytest.mark.parametrize("said", ["2", "4"])
def test_a_body_of_another_length_than_said_is_an_error(make: Any, said: str) -> None:
    """Else the rest would be taken for the next request, or be awaited for ever."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"abc"

    async def upload(server: Wire) -> None:
        sent = request(server.url, "POST", content=pieces(), headers={"content-length": said})
        assert isinstance(await error_of(make(), sent), httpx.LocalProtocolError)

    with Wire(respond) as server:
        anyio.run(upload, server)
        assert server.all_left()


# What comes back


SMUGGLED = answer(b'{"id":"SMUGGLED"}')
HONEST = answer(b'{"id":"honest"}')
HALF = len(HONEST) - 5


@both
@pytest.mark.parametrize(
    "surplus", [SMUGGLED, SMUGGLED[:20], b"{}"], ids=["whole", "half", "bytes"]
)
@pytest.mark.parametrize("when", ["with the answer", "with its end", "afterwards", "unseen"])
def test_bytes_behind_an_answer_are_nobodys(make: Any, when: str, surplus: bytes) -> None:
    """However they are cut: they are never the answer to the next call."""
    go, gone = threading.Event(), threading.Event()

    def smuggle(server: Wire, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.read(connection)
        cut = len(HONEST) if when in ("afterwards", "unseen") else HALF
        if when == "with the answer":
            cut = 0
        connection.sendall(HONEST[:cut])
        go.wait(5)
        with contextlib.suppress(OSError):
            connection.sendall(HONEST[cut:] + surplus)
            gone.set()
            while server.read(connection):
                connection.sendall(HONEST)

    async def three_calls(url: str) -> list[bytes]:
        transport = make()
        if when == "with the answer":
            go.set()
        response = await transport.send(request(url))
        if when == "with its end":
            go.set()
        found = [await response.aread()]
        if when in ("afterwards", "unseen"):
            go.set()
            gone.wait(5)
        if when == "afterwards":
            await some_turns()
        again = [request(url, "POST", content=b"x") for _ in range(2)]
        found += [await (await transport.send(each)).aread() for each in again]
        await transport.aclose()
        return found

    with Wire(lambda _: HONEST, smuggle, once=True) as server:
        assert anyio.run(three_calls, server.url) == [b'{"id":"honest"}'] * 3
        assert server.connections == 2 or when not in ("afterwards", "unseen")


@both
@pytest.mark.parametrize("end", ["closed", "reset"])
def test_what_came_before_a_break_is_not_lost(make: Any, end: str) -> None:
    """A reader who was busy meanwhile still gets it: it may be the answer to a paid request."""
    go, gone = threading.Event(), threading.Event()

    def break_off(server: Wire, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npaid\r\n")
        go.wait(5)
        reset(connection) if end == "reset" else connection.close()
        gone.set()

    async def read_late(url: str) -> None:
        transport = make()
        response = await transport.send(request(url))
        await some_turns()
        go.set()
        gone.wait(5)
        await some_turns()
        parts = response.aiter_raw()
        assert await anext(parts) == b"paid"
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            await anext(parts)
        await transport.aclose()

    with Wire(respond, break_off) as server:
        anyio.run(read_late, server.url)
        assert server.all_left()


@both
def test_a_malformed_body_is_an_error_at_once(make: Any) -> None:
    """Not only when the time for reading is up."""

    def chunks(server: Wire, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        go.wait(5)
        connection.sendall(b"this is no length\r\nof a chunk\r\n")
        wire.until_the_client_leaves(connection)

    async def read(url: str) -> None:
        transport = make()
        response = await transport.send(request(url, timeout={"read": 60.0}))
        go.set()
        with pytest.raises(httpx.RemoteProtocolError):
            await asyncio.wait_for(response.aread(), 5)
        await transport.aclose()

    go = threading.Event()
    with Wire(respond, chunks) as server:
        anyio.run(read, server.url)
        assert server.all_left()


@both
def test_a_long_field_costs_no_answer(make: Any) -> None:
    """Policies and cookies can be long, and the call was billed when they come."""
    policy = b"Content-Security-Policy: " + b"x" * 20_000

    async def ask(url: str) -> None:
        transport = make()
        response = await transport.send(request(url))
        assert len(response.headers["content-security-policy"]) == 20_000
        assert await response.aread() == b"{}"
        await transport.aclose()

    with Wire(lambda _: answer(b"{}", policy)) as server:
        anyio.run(ask, server.url)


@both
def test_closing_lets_an_answer_in_use_come_to_its_end(make: Any) -> None:
    """Its connection is closed with it, and nothing new is sent."""
    go = threading.Event()

    def slow(server: Wire, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(HONEST[:HALF])
        go.wait(5)
        connection.sendall(HONEST[HALF:])
        wire.until_the_client_leaves(connection)

    async def close_early(url: str) -> None:
        transport = make()
        response = await transport.send(request(url))
        await transport.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            await transport.send(request(url))
        go.set()
        assert await response.aread() == b'{"id":"honest"}'

    with Wire(respond, slow) as server:
        anyio.run(close_early, server.url)
        assert server.all_left()


@both
def test_closing_closes_what_is_idle_at_once_and_the_rest_one_by_one(make: Any) -> None:
    """No connection outlives its answer because another answer is still in use."""
    go = [threading.Event() for _ in range(3)]
    left = threading.Semaphore(0)

    def in_two(server: Wire, connection: socket.socket) -> None:
        number = int(server.read(connection).split(b" ")[1].strip(b"/"))
        connection.sendall(HONEST[:HALF])
        go[number].wait(wire.LONGEST)
        connection.sendall(HONEST[HALF:])
        wire.until_the_client_leaves(connection)
        left.release()

    async def one_left() -> bool:
        return await anyio.to_thread.run_sync(lambda: left.acquire(timeout=2))

    async def close_early(url: str) -> None:
        transport = make()
        answers = [await transport.send(request(f"{url}/{number}")) for number in range(3)]
        for number, response in enumerate(answers):
            go[number].set()
            await response.aread()
            if number == 0:
                await transport.aclose()
            assert await one_left()

    with Wire(respond, in_two) as server:
        try:
            anyio.run(close_early, server.url)
        finally:
            for each in go:
                each.set()


@both
@pytest.mark.parametrize("last", ["half", "nothing", "end", "rest"])
def test_no_end_of_an_encrypted_connection_waits_for_the_server(
    make: Any, last: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says no goodbye: what is given up is closed at once, and all of it with the client."""
    asked, go_on, over = (threading.Event() for _ in range(3))

    def say(server: Wire, connection: socket.socket) -> None:
        server.read(connection)
        if last == "end":
            connection.sendall(HONEST.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        elif last != "nothing":
            connection.sendall(HONEST[:HALF])
        asked.set()
        if last == "rest":
            go_on.wait(5)
            connection.sendall(HONEST[HALF:])
        over.wait(5)

    async def ask(transport: AsyncTransport, url: str) -> None:
        response = await transport.send(request(url))
        if last == "rest":  # it ends with an answer that outlives the client
            await transport.aclose()
            go_on.set()
            await response.aread()
        await response.aclose()

    async def give_up(server: Wire) -> None:
        transport = make()
        async with anyio.create_task_group() as group:
            group.start_soon(ask, transport, server.url.replace("http:", "https:"))
            await anyio.to_thread.run_sync(asked.wait)
            if last == "nothing":
                group.cancel_scope.cancel()
        await some_turns()
        if last != "end":
            assert open_sockets_to(server) == []
        await transport.aclose()

    monkeypatch.setenv("SSL_CERT_FILE", authority.bundle)
    with Wire(respond, say, tls=authority.good) as server:
        try:
            anyio.run(give_up, server)
            assert open_sockets_to(server) == []
        finally:
            over.set()


def test_a_connection_is_used_again_though_the_answer_was_quick() -> None:
    """Its answer may be read before aiohttp's own task, which sent the body, has quite ended."""
    calls = 3
    answered = threading.Event()

    def say(server: Wire, connection: socket.socket) -> None:
        while server.read(connection):
            connection.sendall(answer(b"{}"))
            answered.set()

    async def pieces() -> AsyncIterator[bytes]:
        yield b"piece"
        answered.wait(5)
        for _ in range(2):  # so many turns later that task ends just after the call, once at least
            await anyio.lowlevel.checkpoint()

    async def upload(url: str) -> None:
        transport = aiohttp_transport()
        for _ in range(calls):
            answered.clear()
            sent = request(url, "POST", content=pieces(), headers={"Content-Length": "5"})
            await (await transport.send(sent)).aread()
        await transport.aclose()

    with Wire(respond, say) as server:
        anyio.run(upload, server.url)
        assert server.connections < calls


@pytest.mark.parametrize("sent", [len(HONEST), HALF], ids=["whole", "half"])
@pytest.mark.parametrize("lost", ["client", "answer"])
def test_an_answer_that_nobody_closes_leaks_nothing(
    lost: str, sent: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Its connection ends with it, and aiohttp complains in no log and of nothing else."""
    kept: list[Any] = []

    def say(server: Wire, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(HONEST[:sent])
        wire.until_the_client_leaves(connection)

    async def leave_open(url: str) -> None:
        transport = aiohttp_transport()
        kept.append(await transport.send(request(url)))
        if lost == "answer":
            await transport.aclose()

    texts: list[str] = []  # a recorded warning would keep what it warns of
    with warnings.catch_warnings(), Wire(respond, say) as server:
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, *_, **__: texts.append(str(message))
        anyio.run(leave_open, server.url)
        kept.clear()
        gc.collect()
        assert server.all_left()
    assert sum("thrown away" in text for text in texts) == (lost == "client")
    assert not [text for text in texts if "client session" in text or "connector" in text]
    assert caplog.text == ""


# How long it takes


@pytest.mark.parametrize("over_aiohttp", [False, True], ids=["own", "aiohttp"])
@pytest.mark.parametrize("fault", [wire.dripping_headers, wire.endless_1xx])
def test_a_head_is_bounded_however_it_drips(fault: Fault, over_aiohttp: bool) -> None:
    """Each byte comes in time, and all of them together have no more time than the first."""

    async def ask(server: Wire) -> None:
        http_client = aiohttp_transport() if over_aiohttp else None
        async with AsyncAIStats(
            KEY,
            base_url=f"{server.url}/v1",
            http_client=http_client,
            retry=Retry(attempts=1),
            timeout=HASTY,
        ) as client:
            await client.videos.retrieve("v1")

    async def main(server: Wire) -> None:
        await asyncio.wait_for(ask(server), 5)

    with Wire(respond, fault) as server, pytest.raises(AIStatsError) as caught:
        anyio.run(main, server)
    if fault is wire.dripping_headers:
        assert isinstance(caught.value, RequestTimeoutError)


@both
def test_a_resolver_that_hangs_is_a_connect_timeout(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking up the name is part of connecting."""
    over = threading.Event()
    real = socket.getaddrinfo

    def hang(host: Any, *rest: Any, **options: Any) -> Any:
        if host in ("gateway.invalid", b"gateway.invalid"):
            if not options.get("flags", 0) & socket.AI_NUMERICHOST:  # else nobody is asked
                over.wait(10)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *rest, **options)

    async def ask() -> httpx.TransportError:
        sent = request("http://gateway.invalid/", timeout={"connect": HASTY})
        try:
            return await asyncio.wait_for(error_of(make(), sent), 5)
        finally:
            over.set()

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    error = anyio.run(ask)
    assert isinstance(error, httpx.ConnectTimeout)
    assert never_sent(error)


def test_a_timeout_ends_with_its_call() -> None:
    """The time of one call is never held against the next one on the same connection."""

    async def ask(server: Wire) -> None:
        transport = aiohttp_transport()
        hasty = request(server.url, timeout={"read": 0.03})
        assert (await (await transport.send(hasty)).aread()) == b'{"id":"honest"}'
        go.clear()
        response = transport.send(request(server.url))
        asyncio.get_running_loop().call_later(0.06, go.set)
        assert (await (await response).aread()) == b'{"id":"honest"}'
        assert server.connections == 1
        await transport.aclose()

    def say(_: bytes) -> bytes:
        go.wait(5)
        return HONEST

    go = threading.Event()
    go.set()
    with Wire(say) as server:
        anyio.run(ask, server)


@both
def test_the_callers_own_time_is_not_the_servers(make: Any) -> None:
    """Neither before a piece of the request is ready nor before more of the answer is wanted."""
    brief = {"read": 0.03, "write": 0.03}

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(2):
            await until_later(brief["write"])
            yield b"piece"

    async def take_time(url: str) -> None:
        transport = make()
        response = await transport.send(request(url, "POST", content=pieces(), timeout=brief))
        parts = response.aiter_raw()
        assert await anext(parts)
        await until_later(brief["read"])
        go.set()
        rest = b"".join([part async for part in parts])
        assert rest.endswith(HONEST[-5:])
        await transport.aclose()

    def in_two(server: Wire, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(HONEST[:HALF])
        go.wait(5)
        connection.sendall(HONEST[HALF:])
        wire.until_the_client_leaves(connection)

    go = threading.Event()
    with Wire(respond, in_two) as server:
        anyio.run(take_time, server.url)


# Where it runs


def test_long_silences_are_probed() -> None:
    """As on our own connections: routers on the way forget a silent one."""

    async def ask(url: str) -> None:
        transport = aiohttp_transport()
        response = await transport.send(request(url))
        (found,) = open_sockets_to(server)
        assert found.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        await response.aread()
        await transport.aclose()

    with Wire(lambda _: answer(b"{}")) as server:
        anyio.run(ask, server.url)


def test_on_trio_it_says_that_it_cannot() -> None:
    """aiohttp knows asyncio only."""

    async def ask() -> None:
        async with AsyncAIStats(KEY, http_client=aiohttp_transport()) as client:
            await client.videos.retrieve("v1")

    with pytest.raises(ConfigurationError, match="asyncio only"):
        anyio.run(ask, backend="trio")
