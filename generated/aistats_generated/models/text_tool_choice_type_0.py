"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

TextToolChoiceType0 = (
    Literal[
        "auto",
        "gateway:datetime",
        "gateway:web_fetch",
        "gateway:web_search",
        "none",
        "phaseo:datetime",
        "phaseo:fusion",
        "phaseo:search_models",
        "phaseo:subagent",
        "phaseo:web_fetch",
        "phaseo:web_search",
        "required",
    ]
    | str
)
