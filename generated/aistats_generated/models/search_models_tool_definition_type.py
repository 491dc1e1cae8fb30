"""The one value that says what an object is."""

from typing import Literal

SearchModelsToolDefinitionType = Literal["phaseo:search_models"]
