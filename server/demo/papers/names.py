"""The fictitious province, its bodies and its signatories. No such province, and no such person, exists."""

PROVINCE = "Mẫu Sơn Hạ"
COMMITTEE = f"Tỉnh ủy {PROVINCE}"
GOVERNMENT_PARTY = "Đảng ủy Ủy ban nhân dân tỉnh"
GOVERNMENT_PARTY_HEAD = "Đảng ủy<br/>Ủy ban nhân dân tỉnh"  # in two lines, for the head of a paper
INSPECTION = "Ủy ban Kiểm tra Tỉnh ủy"
MEETING = "Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ tám"
TERM = "nhiệm kỳ 2025–2030"

SECRETARY = "Nguyễn Văn Mẫu"
STANDING_DEPUTY = "Trần Thị Thí Dụ"
CHAIRMAN = "Phạm Minh Họa"
CHIEF_OF_OFFICE = "Lê Thử Nghiệm"
INSPECTOR = "Đỗ Thị Giả Định"


def dated(day: int, month: int, year: int = 2026) -> str:
    """Place and date as on a paper: two digits for days below 10 and for January and February."""
    shown = f"{month:02d}" if month in {1, 2} else str(month)
    return f"{PROVINCE}, ngày {day:02d} tháng {shown} năm {year}"


def blank_date(month: int, year: int = 2026) -> str:
    """The date line of a draft."""
    return f"{PROVINCE}, ngày&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;tháng {month} năm {year}"
