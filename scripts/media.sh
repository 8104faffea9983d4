#!/usr/bin/env bash
# Tests of the relay use Debian's ffmpeg (RTSP, RTMP, SRT peers) and coturn, the benchmark its janus (the measured peer):
# install what is missing where that may be done, else say what to do.
set -euo pipefail
missing=()
for tool in ffmpeg janus; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
command -v turnserver >/dev/null || missing+=(coturn)
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # Debian starts janus and coturn as services after installing it; nobody here wants them.
  apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
echo "Missing: ${missing[*]}. Install, then run make again:  sudo apt install ${missing[*]}" >&2
exit 1
