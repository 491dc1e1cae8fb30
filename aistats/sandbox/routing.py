"""The `routing_diagnostics` member: what the gateway tells of its choice of a provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aistats.sandbox.calls import JSONObject

STAGES = (
    "status_gate",
    "provider_routing_status_gate",
    "model_routing_status_gate",
    "capability_status_gate",
    "offer_scope_gate",
    "geographic_availability_gate",
    "residency_gate",
)
WISHES = (
    "requiredExecutionRegion",
    "requiredDataRegion",
    "requireZeroDataRetention",
    "maxPrice",
    "preferredMinThroughput",
    "preferredMaxLatency",
)
CONVERSATIONS = {"chat", "responses", "messages"}
CHANNELS = ("strictPriority", "testingMode", "includeAlpha", "includeAlphaHint")


def policy(model: str | None, *, only: Sequence[str] = (), left: int = 1) -> JSONObject:
    """Return what rules applied, and how many providers they left."""
    return {
        "resolvedModel": model,
        "allowedApiModels": [],
        "blockedApiModels": [],
        "providerAllowlist": [],
        "providerAllowlistConfigured": False,
        "providerBlocklist": [],
        "requestProviderOnly": list(only),
        "requestProviderIgnore": [],
        "privacyZdrOnly": False,
        "privacyEnablePaidMayTrain": True,
        "privacyEnableFreeMayTrain": True,
        "privacyEnableInputOutputLogging": True,
        "droppedByPrivacy": [],
        "activeGuardrailIds": [],
        "accountPolicyApplied": False,
        "beforeCount": 1,
        "afterCount": left,
    }


def diagnostics(model: str | None, endpoint: str) -> JSONObject:
    """Return the whole member for a request that one provider could serve."""
    hashed = endpoint.split(".", maxsplit=1)[0] in CONVERSATIONS
    sticky: JSONObject = {"enabled": True, "contextResolved": hashed}
    sticky |= {"contextSource": "context_hash" if hashed else None}
    wished = {"requestedMode": None, "allowFallbacks": True, "requireParameters": False}
    stage = {"beforeCount": 1, "afterCount": 1, "droppedProviders": []}
    return {
        "workspacePolicy": policy(model),
        "dynamicRoute": None,
        "model": model,
        "endpoint": endpoint,
        "priority": "default",
        "routingMode": "balanced",
        "requestedRouting": {**wished, "returnDiagnostics": False, **dict.fromkeys(WISHES)},
        **dict.fromkeys(CHANNELS, False),
        "betaChannelEnabled": True,
        "alphaChannelEnabled": False,
        "providerCapabilitiesBeta": False,
        "stickyRouting": {**sticky, "hintedProvider": None, "cachedReadTokens": None}
        | {"applied": False},
        "filterStages": [{"stage": name, **stage} for name in STAGES],
        "consideredProviders": [],
        "rankedProviders": [],
        "finalCandidateCount": 1,
    }
