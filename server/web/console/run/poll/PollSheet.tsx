/** Everything about one vote on one sheet: what it stands on, who has voted, reserved opinions, the signed result. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { useKeys } from "@common/keys.ts";
import { useState } from "preact/hooks";
import { t, word } from "../../i18n/index.ts";
import type { Poll } from "../../shapes.ts";
import type { Cockpit } from "../model.ts";
import { ballotText } from "../polls.ts";
import { Obstacles, RuleFacts } from "../RuleFacts.tsx";
import { TallyBars } from "../TallyBars.tsx";
import { Annul } from "./Annul.tsx";
import { Basis } from "./Basis.tsx";
import { Record } from "./Record.tsx";
import { Reserved } from "./Reserved.tsx";
import { Turnout } from "./Turnout.tsx";

const VIEWS = ["basis", "turnout", "reserved", "record", "annul"] as const;
type View = (typeof VIEWS)[number];

export interface PartProps {
  readonly cockpit: Cockpit;
  readonly poll: Poll;
  readonly onClose: () => void;
}

const PARTS: Readonly<Record<View, (props: PartProps) => preact.JSX.Element>> = {
  basis: BasisPart,
  turnout: Turnout,
  reserved: Reserved,
  record: Record,
  annul: Annul,
};

function BasisPart({ cockpit, poll }: PartProps) {
  return (
    <>
      <p class="motion-rule">
        <small>{ballotText(poll)}</small>
      </p>
      <RuleFacts poll={poll} rules={cockpit.rules} remarks />
      <Basis cockpit={cockpit} poll={poll} />
      <Obstacles poll={poll} />
      <TallyBars poll={poll} />
    </>
  );
}

/** Numbers choose a view, above the dialog's own keys. */
function ViewKeys({ onView }: { readonly onView: (view: View) => void }) {
  const keys = VIEWS.map((view, index) => [String(index + 1), { label: t(`sheet.${view}`), run: () => onView(view) }]);
  useKeys(Object.fromEntries(keys), { title: t("motion.details") });
  return null;
}

export interface PollSheetProps {
  readonly cockpit: Cockpit;
  readonly poll: Poll;
  readonly onClose: () => void;
}

/** See the top of this file. Opens with what is of use now: who has voted while it is open, else what it stands on. */
export function PollSheet({ cockpit, poll, onClose }: PollSheetProps) {
  const [view, setView] = useState<View>(poll.state === "open" ? "turnout" : "basis");
  const Part = PARTS[view];
  return (
    <Dialog
      wide
      title={poll.title}
      onClose={onClose}
      actions={
        <Button autoFocus onPress={onClose}>
          {t("action.close")}
        </Button>
      }
    >
      <ViewKeys onView={setView} />
      <nav class="sheet-views" aria-label={t("motion.details")}>
        {VIEWS.map((one, index) => (
          <Button key={one} kind="quiet" pressed={one === view} hint={String(index + 1)} onPress={() => setView(one)}>
            {t(`sheet.${one}`)}
          </Button>
        ))}
        <span class={`chip chip-poll-${poll.state}`}>{word("poll", poll.state)}</span>
      </nav>
      <section class="sheet-view" aria-label={t(`sheet.${view}`)}>
        <Part cockpit={cockpit} poll={poll} onClose={onClose} />
      </section>
    </Dialog>
  );
}
