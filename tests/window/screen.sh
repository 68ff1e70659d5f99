# shellcheck shell=bash
# Sourced by drive.sh: a screen of its own with a window manager, keys and clicks, and what came of
# them.

shots=0
failures=0
fail() {
  echo "FAILED: $*" >&2
  failures=$((failures + 1))
}

# set_up PROGRAM FOLDER: a screen, and a home of its own in the folder. Sets $program, $folder, $top
# and $session, the file that Ctrl+S writes.
set_up() {
  program=$1
  mkdir -p "$2" || exit 1
  folder=$(cd "$2" && pwd -P) || exit 1
  top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P) || exit 1
  start_screen 1920x1080
  trap stop_screen EXIT
  export HOME=$folder/home
  export XDG_CONFIG_HOME=$HOME/config XDG_DATA_HOME=$HOME/data
  rm -rf "$HOME"
  mkdir -p "$HOME"
  session=$XDG_DATA_HOME/kvscope/sessions/session.kvscope.json
}

# open_window ARGUMENT...: starts the program; sets $kvscope and $window.
open_window() {
  "$program" "$@" 2>"$folder/stderr.txt" &
  kvscope=$!
  window=$(timeout 20 xdotool search --sync --onlyvisible --class kvscope | head -n 1)
  [ -n "$window" ] || { fail "no window appeared"; cat "$folder/stderr.txt" >&2; exit 1; }
  xdotool windowfocus --sync "$window"
}

# close_window: Ctrl+Q, and a good end; the script's last word.
close_window() {
  local status
  key ctrl+q
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    alive || break
    sleep 0.3
  done
  alive && { fail "Ctrl+Q did not end it"; kill "$kvscope"; }
  wait "$kvscope"
  status=$?
  [ $status -eq 0 ] || fail "it ended with status $status"
  [ -s "$folder/stderr.txt" ] && fail "it complained: $(head -n 3 "$folder/stderr.txt")"
  echo "$shots pictures in $folder, $failures failures"
  [ $failures -eq 0 ]
}

# start_screen SIZE: sets DISPLAY.
start_screen() {
  local number_file=$folder/display
  Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp 3>"$number_file" >/dev/null 2>&1 &
  xvfb=$!
  for _ in $(seq 100); do
    [ -s "$number_file" ] && break
    sleep 0.1
  done
  [ -s "$number_file" ] || { echo "FAILED: Xvfb did not start" >&2; exit 1; }
  DISPLAY=:$(cat "$number_file")
  export DISPLAY
  unset WAYLAND_DISPLAY
  openbox >/dev/null 2>&1 &
  openbox=$!
  sleep 0.7
}

stop_screen() {
  [ -n "${kvscope-}" ] && kill "$kvscope" 2>/dev/null
  kill "$openbox" "$xvfb" 2>/dev/null
  wait 2>/dev/null
}

alive() { kill -0 "$kvscope" 2>/dev/null; }

key() {
  xdotool key --delay 120 "$@"
  sleep 0.25
}

# slowly SECONDS KEY...: with a pause after each.
slowly() {
  local pause=$1 name
  shift
  for name; do
    xdotool key "$name"
    sleep "$pause"
  done
}

type_text() { xdotool type --delay 15 -- "$1"; sleep 0.3; }

# Keys while no window has the keyboard.
key_into_nothing() { xdotool key Right 2>/dev/null; sleep 0.2; }

# A point of the window, in percent of its width and height.
move() {
  local WIDTH HEIGHT
  eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^(WIDTH|HEIGHT)=')"
  xdotool mousemove --window "$window" \
    "$(awk "BEGIN { print int($WIDTH * $1 / 100) }")" "$(awk "BEGIN { print int($HEIGHT * $2 / 100) }")"
}
click() {
  move "$1" "$2"
  sleep 0.2
  xdotool click 1
}

# drag X1 Y1 X2 Y2: with the button down, in percent of the window.
drag() {
  local i
  move "$1" "$2"
  sleep 0.1
  xdotool mousedown 1
  for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    move "$(awk "BEGIN { print $1 + ($3 - $1) * $i / 12 }")" \
      "$(awk "BEGIN { print $2 + ($4 - $2) * $i / 12 }")"
    sleep 0.04
  done
  xdotool mouseup 1
}

resize() {
  xdotool windowsize --sync "$window" "$1" "$2"
  sleep 0.8
}

# shot NAME [same]: a numbered picture of the screen. A blank one is a failure, and so is one that is
# the same as the one before, unless that is what is to be seen.
shot() {
  shots=$((shots + 1))
  local file colours content
  file=$folder/$(printf '%02d' "$shots")-$1.png
  alive || { fail "it is gone before the picture $1: $(head -n 3 "$folder/stderr.txt")"; exit 1; }
  import -window root "$file" || fail "no picture $1"
  colours=$(identify -format %k "$file" 2>/dev/null)
  [ "${colours:-0}" -gt 100 ] || fail "picture $1 has only ${colours:-no} colours"
  content=$(identify -format %# "$file" 2>/dev/null)
  [ "${2-}" = same ] || [ "$content" != "${last_content-}" ] || fail "nothing changed up to picture $1"
  last_content=$content
}

# Ctrl+S, and until the file is there.
save() {
  rm -f "$session"
  xdotool key ctrl+s
  for _ in $(seq 30); do
    [ -s "$session" ] && return
    sleep 0.1
  done
  fail "Ctrl+S wrote no $session"
}

# expect WHAT NAME VALUE: a member of the session saved last; "moment.x" is one within "moment".
expect() {
  local found indent=' ' name=$2
  [ "$name" != "${name#moment.}" ] && indent='  ' name=${name#moment.}
  found=$(sed -n "s/^$indent\"$name\": \(.*[^,]\),\{0,1\}\$/\1/p" "$session" 2>/dev/null | head -n 1)
  [ "$found" = "$3" ] || fail "$1: found $2 ${found:-missing}, expected $3"
}
expect_in() { grep -q "$2" "$session" || fail "$1: no $2 in the session"; }

# Processor time used so far.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
