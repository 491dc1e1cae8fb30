"""What a room of the sandbox receives and gives back, free of any socket."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, unquote

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aistats.sandbox.keyring import KeyRecord
    from aistats.sandbox.state import World

Shape = Literal["pipeline", "direct"]
Credential = Literal["inference", "management", "none"]
Body = Any  # JSON, or bytes, or an iterable of byte pieces
JSONObject = dict[str, Any]


@frozen(kw_only=True)
class Answer:
    """One HTTP answer. A `body` that is neither bytes nor an iterator goes out as JSON."""

    body: Body = None
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict[str, str])
    content_type: str = "application/json"

    def pieces(self) -> Iterable[bytes]:
        """Return the body as the pieces it is sent in."""
        if isinstance(self.body, bytes):
            return (self.body,)
        if hasattr(self.body, "__next__"):
            return self.body  # type: ignore[no-any-return]  # an iterator of bytes, by contract
        return (encode(self.body),)

    @property
    def streamed(self) -> bool:
        """Tell whether the length is unknown, so that the body goes out in chunks."""
        return hasattr(self.body, "__next__")


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
    room: Callable[[World, Call], Answer] = field(repr=False)
    credential: Credential = field(default="inference", kw_only=True)
    shape: Shape = field(default="direct", kw_only=True)
    auth_shape: Shape = field(default="direct", kw_only=True)
    switches: tuple[str, ...] = field(default=(), kw_only=True)
    described_as: str | None = field(default=None, kw_only=True)


@frozen
class Upload:
    """One file of a multipart body."""

    filename: str
    content_type: str
    data: bytes


@define(kw_only=True)
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
    base_url: str
    key: KeyRecord | None = None
    _query: dict[str, list[str]] | None = None
    _form: tuple[dict[str, list[str]], dict[str, list[Upload]]] | None = None

    @property
    def query(self) -> dict[str, list[str]]:
        """Return the query parameters, each with all its values."""
        if self._query is None:
            self._query = parse_qs(self.query_string, keep_blank_values=True)
        return self._query

    def arg(self, name: str) -> str | None:
        """Return the first value of a query parameter."""
        return self.query.get(name, [None])[0]

    def param(self, name: str) -> str:
        """Return a path parameter, percent-decoded."""
        return unquote(self.params[name])

    @property
    def content_type(self) -> str:
        """Return the media type of the body without its parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def is_form(self) -> bool:
        """Tell whether the body is a form; everything else is read as JSON, whatever it says."""
        return self.content_type in {"multipart/form-data", "application/x-www-form-urlencoded"}

    def json(self) -> Any:
        """Return the decoded body; raise ValueError for anything that is not JSON."""
        return decode(self.body)

    def form(self) -> tuple[dict[str, list[str]], dict[str, list[Upload]]]:
        """Return the fields and the files of a form body."""
        if self._form is None:
            self._form = _parse_form(self.body, self.headers.get("content-type", ""))
        return self._form

    def fields(self) -> JSONObject:
        """Return the form's fields the way the gateway reads them: lists, and JSON where it is."""
        fields, _files = self.form()
        return {name.split("[")[0]: _form_value(name, values) for name, values in fields.items()}

    def file(self, name: str) -> Upload | None:
        """Return the uploaded file called *name*, also when it was sent as `name[]`."""
        files = self.form()[1]
        found = files.get(name) or files.get(f"{name}[]")
        return found[0] if found else None


def encode(value: Any) -> bytes:
    """Write JSON the compact way the gateway does."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def decode(data: bytes | str) -> Any:
    """Read JSON as strictly as any answer could repeat it: no lone surrogates, no NaN."""
    try:
        value = json.loads(data.decode() if isinstance(data, bytes) else data)
        encode(value)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    return value


def _parse_form(
    body: bytes, content_type: str
) -> tuple[dict[str, list[str]], dict[str, list[Upload]]]:
    from werkzeug.formparser import FormDataParser
    from werkzeug.http import parse_options_header

    mimetype, options = parse_options_header(content_type)
    parser = FormDataParser(stream_factory=lambda *_, **__: BytesIO())
    _stream, fields, files = parser.parse(BytesIO(body), mimetype, len(body), options)
    uploads = {
        name: [Upload(f.filename or "", f.mimetype, f.stream.read()) for f in parts]
        for name, parts in files.lists()
    }
    return dict(fields.lists()), uploads


def _form_value(name: str, values: list[str]) -> Any:
    decoded = [_json_or_text(value) for value in values]
    return decoded if name.endswith("]") or len(decoded) > 1 else decoded[0]


def _json_or_text(value: str) -> Any:
    if value[:1] in {"{", "["}:
        try:
            return decode(value)
        except ValueError:
            return value
    return value
