"""Multipart bodies: what is in them, how they are read, and what is refused beforehand."""

from __future__ import annotations

import email.parser
import email.policy
import errno
import io
import json
import mimetypes
import os
import resource
import tempfile
import threading
from pathlib import Path

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import _upload_sources
from aistats._uploads import Multipart
from aistats.errors import AIStatsError, ConfigurationError
from aistats_generated.models import VideoListResponse

pytestmark = pytest.mark.anyio

WAV = mimetypes.guess_type("speech.wav")[0]  # differs between platforms


def body_of(multipart: Multipart) -> bytes:
    return b"".join(multipart.stream())


async def async_body_of(multipart: Multipart) -> bytes:
    return b"".join([block async for block in multipart.stream()])


def parts_of(multipart: Multipart) -> list[tuple[str, str | None, str | None, bytes]]:
    """Read a body with the standard library: name, file name, content type and content."""
    head = f"Content-Type: {multipart.content_type}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
        head + body_of(multipart)
    )
    assert not message.defects
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part["content-type"],
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


def test_text_fields_are_written_as_the_gateway_reads_them():
    """Booleans are words, lists repeat name[], objects are JSON, None is left out."""
    multipart = Multipart(
        {
            "model": "openai/whisper-1",
            "diarize": True,
            "stream": False,
            "temperature": 0.5,
            "n": 2,
            "languages": ["en", "de"],
            "timestamp_granularities[]": ["word"],
            "provider": {"order": ["openai"]},
            "rows": [["a", 1]],
            "left_out": None,
            "gaps": ["x", None],
            "things": ({"a": 1}, {"b": 2}),
        },
        {},
    )
    assert [(name, content.decode()) for name, _, _, content in parts_of(multipart)] == [
        ("model", "openai/whisper-1"),
        ("diarize", "true"),
        ("stream", "false"),
        ("temperature", "0.5"),
        ("n", "2"),
        ("languages[]", "en"),
        ("languages[]", "de"),
        ("timestamp_granularities[]", "word"),
        ("provider", '{"order": ["openai"]}'),
        ("rows[]", '["a", 1]'),
        ("gaps[]", "x"),
        ("things[]", '{"a": 1}'),
        ("things[]", '{"b": 2}'),
    ]


def test_models_are_written_as_their_json():
    """A generated model may stand wherever a dict may, at any depth."""
    model = VideoListResponse.from_dict({"data": [{"id": "G-1"}]})
    multipart = Multipart({"one": model, "more": {"inner": model}}, {})
    assert [json.loads(content) for *_, content in parts_of(multipart)] == [
        {"data": [{"id": "G-1"}]},
        {"inner": {"data": [{"id": "G-1"}]}},
    ]


def test_every_kind_of_file(tmp_path):
    """A path, its text, bytes, an open file and tuples of each give a part with name and type."""
    path = tmp_path / "speech.wav"
    path.write_bytes(b"from disk")
    with path.open("rb") as file:
        cases = [
            (path, ("speech.wav", WAV, b"from disk")),
            (str(path), ("speech.wav", WAV, b"from disk")),
            (b"just bytes", ("upload", "application/octet-stream", b"just bytes")),
            (bytearray(b"x"), ("upload", "application/octet-stream", b"x")),
            (memoryview(b"x"), ("upload", "application/octet-stream", b"x")),
            (file, ("speech.wav", WAV, b"from disk")),
            (io.BytesIO(b"held"), ("upload", "application/octet-stream", b"held")),
            (("a.mp3", b"tuple"), ("a.mp3", "audio/mpeg", b"tuple")),
            (("a.bin", path), ("a.bin", "application/octet-stream", b"from disk")),
            (("a.mp3", b"tuple", "audio/x-mine"), ("a.mp3", "audio/x-mine", b"tuple")),
        ]
        for given_file, expected in cases:
            ((name, *found),) = parts_of(Multipart({}, {"file": given_file}))
            assert (name, tuple(found)) == ("file", expected), given_file


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "upload.wav"),
        (b"RIFF\x24\x08\x00\x00WEBPVP8 ", "upload.webp"),
        (b"ID3\x04rest", "upload.mp3"),
        (b"\xff\xfbrest", "upload.mp3"),
        (b"fLaCrest", "upload.flac"),
        (b"OggSrest", "upload.ogg"),
        (b"\x1aE\xdf\xa3rest", "upload.webm"),
        (b"\x00\x00\x00\x20ftypM4A ", "upload.m4a"),
        (b"\x00\x00\x00\x20ftypisom", "upload.mp4"),
        (b"\x89PNG\r\n\x1a\nrest", "upload.png"),
        (b"\xff\xd8\xffrest", "upload.jpg"),
        (b"plain text", "upload"),
    ],
)
def test_bytes_without_a_name_are_named_by_their_beginning(content, name):
    """The gateway wants an extension or a media type, so bytes get the one that they show."""
    ((_, filename, media_type, _),) = parts_of(Multipart({}, {"file": content}))
    assert filename == name
    assert (media_type == "application/octet-stream") == (name == "upload")


def test_a_list_of_files_repeats_the_name():
    """Several pictures are parts of one name, in order."""
    parts = parts_of(Multipart({"prompt": "x"}, {"image": [b"1", ("b.png", b"2")], "mask": b"3"}))
    assert [(part[0], part[3]) for part in parts] == [
        *(("prompt", b"x"), ("image", b"1"), ("image", b"2"), ("mask", b"3"))
    ]


def test_a_body_without_anything_is_closed():
    """An empty form is still a form."""
    multipart = Multipart({}, {})
    boundary = multipart.content_type.partition("boundary=")[2]
    assert body_of(multipart) == f"--{boundary}--\r\n".encode()


def test_boundaries_are_random():
    """Nobody can prepare a file that ends its own part."""
    seen = {Multipart({"a": "b"}, {}).content_type for _ in range(20)}
    assert len(seen) == 20


@given(st.dictionaries(st.text("abc", min_size=1), st.text(max_size=30), max_size=4), st.binary())
def test_length_is_what_is_sent(fields, content):
    """The announced length is the true one, and a second attempt sends the same bytes."""
    multipart = Multipart(fields, {"file": ("f.bin", content)})
    first = body_of(multipart)
    assert len(first) == multipart.content_length
    assert multipart.repeatable
    assert body_of(multipart) == first
    assert content in first


async def test_async_and_sync_bodies_are_equal(tmp_path):
    """Both kinds of clients send the same bytes, from memory and from disk."""
    path = tmp_path / "f.bin"
    path.write_bytes(os.urandom(3_000_000))
    for files in ({"file": path}, {"file": b"memory"}, {"file": io.BytesIO(b"x" * 2_000_000)}):
        multipart = Multipart({"a": "1"}, files)
        assert await async_body_of(multipart) == body_of(multipart)


def test_an_open_file_is_sent_from_where_it_stands_and_again_from_there():
    """A file half read is sent from there on, at each attempt, and stays open."""
    file = io.BytesIO(b"0123456789")
    file.seek(4)
    multipart = Multipart({}, {"file": ("f", file)})
    assert multipart.repeatable
    for _ in range(2):
        assert b"\r\n\r\n456789\r\n" in body_of(multipart)
    assert multipart.content_length == len(body_of(multipart))
    assert not file.closed


class Unseekable(io.RawIOBase):
    """A pipe, in effect."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part, self._content = self._content[:size], self._content[size:]
        return part


def test_a_file_that_cannot_seek_is_sent_once_with_unknown_length():
    """Its length is not known and it cannot be repeated."""
    multipart = Multipart({}, {"file": ("f", Unseekable(b"x" * 10))})
    assert multipart.content_length is None
    assert not multipart.repeatable
    assert b"x" * 10 in body_of(multipart)


def test_a_named_pipe_is_sent_once_with_unknown_length(tmp_path):
    """A path may lead to something that is no ordinary file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    multipart = Multipart({}, {"file": pipe})
    assert multipart.content_length is None
    assert not multipart.repeatable
    writer = threading.Thread(target=pipe.write_bytes, args=(b"through the pipe",))
    writer.start()
    assert b"through the pipe" in body_of(multipart)
    writer.join()


def test_missing_files_and_folders_are_named(tmp_path):
    """What is not there is reported with its path, before anything is sent."""
    with pytest.raises(FileNotFoundError) as missing:
        Multipart({}, {"file": tmp_path / "nothing.wav"})
    assert missing.value.errno == errno.ENOENT
    assert missing.value.filename == str(tmp_path / "nothing.wav")
    assert "file: no such file" in str(missing.value)
    with pytest.raises(IsADirectoryError, match="a folder cannot be uploaded"):
        Multipart({}, {"file": tmp_path})


def test_unreadable_files_are_named(tmp_path, monkeypatch):
    """A file that may not be read is reported at once, not in the middle of a request."""
    path = tmp_path / "secret"
    path.write_bytes(b"x")
    monkeypatch.setattr(_upload_sources.os, "access", lambda *_: False)  # root may read anything
    with pytest.raises(PermissionError, match="may not be read"):
        Multipart({}, {"file": path})


async def _async_read(self, size=-1):
    return b""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (io.StringIO("text"), "binary mode"),
        (type("AsyncFile", (), {"read": _async_read})(), "binary mode"),
        (None, "expected a path"),
        (7, "expected a path"),
        ({"a": 1}, "expected a path"),
        (("only a name",), "tuple must be"),
        ((b"bytes", b"name"), "tuple must be"),
        (("a", b"b", "c/d", "e"), "tuple must be"),
        (("name.wav", "text"), "pathlib.Path"),
        (("name.wav", b"x", "not a type"), "not a content type"),
        (("name.wav", b"x", "audio/wav\r\nX-Evil: 1"), "not a content type"),
        (("na\r\nme", b"x"), "cannot be the name"),
        (("na\x00me", b"x"), "cannot be the name"),
        (("", b"x"), "cannot be the name"),
        (("\ud800", b"x"), "lone surrogate"),
        ("a\x00b", "not a path"),
    ],
)
def test_what_cannot_be_a_file_is_refused(value, words):
    """Wrong kinds, text-mode files and names that could inject headers are refused."""
    with pytest.raises(ConfigurationError, match=words):
        Multipart({}, {"file": value})


def test_closed_files_are_refused():
    """A closed file is reported before the request."""
    file = io.BytesIO(b"x")
    file.close()
    with pytest.raises(ConfigurationError, match="is closed"):
        Multipart({}, {"file": file})


def test_write_only_files_are_refused(tmp_path):
    """A file opened for writing is reported before the request."""
    with (
        (tmp_path / "f").open("wb") as file,
        pytest.raises(ConfigurationError, match="is not readable"),
    ):
        Multipart({}, {"file": file})


@pytest.mark.parametrize("name", ["a\r\nb", "a\nb", "\x00", ""])
def test_field_names_that_could_inject_headers_are_refused(name):
    """A line break in a field's name never reaches the wire."""
    with pytest.raises(ConfigurationError, match="cannot be the name of a field"):
        Multipart({name: "x"}, {})


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), object(), {"a": float("nan")}, "\ud800"]
)
def test_field_values_that_cannot_be_sent_are_refused(value):
    """What has no form in text or JSON is reported with the field's name."""
    with pytest.raises(ConfigurationError, match=r"odd"):
        Multipart({"odd": value}, {})


def test_quotes_in_names_are_escaped():
    """A quote cannot end the name, and other scripts stay readable."""
    body = body_of(Multipart({'a"b': "1"}, {"file": ('x"; filename="é中.wav', b"2")}))
    assert b'name="a%22b"' in body
    assert 'filename="x%22; filename=%22é中.wav"'.encode() in body


def test_a_file_that_shrinks_is_an_error_not_a_short_body(tmp_path):
    """Less than was announced is reported by name instead of leaving the server waiting."""
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"x" * 100)
    multipart = Multipart({}, {"file": path})
    path.write_bytes(b"x" * 40)
    with pytest.raises(AIStatsError, match=r"log\.jsonl lost 60 bytes"):
        body_of(multipart)


def test_a_file_that_grows_is_sent_as_long_as_announced(tmp_path):
    """What was written after the start of the call is not sent."""
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"x" * 100)
    multipart = Multipart({}, {"file": path})
    path.write_bytes(b"x" * 200)
    assert len(body_of(multipart)) == multipart.content_length


def _is_open(path: Path) -> bool:
    links = Path("/proc/self/fd")
    return any(os.path.realpath(link) == str(path) for link in links.iterdir())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_files_we_open_are_closed_when_an_upload_breaks_off(tmp_path):
    """An abandoned body leaves no file open, in either colour."""
    path = tmp_path / "f.bin"
    path.write_bytes(b"x" * 3_000_000)
    blocks = iter(Multipart({}, {"file": path}).stream())
    next(blocks)
    next(blocks)
    assert _is_open(path)
    del blocks
    assert not _is_open(path)

    async def break_off():
        blocks = aiter(Multipart({}, {"file": path}).stream())
        await anext(blocks)
        await anext(blocks)
        assert _is_open(path)

    anyio.run(break_off)
    assert not _is_open(path)


async def test_the_event_loop_goes_on_while_a_file_is_read():
    """Reading happens in a worker thread: the loop's own thread never calls read()."""
    threads = set()

    class Watched(io.BytesIO):
        def read(self, size=-1):
            if size:
                threads.add(threading.get_ident())
            return super().read(size)

    multipart = Multipart({}, {"file": ("f", Watched(b"x" * 3_000_000))})
    assert len(await async_body_of(multipart)) == multipart.content_length
    assert threads
    assert threading.get_ident() not in threads


def test_memory_stays_flat_for_a_large_file():
    """150 MB pass through in blocks of a megabyte."""
    with tempfile.NamedTemporaryFile() as file:
        file.truncate(150_000_000)
        multipart = Multipart({}, {"file": Path(file.name)})
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        largest = total = 0
        for block in multipart.stream():
            largest = max(largest, len(block))
            total += len(block)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert total == multipart.content_length
    assert largest <= 1024 * 1024
    assert grown < 8 * 1024  # KB


def test_httpx_sends_it_as_it_is():
    """The stream works as the body of an httpx request."""
    multipart = Multipart({"a": "1"}, {"file": b"content"})
    request = httpx.Request("POST", "http://gateway.test/", stream=multipart.stream())
    assert request.read() == body_of(multipart)
