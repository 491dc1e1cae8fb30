"""The one value that says what an object is."""

from typing import Literal

VideoInputReferenceType0Type = Literal["image_url"]
