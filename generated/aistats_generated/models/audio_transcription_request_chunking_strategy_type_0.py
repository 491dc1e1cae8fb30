"""The one value that says what an object is."""

from typing import Literal

AudioTranscriptionRequestChunkingStrategyType0 = Literal["auto"]
