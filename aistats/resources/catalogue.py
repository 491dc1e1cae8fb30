"""The `models` namespace: the catalogue moved, so two paths are asked (wire-facts §12.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from aistats._decode import whole
from aistats._engine import Operation, Resource
from aistats._lists import check_arguments
from aistats._mode import FlowMethod, Mode
from aistats._pages import Pages, PageStyle
from aistats._parameters import OPTION_NAMES, build
from aistats.errors import NotFoundError
from aistats_generated import operations as ops

if TYPE_CHECKING:
    from typing import Unpack

    from aistats._engine import Engine
    from aistats._flow import Flow
    from aistats_generated.models import GatewayModelsResponse, Model
    from aistats_generated.params import ListModelsParams, ListTeamModelsParams

_STYLE = PageStyle("models", "offset", largest=250, max_offset=5000)
_TWINS = {"list_models": "list_gateway_models", "list_team_models": "list_gateway_team_models"}
_FEEDS = ("rss", "atom")


class Models(Resource[Mode]):
    """The catalogue of models."""

    endpoints: Final = Operation(ops.list_model_endpoints)

    def list(self, **params: Unpack[ListModelsParams]) -> Pages[Model, Mode]:
        """List the models, all pages; `/gateway/models` is asked where `/models` is not there.

        With `format="rss"` or `"atom"` the feed's text is given instead, see `feed`.
        """
        if params.get("format") in _FEEDS:
            feed: Pages[Model, Mode] = cast("Any", self).feed(**params)  # as documented
            return feed
        query = check_arguments(ops.OPERATIONS["list_models"], (), dict(params))

        def fetch(page: dict[str, Any]) -> Flow[Any]:
            return _either(self.engine, "list_models", {**params, **page})

        return Pages(self.engine, fetch, _STYLE, query)

    @FlowMethod
    def feed(self, **params: Unpack[ListModelsParams]) -> Flow[str]:
        """Give the catalogue as the text of a feed; `format` is "rss" (the default) or "atom"."""
        params.setdefault("format", "rss")
        text: str = yield from _either(self.engine, "list_models", dict(params), as_text=True)
        return text

    @FlowMethod
    def me(self, **params: Unpack[ListTeamModelsParams]) -> Flow[GatewayModelsResponse]:
        """List the models of the key's workspace; not built by the gateway yet (501, §12)."""
        found: GatewayModelsResponse
        found = yield from _either(self.engine, "list_team_models", dict(params))
        return found


def _either(
    engine: Engine[Any], name: str, params: dict[str, Any], *, as_text: bool = False
) -> Flow[Any]:
    """Ask the path that answered last time, and where it is 404 its twin."""
    known = engine.memory.get(name, name)
    other = name if known == _TWINS[name] else _TWINS[name]
    try:
        return (yield from _ask(engine, known, params, as_text=as_text))
    except NotFoundError as first:
        try:
            found = yield from _ask(engine, other, params, as_text=as_text)
        except NotFoundError:
            raise first from None
    engine.memory[name] = other
    return found


def _ask(engine: Engine[Any], name: str, params: dict[str, Any], *, as_text: bool) -> Flow[Any]:
    spec = ops.OPERATIONS[name]
    known = {key: value for key, value in params.items() if key in spec.query_params}
    extra = {key: value for key, value in params.items() if key not in spec.query_params}
    unknown = {key: extra.pop(key) for key in tuple(extra) if key not in OPTION_NAMES}
    if unknown:  # the older path takes fewer filters by name, the wire takes them all
        extra["extra_query"] = {**unknown, **(extra.get("extra_query") or {})}
    if not as_text:
        return (yield from engine.operate(spec, (), {**known, **extra}))
    request = build(spec, (), {**known, **extra})
    answer = yield from engine.send(request, credential=spec.credential, accept="*/*")
    return whole(answer).decode("utf-8", "replace")
