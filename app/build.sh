# shellcheck shell=bash
# Sourced by app/run.sh and tests/run.sh: configure a build folder once, build it quietly.

# kv_configure SOURCE BUILD [CMAKE OPTION...]: only when the folder was not configured before, or
# for another place. Leaves the generator of an existing folder as it is.
kv_configure() {
  local source=$1 build=$2 home
  shift 2
  if [ -f "$build/build.ninja" ] || [ -f "$build/Makefile" ]; then
    home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$build/CMakeCache.txt" 2>/dev/null)
    [ "$home" = "$source" ] && return 0
  fi
  local generator="Unix Makefiles"
  command -v ninja >/dev/null && generator=Ninja
  mkdir -p "$build" || return
  # --fresh: the folder may have come along with a copied checkout.
  cmake --fresh -S "$source" -B "$build" -G "$generator" "$@" >"$build/build.log" 2>&1 ||
    kv_build_failed "$build"
}

kv_build_failed() {
  tail -n 40 "$1/build.log" >&2
  echo "kvscope: the build failed; all of it is in $1/build.log" >&2
  return 1
}

# kv_build BUILD TARGET...: says so on stderr when something is compiled, and nothing else; the
# whole is in BUILD/build.log, its end on stderr when the build fails.
kv_build() {
  local build=$1
  shift
  (
    # Two terminals may start the program at once; the lock is gone with this subshell.
    if command -v flock >/dev/null; then flock 9; fi
    cmake --build "$build" --parallel "$(nproc)" --target "$@" 2>&1 </dev/null |
      kv_progress "$build/build.log"
    exit "${PIPESTATUS[0]}"
  ) 9>"$build/lock" || kv_build_failed "$build"
}

# Copies stdin to the file and shows one line of how far it is.
kv_progress() {
  local line shown=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    case $line in
      '['*'] '*Building* | '['*'] '*Linking*) ;;
      *) continue ;;
    esac
    if [ -t 2 ]; then
      printf '\r\033[Kkvscope: building %s' "${line%%]*}]" >&2
    elif [ "$shown" -eq 0 ]; then
      echo "kvscope: building, which takes minutes the first time" >&2
    fi
    shown=1
  done 3>"$1"
  if [ "$shown" -eq 1 ] && [ -t 2 ]; then printf '\r\033[K' >&2; fi
}
