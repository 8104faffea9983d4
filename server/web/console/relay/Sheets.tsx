/** The frame of the forms here, and the form of a new conference. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { create } from "./calls.ts";
import { t } from "./i18n/index.ts";

interface SheetProps {
  readonly title: string;
  readonly reason: string | undefined;
  readonly save: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** The verb of the button; "save" without it. */
  readonly saveText?: string;
  /** Beside the buttons, at the other end. */
  readonly more?: ComponentChildren;
}

/** A form in a dialog: what is wrong stands above it, and it closes once it is saved. */
export function Sheet({ title, reason, save, onClose, children, saveText, more }: SheetProps) {
  const [problem, setProblem] = useState<Problem>();
  const go = async (event?: Event) => {
    event?.preventDefault();
    if (reason !== undefined) return;
    try {
      await save();
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog wide title={title} onClose={onClose}>
      <form class="sheet" noValidate onSubmit={go}>
        {problem && <ProblemNotice problem={problem} />}
        {children}
        <div class="dialog-actions">
          {more && <span class="sheet-more">{more}</span>}
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" kind="primary" reason={reason}>
            {saveText ?? t("form.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface Props {
  readonly meetingId: number;
  readonly onClose: () => void;
}

const ORGANISERS = ["central", "province"] as const;

/** A new conference. */
export function ConferenceSheet({ meetingId, onClose }: Props) {
  const [name, setName] = useState("");
  const [organiser, setOrganiser] = useState<(typeof ORGANISERS)[number]>("central");
  const [phone, setPhone] = useState("");
  return (
    <Sheet
      title={t("none.make")}
      reason={name.trim() === "" ? t("form.required") : undefined}
      save={() => create(meetingId, { name: name.trim(), organiser, phone })}
      onClose={onClose}
    >
      <TextField label={t("form.name")} value={name} onValue={setName} input={{ maxLength: 300, autofocus: true }} />
      <Field label={t("form.organiser")}>
        {(control) => (
          <select
            {...control}
            value={organiser}
            onChange={(event) => setOrganiser(event.currentTarget.value as typeof organiser)}
          >
            {ORGANISERS.map((one) => (
              <option key={one} value={one}>
                {t(`organiser.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label={t("form.phone")}
        hint={t("form.phone.help")}
        value={phone}
        onValue={setPhone}
        input={{ type: "tel", maxLength: 40 }}
      />
    </Sheet>
  );
}
