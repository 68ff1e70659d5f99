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

kvscope=$top/build/release/kvscope
if [ $# -gt 0 ] || [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
  exec "$kvscope" "$@"
fi
# The window's job without a window: both sides in numbers, then the picture.
echo "kvscope: there is no display, so it decodes headless and renders the window to a file" >&2
prompt="Mia has the kite. Tom has the ball. Who has the kite?"
"$kvscope" decode --model story --prompt "$prompt" --steps 16 || exit
"$kvscope" render --place explore --model story --prompt "$prompt" --step 8 --out kvscope.png || exit
echo "the window's picture: ./kvscope.png"
