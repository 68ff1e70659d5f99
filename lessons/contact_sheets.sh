#!/usr/bin/env bash
# Renders every beat of every lesson and lays them out, one sheet a lesson and language.
#   lessons/contact_sheets.sh FOLDER [LANGUAGE...]     all four languages unless told otherwise
# Needs ImageMagick for the sheets. FOLDER/LANGUAGE/ keeps the single pictures.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
[ $# -ge 1 ] || { sed -n '2,4s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
out=$1
shift
languages=("$@")
[ $# -gt 0 ] || languages=(en ru zh ko)
kvscope=${KVSCOPE_PROGRAM:-$top/build/release/kvscope}
[ -x "$kvscope" ] || { echo "contact_sheets.sh: run app/run.sh first" >&2; exit 3; }

for language in "${languages[@]}"; do
  mkdir -p "$out/$language"
  for folder in "$top"/lessons/[0-9]*/; do
    lesson=$(basename "$folder")
    beats=$(grep -c '^## ' "$folder/en.md")
    pictures=()
    for beat in $(seq "$beats"); do
      picture=$out/$language/${lesson}_$(printf '%02d' "$beat").png
      "$kvscope" render --lesson "$lesson" --beat "$beat" --revealed --lang "$language" \
        --size 1280x720 --out "$picture"
      pictures+=("$picture")
    done
    montage "${pictures[@]}" -tile 2x -geometry 960x540+4+4 "$out/${lesson}_$language.png"
    echo "$out/${lesson}_$language.png"
  done
done
