"""Upload a file for a batch"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.file_response import FileResponse
    from ...models.file_upload_request import FileUploadRequest
    from ...models.upload_batch_file_provider import UploadBatchFileProvider
    from ...types import Unset

OPERATION: Final = "upload_batch_file"
_DECODE: Final = Ref("FileResponse")


def _get_kwargs(
    *,
    body: FileUploadRequest,
    model: str | Unset = UNSET,
    provider: UploadBatchFileProvider | Unset = UNSET,
    x_phaseo_provider: str | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION,
        {"model": model, "provider": provider, "x-phaseo-provider": x_phaseo_provider},
        body,
    )


def _parse_response(data: Any) -> FileResponse:
    result: FileResponse = _DECODE(data)
    return result
