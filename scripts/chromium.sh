#!/usr/bin/env bash
# The browser tests drive Debian's Chromium: install it where it is missing and may, else say what to do.
set -euo pipefail
[ -x /usr/bin/chromium ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "Chromium is missing. Install it, then run make again:  sudo apt install chromium" >&2
exit 1
