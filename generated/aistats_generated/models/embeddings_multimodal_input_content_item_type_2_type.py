"""The one value that says what an object is."""

from typing import Literal

EmbeddingsMultimodalInputContentItemType2Type = Literal["input_audio"]
