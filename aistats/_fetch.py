"""Opening a file of the gateway, or a URL it handed out, and writing it to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
from attrs import frozen

from aistats import _download
from aistats._content import refuse_other_than_media
from aistats._flow import Close, Flow
from aistats._parameters import Request
from aistats.errors import ConfigurationError, ConnectionFailedError

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from aistats._engine import Engine

_REDIRECTS = 5


@frozen
class Absolute:
    """A URL that the gateway handed out; it may lead to another host."""

    url: str


def to_file(
    engine: Engine[Any],
    source: Request | Absolute,
    path: str | os.PathLike[str],
    *,
    overwrite: bool,
    progress: bool = False,
    documents: bool = False,
) -> Flow[Path]:
    """Fetch `source` into the file `path`, whole or not at all.

    With `documents`, JSON and HTML are files like others; else they are no success.
    """
    retry = source.retry if isinstance(source, Request) else None
    deadline = engine.deadline(retry)

    def opener() -> Flow[httpx.Response]:
        if isinstance(source, Absolute):
            return _open_absolute(engine, source, deadline)
        return _open_media(engine, source, deadline, documents=documents)

    bar = None
    if progress:
        from aistats._progress import ByteBar

        bar = ByteBar()
    try:
        written: Path = yield from _download.save(
            engine,
            opener,
            path,
            overwrite=overwrite,
            retry=retry,
            deadline=deadline,
            on_bytes=bar.update if bar else None,
        )
    finally:
        if bar:
            bar.close()
    return written


def _open_media(
    engine: Engine[Any], request: Request, deadline: float | None, *, documents: bool
) -> Flow[httpx.Response]:
    """Open a body of the gateway's own."""
    response: httpx.Response = yield from engine.send(
        request, credential="inference", accept="*/*", stream=True, deadline=deadline
    )
    yield from refuse_other_than_media(response, documents=documents)
    return response


def _open_absolute(
    engine: Engine[Any], source: Absolute, deadline: float | None
) -> Flow[httpx.Response]:
    """Open a URL that the gateway handed out: without the key, unless it is the gateway's own."""
    url = _url_of(source.url)
    own = True
    for _ in range(_REDIRECTS):
        engine.check_fetchable(url)
        own = own and engine.is_own(url)  # once elsewhere, nobody sends our key back here
        credential = "inference" if own and "download_sig" not in url.params else "none"
        path = url.raw_path.partition(b"?")[0].decode("ascii")
        response: httpx.Response = yield from engine.send(
            Request("GET", path, absolute=url),
            credential=credential,
            accept="*/*",
            stream=True,
            deadline=deadline,
        )
        target = response.headers.get("location")
        if response.status_code < 300 or not target:
            yield from refuse_other_than_media(response, documents=False)
            return response
        yield Close(response)
        url = _url_of(target, url)
    raise ConnectionFailedError(f"{url.host} redirected more than {_REDIRECTS} times")


def _url_of(text: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        return base.join(text) if base else httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError) as error:  # a lone surrogate is no address either
        raise ConfigurationError(
            f"the gateway gave a URL that cannot be read, nothing was fetched: {error}"
        ) from None
