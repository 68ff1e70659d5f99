# shellcheck shell=bash
# Sourced after screen.sh: what the window shows, as words and where they stand, and waiting until it
# does. The words are those of the picture that Ctrl+E saves as SVG, so they are what is seen. The
# program must run in $folder.

# until SECONDS COMMAND...: tried again and again; whether it came true.
until_true() {
  local end=$((SECONDS + $1))
  shift
  while ! "$@"; do
    alive || { fail "it is gone: $(head -n 3 "$folder/stderr.txt")"; exit 1; }
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# --- the picture as a whole

# The whole screen, as a number.
signature() { import -window root ppm:- | cksum; }
note() { noted=$(signature); }
differs() { [ "$(signature)" != "$noted" ]; }
shows() { [ "$(signature)" = "$1" ]; }

# Since note.
await_change() { until_true 20 differs || fail "$1: nothing changed"; }
await_signature() {
  until_true 30 shows "$1" && return
  fail "$2"
  shot otherwise same
}

# The same picture twice, even where a text cursor blinks.
is_still() {
  local now found=1
  now=$(signature)
  case $seen in *"<$now>"*) found=0 ;; esac
  seen="$seen<$now>"
  sleep 0.3
  return $found
}
rests() {
  seen=
  until_true 20 is_still || fail "$1: the picture does not come to rest"
}

# press KEY...: that something comes of it is seen.
press() {
  note
  key "$@"
  await_change "$*"
  rests "$*"
}

# Where the pointer says nothing.
park() { move 45 3; }

# --- words

# look: $words has a line for each text of the picture: its left and right end and its middle in
# height, in percent of the window, and the text; $unit is the picture's, in percent of both.
words='' unit='0 0'
look() {
  save_as look.svg || return 1
  unit=$(sed -n 's/^<svg.* width="\([0-9.]*\)" height="\([0-9.]*\)".*/\1 \2/p' "$folder/look.svg" |
    awk '{ print 100 / $1, 100 / $2 }')
  words=$(sed -n \
    's/^<text.* x="\([0-9.]*\)" y="\([0-9.]*\)" font-size="\([0-9.]*\)".* textLength="\([0-9.]*\)"[^>]*>\(.*\)<\/text>$/\1 \2 \3 \4 \5/p' \
    "$folder/look.svg" | awk -v unit="$unit" '
      BEGIN { split(unit, u, " ") }
      {
        text = $0
        for (i = 0; i < 4; ++i) sub(/^[^ ]* /, "", text)
        printf "%.3f %.3f %.3f %s\n", $1 * u[1], ($1 + $4) * u[1], ($2 - $3 * 0.35) * u[2], text
      }')
}

# save_as NAME: what the window shows, to that file of the folder; the name says as what. A window
# that is slow to open its panel has not heard the name, and is asked again.
save_as() {
  local pause
  rm -f "$folder/$1"
  for pause in 0 1 4; do
    key ctrl+e
    sleep "$pause"
    replace_text "$1"
    key Return
    until_true $((3 + pause)) test -s "$folder/$1" && return
    key Escape
  done
  fail "nothing was saved as $1"
  return 1
}

says() { look && printf '%s\n' "$words" | grep -qF -- "$1"; }
says_no_more() { ! says "$1"; }
# await_words WHAT TEXT [SECONDS]
await_words() {
  until_true "${3-20}" says "$2" && return
  fail "$1: the window does not say: $2"
  shot "says-something-else" same
}
await_words_gone() {
  until_true "${3-20}" says_no_more "$2" && return
  fail "$1: the window still says: $2"
  shot "says-it-still" same
}

# The text of the last look that has the words within.
sentence() { printf '%s\n' "$words" | cut -d ' ' -f 4- | grep -F -m 1 -- "$1"; }
# A value of the scenario as it is written below the page, at the last look.
scenario_word() { sentence 'page=' | tr ' ' '\n' | sed -n "s/^$1=//p"; }
expect_word() {
  local found
  found=$(scenario_word "$2")
  [ "$found" = "$3" ] || fail "$1: found $2=${found:-nothing}, expected $3"
}

# Where a text stood at the last look: the middle of it.
spot() {
  printf '%s\n' "$words" | awk -v text="$1" '
    { left = $1; right = $2; y = $3; sub(/^[^ ]* [^ ]* [^ ]* /, "") }
    $0 == text { print (left + right) / 2, y; exit }'
}
# slider NAME SHARE: the point of the slider below the name, between its buttons.
slider() {
  printf '%s\n' "$words" | awk -v text="$1" -v share="$2" -v unit="$unit" '
    BEGIN { split(unit, u, " ") }
    found { print left + 36 * u[1] + ($2 - left - 72 * u[1]) * share, y + 21 * u[2]; exit }
    { begin = $1; height = $3; sub(/^[^ ]* [^ ]* [^ ]* /, "") }
    $0 == text { found = 1; left = begin; y = height }'
}
click_on() {
  local place
  place=$(spot "$1")
  [ -n "$place" ] || { fail "nowhere to be seen, to click on it: $1"; return; }
  # shellcheck disable=SC2086 # two numbers
  click $place
  move 45 3
}

# --- panels with a field

open_panel() {
  note
  key "$1"
  await_change "$1"
  rests "$1"
}
replace_text() {
  key ctrl+a
  type_text "$1"
}

# What was copied; nothing where no program can tell.
clipboard() {
  if command -v xclip >/dev/null; then
    timeout 5 xclip -selection clipboard -o
  elif command -v xsel >/dev/null; then
    timeout 5 xsel --clipboard --output
  fi
}

# --- work

# Nothing is computed and nothing drawn: a second without work.
is_idle() {
  local before
  before=$(ticks "$kvscope")
  sleep 1
  [ $(($(ticks "$kvscope") - before)) -le 2 ]
}
await_idle() { until_true "${1-60}" is_idle || fail "it is still busy"; }

expect_idle() {
  local before after
  await_idle
  before=$(ticks "$kvscope")
  sleep 3
  after=$(ticks "$kvscope")
  [ $((after - before)) -le 6 ] ||
    fail "idle for 3 s $1, it used $((after - before)) ticks of processor time"
}

await_file() { until_true 30 test -s "$1" || fail "$2 is not there: $1"; }

has_size() {
  local WIDTH=0 HEIGHT=0
  eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^(WIDTH|HEIGHT)=')"
  [ "$WIDTH $HEIGHT" = "$1 $2" ]
}
