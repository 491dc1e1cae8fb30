"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ChatMessageRole = Literal["assistant", "developer", "system", "tool", "user"] | str
