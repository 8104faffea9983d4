/** Asking to speak: what about, one's place in the list, and withdrawing. */

import { post, remove } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { toast, toastRefusal } from "@common/components/Toast.tsx";
import type { FloorView, MeView } from "@common/types.gen.ts";
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { sitter } from "../who.ts";
import { currentItem } from "./Agenda.tsx";
import "./speak.css";

const LONGEST = 200;
const requests = () => `/api/meetings/${sitter.peek()?.meetingId}/floor/requests`;

/** The panel. */
export function Speak({ me, onClose }: { readonly me: MeView | undefined; readonly onClose: () => void }) {
  const floor = useMeeting("floor");
  return (
    <Sheet title={t("speak.title")} onClose={onClose}>
      <div class="speak">
        {me?.request == null ? <Ask onAsked={onClose} /> : <Waiting me={me} />}
        <Queue floor={floor} me={me} />
      </div>
    </Sheet>
  );
}

function useSubjects(): readonly string[] {
  const item = currentItem(useMeeting("agenda"));
  const about = item && t("speak.item", { number: item.number, title: item.title });
  const fixed = [t("speak.comment"), t("speak.question"), t("speak.other")];
  return about === undefined ? fixed : [about, ...fixed];
}

function Ask({ onAsked }: { readonly onAsked: () => void }) {
  const subjects = useSubjects();
  const [chosen, setChosen] = useState(0);
  const ask = async () => {
    try {
      await post(requests(), { topic: (subjects[chosen] ?? "").slice(0, LONGEST) });
      onAsked();
    } catch (error) {
      toastRefusal(error);
    }
  };
  return (
    <fieldset class="speak-ask">
      <legend>{t("speak.about")}</legend>
      {subjects.map((subject, index) => (
        <label key={subject} class="speak-subject">
          <input type="radio" name="subject" checked={index === chosen} onChange={() => setChosen(index)} />
          <span>{subject}</span>
        </label>
      ))}
      <Button kind="primary" size="large" icon="hand" wide onPress={ask}>
        {t("speak.send")}
      </Button>
    </fieldset>
  );
}

function Waiting({ me }: { readonly me: MeView }) {
  const place = me.request?.place ?? null;
  const withdraw = async () => {
    try {
      await remove(`${requests()}/mine`);
      toast("good", () => t("speak.withdrawn"));
    } catch (error) {
      toastRefusal(error);
    }
  };
  return (
    <div class="speak-ask" role="status">
      <p class="speak-place">{place === null ? t("speak.waiting.only") : t("speak.waiting", { place })}</p>
      <p>{t("speak.waiting.next")}</p>
      <Button size="large" icon="undo" wide onPress={withdraw}>
        {t("speak.cancel")}
      </Button>
    </div>
  );
}

function Queue({ floor, me }: { readonly floor: FloorView | undefined; readonly me: MeView | undefined }) {
  return (
    <section class="speak-list">
      <h2>{t("speak.list")}</h2>
      {floor?.speaking && <p class="speak-now">{t("speak.now", { name: floor.speaking.name })}</p>}
      {floor?.waiting.length === 0 && <p class="room-empty">{t("speak.list.empty")}</p>}
      <ol>
        {floor?.waiting.map((request, index) => (
          <li key={request.id} class={request.participant_id === me?.participant_id ? "speak-mine" : ""}>
            <span class="tabular">{index + 1}</span>
            <span>{request.participant_id === me?.participant_id ? t("speak.me") : request.name}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** "Mời đồng chí phát biểu": above everything while it is one's turn. */
export function Called({ me }: { readonly me: MeView | undefined }) {
  const state = me?.request?.state;
  if (state !== "called" && state !== "speaking") return null;
  return (
    <p class="called" role="alert">
      {state === "called" ? t("speak.called") : t("speak.speaking")}
    </p>
  );
}
