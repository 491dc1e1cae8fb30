"""Files of batches: uploaded by a caller or written by a finished batch (wire-facts §5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from aistats.sandbox.calls import Answer
from aistats.sandbox.envelopes import direct, nested

if TYPE_CHECKING:
    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.state import World

PURPOSES = ("assistants", "batch", "evals", "fine-tune", "user_data", "vision")


@frozen(kw_only=True)
class StoredFile:
    """One file."""

    id: str
    filename: str
    purpose: str
    data: bytes
    created_at: int


def provider_headers(world: World) -> dict[str, str]:
    """Return the header that the provider adds to answers passed on from it."""
    return {"x-request-id": f"req_{world.ids.hex(32)}"}


def store(world: World, filename: str, purpose: str, data: bytes) -> StoredFile:
    """Keep a file."""
    mark = "out-" if purpose == "batch_output" else ""
    file = StoredFile(
        id=f"file-{mark}{world.ids.hex(22)}",
        filename=filename,
        purpose=purpose,
        data=data,
        created_at=world.clock.unix(),
    )
    world.files.put(file.id, file)
    return file


def create(world: World, call: Call) -> Answer:
    """Take an upload; what is wrong with it is said in the provider's words, not the gateway's."""
    purpose, upload = _upload(call)
    if upload is None or not upload.filename:
        raise _rejected(world, "a part called 'file' is needed")
    if purpose not in PURPOSES:
        raise _rejected(world, f"the purpose {purpose!r} is none of {', '.join(PURPOSES)}")
    if not upload.data:
        raise direct(call, 400, "validation_error", "batch_file_empty")
    file = store(world, upload.filename, purpose, upload.data)
    answer = public(file) | {"expires_at": None, "status_details": None}
    return Answer(body=answer, headers=provider_headers(world))


def _upload(call: Call) -> tuple[str, Any]:
    if not call.is_form:
        return "", None
    fields, _files = call.form()
    return fields.get("purpose", [""])[0], call.file("file")


def _rejected(world: World, message: str) -> Exception:
    return nested(
        400,
        provider_headers(world),
        message=message,
        type="invalid_request_error",
        param=None,
        code=None,
    )


def public(file: StoredFile) -> JSONObject:
    """Return a file as the provider describes it."""
    return {
        "id": file.id,
        "object": "file",
        "bytes": len(file.data),
        "created_at": file.created_at,
        "filename": file.filename,
        "purpose": file.purpose,
        "status": "processed",
    }


def listing(_world: World, call: Call) -> Answer:
    """Refuse, always: the gateway's provider account is shared by everybody."""
    raise direct(call, 400, "not_supported", "file_list_not_supported_with_shared_gateway_key")


def retrieve(world: World, call: Call) -> Answer:
    """Describe a file."""
    file = _find(world, call)
    more = {} if file.purpose == "batch_output" else {"expires_at": None, "status_details": None}
    return Answer(body=public(file) | more, headers=provider_headers(world))


def content(world: World, call: Call) -> Answer:
    """Serve a file's bytes."""
    return Answer(
        body=_find(world, call).data,
        content_type="application/octet-stream",
        headers=provider_headers(world),
    )


def _find(world: World, call: Call) -> StoredFile:
    file_id = raw_id(world, call, "file_id")
    file: StoredFile | None = world.files.get(file_id)
    if file is None:
        raise direct(call, 404, "not_found", "file_not_found_or_not_owned", file_id=file_id)
    return file


def raw_id(world: World, call: Call, name: str) -> str:
    """Return an id as batch and file routes read it: undecoded, and with the query stuck to it."""
    text = call.params[name]
    broken = call.query_string and world.quirks.query_breaks_ids
    return f"{text}?{call.query_string}" if broken else text
