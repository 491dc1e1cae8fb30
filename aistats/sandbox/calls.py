"""What a room of the sandbox receives and gives back, free of any socket and any state."""

from __future__ import annotations

import json
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, unquote

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from werkzeug.datastructures import FileStorage

Kind = Literal["inference", "management"]
KeyState = Literal["active", "revoked", "expired", "soft_blocked", "over_budget", "broken"]
JSONObject = dict[str, Any]
FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})


@frozen(kw_only=True)
class Answer:
    """One HTTP answer: JSON, or bytes, or an iterator of the pieces of a stream."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict[str, str])
    content_type: str = "application/json"

    @property
    def streamed(self) -> bool:
        """Tell whether the length is unknown, so that the body goes out in chunks."""
        return hasattr(self.body, "__next__")

    def pieces(self) -> Iterable[bytes]:
        """Return the body as the pieces it is sent in."""
        if self.streamed:
            return self.body  # type: ignore[no-any-return]  # an iterator of bytes
        return (self.body if isinstance(self.body, bytes) else encode(self.body),)


@frozen(kw_only=True)
class Incoming:
    """One request off the wire."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    too_large: bool


class Refusal(Exception):  # noqa: N818 - it is an answer on its way, not a fault of ours
    """Ends the work on a call with the answer it carries."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@frozen
class Route:
    """One row of the table of operations."""

    name: str
    method: str
    path: str
    room: Callable[..., Answer] = field(repr=False)
    credential: Literal[Kind, "none"] = field(default="inference", kw_only=True)
    shape: Literal["pipeline", "direct"] = field(default="direct", kw_only=True)
    auth_shape: Literal["pipeline", "direct"] = field(default="direct", kw_only=True)
    switches: Sequence[str] = field(default=(), kw_only=True)
    described_as: str = field(default="", kw_only=True)

    @property
    def template(self) -> str:
        """Return the path under which the description has the operation."""
        return self.described_as or self.path


@define(kw_only=True)
class KeyRecord:
    """One key: what it opens, and what is wrong with it."""

    kid: str
    secret: str
    kind: Kind = "inference"
    state: KeyState = "active"

    @property
    def text(self) -> str:
        """Return the key as its owner writes it."""
        tag = "sk" if self.kind == "inference" else "mk"
        return f"phaseo_v1_{tag}_{self.kid}_{self.secret}"


@define(kw_only=True, slots=False)
class Call:
    """One request, matched to its route and given its gateway id."""

    method: str
    path: str
    query_string: str
    headers: Mapping[str, str]
    body: bytes
    route: Route
    params: Mapping[str, str]
    request_id: str
    key: KeyRecord | None = None

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """Return the query parameters, each with all its values."""
        return parse_qs(self.query_string, keep_blank_values=True)

    def arg(self, name: str) -> str | None:
        """Return the first value of a query parameter."""
        return self.query.get(name, [None])[0]

    def words(self, name: str) -> set[str]:
        """Return the values of a parameter that may be repeated or separated by commas."""
        return {word for text in self.query.get(name, ()) for word in text.split(",") if word}

    def number(self, name: str) -> int:
        """Return a parameter that is a whole number; 0 when it is none."""
        text = self.arg(name) or ""
        return int(text) if text.isdecimal() and len(text) < 19 else 0

    def param(self, name: str) -> str:
        """Return a path parameter, percent-decoded."""
        return unquote(self.params[name])

    @property
    def is_form(self) -> bool:
        """Tell whether the body is a form; everything else is read as JSON, whatever it says."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower() in FORMS

    def json(self) -> Any:
        """Return the decoded body; raise ValueError for anything that is not JSON."""
        return decode(self.body)

    def json_object(self) -> JSONObject | None:
        """Return the decoded body if it is a JSON object."""
        value = decode_or(None, self.body)
        return value if isinstance(value, dict) else None

    @cached_property
    def form(self) -> tuple[dict[str, list[str]], dict[str, list[FileStorage]]]:
        """Return the fields and the files of a form body."""
        from werkzeug.formparser import FormDataParser
        from werkzeug.http import parse_options_header

        mimetype, options = parse_options_header(self.headers.get("content-type", ""))
        parser = FormDataParser(stream_factory=lambda *_, **__: BytesIO())
        _, fields, files = parser.parse(BytesIO(self.body), mimetype, len(self.body), options)
        return dict(fields.lists()), dict(files.lists())

    def fields(self) -> JSONObject:
        """Return the form's fields the way the gateway reads them: lists, and JSON where it is."""
        return {name.split("[")[0]: _value(name, texts) for name, texts in self.form[0].items()}


def encode(value: Any) -> bytes:
    """Write JSON the compact way the gateway does."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def decode(data: bytes | str) -> Any:
    """Read JSON as strictly as any answer could repeat it: no lone surrogates, no NaN."""
    try:
        value = json.loads(data.decode() if isinstance(data, bytes) else data)
        encode(value)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    return value


def decode_or(other: Any, data: bytes | str) -> Any:
    """Read JSON; return the other value for what is none."""
    try:
        return decode(data)
    except ValueError:
        return other


def _value(name: str, texts: list[str]) -> Any:
    decoded = [decode_or(text, text) if text[:1] in {"{", "["} else text for text in texts]
    return decoded if name.endswith("]") or len(decoded) > 1 else decoded[0]
