/** One site: how it is now, whom to call, whether it is let in, its particulars, its device and its tests. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { SiteDeviceAdded } from "@common/types.gen.ts";
import { useState } from "preact/hooks";
import { ask } from "../../parts/Ask.tsx";
import { act } from "../../parts/act.ts";
import { TakeBack } from "../Board.tsx";
import { takeFloor } from "../calls.ts";
import { type Row, runs } from "../model.ts";
import type { Conference, SiteDetail } from "../shapes.ts";
import { AdmissionTab } from "./AdmissionTab.tsx";
import { oneSite, removeSite } from "./calls.ts";
import { DeviceTab } from "./DeviceTab.tsx";
import { askFloor, FLOOR_KEY } from "./floor.ts";
import { t } from "./i18n/index.ts";
import { Now } from "./Now.tsx";
import { ParticularsTab } from "./ParticularsTab.tsx";
import { TestsTab } from "./TestsTab.tsx";
import { usePolled } from "./usePolled.ts";
import "./sites.css";

const TABS = ["admission", "particulars", "device", "tests"] as const;
export type Tab = (typeof TABS)[number];

export interface SiteSheetProps {
  readonly meetingId: number;
  readonly conference: Conference;
  /** The site as the board has it. */
  readonly row: Row;
  /** Which part is shown first. */
  readonly first?: Tab;
  /** Why nothing can be changed. */
  readonly reason: string | undefined;
  /** Why no site can be given the floor. */
  readonly whyNotFloor: string | undefined;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** What each part of the sheet gets. */
export interface TabProps {
  readonly meetingId: number;
  readonly site: SiteDetail;
  readonly reason: string | undefined;
  readonly onSaved: () => void;
}

/** See the top of this file. */
export function SiteSheet(props: SiteSheetProps) {
  const { meetingId, conference, row, reason, whyNotFloor, onClose } = props;
  const { data: site, problem, reload } = usePolled(() => oneSite(meetingId, row.id), [conference]);
  const [tab, setTab] = useState<Tab>(props.first ?? "admission");
  const [given, setGiven] = useState<SiteDeviceAdded>();
  const speaks = conference.floor?.site_id === row.id;
  const name = site?.name ?? row.name;
  const floor = () => askFloor(meetingId, row);
  const take = () => act(takeFloor(meetingId), () => t("floor.taken"));
  const saved = () => {
    reload();
    props.onChanged();
  };
  const go = (to: Tab) => {
    setTab(to);
    document.getElementById(`site-tab-${to}`)?.focus(); // else the mark of the focus stays at another part
  };
  const places = TABS.map((one, at) => [String(at + 1), { label: t(`site.tab.${one}`), run: () => go(one) }]);
  return (
    <Dialog
      wide
      title={name}
      onClose={onClose}
      keys={{
        ...Object.fromEntries(places),
        [FLOOR_KEY]: { label: t("floor.give"), reason: speaks ? t("site.speaks") : whyNotFloor, run: floor },
        ...(speaks ? { t: { label: t("floor.take"), run: () => void take() } } : {}),
      }}
      actions={
        <>
          <Remove {...props} name={name} />
          {speaks ? (
            <TakeBack onPress={take} />
          ) : (
            <Button hint={FLOOR_KEY.toUpperCase()} reason={whyNotFloor} onPress={floor}>
              {t("floor.give")}
            </Button>
          )}
          <Button hint="Esc" onPress={onClose}>
            {t("action.close")}
          </Button>
        </>
      }
    >
      <Now row={row} runs={runs(conference)} />
      <div class="tabs" role="tablist" aria-label={t("site.tabs")}>
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            class="st-tab"
            id={`site-tab-${one}`}
            aria-selected={tab === one}
            aria-controls="site-panel"
            autofocus={tab === one}
            onClick={() => setTab(one)}
          >
            {t(`site.tab.${one}`)}
          </button>
        ))}
      </div>
      <div class="st-panel" role="tabpanel" id="site-panel" aria-labelledby={`site-tab-${tab}`}>
        {problem && <ProblemNotice problem={problem} />}
        {site === undefined && !problem && <p class="empty">{t("page.loading")}</p>}
        {site && tab === "admission" && <AdmissionTab {...{ meetingId, site, reason }} onSaved={saved} />}
        {site && tab === "particulars" && <ParticularsTab {...{ meetingId, site, reason }} onSaved={saved} />}
        {site && tab === "device" && (
          <DeviceTab {...{ meetingId, site, reason, given }} onGiven={setGiven} onSaved={saved} />
        )}
        {site && tab === "tests" && <TestsTab meetingId={meetingId} site={site.id} />}
      </div>
    </Dialog>
  );
}

function Remove({ meetingId, conference, row, reason, onChanged, onClose, name }: SiteSheetProps & { name: string }) {
  const why = conference.state === "live" ? t("remove.live") : reason;
  const go = () =>
    ask({
      title: t("remove.title", { name }),
      says: [t("remove.says"), t("remove.keeps")],
      action: t("remove.go"),
      key: "x",
      danger: true,
      run: async () => {
        if (!(await act(removeSite(meetingId, row.id), () => t("remove.done", { name })))) return;
        onChanged();
        onClose();
      },
    });
  return (
    <Button kind="danger" class="st-remove" reason={why} onPress={go}>
      {t("remove.go")}
    </Button>
  );
}
