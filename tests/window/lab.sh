#!/usr/bin/env bash
# Scenarios in the real window, by keys and mouse: controls, curves executed, a drawing, a drill.
#   tests/window/lab.sh KVSCOPE FOLDER      pictures and files go to FOLDER; exit 0 when all was well
# Needs Xvfb, openbox, xdotool and ImageMagick; xclip or xsel, where there is one, reads what was
# copied.
set -u

. "$(dirname "${BASH_SOURCE[0]}")/screen.sh"
. "$(dirname "${BASH_SOURCE[0]}")/scene.sh"
set_up "$(realpath "$1")" "$2"
cd "$folder" || exit 1
exams=$XDG_DATA_HOME/kvscope/exams

# The most tokens that a table has counted FLOPs of.
counted() { awk -F, '$6 == "counted" && $3 > most { most = $3 } END { print most + 0 }' "$1"; }
# right_letter NUMBER: of the exam's question, which is the drill's, too.
right_letter() { sed -n "$(($1 + 1))p" "$exams/exam-1-en.csv" | grep -o ',[A-F],' | head -n 1 | tr -d ,; }
# choose FROM TO: from one option to another by keys, and that one chosen.
choose() {
  local from to
  from=$(printf %d "'$1") to=$(printf %d "'$2")
  while [ "$from" -lt "$to" ]; do key Down && from=$((from + 1)); done
  while [ "$from" -gt "$to" ]; do key Up && from=$((from - 1)); done
  press Return
}
# set_scenario TEXT: typed into the panel.
set_scenario() {
  open_panel Return
  replace_text "$1"
  press Return
}

open_window --model story
await_idle

# --- controls by keys: the first Down has the first one
press 3
await_words "3 opens Scenarios" "page=curves"
shot curves
press Down
press Right
await_words "Down and Right change the first control, the model" "model=pocket"
press Down
await_idle
press Right
await_words "one further down is the width" "width="
shot controls-by-keys
press r
await_words "R begins anew" "width=64 layers=2 heads=4 n=1000 page=curves"

# --- a slider by the mouse: dragged along, out of the window, let go there
begin=$(slider Width 0.2)
middle=$(slider Width 0.5)
# shellcheck disable=SC2086 # four numbers
drag $begin $middle
rests "dragging a slider"
park
look
width=$(scenario_word width)
[ "${width:-0}" -gt 64 ] || fail "dragging the slider of the width to the right left it at $width"
# shellcheck disable=SC2086 # two numbers
move $middle
rests "pointing at a slider"
note
xdotool mousedown 1
xdotool mousemove 1919 600
await_change "dragging a slider out of the window"
rests "dragging a slider out of the window"
xdotool mouseup 1
await_idle
# shellcheck disable=SC2086 # two numbers
move $begin
rests "letting a slider go"
park
look
shot slider-dragged-out
expect_word "a slider follows the pointer out of the window while it is held" width 16384
press ctrl+z
look
expect_word "a drag is undone as a whole" width "$width"
press ctrl+z
look
expect_word "and so is the one before" width 64

# --- the chart: its cursor follows the pointer, a click keeps it; the wheel and clicks do no harm
press Escape
note
move 45 45
await_change "pointing at the chart"
rests "pointing at the chart"
shot hover
note
move 55 45
await_change "pointing at another place of the chart"
click 55 45
park
look
at=$(scenario_word at)
[ "${at:-0}" -gt 1 ] || fail "a click in the chart did not keep its cursor: at=$at"
move 65 45
xdotool click 4 click 5 click 3 click --repeat 2 --delay 40 1
park
look
again=$(scenario_word at)
[ "${again:-0}" -gt "${at:-0}" ] || fail "a double click further right left the cursor at $again"
shot cursor-kept

# --- a scenario, typed; one that is none: a line says so, and nothing is lost
open_panel Return
replace_text "g4 "
type_text "n=7"
key Escape
await_words "keys go to the open panel alone" "at=$again page=curves"
set_scenario "model=story n=400 prompt=10"
await_words "what was typed is taken" "model=story n=400 prompt=10 page=curves"
shot scenario-typed
open_panel Return
replace_text "width=64 heads=7"
rests "typing"
shot scenario-mistaken
key Return
rests "a scenario refused"
shot scenario-refused same
replace_text "width=64 heads=8 n=300"
press Return
mended="width=64 layers=2 heads=8 n=300 page=curves"
says "$mended" || { fail "a mistake cannot be put right where it was made" && key Escape; }
set_scenario "model=story n=400 prompt=10"
open_panel Return
replace_text "n=0"
key Return
rests "a scenario refused"
press Escape
await_words "a mistake that is left changes nothing" "model=story n=400 prompt=10 page=curves"

# --- however long Enter is held: it opens the panel once, and what is typed goes to its field
for held in 0.1 0.4 0.9; do
  xdotool keydown Return
  sleep "$held"
  xdotool keyup Return
  rests "Enter, held"
  replace_text "model=story n=300"
  press Return
  await_words "after Enter was held for $held s, what was typed is taken" "model=story n=300"
  press ctrl+z
done

# --- copied, changed, pasted: the same picture again; undone: the picture before
key Escape
await_idle
before=$(signature)
press ctrl+c
shot copied
copied=$(clipboard)
[ "${copied:-model=story n=400 prompt=10 page=curves}" = "model=story n=400 prompt=10 page=curves" ] ||
  fail "the clipboard has $copied"
press r
await_idle
fresh=$(signature)
[ "$fresh" != "$before" ] || fail "R left everything as it was"
press ctrl+v
await_idle
await_signature "$before" "what was pasted looks otherwise than what was copied"
shot pasted
press ctrl+z
await_idle
await_signature "$fresh" "Ctrl+Z does not take back what was pasted"

# --- executed for real, further by Space
await_words "some of it was executed unasked" "Space goes further"
press space
await_words_gone "Space executes more" "Space goes further" 120
shot executed
save_as curves.csv
[ "$(counted curves.csv)" -ge 300 ] || fail "Space executed $(counted curves.csv) tokens, not 300"

# --- cancelled: what was there stays
heavy="width=8 layers=1 heads=4 vocab=128000 n=1000000"
set_scenario "$heavy"
await_words "some of it was executed unasked" "Space goes further" 60
glimpsed=$(sentence "executed to n =")
key space
await_words "what is executed is said" "executing to"
shot executing
click_on cancel
await_words_gone "cancel stops it" "executing to"
await_idle
await_words "cancelling keeps what was there" "$glimpsed"
shot cancelled

# --- a storm of sizes while it is executed
key space
await_words "what is executed is said" "executing to"
for size in "1024 768" "1300 500" "640 480" "1800 950" "900 900" "1100 700" "1824 972" "1280 720"; do
  # shellcheck disable=SC2086 # two numbers
  xdotool windowsize "$window" $size
  sleep 0.05
done
until_true 20 has_size 1280 720 || fail "after a storm of sizes it has not the last one"
await_words "it is executed through the storm" "executing to"
shot storm
key r
await_words_gone "another scenario stops it" "executing to"
resize 1824 972
key Escape
await_idle
await_signature "$fresh" "after a storm of sizes it looks otherwise than before"

# --- a curve drawn first, then the truth
press g
await_words "G turns the page" "page=draw"
press a
shot draw-first
await_words "with nothing drawn there is nothing to judge" "over more of the axis"
press Escape
note
drag 36 70 72 32
await_change "drawing"
rests "drawing"
park
await_words "the drawing is there" "your curve"
shot drawn
press a
await_words "the truth is shown beside it" "on average"
shot judged
click_on "Draw again"
await_words_gone "the drawing is taken away" "on average"

# --- questions: an exam on paper, whose answers are those of the drill
press g
await_words "the drill asks" "Question 1"
click_on "Write an exam"
await_file "$exams/exam-1-en.csv" "the exam's table"
await_file "$exams/exam-1-en-1.svg" "the exam's first page"
await_file "$exams/exam-1-en-answers-1.svg" "its answers"
shot drill
first=$(right_letter 1)
second=$(right_letter 2)
wrong=A
[ "$first" = A ] && wrong=B
click_on "$wrong"
await_words "a wrong answer counts" "right at the first try: 0 of 1"
shot wrong-answer
await_words "the picture waits for the right one" "comes with the answer"
choose "$wrong" "$first"
await_words_gone "the picture comes with the right answer" "comes with the answer"
await_words "a second try does not count" "right at the first try: 0 of 1"
shot right-answer
scenario=$(sentence "page=drill")
click 65 45
park
await_words "a click in the answer's picture changes no scenario" "$scenario"
press Right
await_words "Right asks the next question" "Question 2"
choose A "$second"
await_words "right at once counts" "right at the first try: 1 of 2"
shot second-question
click_on "Next question"
await_words "so does the button" "Question 3"

# --- four languages and two themes, and back
key Escape
rests "nothing"
before=$(signature)
for language in ru zh ko; do
  press l
  shot "drill-$language"
done
press l
await_signature "$before" "four languages on, it looks otherwise"
press t
shot drill-light
press t
await_signature "$before" "two themes on, it looks otherwise"

expect_idle "at a question"

close_window
