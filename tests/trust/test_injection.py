"""Nothing that a caller or a server names can become another header, request, path or file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from aistats import AIStats, ConfigurationError
from tests.trust.gateway import MEDIA, Gateway, answer, client_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

INJECTIONS = ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\x00b", "a\u2028b", "\x7f"]
WAYS: dict[str, Callable[[AIStats, str], Any]] = {
    "header of a call": lambda client, text: client.videos.retrieve(
        "v1", extra_headers={"X-Note": text}
    ),
    "header name": lambda client, text: client.videos.retrieve("v1", extra_headers={text: "x"}),
    "header of a copy": lambda client, text: client.with_options(headers={"X-Note": text}),
    "id": lambda client, text: client.videos.retrieve(text),
    "id of a job": lambda client, text: client.videos.job(text).refresh(),
    "path": lambda client, text: client.request("GET", f"/{text}"),
    "method": lambda client, text: client.request(text, "/x"),
    "file name": lambda client, text: client.audio.transcriptions.create(
        file=(text, b"x"), model="m/m"
    ),
    "content type": lambda client, text: client.audio.transcriptions.create(
        file=("a.wav", b"x", text), model="m/m"
    ),
}


@pytest.mark.parametrize("text", INJECTIONS, ids=repr)
@pytest.mark.parametrize("way", WAYS)
def test_what_could_end_a_line_is_refused(gateway: Gateway, way: str, text: str) -> None:
    """Nothing that a caller passes on can become a header or a request of its own."""
    if way == "file name" and text == "a\u2028b":
        text = "a\nb"  # U+2028 ends no line of a header; a file may be called so
    with client_of(gateway) as client, pytest.raises(ConfigurationError):
        WAYS[way](client, text)
    assert gateway.requests == []


@pytest.mark.parametrize("text", ["../keys", "..", ".", "a/../../b", "a/b", "a\\..\\b", "%2e%2e"])
def test_an_id_cannot_become_another_path(gateway: Gateway, text: str) -> None:
    """An id is one segment of a path: refused, or sent as that one segment."""
    gateway.says = lambda _: answer(b"{}")
    with client_of(gateway) as client:
        try:
            client.videos.retrieve(text)
        except ConfigurationError:
            assert gateway.requests == []
            return
    target = gateway.requests[0].split(b" ")[1]
    assert target.startswith(b"/v1/videos/")
    assert target.count(b"/") == 3
    assert httpx.URL(target.decode()).path.removeprefix("/v1/videos/") == text


@pytest.mark.parametrize(
    "path", ["/../keys", "//other.example/x", "/a/%2e%2e/b", "/a\\b", "x", "", "https://x/", "/a?b"]
)
def test_a_path_cannot_leave_the_base_url(gateway: Gateway, path: str) -> None:
    """`client.request` goes below the base URL or nowhere."""
    with client_of(gateway) as client, pytest.raises(ConfigurationError):
        client.request("GET", path)
    assert gateway.requests == []


def test_a_query_is_encoded(gateway: Gateway) -> None:
    """Line ends and separators in a query stay in its value."""
    gateway.says = lambda _: answer(b"{}")
    with client_of(gateway) as client:
        client.request("GET", "/x", params={"q": "a\r\nX-Evil: 1&b=2#c"})
    line, _, rest = gateway.requests[0].partition(b"\r\n")
    assert line == b"GET /v1/x?q=a%0D%0AX-Evil%3A%201%26b%3D2%23c HTTP/1.1"
    assert b"X-Evil" not in rest


def test_a_suggested_file_name_is_not_used(gateway: Gateway, tmp_path: Path) -> None:
    """A file is written where the caller said, whatever name the server suggests."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    suggestion = b'Content-Disposition: attachment; filename="../../evil.sh"'
    gateway.says = lambda _: answer(MEDIA, suggestion)
    with client_of(gateway) as client:
        client.videos.download("v1", folder / "video.mp4")
        client.files.content("f1").save(folder / "file.bin")
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert found == {"downloads", "downloads/video.mp4", "downloads/file.bin"}
