from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import Ref
from ..types import ApiModel, Fields, model

if TYPE_CHECKING:
    from ..models.moderation_categories import ModerationCategories
    from ..models.moderation_category_scores import ModerationCategoryScores
    from ..models.moderation_result_category_applied_input_types import (
        ModerationResultCategoryAppliedInputTypes,
    )


@model
class ModerationResult(ApiModel):
    categories: ModerationCategories
    category_applied_input_types: ModerationResultCategoryAppliedInputTypes
    category_scores: ModerationCategoryScores
    flagged: bool

    _fields = Fields(
        ("categories", "categories", Ref("ModerationCategories")),
        (
            "category_applied_input_types",
            "category_applied_input_types",
            Ref("ModerationResultCategoryAppliedInputTypes"),
        ),
        ("category_scores", "category_scores", Ref("ModerationCategoryScores")),
        ("flagged", "flagged", None),
        promised=4,
    )
