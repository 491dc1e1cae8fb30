"""Files on disk: whole, flushed and renamed, or not there at all; and the key stays at home."""

from __future__ import annotations

import asyncio
import errno
import gzip
import io
import os
import socket
import stat
import threading
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest

from aistats import (
    ConfigurationError,
    ConnectionFailedError,
    MusicJob,
    RequestTimeoutError,
    ResponseDecodeError,
    Retry,
)
from tests.bodies import VIDEO, Body, files_in, media
from tests.colours import KEY, Colour, Script, colours, with_client
from tests.loopback import Server, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONCE = {"retry": Retry(attempts=1)}


def download(script: Script, colour: Colour, path: Any, **options: Any) -> Any:
    """Download the video of a job; what the client is told goes in `settings`."""
    settings = options.pop("settings", {})
    return script.call(
        colour, lambda client: client.videos.download("G-01", path, **options), **settings
    )


# --- whole, and in the right order ---


@colours
@pytest.mark.parametrize("named", [str, lambda path: path])
def test_a_file_appears_whole(colour: Colour, named: Callable[[Path], Any], tmp_path: Path) -> None:
    """Its content is what was sent, nothing else is left in the folder, and the path is given."""
    script = Script(media(VIDEO[:5], VIDEO[5:], content_length=str(len(VIDEO))))
    target = tmp_path / "result.mp4"
    assert download(script, colour, named(target)) == target
    assert files_in(tmp_path) == {"result.mp4": VIDEO}
    assert script.requests[0].url.path == "/v1/videos/G-01/content"
    assert script.requests[0].headers["accept-encoding"] == "identity"
    assert script.requests[0].headers["accept"] == "*/*"


LARGE = os.urandom(700_000)
PACKED = gzip.compress(LARGE)
MEMBERS = gzip.compress(VIDEO) + gzip.compress(b"") + gzip.compress(LARGE)
WHOLE = {
    "blocks": ([LARGE, LARGE, LARGE], {}, LARGE * 3),
    "gzip": ([PACKED], {"content_encoding": "gzip", "content_length": str(len(PACKED))}, LARGE),
    "members": ([MEMBERS], {"content_encoding": "gzip"}, VIDEO + LARGE),
    "members in pieces": (
        [MEMBERS[at : at + 999] for at in range(0, len(MEMBERS), 999)],
        {"content_encoding": "x-gzip"},
        VIDEO + LARGE,
    ),
    **{
        coding: ([VIDEO], {"content_encoding": coding, "content_length": str(len(VIDEO))}, VIDEO)
        for coding in ("none", "identity", "binary", "aws-chunked", "utf-8", "Identity, none", "")
    },
}


@colours
@pytest.mark.parametrize("case", WHOLE)
def test_what_is_sent_is_what_is_written(colour: Colour, case: str, tmp_path: Path) -> None:
    """In blocks, compressed by a proxy, in several gzip members, or under a coding that is none."""
    parts, headers, content = WHOLE[case]
    download(Script(media(*parts, **headers)), colour, tmp_path / "a", settings=ONCE)
    assert files_in(tmp_path) == {"a": content}


@colours
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_is_flushed_before_it_gets_its_name(
    colour: Colour, overwrite: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power may fail at any moment: name first and content later would be a half file."""
    target = tmp_path / "a"
    seen: list[str] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        seen.append("named" if target.exists() else "nameless")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    download(Script(media(VIDEO)), colour, target, overwrite=overwrite)
    assert seen == ["file", "nameless", "folder", "named"]


def test_permissions_are_those_of_the_umask_or_of_the_old_file(tmp_path: Path) -> None:
    """A new file has what any new file of the user has; one that is replaced keeps what it had."""
    (tmp_path / "c").write_bytes(b"old")
    (tmp_path / "c").chmod(0o604)
    (tmp_path / "link").symlink_to("c")
    before = os.umask(0o022)
    try:
        download(Script(media(VIDEO)), "sync", tmp_path / "a")
        os.umask(0o027)
        download(Script(media(VIDEO)), "sync", tmp_path / "b", overwrite=True)
        download(Script(media(VIDEO)), "sync", tmp_path / "link", overwrite=True)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "abc"]
    assert modes == [0o644, 0o640, 0o604]
    assert (tmp_path / "link").is_symlink()


def test_what_replaces_a_private_file_is_private_all_along(tmp_path: Path) -> None:
    """Nobody else can read the temporary file either."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o600)
    modes: list[int] = []

    def look() -> None:
        modes.extend(path.stat().st_mode & 0o077 for path in tmp_path.iterdir())

    download(Script(media(b"x", look, b"y")), "sync", tmp_path / "a", overwrite=True)
    assert modes == [0, 0]


# --- the target ---


@colours
@pytest.mark.parametrize(
    ("name", "overwrite", "kind", "says"),
    [
        ("old", False, FileExistsError, "pass overwrite=True"),
        ("link", False, FileExistsError, "pass overwrite=True"),
        ("dangling", False, FileExistsError, "pass overwrite=True"),
        ("astray", True, FileNotFoundError, "create it first"),
        ("circle", True, OSError, "symbolic links"),
        ("folder", True, IsADirectoryError, "name a file in it"),
        ("to_folder", True, IsADirectoryError, "name a file in it"),
        ("new/", True, IsADirectoryError, "name a file in it"),
        ("folder/.", True, IsADirectoryError, "name a file in it"),
        ("folder/..", True, IsADirectoryError, "name a file in it"),
        ("missing/a", True, FileNotFoundError, "create it first"),
        ("old/a", True, NotADirectoryError, "old is not a folder"),
        ("pipe", True, FileExistsError, "is a device, a pipe or a socket"),
        ("to_pipe", True, FileExistsError, "is a device, a pipe or a socket"),
        ("socket", True, FileExistsError, "is a device, a pipe or a socket"),
        ("/dev/null", True, FileExistsError, "is a device, a pipe or a socket"),
        ("n" * 256, True, OSError, "name too long"),
        ("湖" * 86, True, OSError, "name too long"),
        ("a\0b", True, ConfigurationError, "pass the path"),
        ("\ud800", True, ConfigurationError, "pass the path"),
    ],
)
def test_a_target_that_cannot_be_is_refused_before_anything_is_fetched(
    colour: Colour,
    name: str,
    overwrite: bool,
    kind: type[Exception],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The script would fail on any request, and everything stays what it was."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
    links = {"link": "old", "dangling": "new", "astray": "missing/a", "circle": "circle"}
    for link, to in {**links, "to_folder": "folder", "to_pipe": "pipe"}.items():
        (tmp_path / link).symlink_to(to)
    before = {path: path.lstat().st_ino for path in tmp_path.rglob("*")}
    with pytest.raises(kind, match=f"(?i){says}"):
        download(Script(), colour, name, overwrite=overwrite)
    assert {path: path.lstat().st_ino for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("path", ["", None, 5, b"bytes"])
def test_a_target_must_be_a_path(path: Any) -> None:
    """An empty or foreign value is refused."""
    with pytest.raises(ConfigurationError, match="pass the path"):
        download(Script(), "sync", path)


def test_a_folder_that_takes_no_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is fetched; tests may run as root, who may write anywhere."""
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path)
    with pytest.raises(PermissionError, match="no file can be made"):
        download(Script(), "sync", tmp_path / "a")


@colours
@pytest.mark.parametrize(
    "name", ["plain", "...", "n" * 255, "湖" * 85, "é" * 120 + ".mp4", os.fsdecode(b"raw\xff")]
)
@pytest.mark.parametrize("old", ["none", "file", "link", "dangling link"])
def test_every_name_of_the_file_system_can_be_written(
    colour: Colour, name: str, old: str, tmp_path: Path
) -> None:
    """Names long in bytes, too; `overwrite=True` replaces what is there, or what a link says."""
    target = tmp_path / name
    if "link" in old:
        (tmp_path / "there").mkdir()
        target.symlink_to(tmp_path / "there" / "real")
    if old in ("file", "link"):
        target.write_bytes(b"old")
    assert download(Script(media(VIDEO)), colour, target, overwrite=old != "none") == target
    assert target.read_bytes() == VIDEO
    assert target.is_symlink() is ("link" in old)
    assert len([*tmp_path.rglob("*")]) == (3 if "link" in old else 1)


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("appears", [True, False])
def test_a_target_that_appeared_meanwhile_is_left_alone(
    links: bool, appears: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's file of that name stays, on file systems with and without hard links."""
    target = tmp_path / "a"

    def appear() -> None:
        if appears:
            target.write_bytes(b"theirs")

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    script = Script(media(b"x", appear, b"y"))
    if appears:
        with pytest.raises(FileExistsError, match="appeared meanwhile"):
            download(script, "sync", target)
    else:
        download(script, "sync", target)
    assert files_in(tmp_path) == {"a": b"theirs" if appears else b"xy"}


# --- bodies that are not whole ---


def breaks() -> httpx.Response:
    return media(VIDEO[:100], httpx.ReadError("reset"))


@colours
@pytest.mark.parametrize(
    "broken",
    [
        breaks,
        lambda: media(VIDEO[:100], content_length=str(len(VIDEO))),
        lambda: media(VIDEO, b"more", content_length=str(len(VIDEO))),
        lambda: media(VIDEO[:100], content_length=str(len(VIDEO)), content_encoding="none"),
        lambda: media(content_length=str(len(VIDEO))),
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
    with pytest.raises(ConnectionFailedError, match=r"127\.0\.0\.1 broke off") as caught:
        download(Script(*responses), colour, tmp_path / "a", overwrite=True)
    assert isinstance(caught.value.__cause__, httpx.ReadError)
    assert files_in(tmp_path) == {"a": b"old"}
    assert all(response.is_closed for response in responses)
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 2


@colours
@pytest.mark.parametrize("chunked", [False, True])
def test_a_download_over_a_socket_that_is_cut_begins_again(
    colour: Colour, chunked: bool, tmp_path: Path
) -> None:
    """A connection closed inside the body, as a proxy does it: the third one brings all of it."""
    size = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % len(VIDEO)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n" + size + b"\r\n\r\n"
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(VIDEO), VIDEO) if chunked else VIDEO
    cuts = [1, 1000]

    def serve(connection: Any, _: bytes) -> None:
        if not cuts:
            connection.sendall(head + body)
            return
        connection.sendall(head + body[: cuts.pop()])
        connection.close()

    with Server(serve) as server:
        settings = {"base_url": f"{server.url}/v1", "retry": Retry(base=0.001)}
        ask = lambda client: client.videos.download("G-01", tmp_path / "a")  # noqa: E731
        assert with_client(colour, ask, **settings) == tmp_path / "a"
    assert files_in(tmp_path) == {"a": VIDEO}
    assert len(server.requests) == 3


@colours
@pytest.mark.parametrize(
    ("response", "says", "body"),
    [
        (media, "empty where a file was promised", b""),
        (lambda: media(content_length="0"), "empty where a file was promised", b""),
        (lambda: media(gzip.compress(b""), content_encoding="gzip"), "empty", None),
        (lambda: httpx.Response(204), "status 204", b""),
        (lambda: media(b"abc", status=206, content_range="bytes 0-2/9"), "status 206", b"abc"),
        (lambda: media(VIDEO, status=202), "not a whole file", VIDEO),
        (lambda: media(b"not gzip", content_encoding="gzip"), "broken content encoding", None),
        (lambda: media(PACKED[:-9], content_encoding="gzip"), "broken content encoding", None),
        (lambda: media(MEMBERS[:-1], content_encoding="gzip"), "broken content encoding", None),
        (lambda: media(VIDEO, content_encoding="br"), "'br' was not asked for", None),
        (lambda: media(VIDEO, content_encoding="gzip, gzip"), "more than one", None),
        (
            lambda: media(b"<html>log in</html>", content_type="text/html; charset=utf-8"),
            "text/html where a file was promised",
            b"<html>log in</html>",
        ),
        (
            lambda: media(b'{"a":', b"1}", content_type="Application/JSON"),
            "application/json where a file was promised",
            b'{"a":1}',
        ),
        (
            lambda: media(
                b'{"error":{"code":7,"message":"gone"}}', content_type="application/problem+json"
            ),
            "7: gone",
            None,
        ),
        (
            lambda: httpx.Response(302, headers={"location": "https://cdn.example/x?s=hidden"}),
            r"redirect to cdn\.example",
            b"",
        ),
    ],
)
def test_what_is_no_whole_file_is_not_written(
    colour: Colour,
    response: Callable[[], httpx.Response],
    says: str,
    body: bytes | None,
    tmp_path: Path,
) -> None:
    """It would be the same again, so there is one request; the error keeps what came."""
    made = response()
    with pytest.raises(ResponseDecodeError, match=says) as caught:
        download(Script(made), colour, tmp_path / "a")
    assert body is None or caught.value.body == body
    assert "hidden" not in str(caught.value)
    assert files_in(tmp_path) == {}
    assert made.is_closed


# --- time and interruption ---


@colours
def test_a_body_that_stalls_is_a_timeout(colour: Colour, tmp_path: Path) -> None:
    """The class says which of the two it was."""
    script = Script(media(b"x", httpx.ReadTimeout("")))
    with pytest.raises(RequestTimeoutError):
        download(script, colour, tmp_path / "a", settings=ONCE)
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


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_the_budget_is_exact_on_an_async_client(backend: Colour, tmp_path: Path) -> None:
    """It ends the wait for a piece that does not come, and no other attempt begins."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 9\r\n\r\nx"
    with Server(say(head)) as server, pytest.raises(RequestTimeoutError, match="budget"):
        with_client(
            backend,
            lambda client: client.videos.download("G-01", tmp_path / "a"),
            base_url=f"{server.url}/v1",
            retry=Retry(budget=0.3),
        )
    assert len(server.requests) == 1
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
def test_ctrl_c_leaves_nothing(colour: Colour, tmp_path: Path) -> None:
    """The temporary file is gone, the older target as it was, the connection closed."""
    (tmp_path / "a").write_bytes(b"old")
    response = media(VIDEO, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        download(Script(response), colour, tmp_path / "a", overwrite=True)
    assert files_in(tmp_path) == {"a": b"old"}
    assert response.is_closed


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancellation_at_any_moment_leaves_nothing_or_the_whole(
    backend: Colour, tmp_path: Path
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

    monkeypatch.setattr(os, "fdopen", full)
    response = media(b"x" * size)
    with pytest.raises(OSError, match="No space left") as caught:
        download(Script(response), colour, tmp_path / "a")
    assert caught.value.errno == errno.ENOSPC
    assert files_in(tmp_path) == {}
    assert response.is_closed


def test_a_folder_that_cannot_be_flushed_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems refuse it; the file itself is safe by then."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a file")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    download(Script(media(VIDEO)), "sync", tmp_path / "a")
    assert files_in(tmp_path) == {"a": VIDEO}


# --- handed-out URLs ---

OWN = "http://127.0.0.1:9"


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
        (f"{OWN}/a", ["/b?download_sig=s"], [True, False]),
        ("https://cdn.example/a", [f"{OWN}/v1/keys"], [False, False]),
        (f"{OWN}/a", ["https://cdn.example/b", f"{OWN}/c"], [True, False, False]),
        (f"{OWN}/a", ["/b"] * 5, [True] * 6),
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
    unread = redirected and "read" in says  # httpx itself reads where a redirect leads
    kind, says = (ConnectionFailedError, "location") if unread else (ConfigurationError, says)
    with pytest.raises(kind, match=says):
        save_music(script, colour, tmp_path / "a", first, **ONCE)
    assert files_in(tmp_path) == {}


@colours
@pytest.mark.parametrize("base", ["https://example.com/v1", "http://example.com/v1"])
def test_a_gateway_elsewhere_cannot_send_us_to_our_own_machine(
    colour: Colour, base: str, tmp_path: Path
) -> None:
    """http on loopback is for a gateway that is there itself; its own origin may be plain."""
    with pytest.raises(ConfigurationError, match="only https is"):
        save_music(Script(), colour, tmp_path / "a", "http://127.0.0.1:80/admin", base_url=base)
    own = base.replace("/v1", "/a.wav")
    save_music(Script(media(VIDEO)), colour, tmp_path / "a", own, base_url=base)
    assert files_in(tmp_path) == {"a": VIDEO}


@colours
def test_redirects_end(colour: Colour, tmp_path: Path) -> None:
    """A circle is an error, and so is a redirect to nowhere."""
    circle = [redirect("https://cdn.example/a?x=hidden") for _ in range(6)]
    with pytest.raises(ConnectionFailedError, match="more than 5 times") as caught:
        save_music(Script(*circle), colour, tmp_path / "a", "https://cdn.example/a")
    assert "hidden" not in str(caught.value)
    nowhere = httpx.Response(302, stream=Body())
    with pytest.raises(ResponseDecodeError, match="redirect"):
        save_music(Script(nowhere), colour, tmp_path / "a", "https://cdn.example/a")
    assert all(response.is_closed for response in (*circle, nowhere))


@colours
def test_the_budget_bounds_handed_out_urls_as_well(colour: Colour, tmp_path: Path) -> None:
    """Every request, after any redirect, has what is left."""
    script = Script()

    def slow(_: httpx.Request) -> httpx.Response:
        script.now += 4.0
        return redirect("https://cdn.example/b")

    script.steps.extend([slow, slow, media(VIDEO)])
    settings = {"timeout": 600.0, "retry": Retry(budget=10.0)}
    save_music(script, colour, tmp_path / "a", "https://cdn.example/a", **settings)
    assert [request.extensions["timeout"]["read"] for request in script.requests] == [10, 6, 2]


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
