"""Bodies as values, and successes that are errors in disguise."""

from __future__ import annotations

import errno
import gzip
import inspect
import itertools
import json
import os
import zlib
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import (
    ConfigurationError,
    ConnectionFailedError,
    Limits,
    RequestTimeoutError,
    ResponseDecodeError,
)
from aistats._core.answer import Answer, Gunzip
from aistats._core.decode import decode
from aistats_generated.operations import OPERATIONS
from tests.bodies import files_in, media
from tests.colours import Colour, Script, answer, colours

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from aistats_generated.operations import OperationSpec

LARGE = [os.urandom(600_000) for _ in range(3)]
USED = "read, saved or closed before"


def speech(client: Any) -> Any:
    return client.audio.speech.create(model="m", input="hello", voice="v")


async def _maybe(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


def used(
    script: Script, colour: Colour, use: Callable[[Any], Awaitable[Any]], **settings: Any
) -> Any:
    """Let `use`, an async function, work with the speech of either colour."""

    async def on(client: Any) -> Any:
        return await use(await _maybe(speech(client)))

    client = script.client(colour, **settings)
    return anyio.run(on, client, backend="asyncio" if colour == "sync" else colour)


async def blocks_of(content: Any) -> list[bytes]:
    blocks = content.iter_bytes()
    if content.engine.world.is_async:
        return [block async for block in blocks]
    return list(blocks)


def ways(content: Any, path: Path) -> dict[str, Callable[[], Awaitable[Any]]]:
    """Every way to get at a body."""
    return {
        "read": lambda: _maybe(content.read()),
        "blocks": lambda: blocks_of(content),
        "save": lambda: _maybe(content.save(path)),
    }


each_way = pytest.mark.parametrize("way", ["read", "blocks", "save"])


@colours
@pytest.mark.parametrize("parts", [[b"ab", b"cd"], [b"abcd"]])
def test_a_small_body_may_be_used_again_and_again(
    colour: Colour, parts: list[bytes], tmp_path: Path
) -> None:
    """It is in memory: read, iterated and saved as often as one likes, closed or not."""
    response = media(*parts, content_type="audio/mpeg")

    async def use(content: Any) -> None:
        assert response.is_closed
        for name in ("a", "b"):
            assert await _maybe(content.read()) == b"abcd"
            assert await blocks_of(content) == [b"abcd"]
            assert await _maybe(content.save(tmp_path / name)) == tmp_path / name
            await _maybe(content.close())
        assert content.content_type == "audio/mpeg"
        assert content.headers["Content-Type"] == "audio/mpeg"
        assert repr(content) == "<BinaryContent audio/mpeg, 4 bytes>"

    used(Script(response), colour, use)
    assert files_in(tmp_path) == {"a": b"abcd", "b": b"abcd"}


@colours
@each_way
def test_a_large_body_is_streamed_once(colour: Colour, way: str, tmp_path: Path) -> None:
    """It comes whole, gives its connection back, and says so when it is asked for again."""
    response = media(*LARGE)

    async def use(content: Any) -> bytes:
        assert "streamed" in repr(content)
        assert not response.is_closed
        found = await ways(content, tmp_path / "a")[way]()
        if way == "read":
            assert await _maybe(content.read()) == found
            return bytes(found)
        for again in ways(content, tmp_path / "b").values():
            with pytest.raises(ConfigurationError, match=USED):
                await again()
        return b"".join(found) if way == "blocks" else bytes(found.read_bytes())

    assert used(Script(response), colour, use) == b"".join(LARGE)
    assert response.is_closed
    assert [*files_in(tmp_path)] == (["a"] if way == "save" else [])


@colours
@pytest.mark.parametrize("leave", ["with", "close", "loop"])
def test_a_large_body_that_is_left_is_lost(colour: Colour, leave: str, tmp_path: Path) -> None:
    """As a context manager it closes itself, and so its connection."""
    response = media(*LARGE)

    async def use(content: Any) -> None:
        if leave == "close":
            await _maybe(content.close())
        elif leave == "loop":
            if colour == "sync":
                for _ in content.iter_bytes():
                    break
            else:
                async with content.iter_bytes() as blocks:
                    async for _ in blocks:
                        break
        elif colour == "sync":
            with content as same:
                assert same is content
        else:
            async with content as same:
                assert same is content
        assert response.is_closed
        for again in ways(content, tmp_path / "a").values():
            with pytest.raises(ConfigurationError, match=USED):
                await again()

    used(Script(response), colour, use)


@colours
@each_way
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ReadError("reset"), ConnectionFailedError),
        (httpx.ReadTimeout(""), RequestTimeoutError),
    ],
)
def test_a_body_that_breaks_off_is_our_error(
    colour: Colour, way: str, error: Exception, kind: type[Exception], tmp_path: Path
) -> None:
    """However it is read, and already in the call where it is small; nothing is left on disk."""
    large, small = media(*LARGE[:2], error), media(b"ab", error)

    async def use(content: Any) -> None:
        with pytest.raises(kind, match="broke off"):
            await ways(content, tmp_path / "a")[way]()

    used(Script(large), colour, use)
    with pytest.raises(kind, match="broke off"):
        Script(small).call(colour, speech)
    assert files_in(tmp_path) == {}
    assert large.is_closed
    assert small.is_closed


@colours
def test_a_large_body_that_cannot_be_saved_gives_its_connection_back(
    colour: Colour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error of the disk comes through; a target that cannot be costs nothing."""
    response = media(*LARGE)

    def no_disk(_: Any) -> None:
        raise OSError(errno.EIO, "broken disk")

    async def use(content: Any) -> None:
        with pytest.raises(IsADirectoryError):
            await _maybe(content.save(tmp_path))
        with pytest.raises(OSError, match="broken disk"):
            await _maybe(content.save(tmp_path / "a"))

    monkeypatch.setattr(os, "fsync", no_disk)
    used(Script(response), colour, use)
    assert files_in(tmp_path) == {}
    assert response.is_closed


@colours
def test_reading_into_memory_has_a_limit(colour: Colour) -> None:
    """A body without end is not swallowed; to a file it may be of any length."""
    response = media(*LARGE)

    async def use(content: Any) -> None:
        with pytest.raises(ResponseDecodeError, match="larger than 1500000 bytes"):
            await _maybe(content.read())

    used(Script(response), colour, use, limits=Limits(body=1_500_000))
    assert response.is_closed


@colours
@pytest.mark.parametrize(
    ("response", "says"),
    [
        (lambda: media(b"{}", content_type="text/html"), "text/html where a file was promised"),
        (lambda: media(b"{}", content_type="application/json"), "application/json where"),
        (media, "empty where a file was promised"),
        (lambda: media(b"abc", status=206), "status 206"),
        (lambda: answer(302, headers={"location": "https://cdn.example/a"}), r"to cdn\.example"),
    ],
)
def test_what_is_no_audio_is_no_success(
    colour: Colour, response: Callable[[], httpx.Response], says: str
) -> None:
    """Neither is where a redirect points."""
    with pytest.raises(ResponseDecodeError, match=says):
        Script(response()).call(colour, speech)


@colours
@pytest.mark.parametrize(
    ("kind", "body"), [("text/html", b"{}"), ("application/json", b"{}"), ("a/b", b"")]
)
def test_the_content_of_a_file_may_be_anything(colour: Colour, kind: str, body: bytes) -> None:
    """A document, or nothing at all: the gateway takes empty files."""
    script = Script(media(body, content_type=kind))
    found = script.call(colour, lambda client: client.files.content("f"))
    assert (found.content_type, repr(found)) == (kind, f"<BinaryContent {kind}, {len(body)} bytes>")


# --- errors with the status of a success ---

TOLD = {
    "object": ({"error": {"message": "Provider error", "code": 502}}, "502: Provider error"),
    "typed": ({"type": "error", "error": {"type": "overloaded", "message": "busy"}}, "overloaded"),
    "flat": ({"error": "upstream_error", "description": "it failed"}, "upstream_error: it failed"),
    "control plane": ({"ok": False, "error": "failed", "message": "no"}, "failed: no"),
    "of a job": ({"error": "not_ready", "status": "queued", "status_code": 409}, "not_ready"),
    "beside a result": (
        {"id": "G-1", "choices": [], "data": [], "error": {"message": "cut"}},
        "cut",
    ),
}
USER = [{"role": "user", "content": "x"}]
CALLS: dict[str, Any] = {
    "responses.create": lambda c: c.responses.create(model="m", input="x"),
    "chat.completions.create": lambda c: c.chat.completions.create(model="m", messages=USER),
    "messages.create": lambda c: c.messages.create(model="m", messages=USER, max_tokens=5),
    "embeddings.create": lambda c: c.embeddings.create(model="m", input="x"),
    "transcriptions.create": lambda c: c.audio.transcriptions.create(model="m", file=b"x"),
    "images.generate": lambda c: c.images.generate(model="m", prompt="x"),
    "models.list": lambda c: c.models.list().first_page(),
    "videos.create": lambda c: c.videos.create(model="m", prompt="x"),
    "videos.retrieve": lambda c: c.videos.retrieve("v"),
    "batches.create": lambda c: c.batches.create(input_file_id="f"),
    "files.create": lambda c: c.files.create(file=b"x", purpose="batch"),
    "generations.retrieve": lambda c: c.generations.retrieve("G-1"),
    "credits.retrieve": lambda c: c.credits.retrieve(),
    "health.check": lambda c: c.health.check(),
}


@colours
@pytest.mark.parametrize("told", TOLD)
def test_an_error_with_status_200_is_an_error(colour: Colour, told: str) -> None:
    """The message tells it, the body is kept, and it is not tried again."""
    body, says = TOLD[told]
    for call in CALLS.values():
        script = Script(answer(200, body))
        with pytest.raises(ResponseDecodeError, match=says) as caught:
            script.call(colour, call)
        assert json.loads(caught.value.body) == body
        assert (caught.value.status_code, len(script.requests)) == (200, 1)


JSON_OPERATIONS = [spec for spec in OPERATIONS.values() if spec.reply == "json"]


@pytest.mark.parametrize("spec", JSON_OPERATIONS, ids=lambda spec: spec.name)
def test_no_operation_takes_an_error_for_its_result(spec: OperationSpec) -> None:
    """Nor does one whose result has a status; but a failed job is a result."""
    may_be_job = spec.path.startswith(("/videos", "/batch", "/music"))
    error = {"code": "server_error", "message": "It broke."}
    for body in (
        {"error": error},
        {"id": "G-1", "object": "x", "status": "failed", "error": error},
    ):
        found = Answer(200, {}, json.dumps(body).encode())
        if may_be_job and "status" in body:
            assert decode(spec, found)["status"] == "failed"
        else:
            with pytest.raises(ResponseDecodeError, match="server_error: It broke"):
                decode(spec, found)


FAILED = [{"code": "server_error", "message": "It broke."}, "safety", None, {}]


@colours
@pytest.mark.parametrize("error", FAILED)
@pytest.mark.parametrize("word", ["status", "lifecycle_status"])
def test_the_failure_of_a_job_is_a_result(colour: Colour, word: str, error: object) -> None:
    """As the gateway really sends it, for every kind of job."""
    raw = {"id": "G-1", "object": "video", word: "failed", "error": error}
    script = Script(*[answer(200, raw) for _ in range(5)])
    job = script.call(colour, lambda c: c.videos.create(model="m", prompt="x"))
    assert (job.status, job.raw) == ("failed", raw)
    job = script.call(colour, lambda c: c.videos.job("G-1").refresh())
    assert (job.status, job.raw) == ("failed", raw)
    for kind in ("videos", "batches", "music"):
        found = script.call(colour, lambda c, kind=kind: getattr(c, kind).retrieve("G-1"))
        assert found.to_dict() == raw


@colours
@pytest.mark.parametrize("error", [None, {}, "", False])
def test_an_empty_error_says_nothing(colour: Colour, error: object) -> None:
    """The gateway writes `"error": null` into results."""
    raw = {"id": "G-1", "object": "response", "status": "completed", "error": error, "output": []}
    found = Script(answer(200, raw)).call(colour, CALLS["responses.create"])
    assert found.to_dict() == raw


GENERATION = {"id": "u", "error_code": "x", "error_message": "y", "error_payload": {"error": "z"}}


@colours
def test_the_record_of_a_failed_request_is_a_result(colour: Colour) -> None:
    """Its errors have other names."""
    found = Script(answer(200, GENERATION)).call(colour, CALLS["generations.retrieve"])
    assert found.to_dict() == GENERATION


# --- content codings ---

DOCUMENT = json.dumps({"status": "ok"}).encode()
MEMBERS = b"".join(gzip.compress(part, mtime=0) for part in (DOCUMENT[:5], DOCUMENT[5:]))


@colours
@pytest.mark.parametrize(
    ("coding", "body"),
    [
        *((word, DOCUMENT) for word in ("none", "identity", "binary", "aws-chunked", "utf-8", "")),
        *(
            (word, gzip.compress(DOCUMENT, mtime=0))
            for word in ("gzip", "x-gzip", "GZIP", "gzip, none")
        ),
        ("gzip", MEMBERS),
        ("gzip", MEMBERS + b"\0" * 9),
        ("deflate", zlib.compress(DOCUMENT)),
    ],
)
def test_json_is_read_whatever_its_coding_is_called(
    colour: Colour, coding: str, body: bytes
) -> None:
    """What is plain is taken as it is, what has several gzip members as a whole."""
    script = Script(media(body, content_type="application/json", content_encoding=coding))
    assert script.call(colour, CALLS["health.check"]).status == "ok"


@colours
@pytest.mark.parametrize(
    ("coding", "body", "says"),
    [
        ("gzip", DOCUMENT, "incorrect header"),
        ("gzip", MEMBERS[:-4], "ends too early"),
        ("gzip, gzip", DOCUMENT, "more than one"),
        ("br", DOCUMENT, "'br' was not asked for"),
        ("zstd", DOCUMENT, "'zstd' was not asked for"),
    ],
)
def test_what_cannot_be_decoded_is_said(
    colour: Colour, coding: str, body: bytes, says: str
) -> None:
    """Nothing is made of a part."""
    script = Script(media(body, content_type="application/json", content_encoding=coding))
    with pytest.raises(ResponseDecodeError, match=says):
        script.call(colour, CALLS["health.check"])


@given(
    members=st.lists(st.binary(max_size=300), min_size=1, max_size=4),
    cuts=st.lists(st.integers(0, 400), max_size=6),
    most=st.integers(1, 50),
)
def test_gzip_is_undone_however_it_is_cut(members: list[bytes], cuts: list[int], most: int) -> None:
    """In pieces of any length, never more at once than wanted."""
    packed = b"".join(map(gzip.compress, members))
    edges = sorted({0, *(cut % len(packed) for cut in cuts), len(packed)})
    undone, found = Gunzip(), b""
    for start, end in itertools.pairwise(edges):
        left = packed[start:end]
        while left:
            piece, left = undone.feed(left, most)
            assert len(piece) <= most
            found += piece
    while piece := undone.feed(b"", most)[0]:
        found += piece
    undone.end()
    assert found == b"".join(members)
