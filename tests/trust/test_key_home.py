"""The key goes to the gateway and nowhere else, and nobody can make a call into another one."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from aistats import (
    AIStats,
    AIStatsError,
    ConnectionFailedError,
    Poll,
    ResponseDecodeError,
)
from tests.trust.gateway import KEY, MEDIA, SECRET, Gateway, address, answer, client_of, redirect
from tests.trust.matrix import CHAT, VIDEO
from tests.trust.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def other() -> Iterator[Wire]:
    """Run the server of somebody else."""
    with Wire(lambda _: answer(MEDIA)) as server:
        yield server


def bare(server: Wire) -> bool:
    """Say whether a server got requests, and none of them had the key or a cookie."""
    came = b"".join(server.requests).lower()
    assert came, "nothing was asked"
    return not any(word in came for word in (b"authorization", b"cookie", SECRET.encode()))


def finished(client: AIStats, **facts: Any) -> Any:
    """Give the handle of a music job that ended."""
    raw = {"id": "m1", "status": "completed", **facts}
    return client.jobs.from_json(json.dumps({"kind": "music", "id": "m1", "raw": raw}))


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
    gateway: Gateway, other: Wire, call: Callable[[AIStats], Any], status: bytes
) -> None:
    """A redirect is an answer that was not promised; the other origin hears nothing."""
    gateway.says = lambda _: redirect(address(other), status)
    with client_of(gateway) as client, pytest.raises(ResponseDecodeError):
        call(client)
    assert other.requests == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_audio_on_another_host_is_fetched_without_the_key(
    gateway: Gateway, other: Wire, tmp_path: Path, host: str
) -> None:
    """Another port or another name is another origin."""
    with client_of(gateway) as client:
        job = finished(client, audio_url=address(other, host=host))
        assert job.save(tmp_path / "song.wav").read_bytes() == MEDIA
    assert bare(other)


def test_audio_on_the_gateway_itself_is_fetched_with_the_key_unless_signed(
    gateway: Gateway, tmp_path: Path
) -> None:
    """Only the gateway's own, unsigned address gets the key."""
    gateway.says = lambda _: answer(MEDIA)
    with client_of(gateway) as client:
        finished(client, audio_url=address(gateway, "/v1/song")).save(tmp_path / "own.wav")
        signed = address(gateway, "/v1/song?download_sig=abc")
        finished(client, audio_url=signed).save(tmp_path / "signed.wav")
    own, other = gateway.requests
    assert KEY.encode() in own
    assert b"uthorization" not in other


def test_a_redirect_from_the_gateway_to_another_host_loses_the_key(
    gateway: Gateway, other: Wire, tmp_path: Path
) -> None:
    """An address of the gateway's own may lead elsewhere, and the key stays behind."""
    gateway.says = lambda _: redirect(address(other))
    with client_of(gateway) as client:
        finished(client, audio_url=address(gateway, "/v1/song")).save(tmp_path / "song.wav")
    assert KEY.encode() in gateway.requests[0]
    assert bare(other)


def test_headers_of_the_client_stay_at_the_gateway(
    gateway: Gateway, other: Wire, tmp_path: Path
) -> None:
    """What a caller adds for the gateway, such as a proxy's token, is not for strangers."""
    with client_of(gateway, headers={"X-Tenant-Token": "private", "Cookie": "a=b"}) as client:
        finished(client, audio_url=address(other)).save(tmp_path / "song.wav")
    assert bare(other)
    assert b"private" not in other.requests[0]


def test_addresses_in_a_job_are_not_fetched_behind_the_callers_back(
    gateway: Gateway, other: Wire, tmp_path: Path
) -> None:
    """A wait and a download use the gateway's paths, whatever a snapshot names."""
    elsewhere = address(other)
    names = ("content_url", "download_url", "polling_url", "status_url", "url", "websocket_url")
    snapshot = {"id": "v1", "status": "completed", **dict.fromkeys(names, elsewhere)}
    snapshot["outputs"] = [dict.fromkeys(names, elsewhere)]
    body = json.dumps(snapshot).encode()

    def say(request: bytes) -> bytes:
        return answer(MEDIA if b"/content" in request else body)

    gateway.says = say
    with client_of(gateway) as client:
        job = client.videos.job("v1").wait(poll=Poll(default=0.0, floor=0.0))
        assert job.download(tmp_path / "video.mp4").read_bytes() == MEDIA
    assert other.requests == []


@pytest.mark.parametrize(
    "target",
    [
        "http://media.example/song.wav",
        "file:///etc/passwd",
        "ftp://127.0.0.1/song.wav",
        "//127.0.0.1/song.wav",
        "song.wav",
        "https://",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "https://exa mple/\r\nX: y",
        "javascript:alert(1)",
    ],
)
@pytest.mark.parametrize("through_redirect", [False, True], ids=["given", "redirected"])
def test_odd_addresses_are_refused(
    gateway: Gateway,
    tmp_path: Path,
    target: str,
    through_redirect: bool,
) -> None:
    """Only https is fetched, and http on this machine; nothing is left behind."""
    if through_redirect and ("\r" in target or target == "song.wav" or target[:2] == "//"):
        target = "gopher://127.0.0.1/"  # these are proper Locations, or cannot be sent at all
    gateway.says = lambda _: redirect(target)
    given = address(gateway, "/v1/song") if through_redirect else target
    with client_of(gateway) as client, pytest.raises(AIStatsError):
        finished(client, audio_url=given).save(tmp_path / "song.wav")
    assert list(tmp_path.iterdir()) == []


def test_redirects_that_go_round_end(gateway: Gateway, tmp_path: Path) -> None:
    """A circle of redirects is left after a few steps."""
    gateway.says = lambda _: redirect(address(gateway, "/v1/song"))
    with client_of(gateway) as client, pytest.raises(ConnectionFailedError, match="redirected"):
        finished(client, audio_url=address(gateway, "/v1/song")).save(tmp_path / "song.wav")
    assert len(gateway.requests) == 5


def test_a_signature_is_in_no_message_log_or_error(
    gateway: Gateway, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A signed address is as good as a key for a while."""
    signed = address(gateway, "/v1/song?download_exp=1&download_sig=SIGNATURE")
    gateway.says = lambda _: answer(b"{}", status=b"403 Forbidden")
    with caplog.at_level(logging.DEBUG), client_of(gateway) as client:
        with pytest.raises(AIStatsError) as refused:
            finished(client, audio_url=signed).save(tmp_path / "song.wav")
        gateway.says = lambda _: b"nonsense\r\n\r\n"
        with pytest.raises(ConnectionFailedError) as failed:
            finished(client, audio_url=signed).save(tmp_path / "song.wav")
    assert b"SIGNATURE" in gateway.requests[0]
    shown = [caplog.text, str(refused.value), str(failed.value), repr(failed.value.request)]
    shown += [str(failed.value.request and failed.value.request.url), repr(refused.value)]
    assert "GET /v1/song" in caplog.text
    assert not any("SIGNATURE" in text for text in shown), shown


def test_a_signature_is_not_in_the_repr_of_a_result(gateway: Gateway) -> None:
    """What makes a signed address shows only that it did."""
    url = "https://api.example/v1/x?download_sig=SIGNATURE"
    gateway.says = lambda _: answer(json.dumps({"url": url}).encode())
    with client_of(gateway) as client:
        made = client.videos.download_url("v1")
    assert made.to_dict() == {"url": url}
    assert "SIGNATURE" not in repr(made)


def test_the_servers_echo_of_the_key_is_not_repeated(gateway: Gateway) -> None:
    """A server that says the key in its error does not bring it into ours."""
    echo = json.dumps({"error": "unauthorised", "description": f"bad key {KEY}"}).encode()
    gateway.says = lambda _: answer(echo, status=b"401 Unauthorized")
    with client_of(gateway) as client, pytest.raises(AIStatsError, match=r"\*\*\*") as caught:
        client.key.retrieve()
    assert SECRET not in f"{caught.value}{caught.value!r}{caught.value.args}"
    del caught.value.body  # it is kept as it came
