"""How calls travel: over real sockets, through proxies, given clients, threads, forks and loops."""

from __future__ import annotations

import base64
import copy
import logging
import pickle
import socket
import ssl
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
import trustme

from aistats import AIStats, AsyncAIStats, ConfigurationError, ConnectionFailedError, Retry, errors
from tests.colours import KEY, Colour, colours, with_client
from tests.loopback import Server, say

if TYPE_CHECKING:
    from collections.abc import Iterator

ONCE = Retry(attempts=1)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


def ask(client: Any, **params: Any) -> Any:
    return client.request("GET", "/models", **params)


def send_job(client: Any) -> Any:
    return client.videos.create(model="m", prompt="p")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(say(OK)) as listening:
        yield listening


# --- connections ---


@colours
def test_calls_after_one_another_share_a_connection(colour: Colour, server: Server) -> None:
    """A kept connection carries the next call; one that the server closed is replaced."""

    def three(client: Any) -> Any:
        if colour == "sync":
            return [ask(client) for _ in range(3)]

        async def calls() -> list[Any]:
            return [await ask(client) for _ in range(3)]

        return calls()

    assert with_client(colour, three, base_url=server.url) == [{}] * 3
    assert server.connections == 1

    def answer_and_close(connection: socket.socket, _: bytes) -> None:
        connection.sendall(OK)
        connection.close()

    server.answer, before = answer_and_close, server.connections
    assert with_client(colour, three, base_url=server.url) == [{}] * 3
    assert server.connections == before + 3


@colours
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"", ConnectionFailedError),
        (b"GARBAGE\r\n\r\n", ConnectionFailedError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", ConnectionFailedError),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            ConnectionFailedError,
        ),
        (
            b"HTTP/1.1 302 F\r\nLocation: https://[::1\r\nContent-Length: 0\r\n\r\n",
            ConnectionFailedError,
        ),
        (
            b"HTTP/1.1 302 F\r\nLocation: https://elsewhere.invalid\r\nContent-Length: 0\r\n\r\n",
            errors.ResponseDecodeError,
        ),
    ],
)
def test_a_broken_answer_to_a_billed_call_may_have_run(
    colour: Colour, answer: bytes, kind: type[errors.AIStatsError]
) -> None:
    """The request arrived, whatever became of the answer: it is not sent again."""

    def break_off(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer)
        connection.close()

    with Server(break_off) as server, pytest.raises(kind) as caught:
        with_client(colour, send_job, base_url=server.url)
    assert caught.value.may_have_run is (kind is ConnectionFailedError)
    assert len(server.requests) == 1


@colours
def test_nothing_is_sent_when_nobody_listens(colour: Colour) -> None:
    """A refused connection, and a name that no resolver knows, prove that nothing ran."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ConnectionFailedError) as caught:
        with_client(colour, send_job, base_url=f"http://127.0.0.1:{port}", retry=ONCE)
    assert caught.value.may_have_run is False


@colours
def test_a_silent_server_is_a_timeout(colour: Colour) -> None:
    """`timeout` is per phase; the answer that never came may have been a job."""
    with Server(lambda *_: time.sleep(0)) as server:
        with pytest.raises(errors.RequestTimeoutError) as caught:
            with_client(colour, send_job, base_url=server.url, timeout=0.05)
        assert caught.value.may_have_run
        assert len(server.requests) == 1


@colours
def test_nothing_is_sent_after_the_deadline(colour: Colour, server: Server) -> None:
    """A budget that is over before the request could be sent costs no job."""
    policy = Retry(attempts=1, budget=1e-9)
    with pytest.raises(errors.RequestTimeoutError) as caught:
        with_client(colour, send_job, base_url=server.url, retry=policy)
    assert caught.value.may_have_run is False
    assert server.requests == []


# --- TLS ---


@colours
def test_tls_trusts_the_authorities_of_the_environment(
    colour: Colour, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """`SSL_CERT_FILE` names another authority; without it the server is not trusted."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Server(say(OK), tls=context) as server:
        with pytest.raises(ConnectionFailedError) as caught:
            with_client(colour, send_job, base_url=server.url, retry=ONCE)
        assert caught.value.may_have_run is False
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert with_client(colour, ask, base_url=server.url) == {}
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
        with pytest.raises(ConfigurationError, match=r"none\.pem.*SSL_CERT_FILE"):
            with_client(colour, ask, base_url=server.url)


# --- proxies ---


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server(say(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")) as listening:
        for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.delenv(variable, raising=False)
        address = listening.url.replace("http://", "http://user:p%40ss@")
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.setenv("HTTP_PROXY", address)
        monkeypatch.setenv("NO_PROXY", "direct.invalid")
        yield listening


@colours
def test_a_proxy_that_refuses_the_tunnel_sent_nothing(colour: Colour, proxy: Server) -> None:
    """The CONNECT carries the proxy's password and no key; the job certainly did not run."""
    with pytest.raises(ConnectionFailedError) as caught:
        with_client(colour, send_job, base_url="https://gateway.invalid/v1", retry=ONCE)
    assert caught.value.may_have_run is False
    [connect] = proxy.requests
    assert connect.startswith(b"CONNECT gateway.invalid:443 ")
    assert base64.b64encode(b"user:p@ss") in connect
    assert KEY.encode() not in connect
    assert "p@ss" not in f"{caught.value}{caught.value.__cause__}"


@colours
@pytest.mark.parametrize("answer", [b"", b"GARBAGE\r\n\r\n"])
def test_a_proxy_that_breaks_the_tunnel_sent_nothing(
    colour: Colour, proxy: Server, answer: bytes
) -> None:
    """A trace of the CONNECT is no trace of the request: such a call is safe to repeat."""

    def break_off(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer)
        connection.close()

    proxy.answer = break_off
    policy = Retry(attempts=2, base=0.0)
    with pytest.raises(ConnectionFailedError) as caught:
        with_client(colour, send_job, base_url="https://gateway.invalid/v1", retry=policy)
    assert caught.value.may_have_run is False
    assert len(proxy.requests) == 2


@colours
def test_a_proxy_that_never_answers_costs_the_connect_limit(colour: Colour, proxy: Server) -> None:
    """And not the ten minutes that a model may think."""
    proxy.answer = lambda *_: None
    limits = httpx.Timeout(600.0, connect=0.05)
    settings = {"base_url": "https://gateway.invalid/v1", "retry": ONCE, "timeout": limits}
    with pytest.raises(errors.RequestTimeoutError) as caught:
        with_client(colour, send_job, **settings)
    assert caught.value.may_have_run is False


@colours
def test_a_loopback_gateway_is_reached_without_the_proxy(
    colour: Colour, proxy: Server, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key would travel in clear to the proxy; even a proxy that is no address does no harm."""
    assert with_client(colour, ask, base_url=server.url) == {}
    monkeypatch.setenv("HTTP_PROXY", "ftp://nowhere")
    assert with_client(colour, ask, base_url=server.url) == {}
    assert proxy.requests == []


@colours
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HTTPS_PROXY", "ftp://proxy.invalid"),
        ("HTTPS_PROXY", "http://user:se/cret#@proxy.invalid"),
        ("https_proxy", "http://proxy.invalid:port"),
        ("ALL_PROXY", "socks5://proxy.invalid:1080"),
        ("NO_PROXY", "fe80::/10"),
    ],
)
def test_a_proxy_setting_that_cannot_be_used_is_named(
    colour: Colour, proxy: Server, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    """The variable, never its password; and nothing is sent."""
    if variable not in ("HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv("HTTPS_PROXY")
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=f"{variable} cannot be used") as caught:
        with_client(colour, ask, base_url="https://gateway.invalid/v1")
    assert "cret" not in f"{caught.value}{caught.value.__context__}"
    assert proxy.requests == []


# --- given clients ---


def given_client(colour: Colour, **settings: Any) -> Any:
    return (httpx.Client if colour == "sync" else httpx.AsyncClient)(**settings)


def through(colour: Colour, http: Any, use: Any, **settings: Any) -> Any:
    """Make a call over a given client and close that, which ours leaves open."""
    try:
        found = with_client(colour, use, http_client=http, **settings)
        assert not http.is_closed
        return found
    finally:
        if colour == "sync":
            http.close()
        else:
            anyio.run(http.aclose, backend=colour)


@colours
def test_a_given_client_keeps_what_is_its_own(colour: Colour) -> None:
    """Timeout, headers, query, cookies and hooks hold; its auth is left out where our key goes."""
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    http = given_client(
        colour,
        transport=httpx.MockTransport(handler),
        timeout=0.5,
        headers={"x-tenant": "t", "user-agent": "own/1"},
        params={"tenant": "t"},
        cookies={"c": "1"},
        auth=("user", "password"),
    )
    through(colour, http, lambda c: ask(c, params={"a": "b"}), base_url="http://gateway.invalid")
    [sent] = seen
    assert sent.extensions["timeout"] == dict.fromkeys(("connect", "read", "write", "pool"), 0.5)
    assert (sent.headers["x-tenant"], sent.headers["user-agent"]) == ("t", "own/1")
    assert dict(sent.url.params) == {"tenant": "t", "a": "b"}
    assert sent.headers["cookie"] == "c=1"
    assert sent.headers["authorization"] == f"Bearer {KEY}"


@colours
def test_what_the_caller_said_wins_over_a_given_client(colour: Colour) -> None:
    """A timeout and headers of ours; its auth is used for a call without a key."""
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"status": "ok"})

    http = given_client(
        colour,
        transport=httpx.MockTransport(handler),
        timeout=0.5,
        headers={"x-tenant": "t"},
        auth=("user", "password"),
    )
    settings = {"base_url": "http://gateway.invalid", "timeout": 7, "headers": {"x-tenant": "u"}}
    through(colour, http, lambda client: client.health.check(), **settings)
    assert seen[0].extensions["timeout"]["read"] == 7
    assert seen[0].headers["x-tenant"] == "u"
    assert seen[0].headers["authorization"].startswith("Basic ")


def test_plain_http_is_for_clients_that_stay_in_the_process() -> None:
    """ASGI and mocks may have any host; what opens connections may not."""
    with httpx.Client() as http, pytest.raises(ConfigurationError, match="in clear"):
        AIStats(KEY, base_url="http://gateway.invalid", http_client=http)


@pytest.mark.parametrize("kind", [AIStats, AsyncAIStats])
def test_clients_do_not_pickle_or_copy_deeply(kind: type[Any]) -> None:
    """A key and connections do not travel; a shallow copy shares them, as `with_options` does."""
    client = kind(KEY)
    for attempt in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match=r"job\.to_json\(\)"):
            attempt(client)
    assert copy.copy(client).engine.world is client.engine.world


def test_the_other_kind_of_with_says_which_client_was_meant() -> None:
    """A slip of a word, told in one."""

    async def slip() -> None:
        async with AIStats(KEY):  # type: ignore[attr-defined]
            pass

    with pytest.raises(TypeError, match="AsyncAIStats"):
        anyio.run(slip)
    with pytest.raises(TypeError, match="AIStats"), AsyncAIStats(KEY):  # type: ignore[attr-defined]
        pass
    with pytest.raises(TypeError, match="async for"):
        list(AsyncAIStats(KEY).models.list())  # type: ignore[call-overload]


# --- processes, threads, loops ---


FORK = """
import os, sys
from aistats import AIStats
client = AIStats(sys.argv[2], base_url=sys.argv[1])
assert client.request("GET", "/parent") == {}
if child := os.fork():
    assert os.waitpid(child, 0)[1] == 0
    assert client.request("GET", "/parent-again") == {}
    client.close()
else:
    os._exit(0 if client.request("GET", "/child") == {} else 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs os.fork")
def test_a_forked_child_opens_its_own_connection(server: Server) -> None:
    """The parent's goes on to be the parent's."""
    command = [sys.executable, "-X", "dev", "-c", FORK, server.url, KEY]
    subprocess.run(command, check=True)  # noqa: S603 - our own text
    assert server.by_connection == [1, 2, 1]


@colours
def test_the_log_of_httpx_shows_no_signature(
    colour: Colour, server: Server, caplog: pytest.LogCaptureFixture, tmp_path: Any
) -> None:
    """A handed-out URL is fetched to the letter, and logged without its query."""
    caplog.set_level(logging.INFO)
    signed = f"{server.url}/song?sig=a%2Fb%20c&x=secret-signature"
    server.answer = say(
        b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: 4\r\n\r\nRIFF"
    )

    def use(client: Any) -> Any:
        from aistats import MusicJob

        raw = {"id": "m", "status": "completed", "audio_url": signed}
        return MusicJob("m", raw, engine=client.engine).save(tmp_path / f"{colour}.wav")

    with_client(colour, use, base_url=server.url)
    assert server.requests[0].startswith(b"GET /song?sig=a%2Fb%20c&x=secret-signature ")
    assert "/song?[hidden]" in caplog.text
    assert "secret-signature" not in caplog.text
