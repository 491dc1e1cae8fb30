"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

EmbeddingsRequestProviderOptionsMistralOutputDtype = (
    Literal["binary", "float", "int8", "ubinary", "uint8"] | str
)
