#!/usr/bin/env bash
# Changes one operator, number or line of the counters and parsers at a time, and sees whether the
# tests notice. What they do not notice is a hole in them, or a change that means nothing.
#   tests/mutation/run.sh [--count N] [--seed S] [FILE...]
#     --count  mutations in all; 300 if left out
#     --seed   the same seed, the same mutations; 1 if left out. Several seeds may run at once
#     FILE     sources to change instead of the counters and parsers
# A line for each: killed, SURVIVED, hangs (which counts as killed) or invalid (does not compile,
# which does not count). Ends with the share that was killed.
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P) || exit 1
. "$top/app/build.sh"

usage() {
  echo "usage: tests/mutation/run.sh [--count N] [--seed S] [FILE...]" >&2
  exit 2
}

count=300 seed=1
files=()
while [ $# -gt 0 ]; do
  case $1 in
    --count | --seed)
      [[ ${2-} =~ ^[0-9]+$ ]] || usage
      declare "${1#--}=$2"
      shift
      ;;
    -*) usage ;;
    *)
      [ -f "$top/$1" ] || usage
      files+=("$1")
      ;;
  esac
  shift
done
cd "$top" || exit 1
if [ ${#files[@]} -eq 0 ]; then
  files=(core/engine/op_count.cpp core/engine/closed_form.cpp core/engine/kernels.cpp
    core/engine/attention.cpp core/engine/forward.cpp
    core/base/strict_json.cpp core/base/number.cpp core/base/utf8.cpp
    core/files/safetensors.cpp core/files/shard_index.cpp core/files/weight_files.cpp
    core/files/half.h core/files/float_reader.cpp core/files/dtype.cpp
    core/model/config_reader.cpp core/model/config_json.cpp core/model/rope_json.cpp
    core/model/weight_plan.cpp core/text/tokenizer_json.cpp core/text/pipeline_json.cpp
    core/text/model_json.cpp core/text/post_processor_json.cpp
    app/logic/field_reader.cpp app/logic/session.cpp app/logic/settings_json.cpp
    app/logic/lab/scenario_parse.cpp app/logic/lesson/lesson_json.cpp
    app/logic/lesson/markdown.cpp app/logic/lesson/progress_json.cpp)
fi

# Two copies of the checkout, one to change and one as it was: nobody's sources are ever seen
# changed, and they may be worked on meanwhile.
work=$top/build/mutation/$seed
source=$work/source
original=$work/original
rm -rf "$original"
mkdir -p "$source" "$original"
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -C "$original" -xf -
# Of an earlier run's copy only what differs is written, with the time of now: what that run had
# changed when it was stopped must be compiled anew, and nothing else.
(cd "$source" && find . -type f) | while IFS= read -r file; do
  [ -e "$original/$file" ] || rm "$source/$file"
done
(cd "$original" && find . -type f) | while IFS= read -r file; do
  cmp -s "$original/$file" "$source/$file" && continue
  mkdir -p "$(dirname "$source/$file")" && cp "$original/$file" "$source/$file"
done
kv_configure "$source" "$work/build" -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O1" \
  -DKVSCOPE_TESTS=ON || exit 1

# tests_of FILE: the programs that should notice, the likeliest first.
tests_of() {
  case $1 in
    core/engine/*) echo test_property test_reference test_unit test_malformed ;;
    core/*) echo test_malformed test_unit test_reference test_property ;;
    *) echo test_logic test_fuzz ;;
  esac
}

# build TEST...
build() { cmake --build "$work/build" --target "$@" >"$work/build.log" 2>&1; }

# run_tests TEST...: each is built and run until one fails. 0: all pass; 124: one went on for too
# long; 200: does not compile; else some failed. What is tested there of threads, disks and the clock
# is neither counter nor parser, and takes long.
export KVSCOPE_SHORT=1 GTEST_FAIL_FAST=1 GTEST_BRIEF=1
export GTEST_FILTER=-AtomicFile.*:MachineProbe.*:ThreadPool.*:*/formula
run_tests() {
  local test status
  for test; do
    build "$test" || return 200
    timeout 60 "$work/build/$test" >"$work/tests.log" 2>&1
    status=$?
    [ $status -eq 0 ] || return $status
  done
}

# shellcheck disable=SC2046 # words, on purpose
build $(tests_of core/) $(tests_of app/) || { tail -n 20 "$work/build.log" >&2; exit 1; }
# shellcheck disable=SC2046
run_tests $(tests_of core/) $(tests_of app/) || { tail -n 20 "$work/tests.log" >&2; echo "the tests fail without any change" >&2; exit 1; }

killed=0 survived=0 invalid=0
mutate() {
  local file=$1 line=$2 column=$3 from=$4 to=$5 tests verdict status
  read -r -a tests <<<"$(tests_of "$file")"
  awk -v line="$line" -v column="$column" -v from_length="${#from}" -v to="$to" '
    NR != line { print; next }
    column > 0 { print substr($0, 1, column - 1) to substr($0, column + from_length) }' \
    "$original/$file" >"$source/$file"
  run_tests "${tests[@]}"
  status=$?
  case $status in
    0) verdict=SURVIVED survived=$((survived + 1)) ;;
    124) verdict=hangs killed=$((killed + 1)) ;;
    200) verdict=invalid invalid=$((invalid + 1)) ;;
    *) verdict=killed killed=$((killed + 1)) ;;
  esac
  printf '%-8s %s:%s' "$verdict" "$file" "$line"
  if [ "$column" = 0 ]; then printf ' without: %s\n' "${from#"${from%%[! ]*}"}"; else
    printf ' "%s" -> "%s" in: %s\n' "$from" "$to" "$(sed -n "${line}s/^ *//p" "$original/$file")"
  fi
  cp "$original/$file" "$source/$file"
}

# Drawn by the seed, each at most once.
while IFS=$'\t' read -r -u 3 file line column from to; do
  mutate "$file" "$line" "$column" "$from" "$to"
done 3< <(for file in "${files[@]}"; do (cd "$original" && awk -f tests/mutation/candidates.awk "$file"); done |
  awk -v seed="$seed" 'BEGIN { srand(seed) } { printf "%.12f\t%s\n", rand(), $0 }' |
  sort -n | head -n "$count" | cut -f 2-)

echo "killed $killed of $((killed + survived)); $survived survived, $invalid did not compile"
[ $((killed + survived)) -gt 0 ]
