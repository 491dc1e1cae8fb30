"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

EmbeddingsMultimodalInputContentItemType1Type = Literal["image", "image_url", "input_image"] | str
