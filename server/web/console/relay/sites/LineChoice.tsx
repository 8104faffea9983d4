/** Over which way the edge of a site takes the conference. For an edge only: a page in a browser has no choice. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { ask } from "../../parts/Ask.tsx";
import type { SiteDetail } from "../shapes.ts";
import { setLine } from "./calls.ts";
import { t } from "./i18n/index.ts";
import type { TabProps } from "./SiteSheet.tsx";

type Line = SiteDetail["line"];

const LINES: readonly Line[] = ["feed", "srt"];

/** See the top of this file. */
export function LineChoice({ meetingId, site, reason, onSaved }: TabProps) {
  const [line, setLineChosen] = useState(site.line);
  const [problem, setProblem] = useState<Problem>();
  const put = async (wanted: Line, done: "line.done" | "line.key.done") => {
    setProblem(undefined);
    try {
      await setLine(meetingId, site.id, wanted);
      toast("good", () => t(done));
      onSaved();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (why === undefined) void put(line, "line.done");
  };
  const askKey = () =>
    ask({
      title: t("line.key.title", { name: site.name }),
      says: [t("line.key.says")],
      action: t("line.key"),
      key: "k",
      run: () => put("srt", "line.key.done"),
    });
  const why = reason ?? (line === site.line ? t("line.same") : undefined);
  return (
    <form class="st-part" onSubmit={save}>
      <p role="status" class="st-state">
        <strong>{t("line.title")}</strong>
        <span>{t("line.now", { line: t(`line.${site.line}`) })}</span>
      </p>
      {problem && <ProblemNotice problem={problem} />}
      <fieldset>
        <legend class="visually-hidden">{t("line.title")}</legend>
        {LINES.map((one) => (
          <label key={one} class="check">
            <input type="radio" name="line" checked={line === one} onChange={() => setLineChosen(one)} />
            <span>
              {t(`line.${one}`)} <small>{t(`line.${one}.help`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <small>{t("line.who")}</small>
      <div class="buttons">
        <Button type="submit" reason={why}>
          {t("line.save")}
        </Button>
        {site.line === "srt" && (
          <Button kind="quiet" reason={reason} reasonHidden onPress={askKey}>
            {t("line.key")}
          </Button>
        )}
      </div>
    </form>
  );
}
