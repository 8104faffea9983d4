"""A result as XLSX and PDF: the figures of the sealed record, whatever is done to rows and whatever texts say."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from server.core.keys import Keys
from server.meetings.models import AgendaItem, Meeting, Participant
from server.people.models import Person, Unit
from server.voting import records
from server.voting.exports import seats, words
from server.voting.exports.pdf import result_pdf
from server.voting.exports.sheet import Annulment, Reserved, ResultSheet
from server.voting.exports.xlsx import result_xlsx, safe
from server.voting.models import Ballot, Poll, ReservedOpinion
from server.voting.outcome import PollOutcome
from server.voting.records import ResultRecord
from server.voting.rules import BallotKind, shipped
from tests.conftest import code
from tests.voting.conftest import Vote

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get(vote: Vote, form: str) -> bytes:
    answer = vote.secretary.get(f"{vote.path}/{vote.poll}/result.{form}")
    assert answer.status_code == 200, answer.json
    return bytes(answer.data)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, spaces and ends of lines made one space."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            found.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
        return found


def whole(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def cells(xlsx: bytes) -> Iterator[Any]:
    for page in load_workbook(io.BytesIO(xlsx)):
        for row in page.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def column(xlsx: bytes, page: str, label: str) -> list[Any]:
    """What stands beside each row of a sheet that has this label."""
    sheet = load_workbook(io.BytesIO(xlsx))[page]
    return [row[1].value for row in sheet.iter_rows(max_col=2) if row[0].value == label]


def record_of(vote: Vote) -> PollOutcome:
    [record] = vote.scene.rows(ResultRecord, subject_id=vote.poll)
    return PollOutcome.model_validate_json(record.text)


@pytest.fixture
def named(vote: Vote) -> Vote:
    """A resolution: two for, one against who reserves his opinion, one not voting, one without a ballot."""
    vote.begin(rule="resolution", members=6)
    for person, choice in zip(vote.people, ("for", "for", "against", "not_voting"), strict=False):
        assert vote.cast(person, choice).status_code == 200
    said = {"text": "Tôi bảo lưu: cần thêm đánh giá tác động."}
    assert vote.seats[vote.people[2]].post(f"{vote.path}/{vote.poll}/reserved-opinions", said).status_code == 200
    vote.step("close")
    return vote


def test_the_figures_of_both_exports_are_those_of_the_record(named: Vote) -> None:
    record, xlsx, paper = record_of(named), get(named, "xlsx"), whole(get(named, "pdf"))
    assert (record.votes_for, record.votes_against, record.not_voting, record.not_cast) == (2, 1, 1, 2)
    for label, figure in (
        ("✓ Tán thành", record.votes_for), ("✕ Không tán thành", record.votes_against),
        ("– Không biểu quyết", record.not_voting), ("○ Không bỏ phiếu", record.not_cast),
        ("Cộng (tổng số ủy viên)", record.base.count), ("Cần để thông qua", record.needed),
        ("Phiếu đã bỏ", record.cast),
    ):
        assert column(xlsx, "Kết quả", label) == [figure], label
    assert column(xlsx, "Quy tắc, căn cứ tính", "Cần có mặt") == [record.quorum_needed]
    assert "KHÔNG ĐƯỢC THÔNG QUA 2 tán thành trên 6 (tổng số ủy viên); cần 4." in paper
    assert "4/5 được triệu tập; cần 4: đủ" in paper
    assert "Phiếu đã bỏ 4; không bỏ phiếu 2; cộng 6 (tổng số ủy viên)" in paper


def test_a_paper_names_its_rule_its_voters_and_its_record(named: Vote) -> None:
    found = pages(get(named, "pdf"))
    [record] = named.scene.rows(ResultRecord)
    text = " ".join(found)
    assert "Điều lệ Đảng, nguyên tắc tập trung dân chủ" in text
    assert "quá một phần hai (1/2) tổng số ủy viên" in text
    for person in record_of(named).voters:
        assert person.name in text
    assert "Tôi bảo lưu: cần thêm đánh giá tác động." in text
    assert record.sha256 in text
    assert record.public_key in text
    assert record.signature in text.replace(" ", "")
    assert "Chữ ký khớp." in text
    for number, page in enumerate(found, 1):
        assert f"Trang {number}/{len(found)}" in page


def test_a_reserved_opinion_of_one_whose_ballot_agrees_is_printed_with_what_he_voted(named: Vote) -> None:
    def add(tx: Any) -> None:
        tx.add(ReservedOpinion(
            poll_id=named.poll, participant_id=named.people[0], text="Tôi bảo lưu.", stated_at=tx.now, sha256="0" * 64
        ))

    named.scene.run(add)
    assert whole(get(named, "pdf")).count("Phiếu được tính của đồng chí này là “Tán thành”.") == 1
    opinions = load_workbook(io.BytesIO(get(named, "xlsx")))["Ý kiến"]
    assert [str(row[2].value).count("Tán thành") for row in opinions.iter_rows(min_row=3)] == [0, 1]


def test_a_named_result_lists_who_cast_no_ballot_and_shows_every_seat(named: Vote) -> None:
    record = record_of(named)
    assert [one.participant_id for one in record.silent] == [named.people[4]]
    plan = {seat.label: seat.choice for seat in seats.seats_of(record)}
    assert plan == {"A1": "for", "A2": "for", "A3": "against", "A4": "not_voting", "A5": ""}
    assert "Bàn chủ tọa" in whole(get(named, "pdf"))
    names = load_workbook(io.BytesIO(get(named, "xlsx")))["Danh sách"]
    said = [row[4].value for row in names.iter_rows(min_row=2)]
    assert said == ["✓ Tán thành", "✓ Tán thành", "✕ Không tán thành", "– Không biểu quyết", "○ Không bỏ phiếu"]


def test_the_workbook_has_numbers_shares_that_add_up_and_a_chart_of_its_own(named: Vote) -> None:
    xlsx = get(named, "xlsx")
    book = load_workbook(io.BytesIO(xlsx))
    assert book.sheetnames == ["Kết quả", "Quy tắc, căn cứ tính", "Danh sách", "Ý kiến", "Xác thực"]
    [chart] = book["Kết quả"]._charts
    assert type(chart).__name__ == "BarChart"
    shares = [cell.value for cell in cells(xlsx) if cell.number_format == "0.00%"]
    assert sum(round(share * 10_000) for share in shares[:4]) == 10_000
    assert all(isinstance(cell.value, int) for cell in cells(xlsx) if cell.number_format == "#,##0")
    assert not [cell for cell in cells(xlsx) if cell.data_type == "f"]


def test_no_later_change_of_rows_changes_an_export(named: Vote) -> None:
    before = get(named, "xlsx"), get(named, "pdf")

    def change(tx: Any) -> None:
        tx.execute(update(Person).values(name="Tên Khác", folded_name="ten khac"))
        tx.execute(update(Unit).values(name="Đơn vị Khác"))
        tx.execute(update(Participant).values(seat=None, entitled=False))
        tx.execute(update(Meeting).values(title="Cuộc họp khác", room="Phòng khác"))
        tx.execute(update(AgendaItem).values(title="Nội dung khác"))
        tx.execute(update(Ballot).values(choice="for"))
        tx.execute(update(Poll).values(
            title="Khác", motion="Khác", base_count=2, needed=1, members=2, quorum_needed=1, named=False,
            rule=shipped()["quick-poll"].model_dump(mode="json"),
        ))

    named.scene.run(change)
    assert (get(named, "xlsx"), get(named, "pdf")) == before


def test_before_the_close_there_is_nothing_to_export(vote: Vote) -> None:
    vote.draft()
    for form in ("xlsx", "pdf"):
        answer = vote.secretary.get(f"{vote.path}/{vote.poll}/result.{form}")
        assert (answer.status_code, code(answer)) == (409, "poll_not_closed")
    vote.step("open")
    vote.cast(vote.people[0], "for")
    for form in ("xlsx", "pdf"):
        answer = vote.secretary.get(f"{vote.path}/{vote.poll}/result.{form}")
        assert (answer.status_code, code(answer)) == (409, "poll_not_closed")
        assert answer.json["detail"] != answer.json["detail_en"]


def test_a_vote_that_was_annulled_while_open_has_no_result_to_export(vote: Vote) -> None:
    vote.begin()
    vote.step("annul", reason="Nhầm nội dung", again=False)
    assert code(vote.secretary.get(f"{vote.path}/{vote.poll}/result.pdf")) == "poll_annulled"
    vote.poll = 999
    assert code(vote.secretary.get(f"{vote.path}/{vote.poll}/result.pdf")) == "poll_not_found"


def test_an_annulled_result_says_so_with_its_reason(named: Vote) -> None:
    named.step("annul", reason="Mất kết nối hàng D", again=True)
    paper = pages(get(named, "pdf"))
    assert "ĐÃ HỦY KẾT QUẢ" in paper[0]
    assert "Mất kết nối hàng D" in paper[0]
    assert all("ĐÃ HỦY" in page for page in paper)
    first = next(str(cell.value) for cell in cells(get(named, "xlsx")))
    assert first.startswith("ĐÃ HỦY KẾT QUẢ")
    assert "Mất kết nối hàng D" in first


def test_a_record_that_was_tampered_with_is_exported_with_a_warning(named: Vote) -> None:
    def change(tx: Any) -> None:
        record = tx.query(ResultRecord).one()
        record.text = record.text.replace('"votes_for":2', '"votes_for":5')

    named.scene.run(change)
    assert words.TAMPERED in whole(get(named, "pdf"))
    assert words.TAMPERED in {cell.value for cell in cells(get(named, "xlsx"))}


def test_files_have_their_types_and_names(named: Vote) -> None:
    for form, media in (("xlsx", XLSX), ("pdf", "application/pdf")):
        answer = named.secretary.get(f"{named.path}/{named.poll}/result.{form}")
        assert answer.mimetype == media
        assert f"ket-qua-bieu-quyet-{named.poll}.{form}" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_an_unnamed_result_holds_no_voters_name(vote: Vote) -> None:
    vote.begin(rule="open-vote", kind="opinion", named=False)
    vote.cast(vote.people[0], "for")
    for person in vote.people[1:3]:
        answer = vote.seats[person].post(
            f"{vote.path}/{vote.poll}/ballot", {"choice": "other", "opinion": f"Ý kiến {person}"}
        )
        assert answer.status_code == 200
    vote.step("close")
    names = {row.name for row in vote.scene.rows(Person)}
    paper, xlsx = whole(get(vote, "pdf")), get(vote, "xlsx")
    held = [name for name in names if name in paper or any(name in str(cell.value) for cell in cells(xlsx))]
    assert held == []
    assert "Danh sách" not in load_workbook(io.BytesIO(xlsx)).sheetnames
    assert f"Ý kiến {vote.people[1]}" in paper
    assert "Sơ đồ chỗ ngồi" not in paper


def test_each_exclusion_stands_in_the_base_with_its_reason(vote: Vote) -> None:
    vote.begin(rule="working-bodies", exclusions=[
        {"participant_id": vote.people[4], "code": "absent-throughout", "note": "giấy xin phép số 7"}
    ])
    vote.step("close")
    reason = shipped()["working-bodies"].exclusions[0].vi
    paper, xlsx = whole(get(vote, "pdf")), get(vote, "xlsx")
    assert f"tổng số được triệu tập: 5 trừ 1: {reason} còn 4" in paper
    assert "giấy xin phép số 7" in paper
    assert column(xlsx, "Quy tắc, căn cứ tính", f"Trừ: {reason}") == [1]
    assert column(xlsx, "Quy tắc, căn cứ tính", "Số để tính") == [4]
    assert "giấy xin phép số 7" in {cell.value for cell in cells(xlsx)}


def test_options_stand_from_high_to_low_and_ties_are_named(vote: Vote) -> None:
    vote.begin(kind="choice", options=["Một", "Hai", "Ba"], choose_most=2, base="cast")
    for person, options in zip(vote.people, ([1, 2], [2, 3], [2, 1], [2, 3]), strict=False):
        assert vote.seats[person].post(f"{vote.path}/{vote.poll}/ballot", {"options": options}).status_code == 200
    vote.step("close")
    record = record_of(vote)
    assert [(place, line.label, line.votes) for place, _, line in words.ranked(record)] == [
        (1, "Hai", 4), (2, "Một", 2), (2, "Ba", 2)
    ]
    paper = whole(get(vote, "pdf"))
    assert "ĐƯỢC CHỌN: 01/02" in paper
    assert paper.index("Hai ") < paper.index("Một ") < paper.index("Ba ")
    assert column(get(vote, "xlsx"), "Kết quả", "Hai") == [4]


def test_confidence_shows_three_levels_a_name_and_the_thresholds_reached(vote: Vote) -> None:
    vote.begin(rule="quick-poll", kind="confidence", options=["Nguyễn Văn Thử", "Trần Thị Thử"], named=True)
    for person, given in zip(vote.people, (["low", "high"], ["low", "plain"], ["low", "high"]), strict=False):
        assert vote.seats[person].post(f"{vote.path}/{vote.poll}/ballot", {"levels": given}).status_code == 200
    vote.step("close")
    rows = load_workbook(io.BytesIO(get(vote, "xlsx")))["Kết quả"].iter_rows(max_col=4, values_only=True)
    levels = {row[0]: row[1:] for row in rows if row[0] in ("Nguyễn Văn Thử", "Trần Thị Thử")}
    assert levels == {"Nguyễn Văn Thử": (0, 0, 3), "Trần Thị Thử": (2, 1, 0)}
    paper = whole(get(vote, "pdf"))
    assert "Tín nhiệm cao: 2; Tín nhiệm thấp: 1" in paper


HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "\t=1", "<b>đậm</b> & <br/> <a",
    "</para>", "_x0041_ và _x005F_", "\x00\x01\x1b", "\u202eđảo", "☃ 漢字 😀", "x" * 300, "&nbsp;&#0;", "ﷺ" * 50,
    "\ud800", "\ufffe", "a\n",
]


def sheet_with(text: str) -> ResultSheet:
    """A named opinion in which every text is this one."""
    rule = shipped()["written-consultation"]
    person = {"participant_id": 1, "name": text, "unit": text, "seat": text[:10]}
    body = PollOutcome.model_validate({
        "poll_id": 1, "meeting_id": 1, "meeting_title": text, "unit": text, "parent": text, "room": text,
        "agenda_item": text, "title": text, "motion": (f"{text}\n" * 500)[:1000], "kind": "opinion",
        "named": True, "rule": rule, "numerator": 1, "denominator": 2, "strict": True, "changeable": True,
        "quorum_needed": 0, "quorum_present": 1,
        "base": {"of": "members", "whole": 3, "count": 2, "convened": 3, "entitled": 3, "exclusions": [
            {"participant_id": 3, "name": text, "code": "x", "text": text, "note": text}
        ]},
        "options": [], "choose_most": None, "opened_ms": 1_795_600_000_000, "closed_ms": 1_795_600_090_000, "other": 1,
        "cast": 1, "not_cast": 1, "needed": 2, "passed": False, "lines": [], "opinions": [],
        "voters": [person | {"choice": "other", "opinion": text}], "silent": [person | {"participant_id": 2}],
    })
    opinion = Reserved(text, text, (f"{text}\n" * 1000)[:2000], 1_795_600_100_000, "0" * 64)
    return ResultSheet(body, "a" * 64, "b" * 128, "c" * 64, 1_795_600_090_100, valid=True, reserved=(opinion,),
                       annulled=Annulment(1_795_600_200_000, text))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_formula_or_breaks_a_file(text: str) -> None:
    sheet = sheet_with(text)
    xlsx = result_xlsx(sheet)
    assert not [cell.coordinate for cell in cells(xlsx) if cell.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(xlsx)) as packed:
        assert not [name for name in packed.namelist() if b"<f>" in packed.read(name) and "chart" not in name]
    title = load_workbook(io.BytesIO(xlsx))["Danh sách"]["B2"].value or ""
    # Excel reads _x005F_ as "_"; the library that reads it here does not.
    assert title.replace("_x005F_x", "_x") == re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    paper = pages(result_pdf(sheet))
    assert f"Trang 1/{len(paper)}" in paper[0]


def test_what_looks_like_an_escape_of_excel_reads_back_as_it_was_written() -> None:
    assert safe("_x0041_") == "_x005F_x0041_"
    assert safe("_x41_ _xyz") == "_x41_ _xyz"


def test_a_text_with_markup_is_printed_as_it_stands() -> None:
    assert "<b>đậm</b> & <br/> <a" in whole(result_pdf(sheet_with("<b>đậm</b> & <br/> <a")))


def _seated(labels: list[str | None]) -> PollOutcome:
    body = sheet_with("a").body
    voters = [
        body.voters[0].model_copy(update={"seat": label, "participant_id": number, "choice": "for"})
        for number, label in enumerate(labels)
    ]
    return body.model_copy(update={"voters": voters, "silent": []})


@pytest.mark.parametrize(
    ("labels", "places"),
    [
        (["A1", "A2", "B1", "B12"], [(0, 0), (0, 1), (1, 0), (1, 11)]),
        (["AA3", "B3", "Z4"], [(2, 0), (0, 0), (1, 1)]),          # Z before AA, as rows of a hall are called
        (["ghế chủ tọa", "A1"], [(0, 1), (0, 0)]),               # labels of another shape: side by side
        (["A1", "A-1"], [(0, 0), (0, 1)]),                       # two on one place
        (["A1", "B900"], [(0, 0), (0, 1)]),                      # wider than any room
        ([None, "A1"], [(0, 0)]),
    ],
)
def test_seats_stand_where_their_labels_say(labels: list[str | None], places: list[tuple[int, int]]) -> None:
    body = _seated(labels)
    found = {seat.label: (seat.row, seat.column) for seat in seats.seats_of(body)}
    assert [found[label] for label in labels if label] == places
    assert seats.without_seat(body) == labels.count(None)


def test_five_hundred_named_voters_fit_on_their_pages() -> None:
    body = _seated([f"{chr(65 + number // 25)}{number % 25 + 1}" for number in range(500)])
    sheet = ResultSheet(body, "a" * 64, "b" * 128, "c" * 64, 1_795_600_090_100, valid=True)
    paper = pages(result_pdf(sheet))
    assert all(f"Trang {number}/{len(paper)}" in page for number, page in enumerate(paper, 1))
    assert sum(page.count("Đồng ý") for page in paper) >= 500
    assert load_workbook(io.BytesIO(result_xlsx(sheet)))["Danh sách"].max_row == 501


@pytest.mark.parametrize("kind", list(BallotKind))
def test_every_kind_of_ballot_has_words_for_its_paper(kind: BallotKind) -> None:
    assert words.TITLES[kind]
    assert words.ASKED[kind]


def test_a_record_reads_back_as_it_was_sealed(named: Vote, tmp_path: Any) -> None:
    [record] = named.scene.rows(ResultRecord)
    assert records.canonical(PollOutcome.model_validate_json(record.text)) == record.text
    assert not records.is_valid(record, Keys(tmp_path / "keys"))  # another server's key does not vouch for it


def test_who_only_sits_or_watches_gets_no_export(named: Vote, client: Callable[..., Any]) -> None:
    path = f"{named.path}/{named.poll}/result.pdf"
    assert code(named.seats[named.people[0]].get(path)) == "forbidden"
    assert code(client("steward").get(path)) == "forbidden"
    assert client("chair").get(path).status_code == 200
