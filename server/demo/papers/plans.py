"""Motions 5 and 6: the statements on the work programme and on the inspection programme of next year."""

from server.demo.papers.layout import Heading, Sheet, Signature
from server.demo.papers.names import COMMITTEE, INSPECTION, INSPECTOR, SECRETARY, TERM, dated


def programme_2027() -> bytes:
    """The statement on next year's work programme (motion 5) with its annex."""
    sheet = Sheet(
        Heading(
            COMMITTEE,
            "Số 59-TTr/TU",
            dated(6, 10),
            "Tờ trình",
            "về Chương trình làm việc năm 2027<br/>của Ban Chấp hành Đảng bộ tỉnh",
        )
    )
    sheet.to(f"Các đồng chí Ủy viên Ban Chấp hành Đảng bộ tỉnh, {TERM}")
    sheet.p(
        f"Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ tỉnh {TERM}; trên cơ sở đề xuất của các cơ quan, đơn "
        "vị, Ban Thường vụ Tỉnh "
        f"ủy xây dựng dự thảo Chương trình làm việc năm 2027 gồm {len(YEAR)} hội nghị thường kỳ, "
        f"{sum(len(items) for _, items in YEAR)} "
        "nội dung; ngoài ra có thể họp đột xuất khi cần.",
        "So với năm 2026, dự thảo giảm 3 báo cáo định kỳ, thay bằng số liệu cập nhật trên hệ thống thông tin; tăng "
        "thời gian thảo luận "
        "chuyên đề; bố trí hai nội dung chất vấn trong năm.",
        "Ban Thường vụ Tỉnh ủy kính trình Ban Chấp hành Đảng bộ tỉnh xem xét, biểu quyết thông qua.",
    )
    sheet.sign(
        Signature(
            "T/M BAN THƯỜNG VỤ",
            "BÍ THƯ",
            SECRETARY,
            ["Như kính gửi", "Các ban Đảng, Văn phòng Tỉnh ủy", "Lưu Văn phòng Tỉnh ủy"],
        )
    )
    sheet.annex("Phụ lục", "CHƯƠNG TRÌNH LÀM VIỆC NĂM 2027<br/>CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH")
    rows: list[list[str]] = []
    number = 0
    for meeting, items in YEAR:
        rows.append(["*", meeting, "", ""])
        for item in items:
            number += 1
            rows.append([str(number), *item])
    sheet.table(
        "", ["TT", "Nội dung", "Cơ quan chuẩn bị", "Hình thức văn bản"], rows, widths=[0.7, 5, 2.4, 1.5], align="cllc"
    )
    return sheet.build()


YEAR: list[tuple[str, list[tuple[str, str, str]]]] = [
    (
        "Hội nghị lần thứ mười (tháng 3)",
        [
            ("Kết quả quý I và nhiệm vụ quý II năm 2027", "Văn phòng Tỉnh ủy", "Báo cáo"),
            ("Đề án phát triển kinh tế số nông thôn", "Đảng ủy UBND tỉnh", "Nghị quyết"),
            ("Chất vấn về giải phóng mặt bằng các dự án trọng điểm", "Thường trực Tỉnh ủy", "Kết luận"),
        ],
    ),
    (
        "Hội nghị lần thứ mười một (tháng 6)",
        [
            ("Kết quả 6 tháng đầu năm và nhiệm vụ 6 tháng cuối năm 2027", "Văn phòng Tỉnh ủy", "Báo cáo"),
            ("Tình hình thu, chi ngân sách và đầu tư công 6 tháng", "Đảng ủy UBND tỉnh", "Báo cáo"),
            ("Kết quả kiểm tra, giám sát 6 tháng", "Ủy ban Kiểm tra Tỉnh ủy", "Báo cáo"),
            ("Sơ kết hai năm mô hình chính quyền địa phương hai cấp", "Ban Tổ chức Tỉnh ủy", "Kết luận"),
        ],
    ),
    (
        "Hội nghị lần thứ mười hai (tháng 9)",
        [
            ("Kết quả 9 tháng và nhiệm vụ quý IV năm 2027", "Văn phòng Tỉnh ủy", "Báo cáo"),
            ("Nâng cao chất lượng giáo dục vùng cao đến năm 2035", "Đảng ủy UBND tỉnh", "Nghị quyết"),
            ("Chất vấn về cải cách hành chính cấp xã", "Thường trực Tỉnh ủy", "Kết luận"),
        ],
    ),
    (
        "Hội nghị lần thứ mười ba (tháng 12)",
        [
            ("Tổng kết công tác năm 2027, nhiệm vụ năm 2028", "Văn phòng Tỉnh ủy", "Nghị quyết"),
            ("Kiểm điểm tập thể, cá nhân Ban Thường vụ Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Báo cáo"),
            ("Báo cáo tài chính đảng năm 2027", "Văn phòng Tỉnh ủy", "Báo cáo"),
            ("Chương trình làm việc; chương trình kiểm tra, giám sát năm 2028", "Ban Thường vụ Tỉnh ủy", "Tờ trình"),
            ("Kết quả thực hiện Nghị quyết về chuyển đổi số", "Đảng ủy UBND tỉnh", "Báo cáo"),
        ],
    ),
]


def inspection_2027() -> bytes:
    """The statement on next year's inspection programme (motion 6)."""
    sheet = Sheet(
        Heading(
            INSPECTION,
            "Số 31-TTr/UBKTTU",
            dated(5, 10),
            "Tờ trình",
            "về Chương trình kiểm tra, giám sát năm 2027<br/>của Ban Chấp hành Đảng bộ tỉnh",
            parent=COMMITTEE,
        )
    )
    sheet.to("Ban Chấp hành Đảng bộ tỉnh")
    sheet.p(
        "Căn cứ quy định của Trung ương về công tác kiểm tra, giám sát và kỷ luật của Đảng; căn cứ tình hình Đảng "
        "bộ tỉnh, Ủy ban Kiểm "
        f"tra Tỉnh ủy tham mưu dự thảo Chương trình năm 2027 gồm {len(SUBJECTS)} cuộc, trong đó "
        f"{sum(1 for x in SUBJECTS if x[0] == 'Kiểm tra')} "
        f"cuộc kiểm tra và {sum(1 for x in SUBJECTS if x[0] == 'Giám sát')} cuộc giám sát chuyên đề.",
        "Nguyên tắc: có trọng tâm, trọng điểm; không chồng chéo với thanh tra, kiểm toán nhà nước; mỗi tổ chức đảng "
        "không quá một cuộc "
        "trong năm; thực hiện một phần việc thẩm tra, xác minh trên dữ liệu số.",
    )
    sheet.table(
        "Dự kiến các cuộc kiểm tra, giám sát năm 2027",
        ["TT", "Hình thức", "Nội dung", "Đối tượng", "Thời gian"],
        [[str(n), *row] for n, row in enumerate(SUBJECTS, start=1)],
        widths=[0.7, 1.3, 4, 2.7, 1.2],
        align="cclll",
    )
    sheet.p("Kính trình Ban Chấp hành Đảng bộ tỉnh xem xét, biểu quyết thông qua.")
    sheet.sign(
        Signature(
            "T/M ỦY BAN KIỂM TRA",
            "CHỦ NHIỆM",
            INSPECTOR,
            ["Như kính gửi", "Thường trực Tỉnh ủy", "Thành viên Ủy ban Kiểm tra", "Lưu Ủy ban Kiểm tra"],
        )
    )
    return sheet.build()


SUBJECTS = [
    ("Kiểm tra", "Lãnh đạo, chỉ đạo giải ngân vốn đầu tư công", "3 đảng ủy sở, ngành; 2 đảng ủy xã", "Quý I"),
    ("Kiểm tra", "Thực hiện Nghị quyết về chuyển đổi số", "Đảng ủy 4 xã, phường", "Quý II"),
    ("Kiểm tra", "Công tác cán bộ sau sắp xếp tổ chức bộ máy", "Đảng ủy 3 phường", "Quý II"),
    ("Kiểm tra", "Thu, chi ngân sách đảng và đảng phí năm 2026", "5 đảng ủy trực thuộc", "Quý III"),
    ("Kiểm tra", "Quản lý, sử dụng đất đai, tài nguyên, khoáng sản", "Đảng ủy 3 xã", "Quý III"),
    ("Giám sát", "Tiếp công dân, giải quyết khiếu nại, tố cáo của người đứng đầu", "Đảng ủy 6 xã, phường", "Quý I"),
    ("Giám sát", "Thực hiện quy định về nêu gương", "4 đồng chí cán bộ diện quản lý", "Quý II"),
    ("Giám sát", "Sinh hoạt chi bộ, quản lý đảng viên", "Đảng ủy 5 xã", "Quý III"),
    ("Giám sát", "Phòng, chống tham nhũng, lãng phí, tiêu cực trong mua sắm", "2 đảng ủy sở, ngành", "Quý IV"),
]
