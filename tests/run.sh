#!/usr/bin/env bash
# Builds and runs every test: once as the program is shipped, and the fast ones again with address
# and undefined-behaviour sanitizers and with assertions.
#   tests/run.sh [--yes] [--long]
#     --yes   install missing packages without asking
#     --long  the tests that take minutes, too
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
. "$top/app/packages.sh"
. "$top/app/build.sh"

yes=0
long=0
for argument; do
  case $argument in
    --yes) yes=1 ;;
    --long) long=1 ;;
    *)
      echo "usage: tests/run.sh [--yes] [--long]" >&2
      exit 2
      ;;
  esac
done

summary=()
failed=0
# kv_stage NAME COMMAND...: runs it, and remembers how it went and how long it took.
kv_stage() {
  local name=$1 begin=$SECONDS word=passed
  shift
  echo "== $name"
  "$@" || { word=FAILED failed=1; }
  summary+=("$(printf '%-8s %4d s  %s' "$word" $((SECONDS - begin)) "$name")")
  [ "$word" = passed ]
}

# kv_ctest BUILD CTEST OPTION...: the tests that pass are of no interest one by one.
kv_ctest() {
  local build=$1
  shift
  ctest --test-dir "$build" --parallel "$(nproc)" --output-on-failure --no-tests=error "$@" 2>&1 |
    tee "$build/ctest.log" |
    grep --line-buffered -vE '^ *(Start +[0-9]+:|[0-9]+/[0-9]+ Test .* Passed )'
  return "${PIPESTATUS[0]}"
}

kv_need_packages "$yes" program tests

tests=$top/build/tests
without_long=(-LE long)
[ $long -eq 1 ] && without_long=()
kv_configure "$top" "$tests" \
  -DCMAKE_BUILD_TYPE=Release -DKVSCOPE_TESTS=ON -DKVSCOPE_WERROR=ON || exit 1
kv_stage "build, with warnings as errors" kv_build "$tests" all &&
  kv_stage "tests" kv_ctest "$tests" "${without_long[@]}"
kv_stage "every header compiles alone" kv_build "$tests" all_verify_interface_header_sets

# Warnings were errors above; the sanitizers' own code makes GCC see some that are none.
sanitize=$top/build/sanitize
kv_configure "$top" "$sanitize" \
  -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-Og -g1" -DKVSCOPE_MARCH=native \
  -DKVSCOPE_SANITIZE=address,undefined -DKVSCOPE_TESTS=ON || exit 1
export KVSCOPE_SHORT=1 # tests that loop for long loop less
export UBSAN_OPTIONS=print_stacktrace=1
kv_stage "build with sanitizers" kv_build "$sanitize" kv_fast_tests &&
  kv_stage "fast tests with sanitizers" kv_ctest "$sanitize" \
    -L '^(unit|malformed|fuzz|property|reference|allocation|scene|logic)$' -LE long

echo "== summary"
printf '%s\n' "${summary[@]}"
exit $failed
