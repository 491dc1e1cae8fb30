"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

AudioSpeechRequestResponseFormat = Literal["aac", "flac", "mp3", "opus", "pcm", "wav"] | str
