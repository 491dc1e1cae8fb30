"""The stream of `audio.speech`: audio as it is made, for players that start before its end.

The gateway sends bytes, or events that hold base64, as `stream_format` asks; both become bytes.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from aistats import results
from aistats._core.colour import Mode
from aistats._streams.events import explained, is_error
from aistats._streams.folds import text_in
from aistats._streams.source import Source
from aistats._streams.sse import EventTooLongError
from aistats.errors import ConnectionFailedError, StreamError, StreamTruncatedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aistats._streams.sse import ServerEvent
    from aistats.results import Usage

_EVENTS = "text/event-stream"


class SpeechStream(Source[bytes, Mode]):
    """Audio in blocks of bytes: iterate over it, best inside `with`, which closes it early too.

    The request is sent when the iteration or the `with` begins. Iteration raises `StreamError`
    for an error event and `StreamTruncatedError` when the audio breaks off.
    """

    usage: Usage | None = None
    """What the gateway told of the usage, which it does in events only."""
    _fault: StreamError | None = None
    _accept = "*/*"

    async def _open(self) -> None:
        await super()._open()
        kind, answer = self._kind(), self._answer
        is_text = kind.startswith(("text/", "application/json")) and kind != _EVENTS
        if answer and is_text:
            told = await answer.read(self.engine.options.limits.error_body)
            raise answer.decode_error(f"no audio but {kind}", told.content)

    async def _more(self) -> Iterable[bytes] | None:
        if self._fault is not None:
            raise self._fault
        if self._over or self._answer is None:
            return None
        try:
            chunk = await self._answer.chunk()
            if self._kind() != _EVENTS:
                return [chunk] if chunk else None
            frames = self._decoder.feed(chunk) if chunk else self._decoder.end()
        except (ConnectionFailedError, EventTooLongError) as error:
            kind = StreamError if isinstance(error, EventTooLongError) else StreamTruncatedError
            raise kind(f"the audio broke off ({error})", usage=self.usage) from error
        blocks, self._over = self._read(frames)
        if self._over:
            await self._answer.close()  # nothing is waited for behind the last event
        elif not chunk:
            raise StreamTruncatedError("the audio ended before its last event", usage=self.usage)
        return blocks

    def _read(self, frames: list[ServerEvent]) -> tuple[list[bytes], bool]:
        """Give the audio in events up to one with an error, and whether the last one is there."""
        blocks, over = list[bytes](), False
        for name, data in frames:
            try:
                raw = json.loads(data)
            except (ValueError, RecursionError):
                raw = None
            if not isinstance(raw, dict):
                continue  # an end mark, or what only keeps the connection alive
            self.usage = results.usage_of(raw) or self.usage
            kind, audio = raw.get("type") or name, text_in(raw, "audio", "delta")
            over = over or kind == "speech.audio.done"
            if is_error(name, raw) or kind == "speech.audio.error":
                message, code, request_id = explained(raw)
                self._fault = StreamError(message, code=code, body=raw, request_id=request_id)
                break
            try:
                blocks += [base64.b64decode(audio, validate=True)] if audio else []
            except ValueError:
                self._fault = StreamError("an audio event does not hold base64", body=raw)
                break
        return blocks, over
