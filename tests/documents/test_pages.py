"""Pages are drawn ahead, once, whole; a hostile file costs one refusal, a killed worker costs one more try."""

import hashlib
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import psutil
import pytest
from PIL import Image

from server.core.errors import Refused
from server.documents import pages, pdfium
from server.documents.inspection import inspect
from server.documents.pages import SIZES, PageSet, Progress
from server.documents.pdfium import Limits
from tests.documents import hostile


class Paper:
    """A PDF on disk with its page set."""

    def __init__(self, folder: Path, content: bytes) -> None:
        self.path = folder / "paper.pdf"
        self.path.write_bytes(content)
        self.set = PageSet(folder / "pages", hashlib.sha256(content).hexdigest())

    def render(self, limits: Limits | None = None) -> list[Progress]:
        inspection = inspect(self.path, name="giấy.pdf")
        return list(self.set.render(self.path, inspection, name="giấy.pdf", limits=limits or Limits()))

    def images(self) -> dict[str, int]:
        """every image -> when it was written"""
        return {str(path.relative_to(self.set.home)): path.stat().st_mtime_ns for path in self.set.home.rglob("*.webp")}


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        assert image.format == "WEBP"
        return image.size


def test_every_page_is_drawn_in_every_size_with_progress(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(3))
    assert paper.set.manifest() is None
    assert paper.render() == [Progress(0, 3), Progress(1, 3), Progress(2, 3), Progress(3, 3)]
    for number in (1, 2, 3):
        assert size_of(paper.set.path("seat", number)) == (906, 1280)
        assert size_of(paper.set.path("wall", number)) == (1528, 2160)
    manifest = paper.set.manifest()
    assert manifest is not None
    assert manifest.pages == [(595.28, 841.89)] * 3
    assert manifest.sizes == ["seat", "wall"]


def test_the_picture_shows_what_the_page_holds(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(1))
    paper.render()
    with Image.open(paper.set.path("seat", 1)) as image:
        red = image.convert("RGB").getpixel((906 * 5 // 16, 1280 * 11 // 16))
        white = image.convert("RGB").getpixel((5, 5))
    assert red in {(204, 26, 26), (204, 25, 25)}
    assert white == (255, 255, 255)


@pytest.mark.parametrize(("page", "seat", "wall"), [
    ((841.89, 595.28), (1280, 906), (3055, 2160)),
    ((960, 540), (1280, 720), (3840, 2160)),
    ((14000, 2), (1280, 1), (3840, 1)),
])
def test_a_landscape_page_a_slide_and_a_thread_fit_their_boxes(
    tmp_path: Path, page: tuple[float, float], seat: tuple[int, int], wall: tuple[int, int]
) -> None:
    paper = Paper(tmp_path, hostile.pdf(1, size=page))
    paper.render()
    assert size_of(paper.set.path("seat", 1)) == seat
    assert size_of(paper.set.path("wall", 1)) == wall


def test_a_long_document_is_drawn_by_several_children_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "BATCH", 2)
    paper = Paper(tmp_path, hostile.pdf(5))
    assert paper.render() == [Progress(done, 5) for done in range(6)]
    assert len(paper.images()) == 10
    assert paper.set.manifest() is not None


def test_a_scan_is_encoded_as_a_photograph(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.scan())
    paper.render()
    assert b"VP8 " in paper.set.path("seat", 1).read_bytes()[:32]
    text = Paper(tmp_path, hostile.pdf(1))
    text.render()
    assert b"VP8L" in text.set.path("seat", 1).read_bytes()[:32]


def test_a_second_time_draws_nothing_again(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(2))
    paper.render()
    before = paper.images()
    assert paper.render() == [Progress(2, 2)]
    assert paper.images() == before


def test_deleted_and_cut_off_images_are_made_again(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(3))
    paper.render()
    before = paper.images()
    paper.set.path("seat", 2).unlink()
    cut = paper.set.path("wall", 3)
    cut.write_bytes(cut.read_bytes()[:-5])
    assert paper.render()[-1] == Progress(3, 3)
    assert size_of(paper.set.path("seat", 2)) == (906, 1280)
    assert size_of(cut) == (1528, 2160)
    assert paper.images()["seat/1.webp"] == before["seat/1.webp"]


def test_all_pages_can_be_removed_and_made_again(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(1))
    paper.render()
    paper.set.remove()
    assert paper.set.manifest() is None
    assert not paper.set.home.exists()
    paper.set.remove()
    assert paper.render() == [Progress(0, 1), Progress(1, 1)]
    assert paper.set.manifest() is not None


def test_images_of_an_older_recipe_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper(tmp_path, hostile.pdf(1))
    paper.render()
    monkeypatch.setattr(pages, "RECIPE", pages.RECIPE + 1)
    assert paper.set.manifest() is None
    assert paper.render() == [Progress(0, 1), Progress(1, 1)]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"recipe": 1}', b"null", b"\xff"])
def test_a_broken_manifest_is_no_manifest(tmp_path: Path, content: bytes) -> None:
    paper = Paper(tmp_path, hostile.pdf(1))
    paper.render()
    (paper.set.home / "manifest.json").write_bytes(content)
    assert paper.set.manifest() is None


def test_a_page_that_never_ends_is_refused_and_its_process_is_gone(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.laughs())
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        paper.render(Limits(answer_s=1.5))
    assert refused.value.code == "document_unrenderable"
    assert refused.value.params == {"name": "giấy.pdf", "page": 1}
    assert time.monotonic() - started < 10
    assert paper.set.manifest() is None
    assert psutil.Process().children(recursive=True) == []


def test_a_page_that_burns_its_processor_time_is_refused(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.laughs())
    with pytest.raises(Refused) as refused:
        paper.render(Limits(cpu_s=1))
    assert refused.value.code == "document_unrenderable"


def test_a_page_that_needs_more_memory_than_allowed_is_refused(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(2))
    with pytest.raises(Refused) as refused:
        paper.render(Limits(memory_bytes=16 << 20))
    assert refused.value.code == "document_unrenderable"
    assert paper.set.manifest() is None


def test_a_picture_of_100_megapixels_in_a_small_file_is_drawn_within_the_limits(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.bomb(10_000))
    assert paper.render(Limits(memory_bytes=512 << 20))[-1] == Progress(1, 1)


@pytest.mark.parametrize("child", [
    "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "print('{\"page\": 9, \"size\": \"seat\", \"bytes\": 0}')",
    "print('{\"page\": 1, \"size\": \"../x\", \"bytes\": 0}')",
    "print('{\"page\": 1, \"size\": \"seat\", \"bytes\": 3}abc')",
    "print('{\"page\": 1, \"size\": \"seat\", \"bytes\": 9}\\nabc')",
    "print('{\"end\": true}')",
])
def test_a_child_that_crashes_or_answers_something_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, child: str
) -> None:
    paper = Paper(tmp_path, hostile.pdf(2))
    inspection = inspect(paper.path, name="x.pdf")
    script = tmp_path / "child.py"
    script.write_text("import sys; sys.stdin.read()\n" + child + "\n")
    monkeypatch.setattr(pdfium, "CHILD", script)
    with pytest.raises(Refused) as refused:
        list(paper.set.render(paper.path, inspection, name="x.pdf"))
    assert refused.value.code == "document_unrenderable"
    assert paper.set.manifest() is None
    assert paper.images() == {}


def test_a_file_changed_behind_our_back_is_refused_at_the_page_that_is_missing(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(3))
    inspection = inspect(paper.path, name="x.pdf")
    paper.path.write_bytes(hostile.pdf(2))
    with pytest.raises(Refused) as refused:
        list(paper.set.render(paper.path, inspection, name="x.pdf"))
    assert refused.value.params["page"] == 3
    assert paper.set.manifest() is None


def test_an_abandoned_rendering_leaves_no_process_and_is_taken_up_again(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(6))
    progress = paper.set.render(paper.path, inspect(paper.path, name="x.pdf"), name="x.pdf")
    next(progress)
    assert next(progress) == Progress(1, 6)
    progress.close()  # type: ignore[attr-defined]
    assert psutil.Process().children(recursive=True) == []
    assert paper.render()[0].done >= 1


def test_two_renderers_of_one_document_take_turns(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(4))
    seen: list[list[Progress]] = []
    renderers = [threading.Thread(target=lambda: seen.append(paper.render())) for _ in range(2)]
    for renderer in renderers:
        renderer.start()
    for renderer in renderers:
        renderer.join()
    assert sorted(len(steps) for steps in seen) == [1, 5], "the second finds everything done"
    assert paper.set.manifest() is not None


def test_a_worker_killed_while_rendering_leaves_no_half_document(tmp_path: Path) -> None:
    paper = Paper(tmp_path, hostile.pdf(30))
    script = textwrap.dedent(f"""
        from pathlib import Path
        from server.documents.inspection import inspect
        from server.documents.pages import PageSet
        path = Path({str(paper.path)!r})
        images = PageSet(Path({str(tmp_path / "pages")!r}), {paper.set.sha256!r})
        list(images.render(path, inspect(path, name="x"), name="x"))
    """)
    worker = subprocess.Popen([sys.executable, "-c", script])
    deadline = time.monotonic() + 30
    while len(paper.images()) < 5:
        assert time.monotonic() < deadline
        assert worker.poll() is None
        time.sleep(0.01)
    children = psutil.Process(worker.pid).children()
    worker.kill()
    worker.wait()
    assert paper.set.manifest() is None
    assert len(children) == 1
    psutil.wait_procs(children, timeout=20)
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
    kept = {name: when for name, when in paper.images().items() if not name.endswith(".tmp")}
    steps = paper.render()
    assert 0 < steps[0].done < 30
    assert steps[-1] == Progress(30, 30)
    assert paper.set.manifest() is not None
    assert {name: paper.images()[name] for name in kept} == kept, "what was there is kept"
    assert list(paper.set.home.rglob("*.tmp")) == []


@pytest.mark.parametrize(("size", "number"), [("seat", 0), ("seat", -1), ("../..", 1), ("", 1)])
def test_an_address_that_is_no_page_never_becomes_a_path(tmp_path: Path, size: str, number: int) -> None:
    with pytest.raises(ValueError, match="no such page image"):
        PageSet(tmp_path, "0" * 64).path(size, number)


def test_a_document_name_that_is_no_sha256_never_becomes_a_path(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        PageSet(tmp_path, "..")


def test_the_child_sees_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    paper = Paper(tmp_path, hostile.laughs())
    seen: list[dict[str, str]] = []

    def watch() -> None:
        deadline = time.monotonic() + 5
        while not seen and time.monotonic() < deadline:
            for child in psutil.Process().children():
                if any("pdfium_child" in part for part in child.cmdline()):
                    seen.append(child.environ())
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with pytest.raises(Refused):
        paper.render(Limits(answer_s=1.5))
    watcher.join()
    assert seen
    assert "DATABASE_URL" not in seen[0]


def test_sizes_are_what_the_screens_ask_for() -> None:
    assert set(SIZES) == {"seat", "wall"}
