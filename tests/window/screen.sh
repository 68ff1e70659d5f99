# shellcheck shell=bash
# Sourced by drive.sh: a screen of its own with a window manager, keys and clicks, and what came of
# them. Uses $folder, $window, $session and fail() of whoever sources it.

shots=0

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
