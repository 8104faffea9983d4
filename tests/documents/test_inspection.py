"""An upload that cannot become pages is refused in words: the right words for each kind of trouble."""

import io
import random
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.errors import Refused
from server.documents import pdfium
from server.documents.inspection import MAX_SIDE_POINTS, NAME_BYTES, NAME_LENGTH, check_outline, clean_name, inspect
from server.documents.pdfium import Limits
from tests.documents import hostile

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"


def code_of(tmp_path: Path, content: bytes, **options: int) -> str:
    path = tmp_path / "upload"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        inspect(path, name="báo cáo.pdf", **options)  # type: ignore[arg-type]
    problem = refused.value.problem()
    assert "…" not in str(problem["detail"]), "every param of the sentence is given"
    assert "báo cáo.pdf" in str(problem["detail"])
    return refused.value.code


def test_a_sound_pdf_tells_its_pages_and_sizes(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(hostile.pdf(5))
    found = inspect(path, name="x.pdf")
    assert found.pages == 5
    assert found.sizes[4] == pytest.approx(hostile.A4, abs=0.01)


def test_a_pdf_whose_password_only_forbids_copying_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(hostile.encrypted(user=""))
    assert inspect(path, name="x.pdf").pages == 3


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, hostile.encrypted(user="bí mật")) == "document_encrypted"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, b"") == "document_empty"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_pdf_is_refused(tmp_path: Path, part: float) -> None:
    whole = hostile.pdf(40)
    assert code_of(tmp_path, whole[: int(len(whole) * part)]) == "document_truncated"


def test_a_pdf_of_junk_between_right_ends_is_refused(tmp_path: Path) -> None:
    junk = random.Random(1).randbytes(20_000).replace(b"obj", b"...")
    assert code_of(tmp_path, b"%PDF-1.7\n" + junk + b"\n%%EOF\n") == "document_broken"


@pytest.mark.parametrize("seed", range(3))
def test_random_bytes_are_refused(tmp_path: Path, seed: int) -> None:
    assert code_of(tmp_path, random.Random(seed).randbytes(5000)) == "document_not_pdf"


def test_a_renamed_zip_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert code_of(tmp_path, out.getvalue()) == "document_not_pdf"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample documents are not on this machine")
def test_a_renamed_word_document_is_refused(tmp_path: Path) -> None:
    sample = next(SAMPLES.glob("*.docx"))
    assert code_of(tmp_path, sample.read_bytes()) == "document_not_pdf"


def test_a_pdf_hidden_behind_a_web_page_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, b"<html><script>1</script>" + hostile.pdf()) == "document_not_pdf"


def test_a_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, hostile.no_pages()) == "document_no_pages"


def test_too_many_pages_are_refused_and_the_limit_itself_is_not(tmp_path: Path) -> None:
    assert code_of(tmp_path, hostile.pdf(11), max_pages=10) == "document_too_many_pages"
    assert inspect(tmp_path / "upload", name="x.pdf", max_pages=11).pages == 11


def test_a_pdf_that_claims_two_billion_pages_is_counted_by_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    content = hostile.assemble([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
    ])
    path.write_bytes(content)
    assert inspect(path, name="x.pdf").pages == 1


def test_a_page_wider_than_the_limit_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, hostile.pdf(1, size=(MAX_SIDE_POINTS + 1, 800))) == "document_page_too_large"
    path = tmp_path / "upload"
    path.write_bytes(hostile.pdf(1, size=(MAX_SIDE_POINTS, 800)))
    assert inspect(path, name="x.pdf").pages == 1


def test_a_hang_of_pdfium_becomes_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(hostile.pdf())
    with pytest.raises(Refused) as refused:
        inspect(path, name="x.pdf", limits=Limits(answer_s=0.0))
    assert refused.value.code == "document_unrenderable"


@pytest.mark.parametrize("child", [
    "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "raise SystemExit(3)",
    "print('nonsense')",
    "print('{\"bytes\": 99999999999}')",
    "print('{\"bytes\": -1}')",
    "print('{\"pages\"', end='')",
    "print('x' * 3_000_000)",
])
def test_a_child_that_crashes_or_talks_nonsense_becomes_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, child: str
) -> None:
    script = tmp_path / "child.py"
    script.write_text("import sys; sys.stdin.read()\n" + child + "\n")
    monkeypatch.setattr(pdfium, "CHILD", script)
    path = tmp_path / "upload"
    path.write_bytes(hostile.pdf())
    with pytest.raises(Refused) as refused:
        inspect(path, name="x.pdf")
    assert refused.value.code == "document_unrenderable"


def test_bytes_changed_anywhere_give_pages_or_a_refusal_never_an_exception(tmp_path: Path) -> None:
    chance = random.Random(3)
    path = tmp_path / "upload"
    for _ in range(12):
        content = bytearray(hostile.pdf())
        for _ in range(chance.randrange(1, 60)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        with suppress(Refused):
            assert inspect(path, name="x.pdf").pages > 0


def test_the_quick_look_passes_a_pdf_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"\xef\xbb\xbf" + hostile.pdf())
    check_outline(path, name="x.pdf")


@pytest.mark.parametrize(("raw", "shown"), [
    ("Báo cáo quý III.pdf", "Báo cáo quý III.pdf"),
    ("../../etc/passwd", "passwd.pdf"),
    ("C:\\Users\\văn thư\\Tờ trình.PDF", "Tờ trình.pdf"),
    ("ngân sách\u202efdp.exe", "ngân sáchfdp.exe.pdf"),
    ("a\u200b\u2066b\u0000\n c.pdf", "ab c.pdf"),
    (unicodedata.normalize("NFD", "Nghị quyết.pdf"), "Nghị quyết.pdf"),
    ("  nhiều   khoảng \t trắng .pdf", "nhiều khoảng trắng.pdf"),
    ('hỏi? "đáp" <1>|2*:.pdf', "hỏi_ _đáp_ _1__2__.pdf"),
    ("báo cáo.pdf.exe", "báo cáo.pdf.exe.pdf"),
    ("", "tài liệu.pdf"),
    (".pdf", "tài liệu.pdf"),
    ("...", "tài liệu.pdf"),
    ("\ud800x.pdf", "x.pdf"),
])
def test_a_display_name_is_cleaned(raw: str, shown: str) -> None:
    assert clean_name(raw) == shown


@given(st.text(max_size=400))
def test_any_name_becomes_a_safe_one_and_stays_so(raw: str) -> None:
    name = clean_name(raw)
    assert name.endswith(".pdf")
    assert len(name) <= NAME_LENGTH
    assert len(name.encode()) <= NAME_BYTES
    assert not set(name) & set('/\\<>:"|?*\n\r\t\0')
    assert unicodedata.is_normalized("NFC", name)
    assert clean_name(name) == name
