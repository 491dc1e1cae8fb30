"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

EmbeddingsMultimodalInputContentItemType3Type = Literal["input_video", "video_url"] | str
