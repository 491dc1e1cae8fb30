"""The one value that says what an object is."""

from typing import Literal

ResponsesOutputImagePartType = Literal["output_image"]
