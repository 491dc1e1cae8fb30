"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

GatewayWebSearchToolDefinitionType = Literal["gateway:web_search", "phaseo:web_search"] | str
