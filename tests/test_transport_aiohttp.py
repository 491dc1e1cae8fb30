"""The optional aiohttp way: the same answers and kinds of errors as our own connections."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import httpx
import pytest
import trustme

from aistats._aiohttp import aiohttp_transport
from aistats._transport import never_sent
from tests.loopback import OK, Server, say
from tests.test_transport import Outcome, async_way, request, server_context, the_error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


def way(*requests: httpx.Request) -> list[Outcome]:
    return anyio.run(async_way, aiohttp_transport, lambda: None, *requests)


def test_calls_after_one_another_share_a_connection_and_send_what_was_asked() -> None:
    with Server() as server:
        requests = [request(f"{server.url}/a%2Fb?q=%20", "POST", json={"n": n}) for n in range(3)]
        assert way(*requests) == [(200, b"ok")] * 3
        assert server.connections == 1
        head, _, body = server.requests[2].partition(b"\r\n\r\n")
        assert head.startswith(b"POST /a%2Fb?q=%20 HTTP/1.1\r\n")
        assert body == b'{"n":2}'
        assert head.lower().count(b"content-length") == 1
        assert b"cookie" not in head.lower()


def test_a_redirect_is_not_followed() -> None:
    with Server(say(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")) as server:
        assert way(request(server.url)) == [(302, b"")]
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", httpx.RemoteProtocolError),
        (b"", httpx.RemoteProtocolError),
        (b"GARBAGE\r\n\r\n", httpx.RemoteProtocolError),
    ],
    ids=["short", "nothing", "garbage"],
)
def test_a_broken_answer_may_have_been_a_sent_request(
    answer: bytes, kind: type[httpx.TransportError]
) -> None:
    def say_and_close(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer)
        connection.close()

    with Server(say_and_close) as server:
        error = the_error(way(request(server.url, "POST", content=b"x")))
        assert isinstance(error, kind)
        assert not never_sent(error)
        assert len(server.requests) == 1


def test_refused_is_never_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    error = the_error(way(request(f"http://127.0.0.1:{port}")))
    assert isinstance(error, httpx.ConnectError)
    assert never_sent(error)


def test_a_silent_server_is_a_read_timeout() -> None:
    with Server(lambda *_: None) as server:
        error = the_error(way(request(server.url, timeout={"read": 0.05})))
        assert isinstance(error, httpx.ReadTimeout)


def test_tls_trusts_the_authorities_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    with Server(tls=server_context(authority.issue_cert("127.0.0.1"))) as server:
        unknown = the_error(way(request(server.url)))
        assert isinstance(unknown, httpx.ConnectError)
        assert never_sent(unknown)
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert way(request(server.url)) == [(200, b"ok")]


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert way(request("http://gateway.test/")) == [(200, b"ok")]
        assert proxy.requests[0].startswith(b"GET http://gateway.test/ ")


def test_a_body_made_on_the_way_is_sent_in_chunks() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for word in (b"one", b"two"):
            yield word

    with Server() as server:
        assert way(request(server.url, "POST", content=pieces())) == [(200, b"ok")]
        assert server.requests[0].endswith(b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
        with pytest.raises(TypeError, match="asynchronously"):
            way(request(server.url, "POST", content=iter([b"x"])))


def test_an_answer_left_unread_closes_its_connection() -> None:
    async def look_at_the_head() -> None:
        transport = aiohttp_transport()
        response = await transport.send(request(server.url))
        assert response.reason_phrase == "OK"
        await response.aclose()
        assert await anyio.to_thread.run_sync(lambda: server.closed.acquire(timeout=5))
        await transport.aclose()

    with Server(say(OK[:-1])) as server:
        anyio.run(look_at_the_head)
