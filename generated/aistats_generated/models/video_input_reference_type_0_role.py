"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

VideoInputReferenceType0Role = (
    Literal["first_frame", "last_frame", "mask", "reference", "source"] | str
)
