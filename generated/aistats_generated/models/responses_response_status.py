"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ResponsesResponseStatus = Literal["completed", "failed", "incomplete"] | str
