"""The `models` namespace: the catalogue moved on 2026-06-10, so two paths are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Unpack

from aistats._core.call import operate
from aistats._core.colour import Mode, method
from aistats._core.request import OPTION_NAMES
from aistats.errors import NotFoundError
from aistats.resources.operation import Operation, Resource, request_for
from aistats.resources.pages import Pages, PageStyle
from aistats_generated import operations as ops

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aistats._core.colour import AnyEngine
    from aistats_generated.models import GatewayModelsResponse, Model
    from aistats_generated.params import ListModelsParams, ListTeamModelsParams

_STYLE = PageStyle("models", "offset", largest=250, max_offset=5000)
_TWINS = {"list_models": "list_gateway_models", "list_team_models": "list_gateway_team_models"}


class Models(Resource[Mode], name="models"):
    """The catalogue of models."""

    endpoints: Final = Operation(ops.list_model_endpoints)

    def list(self, **params: Unpack[ListModelsParams]) -> Pages[Model, Mode]:
        """List the models, all pages; `/gateway/models` is asked where `/models` is not there."""
        spec = ops.OPERATIONS["list_models"]
        request_for(spec, (), params, "models.list")  # refuses wrong arguments now
        query = {name: value for name, value in params.items() if name in spec.query_params}

        async def fetch(page: dict[str, Any]) -> Any:
            return await _either(self.engine, "list_models", {**params, **page})

        return Pages(self.engine, fetch, _STYLE, query)

    @method
    async def me(self, **params: Unpack[ListTeamModelsParams]) -> GatewayModelsResponse:
        """List the models of the key's workspace; not built by the gateway yet (501)."""
        found: GatewayModelsResponse = await _either(self.engine, "list_team_models", params)
        return found


async def _either(engine: AnyEngine, name: str, params: Mapping[str, Any]) -> Any:
    """Ask the path that answered last time, and where it is 404 its twin."""
    known = engine.memory.get(name, name)
    other = name if known == _TWINS[name] else _TWINS[name]
    try:
        return await _ask(engine, known, params)
    except NotFoundError as first:
        try:
            found = await _ask(engine, other, params)
        except NotFoundError:
            raise first from None
    engine.memory[name] = other
    return found


async def _ask(engine: AnyEngine, name: str, params: Mapping[str, Any]) -> Any:
    spec = ops.OPERATIONS[name]
    known = {key: params[key] for key in params if key in (*spec.query_params, *OPTION_NAMES)}
    unknown = {key: value for key, value in params.items() if key not in known}
    if unknown:  # the older path takes fewer filters by name, the wire takes them all
        known["extra_query"] = {**unknown, **(known.get("extra_query") or {})}
    return await operate(engine, spec, (), known, label="models.list")
