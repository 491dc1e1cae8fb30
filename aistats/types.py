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
    from aistats._streams.events import ChatChunk as ChatChunk  # noqa: PLC0414 - exported
    from aistats._streams.events import MessageEvent as MessageEvent  # noqa: PLC0414 - exported
    from aistats._streams.events import ResponseEvent as ResponseEvent  # noqa: PLC0414 - exported
    from aistats.results import ChatCompletion as ChatCompletion  # noqa: PLC0414 - exported
    from aistats.results import Message as Message  # noqa: PLC0414 - exported
    from aistats.results import ResponseResult as ResponseResult  # noqa: PLC0414 - exported
    from aistats_generated.models import *  # noqa: F403 - every generated model has its name here
    from aistats_generated.params import *  # noqa: F403 - and every type of parameters

_OURS: Final = {
    **dict.fromkeys(("ChatCompletion", "Message", "ResponseResult"), "aistats.results"),
    **dict.fromkeys(("ChatChunk", "MessageEvent", "ResponseEvent"), "aistats._streams.events"),
}
_GENERATED: Final = ("aistats_generated.models", "aistats_generated.params")


if not TYPE_CHECKING:  # else any name would do for a checker

    def __getattr__(name: str) -> Any:
        for home in [_OURS[name]] if name in _OURS else _GENERATED:
            module = import_module(home)
            if name in _OURS or name in module.__all__:
                value = globals()[name] = getattr(module, name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    generated = [name for home in _GENERATED for name in import_module(home).__all__]
    return sorted({*_OURS, *generated})
