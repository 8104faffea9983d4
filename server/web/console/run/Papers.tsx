/** Papers of an item with page control: look, send to seats and wall, stop. */

import { Button } from "@common/components/Button.tsx";
import { useKeys } from "@common/keys.ts";
import { useRef } from "preact/hooks";
import { pagePicture, present, showOnWall, stopPresenting } from "../calls/room.ts";
import { t } from "../i18n/index.ts";
import { act } from "../parts/act.ts";
import type { Item, Paper } from "../shapes.ts";
import { chosenPaper, page, usePartKeys } from "./focus.ts";
import { pageTurnsSend } from "./follow.ts";
import type { Cockpit } from "./model.ts";

/** Present a page: seats follow the presenter, the wall shows the document. */
async function sendPage(cockpit: Cockpit, paper: Paper, number: number): Promise<void> {
  await present(cockpit.id, paper.version_id, number);
  if (cockpit.wall?.scene !== "document") await showOnWall(cockpit.id, "document");
}

function Choice({ papers, chosen }: { readonly papers: readonly Paper[]; readonly chosen: Paper }) {
  if (papers.length < 2) return <h4 class="paper-name">{chosen.title}</h4>;
  return (
    <select
      class="paper-name"
      aria-label={t("papers.choose")}
      value={chosen.id}
      onChange={(event) => choosePaper(Number(event.currentTarget.value))}
    >
      {papers.map((paper) => (
        <option key={paper.id} value={paper.id}>
          {paper.title}
        </option>
      ))}
    </select>
  );
}

function choosePaper(id: number): void {
  chosenPaper.value = id;
  page.value = 1;
}

function Rendering({ cockpit, item }: { readonly cockpit: Cockpit; readonly item: Item | undefined }) {
  const rows = cockpit.documents.filter((one) => one.agenda_item_id === item?.id && one.state !== "ready");
  return (
    <>
      {rows.map((one) => {
        const job = cockpit.jobs.find((each) => each.version_id === one.version_id);
        if (one.state === "refused") return null;
        return (
          <p key={one.id} class="paper-rendering">
            {t("papers.rendering", { title: one.title, done: job?.done ?? 0, total: job?.total ?? one.pages })}
          </p>
        );
      })}
    </>
  );
}

function Shown({ cockpit }: { readonly cockpit: Cockpit }) {
  const shown = cockpit.presented;
  return (
    <p class={shown ? "paper-shown paper-shown-on" : "paper-shown"} role="status">
      {shown
        ? t("papers.showing", { title: shown.title, page: shown.page, pages: shown.pages })
        : t("papers.showing.none")}
    </p>
  );
}

/** See the top of this file. */
export function Papers({ cockpit, item }: { readonly cockpit: Cockpit; readonly item: Item | undefined }) {
  const papers = item?.documents ?? [];
  const paper = papers.find((one) => one.id === chosenPaper.value) ?? papers[0];
  const number = Math.min(page.value, paper?.pages ?? 1);
  const isShown = paper?.version_id === cockpit.presented?.version_id && number === cockpit.presented?.page;
  const whyNotSend =
    cockpit.whyReadOnly ??
    (paper ? undefined : t("papers.noPages")) ??
    (isShown ? t("papers.showing.this") : undefined);
  const whyNotStop = cockpit.whyReadOnly ?? (cockpit.presented ? undefined : t("papers.notShowing"));
  const inTheAir = useRef<Promise<unknown>>(Promise.resolve());

  const send = (to: number) => {
    if (paper === undefined) return undefined;
    // One after the other: a page turned later must not be overtaken by an earlier one.
    const doing = inTheAir.current.then(() => sendPage(cockpit, paper, to));
    inTheAir.current = doing.catch(() => undefined);
    return act(doing);
  };
  const turn = (by: number) => {
    if (paper === undefined) return;
    const to = Math.min(paper.pages, Math.max(1, number + by));
    if (to === number) return;
    page.value = to;
    const following = pageTurnsSend.value && cockpit.presented?.version_id === paper.version_id;
    if (following && cockpit.whyReadOnly === undefined) void send(to);
  };
  const nextPaper = () => {
    const at = papers.findIndex((one) => one.id === paper?.id);
    const to = papers[(at + 1) % papers.length];
    if (to) choosePaper(to.id);
  };
  const stop = () => act(stopPresenting(cockpit.id));
  usePartKeys("now", {
    ArrowRight: { label: t("papers.turn"), run: () => turn(1), reason: paper ? undefined : t("papers.noPages") },
    ArrowLeft: { label: t("papers.turn"), hidden: true, run: () => turn(-1) },
    d: { label: t("papers.choose"), run: nextPaper, reason: papers.length > 1 ? undefined : t("papers.noPages") },
    s: { label: t("papers.stop"), run: () => void stop(), reason: whyNotStop },
  });
  useKeys(
    { t: { label: t("papers.send.short"), run: () => void send(number), reason: whyNotSend } },
    {
      title: t("papers.title"),
    },
  );

  return (
    <div class="papers">
      <h3 class="section-title">{t("papers.title")}</h3>
      <Rendering cockpit={cockpit} item={item} />
      {paper === undefined ? (
        <p class="empty">{t("papers.none")}</p>
      ) : (
        <div class="paper">
          <img
            class="paper-page"
            src={pagePicture(cockpit.id, paper.version_id, number)}
            alt={t("page.alt", { page: number, title: paper.title })}
          />
          <div class="paper-side">
            <Choice papers={papers} chosen={paper} />
            <div class="paper-turn">
              <Button icon="left" label={t("page.previous")} onPress={() => turn(-1)} />
              <span class="tabular">{t("papers.pageOf", { page: number, pages: paper.pages })}</span>
              <Button icon="right" label={t("page.next")} onPress={() => turn(1)} />
            </div>
            <Button wide icon="screen" onPress={() => send(number)} reason={whyNotSend} hint="T">
              {t("papers.send")}
            </Button>
            <label class="check">
              <input
                type="checkbox"
                checked={pageTurnsSend.value}
                onChange={(event) => {
                  pageTurnsSend.value = event.currentTarget.checked;
                }}
              />
              {t("papers.live")}
            </label>
            <Shown cockpit={cockpit} />
            {cockpit.presented && (
              <Button kind="quiet" icon="stop" onPress={stop} reason={whyNotStop} hint="S">
                {t("papers.stop")}
              </Button>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
