"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

AudioTranscriptionRequestResponseFormat = (
    Literal["diarized_json", "json", "srt", "text", "verbose_json", "vtt"] | str
)
