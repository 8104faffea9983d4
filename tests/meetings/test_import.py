"""Importing participants: every problem has its row, and all good rows enter or none."""

import io
import unicodedata
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from server.meetings import columns
from server.meetings.models import Participant
from server.people.models import Person
from tests.conftest import code

HEAD = ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Số thẻ Đảng", "Thành phần", "Biểu quyết", "Ghế"]


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Office:
    """A secretary with a list."""

    def __init__(self, scene, caller, meeting):
        self.scene, self.caller, self.meeting = scene, caller, meeting
        self.path = f"/api/meetings/{meeting}/participants"

    def preview(self, content, name="danh-sach.xlsx"):
        head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = head + content + b"\r\n--edge--\r\n"
        return self.caller.post(f"{self.path}/preview", data=body, content_type="multipart/form-data; boundary=edge")

    def run(self, token, key=None, **more):
        return self.caller.post(f"{self.path}/import", {"token": token, **more}, key=key)

    def listed(self):
        with self.scene.services.database.read() as session:
            rows = session.query(Participant).filter_by(meeting_id=self.meeting).order_by(Participant.id).all()
            return [(row.person.name, row.role, row.entitled, row.seat) for row in rows]


@pytest.fixture
def office(scene, client):
    return Office(scene, client("secretary"), scene.meeting(delegates=0, state="draft"))


@pytest.mark.usefixtures("any_store")
def test_a_whole_list_enters_at_once(scene, office):
    scene.unit("Đảng ủy xã Mẫu", scene.top)
    answer = office.preview(xlsx(
        HEAD,
        [1, "Nguyễn Văn A", "Bí thư", "đảng ủy xã mẫu", "001", "Chủ trì", "", "A1"],
        [2, "Trần Thị B", "Ủy viên", "", 2.0, "", "Có", "a-2"],
        [3, "Lê C", "", "", "", "Khách mời", "Không", ""],
    )).json
    assert [column["field"] for column in answer["columns"]] == [
        None, "name", "title", "unit", "card_number", "role", "entitled", "seat"
    ]
    assert (answer["rows"], answer["good"], answer["problems"]) == (3, 3, [])
    assert office.listed() == []
    assert office.run(answer["token"]).json == {"entered": 3}
    assert office.listed() == [
        ("Nguyễn Văn A", "chair", True, "A1"), ("Trần Thị B", "delegate", True, "A2"), ("Lê C", "guest", False, None)
    ]
    assert scene.rows(Person, name="Trần Thị B")[0].card_number == "2"


def test_every_problem_is_named_with_its_row_of_the_sheet(scene, office):
    taken = scene.person("Phạm Khác", card_number="777")
    scene.person("Hoàng Trùng", card_number=None)
    scene.person("Hoàng Trùng", card_number=None)
    answer = office.preview(xlsx(
        ["DANH SÁCH ĐẠI BIỂU"], [], HEAD,
        [1, "", "Bí thư"],                                       # row 4: no name
        [2, "A", "", "Đơn vị lạ"],                               # row 5: no such unit
        [3, "B", "", "", "777"],                                 # row 6: somebody else's card
        [4, "C", "", "", "", "Vua"],                             # row 7: no such part
        [5, "D", "", "", "", "Khách mời", "Có"],                 # row 8: a guest who votes
        [6, "E", "", "", "", "", "có lẽ"],                       # row 9: neither yes nor no
        [7, "F", "", "", "", "", "", "B1"],                      # row 10: good
        [8, "G", "", "", "", "", "", "b 1"],                     # row 11: the same seat
        [9, "H", "", "", "", "", "", "hàng ba"],                 # row 12: no seat
        [10, "F"],                                               # row 13: the same person
        [11, "Hoàng Trùng"],                                     # row 14: which of two
        [], [12, "K" * 121],                                     # row 16: too long
    )).json
    assert {problem["row"] for problem in answer["problems"]} == {4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 16}
    assert (answer["rows"], answer["good"], answer["problem_rows"]) == (12, 1, 11)
    by_row = {problem["row"]: problem for problem in answer["problems"]}
    assert by_row[5] == {
        "row": 5, "column": "Đơn vị", "value": "Đơn vị lạ", "message": "Không có đơn vị này trong danh mục.",
        "message_en": "The register has no such unit.",
    }
    assert (by_row[11]["message"], by_row[13]["message"]) == ("Trùng ghế với dòng 10.", "Trùng với dòng 10.")
    assert "Phạm Khác" not in str(answer), "whose card it is stays unsaid"
    assert taken


def test_either_all_rows_enter_or_none_unless_the_good_ones_are_accepted(office):
    token = office.preview(xlsx(HEAD, [1, "A"], [2, "B", "", "Lạ"])).json["token"]
    refused = office.run(token)
    assert (code(refused), refused.json["params"]) == ("import_has_problems", {"problems": 1})
    assert office.listed() == []
    assert office.run(token, accept_good_only=True).json == {"entered": 1}
    assert [row[0] for row in office.listed()] == ["A"]


def test_the_rows_are_checked_again_when_they_enter(scene, office):
    token = office.preview(xlsx(HEAD, [1, "A", "", "", "", "", "", "C1"])).json["token"]
    office.caller.post(office.path, {"person_id": scene.person(), "seat": "C1"})
    assert code(office.run(token)) == "import_has_problems"
    assert code(office.run(token, accept_good_only=True)) == "import_nothing"


def test_an_import_sent_twice_enters_once(office):
    token = office.preview(xlsx(HEAD, [1, "A"])).json["token"]
    assert [office.run(token, key="sent-twice").json for _ in range(2)] == [{"entered": 1}] * 2
    assert len(office.listed()) == 1
    assert code(office.run(token)) == "import_has_problems"


def test_known_persons_are_recognised_by_card_and_by_name(scene, office):
    scene.person("Nguyễn Văn A", card_number="001")
    scene.person("Trần B", card_number=None)
    token = office.preview(xlsx(HEAD, [1, "NGUYỄN VĂN A", "", "", "001"], [2, "trần b"])).json["token"]
    office.run(token)
    assert [row[0] for row in office.listed()] == ["Nguyễn Văn A", "Trần B"]
    assert len(scene.rows(Person)) == 2
    again = office.preview(xlsx(HEAD, [1, "Nguyễn Văn A", "", "", "001"])).json["problems"]
    assert again[0]["message"] == "Đã có trong danh sách cuộc họp."


def test_a_namesake_with_another_card_is_another_person(scene, office):
    scene.person("Nguyễn Văn A", card_number="001")
    office.run(office.preview(xlsx(HEAD, [1, "Nguyễn Văn A", "", "", "002"])).json["token"])
    assert len(scene.rows(Person, name="Nguyễn Văn A")) == 2


def with_tone_apart(letter):
    """As code page 1258 writes it: a letter with its hat or horn, then the tone as a mark of its own."""
    parts = unicodedata.normalize("NFD", letter)
    tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + "".join(tones)


@pytest.mark.parametrize(("encoding", "delimiter"), [
    ("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1258", ","),
])
def test_csv_of_every_office_is_read(office, encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in (["Họ tên", "Ghế"], ["Đặng Thị Hương", "A1"]))
    if encoding == "cp1258":
        text = "".join(map(with_tone_apart, text))
    answer = office.preview(text.encode(encoding), "ds.csv").json
    assert (answer["good"], answer["columns"][0]["sample"]) == (1, "Đặng Thị Hương")


def test_family_and_given_name_in_two_columns_are_one_name(office):
    answer = office.preview(xlsx(["Họ và tên đệm", "Tên"], ["Nguyễn Văn", "An"])).json
    office.run(answer["token"])
    assert [row[0] for row in office.listed()] == ["Nguyễn Văn An"]


def test_columns_can_be_matched_by_hand(office):
    answer = office.preview(xlsx(["Người dự", "Nơi"], ["Nguyễn An", "B2"])).json
    assert answer["problems"][0]["message"] == "Chưa xác định được cột họ và tên."
    said = {"token": answer["token"], "mapping": ["name", "seat"]}
    assert office.caller.post(f"{office.path}/preview/check", said).json["good"] == 1
    assert office.run(**said).json == {"entered": 1}
    assert office.listed() == [("Nguyễn An", "delegate", True, "B2")]
    assert code(office.run(answer["token"], mapping=["name", "name"])) == "invalid_input"


def test_a_preview_belongs_to_who_made_it_and_to_its_meeting(scene, office, client):
    token = office.preview(xlsx(HEAD, [1, "A"])).json["token"]
    below = scene.unit("Xã A", scene.top)
    stranger = client("secretary", below)
    elsewhere = scene.meeting(delegates=0, state="draft", unit=below)
    for caller, meeting in ((office.caller, elsewhere), (stranger, elsewhere)):
        answer = caller.post(f"/api/meetings/{meeting}/participants/import", {"token": token})
        assert code(answer) == "import_expired"
    assert code(office.run("../" * 8)) == "import_expired"


def far_cell(cell):
    book = Workbook()
    book.worksheets[0]["A1"], book.worksheets[0][cell] = "Họ tên", "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (80 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(("content", "expected"), [
    (b"", "sheet_empty"), (b"\n\n,,\n", "sheet_empty"), (b"PK\x03\x04 broken", "sheet_unreadable"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "sheet_unreadable"),
    (far_cell("XFD1048576"), "sheet_unreadable"), (far_cell("BB5"), "sheet_too_large"),
    (bomb(), "sheet_too_large"), (b"Ten\n" + b"A\n" * 6000, "sheet_too_large"),
    (b"x" * (5 * 1024 * 1024 + 1), "sheet_too_large"),
], ids=["empty", "blank", "broken", "old xls", "far cell", "wide", "bomb", "long", "large"])
def test_files_that_are_no_list_are_refused_in_words(office, content, expected):
    answer = office.preview(content, "tệp.xlsx")
    assert (code(answer), office.listed()) == (expected, [])
    assert "tệp.xlsx" in answer.json["detail"]


def test_a_missing_file_is_said(office):
    assert code(office.caller.post(f"{office.path}/preview", data={})) == "sheet_missing"


def test_the_template_is_understood_by_the_import(office):
    book = load_workbook(io.BytesIO(office.caller.get(f"{office.path}/template.xlsx").data))
    book.worksheets[0].append([1, "Nguyễn An", "", "", "0012", "Thư ký", "", "C3"])
    out = io.BytesIO()
    book.save(out)
    answer = office.preview(out.getvalue()).json
    assert [column["field"] for column in answer["columns"]][1:] == [
        "name", "title", "unit", "card_number", "role", "entitled", "seat"
    ]
    assert answer["good"] == 1


@pytest.mark.parametrize(("header", "field"), [
    ("HỌ VÀ TÊN", "name"), ("Họ, tên (có dấu)", "name"), ("Chức danh", "title"), ("Số thẻ đảng viên", "card_number"),
    ("Seat", "seat"), ("Ghi chú", None), ("", None), ("Tư cách đại biểu", "role"),
])
def test_headers_are_recognised(header, field):
    assert columns.recognise(header) == field
