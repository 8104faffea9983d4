"""The people, the agenda and the motions of the demonstration meeting. All of it is invented."""

import csv
import io
from dataclasses import dataclass

from server.demo.papers import names

UNITS = [
    "Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Ban Tuyên giáo và Dân vận Tỉnh ủy", names.INSPECTION,
    "Ban Nội chính Tỉnh ủy", f"{names.GOVERNMENT_PARTY} {names.PROVINCE}", "Đảng ủy các cơ quan Đảng tỉnh",
    "Đảng ủy phường Thí Dụ", "Đảng ủy phường Minh Họa", "Đảng ủy xã Mẫu Thượng", "Đảng ủy xã Mẫu Trung",
    "Đảng ủy xã Mẫu Hạ",
]
CONVENED = 60
GUESTS = 4
SIMULATED = 40

_FAMILIES = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý", "Nông", "Vi",
]
_GIVEN = [
    "An", "Bình", "Châu", "Dũng", "Đào", "Giang", "Hà", "Hạnh", "Hiếu", "Hòa", "Hương", "Khánh", "Lan", "Liên", "Long",
    "Mai", "Minh", "Nam", "Nga", "Ngọc", "Oanh", "Phong", "Phúc", "Quân", "Quế", "Sơn", "Tâm", "Thảo", "Thắng", "Thủy",
]
_TITLES = ["Ủy viên Ban Chấp hành", "Ủy viên Ban Thường vụ", "Bí thư Đảng ủy", "Phó Trưởng ban", "Chánh Văn phòng"]


@dataclass(frozen=True, slots=True)
class Seated:
    """One participant as in the list that is imported."""

    name: str
    title: str
    unit: str
    card: str
    role: str
    entitled: bool
    seat: str


def people() -> list[Seated]:
    """Everybody: sixty convened, the chair first, and four guests."""
    found = [Seated(names.SECRETARY, "Bí thư Tỉnh ủy", UNITS[0], "MSH-000001", "Chủ trì", True, "A1")]
    for number in range(1, CONVENED):
        # Every invented name carries the word Mẫu ("sample"), so that nobody takes it for a real person's.
        name = f"{_FAMILIES[number % len(_FAMILIES)]} Mẫu {_GIVEN[number % len(_GIVEN)]}"
        if number >= len(_GIVEN):
            name = f"{_FAMILIES[(number + 7) % len(_FAMILIES)]} Thị Mẫu {_GIVEN[number % len(_GIVEN)]}"
        seat = f"{'ABCDEF'[number // 10]}{number % 10 + 1}"
        title, unit = _TITLES[number % len(_TITLES)], UNITS[number % len(UNITS)]
        found.append(Seated(name, title, unit, f"MSH-{number + 1:06d}", "Đại biểu", True, seat))
    for number in range(GUESTS):
        name = f"{_FAMILIES[number + 3]} Khách Mẫu {_GIVEN[number + 5]}"
        found.append(Seated(name, "Khách mời", UNITS[6], f"MSH-9{number:05d}", "Khách mời", False, f"G{number + 1}"))
    return found


def people_csv() -> bytes:
    """The list as the secretary would get it from the office: CSV with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Số thẻ Đảng", "Thành phần", "Biểu quyết", "Ghế"])
    for number, one in enumerate(people(), 1):
        entitled = "Có" if one.entitled else "Không"
        writer.writerow([number, one.name, one.title, one.unit, one.card, one.role, entitled, one.seat])
    return out.getvalue().encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Item:
    """One agenda item; `key` is its number."""

    key: str
    title: str
    rapporteur: str
    minutes: int
    note: str = ""


AGENDA = [
    Item("1", "Khai mạc hội nghị", "", 15),
    Item("1.1", "Tuyên bố lý do, giới thiệu đại biểu", names.CHIEF_OF_OFFICE, 5),
    Item("1.2", "Thông qua chương trình hội nghị", names.SECRETARY, 10, "Biểu quyết giơ tay trên máy; công bố ngay."),
    Item("2", "Báo cáo kết quả quý III và nhiệm vụ quý IV năm 2026", names.STANDING_DEPUTY, 30),
    Item("3", "Báo cáo thu chi ngân sách và đầu tư công", "", 40),
    Item("3.1", "Thu, chi ngân sách chín tháng", names.CHAIRMAN, 20),
    Item("3.2", "Kế hoạch đầu tư công", names.CHAIRMAN, 20),
    Item(
        "4", "Dự thảo Nghị quyết về chuyển đổi số giai đoạn 2026–2030", names.CHAIRMAN, 35,
        "Cần quá nửa tổng số ủy viên.",
    ),
    Item("5", "Tờ trình chương trình làm việc năm 2027", names.CHIEF_OF_OFFICE, 15),
    Item("6", "Tờ trình chương trình kiểm tra, giám sát năm 2027", names.INSPECTOR, 15),
    Item("7", "Thảo luận", "", 60, "Mời trước ba đồng chí; mỗi đồng chí không quá 7 phút."),
    Item("8", "Bế mạc", names.SECRETARY, 10),
]


@dataclass(frozen=True, slots=True)
class Motion:
    """One motion and the base its majority is counted on."""

    key: str
    title: str
    text: str
    base: str


OPENING = Motion(
    "1.2", "Chương trình hội nghị", "Thông qua chương trình Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ tám", "present"
)
MOTIONS = [
    Motion("4", "Nghị quyết về chuyển đổi số", "Thông qua Nghị quyết về chuyển đổi số giai đoạn 2026–2030", "convened"),
    Motion("5", "Chương trình làm việc năm 2027", "Thông qua Chương trình làm việc năm 2027", "convened"),
    Motion(
        "6", "Chương trình kiểm tra, giám sát năm 2027", "Thông qua Chương trình kiểm tra, giám sát năm 2027",
        "convened",
    ),
]
