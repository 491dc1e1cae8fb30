"""Files on disk: whole, flushed and renamed, or not there at all; and the key stays at home."""

from __future__ import annotations

import asyncio
import errno
import gzip
import io
import os
import threading
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from aistats import (
    ConfigurationError,
    ConnectionFailedError,
    Limits,
    MusicJob,
    RequestTimeoutError,
    ResponseDecodeError,
    Retry,
    _download,
)
from aistats._content import audio_of
from aistats._download import write_bytes
from aistats._parameters import Request
from tests.colours import KEY, Colour, Script, answer, colours, with_client
from tests.loopback import Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VIDEO = b"\x00\x01video" * 1000
GIVEN = {"content-type": "video/mp4"}


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body of parts; a part may be an error to raise or something to do."""

    def __init__(self, *parts: bytes | BaseException | Callable[[], Any]) -> None:
        self.parts = list(parts)
        self.closed = False

    def _next(self) -> bytes | None:
        if self.closed:
            raise httpx.ReadError("closed")
        while self.parts:
            part = self.parts.pop(0)
            if isinstance(part, bytes):
                return part
            if isinstance(part, BaseException):
                raise part
            part()
        return None

    def __iter__(self) -> Any:
        while (part := self._next()) is not None:
            yield part

    async def __aiter__(self) -> Any:
        while (part := self._next()) is not None:
            await anyio.lowlevel.checkpoint()
            yield part

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def media(*parts: Any, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, stream=Body(*parts), headers={**GIVEN, **named})


def download(script: Script, colour: Colour, path: Any, **options: Any) -> Any:
    """Download the video of a job; what the client is told goes in `settings`."""
    settings = options.pop("settings", {})
    return script.call(
        colour, lambda client: client.videos.download("G-01", path, **options), **settings
    )


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- whole, and in the right order ---


@colours
def test_a_file_appears_whole(colour: Colour, tmp_path: Path) -> None:
    """Its content is what was sent, nothing else is left in the folder, and the path is given."""
    script = Script(media(VIDEO[:5], VIDEO[5:], content_length=str(len(VIDEO))))
    target = tmp_path / "result.mp4"
    assert download(script, colour, str(target)) == target
    assert files_in(tmp_path) == {"result.mp4": VIDEO}
    assert script.requests[0].url.path == "/v1/videos/G-01/content"
    assert script.requests[0].headers["accept-encoding"] == "identity"


@colours
def test_a_large_file_is_written_in_blocks(colour: Colour, tmp_path: Path) -> None:
    """More than a block is never held back, and arrives in order."""
    part = os.urandom(700_000)
    download(Script(media(part, part, part)), colour, tmp_path / "a")
    assert files_in(tmp_path) == {"a": part * 3}


@colours
def test_a_compressed_body_is_written_as_its_content(colour: Colour, tmp_path: Path) -> None:
    """A proxy may compress; the length it promises is that of what travels."""
    packed = gzip.compress(VIDEO * 500)
    script = Script(media(packed, content_encoding="gzip", content_length=str(len(packed))))
    download(script, colour, tmp_path / "a")
    assert files_in(tmp_path) == {"a": VIDEO * 500}


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_is_flushed_before_it_gets_its_name(
    overwrite: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power may fail at any moment: name first and content later would be a half file."""
    target = tmp_path / "a"
    seen: list[str] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        seen.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")  # noqa: PTH112
        seen.append("named" if target.exists() else "nameless")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    download(Script(media(VIDEO)), "sync", target, overwrite=overwrite)
    assert seen == ["file", "nameless", "folder", "named"]


def test_the_users_umask_counts(tmp_path: Path) -> None:
    """A downloaded file has the permissions that any new file of the user has."""
    before = os.umask(0o022)
    try:
        download(Script(media(VIDEO)), "sync", tmp_path / "a")
        os.umask(0o027)
        download(Script(media(VIDEO)), "sync", tmp_path / "b")
    finally:
        os.umask(before)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "b")]
    assert modes == [0o644, 0o640]


@colours
def test_a_download_over_a_socket_that_is_cut_begins_again(colour: Colour, tmp_path: Path) -> None:
    """A connection closed inside the body, as a proxy does it: the second one brings all of it."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: %d\r\n\r\n" % len(VIDEO)
    cuts = [1, 1000]

    def serve(connection: Any, _: bytes) -> None:
        if not cuts:
            connection.sendall(head + VIDEO)
            return
        connection.sendall(head + VIDEO[: cuts.pop()])
        connection.close()

    with Server(serve) as server:
        found = with_client(
            colour,
            lambda client: client.videos.download("G-01", tmp_path / "a"),
            base_url=f"{server.url}/v1",
            retry=Retry(base=0.001),
        )
    assert found == tmp_path / "a"
    assert files_in(tmp_path) == {"a": VIDEO}
    assert len(server.requests) == 3


@colours
def test_a_progress_bar_may_watch(colour: Colour, tmp_path: Path) -> None:
    """It is told every chunk and closed at the end, whatever the end is."""
    download(Script(media(VIDEO)), colour, tmp_path / "a", progress=True)
    assert files_in(tmp_path) == {"a": VIDEO}
    with pytest.raises(ConnectionFailedError):
        download(
            Script(breaks()),
            colour,
            tmp_path / "b",
            progress=True,
            settings={"retry": Retry(attempts=1)},
        )


# --- the target ---


@colours
@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("old", FileExistsError, "pass overwrite=True"),
        ("folder", IsADirectoryError, "name a file in it"),
        ("missing/a", FileNotFoundError, "create it first"),
        ("old/a", NotADirectoryError, "is not a folder"),
        ("a\0b", ConfigurationError, "pass the path"),
    ],
)
def test_a_target_that_cannot_be_is_refused_before_anything_is_fetched(
    colour: Colour, name: str, kind: type[Exception], says: str, tmp_path: Path
) -> None:
    """The error says what to do; the script would fail on any request."""
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(kind, match=says):
        download(Script(), colour, f"{tmp_path}/{name}")
    assert files_in(tmp_path) == {"old": b"old"}


@pytest.mark.parametrize("path", ["", None, 5])
def test_a_target_must_be_a_path(path: Any) -> None:
    """An empty or foreign value is refused."""
    with pytest.raises(ConfigurationError, match="pass the path"):
        download(Script(), "sync", path)


@colours
def test_a_target_is_replaced_only_when_told(colour: Colour, tmp_path: Path) -> None:
    """`overwrite=True` replaces it in one step."""
    target = tmp_path / "a"
    target.write_bytes(b"old")
    download(Script(media(VIDEO)), colour, target, overwrite=True)
    assert files_in(tmp_path) == {"a": VIDEO}


@pytest.mark.parametrize("links", [True, False])
def test_a_target_that_appeared_meanwhile_is_left_alone(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's file of that name stays, with and without hard links."""
    target = tmp_path / "a"
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(FileExistsError, match="appeared meanwhile"):
        download(Script(media(b"x", lambda: target.write_bytes(b"theirs"), b"y")), "sync", target)
    assert files_in(tmp_path) == {"a": b"theirs"}


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "no hard links here")


def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the temporary file is renamed."""
    monkeypatch.setattr(os, "link", no_links)
    download(Script(media(VIDEO)), "sync", tmp_path / "a")
    assert files_in(tmp_path) == {"a": VIDEO}


def test_a_very_long_name_leaves_room_for_the_temporary_one(tmp_path: Path) -> None:
    """A name of the longest length the system takes can be written."""
    name = "n" * 255
    download(Script(media(VIDEO)), "sync", tmp_path / name)
    assert files_in(tmp_path) == {name: VIDEO}


# --- bodies that end too early ---


def breaks() -> httpx.Response:
    return media(VIDEO[:100], httpx.ReadError("reset"))


@colours
@pytest.mark.parametrize(
    "broken",
    [
        breaks,
        lambda: media(VIDEO[:100], content_length=str(len(VIDEO))),
        lambda: media(VIDEO, b"more", content_length=str(len(VIDEO))),
        lambda: media(VIDEO[:100], httpx.RemoteProtocolError("cut")),
    ],
)
def test_a_download_that_breaks_off_begins_again(
    colour: Colour, broken: Callable[[], httpx.Response], tmp_path: Path
) -> None:
    """From the start, since the gateway cannot resume; the file is the second body alone."""
    script = Script(broken(), broken(), media(VIDEO, content_length=str(len(VIDEO))))
    download(script, colour, tmp_path / "a")
    assert files_in(tmp_path) == {"a": VIDEO}
    assert script.naps == [0.5, 1.0]


@colours
def test_a_download_that_breaks_off_again_and_again_is_an_error(
    colour: Colour, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After the attempts of the retry policy; an older target is untouched, nothing is left."""
    (tmp_path / "a").write_bytes(b"old")
    responses = [breaks() for _ in range(3)]
    script = Script(*responses)
    with pytest.raises(ConnectionFailedError, match=r"127\.0\.0\.1 broke off") as caught:
        download(script, colour, tmp_path / "a", overwrite=True)
    assert isinstance(caught.value.__cause__, httpx.ReadError)
    assert files_in(tmp_path) == {"a": b"old"}
    assert all(response.stream.closed for response in responses)  # type: ignore[union-attr]
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 2


@colours
def test_a_body_that_stalls_is_a_timeout(colour: Colour, tmp_path: Path) -> None:
    """The class says which of the two it was."""
    script = Script(media(b"x", httpx.ReadTimeout("")))
    with pytest.raises(RequestTimeoutError):
        download(script, colour, tmp_path / "a", settings={"retry": Retry(attempts=1)})
    assert files_in(tmp_path) == {}


@colours
def test_the_budget_bounds_the_whole_download(colour: Colour, tmp_path: Path) -> None:
    """A body that drips, the repeats and the naps between them all count."""
    script = Script()

    def wait() -> None:
        script.now += 4.0

    script.steps.extend(media(*[b"x", wait] * 9, b"") for _ in range(9))
    with pytest.raises(RequestTimeoutError, match="budget"):
        download(script, colour, tmp_path / "a", settings={"retry": Retry(attempts=9, budget=10.0)})
    assert script.now <= 1012.0
    assert len(script.requests) == 1
    assert files_in(tmp_path) == {}


@colours
def test_a_nap_that_would_end_after_the_budget_is_not_begun(colour: Colour, tmp_path: Path) -> None:
    """Then what broke off is raised at once."""
    script = Script(breaks(), breaks())
    retry = Retry(attempts=9, base=4.0, budget=10.0)
    with pytest.raises(ConnectionFailedError, match="broke off"):
        download(script, colour, tmp_path / "a", settings={"retry": retry})
    assert script.naps == [4.0]


@colours
@pytest.mark.parametrize("content", [b"not gzip", gzip.compress(VIDEO)[:-9]], ids=["none", "cut"])
def test_broken_compression_is_our_error_and_not_repeated(
    colour: Colour, content: bytes, tmp_path: Path
) -> None:
    """It would be broken again."""
    script = Script(media(content, content_encoding="gzip"))
    with pytest.raises(ResponseDecodeError, match="encoding"):
        download(script, colour, tmp_path / "a")
    assert files_in(tmp_path) == {}


# --- interruption ---


@colours
def test_ctrl_c_leaves_nothing(colour: Colour, tmp_path: Path) -> None:
    """The temporary file is gone, the older target as it was, the connection closed."""
    (tmp_path / "a").write_bytes(b"old")
    response = media(VIDEO, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        download(Script(response), colour, tmp_path / "a", overwrite=True)
    assert files_in(tmp_path) == {"a": b"old"}
    assert response.stream.closed  # type: ignore[union-attr]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancellation_at_any_moment_leaves_nothing_or_the_whole(
    backend: str, tmp_path: Path
) -> None:
    """Cancelled at its n-th chunk or flush, for every n."""

    async def cancelled_at(n: int) -> bool:
        count = 0
        folder = tmp_path / f"{backend}-{n}"
        folder.mkdir()

        def step() -> None:
            nonlocal count
            count += 1
            if count == n:
                scope.cancel()

        script = Script(media(*[step, VIDEO] * 3, step))
        with anyio.CancelScope() as scope:
            await script.client(backend).videos.download("G-01", folder / "a")
        done = not scope.cancelled_caught
        assert files_in(folder) == ({"a": VIDEO * 3} if done else {})
        return count < n

    n = 1
    while not anyio.run(cancelled_at, n, backend=backend):
        n += 1
    assert n == 5


@pytest.mark.parametrize("step", ["open", "fsync"])
def test_asyncios_own_cancellation_in_a_thread_leaves_nothing_behind(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`task.cancel()` while the disk is busy: no temporary file remains, now or later."""
    begun, release = threading.Event(), threading.Event()
    real = getattr(os, step)

    def slow(*args: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            assert release.wait(60)
        return real(*args)

    async def main() -> None:
        client = Script(media(VIDEO)).client("asyncio")
        task = asyncio.ensure_future(client.videos.download("G-01", tmp_path / "a"))
        while not begun.is_set():  # noqa: ASYNC110 - it happens in another thread
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        release.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not [name for name in files_in(tmp_path) if name.endswith(".part")]

    monkeypatch.setattr(os, step, slow)
    asyncio.run(main())
    assert files_in(tmp_path) in ({}, {"a": VIDEO})


# --- disks ---


class FullDisk(io.RawIOBase):
    """A file on a disk that takes no byte more."""

    def writable(self) -> bool:
        return True

    def write(self, _: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@colours
@pytest.mark.parametrize("size", [10, 3_000_000])
def test_a_full_disk_leaves_nothing(
    colour: Colour, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's error comes through, also where it comes up again at closing the file."""
    real = os.fdopen

    def full(handle: int, mode: str) -> Any:
        real(handle, mode).close()
        return io.BufferedWriter(FullDisk())

    monkeypatch.setattr(_download.os, "fdopen", full)
    response = media(b"x" * size)
    with pytest.raises(OSError, match="No space left") as caught:
        download(Script(response), colour, tmp_path / "a")
    assert caught.value.errno == errno.ENOSPC
    assert files_in(tmp_path) == {}
    assert response.stream.closed  # type: ignore[union-attr]


def test_a_folder_that_cannot_be_flushed_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems refuse it; the file itself is safe by then."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112
            raise OSError(errno.EINVAL, "not a file")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    download(Script(media(VIDEO)), "sync", tmp_path / "a")
    assert files_in(tmp_path) == {"a": VIDEO}


def test_other_systems_have_no_folders_to_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows cannot open a folder; nobody tries."""
    monkeypatch.setattr(_download, "_FLUSHES_FOLDERS", False)
    assert write_bytes(VIDEO, tmp_path / "a", overwrite=False) == tmp_path / "a"
    assert files_in(tmp_path) == {"a": VIDEO}


@pytest.mark.parametrize("failing", ["link", "fsync"])
def test_bytes_in_memory_are_written_whole_or_not_at_all(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same rules without a network; what cannot be tidied up hides no error."""

    def fails(*_: object) -> None:
        raise KeyboardInterrupt

    write_bytes(b"1", tmp_path / "a", overwrite=False)
    with pytest.raises(FileExistsError):
        write_bytes(b"2", tmp_path / "a", overwrite=False)
    monkeypatch.setattr(os, failing, fails)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(b"3", tmp_path / "b", overwrite=False)
    assert files_in(tmp_path) == {"a": b"1"}


# --- what is no file ---


@colours
@pytest.mark.parametrize(
    ("response", "says", "body"),
    [
        (
            lambda: media(b"<html>log in</html>", content_type="text/html; charset=utf-8"),
            "text/html where a file was promised",
            b"<html>log in</html>",
        ),
        (
            lambda: media(b'{"a":1}', content_type="Application/JSON"),
            "application/json where a file was promised",
            b'{"a":1}',
        ),
        (
            lambda: httpx.Response(302, headers={"location": "https://cdn.example/x?s=hidden"}),
            r"redirect to cdn\.example",
            b"",
        ),
        (lambda: media(VIDEO, content_encoding="br"), "'br' was not asked for", None),
    ],
)
def test_a_page_or_a_redirect_is_no_video(
    colour: Colour,
    response: Callable[[], httpx.Response],
    says: str,
    body: bytes | None,
    tmp_path: Path,
) -> None:
    """The error keeps what came; nothing is written."""
    with pytest.raises(ResponseDecodeError, match=says) as caught:
        download(Script(response()), colour, tmp_path / "a")
    assert body is None or caught.value.body == body
    assert "hidden" not in str(caught.value)
    assert files_in(tmp_path) == {}


# --- handed-out URLs ---


def save_music(script: Script, colour: Colour, path: Path, url: str, **settings: Any) -> Any:
    raw = {"id": "G-01M", "status": "completed", "audio_url": url}
    return script.call(
        colour,
        lambda client: MusicJob(id="G-01M", raw=raw, engine=client.engine).save(path),
        headers={"X-Team": "hidden"},
        **settings,
    )


def redirect(to: str) -> httpx.Response:
    return httpx.Response(307, headers={"location": to}, stream=Body(b"moved"))


OWN = "http://127.0.0.1:9"


@colours
def test_nobody_can_send_a_key_elsewhere_by_mistake(colour: Colour) -> None:
    """The engine itself leaves it out of a request to another origin."""
    script = Script(answer(), answer())
    engine = script.engine(colour)
    for host in ("cdn.example", "127.0.0.1"):
        url = httpx.URL(f"http://{host}:9/v1/a")
        flow = engine.send(Request("GET", "/v1/a", absolute=url), credential="inference")
        script.play(colour, flow)
    assert ["authorization" in request.headers for request in script.requests] == [False, True]


@colours
def test_the_budget_bounds_handed_out_urls_as_well(colour: Colour, tmp_path: Path) -> None:
    """Every read of the body, after any redirect, has what is left."""
    script = Script(redirect("https://cdn.example/b"), media(VIDEO))
    retry = Retry(budget=10.0)
    save_music(script, colour, tmp_path / "a", "https://cdn.example/a", retry=retry)
    script.now += 4.0
    left = [request.extensions["timeout"].get("read") for request in script.requests]
    assert left == [6.0, 6.0]


@colours
@pytest.mark.parametrize(
    ("url", "redirects", "keys"),
    [
        (f"{OWN}/v1/media/a.wav", [], [True]),
        (f"{OWN}/v1/media/a.wav?download_sig=s&expires_at=1", [], [False]),
        ("https://cdn.example/a.wav", [], [False]),
        ("http://127.0.0.1:10/a.wav", [], [False]),
        ("http://localhost:9/a.wav", [], [False]),
        ("https://127.0.0.1:9/a.wav", [], [False]),
        (f"{OWN}/a", ["https://cdn.example/a?sig=1"], [True, False]),
        (f"{OWN}/a", ["/b", "../c"], [True, True, True]),
        ("https://cdn.example/a", [f"{OWN}/v1/keys"], [False, False]),
        (f"{OWN}/a", ["https://cdn.example/b", f"{OWN}/c"], [True, False, False]),
    ],
)
def test_the_key_goes_to_the_gateways_own_origin_only(
    colour: Colour, url: str, redirects: list[str], keys: list[bool], tmp_path: Path
) -> None:
    """Neither the key nor the caller's headers go elsewhere, nor to a URL that is signed."""
    script = Script(*map(redirect, redirects), media(VIDEO))
    save_music(script, colour, tmp_path / "a", url)
    assert files_in(tmp_path) == {"a": VIDEO}
    sent = [request.headers.get("authorization") for request in script.requests]
    assert sent == [f"Bearer {KEY}" if key else None for key in keys]
    for request in script.requests:
        own = str(request.url).startswith(f"{OWN}/")
        assert ("x-team" in request.headers) is own
        assert own or "not-a-real-secret" not in str(request.headers.raw)


NOT_FETCHED = {
    "http://cdn.example/a": "only https is",
    "http://127.0.0.1.example/a": "only https is",
    "ftp://cdn.example/a": "only https is",
    "file:///etc/passwd": "only https is",
    "https://cdn.example:port/a": "cannot be read",
    "https://cdn\x7f.example/a": "cannot be read",
}
NOT_ABSOLUTE = {"/relative": "only https is", "https:///a": "only https is"}


@colours
@pytest.mark.parametrize(
    ("url", "says", "redirected"),
    [
        *((url, says, False) for url, says in (NOT_FETCHED | NOT_ABSOLUTE).items()),
        *((url, says, True) for url, says in NOT_FETCHED.items()),
    ],
)
def test_urls_that_are_not_fetched(
    colour: Colour, url: str, says: str, redirected: bool, tmp_path: Path
) -> None:
    """Plain http, other schemes and what is no URL: directly or after a redirect."""
    script = Script(*([redirect(url)] if redirected else []))
    first = "https://cdn.example/first" if redirected else url
    with pytest.raises(ConfigurationError, match=says):
        save_music(script, colour, tmp_path / "a", first)
    assert files_in(tmp_path) == {}


@colours
def test_a_remote_gateway_cannot_send_us_to_our_own_machine(colour: Colour, tmp_path: Path) -> None:
    """http on loopback is for a gateway that is there itself."""
    with pytest.raises(ConfigurationError, match="only https is"):
        save_music(
            Script(),
            colour,
            tmp_path / "a",
            "http://127.0.0.1:8080/admin",
            base_url="https://example.com/v1",
        )


@colours
def test_redirects_end(colour: Colour, tmp_path: Path) -> None:
    """A circle is an error, and so is a redirect to nowhere."""
    circle = [redirect("https://cdn.example/a?x=hidden") for _ in range(5)]
    with pytest.raises(ConnectionFailedError, match="more than 5 times") as caught:
        save_music(Script(*circle), colour, tmp_path / "a", "https://cdn.example/a")
    assert "hidden" not in str(caught.value)
    nowhere = httpx.Response(302, stream=Body())
    with pytest.raises(ResponseDecodeError, match="redirect"):
        save_music(Script(nowhere), colour, tmp_path / "a", "https://cdn.example/a")
    assert all(response.stream.closed for response in (*circle, nowhere))  # type: ignore[union-attr]


@colours
def test_a_handed_out_url_is_logged_without_its_query(
    colour: Colour, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Signatures and line breaks in it stay out of the log and out of errors."""
    url = "https://cdn.example/a%0Ab?sig=hidden"
    with caplog.at_level("DEBUG"), pytest.raises(ConnectionFailedError) as caught:
        save_music(Script(*[httpx.ReadError("no")] * 3), colour, tmp_path / "a", url)
    assert "hidden" not in caplog.text + str(caught.value)
    ours = [record.getMessage() for record in caplog.records if record.name == "aistats"]
    assert len(ours) == 5
    assert all(message.startswith("GET /a%0Ab: ") for message in ours)


@colours
def test_music_in_the_answer_is_written_without_a_request(colour: Colour, tmp_path: Path) -> None:
    """Base64 is decoded; what is not base64 is passed over for the URL."""
    raw = {"status": "completed", "audio_base64": "AAEC"}
    Script().call(colour, lambda c: MusicJob(id="m", raw=raw, engine=c.engine).save(tmp_path / "a"))
    assert files_in(tmp_path) == {"a": b"\0\1\2"}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ({}, None),
        ({"audio_base64": "!!", "audio_url": "u"}, "u"),
        ({"audio_base64": "", "output": [5, {"audio_url": "u"}]}, "u"),
        ({"result": {"audio_base64": "AA=="}}, b"\0"),
        ({"output": {"audio_url": "u"}}, "u"),
        ({"audio_url": 5, "output": "x", "result": None}, None),
    ],
)
def test_audio_is_found_wherever_it_is(raw: dict[str, Any], found: Any) -> None:
    """At the top, in `result` or in `output`; bytes before a URL."""
    assert audio_of(raw) == found


# --- bodies as values ---


def speech(client: Any) -> Any:
    return client.audio.speech.create(model="m", input="hello", voice="v")


LARGE = [os.urandom(600_000) for _ in range(3)]


async def _maybe(value: Any) -> Any:
    return await value if hasattr(value, "__await__") else value


def used(script: Script, colour: Colour, use: Any, **settings: Any) -> Any:
    """Let `use`, an async function, work with the speech of either colour."""

    async def on(client: Any) -> Any:
        return await use(await _maybe(speech(client)))

    client = script.client(colour, **settings)
    return anyio.run(on, client, backend="asyncio" if colour == "sync" else colour)


async def blocks_of(content: Any) -> list[bytes]:
    blocks = content.iter_bytes()
    if hasattr(blocks, "__aiter__"):
        return [block async for block in blocks]
    return list(blocks)


@colours
def test_a_small_body_may_be_used_again_and_again(colour: Colour, tmp_path: Path) -> None:
    """It is in memory: read, iterated and saved as often as one likes."""
    response = media(b"ab", b"cd", content_type="audio/mpeg")

    async def use(content: Any) -> None:
        for name in ("a", "b"):
            assert await _maybe(content.read()) == b"abcd"
            assert await blocks_of(content) == [b"abcd"]
            assert await _maybe(content.save(tmp_path / name)) == tmp_path / name
        assert content.content_type == "audio/mpeg"
        assert content.headers["content-type"] == "audio/mpeg"
        assert repr(content) == "<BinaryContent audio/mpeg, 4 bytes>"
        await _maybe(content.close())
        assert await _maybe(content.read()) == b"abcd"

    used(Script(response), colour, use)
    assert response.stream.closed  # type: ignore[union-attr]
    assert files_in(tmp_path) == {"a": b"abcd", "b": b"abcd"}


@colours
@pytest.mark.parametrize("way", ["read", "blocks", "save"])
def test_a_large_body_is_streamed_once(colour: Colour, way: str, tmp_path: Path) -> None:
    """It comes whole, gives its connection back, and says so when it is asked for again."""
    response = media(*LARGE)

    async def use(content: Any) -> bytes:
        assert "streamed" in repr(content)
        assert not response.stream.closed  # type: ignore[union-attr]
        if way == "read":
            found = await _maybe(content.read())
            assert await _maybe(content.read()) == found
            return bytes(found)
        if way == "blocks":
            found = b"".join(await blocks_of(content))
        else:
            path = await _maybe(content.save(tmp_path / "a"))
            found = path.read_bytes()
        with pytest.raises(ConfigurationError, match="read, saved or closed before"):
            await _maybe(content.read())
        with pytest.raises(ConfigurationError, match="read, saved or closed before"):
            await blocks_of(content)
        with pytest.raises(ConfigurationError, match="read, saved or closed before"):
            await _maybe(content.save(tmp_path / "b"))
        return found

    assert used(Script(response), colour, use) == b"".join(LARGE)
    assert response.stream.closed  # type: ignore[union-attr]


@colours
def test_a_large_body_that_is_closed_is_lost(colour: Colour) -> None:
    """As a context manager it closes itself, and so its connection."""
    response = media(*LARGE)

    async def use(content: Any) -> None:
        if hasattr(content.engine.world, "sleep") and colour == "sync":
            with content as same:
                assert same is content
        else:
            async with content as same:
                assert same is content
        with pytest.raises(ConfigurationError, match="closed before"):
            await _maybe(content.read())

    used(Script(response), colour, use)
    assert response.stream.closed  # type: ignore[union-attr]


@colours
@pytest.mark.parametrize("way", ["read", "blocks", "save"])
def test_a_large_body_that_breaks_off_is_our_error(
    colour: Colour, way: str, tmp_path: Path
) -> None:
    """However it is read; nothing is left on disk."""
    response = media(*LARGE[:2], httpx.ReadError("reset"))

    async def use(content: Any) -> None:
        ways = {
            "read": lambda: _maybe(content.read()),
            "blocks": lambda: blocks_of(content),
            "save": lambda: _maybe(content.save(tmp_path / "a")),
        }
        with pytest.raises(ConnectionFailedError, match="broke off"):
            await ways[way]()

    used(Script(response), colour, use)
    assert files_in(tmp_path) == {}
    assert response.stream.closed  # type: ignore[union-attr]


@colours
def test_a_large_body_that_cannot_be_saved_gives_its_connection_back(
    colour: Colour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error of the disk comes through."""
    response = media(*LARGE)

    def no_disk(_: Any) -> None:
        raise OSError(errno.EIO, "broken disk")

    async def use(content: Any) -> None:
        with pytest.raises(OSError, match="broken disk"):
            await _maybe(content.save(tmp_path / "a"))

    monkeypatch.setattr(_download.os, "fsync", no_disk)
    used(Script(response), colour, use)
    assert files_in(tmp_path) == {}
    assert response.stream.closed  # type: ignore[union-attr]


@colours
def test_a_small_body_that_breaks_off_is_our_error(colour: Colour) -> None:
    """Already in the call that makes it."""
    response = media(b"ab", httpx.ReadTimeout(""))
    with pytest.raises(RequestTimeoutError, match="broke off"):
        Script(response).call(colour, speech)
    assert response.stream.closed  # type: ignore[union-attr]


@colours
def test_reading_into_memory_has_a_limit(colour: Colour) -> None:
    """A body without end is not swallowed; to a file it may be of any length."""
    response = media(*LARGE)

    async def use(content: Any) -> None:
        with pytest.raises(ResponseDecodeError, match="larger than 1500000 bytes"):
            await _maybe(content.read())

    used(Script(response), colour, use, limits=Limits(body=1_500_000))
    assert response.stream.closed  # type: ignore[union-attr]


@colours
@pytest.mark.parametrize("kind", ["text/html", "application/json"])
def test_speech_is_no_document_but_a_file_may_be_one(colour: Colour, kind: str) -> None:
    """JSON instead of audio is no success; the content of a file may be anything."""
    with pytest.raises(ResponseDecodeError, match=f"{kind} where a file was promised"):
        Script(media(b"{}", content_type=kind)).call(colour, speech)
    script = Script(media(b"{}", content_type=kind))
    found = script.call(colour, lambda client: client.files.content("f"))
    assert found.content_type == kind


@colours
def test_content_is_not_fetched_from_where_a_redirect_points(colour: Colour) -> None:
    """The status of a redirect is no content."""
    with pytest.raises(ResponseDecodeError, match=r"redirect to cdn\.example"):
        Script(redirect("https://cdn.example/a")).call(colour, speech)
