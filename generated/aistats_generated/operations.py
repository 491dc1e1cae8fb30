"""Every operation of the gateway: its facts as a row of data, and its signature for type checkers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal, Unpack

    from .models import (
        ActivityResponse,
        AnthropicMessagesResponse,
        ApiKeyListResponse,
        ApiKeyResponse,
        ApiKeyWithValueResponse,
        AudioTranscriptionResponse,
        AudioTranslationResponse,
        BatchCapabilities,
        BatchListResponse,
        BatchModelsResponse,
        BatchRequestList,
        BatchResponse,
        ChatCompletionsResponse,
        CreditsResponse,
        DataModelList,
        DeletedResponse,
        EmbeddingsResponse,
        EndpointCatalogueResponse,
        FileResponse,
        GatewayModelsResponse,
        GenerationResponse,
        Health,
        ImagesEditResponse,
        ImagesGenerationResponse,
        ListFilesResponse,
        ModelEndpointsResponse,
        ModerationsResponse,
        MusicGenerateResponse,
        OcrResponse,
        OrganisationList,
        PriceEstimate,
        PriceList,
        ProviderList,
        RerankResponse,
        ResponsesResponse,
        SeedEraModelsResponse,
        VideoDeleteResponse,
        VideoDownloadUrl,
        VideoGenerationResponse,
        VideoListResponse,
        VideoModelsResponse,
        WorkspaceActivityResponse,
        WorkspaceListResponse,
        WorkspaceResponse,
    )
    from .params import (
        CalculatePricingParams,
        CreateAnthropicMessageParams,
        CreateApiKeyParams,
        CreateBatchParams,
        CreateChatCompletionParams,
        CreateEmbeddingParams,
        CreateImageEditParams,
        CreateImageParams,
        CreateManagementKeyParams,
        CreateModerationParams,
        CreateOcrParams,
        CreateRerankParams,
        CreateResponseParams,
        CreateSpeechParams,
        CreateTranscriptionParams,
        CreateTranslationParams,
        CreateVideoDownloadUrlParams,
        CreateVideoParams,
        CreateWorkspaceParams,
        GenerateMusicParams,
        GetActivityParams,
        GetCreditsParams,
        GetGenerationParams,
        GetProviderDerankStatusParams,
        GetVideoContentParams,
        ListAnalyticsParams,
        ListApiKeysParams,
        ListBatchesParams,
        ListBatchModelsParams,
        ListBatchRequestsParams,
        ListDataModelsParams,
        ListGatewayModelsParams,
        ListGatewayTeamModelsParams,
        ListManagementKeysParams,
        ListModelEndpointsParams,
        ListModelsParams,
        ListOrganisationsParams,
        ListProvidersParams,
        ListTeamModelsParams,
        ListVideoModelsParams,
        ListVideosParams,
        ListWorkspacesParams,
        RequestOptions,
        UpdateApiKeyParams,
        UpdateManagementKeyParams,
        UpdateWorkspaceParams,
        UploadBatchFileParams,
        UploadFileParams,
    )


class OperationSpec(NamedTuple):
    """Where the parameters of an operation travel, which key it wants and what it answers.

    Parameters are listed by their Python names; `wire` has the names that differ in the request.
    """

    name: str
    operation_id: str
    method: str
    path: str
    tag: str
    reply: Literal["json", "bytes", "text", "none"]
    credential: Literal["inference", "management", "none"]
    path_params: tuple[str, ...] = ()
    query_params: tuple[str, ...] = ()
    header_params: tuple[str, ...] = ()
    body: Literal["json", "multipart"] | None = None
    body_required: bool = False
    body_fields: tuple[str, ...] = ()
    free_body: bool = False
    """The one body field `body` is the whole JSON document, its fields are not described."""
    file_fields: tuple[str, ...] = ()
    repeated_files: tuple[str, ...] = ()
    """Those of `file_fields` that may be a list of files, each sent as a part of its own."""
    required: tuple[str, ...] = ()
    wire: Mapping[str, str] = {}
    comma_joined: tuple[str, ...] = ()
    """Query lists that travel as one value with commas; the others repeat their name."""
    result: str | None = None
    """The class of the answer in `aistats_generated.models`; None when it is no described object."""
    streams: bool = False
    """The operation can answer with server-sent events."""
    deprecated: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter, as a signature lists them: those of the path, then the required ones."""
        places = (self.body_fields, self.query_params, self.header_params)
        others = [name for place in places for name in place]
        return (*self.path_params, *sorted(others, key=lambda name: name not in self.required))


def _called_directly(name: str) -> TypeError:
    return TypeError(
        f"{name}() only declares the parameters of an operation and sends nothing; "
        f"call the operation through a client, for example AIStats()"
    )


OPERATIONS: Final[dict[str, OperationSpec]] = {
    "get_activity": OperationSpec(
        name="get_activity",
        operation_id="getActivity",
        method="GET",
        path="/activity",
        tag="activity",
        reply="json",
        credential="management",
        query_params=("days", "limit", "offset", "workspace_id"),
        result="WorkspaceActivityResponse",
    ),
    "list_analytics": OperationSpec(
        name="list_analytics",
        operation_id="listAnalytics",
        method="GET",
        path="/analytics",
        tag="analytics",
        reply="json",
        credential="inference",
        query_params=("date",),
        result="ActivityResponse",
    ),
    "create_speech": OperationSpec(
        name="create_speech",
        operation_id="createSpeech",
        method="POST",
        path="/audio/speech",
        tag="audio",
        reply="bytes",
        credential="inference",
        body_fields=(
            "format",
            "input",
            "model",
            "provider",
            "response_format",
            "speed",
            "stream_format",
            "voice",
        ),
        required=("input", "model"),
        body="json",
        body_required=True,
        streams=True,
    ),
    "create_transcription": OperationSpec(
        name="create_transcription",
        operation_id="createTranscription",
        method="POST",
        path="/audio/transcriptions",
        tag="audio",
        reply="json",
        credential="inference",
        body_fields=(
            "audio_b64",
            "audio_url",
            "chunking_strategy",
            "context_bias",
            "debug",
            "diarize",
            "file",
            "file_id",
            "file_url",
            "include",
            "keywords",
            "known_speaker_names",
            "known_speaker_references",
            "language",
            "languages",
            "model",
            "prompt",
            "provider",
            "response_format",
            "s3_presigned_url",
            "stream",
            "temperature",
            "timestamp_granularities",
        ),
        file_fields=("file",),
        required=("model",),
        body="multipart",
        body_required=True,
        result="AudioTranscriptionResponse",
        streams=True,
    ),
    "create_translation": OperationSpec(
        name="create_translation",
        operation_id="createTranslation",
        method="POST",
        path="/audio/translations",
        tag="audio",
        reply="json",
        credential="inference",
        body_fields=(
            "audio_b64",
            "audio_url",
            "file",
            "language",
            "model",
            "prompt",
            "provider",
            "response_format",
            "temperature",
        ),
        file_fields=("file",),
        required=("model",),
        body="multipart",
        body_required=True,
        result="AudioTranslationResponse",
    ),
    "list_batches": OperationSpec(
        name="list_batches",
        operation_id="listBatches",
        method="GET",
        path="/batches",
        tag="batches",
        reply="json",
        credential="inference",
        query_params=("limit", "status", "statuses"),
        result="BatchListResponse",
    ),
    "create_batch": OperationSpec(
        name="create_batch",
        operation_id="createBatch",
        method="POST",
        path="/batches",
        tag="batches",
        reply="json",
        credential="inference",
        body_fields=(
            "completion_window",
            "debug",
            "endpoint",
            "input_file_id",
            "items",
            "max_tokens",
            "metadata",
            "model",
            "output_expires_after",
            "prompts",
            "provider",
            "requests",
            "session_id",
            "system",
            "temperature",
            "webhook",
            "webhook_endpoint_id",
        ),
        body="json",
        body_required=True,
        result="BatchResponse",
    ),
    "list_batch_capabilities": OperationSpec(
        name="list_batch_capabilities",
        operation_id="listBatchCapabilities",
        method="GET",
        path="/batches/capabilities",
        tag="batches",
        reply="json",
        credential="inference",
        result="BatchCapabilities",
    ),
    "list_batch_files": OperationSpec(
        name="list_batch_files",
        operation_id="listBatchFiles",
        method="GET",
        path="/batches/files",
        tag="files",
        reply="json",
        credential="inference",
        result="ListFilesResponse",
    ),
    "upload_batch_file": OperationSpec(
        name="upload_batch_file",
        operation_id="uploadBatchFile",
        method="POST",
        path="/batches/files",
        tag="files",
        reply="json",
        credential="inference",
        body_fields=("file", "purpose"),
        file_fields=("file",),
        query_params=("model", "provider"),
        header_params=("x_phaseo_provider",),
        required=("file", "purpose"),
        wire={"x_phaseo_provider": "x-phaseo-provider"},
        body="multipart",
        body_required=True,
        result="FileResponse",
    ),
    "retrieve_batch_file": OperationSpec(
        name="retrieve_batch_file",
        operation_id="retrieveBatchFile",
        method="GET",
        path="/batches/files/{file_id}",
        tag="files",
        reply="json",
        credential="inference",
        path_params=("file_id",),
        required=("file_id",),
        result="FileResponse",
    ),
    "retrieve_batch_file_content": OperationSpec(
        name="retrieve_batch_file_content",
        operation_id="retrieveBatchFileContent",
        method="GET",
        path="/batches/files/{file_id}/content",
        tag="files",
        reply="bytes",
        credential="inference",
        path_params=("file_id",),
        required=("file_id",),
    ),
    "list_batch_models": OperationSpec(
        name="list_batch_models",
        operation_id="listBatchModels",
        method="GET",
        path="/batches/models",
        tag="batches",
        reply="json",
        credential="inference",
        query_params=("params",),
        comma_joined=("params",),
        result="BatchModelsResponse",
    ),
    "retrieve_batch": OperationSpec(
        name="retrieve_batch",
        operation_id="retrieveBatch",
        method="GET",
        path="/batches/{batch_id}",
        tag="batches",
        reply="json",
        credential="inference",
        path_params=("batch_id",),
        required=("batch_id",),
        result="BatchResponse",
    ),
    "cancel_batch": OperationSpec(
        name="cancel_batch",
        operation_id="cancelBatch",
        method="POST",
        path="/batches/{batch_id}/cancel",
        tag="batches",
        reply="json",
        credential="inference",
        path_params=("batch_id",),
        required=("batch_id",),
        result="BatchResponse",
    ),
    "list_batch_requests": OperationSpec(
        name="list_batch_requests",
        operation_id="listBatchRequests",
        method="GET",
        path="/batches/{batch_id}/requests",
        tag="batches",
        reply="json",
        credential="inference",
        path_params=("batch_id",),
        query_params=("limit", "offset", "status"),
        required=("batch_id",),
        result="BatchRequestList",
    ),
    "create_chat_completion": OperationSpec(
        name="create_chat_completion",
        operation_id="createChatCompletion",
        method="POST",
        path="/chat/completions",
        tag="chat",
        reply="json",
        credential="inference",
        body_fields=(
            "debug",
            "echo_upstream_request",
            "frequency_penalty",
            "image_config",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "max_tool_calls",
            "messages",
            "meta",
            "metadata",
            "modalities",
            "model",
            "n",
            "parallel_tool_calls",
            "plugins",
            "presence_penalty",
            "prompt_cache_key",
            "provider",
            "provider_options",
            "reasoning",
            "reasoning_effort",
            "response_format",
            "routing",
            "safety_identifier",
            "seed",
            "service_tier",
            "session_id",
            "stop",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "tool_choice",
            "tools",
            "top_k",
            "top_logprobs",
            "top_p",
            "trace",
            "usage",
            "user",
            "user_id",
        ),
        required=("messages", "model"),
        body="json",
        body_required=True,
        result="ChatCompletionsResponse",
        streams=True,
    ),
    "get_credits": OperationSpec(
        name="get_credits",
        operation_id="getCredits",
        method="GET",
        path="/credits",
        tag="credits",
        reply="json",
        credential="management",
        query_params=("workspace_id",),
        result="CreditsResponse",
    ),
    "list_data_models": OperationSpec(
        name="list_data_models",
        operation_id="listDataModels",
        method="GET",
        path="/data/models",
        tag="models",
        reply="json",
        credential="inference",
        query_params=(
            "feed",
            "format",
            "id",
            "include_hidden",
            "limit",
            "model_id",
            "offset",
            "organisation",
            "status",
        ),
        result="DataModelList",
        deprecated=True,
    ),
    "create_embedding": OperationSpec(
        name="create_embedding",
        operation_id="createEmbedding",
        method="POST",
        path="/embeddings",
        tag="embeddings",
        reply="json",
        credential="inference",
        body_fields=(
            "debug",
            "dimensions",
            "encoding_format",
            "input",
            "model",
            "provider",
            "provider_options",
            "user",
        ),
        required=("input", "model"),
        body="json",
        body_required=True,
        result="EmbeddingsResponse",
    ),
    "list_endpoints": OperationSpec(
        name="list_endpoints",
        operation_id="listEndpoints",
        method="GET",
        path="/endpoints",
        tag="endpoints",
        reply="json",
        credential="inference",
        result="EndpointCatalogueResponse",
    ),
    "list_files": OperationSpec(
        name="list_files",
        operation_id="listFiles",
        method="GET",
        path="/files",
        tag="files",
        reply="json",
        credential="inference",
        result="ListFilesResponse",
    ),
    "upload_file": OperationSpec(
        name="upload_file",
        operation_id="uploadFile",
        method="POST",
        path="/files",
        tag="files",
        reply="json",
        credential="inference",
        body_fields=("file", "purpose"),
        file_fields=("file",),
        query_params=("model", "provider"),
        header_params=("x_ai_stats_provider",),
        required=("file", "purpose"),
        wire={"x_ai_stats_provider": "x-ai-stats-provider"},
        body="multipart",
        body_required=True,
        result="FileResponse",
    ),
    "retrieve_file": OperationSpec(
        name="retrieve_file",
        operation_id="retrieveFile",
        method="GET",
        path="/files/{file_id}",
        tag="files",
        reply="json",
        credential="inference",
        path_params=("file_id",),
        required=("file_id",),
        result="FileResponse",
    ),
    "retrieve_file_content": OperationSpec(
        name="retrieve_file_content",
        operation_id="retrieveFileContent",
        method="GET",
        path="/files/{file_id}/content",
        tag="files",
        reply="bytes",
        credential="inference",
        path_params=("file_id",),
        required=("file_id",),
    ),
    "list_gateway_models": OperationSpec(
        name="list_gateway_models",
        operation_id="listGatewayModels",
        method="GET",
        path="/gateway/models",
        tag="models",
        reply="json",
        credential="inference",
        query_params=(
            "availability",
            "capability_status",
            "endpoints",
            "feed",
            "format",
            "input_types",
            "limit",
            "model_routing_status",
            "offset",
            "organisation",
            "output_types",
            "params",
            "provider",
            "provider_availability_reason",
            "provider_availability_status",
            "provider_routing_status",
            "provider_status",
            "status",
        ),
        result="SeedEraModelsResponse",
        deprecated=True,
    ),
    "list_gateway_team_models": OperationSpec(
        name="list_gateway_team_models",
        operation_id="listGatewayTeamModels",
        method="GET",
        path="/gateway/models/me",
        tag="models",
        reply="json",
        credential="inference",
        query_params=(
            "availability",
            "capability_status",
            "endpoints",
            "feed",
            "format",
            "input_types",
            "limit",
            "model_routing_status",
            "offset",
            "organisation",
            "output_types",
            "params",
            "provider",
            "provider_availability_reason",
            "provider_availability_status",
            "provider_routing_status",
            "provider_status",
            "status",
        ),
        result="SeedEraModelsResponse",
        deprecated=True,
    ),
    "get_generation": OperationSpec(
        name="get_generation",
        operation_id="getGeneration",
        method="GET",
        path="/generations",
        tag="generations",
        reply="json",
        credential="inference",
        query_params=("id",),
        required=("id",),
        result="GenerationResponse",
    ),
    "get_health": OperationSpec(
        name="get_health",
        operation_id="getHealth",
        method="GET",
        path="/health",
        tag="health",
        reply="json",
        credential="none",
        result="Health",
    ),
    "get_provider_derank_status": OperationSpec(
        name="get_provider_derank_status",
        operation_id="getProviderDerankStatus",
        method="GET",
        path="/health/providers/{provider_id}/derank",
        tag="health",
        reply="json",
        credential="inference",
        path_params=("provider_id",),
        query_params=("fetch_limit", "max_pairs", "window_hours"),
        required=("provider_id",),
    ),
    "create_image_edit": OperationSpec(
        name="create_image_edit",
        operation_id="createImageEdit",
        method="POST",
        path="/images/edits",
        tag="images",
        reply="json",
        credential="inference",
        body_fields=(
            "background",
            "image",
            "input_fidelity",
            "mask",
            "meta",
            "model",
            "moderation",
            "n",
            "output_compression",
            "output_format",
            "partial_images",
            "prompt",
            "provider",
            "quality",
            "response_format",
            "size",
            "stream",
            "usage",
            "user",
        ),
        file_fields=("image", "mask"),
        repeated_files=("image",),
        required=("image", "model", "prompt"),
        body="multipart",
        body_required=True,
        result="ImagesEditResponse",
        streams=True,
    ),
    "create_image": OperationSpec(
        name="create_image",
        operation_id="createImage",
        method="POST",
        path="/images/generations",
        tag="images",
        reply="json",
        credential="inference",
        body_fields=(
            "model",
            "n",
            "prompt",
            "provider",
            "quality",
            "response_format",
            "size",
            "style",
            "user",
        ),
        required=("model", "prompt"),
        body="json",
        body_required=True,
        result="ImagesGenerationResponse",
    ),
    "get_current_api_key": OperationSpec(
        name="get_current_api_key",
        operation_id="getCurrentApiKey",
        method="GET",
        path="/key",
        tag="key",
        reply="json",
        credential="inference",
        result="ApiKeyResponse",
    ),
    "list_api_keys": OperationSpec(
        name="list_api_keys",
        operation_id="listApiKeys",
        method="GET",
        path="/keys",
        tag="keys",
        reply="json",
        credential="management",
        query_params=("include_disabled", "limit", "offset", "workspace_id"),
        result="ApiKeyListResponse",
    ),
    "create_api_key": OperationSpec(
        name="create_api_key",
        operation_id="createApiKey",
        method="POST",
        path="/keys",
        tag="keys",
        reply="json",
        credential="management",
        body_fields=(
            "disabled",
            "expires_at",
            "include_byok_in_limit",
            "limit",
            "limit_reset",
            "name",
            "scopes",
            "soft_blocked",
            "workspace_id",
        ),
        required=("name",),
        body="json",
        body_required=True,
        result="ApiKeyWithValueResponse",
    ),
    "get_api_key": OperationSpec(
        name="get_api_key",
        operation_id="getApiKey",
        method="GET",
        path="/keys/{id}",
        tag="keys",
        reply="json",
        credential="management",
        path_params=("id",),
        required=("id",),
        result="ApiKeyResponse",
    ),
    "delete_api_key": OperationSpec(
        name="delete_api_key",
        operation_id="deleteApiKey",
        method="DELETE",
        path="/keys/{id}",
        tag="keys",
        reply="json",
        credential="management",
        path_params=("id",),
        required=("id",),
        result="DeletedResponse",
    ),
    "update_api_key": OperationSpec(
        name="update_api_key",
        operation_id="updateApiKey",
        method="PATCH",
        path="/keys/{id}",
        tag="keys",
        reply="json",
        credential="management",
        body_fields=(
            "disabled",
            "expires_at",
            "include_byok_in_limit",
            "limit",
            "limit_reset",
            "name",
            "scopes",
            "soft_blocked",
        ),
        path_params=("id",),
        required=("id",),
        body="json",
        body_required=True,
        result="ApiKeyResponse",
    ),
    "list_management_keys": OperationSpec(
        name="list_management_keys",
        operation_id="listManagementKeys",
        method="GET",
        path="/management/keys",
        tag="keys",
        reply="json",
        credential="management",
        query_params=("include_disabled", "limit", "offset", "workspace_id"),
        result="ApiKeyListResponse",
        deprecated=True,
    ),
    "create_management_key": OperationSpec(
        name="create_management_key",
        operation_id="createManagementKey",
        method="POST",
        path="/management/keys",
        tag="keys",
        reply="json",
        credential="management",
        body_fields=(
            "disabled",
            "expires_at",
            "include_byok_in_limit",
            "limit",
            "limit_reset",
            "name",
            "scopes",
            "soft_blocked",
            "workspace_id",
        ),
        required=("name",),
        body="json",
        body_required=True,
        result="ApiKeyWithValueResponse",
        deprecated=True,
    ),
    "get_management_key": OperationSpec(
        name="get_management_key",
        operation_id="getManagementKey",
        method="GET",
        path="/management/keys/{id}",
        tag="keys",
        reply="json",
        credential="management",
        path_params=("id",),
        required=("id",),
        result="ApiKeyResponse",
        deprecated=True,
    ),
    "delete_management_key": OperationSpec(
        name="delete_management_key",
        operation_id="deleteManagementKey",
        method="DELETE",
        path="/management/keys/{id}",
        tag="keys",
        reply="json",
        credential="management",
        path_params=("id",),
        required=("id",),
        result="DeletedResponse",
        deprecated=True,
    ),
    "update_management_key": OperationSpec(
        name="update_management_key",
        operation_id="updateManagementKey",
        method="PATCH",
        path="/management/keys/{id}",
        tag="keys",
        reply="json",
        credential="management",
        body_fields=(
            "disabled",
            "expires_at",
            "include_byok_in_limit",
            "limit",
            "limit_reset",
            "name",
            "scopes",
            "soft_blocked",
        ),
        path_params=("id",),
        required=("id",),
        body="json",
        body_required=True,
        result="ApiKeyResponse",
        deprecated=True,
    ),
    "create_anthropic_message": OperationSpec(
        name="create_anthropic_message",
        operation_id="createAnthropicMessage",
        method="POST",
        path="/messages",
        tag="messages",
        reply="json",
        credential="inference",
        body_fields=(
            "debug",
            "echo_upstream_request",
            "max_tokens",
            "messages",
            "meta",
            "metadata",
            "model",
            "provider",
            "provider_options",
            "reasoning",
            "session_id",
            "stop_sequences",
            "stream",
            "system",
            "temperature",
            "tool_choice",
            "tools",
            "top_k",
            "top_p",
            "usage",
        ),
        required=("max_tokens", "messages", "model"),
        body="json",
        body_required=True,
        result="AnthropicMessagesResponse",
        streams=True,
    ),
    "list_models": OperationSpec(
        name="list_models",
        operation_id="listModels",
        method="GET",
        path="/models",
        tag="models",
        reply="json",
        credential="inference",
        query_params=(
            "availability",
            "capability_status",
            "endpoints",
            "feed",
            "format",
            "input_modalities",
            "input_types",
            "limit",
            "model_routing_status",
            "offset",
            "organisation",
            "output_modalities",
            "output_types",
            "params",
            "provider",
            "provider_availability_reason",
            "provider_availability_status",
            "provider_routing_status",
            "provider_status",
            "status",
            "supported_parameters",
        ),
        result="GatewayModelsResponse",
    ),
    "list_team_models": OperationSpec(
        name="list_team_models",
        operation_id="listTeamModels",
        method="GET",
        path="/models/me",
        tag="models",
        reply="json",
        credential="inference",
        query_params=(
            "availability",
            "capability_status",
            "endpoints",
            "feed",
            "format",
            "input_types",
            "limit",
            "model_routing_status",
            "offset",
            "organisation",
            "output_types",
            "params",
            "provider",
            "provider_availability_reason",
            "provider_availability_status",
            "provider_routing_status",
            "provider_status",
            "status",
        ),
        result="GatewayModelsResponse",
    ),
    "list_model_endpoints": OperationSpec(
        name="list_model_endpoints",
        operation_id="listModelEndpoints",
        method="GET",
        path="/models/{author}/{slug}/endpoints",
        tag="models",
        reply="json",
        credential="inference",
        path_params=("author", "slug"),
        query_params=(
            "availability",
            "capability_status",
            "model_routing_status",
            "provider",
            "provider_availability_reason",
            "provider_availability_status",
            "provider_routing_status",
            "provider_status",
            "status",
            "supported_parameters",
        ),
        required=("author", "slug"),
        result="ModelEndpointsResponse",
    ),
    "create_moderation": OperationSpec(
        name="create_moderation",
        operation_id="createModeration",
        method="POST",
        path="/moderations",
        tag="moderations",
        reply="json",
        credential="inference",
        body_fields=("debug", "input", "meta", "model", "provider"),
        required=("input",),
        body="json",
        body_required=True,
        result="ModerationsResponse",
    ),
    "generate_music": OperationSpec(
        name="generate_music",
        operation_id="generateMusic",
        method="POST",
        path="/music/generate",
        tag="music",
        reply="json",
        credential="inference",
        body_fields=(
            "debug",
            "duration",
            "echo_upstream_request",
            "elevenlabs",
            "format",
            "minimax",
            "model",
            "prompt",
            "provider",
            "routing",
            "suno",
        ),
        required=("model",),
        body="json",
        body_required=True,
        result="MusicGenerateResponse",
    ),
    "get_music_generation": OperationSpec(
        name="get_music_generation",
        operation_id="getMusicGeneration",
        method="GET",
        path="/music/generate/{music_id}",
        tag="music",
        reply="json",
        credential="inference",
        path_params=("music_id",),
        required=("music_id",),
        result="MusicGenerateResponse",
    ),
    "create_ocr": OperationSpec(
        name="create_ocr",
        operation_id="createOcr",
        method="POST",
        path="/ocr",
        tag="ocr",
        reply="json",
        credential="inference",
        body_fields=("debug", "echo_upstream_request", "image", "language", "model", "provider"),
        required=("image", "model"),
        body="json",
        body_required=True,
        result="OcrResponse",
    ),
    "list_organisations": OperationSpec(
        name="list_organisations",
        operation_id="listOrganisations",
        method="GET",
        path="/organisations",
        tag="organisations",
        reply="json",
        credential="inference",
        query_params=("limit", "offset"),
        result="OrganisationList",
    ),
    "calculate_pricing": OperationSpec(
        name="calculate_pricing",
        operation_id="calculatePricing",
        method="POST",
        path="/pricing/calculate",
        tag="pricing",
        reply="json",
        credential="inference",
        body_fields=("endpoint", "model", "provider", "usage"),
        required=("endpoint", "model", "provider", "usage"),
        body="json",
        body_required=True,
        result="PriceEstimate",
    ),
    "list_pricing_models": OperationSpec(
        name="list_pricing_models",
        operation_id="listPricingModels",
        method="GET",
        path="/pricing/models",
        tag="pricing",
        reply="json",
        credential="inference",
        result="PriceList",
    ),
    "list_providers": OperationSpec(
        name="list_providers",
        operation_id="listProviders",
        method="GET",
        path="/providers",
        tag="providers",
        reply="json",
        credential="inference",
        query_params=("limit", "offset"),
        result="ProviderList",
    ),
    "create_rerank": OperationSpec(
        name="create_rerank",
        operation_id="createRerank",
        method="POST",
        path="/rerank",
        tag="rerank",
        reply="json",
        credential="inference",
        body_fields=(
            "debug",
            "documents",
            "max_chunks_per_doc",
            "metadata",
            "model",
            "provider",
            "provider_options",
            "query",
            "rank_fields",
            "return_documents",
            "top_k",
            "top_n",
            "user",
        ),
        required=("documents", "model", "query"),
        body="json",
        body_required=True,
        result="RerankResponse",
    ),
    "create_response": OperationSpec(
        name="create_response",
        operation_id="createResponse",
        method="POST",
        path="/responses",
        tag="responses",
        reply="json",
        credential="inference",
        body_fields=(
            "background",
            "debug",
            "echo_upstream_request",
            "image_config",
            "include",
            "input",
            "instructions",
            "max_output_tokens",
            "meta",
            "metadata",
            "modalities",
            "model",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt_cache_key",
            "provider",
            "provider_options",
            "reasoning",
            "safety_identifier",
            "service_tier",
            "session_id",
            "store",
            "stream",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_p",
            "truncation",
            "usage",
            "user",
        ),
        required=("input", "model"),
        body="json",
        body_required=True,
        result="ResponsesResponse",
        streams=True,
    ),
    "list_videos": OperationSpec(
        name="list_videos",
        operation_id="listVideos",
        method="GET",
        path="/videos",
        tag="videos",
        reply="json",
        credential="inference",
        query_params=("after", "limit", "order", "status"),
        result="VideoListResponse",
    ),
    "create_video": OperationSpec(
        name="create_video",
        operation_id="createVideo",
        method="POST",
        path="/videos",
        tag="videos",
        reply="json",
        credential="inference",
        body_fields=(
            "aspect_ratio",
            "beta",
            "compression_quality",
            "debug",
            "duration",
            "echo_upstream_request",
            "enhance_prompt",
            "generate_audio",
            "input_audio_duration",
            "input_reference",
            "input_references",
            "input_video_duration",
            "model",
            "negative_prompt",
            "output",
            "person_generation",
            "prompt",
            "provider",
            "provider_params",
            "resize_mode",
            "resolution",
            "routing",
            "sample_count",
            "seconds",
            "seed",
            "size",
            "webhook",
        ),
        required=("model",),
        body="json",
        body_required=True,
        result="VideoGenerationResponse",
    ),
    "list_video_models": OperationSpec(
        name="list_video_models",
        operation_id="listVideoModels",
        method="GET",
        path="/videos/models",
        tag="videos",
        reply="json",
        credential="inference",
        query_params=("params",),
        comma_joined=("params",),
        result="VideoModelsResponse",
    ),
    "get_video": OperationSpec(
        name="get_video",
        operation_id="getVideo",
        method="GET",
        path="/videos/{video_id}",
        tag="videos",
        reply="json",
        credential="inference",
        path_params=("video_id",),
        required=("video_id",),
        result="VideoGenerationResponse",
    ),
    "delete_video": OperationSpec(
        name="delete_video",
        operation_id="deleteVideo",
        method="DELETE",
        path="/videos/{video_id}",
        tag="videos",
        reply="json",
        credential="inference",
        path_params=("video_id",),
        required=("video_id",),
        result="VideoDeleteResponse",
    ),
    "cancel_video": OperationSpec(
        name="cancel_video",
        operation_id="cancelVideo",
        method="POST",
        path="/videos/{video_id}/cancel",
        tag="videos",
        reply="json",
        credential="inference",
        path_params=("video_id",),
        required=("video_id",),
        result="VideoGenerationResponse",
    ),
    "get_video_content": OperationSpec(
        name="get_video_content",
        operation_id="getVideoContent",
        method="GET",
        path="/videos/{video_id}/content",
        tag="videos",
        reply="bytes",
        credential="inference",
        path_params=("video_id",),
        query_params=("download_sig", "download_token", "expires_at", "index", "variant"),
        required=("video_id",),
    ),
    "create_video_download_url": OperationSpec(
        name="create_video_download_url",
        operation_id="createVideoDownloadUrl",
        method="POST",
        path="/videos/{video_id}/download_url",
        tag="videos",
        reply="json",
        credential="inference",
        body_fields=("disposition", "index", "ttl_seconds"),
        path_params=("video_id",),
        required=("video_id",),
        body="json",
        result="VideoDownloadUrl",
    ),
    "list_workspaces": OperationSpec(
        name="list_workspaces",
        operation_id="listWorkspaces",
        method="GET",
        path="/workspaces",
        tag="workspaces",
        reply="json",
        credential="management",
        query_params=("limit", "offset"),
        result="WorkspaceListResponse",
    ),
    "create_workspace": OperationSpec(
        name="create_workspace",
        operation_id="createWorkspace",
        method="POST",
        path="/workspaces",
        tag="workspaces",
        reply="json",
        credential="management",
        body_fields=("name", "slug"),
        required=("name",),
        body="json",
        body_required=True,
        result="WorkspaceResponse",
    ),
    "get_workspace": OperationSpec(
        name="get_workspace",
        operation_id="getWorkspace",
        method="GET",
        path="/workspaces/{id}",
        tag="workspaces",
        reply="json",
        credential="management",
        path_params=("id",),
        required=("id",),
        result="WorkspaceResponse",
    ),
    "delete_workspace": OperationSpec(
        name="delete_workspace",
        operation_id="deleteWorkspace",
        method="DELETE",
        path="/workspaces/{id}",
        tag="workspaces",
        reply="json",
        credential="management",
        path_params=("id",),
        required=("id",),
        result="DeletedResponse",
    ),
    "update_workspace": OperationSpec(
        name="update_workspace",
        operation_id="updateWorkspace",
        method="PATCH",
        path="/workspaces/{id}",
        tag="workspaces",
        reply="json",
        credential="management",
        body_fields=("name", "slug"),
        path_params=("id",),
        required=("id",),
        body="json",
        body_required=True,
        result="WorkspaceResponse",
    ),
}


def get_activity(**params: Unpack[GetActivityParams]) -> WorkspaceActivityResponse:
    """List the workspace's recent requests with their cost and latency"""
    raise _called_directly("get_activity")


def list_analytics(**params: Unpack[ListAnalyticsParams]) -> ActivityResponse:
    """List usage per day, model and provider"""
    raise _called_directly("list_analytics")


def create_speech(**params: Unpack[CreateSpeechParams]) -> bytes:
    """Turn text into speech"""
    raise _called_directly("create_speech")


def create_transcription(**params: Unpack[CreateTranscriptionParams]) -> AudioTranscriptionResponse:
    """Transcribe a recording in its own language"""
    raise _called_directly("create_transcription")


def create_translation(**params: Unpack[CreateTranslationParams]) -> AudioTranslationResponse:
    """Translate a recording into English text"""
    raise _called_directly("create_translation")


def list_batches(**params: Unpack[ListBatchesParams]) -> BatchListResponse:
    """List batches, newest first"""
    raise _called_directly("list_batches")


def create_batch(**params: Unpack[CreateBatchParams]) -> BatchResponse:
    """Start a batch of requests (billed)"""
    raise _called_directly("create_batch")


def list_batch_capabilities(**params: Unpack[RequestOptions]) -> BatchCapabilities:
    """List which providers take batches, and in which form"""
    raise _called_directly("list_batch_capabilities")


def list_batch_files(**params: Unpack[RequestOptions]) -> ListFilesResponse:
    """Try to list the files of batches (the gateway refuses with 400)"""
    raise _called_directly("list_batch_files")


def upload_batch_file(**params: Unpack[UploadBatchFileParams]) -> FileResponse:
    """Upload a file for a batch"""
    raise _called_directly("upload_batch_file")


def retrieve_batch_file(file_id: str, **params: Unpack[RequestOptions]) -> FileResponse:
    """Look up a file of a batch"""
    raise _called_directly("retrieve_batch_file")


def retrieve_batch_file_content(file_id: str, **params: Unpack[RequestOptions]) -> bytes:
    """Download a file of a batch"""
    raise _called_directly("retrieve_batch_file_content")


def list_batch_models(**params: Unpack[ListBatchModelsParams]) -> BatchModelsResponse:
    """List the models that can run in a batch"""
    raise _called_directly("list_batch_models")


def retrieve_batch(batch_id: str, **params: Unpack[RequestOptions]) -> BatchResponse:
    """Look up a batch"""
    raise _called_directly("retrieve_batch")


def cancel_batch(batch_id: str, **params: Unpack[RequestOptions]) -> BatchResponse:
    """Cancel a batch that has not ended"""
    raise _called_directly("cancel_batch")


def list_batch_requests(
    batch_id: str, **params: Unpack[ListBatchRequestsParams]
) -> BatchRequestList:
    """List the single requests of a batch with their results"""
    raise _called_directly("list_batch_requests")


def create_chat_completion(**params: Unpack[CreateChatCompletionParams]) -> ChatCompletionsResponse:
    """Answer a conversation in the chat-completions form"""
    raise _called_directly("create_chat_completion")


def get_credits(**params: Unpack[GetCreditsParams]) -> CreditsResponse:
    """Show the workspace's balance in nanos of a US dollar"""
    raise _called_directly("get_credits")


def list_data_models(**params: Unpack[ListDataModelsParams]) -> DataModelList:
    """List catalogue entries (removed from the gateway on 2026-06-10) (Deprecated.)"""
    raise _called_directly("list_data_models")


def create_embedding(**params: Unpack[CreateEmbeddingParams]) -> EmbeddingsResponse:
    """Turn texts into vectors"""
    raise _called_directly("create_embedding")


def list_endpoints(**params: Unpack[RequestOptions]) -> EndpointCatalogueResponse:
    """List the endpoint ids with how many models and providers serve them"""
    raise _called_directly("list_endpoints")


def list_files(**params: Unpack[RequestOptions]) -> ListFilesResponse:
    """Try to list files (the gateway refuses with 400)"""
    raise _called_directly("list_files")


def upload_file(**params: Unpack[UploadFileParams]) -> FileResponse:
    """Upload a file"""
    raise _called_directly("upload_file")


def retrieve_file(file_id: str, **params: Unpack[RequestOptions]) -> FileResponse:
    """Look up a file"""
    raise _called_directly("retrieve_file")


def retrieve_file_content(file_id: str, **params: Unpack[RequestOptions]) -> bytes:
    """Download a file"""
    raise _called_directly("retrieve_file_content")


def list_gateway_models(**params: Unpack[ListGatewayModelsParams]) -> SeedEraModelsResponse:
    """List the models, as gateways before 2026-06-10 do (Deprecated.)"""
    raise _called_directly("list_gateway_models")


def list_gateway_team_models(
    **params: Unpack[ListGatewayTeamModelsParams],
) -> SeedEraModelsResponse:
    """List the models open to the workspace, as gateways before 2026-06-10 do (Deprecated.)"""
    raise _called_directly("list_gateway_team_models")


def get_generation(**params: Unpack[GetGenerationParams]) -> GenerationResponse:
    """Look up one past request by its gateway request id"""
    raise _called_directly("get_generation")


def get_health(**params: Unpack[RequestOptions]) -> Health:
    """Check that the gateway is up; needs no key"""
    raise _called_directly("get_health")


def get_provider_derank_status(
    provider_id: str, **params: Unpack[GetProviderDerankStatusParams]
) -> dict[str, Any]:
    """Show a provider''s demotion state (403 without the operator's secret)"""
    raise _called_directly("get_provider_derank_status")


def create_image_edit(**params: Unpack[CreateImageEditParams]) -> ImagesEditResponse:
    """Edit one or more images after a prompt"""
    raise _called_directly("create_image_edit")


def create_image(**params: Unpack[CreateImageParams]) -> ImagesGenerationResponse:
    """Make images from a prompt"""
    raise _called_directly("create_image")


def get_current_api_key(**params: Unpack[RequestOptions]) -> ApiKeyResponse:
    """Show the key that makes this call"""
    raise _called_directly("get_current_api_key")


def list_api_keys(**params: Unpack[ListApiKeysParams]) -> ApiKeyListResponse:
    """List the workspace's keys"""
    raise _called_directly("list_api_keys")


def create_api_key(**params: Unpack[CreateApiKeyParams]) -> ApiKeyWithValueResponse:
    """Create a key; its text is in this answer only"""
    raise _called_directly("create_api_key")


def get_api_key(id: str, **params: Unpack[RequestOptions]) -> ApiKeyResponse:
    """Look up a key"""
    raise _called_directly("get_api_key")


def delete_api_key(id: str, **params: Unpack[RequestOptions]) -> DeletedResponse:
    """Revoke a key"""
    raise _called_directly("delete_api_key")


def update_api_key(id: str, **params: Unpack[UpdateApiKeyParams]) -> ApiKeyResponse:
    """Change a key"""
    raise _called_directly("update_api_key")


def list_management_keys(**params: Unpack[ListManagementKeysParams]) -> ApiKeyListResponse:
    """List the workspace's keys, as gateways before 2026-04-29 do (Deprecated.)"""
    raise _called_directly("list_management_keys")


def create_management_key(**params: Unpack[CreateManagementKeyParams]) -> ApiKeyWithValueResponse:
    """Create a key, as gateways before 2026-04-29 do (Deprecated.)"""
    raise _called_directly("create_management_key")


def get_management_key(id: str, **params: Unpack[RequestOptions]) -> ApiKeyResponse:
    """Look up a key, as gateways before 2026-04-29 do (Deprecated.)"""
    raise _called_directly("get_management_key")


def delete_management_key(id: str, **params: Unpack[RequestOptions]) -> DeletedResponse:
    """Revoke a key, as gateways before 2026-04-29 do (Deprecated.)"""
    raise _called_directly("delete_management_key")


def update_management_key(id: str, **params: Unpack[UpdateManagementKeyParams]) -> ApiKeyResponse:
    """Change a key, as gateways before 2026-04-29 do (Deprecated.)"""
    raise _called_directly("update_management_key")


def create_anthropic_message(
    **params: Unpack[CreateAnthropicMessageParams],
) -> AnthropicMessagesResponse:
    """Answer a conversation in the messages form"""
    raise _called_directly("create_anthropic_message")


def list_models(**params: Unpack[ListModelsParams]) -> GatewayModelsResponse:
    """List the models of the catalogue"""
    raise _called_directly("list_models")


def list_team_models(**params: Unpack[ListTeamModelsParams]) -> GatewayModelsResponse:
    """List the models open to the workspace (the gateway answers 501)"""
    raise _called_directly("list_team_models")


def list_model_endpoints(
    author: str, slug: str, **params: Unpack[ListModelEndpointsParams]
) -> ModelEndpointsResponse:
    """List who serves a model, at which price and with which limits"""
    raise _called_directly("list_model_endpoints")


def create_moderation(**params: Unpack[CreateModerationParams]) -> ModerationsResponse:
    """Classify texts and images by harmful content"""
    raise _called_directly("create_moderation")


def generate_music(**params: Unpack[GenerateMusicParams]) -> MusicGenerateResponse:
    """Start a piece of music (billed; switched off since 2026-05-07)"""
    raise _called_directly("generate_music")


def get_music_generation(music_id: str, **params: Unpack[RequestOptions]) -> MusicGenerateResponse:
    """Look up a piece of music (switched off since 2026-05-07)"""
    raise _called_directly("get_music_generation")


def create_ocr(**params: Unpack[CreateOcrParams]) -> OcrResponse:
    """Read the text in an image"""
    raise _called_directly("create_ocr")


def list_organisations(**params: Unpack[ListOrganisationsParams]) -> OrganisationList:
    """List the organisations behind the models"""
    raise _called_directly("list_organisations")


def calculate_pricing(**params: Unpack[CalculatePricingParams]) -> PriceEstimate:
    """Work out the price of a given usage"""
    raise _called_directly("calculate_pricing")


def list_pricing_models(**params: Unpack[RequestOptions]) -> PriceList:
    """List the prices of all models"""
    raise _called_directly("list_pricing_models")


def list_providers(**params: Unpack[ListProvidersParams]) -> ProviderList:
    """List the providers"""
    raise _called_directly("list_providers")


def create_rerank(**params: Unpack[CreateRerankParams]) -> RerankResponse:
    """Order documents by how well they answer a query"""
    raise _called_directly("create_rerank")


def create_response(**params: Unpack[CreateResponseParams]) -> ResponsesResponse:
    """Answer an input in the responses form"""
    raise _called_directly("create_response")


def list_videos(**params: Unpack[ListVideosParams]) -> VideoListResponse:
    """List video jobs, newest first; always send a limit"""
    raise _called_directly("list_videos")


def create_video(**params: Unpack[CreateVideoParams]) -> VideoGenerationResponse:
    """Start a video job (billed)"""
    raise _called_directly("create_video")


def list_video_models(**params: Unpack[ListVideoModelsParams]) -> VideoModelsResponse:
    """List the video models with their parameters"""
    raise _called_directly("list_video_models")


def get_video(video_id: str, **params: Unpack[RequestOptions]) -> VideoGenerationResponse:
    """Look up a video job"""
    raise _called_directly("get_video")


def delete_video(video_id: str, **params: Unpack[RequestOptions]) -> VideoDeleteResponse:
    """Delete a completed or failed video job"""
    raise _called_directly("delete_video")


def cancel_video(video_id: str, **params: Unpack[RequestOptions]) -> VideoGenerationResponse:
    """Try to cancel a video job (the gateway answers 501)"""
    raise _called_directly("cancel_video")


def get_video_content(video_id: str, **params: Unpack[GetVideoContentParams]) -> bytes:
    """Download the video of a completed job"""
    raise _called_directly("get_video_content")


def create_video_download_url(
    video_id: str, **params: Unpack[CreateVideoDownloadUrlParams]
) -> VideoDownloadUrl:
    """Make a signed download address that needs no key"""
    raise _called_directly("create_video_download_url")


def list_workspaces(**params: Unpack[ListWorkspacesParams]) -> WorkspaceListResponse:
    """List the caller's workspaces"""
    raise _called_directly("list_workspaces")


def create_workspace(**params: Unpack[CreateWorkspaceParams]) -> WorkspaceResponse:
    """Create a workspace"""
    raise _called_directly("create_workspace")


def get_workspace(id: str, **params: Unpack[RequestOptions]) -> WorkspaceResponse:
    """Look up a workspace"""
    raise _called_directly("get_workspace")


def delete_workspace(id: str, **params: Unpack[RequestOptions]) -> DeletedResponse:
    """Delete a workspace"""
    raise _called_directly("delete_workspace")


def update_workspace(id: str, **params: Unpack[UpdateWorkspaceParams]) -> WorkspaceResponse:
    """Change a workspace"""
    raise _called_directly("update_workspace")
