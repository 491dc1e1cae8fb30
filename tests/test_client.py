"""The two clients as a user meets them: doors, credentials, closing, sharing, and the log."""

from __future__ import annotations

import gc
import importlib
import inspect
import json
import logging
import threading
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest

import aistats
from aistats import (
    AIStats,
    AsyncAIStats,
    ConfigurationError,
    NotFoundError,
    RequestTimeoutError,
    ResponseDecodeError,
    Retry,
)
from aistats.resources.operation import Resource
from aistats.sandbox import Sandbox
from aistats_generated import models
from aistats_generated.api.chat import create_chat_completion
from aistats_generated.api.files import upload_file
from aistats_generated.api.videos import get_video
from aistats_generated.operations import OPERATIONS, OperationSpec
from aistats_generated.types import File
from tests.colours import (
    KEY,
    MANAGEMENT_KEY,
    Colour,
    Script,
    answer,
    colours,
    result_of,
    with_client,
)
from tests.loopback import Server, say
from tests.test_generated_requests import required_arguments, sample_body

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "not-a-real-secret"
TOKENS = {
    "inference": f"Bearer {KEY}",
    "management": f"Bearer {MANAGEMENT_KEY}",
    "none": None,
}
ONCE = Retry(attempts=1)


@pytest.fixture(scope="module")
def gateway() -> Iterator[Sandbox]:
    """Run one sandbox for all tests that only read."""
    with Sandbox() as running:
        yield running


def surface(thing: Any) -> dict[str, Any]:
    """List the public names of a client or namespace, with the namespaces in it."""
    found: dict[str, Any] = {}
    for name in dir(thing):
        if name.startswith("_") or name == "engine":
            continue
        value = getattr(thing, name)
        found[name] = surface(value) if isinstance(value, Resource) else callable(value)
    return found


def test_both_clients_have_the_same_surface() -> None:
    """Namespaces and methods are the same on both; only closing differs in its name."""
    blocking, awaited = surface(AIStats(KEY)), surface(AsyncAIStats(KEY))
    assert blocking.pop("close") is awaited.pop("aclose") is True
    assert blocking == awaited
    assert {"create", "stream"} <= blocking["responses"].keys()
    assert {"create", "stream"} <= blocking["chat"]["completions"].keys()
    assert {"call", "request", "with_options", "jobs"} <= blocking.keys()


NAMESPACES = {
    "responses": "create stream",
    "chat.completions": "create stream",
    "messages": "create stream",
    **dict.fromkeys(("embeddings", "moderations", "rerank", "ocr"), "create"),
    "audio.speech": "create stream",
    "audio.transcriptions": "create",
    "audio.translations": "create",
    "images": "generate edit",
    "videos": "create retrieve list models delete cancel job download download_url",
    "music": "create retrieve job",
    "batches": "create retrieve list cancel requests models capabilities job",
    "files": "create list retrieve content",
    "models": "list me endpoints",
    **dict.fromkeys(("providers", "organisations", "endpoints", "activity", "analytics"), "list"),
    "pricing": "models calculate",
    "generations": "retrieve",
    "key": "retrieve",
    **dict.fromkeys(("keys", "workspaces"), "create list retrieve update delete"),
    "credits": "retrieve",
    "health": "check",
    "jobs": "from_json wait_all as_completed",
}


@pytest.mark.parametrize("kind", [AIStats, AsyncAIStats])
@pytest.mark.parametrize("path", NAMESPACES)
def test_every_namespace_has_its_methods(kind: Any, path: str) -> None:
    """The table of the contract, with a docstring on each."""
    room = kind(KEY)
    for name in path.split("."):
        room = getattr(room, name)
    for name in NAMESPACES[path].split():
        assert callable(getattr(room, name))
        assert inspect.getdoc(getattr(room, name))


# --- call() ---


def module_of(spec: OperationSpec) -> Any:
    return importlib.import_module(f"aistats_generated.api.{spec.tag}.{spec.name}")


@pytest.fixture(scope="module")
def echo() -> Iterator[Server]:
    """Answer everything with one JSON object."""
    body = b'{"id":"G-01","new":1}'
    with Server(say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))) as one:
        yield one


@colours
@pytest.mark.parametrize("spec", OPERATIONS.values(), ids=OPERATIONS)
def test_call_runs_every_generated_operation(
    echo: Server, colour: Colour, spec: OperationSpec
) -> None:
    """It sends the operation's request with the right credential, and gives what it promises."""
    module = module_of(spec)
    given = required_arguments(spec.operation_id)
    if "body" in inspect.signature(module._get_kwargs).parameters:
        given["named"]["body"], _ = sample_body(spec.operation_id, module, 3)
        given["named"]["body"]["stream"] = False
    found = with_client(
        colour,
        lambda client: client.call(module, *given["path"], **given["named"]),
        base_url=f"{echo.url}/v1",
    )
    head = echo.requests[-1].partition(b"\r\n\r\n")[0].decode()
    target = spec.path
    for name in given["path"]:
        target = target.replace("{" + name.removeprefix("id-") + "}", name)
    assert head.split("\r\n")[0].partition("?")[0].removesuffix(" HTTP/1.1") == (
        f"{spec.method} /v1{target}"
    )
    headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:])
    assert headers.get("authorization", "none") == str(TOKENS[spec.credential]).lower()
    expected = {"bytes": bytes, "text": str, "none": type(None)}.get(spec.reply)
    if expected is None:
        expected = getattr(models, spec.result) if spec.result else dict
    assert isinstance(found, expected)


@colours
def test_call_maps_errors_and_repeats_like_any_method(colour: Colour) -> None:
    """A 503 is tried again, a 404 is our error."""
    script = Script(answer(503), answer(404, {"error": "not_found", "request_id": "G-01"}))
    with pytest.raises(NotFoundError, match="G-01"):
        script.call(colour, lambda client: client.call(get_video, "G-01"))
    assert script.naps == [0.5]


@colours
def test_call_sends_forms(colour: Colour) -> None:
    """Files and text fields of a generated body become the parts of a form."""
    script = Script(answer(json={"id": "file_1"}))
    form = models.FileUploadRequest(file=File(b"{}", "in.jsonl"), purpose="batch")
    script.call(colour, lambda client: client.call(upload_file, body=form))
    sent = script.requests[0]
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")


@colours
@pytest.mark.parametrize(
    ("use", "kind", "says"),
    [
        (lambda c: c.call(json), TypeError, "is not a module of aistats_generated"),
        (lambda c: c.call("get_video", "G"), TypeError, "is not a module of aistats_generated"),
        (lambda c: c.call(models), TypeError, "is not a module of aistats_generated"),
        (lambda c: c.call(get_video), TypeError, "video_id"),
        (lambda c: c.call(get_video, "G", nonsense=1), TypeError, "nonsense"),
        (lambda c: c.call(get_video, ""), ConfigurationError, "nothing was sent"),
        (lambda c: c.call(get_video, ".."), ConfigurationError, "nothing was sent"),
        (lambda c: c.call(get_video, "a\r\nb"), ConfigurationError, "nothing was sent"),
        (
            lambda c: c.call(
                create_chat_completion,
                body=models.ChatCompletionsRequest(model="m", messages=[], stream=True),
            ),
            TypeError,
            r"use the method stream",
        ),
    ],
)
def test_call_refuses_what_cannot_work(colour: Colour, use: Any, kind: Any, says: str) -> None:
    """Nothing is sent for what is no operation, has wrong arguments, or would be a stream."""
    with pytest.raises(kind, match=says):
        Script().call(colour, use)


@colours
def test_a_past_request_is_looked_up_by_its_id(colour: Colour) -> None:
    """As a query parameter, which is what the gateway wants."""
    script = Script(answer(json={"id": "G-01"}))
    found = script.call(colour, lambda client: client.generations.retrieve("G-01", timeout=3))
    assert found["id"] == "G-01"
    assert script.requests[0].url.query == b"id=G-01"


# --- a real server ---


@colours
def test_a_call_over_a_socket(gateway: Sandbox, colour: Colour) -> None:
    """Key, base URL and one method are all there is to a first call."""
    found = with_client(
        colour,
        lambda client: client.chat.completions.create(
            model="openai/gpt-5-nano",
            messages=[{"role": "user", "content": "Reply with: it works"}],
        ),
        **settings_of(gateway),
    )
    assert found.output_text == "it works"
    assert aistats.request_id_of(found).startswith("G-")


def settings_of(gateway: Sandbox) -> dict[str, Any]:
    return {
        "api_key": gateway.api_key,
        "management_key": gateway.management_key,
        "base_url": gateway.base_url,
    }


@colours
def test_each_operation_uses_the_credential_it_needs(gateway: Sandbox, colour: Colour) -> None:
    """The sandbox refuses the wrong kind of key as the gateway does; both rooms open."""
    settings = settings_of(gateway)
    assert with_client(colour, lambda client: client.key.retrieve(), **settings)
    assert with_client(colour, lambda client: client.credits.retrieve(), **settings)
    only_management = {**settings, "api_key": None}
    assert with_client(colour, lambda client: client.health.check(), **only_management)


@colours
def test_a_silent_server_ends_with_the_budget(colour: Colour) -> None:
    """The budget of a call bounds the waiting for an answer, retries included."""
    policy = Retry(attempts=9, base=0.0, budget=0.2)
    with Server(lambda *_: None) as one, pytest.raises(RequestTimeoutError) as caught:
        with_client(
            colour, lambda client: client.key.retrieve(), base_url=f"{one.url}/v1", retry=policy
        )
    if colour != "sync":  # whose socket has the same limit, and tells of that
        assert "budget" in str(caught.value)
        assert len(one.requests) == 1


@colours
def test_a_redirect_is_not_followed(colour: Colour) -> None:
    """The key does not travel to where a server points."""
    with Server() as elsewhere, Server() as one:
        head = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {elsewhere.url}/v1/key"
        one.answer = say(f"{head}\r\n\r\n".encode())
        with pytest.raises(ResponseDecodeError, match="redirect"):
            with_client(colour, lambda client: client.key.retrieve(), base_url=f"{one.url}/v1")
        assert elsewhere.requests == []


# --- closing and sharing ---


@colours
def test_a_closed_client_says_so(gateway: Sandbox, colour: Colour) -> None:
    """Using it afterwards is our error, for the client and for its copies."""
    kept: list[Any] = []
    with_client(
        colour,
        lambda c: kept.extend((c, c.with_options(timeout=5))) or c.health.check(),
        **settings_of(gateway),
    )
    before = len(gateway.requests)
    for client in kept:
        with pytest.raises(ConfigurationError, match="closed"):
            result_of(colour, lambda client: client.health.check(), client)
    assert len(gateway.requests) == before


def test_a_client_may_be_closed_twice() -> None:
    """Also before its first use."""
    client = AIStats(KEY)
    client.close()
    client.close()
    with pytest.raises(ConfigurationError, match="closed"):
        client.health.check()

    async def twice() -> None:
        other = AsyncAIStats(KEY)
        await other.aclose()
        await other.aclose()
        with pytest.raises(ConfigurationError, match="closed"):
            await other.health.check()

    anyio.run(twice)


def test_making_a_client_opens_nothing() -> None:
    """No connection, no TLS context, no thread; forgetting it again warns of nothing."""
    threads = set(threading.enumerate())
    with Server() as server:
        clients = [AIStats(KEY, base_url=server.url), AsyncAIStats(KEY, base_url=server.url)]
        assert len(set(threading.enumerate()) - threads) == 1  # the server's
        assert server.requests == []
    del clients
    gc.collect()


# --- a client of httpx ---


def seen(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"headers": dict(request.headers), "url": str(request.url)})


@colours
def test_a_given_http_client_is_used_and_not_closed(colour: Colour) -> None:
    """It sends our request as it is: neither its headers nor its credentials are mixed in."""
    kind, theirs = (
        (AIStats, httpx.Client) if colour == "sync" else (AsyncAIStats, httpx.AsyncClient)
    )
    made = theirs(transport=httpx.MockTransport(seen), auth=("user", "password"))
    settings = {"base_url": "https://example.com/v1", "http_client": made}
    found = with_client(colour, lambda client: client.request("GET", "/new"), **settings)
    assert found["url"] == "https://example.com/v1/new"
    assert found["headers"]["authorization"] == f"Bearer {KEY}"
    assert not made.is_closed
    made.close() if colour == "sync" else anyio.run(made.aclose)
    with pytest.raises(ConfigurationError, match="http_client is closed"):
        result_of(colour, lambda client: client.health.check(), kind(KEY, http_client=made))


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (AIStats, httpx.AsyncClient),
        (AsyncAIStats, httpx.Client),
        (AIStats, object),
        (AsyncAIStats, object),
        (AIStats, lambda: httpx.Client),
    ],
)
def test_an_http_client_of_the_wrong_kind_is_refused(kind: Any, given: Any) -> None:
    """At once, with the name of the right one."""
    right = "Client" if kind is AIStats else "AsyncClient"
    with pytest.raises(ConfigurationError, match=rf"needs an httpx\.{right}$"):
        kind(KEY, http_client=given())


# --- what is shown ---


def test_nothing_of_a_client_shows_a_secret() -> None:
    """Client, namespaces, engine and errors show kids at most."""
    client = AIStats(KEY, management_key=MANAGEMENT_KEY, headers={"X-Team": "hidden"})
    shown = [
        repr(client),
        str(client),
        repr(client.engine),
        repr(client.videos),
        repr(vars(client)),
    ]
    shown.append(repr(client.with_options(headers={"X-More": "hidden"})))
    for text in shown:
        assert SECRET not in text
        assert "hidden" not in text
    assert "phaseo_v1_sk_demo00000000_***" in repr(client)
    assert "api.phaseo.app" in repr(client)


@colours
def test_the_log_of_a_call_holds_nothing_private(
    colour: Colour, caplog: pytest.LogCaptureFixture
) -> None:
    """With every logger at DEBUG: no key, header, query, prompt or body in any line."""
    body = b'{"id":"G-01","output":"private answer"}'
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    with Server(say(head + body)) as one, caplog.at_level(logging.DEBUG):
        with_client(
            colour,
            lambda client: client.responses.create(
                model="m",
                input="private prompt",
                extra_headers={"X-A": "private header"},
                extra_query={"token": "private query"},
            ),
            base_url=f"{one.url}/v1",
        )
    ours = [record for record in caplog.records if record.name == "aistats"]
    assert [record.levelname for record in ours] == ["DEBUG"]
    assert ours[0].getMessage().startswith("POST /responses: attempt 1: 200 in ")
    assert ours[0].getMessage().endswith("ms, request id G-01")
    assert "private" not in caplog.text
    assert SECRET not in caplog.text
