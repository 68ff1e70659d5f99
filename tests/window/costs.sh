#!/usr/bin/env bash
# Costs in the real window: the bill, the roofline, and this machine measured by buttons; and that
# Explore is as it was left.
#   tests/window/costs.sh KVSCOPE FOLDER      pictures and files go to FOLDER; exit 0 when all was well
# Needs Xvfb, openbox, xdotool and ImageMagick.
set -u

. "$(dirname "${BASH_SOURCE[0]}")/screen.sh"
. "$(dirname "${BASH_SOURCE[0]}")/scene.sh"
set_up "$(realpath "$1")" "$2"
cd "$folder" || exit 1

open_window --model story
await_idle

# --- Explore, four steps on: the place to come back to
for steps in 2 3 4; do
  press n
  await_words "N takes a token" "step $steps of $steps"
done
save
cp "$session" "$folder/explore.json"

# --- Costs: the bill, as a picture and as a table
press 4
await_words "a cache has its bill" "13.1 GB"
shot memory
save_as memory.csv
grep -q '^cache,with,100000,13107200000,B,formula' memory.csv || fail "the table has not the bill"
save_as memory.png
[ "$(identify -format %k memory.png)" -gt 100 ] || fail "the picture that was saved is empty"

# --- the roofline
press g
await_words "the roofline of a device" "on H100"
shot roofline
click_on A100
await_words "another device" "on A100"
press ctrl+z
await_words "and back" "on H100"
save_as roofline.csv
grep -q '^speed,with,' roofline.csv || fail "the table has no speeds"

# --- this machine, measured by buttons
press g
await_words "this machine's page" "page=machine"
shot machine
click_on "Measure this machine"
await_idle 90
save_as machine.csv
[ "$(grep -c '^reading memory,.*,B/s,measured' machine.csv)" -ge 3 ] ||
  fail "the memory was not measured three times"
shot machine-measured
look
click_on "Time a whole model"
await_words "that it is measured is said" "measuring both sides"
shot machine-busy
await_words_gone "the measurement ends" "measuring both sides" 120
save_as machine.csv
for way in without with; do
  grep -q "^model,$way,100,.*,s,measured" machine.csv || fail "the model was not timed $way cache"
done
shot model-timed
press l
shot model-timed-ru
key l l l

# --- a smaller window; then nothing happens, and nothing is drawn
resize 1024 768
rests "another size"
shot size-1024x768-machine
expect_idle "beside what was measured"
press g
shot size-1024x768-memory
press 3
await_idle
shot size-1024x768-curves
expect_idle "at the curves"
resize 1824 972

# --- Explore, as it was left
press 2
await_words "Explore is at the step where it was left" "step 4 of 4"
shot explore
save
cmp -s "$session" explore.json || fail "Explore is no longer as it was left"
expect_idle "in Explore"

close_window
