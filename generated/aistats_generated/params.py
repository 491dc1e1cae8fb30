"""The JSON that each operation takes, as types: one TypedDict per operation and per nested object.

Where the JSON of an object is due, a generated model of it does as well.

Type checkers read this module; at run time nothing needs it, so importing it is never forced.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import IO, Any, Literal, Protocol, Required, TypeAlias, TypedDict, Union

import httpx

from . import models  # noqa: F401 - named in texts; each class is loaded when it is asked for

FileContent: TypeAlias = bytes | IO[bytes]
FileInput: TypeAlias = (
    str | os.PathLike[str] | FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]
)
"""A path, bytes, an open binary file, or (name, content) or (name, content, content type)."""


class RetryPolicy(Protocol):
    """What a `retry=` value must tell; the client's own `Retry` does."""

    @property
    def attempts(self) -> int: ...
    @property
    def base(self) -> float: ...
    @property
    def cap(self) -> float: ...
    @property
    def respect_retry_after_up_to(self) -> float: ...
    @property
    def budget(self) -> float | None: ...
    @property
    def retry_billed(self) -> bool: ...


class RequestOptions(TypedDict, total=False):
    """What every call takes beside the parameters of its operation."""

    extra_body: Mapping[str, Any]
    extra_headers: Mapping[str, str]
    extra_query: Mapping[str, Any]
    timeout: float | httpx.Timeout | None
    retry: RetryPolicy | None


class AnthropicContentBlockDict(TypedDict, total=False):
    cache_control: CacheControlParam
    citations: Sequence[Mapping[str, Any]] | None
    content: str
    id: str
    input: Mapping[str, Any]
    name: str
    source: AnthropicContentBlockSourceParam
    text: str
    tool_use_id: str
    type: Literal["image", "text", "tool_result", "tool_use"]


class AnthropicContentBlockSourceDict(TypedDict, total=False):
    data: str
    media_type: str
    type: str
    url: str


class AnthropicMessageDict(TypedDict, total=False):
    content: Required[str | Sequence[AnthropicContentBlockParam]]
    role: Required[Literal["assistant", "user"]]


class AnthropicMessagesRequestSystemItemParam(TypedDict, total=False):
    cache_control: CacheControlParam
    text: str
    type: Literal["text"]


class AnthropicToolDict(TypedDict, total=False):
    description: str
    input_schema: Mapping[str, Any]
    name: Required[str]


class AudioContentPartDict(TypedDict, total=False):
    input_audio: Required[AudioContentPartInputAudioParam]
    type: Required[Literal["input_audio"]]


class AudioContentPartInputAudioDict(TypedDict, total=False):
    data: str
    format: Literal["flac", "m4a", "mp3", "ogg", "pcm16", "pcm24", "wav"]


class AudioTranscriptionRequestChunkingStrategyParam(TypedDict, total=False):
    prefix_padding_ms: int
    silence_duration_ms: int
    threshold: float | Decimal
    type: Required[Literal["server_vad"]]


class BatchRequestItemDict(TypedDict, total=False):
    body: Required[Mapping[str, Any]]
    custom_id: str
    method: Literal["POST"]
    url: str


class BatchRequestOutputExpiresAfterDict(TypedDict, total=False):
    anchor: Literal["created_at"]
    seconds: int


class BatchRequestWebhookDict(TypedDict, total=False):
    endpoint_id: Required[str]
    events: Sequence[str]


class CacheControlDict(TypedDict, total=False):
    scope: str
    ttl: str
    type: str


class ChatAudioOutputPartAudioUrlDict(TypedDict, total=False):
    url: Required[str]


class ChatAudioOutputPartDict(TypedDict, total=False):
    audio_url: Required[ChatAudioOutputPartAudioUrlParam]
    format: Literal["flac", "m4a", "mp3", "ogg", "pcm16", "pcm24", "wav"]
    mime_type: str
    type: Required[Literal["audio_url"]]


class ChatCompletionsRequestResponseFormatParam(TypedDict, total=False):
    json_schema: Mapping[str, Any]
    schema: Mapping[str, Any]
    type: str


class ChatImageOutputPartDict(TypedDict, total=False):
    image_url: Required[ChatImageOutputPartImageUrlParam]
    mime_type: str
    type: Required[Literal["image_url"]]


class ChatImageOutputPartImageUrlDict(TypedDict, total=False):
    url: Required[str]


class ChatMessageDict(TypedDict, total=False):
    annotations: Sequence[Mapping[str, Any]]
    audios: Sequence[ChatAudioOutputPartParam]
    content: str | Sequence[MessageContentPartParam]
    images: Sequence[ChatImageOutputPartParam]
    name: str
    reasoning_content: str | None
    refusal: str | None
    role: Required[Literal["assistant", "developer", "system", "tool", "user"]]
    tool_call_id: str
    tool_calls: Sequence[ToolCallParam]


class DebugOptionsDict(TypedDict, total=False):
    enabled: bool
    return_upstream_request: bool
    return_upstream_response: bool
    trace: bool
    trace_level: Literal["full", "summary"]


class EmbeddingsMultimodalInputContentItemOption1Param(TypedDict, total=False):
    text: Required[str]
    type: Required[Literal["input_text", "text"]]


class EmbeddingsMultimodalInputContentItemOption2ImageUrlParam(TypedDict, total=False):
    url: Required[str]


class EmbeddingsMultimodalInputContentItemOption2Param(TypedDict, total=False):
    image_url: str | EmbeddingsMultimodalInputContentItemOption2ImageUrlParam
    type: Required[Literal["image", "image_url", "input_image"]]
    url: str | EmbeddingsMultimodalInputContentItemOption2UrlParam


class EmbeddingsMultimodalInputContentItemOption2UrlParam(TypedDict, total=False):
    url: Required[str]


class EmbeddingsMultimodalInputContentItemOption3InputAudioParam(TypedDict, total=False):
    data: str
    format: str
    url: str


class EmbeddingsMultimodalInputContentItemOption3Param(TypedDict, total=False):
    input_audio: Required[EmbeddingsMultimodalInputContentItemOption3InputAudioParam]
    type: Required[Literal["input_audio"]]


class EmbeddingsMultimodalInputContentItemOption4Param(TypedDict, total=False):
    type: Required[Literal["input_video", "video_url"]]
    url: str | EmbeddingsMultimodalInputContentItemOption4UrlParam
    video_url: str | EmbeddingsMultimodalInputContentItemOption4VideoUrlParam


class EmbeddingsMultimodalInputContentItemOption4UrlParam(TypedDict, total=False):
    url: Required[str]


class EmbeddingsMultimodalInputContentItemOption4VideoUrlParam(TypedDict, total=False):
    url: Required[str]


class EmbeddingsMultimodalInputDict(TypedDict, total=False):
    content: Required[
        Sequence[
            EmbeddingsMultimodalInputContentItemOption1Param
            | EmbeddingsMultimodalInputContentItemOption2Param
            | EmbeddingsMultimodalInputContentItemOption3Param
            | EmbeddingsMultimodalInputContentItemOption4Param
        ]
    ]


class EmbeddingsRequestProviderOptionsDict(TypedDict, total=False):
    google: EmbeddingsRequestProviderOptionsGoogleParam
    mistral: EmbeddingsRequestProviderOptionsMistralParam


class EmbeddingsRequestProviderOptionsGoogleDict(TypedDict, total=False):
    task_type: str
    title: str


class EmbeddingsRequestProviderOptionsMistralDict(TypedDict, total=False):
    output_dtype: Literal["binary", "float", "int8", "ubinary", "uint8"]


class FunctionToolDefinitionDict(TypedDict, total=False):
    function: Required[FunctionToolDefinitionFunctionParam]
    type: Required[Literal["function"]]


class FunctionToolDefinitionFunctionDict(TypedDict, total=False):
    description: str
    name: Required[str]
    parameters: Required[Mapping[str, Any]]


class FusionToolDefinitionDict(TypedDict, total=False):
    parameters: FusionToolDefinitionParametersParam
    type: Required[Literal["phaseo:fusion"]]


class FusionToolDefinitionParametersDict(TypedDict, total=False):
    analysis_models: Required[Sequence[str]]
    model: str


class GatewayDatetimeToolDefinitionDict(TypedDict, total=False):
    parameters: GatewayDatetimeToolDefinitionParametersParam
    timezone: str
    type: Required[Literal["gateway:datetime", "phaseo:datetime"]]


class GatewayDatetimeToolDefinitionParametersDict(TypedDict, total=False):
    timezone: str


class GatewayWebFetchToolDefinitionDict(TypedDict, total=False):
    max_chars: int
    parameters: GatewayWebFetchToolDefinitionParametersParam
    type: Required[Literal["gateway:web_fetch", "phaseo:web_fetch"]]


class GatewayWebFetchToolDefinitionParametersDict(TypedDict, total=False):
    max_chars: int


class GatewayWebSearchToolDefinitionDict(TypedDict, total=False):
    include_highlights: bool
    include_text: bool
    max_results: int
    parameters: GatewayWebSearchToolDefinitionParametersParam
    type: Required[Literal["gateway:web_search", "phaseo:web_search"]]


class GatewayWebSearchToolDefinitionParametersDict(TypedDict, total=False):
    include_highlights: bool
    include_text: bool
    max_results: int


class ImageConfigDict(TypedDict, total=False):
    aspect_ratio: str
    font_inputs: Sequence[ImageConfigFontInputsItemParam]
    image_size: Literal["0.5K", "1K", "2K", "4K"]
    include_rai_reason: bool
    reference_images: Sequence[Mapping[str, Any]]
    super_resolution_references: Sequence[str]


class ImageConfigFontInputsItemDict(TypedDict, total=False):
    font_url: str
    text: str


class ImageContentPartDict(TypedDict, total=False):
    image_url: Required[ImageContentPartImageUrlParam]
    type: Required[Literal["image_url"]]


class ImageContentPartImageUrlDict(TypedDict, total=False):
    url: str


class ImageModerationInputDict(TypedDict, total=False):
    image_url: Required[ImageModerationInputImageUrlParam]
    type: Required[Literal["image_url"]]


class ImageModerationInputImageUrlDict(TypedDict, total=False):
    url: str


class MusicGenerateRequestElevenlabsDict(TypedDict, total=False):
    composition_plan: Mapping[str, Any]
    force_instrumental: bool
    model_id: str
    music_length_ms: int
    output_format: str
    prompt: str
    sign_with_c2pa: bool
    store_for_inpainting: bool
    with_timestamps: bool


class MusicGenerateRequestSunoDict(TypedDict, total=False):
    audioWeight: float | Decimal
    callBackUrl: str
    customMode: bool
    instrumental: bool
    model: str
    negativeTags: str
    personaId: str
    prompt: str
    style: str
    styleWeight: float | Decimal
    title: str
    vocalGender: Literal["f", "m"]
    weirdnessConstraint: float | Decimal


class ProviderOptionsAnthropicDict(TypedDict, total=False):
    cache_control: CacheControlParam


class ProviderOptionsDict(TypedDict, total=False):
    anthropic: ProviderOptionsAnthropicParam
    google: ProviderOptionsGoogleParam
    openai: ProviderOptionsOpenaiParam


class ProviderOptionsGoogleDict(TypedDict, total=False):
    cache_control: CacheControlParam
    cache_ttl: str
    cached_content: str


class ProviderOptionsOpenaiContextManagementDict(TypedDict, total=False):
    compact_threshold: float | Decimal
    type: Required[Literal["compaction"]]


class ProviderOptionsOpenaiDict(TypedDict, total=False):
    context_management: ProviderOptionsOpenaiContextManagementParam
    prompt_cache_retention: str


class ProviderRoutingOptionsDict(TypedDict, total=False):
    allow_fallbacks: bool | None
    data_collection: Literal["allow", "deny"] | None
    enforce_distillable_text: bool | None
    ignore: Sequence[str]
    include_alpha: bool
    max_price: ProviderRoutingOptionsMaxPriceParam
    only: Sequence[str]
    order: Sequence[str]
    preferred_max_latency: float | Decimal | Mapping[str, float | Decimal]
    preferred_min_throughput: float | Decimal | Mapping[str, float | Decimal]
    quantizations: Sequence[str] | None
    require_parameters: bool | None
    require_zero_data_retention: bool | None
    required_data_region: str | None
    required_execution_region: str | None
    sort: str | Mapping[str, Any]
    zdr: bool | None


class ProviderRoutingOptionsMaxPriceDict(TypedDict, total=False):
    audio: float | Decimal | str
    completion: float | Decimal | str
    image: float | Decimal | str
    prompt: float | Decimal | str
    request: float | Decimal | str


class ReasoningConfigDict(TypedDict, total=False):
    effort: Literal["high", "low", "max", "medium", "minimal", "none", "xhigh"]
    enabled: bool
    max_tokens: int
    mode: Literal["pro", "standard"]
    summary: Literal["auto", "concise", "detailed"]


class ResponsesFunctionToolDict(TypedDict, total=False):
    description: str
    name: Required[str]
    parameters: Mapping[str, Any]
    strict: bool | None
    type: Required[Literal["function"]]


class ResponsesInputItemDict(TypedDict, total=False):
    content: str | Sequence[Mapping[str, Any]] | Mapping[str, Any]
    role: Literal["assistant", "developer", "system", "user"]
    type: str


class SearchModelsToolDefinitionDict(TypedDict, total=False):
    parameters: SearchModelsToolDefinitionParametersParam
    type: Required[Literal["phaseo:search_models"]]


class SearchModelsToolDefinitionParametersDict(TypedDict, total=False):
    max_results: int


class SubagentToolDefinitionDict(TypedDict, total=False):
    parameters: Mapping[str, Any]
    type: Required[Literal["phaseo:subagent"]]


class TextContentPartDict(TypedDict, total=False):
    text: Required[str]
    type: Required[Literal["text"]]


class TextModerationInputDict(TypedDict, total=False):
    text: Required[str]
    type: Required[Literal["text"]]


class ToolCallContentPartDict(TypedDict, total=False):
    function: Required[ToolCallContentPartFunctionParam]
    id: Required[str]
    type: Required[Literal["tool_call"]]


class ToolCallContentPartFunctionDict(TypedDict, total=False):
    arguments: str
    name: str


class ToolCallDict(TypedDict, total=False):
    function: Required[ToolCallFunctionParam]
    id: Required[str]
    type: Required[Literal["function"]]


class ToolCallFunctionDict(TypedDict, total=False):
    arguments: str
    description: str
    name: str
    parameters: Mapping[str, Any]


class VideoContentPartDict(TypedDict, total=False):
    type: Required[Literal["input_video"]]
    video_url: Required[str]


class VideoGenerationRequestInputReferenceDict(TypedDict, total=False):
    file_id: str
    image_url: Any


class VideoGenerationRequestWebhookDict(TypedDict, total=False):
    endpoint_id: Required[str]
    events: Sequence[str]


class VideoInputReferenceOption1ImageUrlParam(TypedDict, total=False):
    url: Required[str]


class VideoInputReferenceOption1Param(TypedDict, total=False):
    image_url: Required[VideoInputReferenceOption1ImageUrlParam]
    reference_type: str
    role: Literal["first_frame", "last_frame", "mask", "reference", "source"]
    type: Required[Literal["image_url"]]


class VideoInputReferenceOption2MediaUrlParam(TypedDict, total=False):
    url: Required[str]


class VideoInputReferenceOption2Param(TypedDict, total=False):
    media_url: Required[VideoInputReferenceOption2MediaUrlParam]
    reference_type: str
    role: Literal["first_frame", "last_frame", "mask", "reference", "source"]
    type: Required[Literal["audio_url", "video_url"]]


class VideoOutputConfigDict(TypedDict, total=False):
    access: Literal["both", "bytes", "signed_url"]


AnthropicContentBlockParam: TypeAlias = Union[
    AnthropicContentBlockDict,
    Mapping[str, Any],
    "models.AnthropicContentBlock",
    "models.MessageTextBlock",
    "models.MessageToolUseBlock",
    "models.MessageThinkingBlock",
    "models.MessageRedactedThinkingBlock",
]


AnthropicContentBlockSourceParam: TypeAlias = Union[
    AnthropicContentBlockSourceDict, "models.AnthropicContentBlockSource"
]


AnthropicMessageParam: TypeAlias = Union[AnthropicMessageDict, "models.AnthropicMessage"]


AnthropicToolParam: TypeAlias = Union[AnthropicToolDict, Mapping[str, Any], "models.AnthropicTool"]


AudioContentPartInputAudioParam: TypeAlias = Union[
    AudioContentPartInputAudioDict, "models.AudioContentPartInputAudio"
]


AudioContentPartParam: TypeAlias = Union[AudioContentPartDict, "models.AudioContentPart"]


BatchRequestItemParam: TypeAlias = Union[BatchRequestItemDict, "models.BatchRequestItem"]


BatchRequestOutputExpiresAfterParam: TypeAlias = Union[
    BatchRequestOutputExpiresAfterDict, "models.BatchRequestOutputExpiresAfter"
]


BatchRequestWebhookParam: TypeAlias = Union[BatchRequestWebhookDict, "models.BatchRequestWebhook"]


CacheControlParam: TypeAlias = Union[CacheControlDict, Mapping[str, Any], "models.CacheControl"]


ChatAudioOutputPartAudioUrlParam: TypeAlias = Union[
    ChatAudioOutputPartAudioUrlDict, "models.ChatAudioOutputPartAudioUrl"
]


ChatAudioOutputPartParam: TypeAlias = Union[ChatAudioOutputPartDict, "models.ChatAudioOutputPart"]


ChatImageOutputPartImageUrlParam: TypeAlias = Union[
    ChatImageOutputPartImageUrlDict, "models.ChatImageOutputPartImageUrl"
]


ChatImageOutputPartParam: TypeAlias = Union[ChatImageOutputPartDict, "models.ChatImageOutputPart"]


ChatMessageParam: TypeAlias = Union[
    ChatMessageDict, "models.ChatMessage", "models.ChatCompletionMessage"
]


DebugOptionsParam: TypeAlias = Union[DebugOptionsDict, "models.DebugOptions"]


EmbeddingsMultimodalInputParam: TypeAlias = Union[
    EmbeddingsMultimodalInputDict, "models.EmbeddingsMultimodalInput"
]


EmbeddingsRequestProviderOptionsGoogleParam: TypeAlias = Union[
    EmbeddingsRequestProviderOptionsGoogleDict, "models.EmbeddingsRequestProviderOptionsGoogle"
]


EmbeddingsRequestProviderOptionsMistralParam: TypeAlias = Union[
    EmbeddingsRequestProviderOptionsMistralDict, "models.EmbeddingsRequestProviderOptionsMistral"
]


EmbeddingsRequestProviderOptionsParam: TypeAlias = Union[
    EmbeddingsRequestProviderOptionsDict, "models.EmbeddingsRequestProviderOptions"
]


FunctionToolDefinitionFunctionParam: TypeAlias = Union[
    FunctionToolDefinitionFunctionDict, Mapping[str, Any], "models.FunctionToolDefinitionFunction"
]


FunctionToolDefinitionParam: TypeAlias = Union[
    FunctionToolDefinitionDict, Mapping[str, Any], "models.FunctionToolDefinition"
]


FusionToolDefinitionParam: TypeAlias = Union[
    FusionToolDefinitionDict, "models.FusionToolDefinition"
]


FusionToolDefinitionParametersParam: TypeAlias = Union[
    FusionToolDefinitionParametersDict, Mapping[str, Any], "models.FusionToolDefinitionParameters"
]


GatewayDatetimeToolDefinitionParam: TypeAlias = Union[
    GatewayDatetimeToolDefinitionDict, "models.GatewayDatetimeToolDefinition"
]


GatewayDatetimeToolDefinitionParametersParam: TypeAlias = Union[
    GatewayDatetimeToolDefinitionParametersDict, "models.GatewayDatetimeToolDefinitionParameters"
]


GatewayWebFetchToolDefinitionParam: TypeAlias = Union[
    GatewayWebFetchToolDefinitionDict, "models.GatewayWebFetchToolDefinition"
]


GatewayWebFetchToolDefinitionParametersParam: TypeAlias = Union[
    GatewayWebFetchToolDefinitionParametersDict, "models.GatewayWebFetchToolDefinitionParameters"
]


GatewayWebSearchToolDefinitionParam: TypeAlias = Union[
    GatewayWebSearchToolDefinitionDict, "models.GatewayWebSearchToolDefinition"
]


GatewayWebSearchToolDefinitionParametersParam: TypeAlias = Union[
    GatewayWebSearchToolDefinitionParametersDict, "models.GatewayWebSearchToolDefinitionParameters"
]


ImageConfigFontInputsItemParam: TypeAlias = Union[
    ImageConfigFontInputsItemDict, "models.ImageConfigFontInputsItem"
]


ImageConfigParam: TypeAlias = Union[ImageConfigDict, Mapping[str, Any], "models.ImageConfig"]


ImageContentPartImageUrlParam: TypeAlias = Union[
    ImageContentPartImageUrlDict, "models.ImageContentPartImageUrl"
]


ImageContentPartParam: TypeAlias = Union[ImageContentPartDict, "models.ImageContentPart"]


ImageModerationInputImageUrlParam: TypeAlias = Union[
    ImageModerationInputImageUrlDict, "models.ImageModerationInputImageUrl"
]


ImageModerationInputParam: TypeAlias = Union[
    ImageModerationInputDict, "models.ImageModerationInput"
]


MusicGenerateRequestElevenlabsParam: TypeAlias = Union[
    MusicGenerateRequestElevenlabsDict, "models.MusicGenerateRequestElevenlabs"
]


MusicGenerateRequestSunoParam: TypeAlias = Union[
    MusicGenerateRequestSunoDict, "models.MusicGenerateRequestSuno"
]


ProviderOptionsAnthropicParam: TypeAlias = Union[
    ProviderOptionsAnthropicDict, "models.ProviderOptionsAnthropic"
]


ProviderOptionsGoogleParam: TypeAlias = Union[
    ProviderOptionsGoogleDict, "models.ProviderOptionsGoogle"
]


ProviderOptionsOpenaiContextManagementParam: TypeAlias = Union[
    ProviderOptionsOpenaiContextManagementDict, "models.ProviderOptionsOpenaiContextManagement"
]


ProviderOptionsOpenaiParam: TypeAlias = Union[
    ProviderOptionsOpenaiDict, "models.ProviderOptionsOpenai"
]


ProviderOptionsParam: TypeAlias = Union[ProviderOptionsDict, "models.ProviderOptions"]


ProviderRoutingOptionsMaxPriceParam: TypeAlias = Union[
    ProviderRoutingOptionsMaxPriceDict, "models.ProviderRoutingOptionsMaxPrice"
]


ProviderRoutingOptionsParam: TypeAlias = Union[
    ProviderRoutingOptionsDict, "models.ProviderRoutingOptions"
]


ReasoningConfigParam: TypeAlias = Union[ReasoningConfigDict, "models.ReasoningConfig"]


ResponsesFunctionToolParam: TypeAlias = Union[
    ResponsesFunctionToolDict, "models.ResponsesFunctionTool"
]


ResponsesInputItemParam: TypeAlias = Union[
    ResponsesInputItemDict,
    Mapping[str, Any],
    "models.ResponsesInputItem",
    "models.ResponsesMessage",
    "models.ResponsesFunctionCall",
    "models.ResponsesReasoning",
]


SearchModelsToolDefinitionParam: TypeAlias = Union[
    SearchModelsToolDefinitionDict, "models.SearchModelsToolDefinition"
]


SearchModelsToolDefinitionParametersParam: TypeAlias = Union[
    SearchModelsToolDefinitionParametersDict, "models.SearchModelsToolDefinitionParameters"
]


SubagentToolDefinitionParam: TypeAlias = Union[
    SubagentToolDefinitionDict, "models.SubagentToolDefinition"
]


TextContentPartParam: TypeAlias = Union[TextContentPartDict, "models.TextContentPart"]


TextModerationInputParam: TypeAlias = Union[TextModerationInputDict, "models.TextModerationInput"]


ToolCallContentPartFunctionParam: TypeAlias = Union[
    ToolCallContentPartFunctionDict, "models.ToolCallContentPartFunction"
]


ToolCallContentPartParam: TypeAlias = Union[ToolCallContentPartDict, "models.ToolCallContentPart"]


ToolCallFunctionParam: TypeAlias = Union[ToolCallFunctionDict, "models.ToolCallFunction"]


ToolCallParam: TypeAlias = Union[ToolCallDict, "models.ToolCall"]


VideoContentPartParam: TypeAlias = Union[VideoContentPartDict, "models.VideoContentPart"]


VideoGenerationRequestInputReferenceParam: TypeAlias = Union[
    VideoGenerationRequestInputReferenceDict, "models.VideoGenerationRequestInputReference"
]


VideoGenerationRequestWebhookParam: TypeAlias = Union[
    VideoGenerationRequestWebhookDict, "models.VideoGenerationRequestWebhook"
]


VideoOutputConfigParam: TypeAlias = Union[VideoOutputConfigDict, "models.VideoOutputConfig"]


MessageContentPartParam: TypeAlias = (
    TextContentPartParam
    | ImageContentPartParam
    | AudioContentPartParam
    | VideoContentPartParam
    | ToolCallContentPartParam
)


TextToolChoiceParam: TypeAlias = (
    Literal[
        "auto",
        "gateway:datetime",
        "gateway:web_fetch",
        "gateway:web_search",
        "none",
        "phaseo:datetime",
        "phaseo:fusion",
        "phaseo:search_models",
        "phaseo:subagent",
        "phaseo:web_fetch",
        "phaseo:web_search",
        "required",
    ]
    | Mapping[str, Any]
)


TextGenerateToolParam: TypeAlias = (
    FunctionToolDefinitionParam
    | GatewayDatetimeToolDefinitionParam
    | GatewayWebSearchToolDefinitionParam
    | GatewayWebFetchToolDefinitionParam
    | SubagentToolDefinitionParam
    | FusionToolDefinitionParam
    | SearchModelsToolDefinitionParam
)


ApiKeyScopeValueParam: TypeAlias = str | Sequence[str]


VideoInputReferenceParam: TypeAlias = (
    VideoInputReferenceOption1Param | VideoInputReferenceOption2Param
)


class GetActivityParams(RequestOptions, total=False):
    days: int
    limit: int
    offset: int
    workspace_id: str


class ListAnalyticsParams(RequestOptions, total=False):
    date: str | datetime.date


class CreateSpeechParams(RequestOptions, total=False):
    input: Required[str]
    model: Required[str]
    format: Literal["aac", "mp3", "ogg", "wav"]
    provider: ProviderRoutingOptionsParam
    response_format: Literal["aac", "flac", "mp3", "opus", "pcm", "wav"]
    speed: float | Decimal
    stream_format: Literal["audio", "sse"]
    voice: str


class CreateTranscriptionParams(RequestOptions, total=False):
    model: Required[str]
    audio_b64: str
    audio_url: str
    chunking_strategy: Literal["auto"] | AudioTranscriptionRequestChunkingStrategyParam
    context_bias: Sequence[str]
    debug: DebugOptionsParam
    diarize: bool
    file: FileInput
    file_id: str
    file_url: str
    include: Sequence[str]
    keywords: Sequence[str]
    known_speaker_names: Sequence[str]
    known_speaker_references: Sequence[str]
    language: str
    languages: Sequence[str]
    prompt: str
    provider: ProviderRoutingOptionsParam
    response_format: Literal["diarized_json", "json", "srt", "text", "verbose_json", "vtt"]
    s3_presigned_url: str
    stream: bool
    temperature: float | Decimal
    timestamp_granularities: Sequence[str]


class CreateTranslationParams(RequestOptions, total=False):
    model: Required[str]
    audio_b64: str
    audio_url: str
    file: FileInput
    language: str
    prompt: str
    provider: ProviderRoutingOptionsParam
    response_format: str
    temperature: float | Decimal


class ListBatchesParams(RequestOptions, total=False):
    limit: int
    status: Sequence[str]
    statuses: str


class CreateBatchParams(RequestOptions, total=False):
    completion_window: str
    debug: DebugOptionsParam
    endpoint: Literal[
        "/v1/chat/completions",
        "/v1/embeddings",
        "/v1/generateContent",
        "/v1/messages",
        "/v1/responses",
    ]
    input_file_id: str
    items: Sequence[Mapping[str, Any]]
    max_tokens: int
    metadata: Mapping[str, Any]
    model: str
    output_expires_after: BatchRequestOutputExpiresAfterParam
    prompts: Sequence[str]
    provider: ProviderRoutingOptionsParam
    requests: Sequence[BatchRequestItemParam]
    session_id: str
    system: str
    temperature: float | Decimal
    webhook: BatchRequestWebhookParam
    webhook_endpoint_id: str


class UploadBatchFileParams(RequestOptions, total=False):
    file: Required[FileInput]
    purpose: Required[str]
    model: str
    provider: str
    x_phaseo_provider: str


class ListBatchModelsParams(RequestOptions, total=False):
    params: Sequence[str]


class ListBatchRequestsParams(RequestOptions, total=False):
    limit: int
    offset: int
    status: str


class ParseChatCompletionParams(RequestOptions, total=False):
    messages: Required[Sequence[ChatMessageParam]]
    model: Required[str]
    debug: DebugOptionsParam
    echo_upstream_request: bool
    frequency_penalty: float | Decimal
    image_config: ImageConfigParam
    logit_bias: Mapping[str, float | Decimal]
    logprobs: bool
    max_completion_tokens: int
    max_tokens: int
    max_tool_calls: int
    meta: bool
    metadata: Mapping[str, str]
    modalities: Sequence[Literal["audio", "image", "text"]]
    n: int
    parallel_tool_calls: bool
    plugins: Sequence[Mapping[str, Any]]
    presence_penalty: float | Decimal
    prompt_cache_key: str | None
    provider: str | ProviderRoutingOptionsParam
    provider_options: ProviderOptionsParam
    reasoning: ReasoningConfigParam
    reasoning_effort: Literal["high", "low", "max", "medium", "minimal", "none", "xhigh"]
    routing: Mapping[str, Any]
    safety_identifier: str | None
    seed: int
    service_tier: Literal["batch", "fast", "flex", "priority", "standard"]
    session_id: str
    stop: str | Sequence[str]
    store: bool
    stream: bool
    stream_options: Mapping[str, Any]
    temperature: float | Decimal
    tool_choice: TextToolChoiceParam
    tools: Sequence[TextGenerateToolParam]
    top_k: int
    top_logprobs: int
    top_p: float | Decimal
    trace: Mapping[str, Any]
    usage: bool
    user: str
    user_id: str


class CreateChatCompletionParams(ParseChatCompletionParams, total=False):
    response_format: str | ChatCompletionsRequestResponseFormatParam | Mapping[str, Any]


class GetCreditsParams(RequestOptions, total=False):
    workspace_id: str


class ListDataModelsParams(RequestOptions, total=False):
    feed: Literal["atom", "json", "rss"]
    format: Literal["atom", "json", "rss"]
    id: str | Sequence[str]
    include_hidden: bool
    limit: int
    model_id: str | Sequence[str]
    offset: int
    organisation: str | Sequence[str]
    status: Sequence[str]


class CreateEmbeddingParams(RequestOptions, total=False):
    input: Required[
        str
        | Sequence[int]
        | EmbeddingsMultimodalInputParam
        | Sequence[str | Sequence[int] | EmbeddingsMultimodalInputParam]
    ]
    model: Required[str]
    debug: DebugOptionsParam
    dimensions: int
    encoding_format: Literal["base64", "float"]
    provider: ProviderRoutingOptionsParam
    provider_options: EmbeddingsRequestProviderOptionsParam
    user: str


class UploadFileParams(RequestOptions, total=False):
    file: Required[FileInput]
    purpose: Required[str]
    model: str
    provider: str
    x_ai_stats_provider: str


class ListGatewayModelsParams(RequestOptions, total=False):
    availability: Literal["active", "all"]
    capability_status: Sequence[str]
    endpoints: Sequence[str]
    feed: Literal["atom", "json", "rss"]
    format: Literal["atom", "json", "rss"]
    input_types: Sequence[str]
    limit: int
    model_routing_status: Sequence[str]
    offset: int
    organisation: str | Sequence[str]
    output_types: Sequence[str]
    params: Sequence[str]
    provider: Sequence[str]
    provider_availability_reason: Sequence[str]
    provider_availability_status: Sequence[str]
    provider_routing_status: Sequence[str]
    provider_status: Sequence[str]
    status: Sequence[str]


class ListGatewayTeamModelsParams(RequestOptions, total=False):
    availability: Literal["active", "all"]
    capability_status: Sequence[str]
    endpoints: Sequence[str]
    feed: Literal["atom", "json", "rss"]
    format: Literal["atom", "json", "rss"]
    input_types: Sequence[str]
    limit: int
    model_routing_status: Sequence[str]
    offset: int
    organisation: str | Sequence[str]
    output_types: Sequence[str]
    params: Sequence[str]
    provider: Sequence[str]
    provider_availability_reason: Sequence[str]
    provider_availability_status: Sequence[str]
    provider_routing_status: Sequence[str]
    provider_status: Sequence[str]
    status: Sequence[str]


class GetGenerationParams(RequestOptions, total=False):
    id: Required[str]


class GetProviderDerankStatusParams(RequestOptions, total=False):
    fetch_limit: int
    max_pairs: int
    window_hours: int


class CreateImageEditParams(RequestOptions, total=False):
    image: Required[FileInput | Sequence[FileInput]]
    model: Required[str]
    prompt: Required[str]
    background: str
    input_fidelity: str
    mask: FileInput
    meta: bool
    moderation: str
    n: int
    output_compression: int
    output_format: Literal["jpeg", "png", "webp"]
    partial_images: int
    provider: ProviderRoutingOptionsParam
    quality: str
    response_format: Literal["b64_json", "url"]
    size: str
    stream: bool
    usage: bool
    user: str


class CreateImageParams(RequestOptions, total=False):
    model: Required[str]
    prompt: Required[str]
    n: int
    provider: ProviderRoutingOptionsParam
    quality: str
    response_format: str
    size: str
    style: str
    user: str


class ListApiKeysParams(RequestOptions, total=False):
    include_disabled: bool
    limit: int
    offset: int
    workspace_id: str


class CreateApiKeyParams(RequestOptions, total=False):
    name: Required[str]
    disabled: bool
    expires_at: str | datetime.datetime | None
    include_byok_in_limit: bool
    limit: float | Decimal | None
    limit_reset: Literal["daily", "monthly", "weekly"]
    scopes: ApiKeyScopeValueParam
    soft_blocked: bool
    workspace_id: str


class UpdateApiKeyParams(RequestOptions, total=False):
    disabled: bool
    expires_at: str | datetime.datetime | None
    include_byok_in_limit: bool
    limit: float | Decimal | None
    limit_reset: Literal["daily", "monthly", "weekly"]
    name: str
    scopes: ApiKeyScopeValueParam
    soft_blocked: bool


class ListManagementKeysParams(RequestOptions, total=False):
    include_disabled: bool
    limit: int
    offset: int
    workspace_id: str


class CreateManagementKeyParams(RequestOptions, total=False):
    name: Required[str]
    disabled: bool
    expires_at: str | datetime.datetime | None
    include_byok_in_limit: bool
    limit: float | Decimal | None
    limit_reset: Literal["daily", "monthly", "weekly"]
    scopes: ApiKeyScopeValueParam
    soft_blocked: bool
    workspace_id: str


class UpdateManagementKeyParams(RequestOptions, total=False):
    disabled: bool
    expires_at: str | datetime.datetime | None
    include_byok_in_limit: bool
    limit: float | Decimal | None
    limit_reset: Literal["daily", "monthly", "weekly"]
    name: str
    scopes: ApiKeyScopeValueParam
    soft_blocked: bool


class CreateAnthropicMessageParams(RequestOptions, total=False):
    max_tokens: Required[int]
    messages: Required[Sequence[AnthropicMessageParam]]
    model: Required[str]
    debug: DebugOptionsParam
    echo_upstream_request: bool
    meta: bool
    metadata: Mapping[str, Any]
    provider: ProviderRoutingOptionsParam
    provider_options: ProviderOptionsParam
    reasoning: ReasoningConfigParam
    session_id: str
    stop_sequences: Sequence[str]
    stream: bool
    system: str | Sequence[AnthropicMessagesRequestSystemItemParam]
    temperature: float | Decimal
    tool_choice: Mapping[str, Any] | str
    tools: Sequence[
        AnthropicToolParam
        | GatewayDatetimeToolDefinitionParam
        | GatewayWebSearchToolDefinitionParam
        | GatewayWebFetchToolDefinitionParam
        | SubagentToolDefinitionParam
        | FusionToolDefinitionParam
        | SearchModelsToolDefinitionParam
    ]
    top_k: int
    top_p: float | Decimal
    usage: bool


class ListModelsParams(RequestOptions, total=False):
    availability: Literal["active", "all"]
    capability_status: Sequence[str]
    endpoints: Sequence[str]
    feed: Literal["atom", "json", "rss"]
    format: Literal["atom", "json", "rss"]
    input_modalities: Sequence[str]
    input_types: Sequence[str]
    limit: int
    model_routing_status: Sequence[str]
    offset: int
    organisation: str | Sequence[str]
    output_modalities: Sequence[str]
    output_types: Sequence[str]
    params: Sequence[str]
    provider: Sequence[str]
    provider_availability_reason: Sequence[str]
    provider_availability_status: Sequence[str]
    provider_routing_status: Sequence[str]
    provider_status: Sequence[str]
    status: Sequence[str]
    supported_parameters: Sequence[str]


class ListTeamModelsParams(RequestOptions, total=False):
    availability: Literal["active", "all"]
    capability_status: Sequence[str]
    endpoints: Sequence[str]
    feed: Literal["atom", "json", "rss"]
    format: Literal["atom", "json", "rss"]
    input_types: Sequence[str]
    limit: int
    model_routing_status: Sequence[str]
    offset: int
    organisation: str | Sequence[str]
    output_types: Sequence[str]
    params: Sequence[str]
    provider: Sequence[str]
    provider_availability_reason: Sequence[str]
    provider_availability_status: Sequence[str]
    provider_routing_status: Sequence[str]
    provider_status: Sequence[str]
    status: Sequence[str]


class ListModelEndpointsParams(RequestOptions, total=False):
    availability: Literal["active", "all"]
    capability_status: Sequence[str]
    model_routing_status: Sequence[str]
    provider: Sequence[str]
    provider_availability_reason: Sequence[str]
    provider_availability_status: Sequence[str]
    provider_routing_status: Sequence[str]
    provider_status: Sequence[str]
    status: Sequence[str]
    supported_parameters: Sequence[str]


class CreateModerationParams(RequestOptions, total=False):
    input: Required[str | Sequence[TextModerationInputParam | ImageModerationInputParam]]
    debug: DebugOptionsParam
    meta: bool
    model: str
    provider: ProviderRoutingOptionsParam


class GenerateMusicParams(RequestOptions, total=False):
    model: Required[str]
    debug: DebugOptionsParam
    duration: int
    echo_upstream_request: bool
    elevenlabs: MusicGenerateRequestElevenlabsParam
    format: Literal["aac", "mp3", "ogg", "wav"]
    minimax: Mapping[str, Any]
    prompt: str
    provider: ProviderRoutingOptionsParam
    routing: Mapping[str, Any]
    suno: MusicGenerateRequestSunoParam


class CreateOcrParams(RequestOptions, total=False):
    image: Required[str]
    model: Required[str]
    debug: DebugOptionsParam
    echo_upstream_request: bool
    language: str
    provider: ProviderRoutingOptionsParam


class ListOrganisationsParams(RequestOptions, total=False):
    limit: int
    offset: int


class CalculatePricingParams(RequestOptions, total=False):
    endpoint: Required[str]
    model: Required[str]
    provider: Required[str]
    usage: Required[Mapping[str, Any]]


class ListProvidersParams(RequestOptions, total=False):
    limit: int
    offset: int


class CreateRerankParams(RequestOptions, total=False):
    documents: Required[Sequence[str] | Sequence[Mapping[str, Any]]]
    model: Required[str]
    query: Required[str]
    debug: DebugOptionsParam
    max_chunks_per_doc: int
    metadata: Mapping[str, str]
    provider: ProviderRoutingOptionsParam
    provider_options: Mapping[str, Any]
    rank_fields: Sequence[str]
    return_documents: bool
    top_k: int
    top_n: int
    user: str


class CreateResponseParams(RequestOptions, total=False):
    input: Required[str | Sequence[ResponsesInputItemParam] | Mapping[str, Any]]
    model: Required[str]
    background: bool
    debug: DebugOptionsParam
    echo_upstream_request: bool
    image_config: ImageConfigParam
    include: Sequence[str]
    instructions: str
    max_output_tokens: int
    meta: bool
    metadata: Mapping[str, str]
    modalities: Sequence[Literal["audio", "image", "text"]]
    parallel_tool_calls: bool
    previous_response_id: str
    prompt_cache_key: str | None
    provider: ProviderRoutingOptionsParam
    provider_options: ProviderOptionsParam
    reasoning: ReasoningConfigParam
    safety_identifier: str | None
    service_tier: Literal["batch", "fast", "flex", "priority", "standard"]
    session_id: str
    store: bool
    stream: bool
    temperature: float | Decimal
    text: Mapping[str, Any]
    tool_choice: TextToolChoiceParam
    tools: Sequence[ResponsesFunctionToolParam | TextGenerateToolParam]
    top_p: float | Decimal
    truncation: Literal["auto", "disabled"]
    usage: bool
    user: str


class ListVideosParams(RequestOptions, total=False):
    after: str
    limit: int
    order: Literal["asc", "desc"]
    status: Sequence[str]


class CreateVideoParams(RequestOptions, total=False):
    model: Required[str]
    aspect_ratio: str
    beta: Any
    compression_quality: int
    debug: DebugOptionsParam
    duration: int
    echo_upstream_request: bool
    enhance_prompt: bool
    generate_audio: bool
    input_audio_duration: float | Decimal
    input_reference: VideoGenerationRequestInputReferenceParam
    input_references: Sequence[VideoInputReferenceParam]
    input_video_duration: float | Decimal
    negative_prompt: str
    output: VideoOutputConfigParam
    person_generation: str
    prompt: str
    provider: ProviderRoutingOptionsParam
    provider_params: Mapping[str, Any]
    resize_mode: str
    resolution: str
    routing: Mapping[str, Any]
    sample_count: int
    seconds: Literal["12", "16", "20", "4", "8"]
    seed: int
    size: str
    webhook: VideoGenerationRequestWebhookParam


class ListVideoModelsParams(RequestOptions, total=False):
    params: Sequence[str]


class GetVideoContentParams(RequestOptions, total=False):
    download_sig: str
    download_token: str
    expires_at: int
    index: int
    variant: Literal["spritesheet", "thumbnail", "video"]


class CreateVideoDownloadUrlParams(RequestOptions, total=False):
    disposition: Literal["attachment", "inline"]
    index: int
    ttl_seconds: int


class ListWorkspacesParams(RequestOptions, total=False):
    limit: int
    offset: int


class CreateWorkspaceParams(RequestOptions, total=False):
    name: Required[str]
    slug: str


class UpdateWorkspaceParams(RequestOptions, total=False):
    name: str
    slug: str


__all__ = (
    "AnthropicContentBlockDict",
    "AnthropicContentBlockParam",
    "AnthropicContentBlockSourceDict",
    "AnthropicContentBlockSourceParam",
    "AnthropicMessageDict",
    "AnthropicMessageParam",
    "AnthropicMessagesRequestSystemItemParam",
    "AnthropicToolDict",
    "AnthropicToolParam",
    "ApiKeyScopeValueParam",
    "AudioContentPartDict",
    "AudioContentPartInputAudioDict",
    "AudioContentPartInputAudioParam",
    "AudioContentPartParam",
    "AudioTranscriptionRequestChunkingStrategyParam",
    "BatchRequestItemDict",
    "BatchRequestItemParam",
    "BatchRequestOutputExpiresAfterDict",
    "BatchRequestOutputExpiresAfterParam",
    "BatchRequestWebhookDict",
    "BatchRequestWebhookParam",
    "CacheControlDict",
    "CacheControlParam",
    "CalculatePricingParams",
    "ChatAudioOutputPartAudioUrlDict",
    "ChatAudioOutputPartAudioUrlParam",
    "ChatAudioOutputPartDict",
    "ChatAudioOutputPartParam",
    "ChatCompletionsRequestResponseFormatParam",
    "ChatImageOutputPartDict",
    "ChatImageOutputPartImageUrlDict",
    "ChatImageOutputPartImageUrlParam",
    "ChatImageOutputPartParam",
    "ChatMessageDict",
    "ChatMessageParam",
    "CreateAnthropicMessageParams",
    "CreateApiKeyParams",
    "CreateBatchParams",
    "CreateChatCompletionParams",
    "CreateEmbeddingParams",
    "CreateImageEditParams",
    "CreateImageParams",
    "CreateManagementKeyParams",
    "CreateModerationParams",
    "CreateOcrParams",
    "CreateRerankParams",
    "CreateResponseParams",
    "CreateSpeechParams",
    "CreateTranscriptionParams",
    "CreateTranslationParams",
    "CreateVideoDownloadUrlParams",
    "CreateVideoParams",
    "CreateWorkspaceParams",
    "DebugOptionsDict",
    "DebugOptionsParam",
    "EmbeddingsMultimodalInputContentItemOption1Param",
    "EmbeddingsMultimodalInputContentItemOption2ImageUrlParam",
    "EmbeddingsMultimodalInputContentItemOption2Param",
    "EmbeddingsMultimodalInputContentItemOption2UrlParam",
    "EmbeddingsMultimodalInputContentItemOption3InputAudioParam",
    "EmbeddingsMultimodalInputContentItemOption3Param",
    "EmbeddingsMultimodalInputContentItemOption4Param",
    "EmbeddingsMultimodalInputContentItemOption4UrlParam",
    "EmbeddingsMultimodalInputContentItemOption4VideoUrlParam",
    "EmbeddingsMultimodalInputDict",
    "EmbeddingsMultimodalInputParam",
    "EmbeddingsRequestProviderOptionsDict",
    "EmbeddingsRequestProviderOptionsGoogleDict",
    "EmbeddingsRequestProviderOptionsGoogleParam",
    "EmbeddingsRequestProviderOptionsMistralDict",
    "EmbeddingsRequestProviderOptionsMistralParam",
    "EmbeddingsRequestProviderOptionsParam",
    "FileContent",
    "FileInput",
    "FunctionToolDefinitionDict",
    "FunctionToolDefinitionFunctionDict",
    "FunctionToolDefinitionFunctionParam",
    "FunctionToolDefinitionParam",
    "FusionToolDefinitionDict",
    "FusionToolDefinitionParam",
    "FusionToolDefinitionParametersDict",
    "FusionToolDefinitionParametersParam",
    "GatewayDatetimeToolDefinitionDict",
    "GatewayDatetimeToolDefinitionParam",
    "GatewayDatetimeToolDefinitionParametersDict",
    "GatewayDatetimeToolDefinitionParametersParam",
    "GatewayWebFetchToolDefinitionDict",
    "GatewayWebFetchToolDefinitionParam",
    "GatewayWebFetchToolDefinitionParametersDict",
    "GatewayWebFetchToolDefinitionParametersParam",
    "GatewayWebSearchToolDefinitionDict",
    "GatewayWebSearchToolDefinitionParam",
    "GatewayWebSearchToolDefinitionParametersDict",
    "GatewayWebSearchToolDefinitionParametersParam",
    "GenerateMusicParams",
    "GetActivityParams",
    "GetCreditsParams",
    "GetGenerationParams",
    "GetProviderDerankStatusParams",
    "GetVideoContentParams",
    "ImageConfigDict",
    "ImageConfigFontInputsItemDict",
    "ImageConfigFontInputsItemParam",
    "ImageConfigParam",
    "ImageContentPartDict",
    "ImageContentPartImageUrlDict",
    "ImageContentPartImageUrlParam",
    "ImageContentPartParam",
    "ImageModerationInputDict",
    "ImageModerationInputImageUrlDict",
    "ImageModerationInputImageUrlParam",
    "ImageModerationInputParam",
    "ListAnalyticsParams",
    "ListApiKeysParams",
    "ListBatchModelsParams",
    "ListBatchRequestsParams",
    "ListBatchesParams",
    "ListDataModelsParams",
    "ListGatewayModelsParams",
    "ListGatewayTeamModelsParams",
    "ListManagementKeysParams",
    "ListModelEndpointsParams",
    "ListModelsParams",
    "ListOrganisationsParams",
    "ListProvidersParams",
    "ListTeamModelsParams",
    "ListVideoModelsParams",
    "ListVideosParams",
    "ListWorkspacesParams",
    "MessageContentPartParam",
    "MusicGenerateRequestElevenlabsDict",
    "MusicGenerateRequestElevenlabsParam",
    "MusicGenerateRequestSunoDict",
    "MusicGenerateRequestSunoParam",
    "ParseChatCompletionParams",
    "ProviderOptionsAnthropicDict",
    "ProviderOptionsAnthropicParam",
    "ProviderOptionsDict",
    "ProviderOptionsGoogleDict",
    "ProviderOptionsGoogleParam",
    "ProviderOptionsOpenaiContextManagementDict",
    "ProviderOptionsOpenaiContextManagementParam",
    "ProviderOptionsOpenaiDict",
    "ProviderOptionsOpenaiParam",
    "ProviderOptionsParam",
    "ProviderRoutingOptionsDict",
    "ProviderRoutingOptionsMaxPriceDict",
    "ProviderRoutingOptionsMaxPriceParam",
    "ProviderRoutingOptionsParam",
    "ReasoningConfigDict",
    "ReasoningConfigParam",
    "RequestOptions",
    "ResponsesFunctionToolDict",
    "ResponsesFunctionToolParam",
    "ResponsesInputItemDict",
    "ResponsesInputItemParam",
    "RetryPolicy",
    "SearchModelsToolDefinitionDict",
    "SearchModelsToolDefinitionParam",
    "SearchModelsToolDefinitionParametersDict",
    "SearchModelsToolDefinitionParametersParam",
    "SubagentToolDefinitionDict",
    "SubagentToolDefinitionParam",
    "TextContentPartDict",
    "TextContentPartParam",
    "TextGenerateToolParam",
    "TextModerationInputDict",
    "TextModerationInputParam",
    "TextToolChoiceParam",
    "ToolCallContentPartDict",
    "ToolCallContentPartFunctionDict",
    "ToolCallContentPartFunctionParam",
    "ToolCallContentPartParam",
    "ToolCallDict",
    "ToolCallFunctionDict",
    "ToolCallFunctionParam",
    "ToolCallParam",
    "UpdateApiKeyParams",
    "UpdateManagementKeyParams",
    "UpdateWorkspaceParams",
    "UploadBatchFileParams",
    "UploadFileParams",
    "VideoContentPartDict",
    "VideoContentPartParam",
    "VideoGenerationRequestInputReferenceDict",
    "VideoGenerationRequestInputReferenceParam",
    "VideoGenerationRequestWebhookDict",
    "VideoGenerationRequestWebhookParam",
    "VideoInputReferenceOption1ImageUrlParam",
    "VideoInputReferenceOption1Param",
    "VideoInputReferenceOption2MediaUrlParam",
    "VideoInputReferenceOption2Param",
    "VideoInputReferenceParam",
    "VideoOutputConfigDict",
    "VideoOutputConfigParam",
)
