"""Uploads over real sockets: what arrives, what is repeated, and a server that will not have it."""

from __future__ import annotations

import email.parser
import email.policy
import io
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import anyio
import pytest

from aistats import AIStats, AsyncAIStats, BadRequestError, RateLimitError, Retry
from aistats.sandbox import Sandbox
from tests.mocked import COLOURS, KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

each_colour = pytest.mark.parametrize("colour", COLOURS)
JSONL = b'{"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {}}\n'


@pytest.fixture
def gateway() -> Iterator[Sandbox]:
    with Sandbox() as gateway:
        yield gateway


def ask(colour: str, settings: dict[str, Any], call: Callable[[Any], Any]) -> Any:
    """Make a call on a client of this colour."""

    async def ask_async() -> Any:
        async with AsyncAIStats(**settings) as client:
            return await call(client)

    if colour == "sync":
        with AIStats(**settings) as client:
            return call(client)
    return anyio.run(ask_async, backend=colour)


def settings_of(gateway: Sandbox, **more: Any) -> dict[str, Any]:
    return {"api_key": gateway.api_key, "base_url": gateway.base_url, **more}


def parts_of(received: Any) -> list[tuple[str, str | None, bytes]]:
    """Read a received form: name, file name and content of each part."""
    content_type = received.headers["content-type"]
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
        f"Content-Type: {content_type}\r\n\r\n".encode() + received.body
    )
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


@each_colour
def test_transcription_from_disk(gateway, tmp_path, colour):
    """A file by its path arrives with its name, the fields and a true length."""
    path = tmp_path / "two words.wav"
    path.write_bytes(b"RIFF0000WAVE" + b"\x01" * 50_000)
    result = ask(
        colour,
        settings_of(gateway),
        lambda client: client.audio.transcriptions.create(
            model="openai/whisper-1", file=path, timestamp_granularities=["word"], temperature=0.5
        ),
    )
    assert result.text
    received = gateway.requests.last
    assert sorted(parts_of(received), key=lambda part: part[0]) == [
        ("file", "two words.wav", path.read_bytes()),
        ("model", None, b"openai/whisper-1"),
        ("temperature", None, b"0.5"),
        ("timestamp_granularities[]", None, b"word"),
    ]
    assert received.headers["content-length"] == str(len(received.body))
    assert received.problems == []


@each_colour
def test_image_edit_with_several_images(gateway, colour):
    """Images repeat their name, the mask has its own."""
    png = b"\x89PNG\r\n\x1a\n"
    ask(
        colour,
        settings_of(gateway),
        lambda client: client.images.edit(
            model="openai/gpt-image-2",
            prompt="add a hat",
            image=[png + b"1", ("two.png", io.BytesIO(png + b"2"))],
            mask=png + b"3",
        ),
    )
    files = [part for part in parts_of(gateway.requests.last) if part[1]]
    assert files == [
        ("image", "upload.png", png + b"1"),
        ("image", "two.png", png + b"2"),
        ("mask", "upload.png", png + b"3"),
    ]
    assert gateway.requests.last.problems == []


@each_colour
def test_a_repeated_upload_sends_the_same_again(gateway, colour):
    """After a 429 a file is rewound to where it stood and sent whole again."""
    file = io.BytesIO(b"skipped" + JSONL)
    file.seek(7)
    gateway.fail(on="files.create", status=429, code="busy")
    result = ask(
        colour,
        settings_of(gateway, retry=Retry(attempts=2, base=0)),
        lambda client: client.files.create(file=("in.jsonl", file), purpose="batch"),
    )
    assert result.id
    first, second = gateway.requests
    assert first.body == second.body
    assert ("file", "in.jsonl", JSONL) in parts_of(second)


class Pipe(io.RawIOBase):
    """A source that can be read once."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part, self._content = self._content[:size], self._content[size:]
        return part


@each_colour
def test_what_cannot_be_read_twice_is_sent_once(gateway, colour):
    """A pipe is sent in chunks of unknown total, and not repeated after a failure."""
    result = ask(
        colour,
        settings_of(gateway),
        lambda client: client.files.create(file=("in.jsonl", Pipe(JSONL)), purpose="batch"),
    )
    assert result.id
    assert gateway.requests.last.headers["transfer-encoding"] == "chunked"
    gateway.requests.clear()
    gateway.fail(on="files.create", status=429, code="busy")
    with pytest.raises(RateLimitError):
        ask(
            colour,
            settings_of(gateway, retry=Retry(attempts=3, base=0)),
            lambda client: client.files.create(file=("in.jsonl", Pipe(JSONL)), purpose="batch"),
        )
    assert len(gateway.requests) == 1


@each_colour
def test_a_missing_file_sends_nothing(gateway, tmp_path, colour):
    """It is reported by its path before anything is sent."""
    with pytest.raises(FileNotFoundError, match=r"missing\.wav"):
        ask(
            colour,
            settings_of(gateway),
            lambda client: client.audio.transcriptions.create(
                model="openai/whisper-1", file=tmp_path / "missing.wav"
            ),
        )
    assert len(gateway.requests) == 0


class Refusing:
    """A server that answers 413 to the head of a request and reads no further."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/v1"
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        with connection, suppress(OSError):
            connection.recv(65536)
            body = b'{"error": "payload_too_large", "description": "the body is too large"}'
            head = b"HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n"
            kind = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
            connection.sendall(head + kind + body)
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(10)
            # Unread bytes would make the close a reset, which can destroy the answer on its way.
            while connection.recv(1 << 20):
                pass


@each_colour
def test_a_server_that_refuses_in_the_middle(tmp_path, colour):
    """413 before the upload is through is a `BadRequestError`, not a broken connection."""
    path = tmp_path / "large.wav"
    with path.open("wb") as file:
        file.truncate(40_000_000)
    with Refusing() as server, pytest.raises(BadRequestError) as caught:
        ask(
            colour,
            {"api_key": KEY, "base_url": server.url, "retry": Retry(attempts=1)},
            lambda client: client.audio.transcriptions.create(model="m", file=path),
        )
    assert caught.value.status_code == 413
    assert caught.value.code == "payload_too_large"
