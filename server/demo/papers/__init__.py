"""The papers of the demonstration meeting, in the format of Party papers, made by the project's own code.

A fictitious province throughout. Texts are in `reports`, `finance`, `resolutions`, `plans` and `programmes`, figures in
`figures`, names in `names`, the look in `layout` and `charts`, the typeface in `server.core.typeface`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from server.demo.papers import finance, plans, programmes, reports, resolutions


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: `kind` and `number` as printed, `agenda_key` the item it belongs to ("3.1"); `make` builds the PDF."""

    slug: str
    title: str
    kind: str
    number: str
    agenda_key: str
    make: Callable[[], bytes]


def all_papers() -> list[Paper]:
    """Every paper of the demonstration meeting, in the order of the agenda."""
    return [
        Paper(
            "huong-dan-phong-hop",
            "Hướng dẫn sử dụng hệ thống phòng họp không giấy tại hội nghị",
            "Hướng dẫn",
            "102-HD/VPTU",
            "1.1",
            programmes.regulations,
        ),
        Paper(
            "chuong-trinh-hoi-nghi",
            "Chương trình Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ tám",
            "Chương trình",
            "21-CTr/TU",
            "1.2",
            programmes.programme,
        ),
        Paper(
            "bao-cao-quy-iii",
            "Báo cáo kết quả quý III, 9 tháng và nhiệm vụ trọng tâm quý IV năm 2026",
            "Báo cáo",
            "214-BC/TU",
            "2",
            reports.quarter,
        ),
        Paper(
            "phu-luc-chi-tieu",
            "Phụ lục tình hình thực hiện các chỉ tiêu chủ yếu năm 2026",
            "Phụ lục",
            "214-BC/TU",
            "2",
            reports.targets,
        ),
        Paper(
            "bao-cao-ngan-sach",
            "Báo cáo tình hình thực hiện thu, chi ngân sách nhà nước 9 tháng năm 2026",
            "Báo cáo",
            "96-BC/ĐU",
            "3.1",
            finance.budget,
        ),
        Paper(
            "bao-cao-dau-tu-cong",
            "Báo cáo tình hình thực hiện kế hoạch đầu tư công năm 2026",
            "Báo cáo",
            "97-BC/ĐU",
            "3.2",
            finance.investment,
        ),
        Paper(
            "to-trinh-chuyen-doi-so",
            "Tờ trình về việc ban hành Nghị quyết về chuyển đổi số giai đoạn 2026–2030",
            "Tờ trình",
            "58-TTr/TU",
            "4",
            resolutions.statement_on_resolution,
        ),
        Paper(
            "du-thao-nghi-quyet-chuyen-doi-so",
            "Dự thảo Nghị quyết về chuyển đổi số giai đoạn 2026–2030",
            "Nghị quyết",
            "",
            "4",
            resolutions.resolution,
        ),
        Paper(
            "to-trinh-chuong-trinh-lam-viec-2027",
            "Tờ trình về Chương trình làm việc năm 2027",
            "Tờ trình",
            "59-TTr/TU",
            "5",
            plans.programme_2027,
        ),
        Paper(
            "to-trinh-kiem-tra-giam-sat-2027",
            "Tờ trình về Chương trình kiểm tra, giám sát năm 2027",
            "Tờ trình",
            "31-TTr/UBKTTU",
            "6",
            plans.inspection_2027,
        ),
        Paper(
            "goi-y-thao-luan",
            "Gợi ý một số vấn đề tập trung thảo luận tại hội nghị",
            "Gợi ý",
            "",
            "7",
            programmes.questions,
        ),
        Paper(
            "du-thao-thong-bao-ket-luan",
            "Dự thảo Thông báo kết luận hội nghị",
            "Thông báo",
            "",
            "8",
            programmes.conclusions,
        ),
    ]
