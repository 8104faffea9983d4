/** The seat: an empty one asks who sits down; then the meeting. */

import { t } from "./i18n/index.ts";
import { strange } from "./live.ts";
import { Room } from "./room/Room.tsx";
import { SignIn } from "./sign-in/SignIn.tsx";
import "./seat.css";

/** See above. */
export function App() {
  document.title = t("title");
  return strange() ? <SignIn /> : <Room />;
}
