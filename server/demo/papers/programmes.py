"""The working papers of the meeting itself: programme, questions for discussion, draft notice of conclusions."""

from server.demo.papers.figures import PROJECTS, TARGETS, revenue, share, slow_projects, vn
from server.demo.papers.layout import Heading, Sheet, Signature
from server.demo.papers.names import CHIEF_OF_OFFICE, COMMITTEE, MEETING, STANDING_DEPUTY, blank_date, dated

_TO_ALL = ["Các đồng chí Tỉnh ủy viên", "Đại biểu mời dự", "Lưu Văn phòng Tỉnh ủy"]

# (time, content, who); "*" opens a part of the day
_DAY = [
    ("*", "Buổi sáng", ""),
    ("7h30–8h00", "Đón tiếp, điểm danh đại biểu", "Văn phòng Tỉnh ủy"),
    ("8h00–8h15", "1. Khai mạc, thông qua chương trình", "Thường trực Tỉnh ủy"),
    ("8h15–8h45", "2. Báo cáo kết quả quý III và nhiệm vụ quý IV năm 2026", "Văn phòng Tỉnh ủy"),
    ("8h45–9h05", "3.1. Báo cáo thu, chi ngân sách nhà nước 9 tháng", "Đảng ủy UBND tỉnh"),
    ("9h05–9h25", "3.2. Báo cáo tình hình đầu tư công", "Đảng ủy UBND tỉnh"),
    ("9h25–9h40", "Giải lao", ""),
    ("9h40–10h45", "4. Dự thảo Nghị quyết về chuyển đổi số giai đoạn 2026–2030; thảo luận, biểu quyết", "Tổ biên tập"),
    ("10h45–11h10", "5. Tờ trình Chương trình làm việc năm 2027; biểu quyết", "Văn phòng Tỉnh ủy"),
    ("11h10–11h30", "6. Tờ trình Chương trình kiểm tra, giám sát năm 2027; biểu quyết", "Ủy ban Kiểm tra Tỉnh ủy"),
    ("*", "Buổi chiều", ""),
    ("13h30–16h00", "7. Thảo luận tại hội trường; giải trình, làm rõ", "Chủ trì hội nghị"),
    ("16h00–16h30", "8. Kết luận, bế mạc hội nghị", "Thường trực Tỉnh ủy"),
]


def programme() -> bytes:
    """The programme of the meeting with the list of papers."""
    sheet = Sheet(Heading(COMMITTEE, "Số 21-CTr/TU", dated(1, 10), "Chương trình", MEETING))
    sheet.p(
        "<b>Thời gian:</b> 01 ngày, khai mạc lúc 8 giờ 00, ngày 08 tháng 10 năm 2026.",
        "<b>Địa điểm:</b> Hội trường tầng 3, Trụ sở Tỉnh ủy; trực tuyến đến điểm cầu các xã, phường đủ điều kiện.",
        "<b>Thành phần:</b> các đồng chí Ủy viên Ban Chấp hành Đảng bộ tỉnh; đại biểu mời dự theo giấy mời.",
        "<b>Chủ trì:</b> Thường trực Tỉnh ủy.",
    )
    sheet.table(
        "",
        ["Thời gian", "Nội dung", "Cơ quan, người trình bày"],
        [[time, f"<b>{what}</b>", ""] if time == "*" else [time, what, who] for time, what, who in _DAY],
        widths=[1.7, 5, 2.4],
        align="cll",
    )
    sheet.p(
        "Tài liệu được gửi trên hệ thống phòng họp không giấy trước hội nghị 3 ngày. Đề nghị các đồng chí nghiên "
        "cứu trước, mang theo "
        "thẻ đảng viên hoặc giấy mời có mã QR để điểm danh; không ghi âm, ghi hình và không chuyển tài liệu cho "
        "người không có trách nhiệm.",
        "Đồng chí nào vắng mặt phải báo cáo và được sự đồng ý của đồng chí chủ trì trước ngày 07 tháng 10 năm 2026.",
    )
    sheet.sign(Signature("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", CHIEF_OF_OFFICE, _TO_ALL))
    return sheet.build()


def regulations() -> bytes:
    """How the meeting is held: check-in, speaking, voting with the system."""
    sheet = Sheet(
        Heading(
            "Văn phòng",
            "Số 102-HD/VPTU",
            dated(1, 10),
            "Hướng dẫn",
            "sử dụng hệ thống phòng họp không giấy tại hội nghị",
            parent=COMMITTEE,
        )
    )
    sheet.h1("1. Điểm danh")
    sheet.p(
        "Đại biểu đưa mã QR trên giấy mời vào máy đọc tại cửa hội trường; màn hình hiện họ tên và số ghế. Đại biểu "
        "quên giấy mời được "
        "tra cứu theo họ tên tại bàn lễ tân."
    )
    sheet.h1("2. Xem tài liệu")
    sheet.p(
        "Tài liệu xếp theo mục chương trình. Khi chủ trì chiếu một trang, màn hình tại ghế tự chuyển theo; đại biểu "
        "có thể rời để xem "
        "trang khác và bấm “Trở lại theo chủ trì” bất cứ lúc nào."
    )
    sheet.h1("3. Đăng ký phát biểu")
    sheet.p(
        "Bấm “Đăng ký phát biểu”, chọn nội dung và chờ đồng chí chủ trì mời. Mỗi lần phát biểu không quá 7 phút; "
        "đồng hồ đếm ngược hiện "
        "trên màn hình lớn và màn hình tại ghế."
    )
    sheet.h1("4. Biểu quyết")
    sheet.p(
        "Khi mở biểu quyết, phiếu chiếm toàn màn hình với ba lựa chọn: Tán thành, Không tán thành, Không biểu "
        "quyết. Đại biểu chọn rồi xác "
        "nhận; có thể thay đổi đến khi đóng biểu quyết. Việc bầu cử, lấy phiếu về nhân sự thực hiện bằng phiếu giấy."
    )
    sheet.table(
        "Nội dung biểu quyết tại hội nghị",
        ["Mục", "Nội dung", "Hình thức", "Điều kiện thông qua"],
        [
            [
                "4",
                "Thông qua dự thảo Nghị quyết về chuyển đổi số giai đoạn 2026–2030",
                "Công khai",
                "Quá nửa tổng số Tỉnh ủy viên tán thành",
            ],
            ["5", "Thông qua Chương trình làm việc năm 2027", "Công khai", "Quá nửa tổng số Tỉnh ủy viên tán thành"],
            [
                "6",
                "Thông qua Chương trình kiểm tra, giám sát năm 2027",
                "Công khai",
                "Quá nửa tổng số Tỉnh ủy viên tán thành",
            ],
        ],
        widths=[0.8, 4.4, 1.4, 2.8],
        align="clcl",
    )
    sheet.h1("5. Khi có sự cố")
    sheet.p(
        "Nếu màn hình báo mất kết nối, đại biểu không cần thao tác; phiếu đã xác nhận được giữ và tự gửi lại. "
        "Khi cần hỗ trợ, đề nghị giơ tay để cán bộ kỹ thuật đến tận ghế."
    )
    sheet.sign(Signature("CHÁNH VĂN PHÒNG", "", CHIEF_OF_OFFICE, _TO_ALL))
    return sheet.build()


def questions() -> bytes:
    """Questions for the discussion (item 7)."""
    sheet = Sheet(
        Heading(
            COMMITTEE, "Tài liệu thảo luận", dated(6, 10), "Gợi ý", "một số vấn đề tập trung thảo luận tại hội nghị"
        )
    )
    slow = slow_projects()
    sheet.p(
        "Để hội nghị đạt chất lượng, Ban Thường vụ Tỉnh ủy gợi ý các đồng chí Tỉnh ủy viên tập trung thảo luận các "
        "vấn đề sau:"
    )
    sheet.h1("1. Về kết quả quý III và nhiệm vụ quý IV")
    sheet.p(
        f"Kinh tế 9 tháng tăng {vn(TARGETS[0][3], 2)}%, thu ngân sách đạt {share(revenue().done, revenue().plan)}% "
        "dự toán. Giải pháp nào để đạt mức "
        f"tăng {vn(TARGETS[0][4], 1)}% cả năm và thu thêm {vn(revenue().plan - revenue().done)} tỷ đồng trong quý "
        "IV? Chỉ tiêu nào có nguy cơ không đạt, "
        "trách nhiệm thuộc về ai?",
    )
    sheet.h1("2. Về đầu tư công")
    sheet.p(
        f"Còn {len(slow)}/{len(PROJECTS)} dự án trọng điểm giải ngân dưới 55%. Nguyên nhân chủ quan là gì? Có nên "
        "điều chuyển "
        f"{vn(sum(x.plan - x.paid for x in slow))} tỷ đồng chưa giải ngân của các dự án này hay không?",
    )
    sheet.h1("3. Về dự thảo Nghị quyết chuyển đổi số")
    sheet.p(
        "Các chỉ tiêu đến năm 2028, 2030 đã sát thực tế, nhất là đối với xã vùng cao chưa? Thứ tự ưu tiên đầu tư "
        "giữa hạ tầng, dữ liệu và "
        "nhân lực? Cách bảo đảm an toàn, bảo mật khi họp không giấy?",
    )
    sheet.h1("4. Về chương trình làm việc và chương trình kiểm tra, giám sát năm 2027")
    sheet.p(
        "Số lượng, thời điểm, cơ quan chuẩn bị các nội dung đã hợp lý chưa? Lĩnh vực nào cần kiểm tra, giám sát thêm?"
    )
    sheet.table(
        "Phân bổ thời gian thảo luận buổi chiều",
        ["Nội dung", "Thời lượng (phút)", "Số lượt dự kiến"],
        [
            ["Kết quả quý III, nhiệm vụ quý IV", "45", "6"],
            ["Ngân sách, đầu tư công", "40", "5"],
            ["Chuyển đổi số", "35", "5"],
            ["Giải trình của các cơ quan", "30", "4"],
            ["*Cộng", "150", "20"],
        ],
        widths=[4, 2, 2],
        align="lcc",
    )
    sheet.sign(Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", STANDING_DEPUTY, _TO_ALL))
    return sheet.build()


def conclusions() -> bytes:
    """The draft notice of conclusions (item 8)."""
    sheet = Sheet(
        Heading(
            COMMITTEE,
            "Số&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;-TB/TU",
            blank_date(10),
            "Thông báo",
            f"kết luận {MEETING}",
            draft="Dự thảo",
        )
    )
    sheet.p(
        f"Ngày 08/10/2026, Ban Chấp hành Đảng bộ tỉnh tổ chức {MEETING.replace('Hội', 'hội', 1)}. Sau khi nghe các "
        "báo cáo, tờ trình và ý kiến "
        "thảo luận, Ban Chấp hành Đảng bộ tỉnh thống nhất kết luận:",
        "<b>1.</b> Cơ bản thống nhất với báo cáo kết quả quý III và nhiệm vụ quý IV năm 2026. Yêu cầu các cấp ủy "
        "tập trung cao độ, phấn đấu hoàn "
        f"thành toàn bộ {len(TARGETS)} chỉ tiêu kế hoạch năm.",
        "<b>2.</b> Về ngân sách và đầu tư công: giao Đảng ủy Ủy ban nhân dân tỉnh chỉ đạo quyết liệt công tác thu; "
        "rà soát, điều chuyển vốn của các "
        f"dự án chậm trước ngày 30/11/2026; báo cáo Ban Thường vụ Tỉnh ủy về {len(slow_projects())} dự án giải ngân "
        "dưới 55%.",
        "<b>3.</b> Về Nghị quyết chuyển đổi số giai đoạn 2026–2030: <i>(ghi kết quả biểu quyết)</i>. Giao Ban "
        "Thường vụ Tỉnh ủy tiếp thu ý kiến, "
        "hoàn thiện, ban hành.",
        "<b>4.</b> Về Chương trình làm việc năm 2027: <i>(ghi kết quả biểu quyết)</i>.",
        "<b>5.</b> Về Chương trình kiểm tra, giám sát năm 2027: <i>(ghi kết quả biểu quyết)</i>.",
        "<b>6.</b> Giao Văn phòng Tỉnh ủy theo dõi, đôn đốc, định kỳ báo cáo Ban Thường vụ Tỉnh ủy kết quả thực "
        "hiện Thông báo này.",
    )
    sheet.sign(
        Signature(
            "T/M BAN THƯỜNG VỤ",
            "PHÓ BÍ THƯ THƯỜNG TRỰC",
            "",
            [
                "Các đảng ủy trực thuộc Tỉnh ủy",
                "Đảng ủy các xã, phường",
                "Các đồng chí Tỉnh ủy viên",
                "Lưu Văn phòng Tỉnh ủy",
            ],
        )
    )
    return sheet.build()
