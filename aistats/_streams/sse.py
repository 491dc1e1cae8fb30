"""Server-sent events out of bytes, however the network cut them (WHATWG HTML §9.2.6).

Lines end at CR, LF or CRLF and nowhere else, so a U+2028 inside a text stays text.
"""

from __future__ import annotations

ServerEvent = tuple[str, str]
"""An event: its name ("" when it has none) and its data lines, joined by LF."""

BARE = "\n"
"""The name, which no event can have, of JSON that stands in the stream without `data:`."""

_BOM = b"\xef\xbb\xbf"


class EventTooLongError(ValueError):
    """An event grew beyond the limit before its end came."""


class SSEDecoder:
    """Turns chunks of bytes into events. Comments, `id:`, `retry:` and unknown fields are skipped.

    `feed` costs time linear in the chunk, so an event may come in a million pieces.
    """

    def __init__(self, limit: int) -> None:
        """`limit` is how many bytes an event may have."""
        self._limit = limit
        self._begun = False
        self._after_cr = False  # an LF that comes now belongs to the CR before it
        self._after_line = False  # an LF that comes now is a blank line
        self._parts: list[bytes] = []  # what came after the last complete event
        self._size = 0

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """Give the events that `chunk` completes; `EventTooLongError` beyond the limit."""
        if chunk and (self._after_cr or b"\r" in chunk):  # a CR ends its line before its LF comes
            chunk = chunk.removeprefix(b"\n") if self._after_cr else chunk
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not chunk:
            return []
        ends_event = b"\n\n" in chunk or (self._after_line and chunk.startswith(b"\n"))
        self._after_line = chunk.endswith(b"\n")
        self._parts.append(chunk)
        self._size += len(chunk)
        events = self._split() if ends_event else []
        if self._size > self._limit:
            raise self._too_long_error()
        return events

    def end(self) -> list[ServerEvent]:
        """Give what lacked only its closing blank line; it may be cut anywhere."""
        rest = self._text(b"".join(self._parts))
        self._parts, self._size = [], 0
        return _events_in(rest)

    def _split(self) -> list[ServerEvent]:
        done, _, rest = b"".join(self._parts).rpartition(b"\n\n")
        self._parts, self._size = [rest] if rest else [], len(rest)
        self._after_line = rest.endswith(b"\n")
        frames = self._text(done).split("\n\n")
        if len(done) > self._limit and max(map(len, frames)) > self._limit:
            raise self._too_long_error()
        events: list[ServerEvent] = []
        for frame in frames:  # the two usual shapes first: this is where every event passes
            if frame.startswith("data: ") and "\n" not in frame:
                events.append(("", frame[6:]))
                continue
            name, mark, data = frame.partition("\ndata: ")
            if mark and name.startswith("event: ") and "\n" not in data and "\n" not in name:
                events.append((name[7:], data))
            else:
                events += _events_in(frame)
        return events

    def _text(self, content: bytes) -> str:
        content = content if self._begun else content.removeprefix(_BOM)
        self._begun = True
        return content.decode("utf-8", "replace")

    def _too_long_error(self) -> EventTooLongError:
        return EventTooLongError(f"an event is longer than {self._limit:,} bytes")


def _events_in(frame: str) -> list[ServerEvent]:
    """Read the lines up to a blank one: an event if one is data, and JSON that stands bare."""
    name, data, unknown = "", list[str](), list[str]()
    for line in frame.split("\n"):
        field, _, value = line.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))
        elif field == "event":
            name = value.removeprefix(" ")
        elif field not in ("", "id", "retry"):
            unknown.append(line)
    bare = "\n".join(unknown).strip()
    events = [(name, "\n".join(data))] if data else []
    return [*events, (BARE, bare)] if bare.startswith(("{", "[")) else events
