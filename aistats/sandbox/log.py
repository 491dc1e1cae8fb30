"""What arrived at the sandbox, without any secret, and the means to assert on it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from attrs import define, field

from aistats.sandbox.calls import Call, decode_or
from aistats.sandbox.validation import problems_of

if TYPE_CHECKING:
    from collections.abc import Mapping


KEPT = 10_000
BODY_KEPT = 64 * 1024
SECRET_HEADERS = frozenset({"authorization", "cookie", "x-api-key", "proxy-authorization"})
SECRET_QUERY = re.compile(r"((?:download_token|download_sig|api_key|key)=)[^&]+")
KEY_LIKE = re.compile(r"\b((?:phaseo|aistats)_v1_(?:sk|mk)_\w{1,6})[\w-]*")


@define(kw_only=True)
class Received:
    """One request as it arrived; `status` is None while it is unanswered or was dropped."""

    method: str
    path: str
    operation: str | None
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)
    query_string: str = ""
    status: int | None = None
    fault: str | None = None
    call: Call | None = field(default=None, repr=False, eq=False)

    @property
    def problems(self) -> list[str]:
        """Return what the API's description has against the request, accepted or not."""
        if self.operation == "media":  # another origin as far as a client can tell
            return []
        return problems_of(self.call) if self.call else ["there is no such operation"]

    @property
    def json(self) -> Any:
        """Return the decoded body, or None when it is not JSON."""
        return decode_or(None, self.body)

    @property
    def query(self) -> dict[str, list[str]]:
        """Return the query parameters, signatures masked."""
        return parse_qs(self.query_string, keep_blank_values=True)

    @property
    def idempotent(self) -> bool:
        """Tell whether a client may repeat it without asking."""
        return self.method in {"GET", "HEAD", "DELETE"}

    def matches(self, what: str) -> bool:
        """Tell whether *what* names this request; see `RequestLog.to`."""
        plain = f"{self.method} {self.path}"
        return fnmatchcase(self.operation or "", what) or fnmatchcase(plain, what)


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers with every secret hidden; a key keeps its kind, not its secret."""
    return {
        name: _mask(value) if name.lower() in SECRET_HEADERS else value
        for name, value in headers.items()
    }


def masked_query(query: str) -> str:
    """Return a query string whose signature and token are hidden."""
    return SECRET_QUERY.sub(r"\1***", query)


def _mask(value: str) -> str:
    scheme, _, token = value.partition(" ")
    shown = KEY_LIKE.sub(r"\1***", token) if KEY_LIKE.search(token) else "***"
    return f"{scheme} {shown}" if token else "***"


class RequestLog(list[Received]):
    """The requests in the order of their arrival; the oldest of very many are dropped."""

    def add(self, entry: Received) -> Received:
        """Note a request."""
        self.append(entry)
        del self[:-KEPT]
        return entry

    def __repr__(self) -> str:
        return f"<RequestLog {self.summary()}>"

    def to(self, what: str) -> RequestLog:
        """Return the requests to an operation (`videos.create`), a room (`videos.*`) or a path.

        A path is written with its method, `POST /videos`; `*` stands for anything.
        """
        return RequestLog(entry for entry in list(self) if entry.matches(what))

    @property
    def last(self) -> Received:
        """Return the newest request."""
        if not self:
            raise AssertionError("no request has arrived")
        return self[-1]

    def summary(self) -> list[str]:
        """Return one line for each request: method, path, status."""
        return [f"{e.method} {e.path} -> {e.status or e.fault or 'no answer'}" for e in self]

    def assert_called(self, what: str, *, times: int | None = None) -> RequestLog:
        """Fail unless the operation was called, *times* times if given; return its requests."""
        found = self.to(what)
        wrong = not found if times is None else len(found) != times
        if wrong:
            wanted = "at least one" if times is None else f"{times}"
            raise AssertionError(
                f"expected {wanted} request(s) to {what!r}, got {len(found)}; "
                f"what arrived: {self.summary()}"
            )
        return found

    def assert_valid(self) -> None:
        """Fail if a request is not as the API's description wants it; the gateway may be laxer."""
        wrong = {f"{e.method} {e.path}": e.problems for e in self if e.problems}
        if wrong:
            raise AssertionError(f"requests that the description does not allow: {wrong}")

    def assert_not_called(self, what: str) -> None:
        """Fail if the operation was called."""
        self.assert_called(what, times=0)

    def assert_operations(self, *names: str) -> None:
        """Fail unless exactly these operations were called, in this order."""
        seen = [entry.operation for entry in self]
        if seen != list(names):
            raise AssertionError(f"expected {list(names)}, got {seen}")
