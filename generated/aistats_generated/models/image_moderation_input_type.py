"""The one value that says what an object is."""

from typing import Literal

ImageModerationInputType = Literal["image_url"]
