/** Prepare a meeting: particulars, agenda and papers, participants, votes, invitations, steps. */

import { Notice } from "@common/components/Toast.tsx";
import { t, word } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { Steps } from "../parts/Steps.tsx";
import { href, PREPARE_TABS, type PrepareTab } from "../router.ts";
import { holds } from "../session.ts";
import type { Header } from "../shapes.ts";
import { AgendaTab } from "./AgendaTab.tsx";
import { DetailsTab } from "./DetailsTab.tsx";
import { InvitationsTab } from "./InvitationsTab.tsx";
import { MotionsTab } from "./MotionsTab.tsx";
import { ParticipantsTab } from "./ParticipantsTab.tsx";

export interface TabProps {
  readonly meetingId: number;
  readonly header: Header | undefined;
  /** Why nothing can be changed; undefined: it can. */
  readonly reason: string | undefined;
}

const TABS: Readonly<Record<PrepareTab, (props: TabProps) => preact.JSX.Element>> = {
  details: DetailsTab,
  agenda: AgendaTab,
  participants: ParticipantsTab,
  motions: MotionsTab,
  invitations: InvitationsTab,
  steps: Steps,
};

function whyNot(header: Header | undefined): string | undefined {
  if (!holds("secretary")) return t("why.noPermission");
  if (header === undefined) return t("why.waiting");
  return header.state === "closed" ? t("why.closed") : undefined;
}

/** See the top of this file. */
export function Prepare({ meetingId, tab }: { readonly meetingId: number; readonly tab: PrepareTab }) {
  const header = useMeeting(meetingId, "header");
  const reason = whyNot(header);
  const Tab = TABS[tab];
  return (
    <div class="page prepare">
      <nav class="tabs" aria-label={t("nav.prepare")}>
        {PREPARE_TABS.map((name) => (
          <a
            key={name}
            class="tab"
            href={href({ page: "prepare", meetingId, tab: name })}
            aria-current={name === tab ? "page" : undefined}
          >
            {t(`prepare.${name}`)}
          </a>
        ))}
        {header && <span class={`chip chip-${header.state} tabs-chip`}>{word("state", header.state)}</span>}
      </nav>
      {header && reason && <Notice>{reason}</Notice>}
      <Tab meetingId={meetingId} header={header} reason={reason} />
    </div>
  );
}
