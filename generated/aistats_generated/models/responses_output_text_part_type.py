"""The one value that says what an object is."""

from typing import Literal

ResponsesOutputTextPartType = Literal["output_text"]
