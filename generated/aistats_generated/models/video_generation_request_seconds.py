"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

VideoGenerationRequestSeconds = Literal["12", "16", "20", "4", "8"] | str
