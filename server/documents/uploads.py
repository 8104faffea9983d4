"""One uploaded PDF: from the request's body into the file store, never whole in memory."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from flask import request
from pydantic import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from server.core.config import Settings
from server.core.errors import Refused
from server.core.http import field_errors
from server.core.offload import give_way, offload
from server.core.views import Input
from server.documents.commands import Upload
from server.documents.files import FileStore
from server.documents.inspection import check_outline_of, clean_name
from server.people.inputs import OptionalLabel

MOST_PARTS = 4
MOST_FIELD_BYTES = 64 * 1024
MEGABYTE = 1 << 20
FAIR_SHARE = 256 * 1024  # bytes taken before others may run
LONGEST_WAIT = 0.005  # seconds


class OptionalTitle(Input):
    """The form's own field; empty: the title is made from the file's name."""

    title: OptionalLabel = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What the form held."""

    content: BinaryIO
    file_name: str
    title: str


class _Fair:
    """A body that comes as fast as it is read would keep the loop to itself; this lets others run in between."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body = body
        self._taken = 0

    def read(self, size: int = -1) -> bytes:
        found = self._body.read(size)
        self._taken += len(found)
        if self._taken >= FAIR_SHARE:
            self._taken = 0
            give_way(LONGEST_WAIT)
        return found


@contextmanager
def received(settings: Settings) -> Iterator[Received]:
    """The current request's multipart form with one `file` and perhaps a `title`, the file in a nameless spool.

    Raises Refused `upload_file_missing`, `upload_too_large`, or `invalid_input` for the title.
    """
    with ExitStack() as spools:

        def spool(*_about: object, **_more: object) -> IO[bytes]:
            # Beside the store and not in /tmp, which may be small or held in memory.
            return spools.enter_context(tempfile.TemporaryFile(dir=settings.folder("files")))

        parser = FormDataParser(spool, MOST_FIELD_BYTES, silent=False, max_form_parts=MOST_PARTS)
        try:
            body = cast("IO[bytes]", _Fair(request.stream))
            _, form, files = parser.parse(body, request.mimetype, request.content_length, request.mimetype_params)
        except RequestEntityTooLarge:
            raise Refused("upload_too_large", limit_mb=settings.upload_mb) from None
        except ValueError:
            raise Refused("upload_file_missing") from None
        sent = files.getlist("file")
        if len(sent) != 1 or not sent[0].filename:
            raise Refused("upload_file_missing")
        yield Received(cast("BinaryIO", sent[0].stream), clean_name(sent[0].filename), _title(form.get("title", "")))


def _title(given: str) -> str:
    try:
        return OptionalTitle(title=given).title
    except ValidationError as error:
        raise Refused("invalid_input", field_errors(error)) from None


def store(settings: Settings, content: BinaryIO, file_name: str) -> Upload:
    """Check the outline and put the content into the store. PDFium looks at it later, in the worker's child.

    Raises Refused `document_empty`, `document_not_pdf`, `document_truncated`, `document_too_large` or `storage_full`.
    """

    def work() -> Upload:
        check_outline_of(content, name=file_name)
        content.seek(0)
        files = FileStore(settings.folder("files"))
        return Upload(files.put(content, limit=settings.upload_mb * MEGABYTE, name=file_name), file_name)

    try:
        return offload(work)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused("storage_full") from error
        raise
