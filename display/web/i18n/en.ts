import type { Translation } from "@common/i18n/index.ts";
import type { vi } from "./vi.ts";

/** Texts of the wall in English. */
export const en: Translation<typeof vi> = {
  title: "Hall screen",

  "enrol.title": "This screen has not been paired",
  "enrol.step1": "On the secretary's console, open Devices and add a wall.",
  "enrol.step2": "Open the address it gives on this machine ({address}), or type the code below.",
  "enrol.step3": "The meeting then appears by itself.",
  "enrol.code": "Pairing code",
  "enrol.go": "Pair this screen",
  "enrol.working": "Pairing this screen…",
  "enrol.refused": "The pairing code cannot be used",

  "wait.title": "No meeting yet",
  "wait.body": "This screen comes alive when the secretary convenes a meeting.",
  "wait.opening": "Connecting to the server…",
  "wait.scene": "Fetching the picture from the server…",

  "line.lost": "No connection to the server since {time}",
  "line.again": "Reconnecting by itself. You see what was received last.",

  "head.rehearsal": "REHEARSAL",
  "head.page": "page {page}/{pages}",
  "head.paused": "Pause",
  "head.paused.since": "Pause since {time}",
  "head.room-code": "Check-in code",

  "kind.meeting": "Meeting",
  "kind.conference": "Conference",
  "kind.congress": "Congress",

  "welcome.hello": "Welcome, delegates",
  "welcome.scan": "Scan the code to take your seat",
  "welcome.code": "Meeting code: {code}",
  "welcome.room-code": "Check-in code: {code}",
  "welcome.come": "delegates are here",
  "welcome.when": "{time}, {date}",

  "item.number": "Item {number}",
  "item.rapporteur": "Presented by {name}",
  "item.left": "left",
  "item.over": "over time",
  "item.rests": "the clock stands during the pause",
  "item.next": "Next: {number}. {title}",
  "item.none": "Agenda",
  "item.empty": "There is no agenda yet. It appears here once the secretary has made it.",

  "document.none": "No page is being presented",

  "vote.title": "Vote",
  "vote.soon": "About to vote",
  "vote.batch": "Vote {place}/{size}",
  "vote.most": "Choose at most {most} of {of}",
  "vote.cast": "have voted",
  "vote.left": "left",
  "vote.up": "Time is up",
  "vote.goes-on": "The vote goes on during the pause",
  "vote.goes-on.until": "The vote goes on during the pause, until {time}",
  "vote.closed": "The vote has closed",
  "vote.wait": "Waiting for the result",
  "vote.none": "No vote is open",

  "result.title": "Result of the vote",
  "result.passed": "CARRIED",
  "result.failed": "NOT CARRIED",
  "result.cast": "{cast}/{base} ballots cast",
  "result.not-cast": "Did not vote: {n}",
  "result.none": "No result has been published",

  "paper.none": "No vote on paper",
  "rows.page": "part {page}/{pages}",

  "annulled.title": "The vote was annulled",
  "annulled.reason": "Reason: {reason}",
  "annulled.next": "Its ballots no longer count.",

  "speaker.title": "Speaking now",
  "speaker.next": "Next: {name}",
  "speaker.none": "Next speaker, please",
  "speaker.time": "speaking",

  "here.title": "Attendance",
  "here.present": "present",
  "here.excused": "{n} excused",
  "here.guests": "{n} {n|guest|guests}",
  "here.quorum": "There is a quorum ({n} needed)",
  "here.no-quorum": "There is no quorum yet ({n} needed)",

  "relay.title": "Online conference",
  "relay.planned": "The conference begins at {time} on {date}",
  "relay.none": "No picture yet. It appears here when the centre begins the relay.",
  "relay.ended": "The online conference has ended",
  "relay.refused": "This room has not been admitted to the relay. The technician may test the line again.",
  "relay.refused.call": "This room has not been admitted to the relay. Call the centre: {phone}",
  "relay.agenda": "The centre's agenda",
  "relay.paper": "The centre presents",
  "relay.page.none": "The centre presents no shared page yet",
  "relay.floor": "{name} is speaking",

  "notice.title": "Notice",
};
