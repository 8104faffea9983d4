/** Invitations with QR and PIN: made, shown once, printed. */

import { Button } from "@common/components/Button.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import {
  type Invitation,
  invitationQr,
  makeInvitations,
  participants,
  printInvitations,
} from "../calls/participants.ts";
import { formatLongDate, formatTime, t } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { matches } from "../parts/fold.ts";
import type { Header } from "../shapes.ts";
import type { TabProps } from "./Prepare.tsx";

function Card({ meetingId, header, one }: { meetingId: number; header: Header | undefined; one: Invitation }) {
  return (
    <li class="card">
      <img src={invitationQr(meetingId, one.participant_id)} alt={t("invite.qr", { name: one.name })} />
      <div>
        <p class="card-unit">{header?.unit}</p>
        <p class="card-title">{header?.title}</p>
        <p>
          {header && `${formatTime(header.starts_ms)}, ${formatLongDate(header.starts_ms)}`}
          {header?.room && ` · ${header.room}`}
        </p>
        <p class="card-name">{one.name}</p>
        <p>{[one.title, one.unit].filter(Boolean).join(", ")}</p>
        <p class="card-codes">
          {one.seat && <span>{t("invite.seat", { seat: one.seat })}</span>}
          <span>
            {t("invite.pin")} <strong>{one.pin}</strong>
          </span>
        </p>
      </div>
    </li>
  );
}

function Made({
  meetingId,
  header,
  made,
}: {
  meetingId: number;
  header: Header | undefined;
  made: readonly Invitation[];
}) {
  return (
    <section class="made">
      <div class="once screen-only">
        <p>
          <strong>{t("invite.once", { n: made.length })}</strong>
        </p>
        <div>
          <Button kind="primary" onPress={() => act(printInvitations(meetingId, made))}>
            {t("invite.print")}
          </Button>
        </div>
      </div>
      <ul class="cards">
        {made.map((one) => (
          <Card key={one.participant_id} meetingId={meetingId} header={header} one={one} />
        ))}
      </ul>
    </section>
  );
}

/** See the top of this file. */
export function InvitationsTab({ meetingId, header, reason }: TabProps) {
  const { data, problem, reload } = useLoad(() => participants(meetingId), [meetingId]);
  const [made, setMade] = useState<readonly Invitation[]>([]);
  const [search, setSearch] = useState("");
  const all = data?.participants ?? [];
  const without = all.filter((one) => !one.has_pin).length;
  const make = (ids?: readonly number[]) =>
    act(makeInvitations(meetingId, ids).then((answer) => setMade(answer.invitations))).then(reload);
  const again = (id: number, name: string) =>
    ask({
      title: t("invite.again.title", { name }),
      says: [t("invite.again.says")],
      action: t("invite.again"),
      key: "l",
      run: () => make([id]),
    });
  return (
    <section class="invitations">
      <header class="page-head screen-only">
        <p class="help">{t("invite.help")}</p>
        <div class="buttons">
          <Button
            reason={all.length === 0 ? t("people.none") : undefined}
            reasonHidden
            onPress={() => act(printInvitations(meetingId, []))}
          >
            {t("invite.printAll")}
          </Button>
          <Button
            kind="primary"
            reason={reason ?? (without === 0 ? t("invite.allHave") : undefined)}
            onPress={() => make()}
          >
            {t("invite.make", { n: without })}
          </Button>
        </div>
      </header>
      {problem && <ProblemNotice problem={problem} />}
      {made.length > 0 && <Made meetingId={meetingId} header={header} made={made} />}
      <div class="screen-only invite-list">
        {data && all.length === 0 && <p class="empty">{t("people.none")}</p>}
        {all.length > 0 && (
          <label class="field">
            <span>{t("form.search")}</span>
            <input type="search" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
          </label>
        )}
        <table class="table">
          <tbody>
            {all
              .filter((one) => matches(`${one.name} ${one.unit}`, search))
              .map((one) => (
                <tr key={one.id}>
                  <th scope="row">{one.name}</th>
                  <td>{one.unit}</td>
                  <td>{one.has_pin ? `✓ ${t("invite.has")}` : t("invite.hasNot")}</td>
                  <td class="row-actions">
                    {one.has_pin && (
                      <Button kind="quiet" reason={reason} reasonHidden onPress={() => again(one.id, one.name)}>
                        {t("invite.again")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
