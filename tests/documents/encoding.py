"""Measures what `server.documents.pages` weighs: time and size of page images by encoder setting.

    python -m tests.documents.encoding

Every second page of the demonstration papers, and one scan-like page, rendered at both sizes; means for one image.
It leaves out reading from and writing to the disk and the start of the child process (0.2 s a document).
"""

import io
import sys
import time

import pypdfium2 as pdfium
from PIL import Image

from server.demo.papers import all_papers
from server.documents.pages import SIZES
from tests.documents import hostile

SETTINGS: list[dict[str, int | bool]] = [
    {"quality": 80, "method": 0}, {"quality": 80, "method": 2}, {"quality": 80, "method": 4},
    {"lossless": True, "quality": 0, "method": 1}, {"lossless": True, "quality": 50, "method": 1},
    {"lossless": True, "quality": 75, "method": 4},
]


def images(contents: list[bytes], box: tuple[int, int]) -> list[Image.Image]:
    found = []
    for content in contents:
        document = pdfium.PdfDocument(content)
        for index in range(0, len(document), 2):
            page = document[index]
            width, height = page.get_size()
            scale = min(box[0] / width, box[1] / height)
            found.append(page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB"))
        document.close()
    return found


def main() -> None:
    papers = [paper.make() for paper in all_papers()]
    for kind, contents in (("papers", papers), ("scan", [hostile.scan()])):
        for size, box in SIZES.items():
            started = time.perf_counter()
            drawn = images(contents, box)
            each = (time.perf_counter() - started) / len(drawn)
            colours = max(len(image.getcolors(1 << 24) or ()) for image in drawn)
            sys.stdout.write(f"{kind} {size}: {len(drawn)} images, render {1000 * each:.0f} ms, colours ≤ {colours}\n")
            for setting in SETTINGS:
                sys.stdout.write(f"  {measure(drawn, setting)}  {setting}\n")


def measure(drawn: list[Image.Image], setting: dict[str, int | bool]) -> str:
    started, weight = time.perf_counter(), 0
    for image in drawn:
        out = io.BytesIO()
        image.save(out, "WEBP", **setting)
        weight += len(out.getvalue())
    each = (time.perf_counter() - started) / len(drawn)
    return f"{1000 * each:4.0f} ms {weight / len(drawn) / 1000:5.0f} kB"


if __name__ == "__main__":
    main()
