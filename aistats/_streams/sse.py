"""Server-sent events out of bytes, however the network cut them (WHATWG HTML §9.2.6).

Lines end at CR, LF or CRLF and nowhere else, so a U+2028 inside a text stays text.
"""

from __future__ import annotations

_BOM = b"\xef\xbb\xbf"

MAX_EVENT_BYTES = 16 * 1024 * 1024
"""How long one event may be; the gateway's longest are final snapshots of some 100 KB."""


ServerEvent = tuple[str, str]
"""An event: its name ("" when it has none) and its data lines, joined by LF."""


class EventTooLongError(ValueError):
    """An event grew beyond the limit before its end came."""


class SSEDecoder:
    """Turns chunks of bytes into events. Comments, `id:`, `retry:` and unknown fields are skipped.

    `feed` costs time linear in the chunk, so an event may come in a million pieces.
    """

    __slots__ = ("_after_cr", "_after_line", "_head", "_limit", "_parts", "_size")

    def __init__(self, *, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._limit = max_event_bytes
        self._head: bytes | None = b""  # the first bytes, while they may still be a BOM
        self._after_cr = False  # an LF that comes now belongs to the CR before it
        self._after_line = False  # an LF that comes now is a blank line
        self._parts: list[bytes] = []  # what came after the last complete event
        self._size = 0

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """Give the events that `chunk` completes.

        Raises `EventTooLongError` once an event, finished or not, exceeds the limit.
        """
        if self._head is not None:
            chunk = self._skip_bom(chunk)
        if self._after_cr or b"\r" in chunk:
            chunk = self._normalise(chunk)
        if not chunk:
            return []
        ends_event = b"\n\n" in chunk or (self._after_line and chunk.startswith(b"\n"))
        self._after_line = chunk.endswith(b"\n")
        self._parts.append(chunk)
        self._size += len(chunk)
        if ends_event:
            return self._split()
        if self._size > self._limit:
            raise EventTooLongError(f"an event is longer than {self._limit:,} bytes")
        return []

    def end(self) -> list[ServerEvent]:
        """Give the event that lacked only its closing blank line, if there is one.

        It may be cut anywhere: the caller must judge whether its data is whole.
        """
        rest = (self._head or b"") + b"".join(self._parts)
        self._parts, self._size, self._head = [], 0, None
        event = _parse(rest.decode("utf-8", "replace"))
        return [] if event is None else [event]

    def _skip_bom(self, chunk: bytes) -> bytes:
        start = (self._head or b"") + chunk
        if len(start) < len(_BOM) and _BOM.startswith(start):
            self._head = start
            return b""
        self._head = None
        return start.removeprefix(_BOM)

    def _normalise(self, chunk: bytes) -> bytes:
        """Make every line end an LF; a CR ends its line at once, without waiting for its LF."""
        if not chunk:
            return chunk
        if self._after_cr:
            chunk = chunk.removeprefix(b"\n")
            self._after_cr = False
        if chunk.endswith(b"\r"):
            self._after_cr = True
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _split(self) -> list[ServerEvent]:
        buffer = b"".join(self._parts)
        cut = buffer.rfind(b"\n\n")
        done, rest = buffer[:cut], buffer[cut + 2 :]
        self._parts, self._size = [rest] if rest else [], len(rest)
        self._after_line = rest.endswith(b"\n")
        frames = done.decode("utf-8", "replace").split("\n\n")
        if len(done) > self._limit or self._size > self._limit:
            self._refuse_long(frames)
        events: list[ServerEvent] = []
        for frame in frames:
            if frame.startswith("data: ") and "\n" not in frame:
                events.append(("", frame[6:]))
            elif (event := _parse(frame)) is not None:
                events.append(event)
        return events

    def _refuse_long(self, frames: list[str]) -> None:
        longest = max(len(frame.encode()) for frame in frames)
        if max(longest, self._size) > self._limit:
            raise EventTooLongError(f"an event is longer than {self._limit:,} bytes")


def _parse(frame: str) -> ServerEvent | None:
    """Read the lines of one event; None when none of them is data."""
    name = ""
    data: list[str] = []
    for line in frame.split("\n"):
        field, _, value = line.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))
        elif field == "event":
            name = value.removeprefix(" ")
    return (name, "\n".join(data)) if data else None
