/** A site's device: how it is, a one-time code for a new one, its removal, and the line of an edge. */

import { Button } from "@common/components/Button.tsx";
import { Qr } from "@common/components/Qr.tsx";
import type { SiteDeviceAdded } from "@common/types.gen.ts";
import { useState } from "preact/hooks";
import { ask } from "../../parts/Ask.tsx";
import { act } from "../../parts/act.ts";
import type { SiteDetail } from "../shapes.ts";
import { type DeviceKind, giveCode, removeDevice } from "./calls.ts";
import { formatClock, formatDate, t } from "./i18n/index.ts";
import { LineChoice } from "./LineChoice.tsx";
import type { TabProps } from "./SiteSheet.tsx";

const KINDS: readonly DeviceKind[] = ["site", "edge"];

export interface DeviceTabProps extends TabProps {
  /** The code that was given while this sheet is open: it is shown once. */
  readonly given: SiteDeviceAdded | undefined;
  readonly onGiven: (given: SiteDeviceAdded | undefined) => void;
}

function stateText(site: SiteDetail): string {
  if (site.device_id === null) return t("device.none");
  if (site.device_enrolled) return site.device_online ? `✓ ${t("device.online")}` : t("device.offline");
  if (site.device_code_ms === null || site.device_code_ms < Date.now()) return t("device.expired");
  return t("device.waiting", { time: formatClock(site.device_code_ms), date: formatDate(site.device_code_ms) });
}

const kindOf = (site: SiteDetail): DeviceKind => (site.device_kind === "edge" ? "edge" : "site");

/** See the top of this file. */
export function DeviceTab(props: DeviceTabProps) {
  const { site } = props;
  const edge = site.device_id !== null && kindOf(site) === "edge";
  return (
    <div class={edge ? "st-columns" : ""}>
      <Device {...props} />
      {edge && <LineChoice {...props} />}
    </div>
  );
}

function Device(props: DeviceTabProps) {
  const { meetingId, site, reason, given, onGiven, onSaved } = props;
  const [kind, setKind] = useState<DeviceKind>(kindOf(site));
  const give = async () => {
    if (await act(giveCode(meetingId, site.id, kind).then(onGiven))) onSaved();
  };
  const askGive = () => {
    if (site.device_id === null) return give();
    return ask({
      title: t("device.again.title", { name: site.name }),
      says: [t("device.again.says")],
      warning: site.device_online ? t("device.again.online") : undefined,
      action: t("device.again"),
      key: "m",
      run: give,
    });
  };
  return (
    <div class="st-part">
      <p role="status" class="st-state">
        {site.device_id !== null && <strong>{t(`device.${kindOf(site)}`)}</strong>}
        <span>{stateText(site)}</span>
      </p>
      {given && given.id === site.device_id && !site.device_enrolled && <Once given={given} kind={kindOf(site)} />}
      <fieldset>
        <legend>{t("device.kind")}</legend>
        {KINDS.map((one) => (
          <label key={one} class="check">
            <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
            <span>
              {t(`device.${one}`)} <small>{t(`device.${one}.help`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="buttons st-foot">
        <Button kind={given ? "normal" : "primary"} reason={reason} onPress={askGive}>
          {site.device_id === null ? t("device.give") : t("device.again")}
        </Button>
        {site.device_id !== null && <RemoveDevice {...props} />}
      </div>
    </div>
  );
}

function RemoveDevice({ meetingId, site, reason, onGiven, onSaved }: DeviceTabProps) {
  const go = async () => {
    if (!(await act(removeDevice(meetingId, site.id), () => t("device.removed")))) return;
    onGiven(undefined);
    onSaved();
  };
  const question = () =>
    ask({
      title: t("device.remove.title", { name: site.name }),
      says: [t("device.remove.says")],
      action: t("device.remove"),
      key: "h",
      danger: true,
      run: go,
    });
  return (
    <Button kind="danger" reason={reason} reasonHidden onPress={question}>
      {t("device.remove")}
    </Button>
  );
}

function Once({ given, kind }: { readonly given: SiteDeviceAdded; readonly kind: DeviceKind }) {
  return (
    <div class="once st-once">
      <div>
        <p>{t("device.once")}</p>
        <p class="once-code mono">{`${given.code.slice(0, 4)} ${given.code.slice(4)}`}</p>
        <p>{kind === "edge" ? t("device.command") : t("device.url")}</p>
        <p class="mono">{kind === "edge" ? `nghisu edge --centre ${given.url} --enrol-only` : given.url}</p>
      </div>
      {kind === "site" && <Qr text={given.url} label={t("device.scan")} />}
    </div>
  );
}
