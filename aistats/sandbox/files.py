"""Files of batches: uploaded by a caller or written by a finished batch (docs/gateway.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from aistats.sandbox.calls import Answer
from aistats.sandbox.refusals import bare, refuse
from aistats.sandbox.shapes import MISSING, fill

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
    file_id, created_at = f"file-{mark}{world.ids.hex(22)}", world.clock.unix()
    file = StoredFile(
        id=file_id, filename=filename, purpose=purpose, data=data, created_at=created_at
    )
    world.files.put(file.id, file)
    return file


def create(world: World, call: Call) -> Answer:
    """Take an upload; what is wrong with it is said in the provider's words, not the gateway's."""
    fields, files = call.form if call.is_form else ({}, {})
    upload = files.get("file", [None])[0]
    purpose = fields.get("purpose", [""])[0]
    wrong = None
    if upload is None or not upload.filename:
        wrong = "a part called 'file' is needed"
    elif purpose not in PURPOSES:
        wrong = f"the purpose {purpose!r} is none of {', '.join(PURPOSES)}"
    if upload is None or wrong is not None:
        error = {"message": wrong, "type": "invalid_request_error", "param": None, "code": None}
        raise bare(400, {"error": error}, provider_headers(world))
    if not upload.data:
        raise refuse(call, 400, "validation_error", "batch_file_empty")
    file = store(world, upload.filename, purpose, upload.data)
    return Answer(body=_shown(file), headers=provider_headers(world))


def _shown(file: StoredFile) -> JSONObject:
    null = MISSING if file.purpose == "batch_output" else None
    told: JSONObject = fill("batches.file", file=file, bytes=len(file.data), nothing=null)
    return told


def listing(_world: World, call: Call) -> Answer:
    """Refuse, always: the gateway's provider account is shared by everybody."""
    raise refuse(call, 400, "not_supported", "file_list_not_supported_with_shared_gateway_key")


def retrieve(world: World, call: Call) -> Answer:
    """Describe a file."""
    return Answer(body=_shown(_find(world, call)), headers=provider_headers(world))


def content(world: World, call: Call) -> Answer:
    """Serve a file's bytes."""
    data, kind = _find(world, call).data, "application/octet-stream"
    return Answer(body=data, content_type=kind, headers=provider_headers(world))


def _find(world: World, call: Call) -> StoredFile:
    file_id = raw_id(world, call, "file_id")
    file: StoredFile | None = world.files.get(file_id)
    if file is None:
        raise refuse(call, 404, "not_found", "file_not_found_or_not_owned", file_id=file_id)
    return file


def raw_id(world: World, call: Call, name: str) -> str:
    """Return an id as batch and file routes read it: undecoded, and with the query stuck to it."""
    text = call.params[name]
    broken = call.query_string and world.quirks.query_breaks_ids
    return f"{text}?{call.query_string}" if broken else text
