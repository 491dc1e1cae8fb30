"""The models the sandbox offers: a few of each kind, with prices of their own making."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from aistats.sandbox.shapes import table

PROVIDER_OF = {"google": "google-ai-studio"}
KINDS: dict[str, dict[str, Any]] = table("catalogue")["kinds"]
PROVIDERS: dict[str, str] = table("catalogue")["providers"]


@frozen(kw_only=True)
class Model:
    """One model: how callers name it, how its provider does, and what it costs.

    Prices are in US dollars: for a million tokens, for a piece, or for a second.
    """

    id: str
    kind: str
    native: str
    author: str
    author_name: str
    name: str
    provider: str
    provider_name: str
    endpoints: list[str]
    capabilities: list[str]
    inputs: list[str]
    outputs: list[str]
    input_price: str = "0"
    output_price: str = "0"
    flat_usd: str = "0"
    usd_per_second: str = "0"


def _model(row: dict[str, Any]) -> Model:
    author, slug = str(row["id"]).split("/")
    provider = PROVIDER_OF.get(author, author)
    return Model(
        author=author,
        author_name=author.title(),
        name=slug.replace("-", " ").title(),
        provider=provider,
        provider_name=PROVIDERS[provider],
        **KINDS[row["kind"]],
        **row,
    )


MODELS = tuple(_model(row) for row in table("catalogue")["models"])
BY_ID = {model.id: model for model in MODELS} | {
    f"{model.author}/{model.native}": model for model in reversed(MODELS)
}


def find(model_id: object, kind: str) -> Model | None:
    """Return the model with this id, if it serves this kind of work."""
    model = BY_ID.get(model_id) if isinstance(model_id, str) else None
    return model if model is not None and model.kind == kind else None
