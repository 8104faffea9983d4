/** Who: found in the register by name, or entered anew. */

import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { meetingDetails } from "../calls/meetings.ts";
import { type Person, persons } from "../calls/people.ts";
import { t } from "../i18n/index.ts";

/** What the server is told. */
export type Who =
  | { readonly person_id: number; readonly name: string }
  | { readonly person: { name: string; title: string; unit_id: number | null; card_number: string | null } };

interface Props {
  readonly meetingId: number;
  readonly who: Who | undefined;
  readonly onWho: (who: Who | undefined) => void;
}

const SHORTEST = 2;
const MOST = 8;

async function find(meetingId: number, text: string): Promise<readonly Person[]> {
  if (text.trim().length < SHORTEST) return [];
  const { unit_id } = await meetingDetails(meetingId);
  return (await persons(unit_id, text.trim(), 1)).persons.slice(0, MOST);
}

function Fresh({ name, onWho }: { readonly name: string; readonly onWho: Props["onWho"] }) {
  const [draft, setDraft] = useState({ name, title: "", card: "" });
  const set = (change: Partial<typeof draft>) => {
    const next = { ...draft, ...change };
    setDraft(next);
    const person = {
      name: next.name.trim(),
      title: next.title.trim(),
      unit_id: null,
      card_number: next.card.trim() || null,
    };
    onWho(person.name ? { person } : undefined);
  };
  return (
    <>
      <TextField
        label={t("people.name")}
        value={draft.name}
        onValue={(value) => set({ name: value })}
        input={{ maxLength: 120, autofocus: true }}
      />
      <div class="form-row">
        <TextField
          label={t("people.title")}
          value={draft.title}
          onValue={(title) => set({ title })}
          input={{ maxLength: 200 }}
        />
        <TextField
          label={t("people.card")}
          value={draft.card}
          onValue={(card) => set({ card })}
          input={{ maxLength: 40 }}
        />
      </div>
    </>
  );
}

/** See the top of this file. */
export function PersonPicker({ meetingId, who, onWho }: Props) {
  const [text, setText] = useState("");
  const [fresh, setFresh] = useState(false);
  const { data } = useLoad(() => find(meetingId, text), [text]);
  if (fresh) return <Fresh name={text} onWho={onWho} />;
  if (who && "name" in who) {
    return (
      <p class="picked">
        <strong>{who.name}</strong>
        <Button kind="quiet" icon="undo" onPress={() => onWho(undefined)}>
          {t("people.pickOther")}
        </Button>
      </p>
    );
  }
  return (
    <div class="picker">
      <TextField
        label={t("people.find")}
        hint={t("people.find.help")}
        value={text}
        onValue={setText}
        input={{ autofocus: true, maxLength: 60, placeholder: t("search.placeholder") }}
      />
      <ul class="picker-list">
        {data?.map((person) => (
          <li key={person.id}>
            <button type="button" class="pick" onClick={() => onWho({ person_id: person.id, name: person.name })}>
              <strong>{person.name}</strong>
              <small>{[person.title, person.card_number].filter(Boolean).join(" · ")}</small>
            </button>
          </li>
        ))}
      </ul>
      <Button
        icon="plus"
        onPress={() => {
          setFresh(true);
          if (text.trim()) onWho({ person: { name: text.trim(), title: "", unit_id: null, card_number: null } });
        }}
      >
        {t("people.fresh")}
      </Button>
    </div>
  );
}
