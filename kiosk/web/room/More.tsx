/** The rest: night reading, language, keys, signing out. */

import { remove } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { toastRefusal } from "@common/components/Toast.tsx";
import { t as common, language } from "@common/i18n/index.ts";
import { keyMapShown } from "@common/keys.ts";
import { theme } from "@common/theme.ts";
import { useState } from "preact/hooks";
import { forgetBallots, unsent } from "../ballot/state.ts";
import { t } from "../i18n/index.ts";
import { live } from "../live.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { standUp } from "../who.ts";
import { forgetReading } from "./reading.ts";

async function signOut(): Promise<void> {
  try {
    await remove("/api/session");
  } catch (error) {
    toastRefusal(error); // the session still lives on the server: say so rather than pretend
    return;
  }
  forgetBallots();
  forgetReading();
  standUp();
  live.reconnect(true);
}

/** The panel. */
export function More({ onClose }: { readonly onClose: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <Sheet title={t("more.title")} onClose={onClose}>
      {asking ? (
        <div class="more-ask" role="alert">
          <p>{t("more.sign-out.ask")}</p>
          <Button size="large" wide autoFocus onPress={() => setAsking(false)}>
            {t("more.sign-out.no")}
          </Button>
          <Button size="large" wide kind="danger" icon="exit" onPress={signOut}>
            {t("more.sign-out.yes")}
          </Button>
        </div>
      ) : (
        <Choices onSignOut={() => setAsking(true)} />
      )}
    </Sheet>
  );
}

function Choices({ onSignOut }: { readonly onSignOut: () => void }) {
  const dark = theme.value === "dark";
  const night = () => {
    theme.value = dark ? "light" : "dark";
  };
  const speak = () => {
    language.value = language.value === "vi" ? "en" : "vi";
  };
  const keys = () => {
    keyMapShown.value = true;
  };
  return (
    <div class="more">
      <Button size="large" wide icon={dark ? "sun" : "moon"} onPress={night}>
        {dark ? t("more.day") : t("more.night")}
      </Button>
      <Button size="large" wide icon="globe" onPress={speak}>
        {t("more.language")}
      </Button>
      <Button size="large" wide icon="keyboard" onPress={keys}>
        {common("keys.show")}
      </Button>
      <Button
        size="large"
        wide
        icon="exit"
        reason={unsent.value ? t("more.sign-out.ballot") : undefined}
        onPress={onSignOut}
      >
        {t("more.sign-out")}
      </Button>
    </div>
  );
}
