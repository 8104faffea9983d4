/** A small picture of the wall, made from the same topics the wall is made from. */

import type { ComponentChildren } from "preact";
import { pagePicture } from "../calls/room.ts";
import { t, word } from "../i18n/index.ts";
import type { Cockpit } from "./model.ts";
import { verdictText } from "./polls.ts";
import { publishedPoll } from "./scenes.ts";

/** The open poll and what came of it; before it opens the draft that is introduced. */
function voteContent(cockpit: Cockpit, pollId: number | null): ComponentChildren {
  const introduced = cockpit.polls.find((one) => one.id === pollId && one.state === "draft");
  if (cockpit.openPoll === undefined && introduced) return <strong>{introduced.title}</strong>;
  const poll = cockpit.shownPoll;
  return (
    poll && [
      <small class="thumb-small" key="t">
        {poll.title}
      </small>,
      <b key="n">{t("thumb.cast", { cast: poll.cast, of: poll.entitled_present })}</b>,
      poll.state !== "open" && (
        <small class="thumb-small" key="c">
          {poll.state === "annulled" ? word("poll", poll.state) : t("thumb.counted")}
        </small>
      ),
    ]
  );
}

function content(cockpit: Cockpit): ComponentChildren {
  const { header, wall, current, presented, speaking, attendance } = cockpit;
  const people = attendance && t("thumb.people", { present: attendance.present, convened: attendance.convened });
  switch (wall?.scene) {
    case "agenda":
      return (
        current && [
          <small class="thumb-small" key="n">
            {current.number}
          </small>,
          <strong key="t">{current.title}</strong>,
        ]
      );
    case "document":
      return presented && <img src={pagePicture(cockpit.id, presented.version_id, presented.page)} alt="" />;
    case "vote":
      return voteContent(cockpit, wall.poll_id);
    case "result": {
      const poll = cockpit.polls.find((one) => one.id === wall.poll_id) ?? publishedPoll(cockpit);
      return (
        poll && [
          <small class="thumb-small" key="t">
            {poll.title}
          </small>,
          <strong key="v">{poll.state === "annulled" ? word("poll", poll.state) : verdictText(poll)}</strong>,
        ]
      );
    }
    case "relay":
      return <strong>{t("scene.relay")}</strong>;
    case "paper":
      return <strong>{t("scene.paper")}</strong>;
    case "speaker":
      return (
        speaking && [
          <strong key="n">{speaking.name}</strong>,
          <small class="thumb-small" key="u">
            {speaking.unit}
          </small>,
        ]
      );
    case "attendance":
      return <b>{people}</b>;
    case "notice":
      return <strong>{wall.text ?? header?.notice?.text}</strong>;
    case "blank":
      return null;
    default:
      return [
        <strong key="t">{header?.title}</strong>,
        <small class="thumb-small" key="p">
          {people}
        </small>,
      ];
  }
}

/** See the top of this file. */
export function WallThumb({ cockpit }: { readonly cockpit: Cockpit }) {
  const scene = cockpit.wall?.scene ?? "blank";
  return (
    <div class={`thumb thumb-${scene}`} role="img" aria-label={t("wall.shown", { scene: word("scene", scene) })}>
      <div aria-hidden="true">{content(cockpit)}</div>
    </div>
  );
}
