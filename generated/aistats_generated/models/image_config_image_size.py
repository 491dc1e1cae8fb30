"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ImageConfigImageSize = Literal["0.5K", "1K", "2K", "4K"] | str
