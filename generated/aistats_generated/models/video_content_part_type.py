"""The one value that says what an object is."""

from typing import Literal

VideoContentPartType = Literal["input_video"]
