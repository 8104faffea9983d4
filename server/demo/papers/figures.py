"""The figures of the fictitious province of Mẫu Sơn Hạ, first nine months of 2026. Money in tỷ đồng (10⁹ VND).

Only single figures are written here; every sum and every percentage in the papers is computed from them, so that the
papers agree with each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


def vn(value: float, digits: int = 0) -> str:
    """A number as it is written in Vietnamese: 12.345,6. Halves are rounded away from zero, as accountants do."""
    scaled = Fraction(str(value)) * 10**digits
    whole = int(abs(scaled) + Fraction(1, 2))
    text = f"{whole // 10**digits:,}".replace(",", ".")
    tail = f",{whole % 10**digits:0{digits}d}" if digits else ""
    return ("-" if scaled < 0 and whole else "") + text + tail


def share(part: float, whole: float) -> str:
    """`part` in per cent of `whole`, one decimal."""
    return vn(100 * part / whole, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the budget: the year's plan, nine months of this year, the same months of last year."""

    name: str
    plan: int
    done: int
    before: int


def total(lines: Iterable[Line], name: str = "Tổng số") -> Line:
    """The sum of `lines`."""
    every = list(lines)
    return Line(name, sum(x.plan for x in every), sum(x.done for x in every), sum(x.before for x in every))


DOMESTIC = [
    Line("Thu từ khu vực doanh nghiệp nhà nước do Trung ương quản lý", 1850, 1395, 1288),
    Line("Thu từ khu vực doanh nghiệp nhà nước do địa phương quản lý", 420, 318, 301),
    Line("Thu từ khu vực doanh nghiệp có vốn đầu tư nước ngoài", 1260, 1021, 934),
    Line("Thu từ khu vực kinh tế ngoài quốc doanh", 2380, 1867, 1654),
    Line("Thuế thu nhập cá nhân", 960, 788, 701),
    Line("Lệ phí trước bạ", 540, 402, 378),
    Line("Thuế bảo vệ môi trường", 880, 611, 640),
    Line("Các loại phí, lệ phí", 310, 251, 229),
    Line("Thu tiền sử dụng đất", 3200, 2214, 1786),
    Line("Thu tiền cho thuê đất, thuê mặt nước", 410, 368, 297),
    Line("Thu từ hoạt động xổ số kiến thiết", 290, 236, 221),
    Line("Thu cấp quyền khai thác khoáng sản, tài nguyên nước", 185, 149, 133),
    Line("Thu khác ngân sách", 350, 287, 262),
]
CUSTOMS = [
    Line("Thuế xuất khẩu, thuế nhập khẩu", 620, 517, 448),
    Line("Thuế giá trị gia tăng hàng nhập khẩu", 1830, 1415, 1267),
]
INVESTMENT = [
    Line("Chi đầu tư từ nguồn cân đối ngân sách", 2140, 1382, 1205),
    Line("Chi đầu tư từ nguồn thu tiền sử dụng đất", 2880, 1616, 1334),
    Line("Chi đầu tư từ nguồn xổ số kiến thiết", 290, 187, 166),
    Line("Chi đầu tư từ nguồn bội chi ngân sách địa phương", 340, 158, 121),
]
RECURRENT = [
    Line("Sự nghiệp giáo dục, đào tạo và dạy nghề", 4260, 3098, 2871),
    Line("Sự nghiệp y tế, dân số và gia đình", 1185, 862, 804),
    Line("Sự nghiệp khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số", 395, 262, 148),
    Line("Sự nghiệp văn hóa, thể thao, phát thanh, truyền hình", 318, 227, 213),
    Line("Bảo đảm xã hội", 1040, 791, 722),
    Line("Sự nghiệp kinh tế", 1265, 834, 787),
    Line("Sự nghiệp bảo vệ môi trường", 236, 158, 149),
    Line("Quản lý hành chính nhà nước, Đảng, đoàn thể", 1870, 1371, 1402),
    Line("Quốc phòng, an ninh", 412, 309, 288),
    Line("Chi khác", 98, 61, 57),
]
OTHER_SPENDING = [
    Line("Chi trả nợ lãi", 42, 29, 26),
    Line("Chi bổ sung quỹ dự trữ tài chính", 1, 1, 1),
    Line("Dự phòng ngân sách", 378, 164, 139),
]

MONTHS = [f"T{month}" for month in range(1, 10)]
REVENUE_BEFORE = [1402, 968, 1141, 1256, 1168, 1114, 1215, 1127]  # the ninth is what is left of the total
REVENUE_NOW = [1578, 1012, 1286, 1451, 1334, 1249, 1472, 1261]

QUARTERS = ["I/2025", "II/2025", "III/2025", "IV/2025", "I/2026", "II/2026", "III/2026"]
GROWTH = [7.21, 7.68, 7.94, 8.11, 7.87, 8.26, 8.63]  # GRDP against the same quarter, per cent
STRUCTURE = {
    "Nông, lâm nghiệp và thủy sản": 17.8,
    "Công nghiệp và xây dựng": 38.6,
    "Dịch vụ": 36.9,
    "Thuế sản phẩm trừ trợ cấp": 6.7,
}
SECTORS = [
    ("Nông, lâm nghiệp, thủy sản", 3.42, 3.71),
    ("Công nghiệp", 9.85, 10.64),
    ("Xây dựng", 8.12, 9.03),
    ("Dịch vụ", 7.96, 8.47),
]


def revenue() -> Line:
    return total([*DOMESTIC, *CUSTOMS], "Tổng thu ngân sách nhà nước trên địa bàn")


def spending() -> Line:
    return total([*INVESTMENT, *RECURRENT, *OTHER_SPENDING], "Tổng chi ngân sách địa phương")


def monthly() -> tuple[list[int], list[int]]:
    """Revenue by month (this year, last year); the months add up to the totals."""
    whole = revenue()
    return [*REVENUE_NOW, whole.done - sum(REVENUE_NOW)], [*REVENUE_BEFORE, whole.before - sum(REVENUE_BEFORE)]


@dataclass(frozen=True, slots=True)
class Commune:
    """Revenue of a commune or ward: plan of the year and nine months, of which land."""

    name: str
    plan: int
    done: int
    land: int


_PLACES = (
    "Phường Mẫu Sơn",
    "Phường Hồ Sen",
    "Phường Đông Gió",
    "Phường Cầu Đá",
    "Phường Bến Trăng",
    "Xã Suối Mây",
    "Xã Đồi Sim",
    "Xã Bản Lúa",
    "Xã Khe Trăng",
    "Xã Đồng Thơm",
    "Xã Mẫu An",
    "Xã Mẫu Bình",
    "Xã Mẫu Hòa",
    "Xã Mẫu Phú",
    "Xã Thác Bạc Hạ",
    "Xã Rừng Thông",
    "Xã Chợ Phiên",
    "Xã Đèo Gió",
    "Xã Nà Lụa",
    "Xã Nà Mây",
    "Xã Pác Sương",
    "Xã Lũng Ngô",
    "Xã Lũng Đào",
    "Xã Hang Én",
    "Xã Bãi Dâu",
    "Xã Bến Ngói",
    "Xã Gò Chè",
    "Xã Đồng Sương",
    "Xã Tân Mẫu",
    "Xã Quang Mẫu",
    "Xã Hồng Mẫu",
    "Xã Vọng Nguyệt",
    "Xã Sơn Hạ",
    "Xã Sơn Trung",
    "Xã Sơn Thượng",
    "Xã Thanh Vân Hạ",
    "Xã Bình Minh Hạ",
    "Xã Ao Trời",
)


def communes() -> list[Commune]:
    """38 communes and wards; wards are richer. Figures follow from the position, so they never change."""
    found = []
    for number, name in enumerate(_PLACES):
        plan = (212 if name.startswith("Phường") else 34) + (number * 37 + 11) % 53
        done = plan * (61 + (number * 29 + 7) % 34) // 100
        found.append(Commune(name, plan, done, done * (18 + (number * 13) % 27) // 100))
    return found


@dataclass(frozen=True, slots=True)
class Project:
    """A public investment project: total, plan of 2026, paid out by 30 September."""

    name: str
    owner: str
    total: int
    plan: int
    paid: int


PROJECTS = [
    Project("Đường nối cao tốc với Khu công nghiệp Sơn Hạ, giai đoạn 1", "Ban QLDA giao thông", 1860, 620, 468),
    Project("Cầu Bến Trăng và đường dẫn hai đầu cầu", "Ban QLDA giao thông", 742, 260, 214),
    Project("Nâng cấp đường tỉnh 239, đoạn Đèo Gió – Nà Lụa", "Ban QLDA giao thông", 518, 185, 97),
    Project("Bệnh viện đa khoa tỉnh, khối điều trị nội trú", "Ban QLDA dân dụng", 935, 310, 241),
    Project("Trường phổ thông nội trú liên cấp Pác Sương", "Ban QLDA dân dụng", 186, 92, 81),
    Project("Trường phổ thông nội trú liên cấp Lũng Đào", "Ban QLDA dân dụng", 174, 88, 69),
    Project("Trung tâm dữ liệu và giám sát, điều hành thông minh của tỉnh", "Sở Khoa học và Công nghệ", 298, 124, 63),
    Project("Hồ chứa nước Khe Trăng và hệ thống kênh", "Ban QLDA nông nghiệp", 624, 205, 133),
    Project("Kè chống sạt lở bờ sông đoạn qua phường Cầu Đá", "Ban QLDA nông nghiệp", 265, 118, 102),
    Project("Cấp nước sinh hoạt liên xã Suối Mây – Đồi Sim – Bản Lúa", "Ban QLDA nông nghiệp", 142, 64, 38),
    Project("Hạ tầng kỹ thuật Cụm công nghiệp Mẫu Phú", "UBND xã Mẫu Phú", 388, 136, 59),
    Project("Khu tái định cư Thác Bạc Hạ", "UBND xã Thác Bạc Hạ", 97, 58, 51),
    Project("Nhà ở xã hội phường Đông Gió (phần vốn ngân sách)", "Sở Xây dựng", 210, 90, 44),
    Project("Số hóa, lưu trữ hồ sơ của các cơ quan Đảng cấp xã", "Văn phòng Tỉnh ủy", 46, 22, 17),
]


def slow_projects() -> list[Project]:
    """The projects that paid out less than 55% of the year's plan, slowest first."""
    return sorted((x for x in PROJECTS if 100 * x.paid < 55 * x.plan), key=lambda x: x.paid / x.plan)


# name, unit, plan of the year, nine months, estimate of the year
TARGETS: list[tuple[str, str, float, float, float, int]] = [
    ("Tốc độ tăng trưởng kinh tế (GRDP)", "%", 8.0, 8.26, 8.4, 2),
    ("GRDP bình quân đầu người", "triệu đồng", 92, 68.4, 93.1, 1),
    ("Tổng vốn đầu tư thực hiện toàn xã hội", "tỷ đồng", 38500, 27340, 38900, 0),
    ("Kim ngạch xuất khẩu", "triệu USD", 1450, 1126, 1512, 0),
    ("Sản lượng lương thực có hạt", "nghìn tấn", 412, 318, 415, 0),
    ("Số xã đạt chuẩn nông thôn mới", "xã", 24, 21, 24, 0),
    ("Khách du lịch", "nghìn lượt", 3200, 2684, 3390, 0),
    ("Doanh nghiệp thành lập mới", "doanh nghiệp", 780, 614, 805, 0),
    ("Tỷ lệ lao động qua đào tạo có bằng, chứng chỉ", "%", 34.5, 33.8, 34.6, 1),
    ("Giải quyết việc làm mới", "người", 18500, 14720, 18900, 0),
    ("Tỷ lệ hộ nghèo đa chiều còn", "%", 3.9, 4.2, 3.8, 1),
    ("Tỷ lệ dân số tham gia bảo hiểm y tế", "%", 96.0, 95.4, 96.1, 1),
    ("Số bác sĩ trên một vạn dân", "bác sĩ", 12.2, 11.9, 12.2, 1),
    ("Tỷ lệ trường học đạt chuẩn quốc gia", "%", 74.0, 72.6, 74.2, 1),
    ("Tỷ lệ hồ sơ giải quyết trực tuyến toàn trình", "%", 80.0, 77.9, 82.0, 1),
    ("Tỷ lệ che phủ rừng", "%", 58.5, 58.4, 58.5, 1),
    ("Tỷ lệ dân cư nông thôn dùng nước hợp vệ sinh", "%", 98.0, 97.3, 98.0, 1),
    ("Tỷ lệ chất thải rắn sinh hoạt được thu gom, xử lý", "%", 94.0, 92.1, 94.0, 1),
    ("Kết nạp đảng viên mới", "đảng viên", 2150, 1687, 2200, 0),
    ("Tỷ lệ tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên", "%", 90.0, 0, 91.0, 1),
]
