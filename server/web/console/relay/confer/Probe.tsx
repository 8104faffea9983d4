/** A source looked at: the seconds it takes, and the answer in words. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useKeys } from "@common/keys.ts";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Probe, Probed, SourceNow } from "../shapes.ts";
import { formatNumber, t, word } from "./i18n/index.ts";

const MOST_S = 10;

/** A try of a source. */
export interface Try {
  /** Look at it now. */
  readonly go: () => Promise<void>;
  /** What it came to, or that it is being looked at. */
  readonly answer: ComponentChildren;
}

/** A try of what is `asked`: its answer goes when something else is asked, by Escape, or by its own button. */
export function useTry(look: () => Promise<Probed>, asked: string): Try {
  const [tried, setTried] = useState<Probed | Problem | "looking">();
  const turn = useRef(0); // an answer that was put away does not come back
  const clear = () => {
    turn.current += 1;
    setTried(undefined);
  };
  useEffect(clear, [asked]);
  const away = { label: t("probe.away"), hidden: true, inFields: true, run: clear };
  useKeys({ Escape: away }, { active: tried !== undefined });
  const go = () => {
    clear();
    const mine = turn.current;
    const keep = (found: Probed | Problem) => {
      if (mine === turn.current) setTried(found);
    };
    setTried("looking");
    return look().then(keep, (error: unknown) => keep(asProblem(error)));
  };
  const answer = tried && (
    <div class="rc-tried">
      {tried === "looking" ? <Looking /> : <Tried tried={tried} />}
      <Button kind="quiet" icon="cross" label={t("probe.away")} onPress={clear} />
    </div>
  );
  return { go, answer };
}

/** How long it has been looked at; a probe ends by itself. */
function Looking() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => Math.min(MOST_S, before + 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="rc-looking" role="status">
      <progress max={MOST_S} value={seconds} aria-label={t("probe.looking")} />
      <span>{t("probe.looking")}</span>
    </p>
  );
}

/** What came, what is made anew and what it costs; or why nothing came. */
function Tried({ tried }: { readonly tried: Probed | Problem }) {
  if ("status" in tried) return <ProblemNotice problem={tried} />;
  if (tried.probe === null) {
    return (
      <p class="rs-why" role="status">
        {tried.why === "" ? t("probe.nothing") : word("why.source", tried.why)}
      </p>
    );
  }
  return (
    <div role="status">
      <strong>{t(tried.in_use ? "probe.inUse" : "probe.good")}</strong>
      <Facts probe={tried.probe} made={tried} />
    </div>
  );
}

interface FactsProps {
  readonly probe: Probe;
  readonly made: Pick<SourceNow, "transcoding" | "cost_percent">;
  readonly kbps?: number;
}

const CODECS: Readonly<Record<string, string>> = { h264: "H.264", hevc: "H.265", aac: "AAC", opus: "Opus" };
const codec = (name: string) => CODECS[name] ?? name.toUpperCase();

function pictureText(probe: Probe, kbps: number): string {
  if (probe.video === "") return t("facts.noPicture");
  return [
    [codec(probe.video), probe.profile].filter(Boolean).join(" "),
    probe.width > 0 ? `${probe.width}×${probe.height}` : "",
    probe.fps > 0 ? t("source.fps", { n: Math.round(probe.fps) }) : "",
    kbps > 0 ? t("source.kbps", { n: kbps }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function soundText(probe: Probe): string {
  if (probe.audio === "") return t("source.silent");
  const rate = probe.audio_rate > 0 ? `${formatNumber(probe.audio_rate / 1000)} kHz` : "";
  const ways = probe.channels > 0 ? t("facts.channels", { n: probe.channels }) : "";
  return [codec(probe.audio), rate, ways].filter(Boolean).join(" · ");
}

/** Codec, profile, B-frames, key pictures, sound, what is made anew and its price: one line each. */
export function Facts({ probe, made, kbps = 0 }: FactsProps) {
  const gop = probe.gop_s > 0 ? t("source.gop", { n: Math.round(probe.gop_s * 10) / 10 }) : t("facts.gop.unknown");
  return (
    <dl class="rc-facts">
      <dt>{t("facts.picture")}</dt>
      <dd>{pictureText(probe, kbps)}</dd>
      <dt>{t("facts.order")}</dt>
      <dd>
        {t(probe.b_frames ? "facts.bframes" : "facts.noBframes")} {"·"} {gop}
      </dd>
      <dt>{t("facts.sound")}</dt>
      <dd>{soundText(probe)}</dd>
      <dt>{t("facts.made")}</dt>
      <dd class={made.transcoding.length > 0 ? "rc-costs" : ""}>{costText(made)}</dd>
    </dl>
  );
}

/** What passes and what is made anew, with the price. */
export function costText(one: Pick<SourceNow, "transcoding" | "cost_percent">): string {
  if (one.transcoding.length === 0) return t("source.passes");
  const what = one.transcoding.map((part) => t(`source.${part}`)).join(", ");
  return `${what}: ${t("source.cost", { n: Math.round(one.cost_percent) })}`;
}
