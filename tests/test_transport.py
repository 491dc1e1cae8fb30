"""What the transport does on real sockets: reuse, ends of connections, and its kinds of errors."""

from __future__ import annotations

import logging
import socket
import ssl
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
import trustme

from aistats import _tls
from aistats._aiohttp import aiohttp_transport
from aistats._transport import AsyncTransport, SyncTransport, never_sent
from tests.loopback import OK, Server, say

if TYPE_CHECKING:
    from pathlib import Path

Outcome = tuple[int, bytes] | httpx.TransportError
Way = Callable[..., list[Outcome]]

TIMEOUT = {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": None}


def request(
    url: str, method: str = "GET", *, timeout: dict[str, float] | None = None, **parts: Any
) -> httpx.Request:
    extensions = {"timeout": TIMEOUT | (timeout or {})}
    return httpx.Request(method, url, extensions=extensions, **parts)


def sync_way(
    *requests: httpx.Request, before: Callable[[], object] = lambda: None
) -> list[Outcome]:
    """Send the requests one after the other on one transport, calling `before` each."""
    transport = SyncTransport()
    outcomes: list[Outcome] = []
    for each in requests:
        before()
        try:
            response = transport.send(each)
            outcomes.append((response.status_code, response.read()))
        except httpx.TransportError as error:
            outcomes.append(error)
    transport.close()
    return outcomes


async def async_way(
    make: Callable[[], AsyncTransport], before: Callable[[], object], *requests: httpx.Request
) -> list[Outcome]:
    transport = make()
    outcomes: list[Outcome] = []
    for each in requests:
        before()
        try:
            response = await transport.send(each)
            outcomes.append((response.status_code, await response.aread()))
        except httpx.TransportError as error:
            outcomes.append(error)
    await transport.aclose()
    return outcomes


def asyncio_way(
    *requests: httpx.Request, before: Callable[[], object] = lambda: None
) -> list[Outcome]:
    return anyio.run(async_way, AsyncTransport, before, *requests, backend="asyncio")


def trio_way(
    *requests: httpx.Request, before: Callable[[], object] = lambda: None
) -> list[Outcome]:
    return anyio.run(async_way, AsyncTransport, before, *requests, backend="trio")


def aiohttp_way(
    *requests: httpx.Request, before: Callable[[], object] = lambda: None
) -> list[Outcome]:
    return anyio.run(async_way, aiohttp_transport, before, *requests, backend="asyncio")


@pytest.fixture(
    params=[sync_way, asyncio_way, trio_way, aiohttp_way],
    ids=["sync", "asyncio", "trio", "aiohttp"],
)
def way(request: pytest.FixtureRequest) -> Way:
    chosen: Way = request.param
    return chosen


@pytest.fixture
def tls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> trustme.LeafCert:
    """Trust a fresh authority through SSL_CERT_FILE, and give a certificate of it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority.issue_cert("127.0.0.1")


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


def the_error(outcomes: list[Outcome]) -> httpx.TransportError:
    """Give the last outcome, which must be an error that knows its request."""
    error = outcomes[-1]
    assert isinstance(error, httpx.TransportError), outcomes
    assert error.request.url.host
    return error


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def test_calls_after_one_another_share_a_connection(way: Way) -> None:
    with Server() as server:
        outcomes = way(*[request(server.url, "POST", json={"n": n}) for n in range(3)])
        assert outcomes == [(200, b"ok")] * 3
        assert server.connections == 1
        assert [body[-7:] for body in server.requests] == [b'{"n":0}', b'{"n":1}', b'{"n":2}']


def test_a_connection_the_server_closed_is_replaced_unnoticed(way: Way) -> None:
    def answer_and_close(connection: socket.socket, _: bytes) -> None:
        connection.sendall(OK)
        connection.close()

    with Server(answer_and_close) as server:
        requests = [request(server.url, "POST", content=b"once") for _ in range(3)]
        outcomes = way(
            *requests, before=lambda: server.requests and server.closed.acquire(timeout=60)
        )
        assert outcomes == [(200, b"ok")] * 3
        assert (len(server.requests), server.connections) == (3, 3)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", httpx.RemoteProtocolError),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            httpx.RemoteProtocolError,
        ),
        (b"", httpx.RemoteProtocolError),
        (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", httpx.RemoteProtocolError),
        (b"GARBAGE\r\n\r\n", httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, httpx.RemoteProtocolError),
    ],
    ids=["short", "chunk", "nothing", "switch", "garbage", "endless head"],
)
def test_a_broken_answer_may_have_been_a_sent_request(
    way: Way, answer: bytes, kind: type[httpx.TransportError]
) -> None:
    def say_and_close(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer)
        connection.close()

    with Server(say_and_close) as server:
        error = the_error(way(request(server.url, "POST", content=b"x")))
        assert isinstance(error, kind)
        assert not never_sent(error)
        assert len(server.requests) == 1


def test_a_reset_after_the_request_may_have_been_a_sent_request(way: Way) -> None:
    with Server(lambda connection, _: reset(connection)) as server:
        error = the_error(way(request(server.url, "POST", content=b"x")))
        assert isinstance(error, httpx.ReadError | httpx.RemoteProtocolError)
        assert not never_sent(error)
        assert len(server.requests) == 1


def test_a_kept_connection_lost_after_the_request_is_not_repeated(way: Way) -> None:
    def once(connection: socket.socket, _: bytes) -> None:
        connection.sendall(OK) if len(server.requests) == 1 else connection.close()

    with Server(once) as server:
        outcomes = way(*[request(server.url, "POST", content=b"x") for _ in range(2)])
        assert not never_sent(the_error(outcomes))
        assert (len(server.requests), server.connections) == (2, 1)


def test_refused_is_never_sent(way: Way) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    error = the_error(way(request(f"http://127.0.0.1:{port}")))
    assert isinstance(error, httpx.ConnectError)
    assert never_sent(error)


def test_a_host_no_resolver_accepts_is_never_sent(way: Way) -> None:
    error = the_error(way(request(f"http://{'a' * 70}.test")))
    assert isinstance(error, httpx.ConnectError)
    assert never_sent(error)


def test_a_silent_server_is_a_read_timeout(way: Way) -> None:
    with Server(lambda *_: None) as server:
        error = the_error(way(request(server.url, timeout={"read": 0.05})))
        assert isinstance(error, httpx.ReadTimeout)
        assert not never_sent(error)


def test_a_server_that_reads_nothing_is_a_write_timeout(way: Way) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        content = b"x" * 16_000_000
        error = the_error(way(request(url, "POST", content=content, timeout={"write": 0.05})))
        assert isinstance(error, httpx.WriteTimeout)
        assert not never_sent(error)


def test_a_silent_tls_handshake_is_a_connect_timeout(way: Way) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"https://127.0.0.1:{deaf.getsockname()[1]}"
        error = the_error(way(request(url, timeout={"connect": 0.05})))
        assert isinstance(error, httpx.ConnectTimeout)
        assert never_sent(error)


def test_tls_with_the_authorities_of_the_environment(way: Way, tls: trustme.LeafCert) -> None:
    with Server(tls=server_context(tls)) as server:
        assert way(request(server.url), request(server.url)) == [(200, b"ok")] * 2
        assert server.connections == 1


def test_an_unknown_authority_is_never_sent(way: Way) -> None:
    certificate = trustme.CA().issue_cert("127.0.0.1")
    with Server(tls=server_context(certificate)) as server:
        error = the_error(way(request(server.url)))
        assert isinstance(error, httpx.ConnectError)
        assert "certificate" in str(error).lower()
        assert never_sent(error)
        assert not server.requests


def test_unreadable_authorities_are_named(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with pytest.raises(httpx.ConnectError, match=r"/nowhere/ca\.pem.*SSL_CERT_FILE"):
        _tls.shared_tls()


def test_the_process_makes_one_tls_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen threads that need it first at the same moment get the same one."""
    made, start = [], threading.Barrier(16)
    create = httpx.create_ssl_context
    monkeypatch.setattr(_tls, "_contexts", {})

    def create_and_count() -> ssl.SSLContext:
        made.append(1)
        return create()

    monkeypatch.setattr(httpx, "create_ssl_context", create_and_count)

    def first_use(_: int) -> object:
        start.wait()
        return _tls.shared_tls()

    with ThreadPoolExecutor(16) as threads:
        contexts = set(threads.map(first_use, range(16)))
    assert (len(contexts), len(made)) == (1, 1)


def test_making_a_transport_opens_and_loads_nothing() -> None:
    script = (
        "import sys; from aistats._transport import SyncTransport, AsyncTransport; "
        "SyncTransport(); AsyncTransport(); "
        "print(sorted({'httpcore', 'h11', 'trio', 'aiohttp', 'anyio'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603  # our own text
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_informational_answers_are_passed_over(way: Way) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK
    with Server(say(hints)) as server:
        assert way(request(server.url)) == [(200, b"ok")]


def test_an_answer_that_comes_before_the_body_is_sent_is_read(way: Way) -> None:
    """A server that refuses a large upload answers and closes without reading it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"

        def refuse() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(100)
                connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(1 << 20):
                    pass

        thread = threading.Thread(target=refuse)
        thread.start()
        assert way(request(url, "POST", content=b"x" * 4_000_000)) == [(413, b"big")]
        thread.join()


def test_a_large_answer_arrives_whole(way: Way) -> None:
    body = bytes(range(256)) * 40_000
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with Server(say(answer)) as server:
        assert way(request(server.url), request(server.url)) == [(200, body)] * 2
        assert server.connections == 1


def test_an_unencrypted_header_break_is_refused(way: Way) -> None:
    """A header value with a line break would be a second header: it never leaves."""
    with Server() as server:
        error = the_error(way(request(server.url, headers={"X-Id": "a\r\nX-Evil: 1"})))
        assert isinstance(error, httpx.LocalProtocolError)
        assert not server.requests


def test_a_callers_client_is_used_and_left_open() -> None:
    def redirect(seen: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "/elsewhere"}, text=str(seen.url))

    client = httpx.Client(
        transport=httpx.MockTransport(redirect), follow_redirects=True, auth=("user", "password")
    )
    transport = SyncTransport(client)
    sent = request("https://example.test/a?signature=abc")
    response = transport.send(sent)
    transport.close()
    assert response.status_code == 302
    assert response.read() == b"https://example.test/a?signature=abc"
    assert "authorization" not in sent.headers
    assert not client.is_closed
    client.close()


def test_no_connection_to_be_had_from_a_callers_client_is_never_sent() -> None:
    limits = httpx.Limits(max_connections=1)
    with Server() as server, httpx.Client(limits=limits) as client:
        transport = SyncTransport(client)
        with client.stream("GET", server.url):
            with pytest.raises(httpx.PoolTimeout) as caught:
                transport.send(request(server.url, timeout={"pool": 0.01}))
            assert never_sent(caught.value)


def test_a_closed_transport_says_so() -> None:
    transport = SyncTransport()
    transport.close()
    with pytest.raises(RuntimeError, match="closed"):
        transport.send(request("http://127.0.0.1:1"))


def test_a_transport_that_is_garbage_warns_once_and_closes_its_connections() -> None:
    with Server() as server:
        transport = SyncTransport()
        answers = [transport.send(request(server.url)) for _ in range(3)]
        assert [answer.read() for answer in answers] == [b"ok"] * 3
        with pytest.warns(ResourceWarning, match=r"close\(\)") as warned:
            del transport
        assert len(warned) == 1
        for _ in range(3):
            assert server.closed.acquire(timeout=60)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server() as server:
        monkeypatch.setenv("HTTP_PROXY", server.url)
        monkeypatch.setenv("HTTPS_PROXY", server.url)
        monkeypatch.setenv("NO_PROXY", "localhost")
        yield server


def test_a_proxy_of_the_environment_is_used_and_no_query_is_logged(
    way: Way, proxy: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert way(request("http://gateway.test/video?token=secret-signature")) == [(200, b"ok")]
    assert proxy.requests[0].startswith(b"GET http://gateway.test/video?token=secret-signature ")
    assert "http://gateway.test/video?[hidden]" in caplog.text
    assert "secret-signature" not in caplog.text


def test_hosts_without_proxy_are_reached_directly(way: Way, proxy: Server) -> None:
    with Server() as server:
        assert way(request(f"http://localhost:{server.port}")) == [(200, b"ok")]
        assert (len(server.requests), len(proxy.requests)) == (1, 0)


def test_a_tunnel_the_proxy_refuses_is_never_sent(way: Way, proxy: Server) -> None:
    proxy.answer = say(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
    error = the_error(way(request("https://gateway.test/video")))
    assert isinstance(error, httpx.ProxyError)
    assert never_sent(error)


def test_sixteen_threads_that_come_first_share_one_set_of_connections() -> None:
    transport, start = SyncTransport(), threading.Barrier(16)

    def first_call(number: int) -> bytes:
        start.wait()
        response = transport.send(request(f"{server.url}/{number}"))
        assert response.status_code == 200
        return response.read()

    with Server() as server, ThreadPoolExecutor(16) as threads:
        assert list(threads.map(first_call, range(16))) == [b"ok"] * 16
        assert sorted(each.split(b" ")[1] for each in server.requests) == sorted(
            b"/%d" % number for number in range(16)
        )
        assert len(transport._by_process) == 1
        transport.close()
        for _ in range(server.connections):
            assert server.closed.acquire(timeout=60), "an idle connection was left open"


FORK = """
import os, sys, httpx
from aistats._transport import SyncTransport

def call(word):
    url = sys.argv[1] + "/" + word
    return transport.send(httpx.Request("GET", url)).read() == b"ok"

transport = SyncTransport()
assert call("parent")
if child := os.fork():
    assert os.waitpid(child, 0)[1] == 0
    assert call("parent-again")
else:
    os._exit(0 if call("child") else 1)
transport.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs os.fork")
def test_a_forked_child_opens_its_own_connection() -> None:
    with Server() as server:
        subprocess.run(  # noqa: S603  # our own text
            [sys.executable, "-X", "dev", "-c", FORK, server.url], check=True
        )
        assert server.by_connection == [1, 2, 1]
