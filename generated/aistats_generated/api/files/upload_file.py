"""Upload a file"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...codec import Ref
from ...request import keywords
from ...types import UNSET

if TYPE_CHECKING:
    from ...models.file_response import FileResponse
    from ...models.file_upload_request import FileUploadRequest
    from ...models.upload_file_provider import UploadFileProvider
    from ...types import Unset

OPERATION: Final = "upload_file"
_DECODE: Final = Ref("FileResponse")


def _get_kwargs(
    *,
    body: FileUploadRequest,
    model: str | Unset = UNSET,
    provider: UploadFileProvider | Unset = UNSET,
    x_ai_stats_provider: str | Unset = UNSET,
) -> dict[str, Any]:
    return keywords(
        OPERATION,
        {"model": model, "provider": provider, "x-ai-stats-provider": x_ai_stats_provider},
        body,
    )


def _parse_response(data: Any) -> FileResponse:
    result: FileResponse = _DECODE(data)
    return result
