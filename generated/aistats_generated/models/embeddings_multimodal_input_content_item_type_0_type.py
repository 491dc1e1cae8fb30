"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

EmbeddingsMultimodalInputContentItemType0Type = Literal["input_text", "text"] | str
