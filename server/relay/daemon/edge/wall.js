// The wall of a building with an edge: always a picture or words, never a black box or an error page.
"use strict";

const ASK_EVERY = 2000, FROZEN_AFTER = 5000, FIRST_PICTURE = 8000, SLOWEST = 8000;
const at = (id) => document.getElementById(id);
const clock = (ms) => new Date(ms).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
const day = (ms) => new Date(ms).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" });

let state = null, heard = 0, current = null, trying = null, tries = 0, again = 0;

function chosen() {
  if (!state) return null;
  return state.conferences.find((one) => one.watch) || state.conferences[0] || null;
}

function say(title, line, next) {
  at("title").textContent = title;
  at("line").textContent = line;
  at("next").textContent = next;
}

function words() {
  const one = chosen();
  if (!heard) return say("Đang khởi động", "Đang nối với trạm biên của tòa nhà.", "");
  if (!one) {
    const why = state.enrolled ? "Chưa có hội nghị nào mời điểm cầu này." : "Trạm biên này chưa được ghép với trung tâm, hoặc trung tâm đã gỡ.";
    return say("Tiếp phát hội nghị", why, state.enrolled ? "" : "Nhờ trung tâm cấp mã ghép mới.");
  }
  const call = one.phone ? `Kỹ thuật trung tâm: ${one.phone}` : "";
  if (one.state === "ended") return say(one.name, "Hội nghị đã kết thúc.", "");
  if (one.state === "planned") return say(one.name, `Bắt đầu: ${day(one.starts_ms)}`, call);
  if (!one.watch) return say(one.name, "Điểm cầu này chưa được nhận vào tiếp phát.", call);
  return say(one.name, tries > 2 ? "Chưa nhận được hình. Đang nối lại." : "Đang nối hình.", tries > 2 ? call : "");
}

// What the building gets when that is less than it might be: held there by the centre, or by the line for a moment.
function lineWords(one) {
  const now = { low: "đang dùng hình nhẹ", audio: "chỉ còn âm thanh" }[one.rung];
  if (!now) return [];
  if (one.held !== "top") return [`Đường truyền yếu: ${now}, tự trở lại khi ổn định`];
  return one.rung === one.allowed ? [] : [`Đường truyền yếu: ${now}`];
}

function banner() {
  const one = chosen();
  const told = [];
  if (Date.now() - heard > 10000) told.push("Mất liên lạc với trạm biên, đang nối lại");
  else if (state && state.centre_away) told.push(`Mất liên lạc với trung tâm từ ${clock(state.centre_heard_ms)}`);
  if (current && current.frozen) told.push("Đang nối lại hình");
  if (one && one.watch) told.push(...lineWords(one));
  if (one && one.warning) told.push("Ghi hình: cần kiểm tra ổ đĩa");
  at("state").textContent = told.join(" · ");
  at("state").hidden = told.length === 0;
}

class Watching {
  constructor(conference) {
    this.id = conference.id;
    this.pass = conference.pass;
    this.url = `http://${location.hostname.includes(":") ? `[${location.hostname}]` : location.hostname}:${state.whep_port}`;
    this.video = document.createElement("video");
    this.video.autoplay = this.video.playsInline = true;
    this.began = performance.now();
    this.pictureAt = 0;
    this.frozen = false;
    this.closed = false;
  }

  async start() {
    this.peer = new RTCPeerConnection({ iceServers: [] });
    const stream = new MediaStream();
    this.video.srcObject = stream;
    this.peer.ontrack = (event) => stream.addTrack(event.track);
    this.peer.addTransceiver("video", { direction: "recvonly" });
    this.peer.addTransceiver("audio", { direction: "recvonly" });
    await this.peer.setLocalDescription(await this.peer.createOffer());
    await new Promise((done) => {
      const timer = setTimeout(done, 1000);
      this.peer.onicecandidate = (event) => { if (!event.candidate) { clearTimeout(timer); done(); } };
    });
    const answer = await fetch(`${this.url}/whep/${this.id}`, {
      method: "POST", body: this.peer.localDescription.sdp,
      headers: { "Content-Type": "application/sdp", Authorization: `Bearer ${this.pass}` },
    });
    if (answer.status !== 201) throw new Error(`whep ${answer.status}`);
    const location_ = answer.headers.get("Location");
    if (location_) this.session = new URL(location_, this.url).href;
    if (this.closed) return this.close();
    await this.peer.setRemoteDescription({ type: "answer", sdp: await answer.text() });
    this.watch();
    this.play();
  }

  watch() {
    const seen = () => {
      this.pictureAt = performance.now();
      if (!this.closed) this.video.requestVideoFrameCallback(seen);
    };
    this.video.requestVideoFrameCallback(seen);
  }

  play() {
    this.video.play().catch(() => {
      this.video.muted = true;
      at("sound").hidden = false;
      this.video.play().catch(() => {});
    });
  }

  close() {
    this.closed = true;
    if (this.peer) this.peer.close();
    if (this.session) fetch(this.session, { method: "DELETE", headers: { Authorization: `Bearer ${this.pass}` } }).catch(() => {});
    this.video.remove();
  }
}

function failed() {
  if (trying) trying.close();
  trying = null;
  tries += 1;
  again = performance.now() + Math.min(SLOWEST, 500 * 2 ** Math.min(tries, 5)) * (0.75 + Math.random() / 2);
}

function connect(conference) {
  trying = new Watching(conference);
  trying.video.style.visibility = "hidden";
  at("stage").append(trying.video);
  const mine = trying;
  mine.start().catch(() => { if (trying === mine) failed(); });
}

function look() {
  const one = chosen(), now = performance.now();
  if (trying && trying.pictureAt) {  // the new picture is there: only now does the old one go
    if (current) current.close();
    current = trying;
    current.video.style.visibility = "visible";
    trying = null;
    tries = 0;
  } else if (trying && now - trying.began > FIRST_PICTURE) {
    failed();
  }
  // Also when nothing is left to show, as after a revocation: no dead picture stays.
  if (current && state && (!one || !one.watch || one.id !== current.id)) { current.close(); current = null; }
  if (current) current.frozen = now - current.pictureAt > FROZEN_AFTER && one && one.rung !== "audio";
  if (one && one.watch && !trying && now >= again && (!current || current.frozen)) connect(one);
  if (current) current.video.muted = Boolean(one && one.muted) || (current.video.muted && !at("sound").hidden);
  document.body.classList.toggle("picture", Boolean(current));
  words();
  banner();
}

async function ask() {
  try {
    const answer = await fetch("/state", { cache: "no-store", signal: AbortSignal.timeout(4000) });
    if (answer.ok) { state = await answer.json(); heard = Date.now(); }
  } catch { /* the page goes on with what it knows, and says since when */ }
  setTimeout(ask, ASK_EVERY);
}

at("sound").onclick = () => { at("sound").hidden = true; if (current) { current.video.muted = false; current.video.play(); } };
setInterval(look, 250);
ask();
