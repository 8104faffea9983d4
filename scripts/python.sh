#!/usr/bin/env bash
# Make the virtual environment from the lock file, or say in one line what is missing.
set -euo pipefail
python=$1 venv=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Nghị Sự needs Python 3.11 or newer; $python is $("$python" -V 2>&1)." >&2; exit 1; }

if [ ! -x "$venv/bin/pip" ]; then
  rm -rf "$venv"
  if ! "$python" -m venv "$venv" 2>/dev/null; then
    # Debian ships venv apart from python3.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
      rm -rf "$venv"; "$python" -m venv "$venv"
    else
      echo "Python's venv module is missing. Install it, then run make again:  sudo apt install python3-venv" >&2; exit 1
    fi
  fi
fi

# pip checks the hashes; uv comes from the same lock and then installs the rest quickly.
uv=$(sed -n '/^uv==/,/^[a-z]/p' requirements/dev.lock | sed '$d')
[ -x "$venv/bin/uv" ] || "$venv/bin/pip" install -q --disable-pip-version-check --require-hashes -r <(printf '%s\n' "$uv")
"$venv/bin/uv" pip sync -q --compile-bytecode --python "$venv/bin/python" --require-hashes requirements/dev.lock
"$venv/bin/uv" pip install -q --python "$venv/bin/python" --no-deps --no-build-isolation -e .
