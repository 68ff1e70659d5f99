#!/usr/bin/env bash
# A whole session in the real window, driven by real keys and clicks, with a picture after each step.
#   tests/window/drive.sh KVSCOPE FOLDER      pictures and files go to FOLDER; exit 0 when all was well
# Needs Xvfb, openbox, xdotool and ImageMagick.
set -u

. "$(dirname "${BASH_SOURCE[0]}")/screen.sh"
set_up "$1" "$2"
settings=$XDG_CONFIG_HOME/kvscope/settings.json

# A model's folder with a space in its name, and one that is broken.
mkdir -p "$folder/a model"
cp "$top"/assets/models/pocket/{config.json,model.safetensors,tokenizer.json} "$folder/a model/"
mkdir -p "$folder/broken"
echo '{"architectures": ["LlamaForCausalLM"], "hidden_size": "many"}' >"$folder/broken/config.json"

open_window --model story
sleep 1
shot start

# --- a prompt, typed
key Return
shot prompt-panel
type_text "Leo has the drum. Anna has the lamp. Who has the lamp?"
sleep 0.5
shot prompt-typed
key Return
sleep 1
save
expect "the prompt was taken" prompt '"Leo has the drum. Anna has the lamp. Who has the lamp?"'
expect "a new prompt begins with one step" steps 1

# --- ten tokens on, five back
key equal equal equal
slowly 0.35 n n n n n n n n n n
sleep 1
shot ten-tokens
slowly 0.15 Left Left Left Left Left
shot five-back
save
expect "ten tokens were added" steps 11
expect "five of them were stepped back over" moment.step 6

# --- another token by hand: a branch, and undoing it
click 77.5 7.9
sleep 0.6
shot branched
save
expect "the later steps were dropped" steps 6
expect_in "a token was chosen by hand" '"forced": \['
key ctrl+z
sleep 0.6
shot undone
save
expect "undo brings the steps back" steps 11

# --- head and layer, a pinned cell
key bracketright bracketright Up
sleep 0.4
shot head-and-layer
save
expect "the second next head is shown" head 2
expect "the next layer is shown" layer 1
move 38 38
sleep 0.4
shot hover
click 38 38
sleep 0.4
shot pinned
key Escape

# --- operations, one at a time; what was computed how often
slowly 0.3 shift+Left shift+Left shift+Left shift+Left
shot operations
key c
sleep 0.4
shot heat
key c x
sleep 0.3
shot log-log
key x

# --- language and theme
for language in ru zh ko; do
  key l
  sleep 0.5
  shot "language-$language"
done
key t
sleep 0.5
shot light
grep -q '"language": "ko"' "$settings" || fail "the language is not in $settings"
grep -q '"theme": "light"' "$settings" || fail "the theme is not in $settings"
key Return
sleep 0.5
shot light-prompt-panel
key Escape t l
sleep 0.4

# --- overlays and panels
for overlay in question k; do
  key "$overlay"
  sleep 0.5
  shot "overlay-$overlay"
  key Escape
done
for panel in s m F2 ctrl+o; do
  key "$panel"
  sleep 0.5
  shot "panel-${panel//+/-}"
  key Escape
done
key ctrl+e
sleep 0.5
shot panel-picture
key Return
sleep 1
picture=$XDG_DATA_HOME/kvscope/pictures/kvscope-1.png
[ -s "$picture" ] || fail "no picture was saved to $picture"

# --- sizes
resize 1024 768
shot size-1024x768
key Return
sleep 0.5
shot size-1024x768-panel
key Escape
resize 1280 720
shot size-1280x720
resize 1800 950
shot size-back
move 50 99
sleep 0.3
xdotool windowminimize "$window"
sleep 1
key_into_nothing
xdotool windowmap "$window"
xdotool windowactivate --sync "$window" 2>/dev/null
sleep 0.7
shot minimised-and-back same
key F11
sleep 1
shot full-screen
key F11
sleep 1

# --- another model from a folder, and one that is none
key m
sleep 0.4
type_text "$folder/a model"
key Return
sleep 1.2
shot other-model
save
expect "the folder's model is open" model "\"$folder/a model\""
key m
sleep 0.4
type_text "$folder/broken"
key Return
sleep 1
shot broken-model
save
expect "what was open stays open" model "\"$folder/a model\""
key m
sleep 0.4
type_text "random:width=96,layers=3,heads=6,kv_heads=2"
key Return
sleep 1.2
shot random-model
key ctrl+z
sleep 0.5

# --- saving, starting over, opening again
slowly 0.3 n n n n
sleep 0.6
save
cp "$session" "$folder/saved.kvscope.json"
key r
sleep 0.5
shot reset
key ctrl+o
sleep 0.4
type_text "$folder/saved.kvscope.json"
key Return
sleep 1.2
shot reopened
cp "$folder/saved.kvscope.json" "$folder/before.json"
key ctrl+s # to where it was opened from
sleep 0.5
cmp -s "$folder/saved.kvscope.json" "$folder/before.json" || fail "the reopened session is another one"

# --- playing, and then nothing: nothing is drawn
key Home space
sleep 2
shot playing
key space
sleep 1
before=$(ticks "$kvscope")
sleep 3
after=$(ticks "$kvscope")
[ $((after - before)) -le 6 ] || fail "idle for 3 s, it used $((after - before)) ticks of processor time"

close_window
