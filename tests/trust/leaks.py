"""A pytest plugin that fails a test in which a key's secret gets out.

It learns every key that the test's clients use, and looks for their secrets in what was logged,
warned, printed and reported, in the text, repr and pickle of every `AIStatsError`, in what a
traceback with local variables would show of it, and in the reprs of clients.

A `ConfigurationError` is about the caller's own arguments, so its local variables may hold them.
"""

from __future__ import annotations

import io
import logging
import pickle
import traceback
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import aistats
from aistats import AIStats, AIStatsError, APIKey, AsyncAIStats, ConfigurationError

if TYPE_CHECKING:
    import warnings
    from collections.abc import Generator, Iterator
    from types import FrameType

TESTS = str(Path(__file__).resolve().parents[1])
PACKAGE = str(Path(aistats.__file__).parent)
LONG = 1_000_000  # characters; a repr beyond that is looked at in part
SHORT = 6  # secrets below this length would be found by chance
KEPT = 60  # errors that are looked at after a test: its last ones


class Watch:
    """What a test did that could have shown a secret."""

    def __init__(self) -> None:
        self.secrets: set[str] = set()
        self.errors: deque[AIStatsError] = deque(maxlen=KEPT)
        self.texts: list[tuple[str, str]] = []

    def learn(self, key: APIKey) -> None:
        """Remember a secret that must not be seen from now on."""
        if len(key.secret) >= SHORT:
            self.secrets.add(key.secret)

    def saw(self, where: str, text: str) -> None:
        """Keep a text in which no secret may be."""
        if len(self.texts) < 100_000:
            self.texts.append((where, text[:LONG]))

    def leaks(self) -> list[str]:
        """Name the places in which a secret is; forget everything."""
        found = [where for where, text in self.texts if self._holds(text)]
        for error in self.errors:
            found += self._in_error(error)
        self.__init__()  # type: ignore[misc]  # back to the beginning
        return sorted(set(found))

    def _holds(self, text: str) -> bool:
        return any(secret in text for secret in self.secrets)

    def _in_error(self, error: AIStatsError) -> Iterator[str]:
        name = type(error).__name__
        notes = " ".join(getattr(error, "__notes__", ()))
        if self._holds(f"{error} {error!r} {error.args} {notes}"):
            yield f"the text of a {name}"
        if self._holds(_pickled(error)):
            yield f"the pickle of a {name}"
        for each in _chain_of(error):  # libraries that move errors between processes take it all
            request = getattr(each, "_request", None) or vars(each).get("request")
            if isinstance(request, httpx.Request) and self._holds(f"{request.headers.raw}"):
                yield f"the request of a {type(each).__name__} behind a {name}"
            if each is not error and self._holds(f"{each} {each!r} {each.args} {vars(each)}"):
                yield f"the text or the facts of a {type(each).__name__} behind a {name}"
        if not isinstance(error, ConfigurationError):
            for frame in _frames_of(error):
                where = f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}"
                for variable, value in list(frame.f_locals.items()):
                    if self._holds(_shown(value)):
                        yield f"the variable {variable!r} of {where} in a traceback of {name}"


def _pickled(error: AIStatsError) -> str:
    """Pickle an error its own way; a library in this process may have registered another one."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer)
    pickler.dispatch_table = {}  # distributed's follows every frame of every traceback
    pickler.dump(error)
    return buffer.getvalue().decode("latin-1")


def _chain_of(error: BaseException) -> Iterator[BaseException]:
    """Give an error and what led to it."""
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        each = left.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            left += [each.__cause__, each.__context__]
            yield each


def _frames_of(error: BaseException) -> Iterator[FrameType]:
    """Give the frames of an error and of what led to it, but those of the tests themselves."""
    for each in _chain_of(error):
        frames = [frame for frame, _ in traceback.walk_tb(each.__traceback__)]
        files = [frame.f_code.co_filename for frame in frames]
        ours = [place for place, file in enumerate(files) if file.startswith(PACKAGE)]
        # What called us belongs to the caller, who had the key before we had it.
        for frame, file in list(zip(frames, files, strict=True))[ours[0] if ours else 0 :]:
            if not file.startswith(TESTS):
                yield frame


def _shown(value: Any) -> str:
    """Give what an error report would show of a variable."""
    if isinstance(value, str | bytes):
        return repr(value[:LONG])
    try:
        return repr(value)[:LONG]
    except Exception:  # noqa: BLE001 - half-made objects may not have one
        return ""


class _Ears(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        watch.saw(f"the log of {record.name}", record.getMessage())
        if record.exc_info and record.exc_info[1] is not None:
            watch.saw(f"an exception in the log of {record.name}", str(record.exc_info[1]))


watch = Watch()
_patches = pytest.MonkeyPatch()
_ears = _Ears(logging.DEBUG)


def pytest_configure() -> None:
    """Begin to watch."""
    parse, init = APIKey.parse.__func__, AIStatsError.__init__

    def watched_parse(cls: type[APIKey], text: str, **options: Any) -> APIKey:
        key: APIKey = parse(cls, text, **options)
        watch.learn(key)
        return key

    def watched_init(self: AIStatsError, *args: Any) -> None:
        init(self, *args)
        watch.errors.append(self)

    _patches.setattr(APIKey, "parse", classmethod(watched_parse))
    _patches.setattr(AIStatsError, "__init__", watched_init)
    for kind in (AIStats, AsyncAIStats):
        _watch_client(kind)
    logging.getLogger().addHandler(_ears)


def _watch_client(kind: type[Any]) -> None:
    furnish = kind._furnish

    def watched_furnish(self: Any, engine: Any) -> None:
        furnish(self, engine)
        for each in (self, engine, engine.options, self.files):
            watch.saw(f"the repr of {type(each).__name__}", repr(each))

    _patches.setattr(kind, "_furnish", watched_furnish)


def pytest_unconfigure() -> None:
    """Stop watching."""
    logging.getLogger().removeHandler(_ears)
    _patches.undo()


def pytest_warning_recorded(warning_message: warnings.WarningMessage) -> None:
    """Keep what was warned."""
    watch.saw("a warning", str(warning_message.message))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that is over and has shown a secret."""
    report = yield
    if call.when == "teardown":
        for title, text in report.sections:
            watch.saw(title, text)
        found = watch.leaks()
        if found and report.outcome == "passed":
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: the secret of a key is in " + "; in ".join(found)
    return report
