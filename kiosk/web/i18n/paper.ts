/** Words about votes on paper; the seat and the wall say the same. */

import { type Translation, translator } from "@common/i18n/index.ts";

const vi = {
  "paper.title": "Bỏ phiếu kín trên giấy",
  "paper.round": "lần {n}",
  "paper.seats": "Bầu lấy {n} đồng chí",
  "paper.take": "Mời đồng chí nhận phiếu từ ban kiểm phiếu.",
  "paper.handing-out": "Ban kiểm phiếu đang phát phiếu.",
  "paper.read": "Đã rõ",
  "paper.take.all": "Mời các đồng chí nhận phiếu từ ban kiểm phiếu, ghi phiếu rồi bỏ vào hòm phiếu.",
  "paper.soon": "Phiếu đã in xong, chờ ban kiểm phiếu phát phiếu.",
  "paper.counting": "Ban kiểm phiếu đang kiểm phiếu.",
  "paper.compared": "Ba máy kiểm phiếu đã đối chiếu xong, chờ lập biên bản.",
  "paper.closed": "Đã kiểm phiếu xong, chờ công bố kết quả.",
  "paper.annulled": "Cuộc bỏ phiếu này đã bị hủy. Đề nghị các đồng chí theo hướng dẫn của chủ trì.",
  "paper.issued": "phiếu phát ra",
  "paper.returned": "phiếu thu về",
  "paper.withdrawn": "Xin rút sau khi in phiếu, không tính: {names}",
  "paper.result": "Kết quả bầu cử",
  "paper.result.confidence": "Kết quả lấy phiếu tín nhiệm",
  "paper.figures": "Phát ra {issued} · thu về {returned} · hợp lệ {valid} · không hợp lệ {invalid}",
  "paper.needed": "Trúng cử khi được từ {needed}/{base} phiếu",
  "paper.base": "Tính trên {base} người",
  "paper.in-order": "Theo thứ tự trên phiếu",
  "paper.elected": "Trúng cử {n}/{seats}, từ cao xuống thấp",
  "paper.elected.none": "Không có đồng chí nào trúng cử",
  "paper.outcome.elected": "trúng cử",
  "paper.outcome.tied": "bằng phiếu",
  "paper.outcome.withdrawn": "xin rút",
  "notice.low-more-than-half": "thấp > 1/2",
  "notice.low-two-thirds": "thấp ≥ 2/3",
} as const;

const en: Translation<typeof vi> = {
  "paper.title": "Secret ballot on paper",
  "paper.round": "round {n}",
  "paper.seats": "{n} to be elected",
  "paper.take": "Please take your ballot from the tellers.",
  "paper.handing-out": "The tellers are handing out the ballots.",
  "paper.read": "I see",
  "paper.take.all": "Please take your ballot from the tellers, mark it and put it into the box.",
  "paper.soon": "The ballots are printed; the tellers will hand them out.",
  "paper.counting": "The tellers are counting.",
  "paper.compared": "The three counts have been compared; the minutes are being written.",
  "paper.closed": "The count is complete; the result will be announced.",
  "paper.annulled": "This vote has been annulled. Please follow the chair's directions.",
  "paper.issued": "ballots issued",
  "paper.returned": "ballots returned",
  "paper.withdrawn": "Withdrew after printing, not counted: {names}",
  "paper.result": "Result of the election",
  "paper.result.confidence": "Result of the confidence vote",
  "paper.figures": "Issued {issued} · returned {returned} · valid {valid} · invalid {invalid}",
  "paper.needed": "{needed}/{base} ballots elect",
  "paper.base": "Of {base} people",
  "paper.in-order": "In the order of the ballot",
  "paper.elected": "Elected {n}/{seats}, from high to low",
  "paper.elected.none": "Nobody was elected",
  "paper.outcome.elected": "elected",
  "paper.outcome.tied": "tied",
  "paper.outcome.withdrawn": "withdrew",
  "notice.low-more-than-half": "low > 1/2",
  "notice.low-two-thirds": "low ≥ 2/3",
};

export const t = translator(vi, en);

const NOTICES = ["low-more-than-half", "low-two-thirds"] as const;

/** A threshold of a confidence vote in words; a code this screen does not know is said by the server's own words. */
export function noticeText(code: string): string | undefined {
  const known = NOTICES.find((one) => one === code);
  return known && t(`notice.${known}`);
}
