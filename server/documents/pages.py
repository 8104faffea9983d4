"""Page images: every page of a PDF as WebP in two sizes, rendered ahead by the worker.

    pages/<sha256>/<size>/<n>.webp      n from 1
    pages/<sha256>/manifest.json        written last: without it the document is not ready

Everything here can be deleted and made again from the file store. A killed job is simply done again: what is already
there is kept, and nothing half-written ever has a page's name.

Encoding, measured with `python -m tests.documents.encoding` (one image of a paper with text, tables and drawn charts;
2 cores with other work): lossy quality 80, method 2 takes 49 ms and 78 kB at "seat", 138 ms and 151 kB at "wall";
method 4 takes twice the time for 4% less. Lossless with the least effort takes 30 ms and 78 kB, 75 ms and 154 kB, and
letters keep their edges. A scan is the other way round: lossy 65 ms and 123 kB, lossless 301 ms and 868 kB. Hence
`pdfium_child.encode` looks at the number of colours (some 2,000 in papers, over a million in a scan). The whole job
takes 0.19 s and 200 kB a page for both sizes together, written durably.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from server.core.errors import Refused
from server.documents.files import SHA256, sync_folder
from server.documents.inspection import Inspection
from server.documents.pdfium import Answer, ChildFailedError, Limits, ask

RECIPE = 1  # raise it when sizes or encoding change: older images are then made again

# size name -> the box in pixels a page is fitted into. "seat" serves 800–1280 px screens; "wall" fills a 3840×2160 wall
# (an upright page in height, a slide in both) and is what a seat loads when a delegate zooms in.
SIZES: dict[str, tuple[int, int]] = {"seat": (1280, 1280), "wall": (3840, 2160)}

RENDER_LIMITS = Limits()
BATCH = 100  # pages drawn by one child: PDFium keeps what it has seen, and a thousand pages would fill the memory limit


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` pages are ready in every size."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is ready: for every page its size in points (width, height)."""

    recipe: int
    sha256: str
    sizes: list[str]
    pages: list[tuple[float, float]]


class PageSet:
    """The images of one document: `folder` is the data folder's `pages`, `sha256` names the PDF."""

    def __init__(self, folder: Path, sha256: str) -> None:
        """Raises ValueError when `sha256` is not 64 lower-case hex digits."""
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256[:80]!r}")
        self.sha256 = sha256
        self.home = folder / sha256

    def path(self, size: str, number: int) -> Path:
        """Where the image of page `number` (from 1) lies. Raises ValueError for an unknown size or a bad number."""
        if size not in SIZES or number < 1:
            raise ValueError(f"no such page image: {size[:20]!r} {number}")
        return self.home / size / f"{number}.webp"

    def manifest(self) -> Manifest | None:
        """The manifest when the document is completely rendered with today's recipe, else None."""
        try:
            found = json.loads((self.home / "manifest.json").read_text("utf-8"))
            pages = [(float(width), float(height)) for width, height in found["pages"]]
            ready = Manifest(int(found["recipe"]), str(found["sha256"]), list(found["sizes"]), pages)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return ready if ready.recipe == RECIPE and ready.sha256 == self.sha256 else None

    def remove(self) -> None:
        """Forget the images; the manifest goes first, so that no half document is ever taken for a whole."""
        (self.home / "manifest.json").unlink(missing_ok=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def render(
        self, source: Path, inspection: Inspection, *, name: str, limits: Limits = RENDER_LIMITS
    ) -> Iterator[Progress]:
        """Render what is missing of the PDF at `source`.

        Yields at the start and after every page; the last has done == total, and the manifest is there once the
        iterator has ended. Raises Refused `document_unrenderable` (params name, page) when a page cannot be drawn; then
        there is no manifest. Two callers for one document take turns; the second finds everything done.
        """
        with self._turn():
            missing = self._missing(inspection.pages)
            total = inspection.pages
            done = total - len(missing)
            yield Progress(done, total)
            for _ in self._draw(source, missing, name, limits) if missing else ():
                done += 1
                yield Progress(done, total)
            sizes = [(round(width, 2), round(height, 2)) for width, height in inspection.sizes]
            body = json.dumps(asdict(Manifest(RECIPE, self.sha256, sorted(SIZES), sizes)))
            _write(self.home / "manifest.json", body.encode())
            sync_folder(self.home)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One renderer per document: a lock that a dying process lets go. Clears what a killed one left."""
        for size in SIZES:
            (self.home / size).mkdir(parents=True, exist_ok=True)
        with (self.home / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for leftover in self.home.glob("**/*.tmp"):
                leftover.unlink(missing_ok=True)
            self._drop_older_recipe()
            yield

    def _drop_older_recipe(self) -> None:
        mark = self.home / "recipe"
        with suppress(OSError, ValueError):
            if int(mark.read_text("utf-8")) == RECIPE:
                return
        (self.home / "manifest.json").unlink(missing_ok=True)
        for image in self.home.glob("*/*.webp"):
            image.unlink()
        _write(mark, str(RECIPE).encode())

    def _missing(self, pages: int) -> dict[int, list[str]]:
        """page number -> the sizes that are not there yet."""
        found = {
            number: [size for size in SIZES if not _is_whole(self.path(size, number))] for number in range(1, pages + 1)
        }
        return {number: sizes for number, sizes in found.items() if sizes}

    def _draw(self, source: Path, missing: dict[int, list[str]], name: str, limits: Limits) -> Iterator[int]:
        """Draw the missing images; yields each page number when all its sizes are written."""
        wanted = [[number, [[size, *SIZES[size]] for size in sizes]] for number, sizes in missing.items()]
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            left = {number: set(missing[number]) for number in list(missing)[start : start + BATCH]}
            try:
                with closing(ask({"task": "render", "path": str(source), "pages": batch}, limits)) as answers:
                    yield from self._keep_all(answers, left)
            except ChildFailedError as failure:
                raise Refused("document_unrenderable", name=name, page=next(iter(left), 1)) from failure

    def _keep_all(self, answers: Iterator[Answer], left: dict[int, set[str]]) -> Iterator[int]:
        for answer in answers:
            if "error" in answer.fields:
                raise ChildFailedError(f"{answer.fields['error']} at page {answer.fields.get('page')}")
            if answer.fields.get("end"):
                continue
            number, size = self._keep(answer, left)
            left[number].discard(size)
            if not left[number]:
                del left[number]
                yield number
        if left:
            raise ChildFailedError("stopped early")

    def _keep(self, answer: Answer, left: dict[int, set[str]]) -> tuple[int, str]:
        number, size = answer.fields.get("page"), answer.fields.get("size")
        if not isinstance(number, int) or not isinstance(size, str) or size not in left.get(number, ()):
            raise ChildFailedError("answered what nobody asked for")
        if not _looks_like_webp(answer.content[:12], len(answer.content)):
            raise ChildFailedError("answered something else than a page image")
        _write(self.path(size, number), answer.content)
        return number, size


def _write(path: Path, content: bytes) -> None:
    temp = path.with_name(f"{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with temp.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        temp.replace(path)
    finally:
        with suppress(FileNotFoundError):
            temp.unlink()


def _is_whole(path: Path) -> bool:
    """Whether an image is here in full length: a power cut may leave a name with nothing behind it."""
    try:
        with path.open("rb") as image:
            return _looks_like_webp(image.read(12), os.fstat(image.fileno()).st_size)
    except OSError:
        return False


def _looks_like_webp(head: bytes, size: int) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP" and int.from_bytes(head[4:8], "little") + 8 == size
