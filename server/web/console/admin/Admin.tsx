/** Administration: units and persons, accounts, devices, logs. */

import { t } from "../i18n/index.ts";
import { ADMIN_TABS, type AdminTab, href } from "../router.ts";
import { holds } from "../session.ts";
import { Accounts } from "./Accounts.tsx";
import { Devices } from "./Devices.tsx";
import { Journal } from "./Journal.tsx";
import { Rules } from "./Rules.tsx";
import { SignIns } from "./SignIns.tsx";
import { Units } from "./Units.tsx";

const PAGES: Readonly<Record<AdminTab, () => preact.JSX.Element>> = {
  units: Units,
  accounts: Accounts,
  rules: Rules,
  devices: Devices,
  "sign-ins": SignIns,
  journal: Journal,
};

/** Who may use each page; the server decides, this only says it beforehand. */
const ROLES: Readonly<Record<AdminTab, readonly string[]>> = {
  units: ["administrator", "unit_administrator", "secretary"],
  accounts: ["administrator", "unit_administrator"],
  rules: ["administrator", "unit_administrator", "secretary"],
  devices: ["administrator", "unit_administrator", "secretary", "technician"],
  "sign-ins": ["administrator"],
  journal: ["administrator"],
};

/** See the top of this file. */
export function Admin({ tab }: { readonly tab: AdminTab }) {
  const Page = PAGES[tab];
  const mine = ADMIN_TABS.filter((name) => holds(...ROLES[name]));
  return (
    <div class="page">
      <nav class="tabs" aria-label={t("nav.admin")}>
        {mine.map((name) => (
          <a
            key={name}
            class="tab"
            href={href({ page: "admin", tab: name })}
            aria-current={name === tab ? "page" : undefined}
          >
            {t(`nav.${name}`)}
          </a>
        ))}
        <a class="tab" href="/api/docs" target="_blank" rel="noreferrer">
          {t("nav.api")}
        </a>
      </nav>
      {mine.includes(tab) ? <Page /> : <p class="empty">{t("admin.notYours")}</p>}
    </div>
  );
}
