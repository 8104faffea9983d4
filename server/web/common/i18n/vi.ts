/** Texts that every surface shares. Vietnamese is the source; en.ts must have the same keys. */
export const vi = {
  "language.name": "Tiếng Việt",
  "language.switch": "Chuyển ngôn ngữ",

  "line.connecting": "Đang kết nối với máy chủ…",
  "line.online": "Đã kết nối",
  "line.lost": "Mất kết nối với máy chủ từ {time}, đang kết nối lại…",
  "line.signedOut": "Chưa đăng nhập hoặc phiên đã hết hạn.",
  "line.update": "Có bản mới của màn hình, sẽ tự tải lại khi an toàn.",

  "send.sending": "Đang gửi…",
  "send.waiting": "Chưa gửi được, đang thử lại…",
  "send.done": "Đã gửi",
  "send.refused": "Không được chấp nhận",

  "refusal.offline": "Chưa liên lạc được với máy chủ.",
  "refusal.offline.next": "Kiểm tra đường truyền; màn hình sẽ tự nối lại.",
  "refusal.unreadable": "Máy chủ trả lời không đúng dạng.",
  "refusal.unreadable.next": "Thử lại; nếu vẫn vậy, báo kỹ thuật viên.",
  "refusal.cancelled": "Đã dừng theo yêu cầu.",
  "refusal.cancelled.next": "Gửi lại khi cần.",
  "refusal.request": "Mã yêu cầu: {id}",

  "action.cancel": "Thôi",
  "action.close": "Đóng",
  "action.confirm": "Xác nhận",
  "action.retry": "Thử lại",
  "action.delete": "Xóa",
  "action.undo": "Hoàn tác",
  "action.back": "Quay lại",
  "action.signIn": "Đăng nhập",
  "action.signOut": "Đăng xuất",
  "action.reload": "Tải lại",

  "theme.light": "Nền sáng",
  "theme.dark": "Nền tối",

  "vote.for": "Tán thành",
  "vote.against": "Không tán thành",
  "vote.abstain": "Không biểu quyết",

  "presence.present": "Có mặt",
  "presence.absent": "Chưa có mặt",
  "presence.excused": "Vắng có lý do",
  "presence.device": "Thiết bị không hoạt động",

  "dialog.press": "Phím {key} để xác nhận, Esc để thôi.",

  "pin.label": "Bàn phím số",
  "pin.digits": "Đã nhập {n}/{of} số",
  "pin.delete": "Xóa một số",
  "pin.clear": "Xóa hết",

  "pad.label": "Bàn phím chữ",
  "pad.shift": "Viết hoa",
  "pad.delete": "Xóa một chữ",
  "pad.space": "Dấu cách",
  "pad.done": "Xong",
  "pad.telex": "Kiểu gõ Telex: aa → â, dd → đ, dấu: s f r x j",
  "pad.telex.on": "Telex: đang bật",
  "pad.telex.off": "Telex: đang tắt",

  "page.of": "trang {page}/{pages}",
  "page.alt": "Trang {page} của {title}",
  "page.previous": "Trang trước",
  "page.next": "Trang sau",
  "page.zoomIn": "Phóng to",
  "page.zoomOut": "Thu nhỏ",
  "page.fit": "Vừa màn hình",
  "page.up": "Lên phía trên của trang",
  "page.down": "Xuống phía dưới của trang",
  "page.loading": "Đang mở trang {page}…",
  "page.failed": "Chưa mở được trang {page}. Màn hình đang thử lại.",
  "page.none": "Tài liệu chưa có trang nào. Trang sẽ hiện ở đây khi máy chủ dựng xong.",

  "progress.of": "{done}/{of}",

  "keys.title": "Phím tắt",
  "keys.show": "Xem phím tắt",
  "keys.none": "Màn hình này chưa có phím tắt.",
  "keys.space": "Cách",

  "seats.title": "Sơ đồ chỗ ngồi",
  "seats.legend": "Chú giải",
  "seats.summary": "{present} có mặt trên {seats} chỗ",
  "seats.seat": "Ghế {seat}: {who}, {state}",
  "seats.empty": "Ghế {seat}: không xếp người",
  "seats.none": "Chưa có sơ đồ. Thư ký xếp chỗ khi lập danh sách đại biểu.",

  "crash.title": "Màn hình gặp trục trặc",
  "crash.body": "Việc đã được ghi nhận trên máy chủ vẫn còn nguyên. Màn hình tự mở lại sau {seconds} giây.",
  "crash.stuck": "Màn hình đã tự mở lại nhiều lần mà chưa khỏi. Đồng chí báo kỹ thuật viên, hoặc chạm để thử lại.",
} as const;
