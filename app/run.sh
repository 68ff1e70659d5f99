#!/usr/bin/env bash
# Builds kvscope if needed and runs it with the arguments given.
#   app/run.sh [--yes] [arguments of kvscope]      --yes: install missing packages without asking
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
. "$top/app/packages.sh"
. "$top/app/build.sh"

yes=0
if [ "${1-}" = --yes ]; then
  yes=1
  shift
fi

kv_need_packages "$yes" program
kv_configure "$top" "$top/build/release" -DCMAKE_BUILD_TYPE=Release || exit 1
kv_build "$top/build/release" kvscope || exit 1

if [ $# -eq 0 ]; then
  if [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
    echo "kvscope: this version has no window yet, so it decodes headless instead" >&2
  else
    echo "kvscope: there is no display, so it decodes headless instead of opening a window" >&2
  fi
  set -- decode --model story --prompt "Mia has the kite. Tom has the ball. Who has the kite?" --steps 16
fi
exec "$top/build/release/kvscope" "$@"
