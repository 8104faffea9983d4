"""The child process that opens PDFs. Run as a script by `pdfium.py`; it imports nothing of the server.

PDFium reads what strangers wrote, in C++: it may crash, hang or eat memory, so it does that here and not in the worker.
This process gets one JSON request on stdin, no secrets in its environment, and cannot write files: it answers on stdout
with JSON lines, an image line being followed by as many raw bytes as it says.

Request  {"task": "inspect", "path", "max_pages", "memory_bytes", "cpu_s"}
      or {"task": "render", "path", "pages": [[number, [[name, width, height], …]], …], "memory_bytes", "cpu_s"}
Answers  {"pages": n, "sizes": [[width_pt, height_pt], …]}
      or {"page", "size", "width", "height", "bytes"} …, {"end": true}
      or {"error": "encrypted" | "broken" | "no_pages" | "unrenderable", "page"}
"""

import contextlib
import ctypes
import io
import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, WebPImagePlugin  # noqa: F401  registers the encoder before the limits hold

PR_SET_PDEATHSIG = 1  # linux/prctl.h
SMALL_FILE = 64 * 1024  # bytes this process may write to any one file: enough for a stack trace on stderr
OPENING_ERRORS = {
    pdfium_c.FPDF_ERR_PASSWORD: "encrypted",
    pdfium_c.FPDF_ERR_SECURITY: "encrypted",  # by a certificate, or in a way PDFium does not know
    pdfium_c.FPDF_ERR_SUCCESS: "no_pages",  # pypdfium2 refuses a document that opened well and has no page
}
LOSSLESS_COLOURS = 4096  # a page with fewer colours is text and drawings; with more, it holds photographs


def main() -> None:
    request: dict[str, Any] = json.load(sys.stdin)
    _limit(memory=request["memory_bytes"], cpu_s=request["cpu_s"])
    out = sys.stdout.buffer
    try:
        document = pdfium.PdfDocument(request["path"])
    except pdfium.PdfiumError as error:
        _say(out, error=OPENING_ERRORS.get(error.err_code, "broken"), page=0)
        return
    if request["task"] == "inspect":
        _inspect(document, request["max_pages"], out)
    else:
        _render(document, request["pages"], out)


def _limit(*, memory: int, cpu_s: int) -> None:
    Image.preinit()  # what saving would import later, when memory and files are limited
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_FILE, SMALL_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _die_with_parent()
    os.nice(10)  # a meeting in session comes before papers for the next one
    Image.MAX_IMAGE_PIXELS = None  # only our own bitmaps are encoded here, and their size is bounded by the request


def _die_with_parent() -> None:
    """A worker that is killed takes its child along, even one that hangs inside PDFium (Linux only)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _inspect(document: pdfium.PdfDocument, max_pages: int, out: BinaryIO) -> None:
    count = len(document)
    sizes = []
    for index in range(count if count <= max_pages else 0):
        try:
            sizes.append(list(document.get_page_size(index)))
        except pdfium.PdfiumError:
            _say(out, error="broken", page=index + 1)
            return
    _say(out, pages=count, sizes=sizes)


def _render(document: pdfium.PdfDocument, pages: list[Any], out: BinaryIO) -> None:
    document.init_forms()  # else the filled-in fields of a form stay blank
    for number, wanted in pages:
        try:
            page = document[number - 1]
            for name, width, height in wanted:
                image = _draw(page, width, height)
                content = encode(image)
                _say(out, page=number, size=name, width=image.width, height=image.height, bytes=len(content))
                out.write(content)
                out.flush()
            page.close()
        except (pdfium.PdfiumError, MemoryError, IndexError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            _say(out, error="unrenderable", page=number)
            return
    _say(out, end=True)


def _draw(page: pdfium.PdfPage, width: int, height: int) -> Image.Image:
    """`page` on white, scaled to fit into width × height pixels."""
    page_width, page_height = page.get_size()
    scale = min(width / page_width, height / page_height)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=True)
    image: Image.Image = bitmap.to_pil()
    return image.convert("RGB") if image.mode != "RGB" else image


def encode(image: Image.Image) -> bytes:
    """WebP: lossless where the page is text and drawings (few colours), lossy where it is photographs or a scan."""
    out = io.BytesIO()
    if image.getcolors(LOSSLESS_COLOURS) is not None:
        image.save(out, "WEBP", lossless=True, quality=0, method=1)
    else:
        image.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()


def _say(out: BinaryIO, **answer: object) -> None:
    out.write(json.dumps(answer).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
