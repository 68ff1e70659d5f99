# shellcheck shell=bash
# Sourced by app/run.sh and tests/run.sh: are the Debian packages there, and if not, may we install
# them? The list is packages.txt beside this file.

# kv_listed_packages FILE SECTION...: a line per package, "a|b" where either will do.
kv_listed_packages() {
  local file=$1 line section=
  shift
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%%#*}
    line=${line//[[:space:]]/}
    case $line in
      '') ;;
      '['*']') section=${line#[} section=${section%]} ;;
      *) case " $* " in *" $section "*) printf '%s\n' "$line" ;; esac ;;
    esac
  done <"$file"
}

# kv_missing_packages LISTED...: those of which no alternative is installed.
kv_missing_packages() {
  local installed listed names choice
  # One call for all of them; it complains about each unknown name, which is what we look for.
  # shellcheck disable=SC2016,SC2048,SC2086  # dpkg-query's own ${...}, and words on purpose
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' ${*//|/ } 2>/dev/null)
  for listed; do
    names=${listed//|/ }
    for choice in $names; do
      case $'\n'$installed$'\n' in *$'\ninstalled '"$choice"$'\n'*) continue 2 ;; esac
    done
    printf '%s\n' "${names%% *}"
  done
}

kv_ask() {
  local answer
  printf '%s [y/N] ' "$1" >&2
  IFS= read -r answer || printf '\n' >&2
  case $answer in [yY] | [yY][eE][sS]) return 0 ;; *) return 1 ;; esac
}

# kv_need_packages YES SECTION...: returns when all are there; leaves the script with status 3 when
# they are not and must not or cannot be installed. YES is 1 when nobody is to be asked.
kv_need_packages() {
  local yes=$1 folder missing as_root=
  shift
  folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  if ! command -v dpkg-query >/dev/null; then
    echo "kvscope: no dpkg-query here, so the packages of app/packages.txt could not be checked" >&2
    return 0
  fi
  # shellcheck disable=SC2046  # words, on purpose
  missing=$(kv_missing_packages $(kv_listed_packages "$folder/packages.txt" "$@") | paste -sd ' ')
  [ -z "$missing" ] && return 0

  if [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null; then as_root="sudo "; fi
  local install="${as_root}apt-get install --no-install-recommends $missing"
  if [ "$yes" != 1 ]; then
    if [ ! -t 0 ] || [ ! -t 2 ]; then
      echo "kvscope: packages missing: $missing; install them (--yes does it) with: $install" >&2
      exit 3
    fi
    printf 'kvscope needs these packages:\n  %s\nThis installs them:\n  %s\n' "$missing" "$install" >&2
    if ! kv_ask "Install them now?"; then
      echo "kvscope: not built: packages missing: $missing" >&2
      exit 3
    fi
  fi
  # Progress is not the program's output.
  # shellcheck disable=SC2086  # words, on purpose
  if ! { ${as_root}env DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
    ${as_root}env DEBIAN_FRONTEND=noninteractive \
      apt-get -qq install -y --no-install-recommends $missing; } </dev/null >&2; then
    echo "kvscope: the packages could not be installed; try: $install" >&2
    exit 3
  fi
}
