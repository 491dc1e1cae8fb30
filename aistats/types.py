"""The types of parameters and results by their names, for annotations.

    from aistats.types import ChatMessageParam

    messages: list[ChatMessageParam] = [{"role": "user", "content": "Hello"}]

`...Param` and `...Params` are what a call takes: the JSON as a dict, or a result that goes back.
The other names are what a call gives. Each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from aistats.results import ChatCompletion as ChatCompletion  # noqa: PLC0414 - exported
    from aistats.results import Message as Message  # noqa: PLC0414 - exported
    from aistats.results import ResponseResult as ResponseResult  # noqa: PLC0414 - exported
    from aistats_generated.models import *  # noqa: F403 - every generated model has its name here
    from aistats_generated.params import *  # noqa: F403 - and every type of parameters

_RESULTS: Final = ("ChatCompletion", "Message", "ResponseResult")


def __getattr__(name: str) -> Any:
    for module in ("aistats.results", "aistats_generated.models", "aistats_generated.params"):
        found = import_module(module)
        if name in (_RESULTS if module == "aistats.results" else found.__all__):
            value = globals()[name] = getattr(found, name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    models = import_module("aistats_generated.models").__all__
    params = import_module("aistats_generated.params").__all__
    return sorted({*_RESULTS, *models, *params})
