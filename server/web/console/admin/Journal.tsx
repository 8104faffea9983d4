/** The audit page: every act, newest first, with filters; and the walk along the chain. */

import { Button } from "@common/components/Button.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { myMeetings } from "../calls/meetings.ts";
import { type Chain, type JournalFilter, type JournalRow, journal, verifyJournal } from "../calls/people.ts";
import { formatClockSeconds, formatDate, language, t } from "../i18n/index.ts";
import { act } from "../parts/act.ts";
import { MomentField } from "../parts/MomentField.tsx";
import { toIso } from "../parts/moments.ts";

const PAGE = 100;

interface Filter {
  readonly meeting: string;
  readonly actor: string;
  readonly action: string;
  readonly from: string;
  readonly to: string;
}

const NO_FILTER: Filter = { meeting: "", actor: "", action: "", from: "", to: "" };

function query(filter: Filter, before: number | undefined): JournalFilter {
  const moment = (local: string) => new Date(toIso(local)).getTime();
  return {
    ...(filter.meeting ? { meeting_id: Number(filter.meeting) } : {}),
    ...(filter.actor ? { actor: filter.actor.trim() } : {}),
    ...(filter.action ? { action: filter.action.trim() } : {}),
    ...(filter.from ? { from_ms: moment(filter.from) } : {}),
    ...(filter.to ? { to_ms: moment(filter.to) } : {}),
    ...(before === undefined ? {} : { before_seq: before }),
  };
}

function Filters({ filter, onFilter }: { readonly filter: Filter; readonly onFilter: (filter: Filter) => void }) {
  const meetings = useLoad(myMeetings, []).data?.meetings ?? [];
  const text = (name: keyof Filter) => (
    <TextField
      label={t(`journal.${name}`)}
      value={filter[name]}
      onValue={(value) => onFilter({ ...filter, [name]: value })}
      input={{ type: "search", maxLength: 64 }}
    />
  );
  const moment = (name: "from" | "to", usual: string) => (
    <MomentField
      label={t(`journal.${name}`)}
      usual={usual}
      value={filter[name]}
      onValue={(value) => onFilter({ ...filter, [name]: value })}
    />
  );
  return (
    <div class="form-row">
      <Field label={t("journal.meeting")}>
        {(control) => (
          <select
            {...control}
            value={filter.meeting}
            onChange={(event) => onFilter({ ...filter, meeting: event.currentTarget.value })}
          >
            <option value="">{t("form.all")}</option>
            {meetings.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {text("action")}
      {text("actor")}
      {moment("from", "00:00")}
      {moment("to", "23:59")}
    </div>
  );
}

function Broken({ chain }: { readonly chain: Chain }) {
  return (
    <div role="status" class="import-verdict import-bad">
      <p>{`✕ ${t("journal.broken")}`}</p>
      <ul class="findings">
        {chain.findings.map((one) => {
          const text = language.value === "en" ? one.text_en : one.text;
          return <li key={text}>{text}</li>;
        })}
        {chain.more > 0 && <li>{t("journal.more", { n: chain.more })}</li>}
      </ul>
    </div>
  );
}

function Verify() {
  const [chain, setChain] = useState<Chain | undefined>(undefined);
  return (
    <div class="buttons verify">
      <Button onPress={() => act(verifyJournal().then(setChain))}>{t("journal.verify")}</Button>
      {chain?.ok && (
        <p role="status" class="import-verdict import-good">
          {`✓ ${t("journal.whole", { rows: chain.rows })}`}
        </p>
      )}
      {chain && !chain.ok && <Broken chain={chain} />}
    </div>
  );
}

function Row({ row }: { readonly row: JournalRow }) {
  return (
    <tr>
      <td>{row.seq}</td>
      <td>
        {formatClockSeconds(row.at_ms)}
        <small>{formatDate(row.at_ms)}</small>
      </td>
      <td>
        {row.actor_name}
        <small>{`${row.actor} · ${row.origin}`}</small>
      </td>
      <td>
        <strong>{row.action}</strong>
        <small class="mono">{JSON.stringify(row.data)}</small>
      </td>
      <td class="mono" title={row.hash}>
        {row.hash.slice(0, 8)}
      </td>
    </tr>
  );
}

/** See the top of this file. */
export function Journal() {
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [before, setBefore] = useState<readonly number[]>([]);
  const { data, problem } = useLoad(() => journal(query(filter, before.at(-1))), [filter, before]);
  const rows = data?.rows ?? [];
  const older = rows.at(-1)?.seq;
  return (
    <section class="persons">
      <Verify />
      <Filters
        filter={filter}
        onFilter={(next) => {
          setFilter(next);
          setBefore([]);
        }}
      />
      {problem && <ProblemNotice problem={problem} />}
      {data && rows.length === 0 && <p class="empty">{t("journal.none")}</p>}
      {rows.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              {(["seq", "at", "who", "what", "hash"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`journal.col.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.seq} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <div class="buttons">
        {before.length > 0 && <Button onPress={() => setBefore(before.slice(0, -1))}>{t("admin.newer")}</Button>}
        {older !== undefined && rows.length === PAGE && (
          <Button onPress={() => setBefore([...before, older])}>{t("admin.older")}</Button>
        )}
      </div>
    </section>
  );
}
