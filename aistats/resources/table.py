"""The namespaces of a client: a table of methods, written once for both colours.

A row is one operation of the description; a method has a body of its own only where it adds
behaviour. Namespaces with more behaviour of their own have modules beside this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, overload

from aistats import results
from aistats._content import BinaryContent, open_content
from aistats._engine import Operation, Resource
from aistats._lists import ListOperation
from aistats._mode import Async, FlowMethod, Mode, Sync
from aistats._pages import PageStyle
from aistats._parameters import build
from aistats._streams import (
    StreamOperation,
    chat_dialect,
    message_dialect,
    opener_of,
    response_dialect,
)
from aistats_generated import models
from aistats_generated import operations as ops

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Unpack

    from aistats._engine import Engine
    from aistats._flow import Flow
    from aistats.speech import AsyncSpeechStream, SpeechStream
    from aistats_generated.models import GenerationResponse
    from aistats_generated.params import CreateSpeechParams, RequestOptions


class ChatCompletions(Resource[Mode]):
    """Conversations in the chat-completions form."""

    create: Final = Operation(ops.create_chat_completion, lambda: results.ChatCompletion)
    stream: Final = StreamOperation(ops.create_chat_completion, chat_dialect)


class Chat(Resource[Mode]):
    """The room of `completions`."""

    @property
    def completions(self) -> ChatCompletions[Mode]:
        """Conversations in the chat-completions form."""
        return ChatCompletions(self.engine)


class Responses(Resource[Mode]):
    """Inputs and outputs in the responses form."""

    create: Final = Operation(ops.create_response, lambda: results.ResponseResult)
    stream: Final = StreamOperation(ops.create_response, response_dialect)


class Messages(Resource[Mode]):
    """Conversations in the messages form."""

    create: Final = Operation(ops.create_anthropic_message, lambda: results.Message)
    stream: Final = StreamOperation(ops.create_anthropic_message, message_dialect)


class Embeddings(Resource[Mode]):
    """Vectors of texts."""

    create: Final = Operation(ops.create_embedding)


class Moderations(Resource[Mode]):
    """Classification of harmful content."""

    create: Final = Operation(ops.create_moderation)


class Rerank(Resource[Mode]):
    """Documents in the order of their relevance."""

    create: Final = Operation(ops.create_rerank)


class Ocr(Resource[Mode]):
    """Text out of pictures."""

    create: Final = Operation(ops.create_ocr)


class Transcriptions(Resource[Mode]):
    """Text out of speech."""

    create: Final = Operation(ops.create_transcription)


class Translations(Resource[Mode]):
    """English text out of speech."""

    create: Final = Operation(ops.create_translation)


class Speech(Resource[Mode]):
    """Speech out of text."""

    @FlowMethod
    def create(self, **params: Unpack[CreateSpeechParams]) -> Flow[BinaryContent[Mode]]:
        """Speak a text; the format follows `response_format` (mp3 by default)."""
        return (yield from bytes_of(self.engine, "create_speech", (), dict(params)))

    @overload
    def stream(self: Speech[Sync], **params: Unpack[CreateSpeechParams]) -> SpeechStream: ...
    @overload
    def stream(self: Speech[Async], **params: Unpack[CreateSpeechParams]) -> AsyncSpeechStream: ...
    def stream(self: Speech[Any], **params: Unpack[CreateSpeechParams]) -> Any:
        """Speak a text and iterate over its audio (bytes) as it is made."""
        from aistats.speech import AsyncSpeechStream, SpeechStream  # late: many never speak

        opener = opener_of(self.engine, "create_speech", params, "*/*")
        make = AsyncSpeechStream if self.engine.is_async else SpeechStream
        return make(opener, max_event_bytes=self.engine.options.limits.event)


class Audio(Resource[Mode]):
    """Speech: `speech`, `transcriptions` and `translations`."""

    @property
    def speech(self) -> Speech[Mode]:
        """Speech out of text."""
        return Speech(self.engine)

    @property
    def transcriptions(self) -> Transcriptions[Mode]:
        """Text out of speech."""
        return Transcriptions(self.engine)

    @property
    def translations(self) -> Translations[Mode]:
        """English text out of speech."""
        return Translations(self.engine)


class Files(Resource[Mode]):
    """Input and output files of batches."""

    create: Final = Operation(ops.upload_file)
    list: Final = ListOperation(ops.list_files, PageStyle("data"), lambda: models.FileResponse)
    retrieve: Final = Operation(ops.retrieve_file)

    @FlowMethod
    def content(self, file_id: str, **options: Unpack[RequestOptions]) -> Flow[BinaryContent[Mode]]:
        """Fetch the content of a file."""
        return (
            yield from bytes_of(
                self.engine, "retrieve_file_content", (file_id,), options, documents=True
            )
        )


class Images(Resource[Mode]):
    """Pictures, from a prompt or from other pictures."""

    generate: Final = Operation(ops.create_image)
    edit: Final = Operation(ops.create_image_edit)


class Providers(Resource[Mode]):
    """The providers behind the gateway."""

    list: Final = ListOperation(
        ops.list_providers, PageStyle("providers", "offset", largest=250), lambda: models.Provider
    )


class Organisations(Resource[Mode]):
    """The makers of the models."""

    list: Final = ListOperation(
        ops.list_organisations,
        PageStyle("organisations", "offset", largest=250),
        lambda: models.Organisation,
    )


class Endpoints(Resource[Mode]):
    """What the gateway can do, by the ids that `models.list(endpoints=...)` takes."""

    list: Final = ListOperation(
        ops.list_endpoints, PageStyle("data"), lambda: models.EndpointCatalogueEntry
    )


class Pricing(Resource[Mode]):
    """Prices per model and meter."""

    models: Final = Operation(ops.list_pricing_models)
    calculate: Final = Operation(ops.calculate_pricing)


class Generations(Resource[Mode]):
    """Past requests."""

    @FlowMethod
    def retrieve(self, id: str, **options: Unpack[RequestOptions]) -> Flow[GenerationResponse]:  # noqa: A002 - the wire's name
        """Look up a past request by its request id; it appears a moment late (§11.4)."""
        spec = ops.OPERATIONS["get_generation"]
        found: GenerationResponse
        found = yield from self.engine.operate(spec, (), {"id": id, **options})
        return found


class Key(Resource[Mode]):
    """The inference key itself."""

    retrieve: Final = Operation(ops.get_current_api_key)


class Keys(Resource[Mode]):
    """All keys of the workspace (management key)."""

    create: Final = Operation(ops.create_api_key)
    list: Final = ListOperation(
        ops.list_api_keys, PageStyle("data", "offset", largest=250), lambda: models.ApiKey
    )
    retrieve: Final = Operation(ops.get_api_key)
    update: Final = Operation(ops.update_api_key)
    delete: Final = Operation(ops.delete_api_key)


class Workspaces(Resource[Mode]):
    """Workspaces (management key)."""

    create: Final = Operation(ops.create_workspace)
    list: Final = ListOperation(
        ops.list_workspaces, PageStyle("data", "offset", largest=250), lambda: models.Workspace
    )
    retrieve: Final = Operation(ops.get_workspace)
    update: Final = Operation(ops.update_workspace)
    delete: Final = Operation(ops.delete_workspace)


class Credits(Resource[Mode]):
    """The wallet (management key)."""

    retrieve: Final = Operation(ops.get_credits)


class Activity(Resource[Mode]):
    """What was requested, by whom, at what cost (management key)."""

    list: Final = ListOperation(
        ops.get_activity,
        PageStyle("activity", "offset", largest=250),
        lambda: models.WorkspaceActivityEntry,
    )


class Analytics(Resource[Mode]):
    """Daily figures of the calling key."""

    list: Final = ListOperation(ops.list_analytics, PageStyle("data"), lambda: models.ActivityEntry)


class Health(Resource[Mode]):
    """Whether the gateway is up."""

    check: Final = Operation(ops.get_health)


def bytes_of(
    engine: Engine[Mode],
    operation: str,
    args: tuple[Any, ...],
    params: Mapping[str, Any],
    *,
    documents: bool = False,
) -> Flow[BinaryContent[Mode]]:
    """Make a described call whose answer is bytes; `documents` may be JSON or HTML as well."""
    spec = ops.OPERATIONS[operation]
    request = build(spec, args, dict(params))
    return (
        yield from open_content(engine, request, credential=spec.credential, documents=documents)
    )
