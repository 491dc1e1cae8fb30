from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import ListOf, OneOf, Ref, Variant
from ..types import UNSET, ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.debug_options import DebugOptions
    from ..models.image_moderation_input import ImageModerationInput
    from ..models.provider_routing_options import ProviderRoutingOptions
    from ..models.text_moderation_input import TextModerationInput


@model
class ModerationsRequest(ApiModel):
    input: list[ImageModerationInput | TextModerationInput] | str
    debug: DebugOptions | None = UNSET
    meta: bool | None = UNSET
    model: str | None = UNSET
    provider: ProviderRoutingOptions | None = UNSET

    _fields = Fields(
        (
            "input",
            "input",
            ListOf(
                OneOf(
                    Variant(Ref("TextModerationInput"), {"type": ("text",)}, ("text", "type")),
                    Variant(
                        Ref("ImageModerationInput"), {"type": ("image_url",)}, ("image_url", "type")
                    ),
                )
            ),
        ),
        ("debug", "debug", Ref("DebugOptions")),
        ("meta", "meta", None),
        ("model", "model", None),
        ("provider", "provider", Ref("ProviderRoutingOptions")),
        promised=1,
    )
