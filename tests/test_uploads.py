"""Forms: what is in them, where files are read from, and what is refused beforehand."""

from __future__ import annotations

import email.parser
import email.policy
import errno
import io
import mimetypes
import os
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import (
    AIStatsError,
    BadRequestError,
    ConfigurationError,
    ConnectionFailedError,
    RateLimitError,
    Retry,
)
from aistats_generated.models import VideoListResponse
from tests.colours import Colour, Script, answer, colours, with_client
from tests.loopback import Server

if TYPE_CHECKING:
    from collections.abc import Callable

WAV = b"RIFF\x24\x08\x00\x00WAVEfmt "
PNG = b"\x89PNG\r\n\x1a\n"
JSONL = b'{"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {}}\n'
LARGE = os.urandom(3_000_000)

Part = tuple[str, str | None, str | None, bytes]


def parts_of(headers: Any, body: bytes) -> list[Part]:
    """Read a form with the standard library: name, file name, content type and content."""
    head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    assert not message.defects
    return [
        (
            str(part.get_param("name", header="content-disposition")),
            part.get_filename(),
            part["content-type"],
            part.get_payload(decode=True),  # type: ignore[misc]  # bytes: it is no multipart
        )
        for part in message.iter_parts()
    ]


def sent(colour: Colour, file: Any, **fields: Any) -> list[Part]:
    """Send a form whose file may be anything, and give the parts of the request."""
    script = Script(answer(json={"text": "ok"}))
    fields = {"model": "m", **fields}
    script.call(colour, lambda c: c.audio.transcriptions.create(file=file, **fields))
    (request,) = script.requests
    length, coding = map(request.headers.get, ("content-length", "transfer-encoding"))
    is_pipe = isinstance(file[1] if isinstance(file, tuple) else file, Pipe)
    assert (length, coding) == ((None, "chunked") if is_pipe else (f"{len(request.content)}", None))
    return parts_of(request.headers, request.content)


def file_sent(colour: Colour, file: Any) -> tuple[str | None, str | None, bytes]:
    """Send a file and give its name, content type and content."""
    (found,) = [part[1:] for part in sent(colour, file) if part[0] == "file"]
    return found


def test_text_fields_are_written_as_the_gateway_reads_them() -> None:
    """Booleans are words, lists repeat name[], objects and models are JSON, None is left out."""
    model = VideoListResponse.from_dict({"data": [{"id": "G-1"}]})
    extra = {
        "diarize": True,
        "stream": False,
        "n": 2,
        "languages": ["en", "de"],
        "timestamp_granularities[]": ["word"],
        "provider": {"order": ["openai"], "inner": model},
        "rows": [["a", 1]],
        "left_out": None,
        "gaps": ["x", None],
        "things": ({"a": 1}, model),
        'a"b': "é中\r\n",
    }
    parts = sent("sync", b"", temperature=0.5, language=None, extra_body=extra)
    written = '{"data":[{"id":"G-1"}]}'
    assert [(name, content.decode()) for name, _, kind, content in parts if kind is None] == [
        ("model", "m"),
        ("temperature", "0.5"),
        ("diarize", "true"),
        ("stream", "false"),
        ("n", "2"),
        ("languages[]", "en"),
        ("languages[]", "de"),
        ("timestamp_granularities[]", "word"),
        ("provider", f'{{"order":["openai"],"inner":{written}}}'),
        ("rows[]", '["a",1]'),
        ("gaps[]", "x"),
        ("things[]", '{"a":1}'),
        ("things[]", written),
        ("a%22b", "é中\r\n"),
    ]


class Pipe(io.RawIOBase):
    """A source that can be read once, and not far ahead."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part, self._content = self._content[:size], self._content[size:]
        return part


class Named(io.BytesIO):
    """An open file with something for a name."""

    def __init__(self, content: bytes, name: object) -> None:
        super().__init__(content)
        self.name = name


def standing(file: io.BytesIO, place: int) -> io.BytesIO:
    file.seek(place)
    return file


KIND_OF_WAV = mimetypes.guess_type("x.wav")[0]  # differs between platforms
FILES: dict[str, tuple[Callable[[Path], Any], str, bytes]] = {
    "path": (lambda path: path, "speech.wav", WAV),
    "text of a path": (str, "speech.wav", WAV),
    "empty path": (lambda path: path.with_name("empty.wav"), "empty.wav", b""),
    "path without extension": (lambda path: path.with_name("speech"), "speech.wav", WAV),
    "bytes": (lambda _: WAV, "upload.wav", WAV),
    "bytearray": (lambda _: bytearray(WAV), "upload.wav", WAV),
    "memoryview": (lambda _: memoryview(WAV), "upload.wav", WAV),
    "BytesIO": (lambda _: io.BytesIO(WAV), "upload.wav", WAV),
    "name None": (lambda _: Named(WAV, None), "upload.wav", WAV),
    "name in bytes": (lambda _: Named(WAV, b"dir/x.wav"), "x.wav", WAV),
    "name of a stream": (lambda _: Named(WAV, "<stdin>"), "upload.wav", WAV),
    "name that is a number": (lambda _: Named(WAV, 7), "upload.wav", WAV),
    "pipe": (lambda _: Pipe(WAV), "upload.wav", WAV),
    "half read": (lambda _: standing(io.BytesIO(b"skipped" + WAV), 7), "upload.wav", WAV),
    "read beyond its end": (lambda _: standing(Named(WAV, "x.wav"), 99), "x.wav", b""),
    "pair": (lambda _: ("a.wav", b"x"), "a.wav", b"x"),
    "pair with a path": (lambda path: ("b.wav", path), "b.wav", WAV),
    "pair with a file": (lambda _: ("b.wav", standing(io.BytesIO(WAV), 4)), "b.wav", WAV[4:]),
    "pair without extension": (lambda _: ("mine", Pipe(WAV)), "mine.wav", WAV),
    "odd name": (lambda _: ('x"; filename="é中.wav', WAV), "x%22; filename=%22é中.wav", WAV),
    "large": (lambda _: ("x.wav", io.BytesIO(LARGE)), "x.wav", LARGE),
    "large pipe": (lambda _: ("x.wav", Pipe(LARGE)), "x.wav", LARGE),
}


@colours
@pytest.mark.parametrize("case", FILES)
def test_every_kind_of_file(colour: Colour, case: str, tmp_path: Path) -> None:
    """It has a name whose type the gateway accepts, and is sent from where it stands."""
    for name, content in {"speech.wav": WAV, "speech": WAV, "empty.wav": b""}.items():
        (tmp_path / name).write_bytes(content)
    make, name, content = FILES[case]
    assert file_sent(colour, make(tmp_path / "speech.wav")) == (name, KIND_OF_WAV, content)


@colours
def test_temporary_files_of_the_system_are_sent(colour: Colour) -> None:
    """Their names are numbers, missing, or without an extension."""
    for kind in (
        tempfile.TemporaryFile,
        tempfile.SpooledTemporaryFile,
        tempfile.NamedTemporaryFile,
    ):
        with kind() as file:
            file.write(WAV)
            file.seek(0)
            name, media_type, content = file_sent(colour, file)
            assert (media_type, content, file.closed) == (KIND_OF_WAV, WAV, False)
            assert str(name).endswith(".wav")


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (WAV, ".wav"),
        (b"RIFF\x24\x08\x00\x00WEBPVP8 ", ".webp"),
        (b"ID3\x04rest", ".mp3"),
        (b"\xff\xfbrest", ".mp3"),
        (b"\xff\xf1rest", ".aac"),
        (b"fLaCrest", ".flac"),
        (b"OggSrest", ".ogg"),
        (b"\x1aE\xdf\xa3rest", ".webm"),
        (b"\x00\x00\x00\x20ftypM4A ", ".m4a"),
        (b"\x00\x00\x00\x0aftypisom", ".mp4"),
        (PNG + b"rest", ".png"),
        (b"\xff\xd8\xffrest", ".jpg"),
        (b"plain text", ""),
        (b"", ""),
    ],
)
@pytest.mark.parametrize("make", [bytes, io.BytesIO, Pipe])
def test_what_has_no_name_is_named_by_its_first_bytes(
    content: bytes, extension: str, make: Any
) -> None:
    """The gateway wants an extension or a media type; nothing of the content is lost."""
    name, _, received = file_sent("sync", make(content))
    assert (name, received) == (f"upload{extension}", content)


@pytest.mark.parametrize("file", [("note", WAV, "text/plain"), ("note.q7", WAV), ("note.txt", WAV)])
def test_what_the_caller_says_of_a_file_stays(file: Any) -> None:
    """A content type of the caller's wins, and a name with an extension is not changed."""
    name, media_type, _ = file_sent("sync", file)
    assert name == file[0]
    guessed = mimetypes.guess_type(file[0])[0] or "application/octet-stream"
    assert media_type == (file[2] if len(file) == 3 else guessed)


@colours
def test_a_list_of_files_repeats_the_name(colour: Colour, tmp_path: Path) -> None:
    """Several pictures are parts of one name, in order; the mask has its own."""
    (tmp_path / "three.png").write_bytes(PNG + b"3")
    images = [PNG + b"1", ("two.png", io.BytesIO(PNG + b"2")), tmp_path / "three.png"]
    script = Script(answer())
    call = {"model": "m", "prompt": "add a hat", "image": images, "mask": PNG}
    script.call(colour, lambda client: client.images.edit(**call))
    (request,) = script.requests
    assert [part[:2] + part[3:] for part in parts_of(request.headers, request.content)[-4:]] == [
        ("image", "upload.png", PNG + b"1"),
        ("image", "two.png", PNG + b"2"),
        ("image", "three.png", PNG + b"3"),
        ("mask", "upload.png", PNG),
    ]


@given(st.dictionaries(st.text("abc", min_size=1), st.text(max_size=30), max_size=4), st.binary())
def test_any_text_and_any_content_arrive(fields: dict[str, str], content: bytes) -> None:
    """Nothing in them can end a part; the announced length is the true one."""
    parts = sent("sync", ("f.bin", content), extra_body=fields)
    assert parts[-1] == ("file", "f.bin", "application/octet-stream", content)
    texts = {name: text for name, _, kind, text in parts if kind is None and name != "model"}
    assert texts == {name: text.encode() for name, text in fields.items()}


# --- repeating ---

BUSY = {"error": "busy", "description": "later"}


@colours
@pytest.mark.parametrize("make", [lambda path: path, lambda path: path.read_bytes(), "open"])
def test_a_repeated_upload_sends_the_same_again(colour: Colour, make: Any, tmp_path: Path) -> None:
    """A file is rewound to where it stood and stays open; a path is opened anew."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(JSONL)
    file = Named(b"skipped" + JSONL, "in.jsonl")
    given_file = standing(file, 7) if make == "open" else make(path)
    script = Script(answer(429, BUSY), answer(429, BUSY), answer(json={"id": "f"}))
    script.call(colour, lambda client: client.files.create(file=given_file, purpose="batch"))
    files = [parts_of(r.headers, r.content)[-1][3] for r in script.requests]
    assert files == [JSONL] * 3
    assert not file.closed


@colours
@pytest.mark.parametrize("kind", ["object", "named pipe"])
def test_what_cannot_be_read_twice_is_sent_once(colour: Colour, kind: str, tmp_path: Path) -> None:
    """In chunks of unknown total, and not repeated after a failure."""
    source: Any = Pipe(JSONL)
    if kind == "named pipe":
        source = tmp_path / "in.jsonl"
        os.mkfifo(source)
        writer = threading.Thread(target=source.write_bytes, args=(JSONL,))
        writer.start()
    script = Script(answer(429, BUSY))
    with pytest.raises(RateLimitError):
        script.call(colour, lambda c: c.files.create(file=source, purpose="batch"))
    (request,) = script.requests
    assert parts_of(request.headers, request.content)[-1][3] == JSONL
    assert request.headers["transfer-encoding"] == "chunked"


# --- what is refused ---


async def _async_read(self: Any, size: int = -1) -> bytes:
    return b""


def closed_file() -> io.BytesIO:
    file = io.BytesIO(b"x")
    file.close()
    return file


@colours
@pytest.mark.parametrize(
    ("value", "words"),
    [
        (io.StringIO("text"), "binary mode"),
        (type("AsyncFile", (), {"read": _async_read})(), "binary mode"),
        (closed_file(), "closed file"),
        (sys.stdout, "cannot be read|binary mode"),
        (None, "expected a path"),
        (7, "expected a path"),
        ({"a": 1}, "expected a path"),
        (("only a name",), "tuple must be"),
        ((b"bytes", b"name"), "tuple must be"),
        (("a", b"b", "c/d", "e"), "tuple must be"),
        (("name.wav", "text"), r"pathlib\.Path"),
        (("name.wav", b"x", "not a type"), "not a content type"),
        (("name.wav", b"x", b"a/b"), "not a content type"),
        (("name.wav", b"x", "audio/wav\r\nX-Evil: 1"), "not a content type"),
        (("na\r\nme", b"x"), "cannot be the name"),
        (("na\x00me", b"x"), "cannot be the name"),
        (("na\x7fme", b"x"), "cannot be the name"),
        (("", b"x"), "cannot be the name"),
        (("\ud800", b"x"), "cannot be the name"),
        (Named(b"x", "a\nb"), "cannot be the name"),
        ("a\x00b", "not a path"),
    ],
)
def test_what_cannot_be_a_file_is_refused(colour: Colour, value: Any, words: str) -> None:
    """Wrong kinds, text-mode files and names that could inject headers; nothing is sent."""
    with pytest.raises(ConfigurationError, match=words):
        Script().call(colour, lambda c: c.audio.transcriptions.create(model="m", file=value))


def test_write_only_files_are_refused(tmp_path: Path) -> None:
    """A file opened for writing is reported before the request."""
    with (
        (tmp_path / "f").open("wb") as file,
        pytest.raises(ConfigurationError, match="cannot be read"),
    ):
        sent("sync", file)


@colours
@pytest.mark.parametrize(
    ("name", "kind", "number", "says"),
    [
        ("missing.wav", FileNotFoundError, errno.ENOENT, "file: No such file"),
        ("", IsADirectoryError, errno.EISDIR, "file: a folder cannot be uploaded"),
        ("locked", PermissionError, errno.EACCES, "file: Permission denied"),
        ("old/a", NotADirectoryError, errno.ENOTDIR, "file: Not a directory"),
    ],
)
def test_paths_that_cannot_be_read_are_named(
    colour: Colour,
    name: str,
    kind: type[OSError],
    number: int,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Field and path, before anything is sent."""
    (tmp_path / "old").write_bytes(b"")
    path = tmp_path / name
    if name == "locked":
        path.write_bytes(b"x")
        path.chmod(0)
        real = open

        def refused(file: Any, *how: Any) -> Any:  # also for root, who may read anything
            if file == str(path):
                raise PermissionError(errno.EACCES, "Permission denied", file)
            return real(file, *how)

        monkeypatch.setattr("builtins.open", refused)
    with pytest.raises(kind, match=says) as caught:
        Script().call(colour, lambda c: c.audio.transcriptions.create(model="m", file=path))
    assert (caught.value.errno, caught.value.filename) == (number, str(path))


@colours
@pytest.mark.parametrize("name", ["a\r\nb", "a\nb", "\x00", "", "\ud800"])
def test_field_names_that_could_inject_headers_are_refused(colour: Colour, name: str) -> None:
    """A line break in a field's name never reaches the wire."""
    with pytest.raises(ConfigurationError, match="cannot be the name of a field"):
        Script().call(
            colour, lambda c: c.files.create(file=b"x", purpose="batch", extra_body={name: ["x"]})
        )


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), object(), {"a": float("nan")}, [[object()]], "\ud800", b"bytes"],
)
def test_field_values_that_cannot_be_sent_are_refused(value: Any) -> None:
    """What has no form in text or JSON is reported with the field's name."""
    with pytest.raises(ConfigurationError, match="odd"):
        sent("sync", b"x", extra_body={"odd": value})


# --- while it is being sent ---


def upload(colour: Colour, url: str, file: Any) -> Any:
    settings = {"base_url": f"{url}/v1", "retry": Retry(attempts=1)}
    ask = lambda client: client.audio.transcriptions.create(model="m", file=file)  # noqa: E731
    return with_client(colour, ask, **settings)


OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"text":"ok"}'


def body_of(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


class Changing(io.BytesIO):
    """A file that another process cuts or lengthens when the first block was read."""

    def __init__(self, content: bytes, later: int) -> None:
        super().__init__(content)
        self.name, self._later = "log.wav", later

    def read(self, size: int | None = -1) -> bytes:
        block = super().read(size)
        if size:
            place = self.tell()
            self.truncate(self._later)
            self.seek(0, os.SEEK_END)
            self.write(b"x" * (self._later - self.tell()))
            self.seek(place)
        return block


@colours
def test_a_file_that_shrinks_is_an_error_and_nothing_hangs(colour: Colour) -> None:
    """Less than was announced is reported by name; the server sees the connection end."""
    with Server(lambda connection, _: connection.sendall(OK)) as server:
        with pytest.raises(AIStatsError, match=r"log\.wav lost 2\d+ bytes while"):
            upload(colour, server.url, Changing(b"x" * 300_000, later=70_000))
        assert server.closed.acquire(timeout=30)
    assert server.requests == []


@colours
def test_a_file_that_grows_is_sent_as_long_as_announced(colour: Colour) -> None:
    """What was written after the start of the call is not sent."""
    with Server(lambda connection, _: connection.sendall(OK)) as server:
        assert upload(colour, server.url, Changing(b"x" * 300_000, later=400_000)).text == "ok"
    (request,) = server.requests
    assert body_of(request).count(b"x") < 300_100


class Refusing:
    """A server that hangs up at the head of a request, with an answer or without one."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
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
            if not self._answer:
                return
            connection.sendall(self._answer)
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(10)
            # Unread bytes would make the close a reset, which can destroy the answer on its way.
            while connection.recv(1 << 20):
                pass


TOO_LARGE = (
    b"HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\nContent-Length: 30\r\n\r\n"
    b'{"error": "payload_too_large"}'
)


@colours
def test_a_server_that_refuses_in_the_middle(colour: Colour, tmp_path: Path) -> None:
    """413 before the upload is through is a `BadRequestError`, not a broken connection."""
    path = tmp_path / "large.wav"
    with path.open("wb") as file:
        file.truncate(40_000_000)
    with Refusing(TOO_LARGE) as server, pytest.raises(BadRequestError) as caught:
        upload(colour, server.url, path)
    assert (caught.value.status_code, caught.value.code) == (413, "payload_too_large")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
@colours
def test_files_we_open_are_closed_when_an_upload_breaks_off(colour: Colour, tmp_path: Path) -> None:
    """A server that hangs up leaves no file open."""
    path = tmp_path / "f.wav"
    path.write_bytes(LARGE)
    with Refusing(b"") as server, pytest.raises(ConnectionFailedError):
        upload(colour, server.url, path)
    links = Path("/proc/self/fd").iterdir()
    assert str(path) not in [os.path.realpath(link) for link in links]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_the_event_loop_goes_on_while_a_file_is_read(backend: Colour) -> None:
    """Reading happens in a worker thread: the loop's own thread never calls read()."""
    threads: set[int] = set()

    class Watched(Named):
        def read(self, size: int | None = -1) -> bytes:
            if size:
                threads.add(threading.get_ident())
            return super().read(size)

    file = Watched(LARGE, "x.wav")
    assert file_sent(backend, file)[2] == LARGE
    assert threads
    assert threading.get_ident() not in threads


def test_memory_stays_flat_for_a_large_file(tmp_path: Path) -> None:
    """100 MB pass through in blocks, in a process of its own."""
    program = """
import resource, sys, httpx
from aistats._files.upload import Form
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with Form({}, {"file": sys.argv[1]}).opened() as parts:
    request = httpx.Request("POST", "http://gateway.test", files=parts)
    before = peak()
    total = sum(map(len, request.stream))
assert total == int(request.headers["content-length"]) > 100_000_000
assert peak() - before < 4096, peak() - before
"""
    path = tmp_path / "large.wav"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, timeout=60)  # noqa: S603
