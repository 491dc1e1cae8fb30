"""The key goes to the gateway and nowhere else, and nobody can make a call into another one.

What downloads send to other origins is in `tests/test_download.py`.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from aistats import (
    AIStats,
    AIStatsError,
    ConfigurationError,
    ConnectionFailedError,
    Poll,
    ResponseDecodeError,
    Retry,
)
from tests.trust.matrix import CHAT, KEY, VIDEO
from tests.trust.wire import Wire, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MEDIA = b"RIFF media of another host"


@pytest.fixture
def gateway() -> Iterator[Wire]:
    """Run a gateway."""
    with Wire(lambda _: answer(b"{}")) as server:
        yield server


@pytest.fixture
def other() -> Iterator[Wire]:
    """Run the server of somebody else."""
    with Wire(lambda _: answer(MEDIA)) as server:
        yield server


def address(server: Wire, path: str = "/song.wav") -> str:
    """Give an address on a server."""
    return f"{server.url}{path}"


def redirect(target: str, status: bytes = b"302 Found") -> Callable[[bytes], bytes]:
    """Answer with a redirect."""
    return lambda _: answer(b"", b"Location: " + target.encode(), status=status)


def client_of(server: Wire, **options: Any) -> AIStats:
    """Make a client of the gateway."""
    base_url = address(server, "/v1")
    return AIStats(KEY, base_url=base_url, retry=Retry(attempts=1), timeout=10, **options)


def fetch(client: AIStats, url: str, target: Path) -> bytes:
    """Save the audio that a finished music job says to be there."""
    raw = {"id": "m1", "status": "completed", "audio_url": url}
    text = json.dumps({"kind": "music", "id": "m1", "raw": raw})
    saved: Path = client.jobs.from_json(text).save(target)  # type: ignore[attr-defined]
    return saved.read_bytes()


@pytest.mark.parametrize("status", [b"301 M", b"302 F", b"303 S", b"307 T", b"308 P"])
@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.videos.retrieve("v1"),
        lambda client: client.videos.create(**VIDEO),
        lambda client: client.chat.completions.create(**CHAT),
        lambda client: client.files.content("f1").read(),
        lambda client: client.responses.stream(model="m/m", input="x").__enter__().final(),
        lambda client: client.request("DELETE", "/videos/v1"),
    ],
    ids=["GET", "billed POST", "text POST", "content", "stream", "request"],
)
def test_no_call_follows_a_redirect(
    gateway: Wire, other: Wire, call: Callable[[AIStats], Any], status: bytes
) -> None:
    """A redirect is an answer that was not promised; the other origin hears nothing."""
    gateway.says = redirect(address(other), status)
    with client_of(gateway) as client, pytest.raises(ResponseDecodeError):
        call(client)
    assert other.requests == []


def test_addresses_in_a_job_are_not_fetched_behind_the_callers_back(
    gateway: Wire, other: Wire, tmp_path: Path
) -> None:
    """A wait and a download use the gateway's paths, whatever a snapshot names."""
    names = ("content_url", "download_url", "polling_url", "status_url", "url", "websocket_url")
    links = dict.fromkeys(names, address(other))
    body = json.dumps({"id": "v1", "status": "completed", "outputs": [links], **links}).encode()
    suggestion = b'Content-Disposition: attachment; filename="../../evil.sh"'
    gateway.says = lambda request: (
        answer(MEDIA, suggestion) if b"/content" in request else answer(body)
    )
    with client_of(gateway) as client:
        job = client.videos.job("v1").wait(poll=Poll(default=0.0, floor=0.0))
        assert job.download(tmp_path / "video.mp4").read_bytes() == MEDIA
    assert other.requests == []
    assert [path.name for path in tmp_path.iterdir()] == ["video.mp4"]


def test_a_signature_is_in_no_message_log_or_repr(
    gateway: Wire, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A signed address is as good as a key for a while."""
    signed = address(gateway, "/v1/song?download_exp=1&download_sig=SIGNATURE")
    shown = []
    with caplog.at_level(logging.DEBUG), client_of(gateway) as client:
        for says in (answer(b"{}", status=b"403 Forbidden"), b"nonsense\r\n\r\n"):
            gateway.says = lambda _, says=says: says  # type: ignore[misc]
            with pytest.raises(AIStatsError) as caught:
                fetch(client, signed, tmp_path / "song.wav")
            shown += [str(caught.value), repr(caught.value)]
            if isinstance(caught.value, ConnectionFailedError) and caught.value.request:
                shown += [repr(caught.value.request), str(caught.value.request.url)]
        gateway.says = lambda _: answer(json.dumps({"url": signed}).encode())
        made = client.videos.download_url("v1")
    assert made.to_dict() == {"url": signed}
    assert b"SIGNATURE" in gateway.requests[0]
    assert "GET /v1/song" in caplog.text
    shown += [caplog.text, repr(made)]
    assert len(shown) == 8
    assert not any("SIGNATURE" in text for text in shown), shown


INJECTIONS = ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\x00b", "a\u2028b", "\x7f"]
WAYS: dict[str, Callable[[AIStats, str], Any]] = {
    "header": lambda client, text: client.videos.retrieve("v1", extra_headers={"X-Note": text}),
    "header name": lambda client, text: client.videos.retrieve("v1", extra_headers={text: "x"}),
    "header of a copy": lambda client, text: client.with_options(headers={"X-Note": text}),
    "id": lambda client, text: client.videos.retrieve(text),
    "id of a job": lambda client, text: client.videos.job(text).refresh(),
    "path": lambda client, text: client.request("GET", f"/{text}"),
    "method": lambda client, text: client.request(text, "/x"),
    "file name": lambda client, text: client.audio.transcriptions.create(
        file=(text.replace("\u2028", "\n"), b"x"), model="m/m"  # U+2028 ends no line of a header
    ),
    "content type": lambda client, text: client.audio.transcriptions.create(
        file=("a.wav", b"x", text), model="m/m"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", INJECTIONS, ids=repr)
@pytest.mark.parametrize("way", WAYS)
def test_what_could_end_a_line_is_refused(gateway: Wire, way: str, text: str) -> None:
    """Nothing that a caller passes on can become a header or a request of its own."""
    with client_of(gateway) as client, pytest.raises(ConfigurationError):
        WAYS[way](client, text)
    assert gateway.requests == []


@pytest.mark.parametrize("text", ["../keys", "..", ".", "a/../../b", "a/b", "a\\..\\b", "%2e%2e"])
def test_an_id_cannot_become_another_path(gateway: Wire, text: str) -> None:
    """An id is one segment of a path: refused, or sent as that one segment."""
    with client_of(gateway) as client:
        try:
            client.videos.retrieve(text)
        except ConfigurationError:
            assert gateway.requests == []
            return
    target = gateway.requests[0].split(b" ")[1]
    assert target.count(b"/") == 3
    assert httpx.URL(target.decode()).path == f"/v1/videos/{text}"


@pytest.mark.parametrize(
    "path", ["/../keys", "//other.example/x", "/a/%2e%2e/b", "/a\\b", "x", "", "https://x/", "/a?b"]
)
def test_a_path_cannot_leave_the_base_url(gateway: Wire, path: str) -> None:
    """`client.request` goes below the base URL or nowhere."""
    with client_of(gateway) as client, pytest.raises(ConfigurationError):
        client.request("GET", path)
    assert gateway.requests == []


def test_a_query_is_encoded(gateway: Wire) -> None:
    """Line ends and separators in a query stay in its value."""
    with client_of(gateway) as client:
        client.request("GET", "/x", params={"q": "a\r\nX-Evil: 1&b=2#c"})
    line, _, rest = gateway.requests[0].partition(b"\r\n")
    assert line == b"GET /v1/x?q=a%0D%0AX-Evil%3A+1%26b%3D2%23c HTTP/1.1"
    assert b"X-Evil" not in rest
