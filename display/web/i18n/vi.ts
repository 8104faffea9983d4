/** Texts of the wall. Vietnamese is the source; en.ts must have the same keys. */
export const vi = {
  title: "Màn hình hội trường",

  "enrol.title": "Màn hình này chưa được ghép",
  "enrol.step1": "Trên bảng điều khiển của thư ký, mở phần Thiết bị và thêm một màn hình lớn.",
  "enrol.step2": "Mở địa chỉ được cấp trên máy này ({address}) hoặc nhập mã bên dưới.",
  "enrol.step3": "Nội dung cuộc họp sẽ tự hiện.",
  "enrol.code": "Mã ghép",
  "enrol.go": "Ghép màn hình",
  "enrol.working": "Đang ghép màn hình…",
  "enrol.refused": "Mã ghép không dùng được",

  "wait.title": "Chưa có cuộc họp nào",
  "wait.body": "Màn hình sẽ tự hiện khi thư ký triệu tập cuộc họp.",
  "wait.opening": "Đang nối với máy chủ…",
  "wait.scene": "Đang lấy nội dung từ máy chủ…",

  "line.lost": "Mất kết nối với máy chủ từ {time}",
  "line.again": "Đang tự nối lại. Hình đang hiện là nội dung cuối cùng nhận được.",

  "head.rehearsal": "TẬP DƯỢT",
  "head.page": "trang {page}/{pages}",
  "head.paused": "Tạm nghỉ",
  "head.paused.since": "Tạm nghỉ từ {time}",
  "head.room-code": "Mã điểm danh",

  "kind.meeting": "Cuộc họp",
  "kind.conference": "Hội nghị",
  "kind.congress": "Đại hội",

  "welcome.hello": "Nhiệt liệt chào mừng các đồng chí đại biểu",
  "welcome.scan": "Quét mã để vào chỗ ngồi của đồng chí",
  "welcome.code": "Mã cuộc họp: {code}",
  "welcome.room-code": "Mã điểm danh: {code}",
  "welcome.come": "đại biểu đã có mặt",
  "welcome.when": "{time}, {date}",

  "item.number": "Mục {number}",
  "item.rapporteur": "Trình bày: {name}",
  "item.left": "còn lại",
  "item.over": "quá giờ",
  "item.rests": "đồng hồ dừng khi tạm nghỉ",
  "item.next": "Tiếp theo: {number}. {title}",
  "item.none": "Chương trình làm việc",
  "item.empty": "Chưa có chương trình. Thư ký lập xong, chương trình sẽ hiện ở đây.",

  "document.none": "Chưa có trang nào được trình chiếu",

  "vote.title": "Biểu quyết",
  "vote.soon": "Chuẩn bị biểu quyết",
  "vote.batch": "Biểu quyết {place}/{size}",
  "vote.most": "Chọn nhiều nhất {most} trong {of}",
  "vote.cast": "đã bỏ phiếu",
  "vote.left": "còn lại",
  "vote.up": "Hết giờ",
  "vote.goes-on": "Biểu quyết vẫn tiếp tục trong lúc tạm nghỉ",
  "vote.goes-on.until": "Biểu quyết vẫn tiếp tục trong lúc tạm nghỉ, đến {time}",
  "vote.closed": "Biểu quyết đã kết thúc",
  "vote.wait": "Chờ công bố kết quả",
  "vote.none": "Chưa có biểu quyết nào đang mở",

  "result.title": "Kết quả biểu quyết",
  "result.passed": "ĐƯỢC THÔNG QUA",
  "result.failed": "KHÔNG ĐƯỢC THÔNG QUA",
  "result.cast": "thu về {cast}/{base} phiếu",
  "result.not-cast": "Không bỏ phiếu: {n}",
  "result.none": "Chưa có kết quả nào được công bố",

  "paper.none": "Chưa có cuộc bỏ phiếu nào trên giấy",
  "rows.page": "phần {page}/{pages}",

  "annulled.title": "Biểu quyết đã bị hủy",
  "annulled.reason": "Lý do: {reason}",
  "annulled.next": "Phiếu của lần này không còn giá trị.",

  "speaker.title": "Đang phát biểu",
  "speaker.next": "Tiếp theo: {name}",
  "speaker.none": "Mời đồng chí tiếp theo",
  "speaker.time": "đã phát biểu",

  "here.title": "Điểm danh",
  "here.present": "có mặt",
  "here.excused": "vắng có lý do {n}",
  "here.guests": "khách mời {n}",
  "here.quorum": "Đủ số đại biểu để họp (cần {n})",
  "here.no-quorum": "Chưa đủ số đại biểu để họp (cần {n})",

  "relay.title": "Hội nghị trực tuyến",
  "relay.planned": "Hội nghị bắt đầu {time}, ngày {date}",
  "relay.none": "Chưa có hình. Hình hiện ở đây khi trung tâm bắt đầu tiếp phát.",
  "relay.ended": "Hội nghị trực tuyến đã kết thúc",
  "relay.floor": "{name} đang phát biểu",

  "notice.title": "Thông báo",
} as const;
