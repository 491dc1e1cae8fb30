"""What only a socket shows: kept connections, many of them, and nothing left behind."""

from __future__ import annotations

import gc
import http.client
import json
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import anyio
import anyio.abc
import httpx
import pytest

from aistats.sandbox import Sandbox
from tests.sandbox_client import CHAT, VIDEO, client, create

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB = 1024 * 1024


@pytest.fixture
def gw() -> Iterator[Sandbox]:
    """A fresh sandbox."""
    with Sandbox(seed=5) as gateway:
        yield gateway


def raw(gw: Sandbox, request: bytes) -> bytes:
    """Send bytes and return all that comes until the server closes."""
    with socket.create_connection(("127.0.0.1", gw.port), timeout=5) as link:
        link.sendall(request)
        link.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: link.recv(65536), b""))


def test_a_connection_is_kept_for_the_next_request(gw: Sandbox) -> None:
    """Answers, refusals and streams all leave it usable."""
    link = http.client.HTTPConnection("127.0.0.1", gw.port)
    link.connect()
    assert link.sock is not None
    first = link.sock.getsockname()
    headers = {"Authorization": f"Bearer {gw.api_key}"}
    stream = json.dumps(CHAT | {"stream": True})
    for method, path, body in (
        ("GET", "/v1/health", None),
        ("GET", "/v1/nowhere", None),
        ("POST", "/v1/chat/completions", stream),
        ("HEAD", "/v1/models", None),
        ("GET", "/v1/key", None),
    ):
        link.request(method, path, body, headers)
        link.getresponse().read()
        assert link.sock.getsockname() == first
    link.close()
    assert len(gw.requests) == 5


def test_starting_takes_much_less_than_a_second() -> None:
    """A fixture can make one for every test; counted in processor time."""
    began = time.process_time()
    with Sandbox():
        took = time.process_time() - began
    assert took < 5  # it takes a tenth of a second; slow processors need more


def test_closing_leaves_no_thread_although_connections_are_open() -> None:
    """Idle ones, and those that were never closed by their client."""
    before = threading.active_count()
    gw = Sandbox()
    plain = client(gw)
    plain.get("health")
    idle = [socket.create_connection(("127.0.0.1", gw.port)) for _ in range(150)]
    plain.get("health")
    assert threading.active_count() > before
    gw.close()
    assert threading.active_count() == before
    gw.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{gw.base_url}/health")
    for link in idle:
        link.close()
    plain.close()


def test_two_hundred_connections_at_once(gw: Sandbox) -> None:
    """All are open together, and each gets its answers."""

    async def ask(link: anyio.abc.SocketStream, path: str) -> bytes:
        key = f"Host: localhost\r\nAuthorization: Bearer {gw.api_key}"
        await link.send(f"GET /v1/{path} HTTP/1.1\r\n{key}\r\n\r\n".encode())
        return (await link.receive()).split(b"\r\n")[0]

    async def run() -> list[bytes]:
        answers: list[bytes] = []
        links = [await anyio.connect_tcp("127.0.0.1", gw.port) for _ in range(200)]

        async def talk(link: anyio.abc.SocketStream) -> None:
            answers.extend([await ask(link, "key"), await ask(link, "health")])

        async with anyio.create_task_group() as group:
            for link in links:
                group.start_soon(talk, link)
        assert threading.active_count() > 200
        for link in links:
            await link.aclose()
        return answers

    assert anyio.run(run) == [b"HTTP/1.1 200 OK"] * 400


def test_a_thousand_jobs_from_many_threads(gw: Sandbox) -> None:
    """Every one is made once, is looked at, and ends."""
    gw.videos.plan(polls=1)

    def work(count: int) -> list[str]:
        with client(gw) as plain:
            made = [create(plain, VIDEO) for _ in range(count)]
            return [plain.get(f"videos/{video_id}").json()["status"] for video_id in made]

    with ThreadPoolExecutor(8) as pool:
        statuses = [s for part in pool.map(work, [125] * 8) for s in part]
    assert statuses == ["completed"] * 1000
    assert len(set(gw.videos.ids)) == 1000


def test_nothing_grows_after_a_run() -> None:
    """Threads, open files and objects are back to what they were."""

    def run() -> None:
        with Sandbox() as gateway, client(gateway) as plain:
            for _ in range(20):
                plain.get(f"videos/{create(plain)}")

    def objects() -> int:
        gc.collect()
        return len(gc.get_objects())

    run()
    before, threads = objects(), threading.active_count()
    for _ in range(5):
        run()
    assert threading.active_count() == threads
    assert objects() - before < 500


def test_a_head_request_is_a_get_without_its_body(gw: Sandbox) -> None:
    """The headers are those of GET."""
    with client(gw) as plain:
        gw.videos.plan(polls=0)
        video_id = create(plain)
        answer = plain.head(f"videos/{video_id}/content")
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["Content-Type"] == "video/mp4"


def test_a_range_is_ignored(gw: Sandbox) -> None:
    """The whole body comes with status 200, so nothing can be resumed."""
    with client(gw) as plain:
        gw.videos.plan(polls=0)
        answer = plain.get(f"videos/{create(plain)}/content", headers={"Range": "bytes=5-9"})
        assert answer.status_code == 200
        assert len(answer.content) > 1000
        assert "Accept-Ranges" not in answer.headers


def test_a_body_may_be_sent_in_chunks(gw: Sandbox) -> None:
    """Its length need not be known beforehand."""

    def pieces() -> Iterator[bytes]:
        text = json.dumps(CHAT).encode()
        yield from (text[i : i + 7] for i in range(0, len(text), 7))

    with client(gw) as plain:
        answer = plain.post("chat/completions", content=pieces())
    assert answer.status_code == 200
    assert gw.requests.last.json == CHAT


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Length: abc", b"{}"),
        ("Content-Length: -5", b"{}"),
        ("Content-Length: 100", b"{"),
        ("Content-Length: 5\r\nContent-Length: 6", b"{}"),
        ("Transfer-Encoding: chunked", b"zz\r\n"),
        ("Transfer-Encoding: gzip", b"{}"),
        ("No colon", b""),
        ("Bad: \0", b""),
        ("Long: " + "x" * 300_000, b""),
    ],
)
def test_what_is_no_http_is_told_so(
    gw: Sandbox, head: str, body: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a 4xx and no traceback; it is no request, so the log does not have it."""
    begin = f"POST /v1/videos HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n"
    assert raw(gw, begin.encode() + body)[:11] in {b"HTTP/1.1 40", b"HTTP/1.1 43"}
    assert raw(gw, b"\x16\x03\x01\0 TLS?\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert len(gw.requests) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "value",
    [
        b"[" * 200_000 + b"]" * 200_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b"NaN",
        b"1e999",
    ],
)
def test_json_that_no_answer_could_repeat_is_refused(
    gw: Sandbox, value: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too deep, lone surrogates, another encoding, numbers that are none; each route in its way."""
    sent = b'{"model": "openai/gpt-5-nano", "input": "x", "name": "x", "metadata": %b}' % value
    with client(gw) as plain, client(gw, gw.management_key) as boss:
        deep = value.startswith(b'{"a"')  # not too deep to be read, so it is refused as unknown
        wanted = {"invalid_json", "validation_error"} if deep else {"invalid_json"}
        assert plain.post("responses", content=sent).json()["error"] in wanted
        if not deep:
            assert plain.post("batches", content=sent).json()["error"] == "invalid_json"
            assert boss.post("keys", content=sent).json()["error"] == "bad_request"
            assert plain.post("pricing/calculate", content=sent).status_code == 500
            assert gw.requests.last.json is None
    assert capsys.readouterr().err == ""


def test_a_file_whose_name_is_empty_is_no_file(gw: Sandbox) -> None:
    """So it stands in the form, and so it is refused."""
    form = b'--b\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
    body = form % (b"model", b"", b"openai/whisper-1")
    body += form % (b"file", b'; filename=""\r\nContent-Type: audio/wav', b"RIFF") + b"--b--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    with client(gw) as plain:
        answer = plain.post("audio/transcriptions", content=body, headers=kind)
    assert answer.status_code == 400
    assert answer.json()["details"][0]["path"] == ["file"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ("Host: 127.0.0.1:1", 200),
        ("Host: LOCALHOST", 200),
        ("Host: [::1]:8787", 200),
        ("Host: localhost:1\r\nOrigin: http://localhost:1", 200),
        ("Host: localhost:1\r\nOrigin: http://localhost:2", 403),
        ("Host: localhost:1\r\nOrigin: null", 403),
        ("Host: localhost:1\r\nOrigin: http://[", 403),
        ("Host: sandbox.example", 403),
        ("Host: localhost.example", 403),
        ("Host: 10.0.0.1", 403),
        ("Host: ", 403),
        ("X: no host", 400),
    ],
)
def test_web_pages_are_kept_out(gw: Sandbox, headers: str, status: int) -> None:
    """Foreign names that lead here, and pages of other origins, are refused and not logged."""
    told = raw(gw, f"GET /v1/health HTTP/1.1\r\n{headers}\r\n\r\n".encode())
    assert told.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Allow-Origin" not in told
    assert len(gw.requests) == (status == 200)


@pytest.mark.parametrize("host", ["10.0.0.1", "::", "192.0.2.1", "sandbox.example", "", "[::1"])
def test_it_listens_on_loopback_only(host: str) -> None:
    """Any other address is refused before it listens."""
    with pytest.raises(ValueError, match="loopback only"):
        Sandbox(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_every_form_of_loopback_will_do(host: str) -> None:
    """Names and addresses of this machine, IPv6 included."""
    with Sandbox(host=host) as gw:
        assert httpx.get(f"{gw.base_url}/health", trust_env=False).status_code == 200


def test_a_body_that_is_too_large_is_refused_unread(gw: Sandbox) -> None:
    """16 MiB of JSON is the limit, and the connection is closed after the answer."""
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {gw.api_key}\r\n"
        f"Content-Length: {17 * MIB}\r\n\r\n"
    )
    answer = raw(gw, head.encode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()
    assert b'"payload_too_large"' in answer


@pytest.mark.parametrize(
    "target",
    [
        "/v1/videos/",
        "//v1/health",
        "/health",
        "/v1/nope",
        "/v1",
        "/v1/models/a/b",
        "/v1/videos/a/b",
    ],
)
def test_an_unknown_path_is_plain_text(gw: Sandbox, target: str) -> None:
    """So is a trailing slash, and a path outside of /v1."""
    answer = raw(
        gw, f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    )
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.endswith(b"\r\n\r\n404 Not Found")


def test_the_root_greets(gw: Sandbox) -> None:
    """Outside of /v1 there is one page that says where the API is."""
    assert "/v1" in httpx.get(gw.base_url.removesuffix("/v1") + "/").json()["message"]


def test_a_fault_of_a_test_s_own_function_is_a_plain_500(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The sandbox goes on, and the traceback is there to be read."""

    def broken(_prompt: str) -> str:
        raise RuntimeError("on purpose")

    with Sandbox(reply=broken) as gw, client(gw) as plain:
        answer = plain.post("chat/completions", json=CHAT)
        assert (answer.status_code, answer.text) == (500, "Internal Server Error")
        assert plain.get("health").status_code == 200
    assert "on purpose" in capsys.readouterr().err


def test_importing_the_sandbox_loads_no_checker() -> None:
    """The description and its checker are loaded at the first body, not at the start."""
    code = (
        "import sys; from aistats.sandbox import Sandbox; Sandbox().close();"
        "print([m for m in ('referencing', 'jsonschema', 'werkzeug') if m in sys.modules])"
    )
    import subprocess

    told = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_ids_are_the_same_for_the_same_seed() -> None:
    """And they look like the gateway's."""

    def made() -> list[str]:
        with Sandbox(seed=77) as gateway, client(gateway) as plain:
            return [create(plain), plain.get("nope").text, create(plain)]

    first = made()
    assert first == made()
    assert all(c in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" for c in first[0].removeprefix("G-"))
    assert len(first[0]) == 28
    with Sandbox() as gw, client(gw) as plain:
        assert create(plain) != first[0]
    assert urlsplit(gw.base_url).hostname == "127.0.0.1"
