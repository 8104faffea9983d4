/** Persons of a unit and the units below it: search, pages, add, change. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { addPerson, changePerson, type Person, persons, type Unit } from "../calls/people.ts";
import { t } from "../i18n/index.ts";

const PAGE = 100;

function PersonSheet(props: { readonly unit: Unit; readonly one: Person | undefined; readonly onClose: () => void }) {
  const { unit, one, onClose } = props;
  const [name, setName] = useState(one?.name ?? "");
  const [title, setTitle] = useState(one?.title ?? "");
  const [card, setCard] = useState(one?.card_number ?? "");
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const reason = name.trim() === "" ? t("form.required") : undefined;
  const save = async () => {
    const body = { name: name.trim(), title: title.trim(), card_number: card.trim() || null };
    try {
      await (one ? changePerson(one.unit_id, one.id, body) : addPerson(unit.id, body));
      toast("good", () => t("form.saved"));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      title={one?.name ?? t("persons.add")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" onPress={save} reason={reason}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      <TextField
        label={t("people.name")}
        value={name}
        onValue={setName}
        error={fieldText(problem, "name")}
        input={{ maxLength: 120, autofocus: true }}
      />
      <TextField label={t("people.title")} value={title} onValue={setTitle} input={{ maxLength: 200 }} />
      <TextField
        label={t("people.card")}
        value={card}
        onValue={setCard}
        error={fieldText(problem, "card_number")}
        input={{ maxLength: 40 }}
      />
    </Dialog>
  );
}

/** See the top of this file. */
export function Persons({ unit, reason }: { readonly unit: Unit; readonly reason: string | undefined }) {
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(1);
  const [edited, edit] = useState<Person | "new" | undefined>(undefined);
  const { data, problem, reload } = useLoad(() => persons(unit.id, search, page), [unit.id, search, page]);
  const total = data?.total ?? 0;
  return (
    <section class="persons" aria-label={t("persons.title", { name: unit.name })}>
      <div class="toolbar">
        <TextField
          label={t("form.search")}
          value={search}
          onValue={(text) => {
            setSearch(text);
            setPage(1);
          }}
          input={{ type: "search", maxLength: 60, placeholder: t("search.placeholder") }}
        />
        <Button icon="plus" onPress={() => edit("new")} reason={reason} reasonHidden>
          {t("persons.add")}
        </Button>
        <span class="toolbar-count">{t("persons.count", { n: total })}</span>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {data && total === 0 && <p class="empty">{t("persons.none")}</p>}
      <table class="table">
        <tbody>
          {data?.persons.map((one) => (
            <tr key={one.id}>
              <td>
                <strong>{one.name}</strong>
                <small>{one.title}</small>
              </td>
              <td>{one.card_number}</td>
              <td class="row-actions">
                <Button
                  kind="quiet"
                  icon="pen"
                  label={t("people.edit", { name: one.name })}
                  onPress={() => edit(one)}
                  reason={reason}
                  reasonHidden
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > PAGE && (
        <div class="buttons">
          <Button onPress={() => setPage(page - 1)} reason={page === 1 ? t("admin.firstPage") : undefined} reasonHidden>
            {t("admin.previous")}
          </Button>
          <Button
            onPress={() => setPage(page + 1)}
            reason={page * PAGE >= total ? t("admin.lastPage") : undefined}
            reasonHidden
          >
            {t("admin.next")}
          </Button>
        </div>
      )}
      {edited && (
        <PersonSheet
          unit={unit}
          one={edited === "new" ? undefined : edited}
          onClose={() => {
            edit(undefined);
            reload();
          }}
        />
      )}
    </section>
  );
}
