"""Every model and every open list of values, each imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .activity_entry import ActivityEntry
    from .activity_response import ActivityResponse
    from .anthropic_content_block import AnthropicContentBlock
    from .anthropic_content_block_source import AnthropicContentBlockSource
    from .anthropic_content_block_type import AnthropicContentBlockType
    from .anthropic_message import AnthropicMessage
    from .anthropic_message_role import AnthropicMessageRole
    from .anthropic_messages_request import AnthropicMessagesRequest
    from .anthropic_messages_request_system_type_1_item import (
        AnthropicMessagesRequestSystemType1Item,
    )
    from .anthropic_messages_request_system_type_1_item_type import (
        AnthropicMessagesRequestSystemType1ItemType,
    )
    from .anthropic_messages_response import AnthropicMessagesResponse
    from .anthropic_messages_response_role import AnthropicMessagesResponseRole
    from .anthropic_tool import AnthropicTool
    from .anthropic_usage import AnthropicUsage
    from .api_key import ApiKey
    from .api_key_create_request import ApiKeyCreateRequest
    from .api_key_create_request_limit_reset import ApiKeyCreateRequestLimitReset
    from .api_key_list_response import ApiKeyListResponse
    from .api_key_response import ApiKeyResponse
    from .api_key_update_request import ApiKeyUpdateRequest
    from .api_key_update_request_limit_reset import ApiKeyUpdateRequestLimitReset
    from .api_key_with_value import ApiKeyWithValue
    from .api_key_with_value_response import ApiKeyWithValueResponse
    from .async_webhook_delivery_attempt import AsyncWebhookDeliveryAttempt
    from .async_webhook_delivery_attempt_status import AsyncWebhookDeliveryAttemptStatus
    from .async_webhook_delivery_summary import AsyncWebhookDeliverySummary
    from .async_webhook_delivery_summary_last_attempt_status import (
        AsyncWebhookDeliverySummaryLastAttemptStatus,
    )
    from .async_webhook_public_state import AsyncWebhookPublicState
    from .audio_content_part import AudioContentPart
    from .audio_content_part_input_audio import AudioContentPartInputAudio
    from .audio_content_part_input_audio_format import AudioContentPartInputAudioFormat
    from .audio_content_part_type import AudioContentPartType
    from .audio_speech_request import AudioSpeechRequest
    from .audio_speech_request_format import AudioSpeechRequestFormat
    from .audio_speech_request_response_format import AudioSpeechRequestResponseFormat
    from .audio_speech_request_stream_format import AudioSpeechRequestStreamFormat
    from .audio_transcription_request import AudioTranscriptionRequest
    from .audio_transcription_request_chunking_strategy_type_0 import (
        AudioTranscriptionRequestChunkingStrategyType0,
    )
    from .audio_transcription_request_chunking_strategy_type_1 import (
        AudioTranscriptionRequestChunkingStrategyType1,
    )
    from .audio_transcription_request_chunking_strategy_type_1_type import (
        AudioTranscriptionRequestChunkingStrategyType1Type,
    )
    from .audio_transcription_request_response_format import AudioTranscriptionRequestResponseFormat
    from .audio_transcription_response import AudioTranscriptionResponse
    from .audio_translation_request import AudioTranslationRequest
    from .audio_translation_response import AudioTranslationResponse
    from .batch_billing_summary import BatchBillingSummary
    from .batch_billing_summary_state import BatchBillingSummaryState
    from .batch_capabilities import BatchCapabilities
    from .batch_list_response import BatchListResponse
    from .batch_model_capability import BatchModelCapability
    from .batch_model_provider_capability import BatchModelProviderCapability
    from .batch_models_response import BatchModelsResponse
    from .batch_provider_capability import BatchProviderCapability
    from .batch_provider_capability_endpoints_item import BatchProviderCapabilityEndpointsItem
    from .batch_provider_capability_endpoints_item_mode import (
        BatchProviderCapabilityEndpointsItemMode,
    )
    from .batch_provider_capability_gateway_input_modes_item import (
        BatchProviderCapabilityGatewayInputModesItem,
    )
    from .batch_provider_capability_native_input_modes_item import (
        BatchProviderCapabilityNativeInputModesItem,
    )
    from .batch_provider_capability_status import BatchProviderCapabilityStatus
    from .batch_request import BatchRequest
    from .batch_request_counts import BatchRequestCounts
    from .batch_request_endpoint import BatchRequestEndpoint
    from .batch_request_item import BatchRequestItem
    from .batch_request_item_method import BatchRequestItemMethod
    from .batch_request_list import BatchRequestList
    from .batch_request_output_expires_after import BatchRequestOutputExpiresAfter
    from .batch_request_output_expires_after_anchor import BatchRequestOutputExpiresAfterAnchor
    from .batch_request_row import BatchRequestRow
    from .batch_request_webhook import BatchRequestWebhook
    from .batch_response import BatchResponse
    from .batch_response_lifecycle_status import BatchResponseLifecycleStatus
    from .batch_response_usage import BatchResponseUsage
    from .cache_control import CacheControl
    from .calculate_pricing_body import CalculatePricingBody
    from .calculated_price import CalculatedPrice
    from .chat_audio_output_part import ChatAudioOutputPart
    from .chat_audio_output_part_audio_url import ChatAudioOutputPartAudioUrl
    from .chat_audio_output_part_format import ChatAudioOutputPartFormat
    from .chat_audio_output_part_type import ChatAudioOutputPartType
    from .chat_choice import ChatChoice
    from .chat_choice_finish_reason import ChatChoiceFinishReason
    from .chat_completion_chunk import ChatCompletionChunk
    from .chat_completion_chunk_choice import ChatCompletionChunkChoice
    from .chat_completion_chunk_choice_finish_reason import ChatCompletionChunkChoiceFinishReason
    from .chat_completion_delta import ChatCompletionDelta
    from .chat_completion_message import ChatCompletionMessage
    from .chat_completion_message_role import ChatCompletionMessageRole
    from .chat_completions_request import ChatCompletionsRequest
    from .chat_completions_request_logit_bias import ChatCompletionsRequestLogitBias
    from .chat_completions_request_metadata import ChatCompletionsRequestMetadata
    from .chat_completions_request_modalities_item import ChatCompletionsRequestModalitiesItem
    from .chat_completions_request_provider_type_0 import ChatCompletionsRequestProviderType0
    from .chat_completions_request_reasoning_effort import ChatCompletionsRequestReasoningEffort
    from .chat_completions_request_response_format_type_1 import (
        ChatCompletionsRequestResponseFormatType1,
    )
    from .chat_completions_request_service_tier import ChatCompletionsRequestServiceTier
    from .chat_completions_response import ChatCompletionsResponse
    from .chat_image_output_part import ChatImageOutputPart
    from .chat_image_output_part_image_url import ChatImageOutputPartImageUrl
    from .chat_image_output_part_type import ChatImageOutputPartType
    from .chat_logprobs import ChatLogprobs
    from .chat_message import ChatMessage
    from .chat_message_role import ChatMessageRole
    from .chat_tool_call import ChatToolCall
    from .chat_tool_call_function import ChatToolCallFunction
    from .chat_tool_call_type import ChatToolCallType
    from .chat_usage import ChatUsage
    from .create_video_download_url_body import CreateVideoDownloadUrlBody
    from .create_video_download_url_body_disposition import CreateVideoDownloadUrlBodyDisposition
    from .credits_response import CreditsResponse
    from .credits_response_credits import CreditsResponseCredits
    from .data_model import DataModel
    from .data_model_list import DataModelList
    from .data_model_organisation import DataModelOrganisation
    from .debug_options import DebugOptions
    from .debug_options_trace_level import DebugOptionsTraceLevel
    from .deleted_response import DeletedResponse
    from .embedding import Embedding
    from .embeddings_multimodal_input import EmbeddingsMultimodalInput
    from .embeddings_multimodal_input_content_item_type_0 import (
        EmbeddingsMultimodalInputContentItemType0,
    )
    from .embeddings_multimodal_input_content_item_type_0_type import (
        EmbeddingsMultimodalInputContentItemType0Type,
    )
    from .embeddings_multimodal_input_content_item_type_1 import (
        EmbeddingsMultimodalInputContentItemType1,
    )
    from .embeddings_multimodal_input_content_item_type_1_image_url_type_1 import (
        EmbeddingsMultimodalInputContentItemType1ImageUrlType1,
    )
    from .embeddings_multimodal_input_content_item_type_1_type import (
        EmbeddingsMultimodalInputContentItemType1Type,
    )
    from .embeddings_multimodal_input_content_item_type_1_url_type_1 import (
        EmbeddingsMultimodalInputContentItemType1UrlType1,
    )
    from .embeddings_multimodal_input_content_item_type_2 import (
        EmbeddingsMultimodalInputContentItemType2,
    )
    from .embeddings_multimodal_input_content_item_type_2_input_audio import (
        EmbeddingsMultimodalInputContentItemType2InputAudio,
    )
    from .embeddings_multimodal_input_content_item_type_2_type import (
        EmbeddingsMultimodalInputContentItemType2Type,
    )
    from .embeddings_multimodal_input_content_item_type_3 import (
        EmbeddingsMultimodalInputContentItemType3,
    )
    from .embeddings_multimodal_input_content_item_type_3_type import (
        EmbeddingsMultimodalInputContentItemType3Type,
    )
    from .embeddings_multimodal_input_content_item_type_3_url_type_1 import (
        EmbeddingsMultimodalInputContentItemType3UrlType1,
    )
    from .embeddings_multimodal_input_content_item_type_3_video_url_type_1 import (
        EmbeddingsMultimodalInputContentItemType3VideoUrlType1,
    )
    from .embeddings_request import EmbeddingsRequest
    from .embeddings_request_encoding_format import EmbeddingsRequestEncodingFormat
    from .embeddings_request_provider_options import EmbeddingsRequestProviderOptions
    from .embeddings_request_provider_options_google import EmbeddingsRequestProviderOptionsGoogle
    from .embeddings_request_provider_options_mistral import EmbeddingsRequestProviderOptionsMistral
    from .embeddings_request_provider_options_mistral_output_dtype import (
        EmbeddingsRequestProviderOptionsMistralOutputDtype,
    )
    from .embeddings_response import EmbeddingsResponse
    from .endpoint_catalogue_entry import EndpointCatalogueEntry
    from .endpoint_catalogue_response import EndpointCatalogueResponse
    from .error_failure_sample_item import ErrorFailureSampleItem
    from .error_provider_candidate_diagnostics import ErrorProviderCandidateDiagnostics
    from .error_provider_candidate_diagnostics_dropped_missing_adapter_item import (
        ErrorProviderCandidateDiagnosticsDroppedMissingAdapterItem,
    )
    from .error_provider_enablement_diagnostics import ErrorProviderEnablementDiagnostics
    from .error_provider_enablement_diagnostics_dropped_item import (
        ErrorProviderEnablementDiagnosticsDroppedItem,
    )
    from .error_provider_failure_diagnostics import ErrorProviderFailureDiagnostics
    from .error_provider_failure_diagnostics_category import ErrorProviderFailureDiagnosticsCategory
    from .error_response import ErrorResponse
    from .error_response_error_origin import ErrorResponseErrorOrigin
    from .error_response_error_type import ErrorResponseErrorType
    from .error_routing_diagnostics import ErrorRoutingDiagnostics
    from .error_routing_diagnostics_filter_stages_item import (
        ErrorRoutingDiagnosticsFilterStagesItem,
    )
    from .error_routing_diagnostics_filter_stages_item_dropped_providers_item import (
        ErrorRoutingDiagnosticsFilterStagesItemDroppedProvidersItem,
    )
    from .error_upstream_error import ErrorUpstreamError
    from .file_response import FileResponse
    from .file_upload_request import FileUploadRequest
    from .function_delta import FunctionDelta
    from .function_tool_definition import FunctionToolDefinition
    from .function_tool_definition_function import FunctionToolDefinitionFunction
    from .function_tool_definition_type import FunctionToolDefinitionType
    from .fusion_tool_definition import FusionToolDefinition
    from .fusion_tool_definition_parameters import FusionToolDefinitionParameters
    from .fusion_tool_definition_type import FusionToolDefinitionType
    from .gateway_capabilities import GatewayCapabilities
    from .gateway_capability_status import GatewayCapabilityStatus
    from .gateway_datetime_tool_definition import GatewayDatetimeToolDefinition
    from .gateway_datetime_tool_definition_parameters import GatewayDatetimeToolDefinitionParameters
    from .gateway_datetime_tool_definition_type import GatewayDatetimeToolDefinitionType
    from .gateway_modalities import GatewayModalities
    from .gateway_model_lifecycle import GatewayModelLifecycle
    from .gateway_model_lifecycle_status import GatewayModelLifecycleStatus
    from .gateway_model_limits import GatewayModelLimits
    from .gateway_model_offer import GatewayModelOffer
    from .gateway_model_offer_effective import GatewayModelOfferEffective
    from .gateway_model_offer_provider import GatewayModelOfferProvider
    from .gateway_model_offer_routing import GatewayModelOfferRouting
    from .gateway_model_offer_status import GatewayModelOfferStatus
    from .gateway_model_organization import GatewayModelOrganization
    from .gateway_models_response import GatewayModelsResponse
    from .gateway_models_response_availability_mode import GatewayModelsResponseAvailabilityMode
    from .gateway_pricing import GatewayPricing
    from .gateway_pricing_meter import GatewayPricingMeter
    from .gateway_pricing_meter_currency import GatewayPricingMeterCurrency
    from .gateway_pricing_meters import GatewayPricingMeters
    from .gateway_pricing_pricing_plan import GatewayPricingPricingPlan
    from .gateway_provider_availability_reason import GatewayProviderAvailabilityReason
    from .gateway_routing_status import GatewayRoutingStatus
    from .gateway_web_fetch_tool_definition import GatewayWebFetchToolDefinition
    from .gateway_web_fetch_tool_definition_parameters import (
        GatewayWebFetchToolDefinitionParameters,
    )
    from .gateway_web_fetch_tool_definition_type import GatewayWebFetchToolDefinitionType
    from .gateway_web_search_tool_definition import GatewayWebSearchToolDefinition
    from .gateway_web_search_tool_definition_parameters import (
        GatewayWebSearchToolDefinitionParameters,
    )
    from .gateway_web_search_tool_definition_type import GatewayWebSearchToolDefinitionType
    from .generation_response import GenerationResponse
    from .generation_response_usage import GenerationResponseUsage
    from .get_video_content_variant import GetVideoContentVariant
    from .health import Health
    from .image import Image
    from .image_config import ImageConfig
    from .image_config_font_inputs_item import ImageConfigFontInputsItem
    from .image_config_image_size import ImageConfigImageSize
    from .image_content_part import ImageContentPart
    from .image_content_part_image_url import ImageContentPartImageUrl
    from .image_content_part_type import ImageContentPartType
    from .image_moderation_input import ImageModerationInput
    from .image_moderation_input_image_url import ImageModerationInputImageUrl
    from .image_moderation_input_type import ImageModerationInputType
    from .images_edit_request import ImagesEditRequest
    from .images_edit_request_output_format import ImagesEditRequestOutputFormat
    from .images_edit_request_response_format import ImagesEditRequestResponseFormat
    from .images_edit_response import ImagesEditResponse
    from .images_generation_request import ImagesGenerationRequest
    from .images_generation_response import ImagesGenerationResponse
    from .invalid_request_response import InvalidRequestResponse
    from .list_data_models_feed import ListDataModelsFeed
    from .list_data_models_format import ListDataModelsFormat
    from .list_files_response import ListFilesResponse
    from .list_gateway_models_availability import ListGatewayModelsAvailability
    from .list_gateway_models_feed import ListGatewayModelsFeed
    from .list_gateway_models_format import ListGatewayModelsFormat
    from .list_gateway_team_models_availability import ListGatewayTeamModelsAvailability
    from .list_gateway_team_models_feed import ListGatewayTeamModelsFeed
    from .list_gateway_team_models_format import ListGatewayTeamModelsFormat
    from .list_model_endpoints_availability import ListModelEndpointsAvailability
    from .list_models_availability import ListModelsAvailability
    from .list_models_feed import ListModelsFeed
    from .list_models_format import ListModelsFormat
    from .list_team_models_availability import ListTeamModelsAvailability
    from .list_team_models_feed import ListTeamModelsFeed
    from .list_team_models_format import ListTeamModelsFormat
    from .list_videos_order import ListVideosOrder
    from .message_redacted_thinking_block import MessageRedactedThinkingBlock
    from .message_redacted_thinking_block_type import MessageRedactedThinkingBlockType
    from .message_stream_delta import MessageStreamDelta
    from .message_stream_event import MessageStreamEvent
    from .message_text_block import MessageTextBlock
    from .message_text_block_type import MessageTextBlockType
    from .message_thinking_block import MessageThinkingBlock
    from .message_thinking_block_type import MessageThinkingBlockType
    from .message_tool_use_block import MessageToolUseBlock
    from .message_tool_use_block_type import MessageToolUseBlockType
    from .model import Model
    from .model_availability import ModelAvailability
    from .model_availability_status import ModelAvailabilityStatus
    from .model_endpoint_capability import ModelEndpointCapability
    from .model_endpoint_capability_collection import ModelEndpointCapabilityCollection
    from .model_endpoint_capability_effective import ModelEndpointCapabilityEffective
    from .model_endpoint_capability_provider import ModelEndpointCapabilityProvider
    from .model_endpoint_capability_routing import ModelEndpointCapabilityRouting
    from .model_endpoint_capability_status import ModelEndpointCapabilityStatus
    from .model_endpoints_response import ModelEndpointsResponse
    from .model_endpoints_response_availability_mode import ModelEndpointsResponseAvailabilityMode
    from .model_lifecycle import ModelLifecycle
    from .model_lifecycle_status import ModelLifecycleStatus
    from .model_variants import ModelVariants
    from .model_variants_additional_property import ModelVariantsAdditionalProperty
    from .moderation_categories import ModerationCategories
    from .moderation_category_scores import ModerationCategoryScores
    from .moderation_result import ModerationResult
    from .moderation_result_category_applied_input_types import (
        ModerationResultCategoryAppliedInputTypes,
    )
    from .moderations_request import ModerationsRequest
    from .moderations_response import ModerationsResponse
    from .moderations_response_meta import ModerationsResponseMeta
    from .music_generate_request import MusicGenerateRequest
    from .music_generate_request_elevenlabs import MusicGenerateRequestElevenlabs
    from .music_generate_request_format import MusicGenerateRequestFormat
    from .music_generate_request_suno import MusicGenerateRequestSuno
    from .music_generate_request_suno_vocal_gender import MusicGenerateRequestSunoVocalGender
    from .music_generate_response import MusicGenerateResponse
    from .music_generate_response_usage import MusicGenerateResponseUsage
    from .music_output import MusicOutput
    from .ocr_request import OcrRequest
    from .ocr_response import OcrResponse
    from .organisation import Organisation
    from .organisation_list import OrganisationList
    from .price_breakdown import PriceBreakdown
    from .price_estimate import PriceEstimate
    from .price_list import PriceList
    from .price_meter import PriceMeter
    from .priced_model import PricedModel
    from .pricing_line import PricingLine
    from .provider import Provider
    from .provider_list import ProviderList
    from .provider_options import ProviderOptions
    from .provider_options_anthropic import ProviderOptionsAnthropic
    from .provider_options_google import ProviderOptionsGoogle
    from .provider_options_openai import ProviderOptionsOpenai
    from .provider_options_openai_context_management import ProviderOptionsOpenaiContextManagement
    from .provider_options_openai_context_management_type import (
        ProviderOptionsOpenaiContextManagementType,
    )
    from .provider_routing_options import ProviderRoutingOptions
    from .provider_routing_options_data_collection import ProviderRoutingOptionsDataCollection
    from .provider_routing_options_max_price import ProviderRoutingOptionsMaxPrice
    from .provider_routing_options_preferred_max_latency_type_1 import (
        ProviderRoutingOptionsPreferredMaxLatencyType1,
    )
    from .provider_routing_options_preferred_min_throughput_type_1 import (
        ProviderRoutingOptionsPreferredMinThroughputType1,
    )
    from .reasoning_config import ReasoningConfig
    from .reasoning_config_effort import ReasoningConfigEffort
    from .reasoning_config_mode import ReasoningConfigMode
    from .reasoning_config_summary import ReasoningConfigSummary
    from .request_meta import RequestMeta
    from .rerank_request import RerankRequest
    from .rerank_request_metadata import RerankRequestMetadata
    from .rerank_response import RerankResponse
    from .rerank_result import RerankResult
    from .response_stream_event import ResponseStreamEvent
    from .responses_function_call import ResponsesFunctionCall
    from .responses_function_call_type import ResponsesFunctionCallType
    from .responses_function_tool import ResponsesFunctionTool
    from .responses_function_tool_type import ResponsesFunctionToolType
    from .responses_input_item import ResponsesInputItem
    from .responses_input_item_role import ResponsesInputItemRole
    from .responses_message import ResponsesMessage
    from .responses_message_role import ResponsesMessageRole
    from .responses_message_type import ResponsesMessageType
    from .responses_output_audio_part import ResponsesOutputAudioPart
    from .responses_output_audio_part_audio_url import ResponsesOutputAudioPartAudioUrl
    from .responses_output_audio_part_format import ResponsesOutputAudioPartFormat
    from .responses_output_audio_part_type import ResponsesOutputAudioPartType
    from .responses_output_image_part import ResponsesOutputImagePart
    from .responses_output_image_part_image_url import ResponsesOutputImagePartImageUrl
    from .responses_output_image_part_type import ResponsesOutputImagePartType
    from .responses_output_text_part import ResponsesOutputTextPart
    from .responses_output_text_part_type import ResponsesOutputTextPartType
    from .responses_reasoning import ResponsesReasoning
    from .responses_reasoning_text import ResponsesReasoningText
    from .responses_reasoning_type import ResponsesReasoningType
    from .responses_refusal_part import ResponsesRefusalPart
    from .responses_refusal_part_type import ResponsesRefusalPartType
    from .responses_request import ResponsesRequest
    from .responses_request_metadata import ResponsesRequestMetadata
    from .responses_request_modalities_item import ResponsesRequestModalitiesItem
    from .responses_request_service_tier import ResponsesRequestServiceTier
    from .responses_request_truncation import ResponsesRequestTruncation
    from .responses_response import ResponsesResponse
    from .responses_response_error import ResponsesResponseError
    from .responses_response_incomplete_details import ResponsesResponseIncompleteDetails
    from .responses_response_status import ResponsesResponseStatus
    from .search_models_tool_definition import SearchModelsToolDefinition
    from .search_models_tool_definition_parameters import SearchModelsToolDefinitionParameters
    from .search_models_tool_definition_type import SearchModelsToolDefinitionType
    from .seed_era_model import SeedEraModel
    from .seed_era_model_architecture import SeedEraModelArchitecture
    from .seed_era_model_pricing import SeedEraModelPricing
    from .seed_era_model_pricing_detail import SeedEraModelPricingDetail
    from .seed_era_model_provider import SeedEraModelProvider
    from .seed_era_model_provider_availability_status import SeedEraModelProviderAvailabilityStatus
    from .seed_era_model_provider_provider_status import SeedEraModelProviderProviderStatus
    from .seed_era_model_top_provider import SeedEraModelTopProvider
    from .seed_era_models_response import SeedEraModelsResponse
    from .seed_era_models_response_availability_mode import SeedEraModelsResponseAvailabilityMode
    from .seed_era_models_response_privacy_scope import SeedEraModelsResponsePrivacyScope
    from .server_tool_usage import ServerToolUsage
    from .subagent_tool_definition import SubagentToolDefinition
    from .subagent_tool_definition_type import SubagentToolDefinitionType
    from .supported_parameter_details import SupportedParameterDetails
    from .text_content_part import TextContentPart
    from .text_content_part_type import TextContentPartType
    from .text_moderation_input import TextModerationInput
    from .text_moderation_input_type import TextModerationInputType
    from .text_tool_choice_type_0 import TextToolChoiceType0
    from .token_details import TokenDetails
    from .token_logprob import TokenLogprob
    from .tool_call import ToolCall
    from .tool_call_content_part import ToolCallContentPart
    from .tool_call_content_part_function import ToolCallContentPartFunction
    from .tool_call_content_part_type import ToolCallContentPartType
    from .tool_call_delta import ToolCallDelta
    from .tool_call_function import ToolCallFunction
    from .tool_call_type import ToolCallType
    from .top_logprob import TopLogprob
    from .upload_batch_file_provider import UploadBatchFileProvider
    from .upload_file_provider import UploadFileProvider
    from .usage import Usage
    from .video_billing_summary import VideoBillingSummary
    from .video_billing_summary_state import VideoBillingSummaryState
    from .video_content_part import VideoContentPart
    from .video_content_part_type import VideoContentPartType
    from .video_delete_response import VideoDeleteResponse
    from .video_download_url import VideoDownloadUrl
    from .video_generation_request import VideoGenerationRequest
    from .video_generation_request_input_reference import VideoGenerationRequestInputReference
    from .video_generation_request_seconds import VideoGenerationRequestSeconds
    from .video_generation_request_webhook import VideoGenerationRequestWebhook
    from .video_generation_response import VideoGenerationResponse
    from .video_generation_response_asset import VideoGenerationResponseAsset
    from .video_generation_response_lifecycle_status import VideoGenerationResponseLifecycleStatus
    from .video_generation_response_output_access import VideoGenerationResponseOutputAccess
    from .video_generation_response_status import VideoGenerationResponseStatus
    from .video_generation_response_usage import VideoGenerationResponseUsage
    from .video_input_reference_type_0 import VideoInputReferenceType0
    from .video_input_reference_type_0_image_url import VideoInputReferenceType0ImageUrl
    from .video_input_reference_type_0_role import VideoInputReferenceType0Role
    from .video_input_reference_type_0_type import VideoInputReferenceType0Type
    from .video_input_reference_type_1 import VideoInputReferenceType1
    from .video_input_reference_type_1_media_url import VideoInputReferenceType1MediaUrl
    from .video_input_reference_type_1_role import VideoInputReferenceType1Role
    from .video_input_reference_type_1_type import VideoInputReferenceType1Type
    from .video_list_response import VideoListResponse
    from .video_model_capability import VideoModelCapability
    from .video_model_provider_capability import VideoModelProviderCapability
    from .video_models_response import VideoModelsResponse
    from .video_output import VideoOutput
    from .video_output_config import VideoOutputConfig
    from .video_output_config_access import VideoOutputConfigAccess
    from .workspace import Workspace
    from .workspace_activity_entry import WorkspaceActivityEntry
    from .workspace_activity_response import WorkspaceActivityResponse
    from .workspace_create_request import WorkspaceCreateRequest
    from .workspace_list_response import WorkspaceListResponse
    from .workspace_response import WorkspaceResponse
    from .workspace_update_request import WorkspaceUpdateRequest

_MODULES = {
    "ActivityEntry": "activity_entry",
    "ActivityResponse": "activity_response",
    "AnthropicContentBlock": "anthropic_content_block",
    "AnthropicContentBlockSource": "anthropic_content_block_source",
    "AnthropicContentBlockType": "anthropic_content_block_type",
    "AnthropicMessage": "anthropic_message",
    "AnthropicMessageRole": "anthropic_message_role",
    "AnthropicMessagesRequest": "anthropic_messages_request",
    "AnthropicMessagesRequestSystemType1Item": "anthropic_messages_request_system_type_1_item",
    "AnthropicMessagesRequestSystemType1ItemType": "anthropic_messages_request_system_type_1_item_type",
    "AnthropicMessagesResponse": "anthropic_messages_response",
    "AnthropicMessagesResponseRole": "anthropic_messages_response_role",
    "AnthropicTool": "anthropic_tool",
    "AnthropicUsage": "anthropic_usage",
    "ApiKey": "api_key",
    "ApiKeyCreateRequest": "api_key_create_request",
    "ApiKeyCreateRequestLimitReset": "api_key_create_request_limit_reset",
    "ApiKeyListResponse": "api_key_list_response",
    "ApiKeyResponse": "api_key_response",
    "ApiKeyUpdateRequest": "api_key_update_request",
    "ApiKeyUpdateRequestLimitReset": "api_key_update_request_limit_reset",
    "ApiKeyWithValue": "api_key_with_value",
    "ApiKeyWithValueResponse": "api_key_with_value_response",
    "AsyncWebhookDeliveryAttempt": "async_webhook_delivery_attempt",
    "AsyncWebhookDeliveryAttemptStatus": "async_webhook_delivery_attempt_status",
    "AsyncWebhookDeliverySummary": "async_webhook_delivery_summary",
    "AsyncWebhookDeliverySummaryLastAttemptStatus": "async_webhook_delivery_summary_last_attempt_status",
    "AsyncWebhookPublicState": "async_webhook_public_state",
    "AudioContentPart": "audio_content_part",
    "AudioContentPartInputAudio": "audio_content_part_input_audio",
    "AudioContentPartInputAudioFormat": "audio_content_part_input_audio_format",
    "AudioContentPartType": "audio_content_part_type",
    "AudioSpeechRequest": "audio_speech_request",
    "AudioSpeechRequestFormat": "audio_speech_request_format",
    "AudioSpeechRequestResponseFormat": "audio_speech_request_response_format",
    "AudioSpeechRequestStreamFormat": "audio_speech_request_stream_format",
    "AudioTranscriptionRequest": "audio_transcription_request",
    "AudioTranscriptionRequestChunkingStrategyType0": "audio_transcription_request_chunking_strategy_type_0",
    "AudioTranscriptionRequestChunkingStrategyType1": "audio_transcription_request_chunking_strategy_type_1",
    "AudioTranscriptionRequestChunkingStrategyType1Type": "audio_transcription_request_chunking_strategy_type_1_type",
    "AudioTranscriptionRequestResponseFormat": "audio_transcription_request_response_format",
    "AudioTranscriptionResponse": "audio_transcription_response",
    "AudioTranslationRequest": "audio_translation_request",
    "AudioTranslationResponse": "audio_translation_response",
    "BatchBillingSummary": "batch_billing_summary",
    "BatchBillingSummaryState": "batch_billing_summary_state",
    "BatchCapabilities": "batch_capabilities",
    "BatchListResponse": "batch_list_response",
    "BatchModelCapability": "batch_model_capability",
    "BatchModelProviderCapability": "batch_model_provider_capability",
    "BatchModelsResponse": "batch_models_response",
    "BatchProviderCapability": "batch_provider_capability",
    "BatchProviderCapabilityEndpointsItem": "batch_provider_capability_endpoints_item",
    "BatchProviderCapabilityEndpointsItemMode": "batch_provider_capability_endpoints_item_mode",
    "BatchProviderCapabilityGatewayInputModesItem": "batch_provider_capability_gateway_input_modes_item",
    "BatchProviderCapabilityNativeInputModesItem": "batch_provider_capability_native_input_modes_item",
    "BatchProviderCapabilityStatus": "batch_provider_capability_status",
    "BatchRequest": "batch_request",
    "BatchRequestCounts": "batch_request_counts",
    "BatchRequestEndpoint": "batch_request_endpoint",
    "BatchRequestItem": "batch_request_item",
    "BatchRequestItemMethod": "batch_request_item_method",
    "BatchRequestList": "batch_request_list",
    "BatchRequestOutputExpiresAfter": "batch_request_output_expires_after",
    "BatchRequestOutputExpiresAfterAnchor": "batch_request_output_expires_after_anchor",
    "BatchRequestRow": "batch_request_row",
    "BatchRequestWebhook": "batch_request_webhook",
    "BatchResponse": "batch_response",
    "BatchResponseLifecycleStatus": "batch_response_lifecycle_status",
    "BatchResponseUsage": "batch_response_usage",
    "CacheControl": "cache_control",
    "CalculatedPrice": "calculated_price",
    "CalculatePricingBody": "calculate_pricing_body",
    "ChatAudioOutputPart": "chat_audio_output_part",
    "ChatAudioOutputPartAudioUrl": "chat_audio_output_part_audio_url",
    "ChatAudioOutputPartFormat": "chat_audio_output_part_format",
    "ChatAudioOutputPartType": "chat_audio_output_part_type",
    "ChatChoice": "chat_choice",
    "ChatChoiceFinishReason": "chat_choice_finish_reason",
    "ChatCompletionChunk": "chat_completion_chunk",
    "ChatCompletionChunkChoice": "chat_completion_chunk_choice",
    "ChatCompletionChunkChoiceFinishReason": "chat_completion_chunk_choice_finish_reason",
    "ChatCompletionDelta": "chat_completion_delta",
    "ChatCompletionMessage": "chat_completion_message",
    "ChatCompletionMessageRole": "chat_completion_message_role",
    "ChatCompletionsRequest": "chat_completions_request",
    "ChatCompletionsRequestLogitBias": "chat_completions_request_logit_bias",
    "ChatCompletionsRequestMetadata": "chat_completions_request_metadata",
    "ChatCompletionsRequestModalitiesItem": "chat_completions_request_modalities_item",
    "ChatCompletionsRequestProviderType0": "chat_completions_request_provider_type_0",
    "ChatCompletionsRequestReasoningEffort": "chat_completions_request_reasoning_effort",
    "ChatCompletionsRequestResponseFormatType1": "chat_completions_request_response_format_type_1",
    "ChatCompletionsRequestServiceTier": "chat_completions_request_service_tier",
    "ChatCompletionsResponse": "chat_completions_response",
    "ChatImageOutputPart": "chat_image_output_part",
    "ChatImageOutputPartImageUrl": "chat_image_output_part_image_url",
    "ChatImageOutputPartType": "chat_image_output_part_type",
    "ChatLogprobs": "chat_logprobs",
    "ChatMessage": "chat_message",
    "ChatMessageRole": "chat_message_role",
    "ChatToolCall": "chat_tool_call",
    "ChatToolCallFunction": "chat_tool_call_function",
    "ChatToolCallType": "chat_tool_call_type",
    "ChatUsage": "chat_usage",
    "CreateVideoDownloadUrlBody": "create_video_download_url_body",
    "CreateVideoDownloadUrlBodyDisposition": "create_video_download_url_body_disposition",
    "CreditsResponse": "credits_response",
    "CreditsResponseCredits": "credits_response_credits",
    "DataModel": "data_model",
    "DataModelList": "data_model_list",
    "DataModelOrganisation": "data_model_organisation",
    "DebugOptions": "debug_options",
    "DebugOptionsTraceLevel": "debug_options_trace_level",
    "DeletedResponse": "deleted_response",
    "Embedding": "embedding",
    "EmbeddingsMultimodalInput": "embeddings_multimodal_input",
    "EmbeddingsMultimodalInputContentItemType0": "embeddings_multimodal_input_content_item_type_0",
    "EmbeddingsMultimodalInputContentItemType0Type": "embeddings_multimodal_input_content_item_type_0_type",
    "EmbeddingsMultimodalInputContentItemType1": "embeddings_multimodal_input_content_item_type_1",
    "EmbeddingsMultimodalInputContentItemType1ImageUrlType1": "embeddings_multimodal_input_content_item_type_1_image_url_type_1",
    "EmbeddingsMultimodalInputContentItemType1Type": "embeddings_multimodal_input_content_item_type_1_type",
    "EmbeddingsMultimodalInputContentItemType1UrlType1": "embeddings_multimodal_input_content_item_type_1_url_type_1",
    "EmbeddingsMultimodalInputContentItemType2": "embeddings_multimodal_input_content_item_type_2",
    "EmbeddingsMultimodalInputContentItemType2InputAudio": "embeddings_multimodal_input_content_item_type_2_input_audio",
    "EmbeddingsMultimodalInputContentItemType2Type": "embeddings_multimodal_input_content_item_type_2_type",
    "EmbeddingsMultimodalInputContentItemType3": "embeddings_multimodal_input_content_item_type_3",
    "EmbeddingsMultimodalInputContentItemType3Type": "embeddings_multimodal_input_content_item_type_3_type",
    "EmbeddingsMultimodalInputContentItemType3UrlType1": "embeddings_multimodal_input_content_item_type_3_url_type_1",
    "EmbeddingsMultimodalInputContentItemType3VideoUrlType1": "embeddings_multimodal_input_content_item_type_3_video_url_type_1",
    "EmbeddingsRequest": "embeddings_request",
    "EmbeddingsRequestEncodingFormat": "embeddings_request_encoding_format",
    "EmbeddingsRequestProviderOptions": "embeddings_request_provider_options",
    "EmbeddingsRequestProviderOptionsGoogle": "embeddings_request_provider_options_google",
    "EmbeddingsRequestProviderOptionsMistral": "embeddings_request_provider_options_mistral",
    "EmbeddingsRequestProviderOptionsMistralOutputDtype": "embeddings_request_provider_options_mistral_output_dtype",
    "EmbeddingsResponse": "embeddings_response",
    "EndpointCatalogueEntry": "endpoint_catalogue_entry",
    "EndpointCatalogueResponse": "endpoint_catalogue_response",
    "ErrorFailureSampleItem": "error_failure_sample_item",
    "ErrorProviderCandidateDiagnostics": "error_provider_candidate_diagnostics",
    "ErrorProviderCandidateDiagnosticsDroppedMissingAdapterItem": "error_provider_candidate_diagnostics_dropped_missing_adapter_item",
    "ErrorProviderEnablementDiagnostics": "error_provider_enablement_diagnostics",
    "ErrorProviderEnablementDiagnosticsDroppedItem": "error_provider_enablement_diagnostics_dropped_item",
    "ErrorProviderFailureDiagnostics": "error_provider_failure_diagnostics",
    "ErrorProviderFailureDiagnosticsCategory": "error_provider_failure_diagnostics_category",
    "ErrorResponse": "error_response",
    "ErrorResponseErrorOrigin": "error_response_error_origin",
    "ErrorResponseErrorType": "error_response_error_type",
    "ErrorRoutingDiagnostics": "error_routing_diagnostics",
    "ErrorRoutingDiagnosticsFilterStagesItem": "error_routing_diagnostics_filter_stages_item",
    "ErrorRoutingDiagnosticsFilterStagesItemDroppedProvidersItem": "error_routing_diagnostics_filter_stages_item_dropped_providers_item",
    "ErrorUpstreamError": "error_upstream_error",
    "FileResponse": "file_response",
    "FileUploadRequest": "file_upload_request",
    "FunctionDelta": "function_delta",
    "FunctionToolDefinition": "function_tool_definition",
    "FunctionToolDefinitionFunction": "function_tool_definition_function",
    "FunctionToolDefinitionType": "function_tool_definition_type",
    "FusionToolDefinition": "fusion_tool_definition",
    "FusionToolDefinitionParameters": "fusion_tool_definition_parameters",
    "FusionToolDefinitionType": "fusion_tool_definition_type",
    "GatewayCapabilities": "gateway_capabilities",
    "GatewayCapabilityStatus": "gateway_capability_status",
    "GatewayDatetimeToolDefinition": "gateway_datetime_tool_definition",
    "GatewayDatetimeToolDefinitionParameters": "gateway_datetime_tool_definition_parameters",
    "GatewayDatetimeToolDefinitionType": "gateway_datetime_tool_definition_type",
    "GatewayModalities": "gateway_modalities",
    "GatewayModelLifecycle": "gateway_model_lifecycle",
    "GatewayModelLifecycleStatus": "gateway_model_lifecycle_status",
    "GatewayModelLimits": "gateway_model_limits",
    "GatewayModelOffer": "gateway_model_offer",
    "GatewayModelOfferEffective": "gateway_model_offer_effective",
    "GatewayModelOfferProvider": "gateway_model_offer_provider",
    "GatewayModelOfferRouting": "gateway_model_offer_routing",
    "GatewayModelOfferStatus": "gateway_model_offer_status",
    "GatewayModelOrganization": "gateway_model_organization",
    "GatewayModelsResponse": "gateway_models_response",
    "GatewayModelsResponseAvailabilityMode": "gateway_models_response_availability_mode",
    "GatewayPricing": "gateway_pricing",
    "GatewayPricingMeter": "gateway_pricing_meter",
    "GatewayPricingMeterCurrency": "gateway_pricing_meter_currency",
    "GatewayPricingMeters": "gateway_pricing_meters",
    "GatewayPricingPricingPlan": "gateway_pricing_pricing_plan",
    "GatewayProviderAvailabilityReason": "gateway_provider_availability_reason",
    "GatewayRoutingStatus": "gateway_routing_status",
    "GatewayWebFetchToolDefinition": "gateway_web_fetch_tool_definition",
    "GatewayWebFetchToolDefinitionParameters": "gateway_web_fetch_tool_definition_parameters",
    "GatewayWebFetchToolDefinitionType": "gateway_web_fetch_tool_definition_type",
    "GatewayWebSearchToolDefinition": "gateway_web_search_tool_definition",
    "GatewayWebSearchToolDefinitionParameters": "gateway_web_search_tool_definition_parameters",
    "GatewayWebSearchToolDefinitionType": "gateway_web_search_tool_definition_type",
    "GenerationResponse": "generation_response",
    "GenerationResponseUsage": "generation_response_usage",
    "GetVideoContentVariant": "get_video_content_variant",
    "Health": "health",
    "Image": "image",
    "ImageConfig": "image_config",
    "ImageConfigFontInputsItem": "image_config_font_inputs_item",
    "ImageConfigImageSize": "image_config_image_size",
    "ImageContentPart": "image_content_part",
    "ImageContentPartImageUrl": "image_content_part_image_url",
    "ImageContentPartType": "image_content_part_type",
    "ImageModerationInput": "image_moderation_input",
    "ImageModerationInputImageUrl": "image_moderation_input_image_url",
    "ImageModerationInputType": "image_moderation_input_type",
    "ImagesEditRequest": "images_edit_request",
    "ImagesEditRequestOutputFormat": "images_edit_request_output_format",
    "ImagesEditRequestResponseFormat": "images_edit_request_response_format",
    "ImagesEditResponse": "images_edit_response",
    "ImagesGenerationRequest": "images_generation_request",
    "ImagesGenerationResponse": "images_generation_response",
    "InvalidRequestResponse": "invalid_request_response",
    "ListDataModelsFeed": "list_data_models_feed",
    "ListDataModelsFormat": "list_data_models_format",
    "ListFilesResponse": "list_files_response",
    "ListGatewayModelsAvailability": "list_gateway_models_availability",
    "ListGatewayModelsFeed": "list_gateway_models_feed",
    "ListGatewayModelsFormat": "list_gateway_models_format",
    "ListGatewayTeamModelsAvailability": "list_gateway_team_models_availability",
    "ListGatewayTeamModelsFeed": "list_gateway_team_models_feed",
    "ListGatewayTeamModelsFormat": "list_gateway_team_models_format",
    "ListModelEndpointsAvailability": "list_model_endpoints_availability",
    "ListModelsAvailability": "list_models_availability",
    "ListModelsFeed": "list_models_feed",
    "ListModelsFormat": "list_models_format",
    "ListTeamModelsAvailability": "list_team_models_availability",
    "ListTeamModelsFeed": "list_team_models_feed",
    "ListTeamModelsFormat": "list_team_models_format",
    "ListVideosOrder": "list_videos_order",
    "MessageRedactedThinkingBlock": "message_redacted_thinking_block",
    "MessageRedactedThinkingBlockType": "message_redacted_thinking_block_type",
    "MessageStreamDelta": "message_stream_delta",
    "MessageStreamEvent": "message_stream_event",
    "MessageTextBlock": "message_text_block",
    "MessageTextBlockType": "message_text_block_type",
    "MessageThinkingBlock": "message_thinking_block",
    "MessageThinkingBlockType": "message_thinking_block_type",
    "MessageToolUseBlock": "message_tool_use_block",
    "MessageToolUseBlockType": "message_tool_use_block_type",
    "Model": "model",
    "ModelAvailability": "model_availability",
    "ModelAvailabilityStatus": "model_availability_status",
    "ModelEndpointCapability": "model_endpoint_capability",
    "ModelEndpointCapabilityCollection": "model_endpoint_capability_collection",
    "ModelEndpointCapabilityEffective": "model_endpoint_capability_effective",
    "ModelEndpointCapabilityProvider": "model_endpoint_capability_provider",
    "ModelEndpointCapabilityRouting": "model_endpoint_capability_routing",
    "ModelEndpointCapabilityStatus": "model_endpoint_capability_status",
    "ModelEndpointsResponse": "model_endpoints_response",
    "ModelEndpointsResponseAvailabilityMode": "model_endpoints_response_availability_mode",
    "ModelLifecycle": "model_lifecycle",
    "ModelLifecycleStatus": "model_lifecycle_status",
    "ModelVariants": "model_variants",
    "ModelVariantsAdditionalProperty": "model_variants_additional_property",
    "ModerationCategories": "moderation_categories",
    "ModerationCategoryScores": "moderation_category_scores",
    "ModerationResult": "moderation_result",
    "ModerationResultCategoryAppliedInputTypes": "moderation_result_category_applied_input_types",
    "ModerationsRequest": "moderations_request",
    "ModerationsResponse": "moderations_response",
    "ModerationsResponseMeta": "moderations_response_meta",
    "MusicGenerateRequest": "music_generate_request",
    "MusicGenerateRequestElevenlabs": "music_generate_request_elevenlabs",
    "MusicGenerateRequestFormat": "music_generate_request_format",
    "MusicGenerateRequestSuno": "music_generate_request_suno",
    "MusicGenerateRequestSunoVocalGender": "music_generate_request_suno_vocal_gender",
    "MusicGenerateResponse": "music_generate_response",
    "MusicGenerateResponseUsage": "music_generate_response_usage",
    "MusicOutput": "music_output",
    "OcrRequest": "ocr_request",
    "OcrResponse": "ocr_response",
    "Organisation": "organisation",
    "OrganisationList": "organisation_list",
    "PriceBreakdown": "price_breakdown",
    "PricedModel": "priced_model",
    "PriceEstimate": "price_estimate",
    "PriceList": "price_list",
    "PriceMeter": "price_meter",
    "PricingLine": "pricing_line",
    "Provider": "provider",
    "ProviderList": "provider_list",
    "ProviderOptions": "provider_options",
    "ProviderOptionsAnthropic": "provider_options_anthropic",
    "ProviderOptionsGoogle": "provider_options_google",
    "ProviderOptionsOpenai": "provider_options_openai",
    "ProviderOptionsOpenaiContextManagement": "provider_options_openai_context_management",
    "ProviderOptionsOpenaiContextManagementType": "provider_options_openai_context_management_type",
    "ProviderRoutingOptions": "provider_routing_options",
    "ProviderRoutingOptionsDataCollection": "provider_routing_options_data_collection",
    "ProviderRoutingOptionsMaxPrice": "provider_routing_options_max_price",
    "ProviderRoutingOptionsPreferredMaxLatencyType1": "provider_routing_options_preferred_max_latency_type_1",
    "ProviderRoutingOptionsPreferredMinThroughputType1": "provider_routing_options_preferred_min_throughput_type_1",
    "ReasoningConfig": "reasoning_config",
    "ReasoningConfigEffort": "reasoning_config_effort",
    "ReasoningConfigMode": "reasoning_config_mode",
    "ReasoningConfigSummary": "reasoning_config_summary",
    "RequestMeta": "request_meta",
    "RerankRequest": "rerank_request",
    "RerankRequestMetadata": "rerank_request_metadata",
    "RerankResponse": "rerank_response",
    "RerankResult": "rerank_result",
    "ResponsesFunctionCall": "responses_function_call",
    "ResponsesFunctionCallType": "responses_function_call_type",
    "ResponsesFunctionTool": "responses_function_tool",
    "ResponsesFunctionToolType": "responses_function_tool_type",
    "ResponsesInputItem": "responses_input_item",
    "ResponsesInputItemRole": "responses_input_item_role",
    "ResponsesMessage": "responses_message",
    "ResponsesMessageRole": "responses_message_role",
    "ResponsesMessageType": "responses_message_type",
    "ResponsesOutputAudioPart": "responses_output_audio_part",
    "ResponsesOutputAudioPartAudioUrl": "responses_output_audio_part_audio_url",
    "ResponsesOutputAudioPartFormat": "responses_output_audio_part_format",
    "ResponsesOutputAudioPartType": "responses_output_audio_part_type",
    "ResponsesOutputImagePart": "responses_output_image_part",
    "ResponsesOutputImagePartImageUrl": "responses_output_image_part_image_url",
    "ResponsesOutputImagePartType": "responses_output_image_part_type",
    "ResponsesOutputTextPart": "responses_output_text_part",
    "ResponsesOutputTextPartType": "responses_output_text_part_type",
    "ResponsesReasoning": "responses_reasoning",
    "ResponsesReasoningText": "responses_reasoning_text",
    "ResponsesReasoningType": "responses_reasoning_type",
    "ResponsesRefusalPart": "responses_refusal_part",
    "ResponsesRefusalPartType": "responses_refusal_part_type",
    "ResponsesRequest": "responses_request",
    "ResponsesRequestMetadata": "responses_request_metadata",
    "ResponsesRequestModalitiesItem": "responses_request_modalities_item",
    "ResponsesRequestServiceTier": "responses_request_service_tier",
    "ResponsesRequestTruncation": "responses_request_truncation",
    "ResponsesResponse": "responses_response",
    "ResponsesResponseError": "responses_response_error",
    "ResponsesResponseIncompleteDetails": "responses_response_incomplete_details",
    "ResponsesResponseStatus": "responses_response_status",
    "ResponseStreamEvent": "response_stream_event",
    "SearchModelsToolDefinition": "search_models_tool_definition",
    "SearchModelsToolDefinitionParameters": "search_models_tool_definition_parameters",
    "SearchModelsToolDefinitionType": "search_models_tool_definition_type",
    "SeedEraModel": "seed_era_model",
    "SeedEraModelArchitecture": "seed_era_model_architecture",
    "SeedEraModelPricing": "seed_era_model_pricing",
    "SeedEraModelPricingDetail": "seed_era_model_pricing_detail",
    "SeedEraModelProvider": "seed_era_model_provider",
    "SeedEraModelProviderAvailabilityStatus": "seed_era_model_provider_availability_status",
    "SeedEraModelProviderProviderStatus": "seed_era_model_provider_provider_status",
    "SeedEraModelsResponse": "seed_era_models_response",
    "SeedEraModelsResponseAvailabilityMode": "seed_era_models_response_availability_mode",
    "SeedEraModelsResponsePrivacyScope": "seed_era_models_response_privacy_scope",
    "SeedEraModelTopProvider": "seed_era_model_top_provider",
    "ServerToolUsage": "server_tool_usage",
    "SubagentToolDefinition": "subagent_tool_definition",
    "SubagentToolDefinitionType": "subagent_tool_definition_type",
    "SupportedParameterDetails": "supported_parameter_details",
    "TextContentPart": "text_content_part",
    "TextContentPartType": "text_content_part_type",
    "TextModerationInput": "text_moderation_input",
    "TextModerationInputType": "text_moderation_input_type",
    "TextToolChoiceType0": "text_tool_choice_type_0",
    "TokenDetails": "token_details",
    "TokenLogprob": "token_logprob",
    "ToolCall": "tool_call",
    "ToolCallContentPart": "tool_call_content_part",
    "ToolCallContentPartFunction": "tool_call_content_part_function",
    "ToolCallContentPartType": "tool_call_content_part_type",
    "ToolCallDelta": "tool_call_delta",
    "ToolCallFunction": "tool_call_function",
    "ToolCallType": "tool_call_type",
    "TopLogprob": "top_logprob",
    "UploadBatchFileProvider": "upload_batch_file_provider",
    "UploadFileProvider": "upload_file_provider",
    "Usage": "usage",
    "VideoBillingSummary": "video_billing_summary",
    "VideoBillingSummaryState": "video_billing_summary_state",
    "VideoContentPart": "video_content_part",
    "VideoContentPartType": "video_content_part_type",
    "VideoDeleteResponse": "video_delete_response",
    "VideoDownloadUrl": "video_download_url",
    "VideoGenerationRequest": "video_generation_request",
    "VideoGenerationRequestInputReference": "video_generation_request_input_reference",
    "VideoGenerationRequestSeconds": "video_generation_request_seconds",
    "VideoGenerationRequestWebhook": "video_generation_request_webhook",
    "VideoGenerationResponse": "video_generation_response",
    "VideoGenerationResponseAsset": "video_generation_response_asset",
    "VideoGenerationResponseLifecycleStatus": "video_generation_response_lifecycle_status",
    "VideoGenerationResponseOutputAccess": "video_generation_response_output_access",
    "VideoGenerationResponseStatus": "video_generation_response_status",
    "VideoGenerationResponseUsage": "video_generation_response_usage",
    "VideoInputReferenceType0": "video_input_reference_type_0",
    "VideoInputReferenceType0ImageUrl": "video_input_reference_type_0_image_url",
    "VideoInputReferenceType0Role": "video_input_reference_type_0_role",
    "VideoInputReferenceType0Type": "video_input_reference_type_0_type",
    "VideoInputReferenceType1": "video_input_reference_type_1",
    "VideoInputReferenceType1MediaUrl": "video_input_reference_type_1_media_url",
    "VideoInputReferenceType1Role": "video_input_reference_type_1_role",
    "VideoInputReferenceType1Type": "video_input_reference_type_1_type",
    "VideoListResponse": "video_list_response",
    "VideoModelCapability": "video_model_capability",
    "VideoModelProviderCapability": "video_model_provider_capability",
    "VideoModelsResponse": "video_models_response",
    "VideoOutput": "video_output",
    "VideoOutputConfig": "video_output_config",
    "VideoOutputConfigAccess": "video_output_config_access",
    "Workspace": "workspace",
    "WorkspaceActivityEntry": "workspace_activity_entry",
    "WorkspaceActivityResponse": "workspace_activity_response",
    "WorkspaceCreateRequest": "workspace_create_request",
    "WorkspaceListResponse": "workspace_list_response",
    "WorkspaceResponse": "workspace_response",
    "WorkspaceUpdateRequest": "workspace_update_request",
}


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})


__all__ = (
    "ActivityEntry",
    "ActivityResponse",
    "AnthropicContentBlock",
    "AnthropicContentBlockSource",
    "AnthropicContentBlockType",
    "AnthropicMessage",
    "AnthropicMessageRole",
    "AnthropicMessagesRequest",
    "AnthropicMessagesRequestSystemType1Item",
    "AnthropicMessagesRequestSystemType1ItemType",
    "AnthropicMessagesResponse",
    "AnthropicMessagesResponseRole",
    "AnthropicTool",
    "AnthropicUsage",
    "ApiKey",
    "ApiKeyCreateRequest",
    "ApiKeyCreateRequestLimitReset",
    "ApiKeyListResponse",
    "ApiKeyResponse",
    "ApiKeyUpdateRequest",
    "ApiKeyUpdateRequestLimitReset",
    "ApiKeyWithValue",
    "ApiKeyWithValueResponse",
    "AsyncWebhookDeliveryAttempt",
    "AsyncWebhookDeliveryAttemptStatus",
    "AsyncWebhookDeliverySummary",
    "AsyncWebhookDeliverySummaryLastAttemptStatus",
    "AsyncWebhookPublicState",
    "AudioContentPart",
    "AudioContentPartInputAudio",
    "AudioContentPartInputAudioFormat",
    "AudioContentPartType",
    "AudioSpeechRequest",
    "AudioSpeechRequestFormat",
    "AudioSpeechRequestResponseFormat",
    "AudioSpeechRequestStreamFormat",
    "AudioTranscriptionRequest",
    "AudioTranscriptionRequestChunkingStrategyType0",
    "AudioTranscriptionRequestChunkingStrategyType1",
    "AudioTranscriptionRequestChunkingStrategyType1Type",
    "AudioTranscriptionRequestResponseFormat",
    "AudioTranscriptionResponse",
    "AudioTranslationRequest",
    "AudioTranslationResponse",
    "BatchBillingSummary",
    "BatchBillingSummaryState",
    "BatchCapabilities",
    "BatchListResponse",
    "BatchModelCapability",
    "BatchModelProviderCapability",
    "BatchModelsResponse",
    "BatchProviderCapability",
    "BatchProviderCapabilityEndpointsItem",
    "BatchProviderCapabilityEndpointsItemMode",
    "BatchProviderCapabilityGatewayInputModesItem",
    "BatchProviderCapabilityNativeInputModesItem",
    "BatchProviderCapabilityStatus",
    "BatchRequest",
    "BatchRequestCounts",
    "BatchRequestEndpoint",
    "BatchRequestItem",
    "BatchRequestItemMethod",
    "BatchRequestList",
    "BatchRequestOutputExpiresAfter",
    "BatchRequestOutputExpiresAfterAnchor",
    "BatchRequestRow",
    "BatchRequestWebhook",
    "BatchResponse",
    "BatchResponseLifecycleStatus",
    "BatchResponseUsage",
    "CacheControl",
    "CalculatedPrice",
    "CalculatePricingBody",
    "ChatAudioOutputPart",
    "ChatAudioOutputPartAudioUrl",
    "ChatAudioOutputPartFormat",
    "ChatAudioOutputPartType",
    "ChatChoice",
    "ChatChoiceFinishReason",
    "ChatCompletionChunk",
    "ChatCompletionChunkChoice",
    "ChatCompletionChunkChoiceFinishReason",
    "ChatCompletionDelta",
    "ChatCompletionMessage",
    "ChatCompletionMessageRole",
    "ChatCompletionsRequest",
    "ChatCompletionsRequestLogitBias",
    "ChatCompletionsRequestMetadata",
    "ChatCompletionsRequestModalitiesItem",
    "ChatCompletionsRequestProviderType0",
    "ChatCompletionsRequestReasoningEffort",
    "ChatCompletionsRequestResponseFormatType1",
    "ChatCompletionsRequestServiceTier",
    "ChatCompletionsResponse",
    "ChatImageOutputPart",
    "ChatImageOutputPartImageUrl",
    "ChatImageOutputPartType",
    "ChatLogprobs",
    "ChatMessage",
    "ChatMessageRole",
    "ChatToolCall",
    "ChatToolCallFunction",
    "ChatToolCallType",
    "ChatUsage",
    "CreateVideoDownloadUrlBody",
    "CreateVideoDownloadUrlBodyDisposition",
    "CreditsResponse",
    "CreditsResponseCredits",
    "DataModel",
    "DataModelList",
    "DataModelOrganisation",
    "DebugOptions",
    "DebugOptionsTraceLevel",
    "DeletedResponse",
    "Embedding",
    "EmbeddingsMultimodalInput",
    "EmbeddingsMultimodalInputContentItemType0",
    "EmbeddingsMultimodalInputContentItemType0Type",
    "EmbeddingsMultimodalInputContentItemType1",
    "EmbeddingsMultimodalInputContentItemType1ImageUrlType1",
    "EmbeddingsMultimodalInputContentItemType1Type",
    "EmbeddingsMultimodalInputContentItemType1UrlType1",
    "EmbeddingsMultimodalInputContentItemType2",
    "EmbeddingsMultimodalInputContentItemType2InputAudio",
    "EmbeddingsMultimodalInputContentItemType2Type",
    "EmbeddingsMultimodalInputContentItemType3",
    "EmbeddingsMultimodalInputContentItemType3Type",
    "EmbeddingsMultimodalInputContentItemType3UrlType1",
    "EmbeddingsMultimodalInputContentItemType3VideoUrlType1",
    "EmbeddingsRequest",
    "EmbeddingsRequestEncodingFormat",
    "EmbeddingsRequestProviderOptions",
    "EmbeddingsRequestProviderOptionsGoogle",
    "EmbeddingsRequestProviderOptionsMistral",
    "EmbeddingsRequestProviderOptionsMistralOutputDtype",
    "EmbeddingsResponse",
    "EndpointCatalogueEntry",
    "EndpointCatalogueResponse",
    "ErrorFailureSampleItem",
    "ErrorProviderCandidateDiagnostics",
    "ErrorProviderCandidateDiagnosticsDroppedMissingAdapterItem",
    "ErrorProviderEnablementDiagnostics",
    "ErrorProviderEnablementDiagnosticsDroppedItem",
    "ErrorProviderFailureDiagnostics",
    "ErrorProviderFailureDiagnosticsCategory",
    "ErrorResponse",
    "ErrorResponseErrorOrigin",
    "ErrorResponseErrorType",
    "ErrorRoutingDiagnostics",
    "ErrorRoutingDiagnosticsFilterStagesItem",
    "ErrorRoutingDiagnosticsFilterStagesItemDroppedProvidersItem",
    "ErrorUpstreamError",
    "FileResponse",
    "FileUploadRequest",
    "FunctionDelta",
    "FunctionToolDefinition",
    "FunctionToolDefinitionFunction",
    "FunctionToolDefinitionType",
    "FusionToolDefinition",
    "FusionToolDefinitionParameters",
    "FusionToolDefinitionType",
    "GatewayCapabilities",
    "GatewayCapabilityStatus",
    "GatewayDatetimeToolDefinition",
    "GatewayDatetimeToolDefinitionParameters",
    "GatewayDatetimeToolDefinitionType",
    "GatewayModalities",
    "GatewayModelLifecycle",
    "GatewayModelLifecycleStatus",
    "GatewayModelLimits",
    "GatewayModelOffer",
    "GatewayModelOfferEffective",
    "GatewayModelOfferProvider",
    "GatewayModelOfferRouting",
    "GatewayModelOfferStatus",
    "GatewayModelOrganization",
    "GatewayModelsResponse",
    "GatewayModelsResponseAvailabilityMode",
    "GatewayPricing",
    "GatewayPricingMeter",
    "GatewayPricingMeterCurrency",
    "GatewayPricingMeters",
    "GatewayPricingPricingPlan",
    "GatewayProviderAvailabilityReason",
    "GatewayRoutingStatus",
    "GatewayWebFetchToolDefinition",
    "GatewayWebFetchToolDefinitionParameters",
    "GatewayWebFetchToolDefinitionType",
    "GatewayWebSearchToolDefinition",
    "GatewayWebSearchToolDefinitionParameters",
    "GatewayWebSearchToolDefinitionType",
    "GenerationResponse",
    "GenerationResponseUsage",
    "GetVideoContentVariant",
    "Health",
    "Image",
    "ImageConfig",
    "ImageConfigFontInputsItem",
    "ImageConfigImageSize",
    "ImageContentPart",
    "ImageContentPartImageUrl",
    "ImageContentPartType",
    "ImageModerationInput",
    "ImageModerationInputImageUrl",
    "ImageModerationInputType",
    "ImagesEditRequest",
    "ImagesEditRequestOutputFormat",
    "ImagesEditRequestResponseFormat",
    "ImagesEditResponse",
    "ImagesGenerationRequest",
    "ImagesGenerationResponse",
    "InvalidRequestResponse",
    "ListDataModelsFeed",
    "ListDataModelsFormat",
    "ListFilesResponse",
    "ListGatewayModelsAvailability",
    "ListGatewayModelsFeed",
    "ListGatewayModelsFormat",
    "ListGatewayTeamModelsAvailability",
    "ListGatewayTeamModelsFeed",
    "ListGatewayTeamModelsFormat",
    "ListModelEndpointsAvailability",
    "ListModelsAvailability",
    "ListModelsFeed",
    "ListModelsFormat",
    "ListTeamModelsAvailability",
    "ListTeamModelsFeed",
    "ListTeamModelsFormat",
    "ListVideosOrder",
    "MessageRedactedThinkingBlock",
    "MessageRedactedThinkingBlockType",
    "MessageStreamDelta",
    "MessageStreamEvent",
    "MessageTextBlock",
    "MessageTextBlockType",
    "MessageThinkingBlock",
    "MessageThinkingBlockType",
    "MessageToolUseBlock",
    "MessageToolUseBlockType",
    "Model",
    "ModelAvailability",
    "ModelAvailabilityStatus",
    "ModelEndpointCapability",
    "ModelEndpointCapabilityCollection",
    "ModelEndpointCapabilityEffective",
    "ModelEndpointCapabilityProvider",
    "ModelEndpointCapabilityRouting",
    "ModelEndpointCapabilityStatus",
    "ModelEndpointsResponse",
    "ModelEndpointsResponseAvailabilityMode",
    "ModelLifecycle",
    "ModelLifecycleStatus",
    "ModelVariants",
    "ModelVariantsAdditionalProperty",
    "ModerationCategories",
    "ModerationCategoryScores",
    "ModerationResult",
    "ModerationResultCategoryAppliedInputTypes",
    "ModerationsRequest",
    "ModerationsResponse",
    "ModerationsResponseMeta",
    "MusicGenerateRequest",
    "MusicGenerateRequestElevenlabs",
    "MusicGenerateRequestFormat",
    "MusicGenerateRequestSuno",
    "MusicGenerateRequestSunoVocalGender",
    "MusicGenerateResponse",
    "MusicGenerateResponseUsage",
    "MusicOutput",
    "OcrRequest",
    "OcrResponse",
    "Organisation",
    "OrganisationList",
    "PriceBreakdown",
    "PricedModel",
    "PriceEstimate",
    "PriceList",
    "PriceMeter",
    "PricingLine",
    "Provider",
    "ProviderList",
    "ProviderOptions",
    "ProviderOptionsAnthropic",
    "ProviderOptionsGoogle",
    "ProviderOptionsOpenai",
    "ProviderOptionsOpenaiContextManagement",
    "ProviderOptionsOpenaiContextManagementType",
    "ProviderRoutingOptions",
    "ProviderRoutingOptionsDataCollection",
    "ProviderRoutingOptionsMaxPrice",
    "ProviderRoutingOptionsPreferredMaxLatencyType1",
    "ProviderRoutingOptionsPreferredMinThroughputType1",
    "ReasoningConfig",
    "ReasoningConfigEffort",
    "ReasoningConfigMode",
    "ReasoningConfigSummary",
    "RequestMeta",
    "RerankRequest",
    "RerankRequestMetadata",
    "RerankResponse",
    "RerankResult",
    "ResponsesFunctionCall",
    "ResponsesFunctionCallType",
    "ResponsesFunctionTool",
    "ResponsesFunctionToolType",
    "ResponsesInputItem",
    "ResponsesInputItemRole",
    "ResponsesMessage",
    "ResponsesMessageRole",
    "ResponsesMessageType",
    "ResponsesOutputAudioPart",
    "ResponsesOutputAudioPartAudioUrl",
    "ResponsesOutputAudioPartFormat",
    "ResponsesOutputAudioPartType",
    "ResponsesOutputImagePart",
    "ResponsesOutputImagePartImageUrl",
    "ResponsesOutputImagePartType",
    "ResponsesOutputTextPart",
    "ResponsesOutputTextPartType",
    "ResponsesReasoning",
    "ResponsesReasoningText",
    "ResponsesReasoningType",
    "ResponsesRefusalPart",
    "ResponsesRefusalPartType",
    "ResponsesRequest",
    "ResponsesRequestMetadata",
    "ResponsesRequestModalitiesItem",
    "ResponsesRequestServiceTier",
    "ResponsesRequestTruncation",
    "ResponsesResponse",
    "ResponsesResponseError",
    "ResponsesResponseIncompleteDetails",
    "ResponsesResponseStatus",
    "ResponseStreamEvent",
    "SearchModelsToolDefinition",
    "SearchModelsToolDefinitionParameters",
    "SearchModelsToolDefinitionType",
    "SeedEraModel",
    "SeedEraModelArchitecture",
    "SeedEraModelPricing",
    "SeedEraModelPricingDetail",
    "SeedEraModelProvider",
    "SeedEraModelProviderAvailabilityStatus",
    "SeedEraModelProviderProviderStatus",
    "SeedEraModelsResponse",
    "SeedEraModelsResponseAvailabilityMode",
    "SeedEraModelsResponsePrivacyScope",
    "SeedEraModelTopProvider",
    "ServerToolUsage",
    "SubagentToolDefinition",
    "SubagentToolDefinitionType",
    "SupportedParameterDetails",
    "TextContentPart",
    "TextContentPartType",
    "TextModerationInput",
    "TextModerationInputType",
    "TextToolChoiceType0",
    "TokenDetails",
    "TokenLogprob",
    "ToolCall",
    "ToolCallContentPart",
    "ToolCallContentPartFunction",
    "ToolCallContentPartType",
    "ToolCallDelta",
    "ToolCallFunction",
    "ToolCallType",
    "TopLogprob",
    "UploadBatchFileProvider",
    "UploadFileProvider",
    "Usage",
    "VideoBillingSummary",
    "VideoBillingSummaryState",
    "VideoContentPart",
    "VideoContentPartType",
    "VideoDeleteResponse",
    "VideoDownloadUrl",
    "VideoGenerationRequest",
    "VideoGenerationRequestInputReference",
    "VideoGenerationRequestSeconds",
    "VideoGenerationRequestWebhook",
    "VideoGenerationResponse",
    "VideoGenerationResponseAsset",
    "VideoGenerationResponseLifecycleStatus",
    "VideoGenerationResponseOutputAccess",
    "VideoGenerationResponseStatus",
    "VideoGenerationResponseUsage",
    "VideoInputReferenceType0",
    "VideoInputReferenceType0ImageUrl",
    "VideoInputReferenceType0Role",
    "VideoInputReferenceType0Type",
    "VideoInputReferenceType1",
    "VideoInputReferenceType1MediaUrl",
    "VideoInputReferenceType1Role",
    "VideoInputReferenceType1Type",
    "VideoListResponse",
    "VideoModelCapability",
    "VideoModelProviderCapability",
    "VideoModelsResponse",
    "VideoOutput",
    "VideoOutputConfig",
    "VideoOutputConfigAccess",
    "Workspace",
    "WorkspaceActivityEntry",
    "WorkspaceActivityResponse",
    "WorkspaceCreateRequest",
    "WorkspaceListResponse",
    "WorkspaceResponse",
    "WorkspaceUpdateRequest",
)
