/** What the rooms may read: the agenda, and the papers that are chosen one by one. Nothing unless it is chosen here. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { act } from "../parts/act.ts";
import { toggled } from "../parts/choice.ts";
import { holds } from "../session.ts";
import { change, detail, sharePapers } from "./calls.ts";
import { t } from "./i18n/index.ts";
import type { Conference } from "./shapes.ts";

export interface SharingProps {
  readonly meetingId: number;
  readonly conference: Conference;
  /** Why nothing can be changed. */
  readonly reason: string | undefined;
}

/** See above. */
export function Sharing({ meetingId, conference, reason }: SharingProps) {
  const [open, setOpen] = useState(false);
  const why = reason ?? (holds("secretary") ? undefined : t("share.secretary"));
  return (
    <section class="rs-sharing" aria-label={t("share.title")}>
      <p>
        <strong>{t("share.title")}</strong>{" "}
        {[
          conference.share_agenda ? t("share.agenda.on") : t("share.agenda.off"),
          conference.share_documents ? t("share.papers.on") : t("share.papers.off"),
        ].join(" · ")}
      </p>
      <Button kind="quiet" reason={why} reasonHidden onPress={() => setOpen(true)}>
        {t("share.change")}
      </Button>
      {open && <Sheet meetingId={meetingId} conference={conference} onClose={() => setOpen(false)} />}
    </section>
  );
}

type SheetProps = Omit<SharingProps, "reason"> & { readonly onClose: () => void };

function Sheet({ meetingId, conference, onClose }: SheetProps) {
  const papers = useLoad(() => detail(meetingId), [meetingId]).data?.papers;
  const [agenda, setAgenda] = useState(conference.share_agenda);
  const [documents, setDocuments] = useState(conference.share_documents);
  const [changed, setChanged] = useState<ReadonlySet<number>>();
  const shared = new Set(papers?.filter((one) => one.shared).map((one) => one.id));
  const chosen = changed ?? shared;
  const toggle = (id: number) => setChanged((before) => toggled(before ?? shared, id));
  const save = async (event?: Event) => {
    event?.preventDefault();
    const both = async () => {
      if (changed) await sharePapers(meetingId, [...changed]);
      await change(meetingId, { share_agenda: agenda, share_documents: documents });
    };
    if (await act(both(), () => t("form.saved"))) onClose();
  };
  return (
    <Dialog wide title={t("share.title")} onClose={onClose}>
      <form onSubmit={save}>
        <p>{t("share.says")}</p>
        <Tick label={t("share.agenda")} on={agenda} onChange={() => setAgenda(!agenda)} />
        <Tick label={t("share.documents")} on={documents} onChange={() => setDocuments(!documents)} />
        <fieldset class="rs-papers" disabled={!documents}>
          <legend>{t("share.papers", { n: chosen.size })}</legend>
          {papers?.length === 0 && <p class="empty">{t("share.papers.none")}</p>}
          {papers?.map((one) => (
            <Tick
              key={one.id}
              label={`${one.number}. ${one.title}`}
              on={chosen.has(one.id)}
              onChange={() => toggle(one.id)}
            />
          ))}
        </fieldset>
        <div class="dialog-actions">
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" kind="primary" reason={papers === undefined ? t("page.loading") : undefined}>
            {t("form.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface TickProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: () => void;
}

function Tick({ label, on, onChange }: TickProps) {
  return (
    <label class="rs-tick">
      <input type="checkbox" checked={on} onChange={onChange} />
      <span>{label}</span>
    </label>
  );
}
