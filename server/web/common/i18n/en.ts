import type { Translation } from "./translate.ts";
import type { vi } from "./vi.ts";

/** The English of vi.ts. A missing or superfluous key does not compile. */
export const en: Translation<typeof vi> = {
  "language.name": "English",
  "language.switch": "Change language",

  "line.connecting": "Connecting to the server…",
  "line.online": "Connected",
  "line.lost": "No connection to the server since {time}, reconnecting…",
  "line.signedOut": "Not signed in, or the session has ended.",
  "line.update": "A newer version of this screen is waiting; it reloads when that is safe.",

  "send.sending": "Sending…",
  "send.waiting": "Not sent yet, trying again…",
  "send.done": "Sent",
  "send.refused": "Not accepted",

  "refusal.offline": "The server cannot be reached.",
  "refusal.offline.next": "Check the line; the screen reconnects by itself.",
  "refusal.unreadable": "The server's answer cannot be read.",
  "refusal.unreadable.next": "Try again; if it persists, tell the technician.",
  "refusal.cancelled": "Stopped as asked.",
  "refusal.cancelled.next": "Send it again when needed.",
  "refusal.request": "Request id: {id}",

  "action.cancel": "Cancel",
  "action.close": "Close",
  "action.confirm": "Confirm",
  "action.retry": "Try again",
  "action.delete": "Delete",
  "action.undo": "Undo",
  "action.back": "Back",
  "action.signIn": "Sign in",
  "action.signOut": "Sign out",
  "action.reload": "Reload",

  "theme.light": "Light",
  "theme.dark": "Dark",

  "vote.for": "For",
  "vote.against": "Against",
  "vote.abstain": "Not voting",
  "vote.agree": "Agree",
  "vote.disagree": "Disagree",
  "vote.other": "Another opinion",

  "level.high": "High confidence",
  "level.plain": "Confidence",
  "level.low": "Low confidence",

  "presence.present": "Present",
  "presence.absent": "Not here yet",
  "presence.excused": "Excused",
  "presence.device": "Device not working",

  "dialog.press": "Press {key} to confirm, Esc to cancel.",

  "pin.label": "Number pad",
  "pin.digits": "{n} of {of} digits entered",
  "pin.delete": "Delete one digit",
  "pin.clear": "Delete all",

  "pad.label": "Letter pad",
  "pad.shift": "Capital letters",
  "pad.delete": "Delete one letter",
  "pad.space": "Space",
  "pad.done": "Done",
  "pad.telex": "Telex typing: aa → â, dd → đ, tones: s f r x j",
  "pad.telex.on": "Telex: on",
  "pad.telex.off": "Telex: off",

  "page.of": "page {page}/{pages}",
  "page.alt": "Page {page} of {title}",
  "page.previous": "Previous page",
  "page.next": "Next page",
  "page.zoomIn": "Zoom in",
  "page.zoomOut": "Zoom out",
  "page.fit": "Fit to screen",
  "page.up": "Up the page",
  "page.down": "Down the page",
  "page.loading": "Opening page {page}…",
  "page.failed": "Page {page} did not open yet. The screen is trying again.",
  "page.none": "This document has no pages yet. They appear here when the server has drawn them.",

  "player.joining": "Joining the conference…",
  "player.lost": "No picture since {time}",
  "player.lost.brief": "Reconnecting…",
  "player.again": "Reconnecting. You see the last picture received.",
  "player.listening": "Sound only",
  "player.listening.why": "The line is weak; pictures come back when it is stable.",
  "player.sound": "Turn the sound on",
  "player.blocked": "The browser holds the sound back. Touch the screen or press any key.",

  "progress.of": "{done}/{of}",

  "keys.title": "Keys",
  "keys.show": "Show keys",
  "keys.none": "This screen has no keys yet.",
  "keys.space": "Space",

  "seats.title": "Seat plan",
  "seats.legend": "Legend",
  "seats.summary": "{present} present, {seats} seats",
  "seats.seat": "Seat {seat}: {who}, {state}",
  "seats.empty": "Seat {seat}: nobody placed",
  "seats.none": "There is no plan yet. The secretary gives out seats with the list of participants.",

  "crash.title": "This screen has a problem",
  "crash.body":
    "Everything the server confirmed is safe. The screen opens again in {seconds} {seconds|second|seconds}.",
  "crash.stuck": "The screen opened again several times without success. Tell the technician, or touch to try again.",
};
