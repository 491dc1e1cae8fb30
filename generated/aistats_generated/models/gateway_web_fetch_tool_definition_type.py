"""Open list of values: the ones known when the description was written, and any other."""

from typing import Literal

GatewayWebFetchToolDefinitionType = Literal["gateway:web_fetch", "phaseo:web_fetch"] | str
