#!/usr/bin/env bash
# How much of core the fast tests run: lines and branches of each file, from gcov. The branches are
# those of the sources: not the ones the compiler adds for a call that may throw.
#   tests/coverage/run.sh [--missing]
#     --missing  also the lines that nothing runs
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P) || exit 1
. "$top/app/build.sh"

case $# in
  0) missing='' ;;
  1) [ "$1" = --missing ] || { echo "usage: tests/coverage/run.sh [--missing]" >&2; exit 2; }
     missing=yes ;;
  *) echo "usage: tests/coverage/run.sh [--missing]" >&2; exit 2 ;;
esac

build=$top/build/coverage
tests=(test_unit test_property test_reference test_malformed test_allocation)
kv_configure "$top" "$build" -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O1" \
  -DKVSCOPE_TESTS=ON -DKVSCOPE_COVERAGE=ON || exit 1
kv_build "$build" "${tests[@]}" || exit 1
find "$build/core" -name '*.gcda' -delete
for test in "${tests[@]}"; do
  KVSCOPE_SHORT=1 GTEST_BRIEF=1 "$build/$test" >"$build/$test.log" 2>&1 ||
    { tail -n 20 "$build/$test.log" >&2; exit 1; }
done

cd "$build" || exit 1
rm -f ./*.gcov
find core -name '*.gcda' -exec gcov --branch-probabilities --preserve-paths {} + >gcov.log 2>/dev/null
# Headers come up once for each file that includes them: the best of these counts.
row='%-40s %6s %8s %10s %8s\n'
# shellcheck disable=SC2059 # the format of every row
printf "$row" file lines run branches taken
awk -v top="$top/" -v row="$row" '
  FNR == 1 { file = "" }
  /^File / { gsub(/^File .|.$/, ""); file = index($0, top) == 1 ? substr($0, length(top) + 1) : "" }
  /^$/ { file = "" }  # what follows the last one is of all together
  /^Lines executed:/ && file ~ /^core\// {
    split($0, of, /[:%]| of /)
    lines[file] = of[4]
    if (of[2] * of[4] > run[file]) run[file] = of[2] * of[4]
  }
  / 0:Source:/ { sub(/.*:Source:/, ""); file = substr($0, length(top) + 1) }
  /^branch / && !/\(throw\)/ {
    ++branches[file]
    if (!/never executed|taken 0%/) taken[file] += 100
  }
  function share(part, all) { return all ? sprintf("%.1f%%", part / all) : "-" }
  END {
    for (file in lines) {
      printf row, file, lines[file], share(run[file], lines[file]), branches[file] + 0, \
        share(taken[file], branches[file])
      a += run[file]; b += lines[file]; c += taken[file]; d += branches[file]
    }
    printf row, "core", b, share(a, b), d, share(c, d)
  }' gcov.log *core#*.gcov | sort
if [ "$missing" ]; then
  grep -H '#####' -- *core#*.cpp.gcov | sed 's/^.*#core#/core\//; s/#/\//g; s/\.gcov: *\/*:/:/' | sort -u
fi
