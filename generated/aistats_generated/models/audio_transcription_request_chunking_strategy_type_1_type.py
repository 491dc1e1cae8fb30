"""The one value that says what an object is."""

from typing import Literal

AudioTranscriptionRequestChunkingStrategyType1Type = Literal["server_vad"]
