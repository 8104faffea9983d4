/** One touch between Vietnamese and English. Shows the language one would get, in that language. */

import { en } from "../i18n/en.ts";
import { language, t } from "../i18n/index.ts";
import { vi } from "../i18n/vi.ts";
import { Button } from "./Button.tsx";

/** The switch of the current page. */
export function LanguageSwitch() {
  const other = language.value === "vi" ? "en" : "vi";
  const name = (other === "vi" ? vi : en)["language.name"];
  return (
    <Button
      kind="quiet"
      icon="globe"
      label={`${t("language.switch")}: ${name}`}
      onPress={() => {
        language.value = other;
      }}
    >
      <span lang={other}>{name}</span>
    </Button>
  );
}
