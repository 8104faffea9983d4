/** The sign-in log, newest first; a hundred at a time. */

import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { type SignInRow, signIns } from "../calls/people.ts";
import { formatClockSeconds, formatDate, t, word } from "../i18n/index.ts";

const PAGE = 100;

/** See the top of this file. */
export function SignIns() {
  const [who, setWho] = useState("");
  const [before, setBefore] = useState<readonly number[]>([]);
  const { data, problem } = useLoad(() => signIns(who.trim(), before.at(-1)), [who, before]);
  const rows: readonly SignInRow[] = data?.attempts ?? [];
  const older = rows.at(-1)?.id;
  return (
    <section class="persons">
      <div class="toolbar">
        <TextField
          label={t("log.who")}
          hint={t("log.who.help")}
          value={who}
          onValue={(text) => {
            setWho(text);
            setBefore([]);
          }}
          input={{ type: "search", maxLength: 80 }}
        />
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {data && rows.length === 0 && <p class="empty">{t("log.none")}</p>}
      {rows.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("log.at")}</th>
              <th scope="col">{t("log.who")}</th>
              <th scope="col">{t("log.surface")}</th>
              <th scope="col">{t("log.address")}</th>
              <th scope="col">{t("log.outcome")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>{`${formatDate(row.at_ms)} ${formatClockSeconds(row.at_ms)}`}</td>
                <td>{row.who}</td>
                <td>{word("surface", row.surface)}</td>
                <td class="mono">{row.address}</td>
                <td>{row.outcome === "ok" ? `✓ ${t("log.ok")}` : `✕ ${word("log.code", row.outcome)}`}</td>
              </tr>
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
