"""The rooms of the demonstration's conference: who is invited, what their tests found, who answers the telephone."""

from dataclasses import dataclass, field
from typing import Any

RUNG = {"loss": 10, "jitter": 8, "round_trip": 30, "decoded": 9990, "freezes": 0, "frames": 250, "kbps": 3900}
FIT: dict[str, Any] = {
    "down": 10_000, "up": 8_000, "top": RUNG, "low": RUNG, "audio": RUNG, "clock_off_ms": 120, "screen": True,
    "speakers": True, "microphone": True, "camera": True, "echo": True, "no_hdcp": True, "second_path": True,
    "failover_s": 20, "ups_min": 45, "technician": True, "phone_tree": True, "antivirus": True, "agrees": True,
}
LOSSY = {**RUNG, "loss": 380, "decoded": 8700, "freezes": 4}
BROKEN = {**LOSSY, "loss": 900, "jitter": 120, "decoded": 4000}


@dataclass(frozen=True)
class Room:
    """A room. `figures`: what its test found, changed from a fit one; None: it was not tested.

    `reason`: why it is let in by hand although it was not tested. `people`: how many are there, 0: not told yet.
    """

    unit: str
    technician: str
    phone: str
    people: int = 0
    figures: dict[str, Any] | None = field(default_factory=dict)
    reason: str = ""


# Telephone numbers of eleven zeros and a digit: nobody has them.
ATTACHED = Room("Đảng ủy phường Thí Dụ", "Hồ Mẫu Tùng", "0000 000 001", 34)
ROOMS = [
    ATTACHED,
    Room("Đảng ủy phường Minh Họa", "Vi Mẫu Yến", "0000 000 002", 28, {"ups_min": 10}),
    Room("Đảng ủy xã Mẫu Thượng", "Lý Mẫu Xuân", "0000 000 003", 41, {"top": LOSSY}),
    Room("Đảng ủy xã Mẫu Trung", "Ngô Mẫu Thu", "0000 000 004", 19, {"top": BROKEN, "low": LOSSY}),
    Room("Đảng ủy xã Mẫu Hạ", "Bùi Mẫu Đông", "0000 000 005", 0, {
        "down": 400, "up": 300, "top": BROKEN, "low": BROKEN, "audio": BROKEN, "microphone": False,
    }),
    Room("Đảng ủy các cơ quan Đảng tỉnh", "Dương Mẫu Hạ", "0000 000 006", 52, {"microphone": False}),
    Room("Điểm cầu hội trường trường Chính trị tỉnh Mẫu Sơn Hạ", "Đặng Mẫu Sơn", "0000 000 007", 0, None),
    Room("Điểm cầu Trung tâm hội nghị Đồn biên phòng Mẫu Thượng, nhà họp tầng 2", "Trần Mẫu Khe", "0000 000 008", 16,
         None, "Đã gọi thử bằng máy của trung tâm"),
]
PLAN = """Ngày trước: mọi điểm cầu kiểm tra đường truyền và gửi phiếu.
Trước 60 phút: kỹ thuật viên có mặt, thử hình và tiếng với trung tâm.
Trước 15 phút: báo số người có mặt; tắt micro cho đến khi được mời.
Sau hội nghị: gửi báo cáo sự cố trong ngày."""
