"""What is particular about the aiohttp way; `test_transport` runs over it as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import pytest

from aistats._aiohttp import aiohttp_transport
from tests.loopback import OK, Server, say
from tests.test_transport import Outcome, async_way, request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx


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
