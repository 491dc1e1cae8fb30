"""The namespaces of a client: a table of methods, written once for both colours.

A row is one operation of the description; a method has a body of its own only where it adds
behaviour. The catalogue and the jobs, which have more of it, are beside this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar, Unpack, overload

from aistats import results
from aistats._core.call import operate
from aistats._core.colour import Async, Mode, Sync, method
from aistats._files.content import open_content
from aistats.resources.operation import (
    ListOperation,
    Operation,
    Resource,
    StreamOperation,
    request_for,
    takes_what,
)
from aistats.resources.pages import PageStyle
from aistats_generated import models
from aistats_generated import operations as ops

if TYPE_CHECKING:
    from aistats._core.colour import Flow
    from aistats._files.content import BinaryContent
    from aistats._streams.events import ChatChunk, MessageEvent, ResponseEvent
    from aistats._streams.speech import SpeechStream
    from aistats._streams.text import Dialect
    from aistats.resources.parse import ParsedChatCompletion, ParsedResponse
    from aistats_generated.models import GenerationResponse
    from aistats_generated.params import (
        CreateResponseParams,
        CreateSpeechParams,
        ParseChatCompletionParams,
        RequestOptions,
    )


S = TypeVar("S")


def _chat() -> Dialect[ChatChunk, results.ChatCompletion]:
    from aistats._streams.text import CHAT  # late, as the others: many processes never stream

    return CHAT


def _responses() -> Dialect[ResponseEvent, results.ResponseResult]:
    from aistats._streams.text import RESPONSES

    return RESPONSES


def _messages() -> Dialect[MessageEvent, results.Message]:
    from aistats._streams.text import MESSAGES

    return MESSAGES


class ChatCompletions(Resource[Mode], name="chat.completions"):
    """Conversations in the chat-completions form."""

    create: Final = Operation(ops.create_chat_completion, lambda: results.ChatCompletion)
    stream: Final = StreamOperation(ops.create_chat_completion, _chat)

    @overload
    def parse(
        self: ChatCompletions[Sync],
        *,
        response_format: type[S],
        **params: Unpack[ParseChatCompletionParams],
    ) -> ParsedChatCompletion[S]: ...
    @overload
    def parse(
        self: ChatCompletions[Async],
        *,
        response_format: type[S],
        **params: Unpack[ParseChatCompletionParams],
    ) -> Flow[ParsedChatCompletion[S]]: ...
    @takes_what(create, "response_format", "ParsedChatCompletion")
    def parse(self, *, response_format: Any, **params: Any) -> Any:
        """Create a completion whose text is a `response_format`: pydantic model, dataclass, ...

        Takes what `create` takes; `.output_parsed` holds the object. Raises `ResponseDecodeError`
        for a refusal and for an answer that was cut or has another shape; its `body` is the text.
        """
        from aistats.resources import parse  # late, as pydantic

        name, schema, read = parse.schema_of(response_format)
        params["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": name, "schema": schema, "strict": True},
        }
        spec, label = ops.OPERATIONS["create_chat_completion"], "chat.completions.parse"
        making = parse.parsed(self.engine, spec, params, label, read, parse.ParsedChatCompletion)
        return self.engine.world.drive(making)


class Chat(Resource[Mode], name="chat"):
    """The room of `completions`."""

    @property
    def completions(self) -> ChatCompletions[Mode]:
        """Conversations in the chat-completions form."""
        return ChatCompletions(self.engine)


class Responses(Resource[Mode], name="responses"):
    """Inputs and outputs in the responses form."""

    create: Final = Operation(ops.create_response, lambda: results.ResponseResult)
    stream: Final = StreamOperation(ops.create_response, _responses)

    @overload
    def parse(
        self: Responses[Sync], *, text_format: type[S], **params: Unpack[CreateResponseParams]
    ) -> ParsedResponse[S]: ...
    @overload
    def parse(
        self: Responses[Async], *, text_format: type[S], **params: Unpack[CreateResponseParams]
    ) -> Flow[ParsedResponse[S]]: ...
    @takes_what(create, "text_format", "ParsedResponse")
    def parse(self, *, text_format: Any, **params: Any) -> Any:
        """Create a response whose text is a `text_format`; as `chat.completions.parse`."""
        from aistats.resources import parse  # late, as pydantic

        name, schema, read = parse.schema_of(text_format)
        form = {"type": "json_schema", "name": name, "schema": schema, "strict": True}
        params["text"] = {**(params.get("text") or {}), "format": form}
        spec, label = ops.OPERATIONS["create_response"], "responses.parse"
        making = parse.parsed(self.engine, spec, params, label, read, parse.ParsedResponse)
        return self.engine.world.drive(making)


class Messages(Resource[Mode], name="messages"):
    """Conversations in the messages form."""

    create: Final = Operation(ops.create_anthropic_message, lambda: results.Message)
    stream: Final = StreamOperation(ops.create_anthropic_message, _messages)


class Embeddings(Resource[Mode], name="embeddings"):
    """Vectors of texts."""

    create: Final = Operation(ops.create_embedding)


class Moderations(Resource[Mode], name="moderations"):
    """Classification of harmful content."""

    create: Final = Operation(ops.create_moderation)


class Rerank(Resource[Mode], name="rerank"):
    """Documents in the order of their relevance."""

    create: Final = Operation(ops.create_rerank)


class Ocr(Resource[Mode], name="ocr"):
    """Text out of pictures."""

    create: Final = Operation(ops.create_ocr)


class Transcriptions(Resource[Mode], name="audio.transcriptions"):
    """Text out of speech."""

    create: Final = Operation(ops.create_transcription)


class Translations(Resource[Mode], name="audio.translations"):
    """English text out of speech."""

    create: Final = Operation(ops.create_translation)


class Speech(Resource[Mode], name="audio.speech"):
    """Speech out of text."""

    @method
    async def create(self, **params: Unpack[CreateSpeechParams]) -> BinaryContent[Mode]:
        """Speak a text; the format follows `response_format` (mp3 by default)."""
        spec = ops.OPERATIONS["create_speech"]
        request = request_for(spec, (), params, "audio.speech.create")
        return await open_content(self.engine, request)

    def stream(self, **params: Unpack[CreateSpeechParams]) -> SpeechStream[Mode]:
        """Speak a text and iterate over its audio (bytes) as it is made."""
        from aistats._streams.speech import SpeechStream  # late: many never speak

        spec = ops.OPERATIONS["create_speech"]
        request = request_for(spec, (), params, "audio.speech.stream")
        return SpeechStream(self.engine, request)


class Audio(Resource[Mode], name="audio"):
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


class Files(Resource[Mode], name="files"):
    """Input and output files of batches."""

    create: Final = Operation(ops.upload_file)
    list: Final = ListOperation(ops.list_files, PageStyle("data"), lambda: models.FileResponse)
    retrieve: Final = Operation(ops.retrieve_file)

    @method
    async def content(self, file_id: str, **options: Unpack[RequestOptions]) -> BinaryContent[Mode]:
        """Fetch the content of a file."""
        spec = ops.OPERATIONS["retrieve_file_content"]
        request = request_for(spec, (file_id,), options, "files.content")
        return await open_content(self.engine, request, documents=True)


class Images(Resource[Mode], name="images"):
    """Pictures, from a prompt or from other pictures."""

    generate: Final = Operation(ops.create_image)
    edit: Final = Operation(ops.create_image_edit)


class Providers(Resource[Mode], name="providers"):
    """The providers behind the gateway."""

    list: Final = ListOperation(
        ops.list_providers, PageStyle("providers", "offset"), lambda: models.Provider
    )


class Organisations(Resource[Mode], name="organisations"):
    """The makers of the models."""

    list: Final = ListOperation(
        ops.list_organisations, PageStyle("organisations", "offset"), lambda: models.Organisation
    )


class Endpoints(Resource[Mode], name="endpoints"):
    """What the gateway can do, by the ids that `models.list(endpoints=...)` takes."""

    list: Final = ListOperation(
        ops.list_endpoints, PageStyle("data"), lambda: models.EndpointCatalogueEntry
    )


class Pricing(Resource[Mode], name="pricing"):
    """Prices per model and meter."""

    models: Final = Operation(ops.list_pricing_models)
    calculate: Final = Operation(ops.calculate_pricing)


class Generations(Resource[Mode], name="generations"):
    """Past requests."""

    @method
    async def retrieve(self, id: str, **options: Unpack[RequestOptions]) -> GenerationResponse:  # noqa: A002 - the wire's name
        """Look up a past request by its request id; it appears a moment after the answer."""
        spec, params = ops.OPERATIONS["get_generation"], {"id": id, **options}
        found: GenerationResponse = await operate(
            self.engine, spec, (), params, label="generations.retrieve"
        )
        return found


class Key(Resource[Mode], name="key"):
    """The inference key itself."""

    retrieve: Final = Operation(ops.get_current_api_key)


class Keys(Resource[Mode], name="keys"):
    """All keys of the workspace (management key)."""

    create: Final = Operation(ops.create_api_key)
    list: Final = ListOperation(
        ops.list_api_keys, PageStyle("data", "offset"), lambda: models.ApiKey
    )
    retrieve: Final = Operation(ops.get_api_key)
    update: Final = Operation(ops.update_api_key)
    delete: Final = Operation(ops.delete_api_key)


class Workspaces(Resource[Mode], name="workspaces"):
    """Workspaces (management key)."""

    create: Final = Operation(ops.create_workspace)
    list: Final = ListOperation(
        ops.list_workspaces, PageStyle("data", "offset"), lambda: models.Workspace
    )
    retrieve: Final = Operation(ops.get_workspace)
    update: Final = Operation(ops.update_workspace)
    delete: Final = Operation(ops.delete_workspace)


class Credits(Resource[Mode], name="credits"):
    """The wallet (management key)."""

    retrieve: Final = Operation(ops.get_credits)


class Activity(Resource[Mode], name="activity"):
    """What was requested, by whom, at what cost (management key)."""

    list: Final = ListOperation(
        ops.get_activity, PageStyle("activity", "offset"), lambda: models.WorkspaceActivityEntry
    )


class Analytics(Resource[Mode], name="analytics"):
    """Daily figures of the calling key."""

    list: Final = ListOperation(ops.list_analytics, PageStyle("data"), lambda: models.ActivityEntry)


class Health(Resource[Mode], name="health"):
    """Whether the gateway is up."""

    check: Final = Operation(ops.get_health)
