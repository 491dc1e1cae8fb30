"""The promise that every parser must keep, and the client whose server says what a test says.

Whatever comes, the caller sees a result or an `AIStatsError`; results can be read, printed, copied
and pickled, and errors are one line of text. A check raises for anything else.
"""

from __future__ import annotations

import copy
import functools
import math
import pickle
from typing import TYPE_CHECKING, Any

import httpx

from aistats import AIStats, AIStatsError, APIError, Retry, request_id_of, usage_of
from aistats_generated.types import ApiModel
from tests.trust.matrix import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Reply = tuple[int, list[tuple[bytes, bytes]], list[bytes]]
"""Status, headers, and the pieces of the body."""
LAST: Reply = (200, [], [b'{"id":"v1","status":"completed"}'])


class Stage:
    """A client whose server says what the test says, in memory."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self._replies: list[Reply] = []
        http = httpx.Client(transport=httpx.MockTransport(self._answer))
        self.client = AIStats(
            KEY,
            management_key=KEY.replace("_sk_", "_mk_"),
            base_url="https://gateway.example/v1",
            http_client=http,
            retry=Retry(attempts=1),
        )

    def plays(self, *replies: Reply) -> AIStats:
        """Give the client; its server sends these replies, and then `LAST` for ever."""
        self._replies = list(replies)
        self.asked.clear()
        return self.client

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        status, fields, pieces = self._replies.pop(0) if self._replies else LAST
        return httpx.Response(status, headers=fields, stream=_Pieces(pieces))


class _Pieces(httpx.SyncByteStream):
    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)


@functools.cache
def stage() -> Stage:
    """Give the one stage of this process."""
    return Stage()


def check_error(error: AIStatsError) -> None:
    """Have an error be one printable line, and survive pickle and copy."""
    text = str(error)
    assert text.isprintable() or not text, f"not one printable line: {text!r}"
    assert "\n" not in text
    assert len(text) < 2000
    repr(error)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 - our own pickle
        assert type(twin) is type(error)
        assert str(twin) == text
    if isinstance(error, APIError):
        assert isinstance(error.retryable, bool)
        after = error.retry_after
        assert after is None or (math.isfinite(after) and after >= 0), after


def check_result(result: Any, depth: int = 3) -> None:
    """Have a result be readable in every way that is promised."""
    if isinstance(result, AIStatsError):
        check_error(result)
    elif isinstance(result, ApiModel):
        for name in dir(result):
            if not name.startswith("_"):
                check_result(getattr(result, name, None), depth - 1)  # promised, yet missing
        assert type(result).from_dict(result.to_dict()) == result or has_nan(result.to_dict())
    elif isinstance(result, list | tuple) and depth > 0:
        for item in result[:5]:
            check_result(item, depth - 1)
    if depth == 3:
        repr(result)
        usage_of(result)
        request_id_of(result)
        pickle.dumps(result)
        copy.deepcopy(result)


def has_nan(value: Any) -> bool:
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, float) and math.isnan(each):
            return True
        left += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
    return False


def sees(call: Callable[[], Any], check: Callable[[Any], None] = check_result) -> None:
    """Have a call give a good result or a good error."""
    try:
        result = call()
        check(result)
    except AIStatsError as error:
        check_error(error)
