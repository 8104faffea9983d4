// The test of a room, run by its edge: one button, the verdict with what to do, and what only a person can know.
"use strict";

const ASK_EVERY = 1500;
const STEPS = [
  ["turn", "Chờ lượt ở trung tâm"], ["down", "Băng thông nhận"], ["up", "Băng thông gửi"], ["top", "Giải mã hình mức cao"],
  ["low", "Giải mã hình mức thấp"], ["audio", "Nhận tiếng"], ["clock", "Đồng hồ máy"], ["send", "Gửi kết quả"],
];
const YES_NO = [
  ["screen", "Màn hình thấy rõ"], ["speakers", "Nghe rõ loa"], ["microphone", "Micro có tín hiệu"], ["camera", "Camera có hình"],
  ["echo", "Tiếng không vọng lại"], ["no_hdcp", "Nguồn hình không bị khóa"], ["second_path", "Có đường truyền dự phòng"],
  ["technician", "Có kỹ thuật viên trực"], ["phone_tree", "Có danh bạ liên lạc"], ["antivirus", "Diệt vi-rút đã cập nhật"],
];
const NUMBERS = [["failover_s", "Chuyển sang dự phòng mất (giây)"], ["ups_min", "Bộ lưu điện giữ được (phút)"]];
const TEXTS = [["technician_name", "Họ tên kỹ thuật viên"], ["technician_phone", "Số điện thoại"]];
const at = (id) => document.getElementById(id);
const when = (ms) => new Date(ms).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" });
const made = (kind, text, more = {}) => Object.assign(document.createElement(kind), text === undefined ? {} : { textContent: text }, more);

let asked = false, heard = 0;

function question(key, text, inputs) {
  const set = made("fieldset");
  set.append(made("legend", text), ...inputs);
  at("questions").append(set);
}

function askRoom(room) {
  asked = true;
  for (const [key, text] of YES_NO) {
    question(key, text, [[true, "Có"], [false, "Không"]].map(([value, word]) => {
      const label = made("label");
      label.append(made("input", undefined, { type: "radio", name: key, value: String(value), checked: room[key] === value }), word);
      return label;
    }));
  }
  for (const [key, text] of NUMBERS) question(key, text, [made("input", undefined, { type: "number", min: 0, max: 86400, name: key, ariaLabel: text, value: room[key] ?? "" })]);
  for (const [key, text] of TEXTS) question(key, text, [made("input", undefined, { type: "text", maxLength: key === "technician_name" ? 120 : 40, name: key, ariaLabel: text, value: room[key] ?? "" })]);
}

function answers() {
  const said = new FormData(at("room")), found = {};
  for (const [key] of YES_NO) if (said.get(key) !== null) found[key] = said.get(key) === "true";
  for (const [key] of NUMBERS) if (said.get(key)) found[key] = Number(said.get(key));
  for (const [key] of TEXTS) found[key] = String(said.get(key) ?? "").trim();
  return found;
}

function send(path, body) {
  return fetch(path, {
    method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-Nghisu-Surface": "edge-page" },
  });
}

function shut(state) {
  if (!state.enrolled) return "Trạm biên này chưa được ghép với trung tâm.";
  if (!state.conferences.some((one) => one.state !== "ended")) return "Chưa có hội nghị nào mời điểm cầu này.";
  if (state.centre_away) return "Mất liên lạc với trung tâm: chưa kiểm tra được.";
  if (state.test.running) return "Đang kiểm tra, mất khoảng một phút rưỡi.";
  return "";
}

function show(state) {
  const test = state.test, verdict = test.verdict;
  const one = state.conferences[0];
  at("where").textContent = one ? `${one.site} · ${one.name}` : state.name;
  at("verdict").dataset.letter = verdict ? verdict.letter : "";
  at("verdict").replaceChildren(...(verdict
    ? [made("b", verdict.letter), `${verdict.sentence.vi}`] : ["Điểm cầu này chưa được trạm biên kiểm tra."]));
  at("reasons").replaceChildren(...(verdict ? verdict.reasons : []).map((reason) => {
    const line = made("li", `${reason.name.vi}: ${reason.why.vi}. `);
    line.append(made("span", reason.do.vi));
    return line;
  }));
  const why = shut(state);
  at("begin").disabled = why !== "";
  at("begin").textContent = verdict ? "Kiểm tra lại" : "Kiểm tra";
  at("why").textContent = why || (test.problem ? "Lần kiểm tra vừa rồi không gửi được về trung tâm. Bấm để thử lại." : verdict ? `Kiểm tra lúc ${when(verdict.tested_ms)}` : "");
  at("steps").hidden = !test.running;
  const now = STEPS.findIndex(([key]) => key === test.step);
  at("steps").replaceChildren(...STEPS.map(([, text], place) => {
    const line = made("li", text);
    line.dataset.state = place < now ? "done" : place === now ? "running" : "waiting";
    return line;
  }));
  at("said").textContent = test.said_ms ? `Trả lời lúc ${when(test.said_ms)}; giữ 30 ngày.` : "Chưa có ai trả lời; câu bỏ trống tính là chưa đạt.";
  if (!asked) askRoom(test.room);
}

async function ask() {
  try {
    const answer = await fetch("/state", { cache: "no-store", signal: AbortSignal.timeout(4000) });
    if (answer.ok) { heard = Date.now(); show(await answer.json()); }
  } catch { /* said below */ }
  if (Date.now() - heard > 6000) { at("begin").disabled = true; at("why").textContent = "Mất liên lạc với trạm biên, đang nối lại."; }
  setTimeout(ask, ASK_EVERY);
}

at("begin").onclick = async () => { at("begin").disabled = true; await send("/test", {}).catch(() => {}); };
at("room").onsubmit = async (event) => {
  event.preventDefault();
  const answer = await send("/room", answers()).catch(() => undefined);
  at("saved").textContent = answer && answer.ok ? "Đã lưu." : "Chưa lưu được. Xem lại số điện thoại và các số đã điền.";
};
ask();
