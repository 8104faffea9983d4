"""The demonstration papers look like Party papers, agree with themselves, and are the same bytes everywhere."""

import hashlib
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from server.demo.papers import Paper, all_papers, figures, plans, resolutions
from server.demo.papers.figures import share, vn
from server.documents.inspection import inspect

AGENDA = ["1", "1.1", "1.2", "2", "3", "3.1", "3.2", "4", "5", "6", "7", "8"]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {paper.slug: paper.make() for paper in all_papers()}


def text_of(content: bytes) -> list[str]:
    """The text of every page, NFC, runs of white space as one space."""
    document = pdfium.PdfDocument(content)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    document.close()
    return [unicodedata.normalize("NFC", " ".join(page.split())) for page in pages]


def paper_named(slug: str) -> Paper:
    return next(paper for paper in all_papers() if paper.slug == slug)


def test_every_item_with_something_to_read_has_a_paper() -> None:
    papers = all_papers()
    assert len(papers) >= 10
    assert len({paper.slug for paper in papers}) == len(papers)
    assert [paper.agenda_key for paper in papers] == sorted((p.agenda_key for p in papers), key=AGENDA.index)
    assert {"1.1", "1.2", "2", "3.1", "3.2", "4", "5", "6", "7", "8"} == {paper.agenda_key for paper in papers}


@pytest.mark.parametrize("paper", all_papers(), ids=lambda paper: paper.slug)
def test_a_paper_is_a_sound_pdf_with_the_head_of_a_party_paper(
    paper: Paper, made: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"{paper.slug}.pdf"
    path.write_bytes(made[paper.slug])
    assert 1 <= inspect(path, name=path.name).pages <= 14
    pages = text_of(made[paper.slug])
    for expected in ("ĐẢNG CỘNG SẢN VIỆT NAM", "TỈNH ỦY MẪU SƠN HẠ", paper.kind.upper(), paper.number, "năm 2026"):
        assert expected in pages[0]
    if paper.kind != "Phụ lục":
        assert "Nơi nhận" in " ".join(pages)
    for page in pages:
        assert "hư cấu" in page, "every page says that it is fictitious"
        assert "\ufffd" not in page
        assert "■" not in page


def test_every_letter_of_vietnamese_has_a_glyph_in_every_font() -> None:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  after the fonts are registered

    from server.core import typeface  # noqa: PLC0415

    typeface.register_fonts()
    vowels = [base + mark for base in "aăâeêioôơuưy" for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")]
    letters = {unicodedata.normalize("NFC", vowel) for vowel in vowels} | set("bcdđghklmnpqrstvxfjwz")
    for name in (typeface.REGULAR, typeface.BOLD, typeface.ITALIC, typeface.BOLD_ITALIC):
        font: Any = pdfmetrics.getFont(name)  # the published types know only the built-in fonts
        known = font.face.charToGlyph
        missing = [letter for letter in letters | {x.upper() for x in letters} if ord(letter) not in known]
        assert missing == []


def test_the_fonts_are_small_and_carry_their_licence() -> None:
    from server.core import typeface  # noqa: PLC0415

    folder = Path(typeface.__file__).parent / "fonts"
    assert sum(font.stat().st_size for font in folder.glob("*.ttf")) < 400_000
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text("utf-8")


def test_the_bytes_are_the_same_in_another_process(made: dict[str, bytes], tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "server.demo.papers", str(tmp_path)], check=True, stdout=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    written = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()}
    assert written == {slug: hashlib.sha256(content).hexdigest() for slug, content in made.items()}


def test_making_a_paper_twice_in_one_process_gives_the_same_bytes(made: dict[str, bytes]) -> None:
    paper = paper_named("bao-cao-quy-iii")
    assert paper.make() == made[paper.slug]


def test_the_months_add_up_to_the_total_that_the_reports_name(made: dict[str, bytes]) -> None:
    now, before = figures.monthly()
    whole = figures.revenue()
    assert (sum(now), sum(before)) == (whole.done, whole.before)
    assert min(*now, *before) > 0
    for slug in ("bao-cao-quy-iii", "bao-cao-ngan-sach"):
        text = " ".join(text_of(made[slug]))
        assert f"{vn(whole.done)} tỷ đồng" in text
        assert f"{share(whole.done, whole.before)}%" in text


def test_the_budget_table_shows_lines_that_add_up_to_its_totals(made: dict[str, bytes]) -> None:
    text = " ".join(text_of(made["bao-cao-ngan-sach"]))
    for group in (figures.DOMESTIC, figures.CUSTOMS, figures.INVESTMENT, figures.RECURRENT, figures.OTHER_SPENDING):
        whole = figures.total(group)
        assert whole.done == sum(line.done for line in group)
        assert f"{vn(whole.plan)} {vn(whole.done)} {share(whole.done, whole.plan)}" in text
        for line in group:
            assert f"{vn(line.plan)} {vn(line.done)} {share(line.done, line.plan)}" in text
    places = figures.communes()
    assert f"{vn(sum(x.plan for x in places))} {vn(sum(x.done for x in places))}" in text
    assert all(place.land < place.done < place.plan for place in places)
    assert len({place.name for place in places}) == 38


def test_shares_of_the_pie_make_a_hundred() -> None:
    assert round(sum(figures.STRUCTURE.values()), 6) == 100


def test_the_costs_of_the_resolution_and_of_its_statement_are_one_figure(made: dict[str, bytes]) -> None:
    whole = vn(sum(sum(costs) for _, costs in resolutions.DIGITAL_COST))
    assert f"dự kiến {whole} tỷ đồng" in " ".join(text_of(made["du-thao-nghi-quyet-chuyen-doi-so"]))
    assert f"kinh phí {whole} tỷ đồng" in " ".join(text_of(made["to-trinh-chuyen-doi-so"]))


def test_the_statements_count_what_their_tables_list(made: dict[str, bytes]) -> None:
    text = " ".join(text_of(made["to-trinh-kiem-tra-giam-sat-2027"]))
    assert f"gồm {len(plans.SUBJECTS)} cuộc" in text
    text = " ".join(text_of(made["to-trinh-chuong-trinh-lam-viec-2027"]))
    assert f"{sum(len(items) for _, items in plans.YEAR)} nội dung" in text


@pytest.mark.parametrize(("value", "digits", "shown"), [
    (12345.6, 1, "12.345,6"), (0.05, 1, "0,1"), (2.5, 0, "3"), (-92, 0, "-92"), (-0.01, 1, "0,0"),
    (1000000, 0, "1.000.000"), (8.265, 2, "8,27"), (0, 0, "0"),
])
def test_numbers_are_written_the_vietnamese_way(value: float, digits: int, shown: str) -> None:
    assert vn(value, digits) == shown


def test_the_command_without_a_folder_says_how_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "server.demo.papers"], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 2
    assert "OUTDIR" in done.stderr
