"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

ResponsesOutputAudioPartFormat = Literal["flac", "m4a", "mp3", "ogg", "pcm16", "pcm24", "wav"] | str
