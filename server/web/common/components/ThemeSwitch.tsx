/** Paper by day, dark for reading at night. */

import { t } from "../i18n/index.ts";
import { theme } from "../theme.ts";
import { Button } from "./Button.tsx";

/** The switch of the current page. */
export function ThemeSwitch() {
  const other = theme.value === "dark" ? "light" : "dark";
  return (
    <Button
      kind="quiet"
      icon={other === "dark" ? "moon" : "sun"}
      label={other === "dark" ? t("theme.dark") : t("theme.light")}
      onPress={() => {
        theme.value = other;
      }}
    />
  );
}
