"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

VideoInputReferenceType1Type = Literal["audio_url", "video_url"] | str
