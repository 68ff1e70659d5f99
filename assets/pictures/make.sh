#!/usr/bin/env bash
# Makes README's pictures anew, by the program itself. Needs ffmpeg for the animation.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
prompt="Mia has the kite. Tom has the ball. Who has the kite?"
run=../../app/run.sh
$run render --place explore --model story --prompt "$prompt" --step 8 --layer 3 --head 1 \
  --size 1440x810 --out explore.png
$run render --place explore --model pocket --prompt "A grey cat naps in" --step 1 \
  --seconds 9 --size 960x540 --out steps.gif
$run render --lesson n-tokens-quiz --beat quiz-without-cache --revealed --size 1440x810 \
  --out lesson.png
$run render --place scenarios --scenario "n=1000 part=total" --size 1440x810 --out scenarios.png
$run render --place costs --scenario "model=llama-3-8b n=100000 page=memory" --size 1440x810 --out costs.png
