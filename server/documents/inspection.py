"""What is this upload? Only PDF, whole, without a password, with a bearable number and size of pages.

`check_outline` is quick and safe in the web process (it reads a few bytes); `inspect` opens the file with PDFium in a
child process and belongs in the worker.
"""

import math
import re
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from server.core.errors import Refused
from server.documents import refusals as _refusals  # noqa: F401  registers the codes raised here
from server.documents.pdfium import Answer, ChildFailedError, Limits, ask

POINTS_PER_CM = 72 / 2.54
MAX_SIDE_POINTS = 200 * 72  # 200 inches, the largest page the PDF format promises (ISO 32000-1, annex C)
TAIL_BYTES = 2048  # "%%EOF" must be in the last bytes; some programs add a little after it
NAME_LENGTH = 120  # characters of a display name
NAME_BYTES = 240  # UTF-8 bytes: file systems stop at 255

_INSPECT_LIMITS = Limits(answer_s=30, cpu_s=60)
_OPENING_REFUSALS = {"encrypted": "document_encrypted", "no_pages": "document_no_pages"}
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, format (among them right-to-left marks), unassigned …


@dataclass(frozen=True, slots=True)
class Inspection:
    """A sound PDF: the size of every page in points (1/72 inch), (width, height) as displayed."""

    sizes: tuple[tuple[float, float], ...]

    @property
    def pages(self) -> int:
        return len(self.sizes)


def clean_name(raw: str, *, extension: str = ".pdf") -> str:
    """A display name from what a browser or a person sent.

    No path parts, no control, invisible or direction marks, no characters that Windows forbids; NFC; spaces joined; at
    most 120 characters and 240 bytes; ends with `extension`, so that a PDF can never be downloaded as a program.
    """
    text = unicodedata.normalize("NFC", raw.replace("\\", "/").rsplit("/", 1)[-1])
    text = "".join(" " if char.isspace() else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in _UNSEEN)
    text = re.sub(r'[<>:"|?*]', "_", text)
    stem = re.sub(r"\s+", " ", text).strip(" .")
    if stem.lower().endswith(extension):
        stem = stem[: -len(extension)].rstrip(" .")
    elif "." + stem.lower() == extension:
        stem = ""
    stem = stem[: NAME_LENGTH - len(extension)]
    stem = stem.encode("utf-8")[: NAME_BYTES - len(extension)].decode("utf-8", "ignore").rstrip(" .")
    return (stem or "tài liệu") + extension


def check_outline(path: Path, *, name: str) -> None:
    """Look at the first and last bytes. Raises Refused `document_empty`, `document_not_pdf` or `document_truncated`."""
    with path.open("rb") as content:
        check_outline_of(content, name=name)


def check_outline_of(content: BinaryIO, *, name: str) -> None:
    """`check_outline` of an open file; leaves its position anywhere."""
    size = content.seek(0, 2)
    content.seek(0)
    head = content.read(1024)
    content.seek(max(0, size - TAIL_BYTES))
    tail = content.read()
    if size == 0:
        raise Refused("document_empty", name=name)
    # Stricter than readers, which accept a header anywhere in the first 1,024 bytes: a file that is also something else
    # (a page of HTML, a program) hides there.
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t \x00").startswith(b"%PDF-"):
        raise Refused("document_not_pdf", name=name)
    # PDFium repairs a file that lost its end and shows fewer pages without a word; a delegate must never get that.
    if b"%%EOF" not in tail:
        raise Refused("document_truncated", name=name)


def inspect(path: Path, *, name: str, max_pages: int = 1000, limits: Limits = _INSPECT_LIMITS) -> Inspection:
    """Open the file and measure its pages.

    Raises Refused with the codes of `check_outline` and `document_broken`, `document_encrypted`, `document_no_pages`,
    `document_too_many_pages`, `document_page_too_large`, or `document_unrenderable` when PDFium crashed or hung.
    """
    check_outline(path, name=name)
    try:
        with closing(ask({"task": "inspect", "path": str(path), "max_pages": max_pages}, limits)) as answers:
            answer = next(answers, Answer({}))
    except ChildFailedError as failure:
        raise Refused("document_unrenderable", name=name, page=1) from failure
    if "pages" not in answer.fields:
        error = str(answer.fields.get("error"))
        raise Refused(_OPENING_REFUSALS.get(error, "document_broken"), name=name)
    pages = int(answer.fields["pages"])
    if pages > max_pages:
        raise Refused("document_too_many_pages", name=name, pages=pages, limit=max_pages)
    sizes = tuple((float(width), float(height)) for width, height in answer.fields["sizes"])
    for number, (width, height) in enumerate(sizes, start=1):
        _check_size(number, width, height, name)
    return Inspection(sizes)


def _check_size(number: int, width: float, height: float, name: str) -> None:
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise Refused("document_broken", name=name)
    if max(width, height) > MAX_SIDE_POINTS:
        raise Refused(
            "document_page_too_large", name=name, page=number, limit_cm=round(MAX_SIDE_POINTS / POINTS_PER_CM),
            width_cm=round(width / POINTS_PER_CM), height_cm=round(height / POINTS_PER_CM),
        )
