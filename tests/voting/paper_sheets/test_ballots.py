"""Paper ballots: what stands on them, that everybody stands on them once and in order, and that nothing breaks them."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.voting.paper.sheets.ballots import ballot_pdf
from server.voting.paper.sheets.shapes import BallotSheet, Issuer, Kind, Line
from tests.voting.paper_sheets.samples import ISSUER, TITLE, pages_of, people, spaced

HEADS = {
    Kind.SURPLUS: "STT Họ và tên Chức vụ, đơn vị công tác",
    Kind.NO_SURPLUS: "STT Họ và tên Đồng ý Không đồng ý",
    Kind.CONFIDENCE: "STT Họ và tên Tín nhiệm cao Tín nhiệm Tín nhiệm thấp",
}


def sheet(kind: Kind = Kind.SURPLUS, count: int = 6, seats: int = 5, **more: Any) -> BallotSheet:
    made = BallotSheet(kind, ISSUER, TITLE, seats, people(count))
    return replace(made, **more)


def place_of(pdf: bytes, words: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of words on the first page, in shares of its width and height."""
    document = pdfium.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    found = text.search(words).get_next()
    assert found is not None, words
    boxes = [text.get_charbox(found[0] + place) for place in range(found[1])]
    width, height = page.get_size()
    return (min(box[0] for box in boxes) / width, min(box[1] for box in boxes) / height,
            max(box[2] for box in boxes) / width, max(box[3] for box in boxes) / height)


@pytest.mark.parametrize("size", ["a4", "a5"])
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("count", [1, 18, 60])
def test_everybody_stands_on_a_ballot_exactly_once_and_in_order(kind: Kind, size: str, count: int) -> None:
    made = sheet(kind, count, seats=min(count, 50), size=size)
    pages = pages_of(ballot_pdf(made))
    text = " ".join(pages)
    places = [text.index(f"{line.number} {line.name}") for line in made.lines]
    assert places == sorted(places)
    assert all(text.count(line.name) == 1 for line in made.lines)
    assert all(HEADS[kind] in page for page in pages), "the head of the table is on every page"
    assert "■" not in text
    assert "\ufffd" not in text


def test_the_page_is_of_the_size_that_was_asked_for() -> None:
    for size, millimetres in (("a4", (210, 297)), ("a5", (148, 210))):
        document = pdfium.PdfDocument(ballot_pdf(sheet(size=size)))
        assert tuple(round(side / 72 * 25.4) for side in document[0].get_size()) == millimetres


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_the_stamp_is_at_the_top_left_under_the_issuer_and_the_party_at_the_top_right(size: str) -> None:
    """190-QĐ/TW: the convener's stamp is at the top left; 66-QĐ/TW: the Party's name at the top right."""
    pdf = ballot_pdf(sheet(size=size, day=date(2026, 11, 25)))
    stamp, party, issuer = (
        place_of(pdf, words) for words in ("Đóng dấu", "ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG BỘ TỈNH MẪU SƠN HẠ")
    )
    title = place_of(pdf, "PHIẾU BẦU CỬ")
    assert stamp[2] < 0.5
    assert issuer[2] < party[0]
    assert issuer[1] > stamp[3] > stamp[1] > title[3]
    assert abs(party[3] - issuer[3]) < 0.02
    assert "Mẫu Sơn Hạ, ngày 25 tháng 11 năm 2026" in pages_of(pdf)[0]


@pytest.mark.parametrize(("kind", "count", "seats", "words"), [
    (Kind.SURPLUS, 18, 15, [
        "PHIẾU BẦU CỬ", "Danh sách gồm 18 đồng chí, bầu 15 đồng chí.", "gạch ngang giữa họ và tên",
        "ít nhất 03 đồng chí", "bầu nhiều hơn 15 đồng chí",
    ]),
    (Kind.NO_SURPLUS, 5, 5, ["Danh sách gồm 05 đồng chí, bầu 05 đồng chí.", "cả hai ô hoặc không đánh dấu ô nào",
                             "phiếu vẫn hợp lệ"]),
    (Kind.NO_SURPLUS, 1, 1, ["Phiếu đánh dấu cả hai ô hoặc không đánh dấu ô nào là phiếu không hợp lệ"]),
    (Kind.CONFIDENCE, 12, 0, ["PHIẾU LẤY PHIẾU TÍN NHIỆM", "vào một trong ba ô", "từ hai ô trở lên không được tính"]),
])
def test_the_ballot_says_how_it_is_filled_in(kind: Kind, count: int, seats: int, words: list[str]) -> None:
    text = " ".join(pages_of(ballot_pdf(sheet(kind, count, seats))))
    assert [one for one in words if one not in text] == []
    assert ("gạch" in text) == (kind is Kind.SURPLUS)


def test_a_long_list_goes_on_over_numbered_pages_and_a_short_one_has_no_number() -> None:
    pages = pages_of(ballot_pdf(sheet(count=60, seats=50)))
    assert [re.findall(r"Trang \d/\d", page) for page in pages] == [["Trang 1/3"], ["Trang 2/3"], ["Trang 3/3"]]
    assert ["Xem tiếp trang sau" in page for page in pages] == [True, True, False]
    assert all(TITLE in page for page in pages), "a loose page says what it belongs to"
    assert "Trang" not in pages_of(ballot_pdf(sheet(count=6)))[0]


def test_copies_are_alike_to_the_letter_so_that_no_ballot_can_be_told_from_another() -> None:
    one = pages_of(ballot_pdf(sheet(count=60, seats=50)))
    pdf = ballot_pdf(sheet(count=60, seats=50, copies=350))
    assert pages_of(pdf) == one * 350
    assert len(pdf) < 2_000_000
    assert pdf == ballot_pdf(sheet(count=60, seats=50, copies=350)), "and the file tells nothing of when it was made"


def test_a_second_round_and_a_proof_say_so_on_the_paper() -> None:
    assert "(Bầu lần thứ 2)" in pages_of(ballot_pdf(sheet(round=2)))[0]
    assert "lần thứ 1)" not in pages_of(ballot_pdf(sheet()))[0]
    pages = pages_of(ballot_pdf(sheet(count=60, seats=50, proof=True)))
    assert all("BẢN IN THỬ" in page and "KHÔNG DÙNG LÀM PHIẾU" in page for page in pages)


@pytest.mark.parametrize("broken", [{"lines": ()}, {"copies": 0}, {"copies": 5001}, {"size": "a3"}])
def test_no_ballot_is_made_without_lines_copies_or_a_known_size(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="ballot"):
        ballot_pdf(replace(sheet(), **broken))


HOSTILE = (
    "<b>Nguyễn</b> & <para> \"Ân\" 'Ý' </table>", "Lê\x00\x07\x1b[31m Thị\u202e Ẩn", "W" * 2000, "Ngọc " * 400,
    "&nbsp;&#10;<br/>", "Nguye\u0302\u0303n Thi\u0323 Ha\u0300", "👩‍🌾 张伟", "", " \n\t ", "\ud800 nửa",
)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("size", ["a4", "a5"])
def test_hostile_names_never_break_a_ballot(kind: Kind, size: str) -> None:
    lines = tuple(Line(number, name, name) for number, name in enumerate(HOSTILE, 1))
    words = {"issuer": Issuer(HOSTILE[0], HOSTILE[2], HOSTILE[1]), "title": HOSTILE[3], "day": date(2026, 1, 2)}
    text = " ".join(pages_of(ballot_pdf(sheet(kind, size=size, lines=lines, **words))))
    assert "<b>Nguyễn</b> & <para> \"Ân\" 'Ý' </table>" in text, "shown as it was typed, never obeyed"
    assert "[31m Thị Ẩn" in text
    assert "Nguyễn Thị Hà" in text
    assert "???" in text or "? ??" in text, "what the typeface lacks leaves a mark"


@given(st.lists(st.text(max_size=400), min_size=1, max_size=4), st.sampled_from(list(Kind)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_names_at_all_can_be_printed(names: list[str], kind: Kind) -> None:
    lines = tuple(Line(number, name, name) for number, name in enumerate(names, 1))
    assert spaced(pages_of(ballot_pdf(sheet(kind, seats=1, lines=lines, size="a5")))[0])
