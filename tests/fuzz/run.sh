#!/usr/bin/env bash
# Feeds libFuzzer's inputs to the readers of files that people give; see targets.h.
#   tests/fuzz/run.sh [--seconds N] [TARGET...]
#     --seconds  of each target; 60 if left out
#     TARGET     names from tests/fuzz/corpus; all of them if left out
# What fails is left in build/fuzz/finds: mend the cause, then put the input into
# tests/fuzz/corpus/TARGET, where the tests replay it for ever.
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P) || exit 1
. "$top/app/build.sh"

usage() {
  echo "usage: tests/fuzz/run.sh [--seconds N] [TARGET...]" >&2
  exit 2
}

seconds=60
targets=()
while [ $# -gt 0 ]; do
  case $1 in
    --seconds)
      [[ ${2-} =~ ^[1-9][0-9]*$ ]] || usage
      seconds=$2
      shift
      ;;
    -*) usage ;;
    *)
      [ -d "$top/tests/fuzz/corpus/$1" ] || usage
      targets+=("$1")
      ;;
  esac
  shift
done
if [ ${#targets[@]} -eq 0 ]; then
  for folder in "$top"/tests/fuzz/corpus/*/; do targets+=("$(basename "$folder")"); done
fi

# Debian keeps clang and its sanitizers' runtime, libFuzzer among them, in two packages.
if ! command -v clang++ >/dev/null; then
  echo "kvscope: fuzzing needs clang; install it with: apt-get install clang" >&2
  exit 3
fi
runtime=$(clang++ -print-file-name=libclang_rt.fuzzer-"$(uname -m)".a)
resources=$(clang++ -print-resource-dir)
if [ ! -f "$runtime" ] && ! compgen -G "$resources/lib/*/libclang_rt.fuzzer*.a" >/dev/null; then
  version=$(clang++ -dumpversion)
  echo "kvscope: clang has no libFuzzer here; install it with:" \
    "apt-get install libclang-rt-${version%%.*}-dev (before clang 15: libclang-common-${version%%.*}-dev)" >&2
  exit 3
fi

build=$top/build/fuzz
kv_configure "$top" "$build" -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=Debug \
  "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -gline-tables-only" -DKVSCOPE_MARCH=native \
  -DKVSCOPE_SANITIZE=fuzzer-no-link,address,undefined -DKVSCOPE_TESTS=ON || exit 1
kv_build "$build" kv_fuzz || exit 1

export ASAN_OPTIONS=quarantine_size_mb=16:allocator_may_return_null=0
export UBSAN_OPTIONS=print_stacktrace=1
finds=$build/finds
mkdir -p "$finds"

statistic() { sed -n "s/^stat::$1: *//p" "$2" | tail -n 1; }

# One target; its line of the table. What libFuzzer keeps of interest grows beside the build, so
# that the next run goes on from there.
fuzz() {
  local target=$1 log=$build/fuzz_$1.log result=nothing status
  mkdir -p "$build/corpus/$target"
  KVSCOPE_FUZZ=$target "$build/kv_fuzz" -max_total_time="$seconds" -print_final_stats=1 \
    -timeout=2 -rss_limit_mb=1024 -malloc_limit_mb=128 -max_len=16384 -verbosity=1 \
    -dict="$top/tests/fuzz/dictionaries/$target.dict" -artifact_prefix="$finds/$target-" \
    "$build/corpus/$target" "$top/tests/fuzz/corpus/$target" >"$log" 2>&1
  status=$?
  if [ $status -ne 0 ]; then
    result=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
    result=${result:-"status $status, see $log"}
  fi
  printf '%-14s %12s %10s %6s  %s\n' "$target" "$(statistic number_of_executed_units "$log")" \
    "$(statistic average_exec_per_sec "$log")" "$(statistic peak_rss_mb "$log")" "${result#"$top"/}"
  return $status
}

failed=0
printf '%-14s %12s %10s %6s  %s\n' target executions "per second" "MB" found
for target in "${targets[@]}"; do fuzz "$target" || failed=1; done
exit $failed
