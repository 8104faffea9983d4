"""What the relay can refuse."""

from server.core.errors import define

define(
    "relay_pass_wrong", 401,
    vi="Mã xem tiếp phát không đúng.", en="The pass for the relay is wrong.",
    next_vi="Mở lại trang để nhận mã mới.", next_en="Open the page again to get a new pass.",
)
define(
    "relay_pass_expired", 401,
    vi="Mã xem tiếp phát đã hết hạn.", en="The pass for the relay has expired.",
    next_vi="Mở lại trang để nhận mã mới.", next_en="Open the page again to get a new pass.",
)
define(
    "relay_away", 503,
    vi="Bộ phận tiếp phát chưa chạy hoặc đang khởi động lại.", en="The relay is not running, or is starting again.",
    next_vi="Đợi ít giây; nếu vẫn vậy, gọi kỹ thuật viên.", next_en="Wait some seconds; then call the technician.",
)
define(
    "relay_offer_wrong", 400,
    vi="Lời mời nhận hình (SDP) không đọc được.", en="The offer (SDP) cannot be read.",
    next_vi="Mở lại trang xem tiếp phát; dùng trình duyệt còn được cập nhật.",
    next_en="Open the relay's page again, in a browser that is kept up to date.",
)
define(
    "relay_not_running", 404,
    vi="Hội nghị này chưa được tiếp phát.", en="This conference is not being relayed now.",
    next_vi="Đợi trung tâm bắt đầu tiếp phát.", next_en="Wait until the centre starts the relay.",
)
define(
    "relay_type_wrong", 415,
    vi="Kiểu nội dung gửi lên không đúng.", en="The content has the wrong type.",
    next_vi="Gửi với Content-Type {type}.", next_en="Send it with Content-Type {type}.",
)
define(
    "relay_offer_missing", 400,
    vi="Thiếu lời mời (SDP): máy phát không tự đưa lời mời trước.",
    en="There is no offer (SDP): this relay does not make the offer itself.",
    next_vi="Dùng phần mềm gửi lời mời của mình (WHEP, WHIP).",
    next_en="Use a player that sends its own offer (WHEP, WHIP).",
)
define(
    "relay_match_wrong", 412,
    vi="ETag không phải của phiên này.", en="The ETag is not that of this session.",
    next_vi="Mở phiên mới.", next_en="Begin a new session.",
)
define(
    "relay_no_restart", 422,
    vi="Phiên đang mở không khởi động lại ICE.", en="A session does not restart ICE.",
    next_vi="Đóng phiên này rồi mở phiên mới.", next_en="End this session and begin a new one.",
)
define(
    "relay_too_slow", 408,
    vi="Lời mời nhận hình gửi quá chậm.", en="The offer came too slowly.",
    next_vi="Thử lại; nếu lặp lại, kiểm tra đường truyền.", next_en="Try again; if it happens again, check the line.",
)
define(
    "relay_full", 503,
    vi="Điểm phát đã đủ số người xem.", en="The relay has as many viewers as it can carry.",
    next_vi="Xem chung tại màn hình lớn, hoặc báo kỹ thuật viên của trung tâm.",
    next_en="Watch on the room's wall, or tell the centre's technician.",
)
define(
    "relay_viewer_unknown", 404,
    vi="Phiên xem này đã kết thúc.", en="This viewing has ended.",
    next_vi="Mở lại trang xem tiếp phát.", next_en="Open the relay's page again.",
)
define(
    "relay_not_admitted", 403,
    vi="Điểm cầu này chưa được nhận vào tiếp phát.", en="This site has not been admitted to the relay.",
    next_vi="Làm lại bài kiểm tra hạ tầng, hoặc gọi trung tâm.", next_en="Run the readiness test again, or call the centre.",
)
define(
    "relay_none", 404,
    vi="Cuộc họp này chưa có hội nghị trực tuyến.", en="This meeting has no online conference.",
    next_vi="Tạo hội nghị trực tuyến trên bàn điều khiển.", next_en="Create the conference on the console.",
)
define(
    "relay_exists", 409,
    vi="Cuộc họp này đã có hội nghị trực tuyến.", en="This meeting already has an online conference.",
    next_vi="Sửa hội nghị đang có.", next_en="Change the one it has.",
)
define(
    "relay_attached", 409,
    vi="Cuộc họp này đã là điểm cầu của một hội nghị khác.", en="This meeting is already a site of another conference.",
    next_vi="Gỡ cuộc họp khỏi hội nghị kia trước.", next_en="Detach it from the other conference first.",
)
define(
    "relay_attach_host", 409,
    vi="Cuộc họp này có hội nghị trực tuyến của riêng mình, không thể là điểm cầu.",
    en="This meeting has an online conference of its own and cannot be a site.",
    next_vi="Chọn cuộc họp khác.", next_en="Choose another meeting.",
)
define(
    "relay_isolated", 409,
    vi="Máy chủ chạy ở chế độ mạng LAN độc lập: không tiếp phát.",
    en="This server runs in the isolated profile: it relays nothing.",
    next_vi="Dùng máy chủ nối mạng khác cho hội nghị trực tuyến.",
    next_en="Use another, networked server for online conferences.",
)
define(
    "relay_secret", 409,
    vi="Cuộc họp được đánh dấu có nội dung bí mật nhà nước: không được tiếp phát hay nhận tiếp phát.",
    en="The meeting is marked as holding state secrets: it may neither be relayed nor show a relay.",
    next_vi="Họp tại chỗ trên máy chủ mạng LAN độc lập; chỉ bỏ dấu mật nếu đã đánh dấu nhầm.",
    next_en="Meet in one room on an isolated server; take the mark off only if it was set by mistake.",
)
define(
    "relay_ended", 409,
    vi="Hội nghị trực tuyến đã kết thúc.", en="The online conference has ended.",
    next_vi="Nếu kết thúc nhầm, chọn “Tiếp tục phát”.", next_en="If it was ended by mistake, go live again.",
)
define(
    "relay_running", 409,
    vi="Hội nghị đang được tiếp phát.", en="The conference is being relayed.",
    next_vi="Dừng tổng duyệt hoặc kết thúc hội nghị trước.", next_en="Break the rehearsal off or end the conference first.",
)
define(
    "relay_was_live", 409,
    vi="Hội nghị đã diễn ra: hồ sơ và nhật ký sự cố phải được giữ.", en="The conference has taken place: its records stay.",
    next_vi="Để nguyên hội nghị đã kết thúc.", next_en="Leave the ended conference as it is.",
)
define(
    "relay_step_impossible", 409,
    vi="Hội nghị không thể chuyển sang bước này từ trạng thái hiện tại.", en="The conference cannot go from {state} to {to}.",
    next_vi="Xem trạng thái hiện tại trên bảng tiếp phát.", next_en="Look at the present state on the relay's board.",
)
define(
    "relay_step_unconfirmed", 409,
    vi="Bước này cần được xác nhận: mọi điểm cầu sẽ thấy ngay.", en="This step needs a confirmation: every site sees it at once.",
    next_vi="Xác nhận rồi thực hiện lại.", next_en="Confirm it and do it again.",
)
define(
    "relay_no_source", 409,
    vi="Hội nghị chưa có nguồn hình nào.", en="The conference has no source yet.",
    next_vi="Khai báo nguồn chính rồi bắt đầu phát.", next_en="Set up the primary source, then go live.",
)
define(
    "relay_last_source", 409,
    vi="Đây là nguồn duy nhất của hội nghị đang phát.", en="This is the only source of a live conference.",
    next_vi="Khai báo nguồn khác trước khi bỏ nguồn này.", next_en="Set up another source before you drop this one.",
)
define(
    "relay_source_not_found", 404,
    vi="Hội nghị không có nguồn này.", en="The conference has no such source.",
    next_vi="Xem lại danh sách nguồn.", next_en="Look at the list of sources.",
)
define(
    "relay_address_wrong", 422,
    vi="Địa chỉ nguồn không đúng với loại nguồn đã chọn.", en="This address does not fit a source of kind {kind}.",
    next_vi="Xem ví dụ địa chỉ cạnh ô nhập; tệp phải nằm trong thư mục tiếp phát của máy chủ.",
    next_en="See the example beside the field; a file must lie in the relay's folder on the server.",
)
define(
    "relay_sound_wrong", 422,
    vi="Thiết bị thu tiếng không đúng, hoặc loại nguồn này không dùng thiết bị thu tiếng.",
    en="This is no sound device, or this kind of source has none.",
    next_vi="Chọn trong danh sách, ví dụ “plughw:1,0”; để trống nếu không thu tiếng riêng.",
    next_en="Choose one from the list, for example “plughw:1,0”; leave it empty without sound of its own.",
)
define(
    "relay_source_not_called", 409,
    vi="Máy chủ tự đến lấy hình ở nguồn này: máy mã hóa không cần địa chỉ hay khóa.",
    en="The server itself fetches this source: its encoder needs neither an address nor a key.",
    next_vi="Nếu muốn máy mã hóa gọi đến, sửa nguồn và chọn “Máy chủ chờ bên gửi gọi đến”.",
    next_en="To have the encoder call, change the source and choose that the server waits for it.",
)
define(
    "relay_report_early", 409,
    vi="Hội nghị chưa nối lần nào nên chưa có gì để báo cáo.", en="Nothing was ever connected: there is nothing to report.",
    next_vi="Lập báo cáo sau buổi tổng duyệt hoặc sau khi kết thúc tiếp phát.",
    next_en="Make the report after the rehearsal or after the end.",
)
define(
    "relay_recording_not_found", 404,
    vi="Không có bản ghi này.", en="There is no such recording.",
    next_vi="Xem lại danh sách bản ghi của hội nghị.", next_en="Look at the conference's list of recordings.",
)
define(
    "relay_recording_running", 409,
    vi="Bản ghi này đang được ghi.", en="This recording is being written.",
    next_vi="Tắt ghi hình hoặc đợi hội nghị kết thúc.", next_en="Stop recording, or wait until the conference has ended.",
)
define(
    "relay_recording_ticket", 403,
    vi="Liên kết tải bản ghi không đúng hoặc đã hết hạn.", en="The link to this recording is wrong or has expired.",
    next_vi="Bấm “Tải về” trên bàn điều khiển để lấy liên kết mới.", next_en="Press “Download” on the console for a new one.",
)
define(
    "relay_recording_forbidden", 409,
    vi="Hội nghị này không được ghi hình: {reason}", en="This conference may not be recorded: {reason}",
    next_vi="Chỉ bỏ lệnh cấm khi người có thẩm quyền cho phép.", next_en="Lift the ban only with the authority's permission.",
)
define(
    "relay_site_not_found", 404,
    vi="Không tìm thấy điểm cầu này trong hội nghị.", en="This conference has no such site.",
    next_vi="Chọn lại điểm cầu trên bảng.", next_en="Choose a site on the board.",
)
define(
    "relay_sites_full", 409,
    vi="Một hội nghị có nhiều nhất {most} điểm cầu.", en="A conference has at most {most} sites.",
    next_vi="Gộp các điểm cầu gần nhau.", next_en="Join sites that are close together.",
)
define(
    "relay_unit_twice", 409,
    vi="“{name}” đã là điểm cầu của hội nghị.", en="“{name}” is a site of this conference already.",
    next_vi="Bỏ đơn vị này khỏi danh sách thêm.", next_en="Leave this unit out of the list.",
)
define(
    "relay_device_kind", 409,
    vi="Thiết bị này không phải máy của điểm cầu.", en="This device is neither a site's page nor an edge.",
    next_vi="Tạo thiết bị loại điểm cầu hoặc trạm biên.", next_en="Make a device of kind site or edge.",
)
define(
    "relay_device_taken", 409,
    vi="Thiết bị này đang thuộc điểm cầu “{name}”.", en="This device belongs to the site “{name}”.",
    next_vi="Gỡ thiết bị khỏi điểm cầu kia trước.", next_en="Detach it from the other site first.",
)
define(
    "relay_site_live", 409,
    vi="Không bỏ điểm cầu khi hội nghị đang phát.", en="A site cannot be removed from a live conference.",
    next_vi="Từ chối điểm cầu kèm lý do nếu cần ngắt.", next_en="Refuse the site with a reason to cut it off.",
)
define(
    "relay_reason_missing", 422,
    vi="Nhận hay từ chối điểm cầu bằng tay cần có lý do.", en="Admitting or refusing a site by hand needs a reason.",
    next_vi="Ghi lý do rồi lưu lại.", next_en="Write the reason and save again.",
)
define(
    "relay_floor_not_yours", 409,
    vi="Điểm cầu chưa được mời phát biểu.", en="This site has not been given the floor.",
    next_vi="Đăng ký phát biểu và chờ trung tâm mời.", next_en="Ask for the floor and wait for the centre's call.",
)
define(
    "relay_cannot_speak", 409,
    vi="Điểm cầu không đủ điều kiện truyền hình về trung tâm.", en="This site cannot send pictures to the centre.",
    next_vi="Làm lại bài kiểm tra sau khi khắc phục, hoặc phát biểu qua điện thoại.",
    next_en="Run the test again once it is put right, or speak by telephone.",
)
define(
    "relay_incident_not_found", 404,
    vi="Không tìm thấy sự cố này, hoặc đã xử lý xong.", en="There is no such open incident.",
    next_vi="Xem lại nhật ký sự cố.", next_en="Look at the incident log.",
)
define(
    "relay_not_shared", 403,
    vi="Trung tâm không chia sẻ nội dung này với điểm cầu.", en="The centre does not share this with the sites.",
    next_vi="Xem hình tiếp phát, hoặc hỏi trung tâm.", next_en="Watch the picture, or ask the centre.",
)
define(
    "relay_edge_only", 403,
    vi="Chỉ trạm biên đã ghép mới làm được việc này.", en="Only an enrolled edge can do this.",
    next_vi="Ghép trạm biên bằng mã do trung tâm cấp.", next_en="Enrol the edge with a code from the centre.",
)
define(
    "relay_paper_not_found", 404,
    vi="Có tài liệu không thuộc cuộc họp này, hoặc đã thu hồi.",
    en="One of the papers is not of this meeting, or was recalled.",
    next_vi="Xem lại danh sách tài liệu rồi chọn lại.", next_en="Look at the list of papers and choose again.",
)
define(
    "relay_line_no_edge", 409,
    vi="Điểm cầu này chưa có trạm biên nên chỉ nhận hình theo đường thường.",
    en="No edge serves this site: it takes the usual line.",
    next_vi="Cấp mã ghép trạm biên cho điểm cầu trước.", next_en="Give the site an edge first.",
)
define(
    "relay_line_off", 409,
    vi="Máy chủ chưa mở đường SRT.", en="This server offers no SRT.",
    next_vi="Kỹ thuật viên đặt NGHISU_RELAY_SRT_PORT rồi khởi động lại bộ phận tiếp phát.",
    next_en="The technician sets NGHISU_RELAY_SRT_PORT and starts the relay again.",
)
