# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# Sourced by every script beside it: goes to the root of the repository, says where tools live, installs what is missing.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then
  export PATH="$HOME/.cargo/bin:$PATH"
fi

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
tools=$target/tools

# In CI the committed lock file is binding; at the desk cargo may still complete it.
# shellcheck disable=SC2034 # used by the scripts that source this
locked=()
# shellcheck disable=SC2034
[ -z "${CI:-}" ] || locked=(--locked)

fail() { # MESSAGE [HINT]
  echo "error: $1" >&2
  [ -z "${2:-}" ] || echo "hint: $2" >&2
  exit 1
}

# Runs a command under a headline and prints the seconds that it took.
step() { # NAME COMMAND…
  local name=$1 start=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  "$@"
  printf -- '-- %s: %d s\n' "$name" $((SECONDS - start))
}

# Installs Debian packages as root; otherwise says what to run and fails.
install_packages() { # PACKAGE…
  [ $# -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    fail "these Debian packages, or what your system calls them, are missing: $*"
  fi
  if [ "$(id -u)" -ne 0 ]; then
    fail "programs are missing; please run this line, then try again:
  sudo apt-get install --yes --no-install-recommends $*"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update --quiet --quiet
  # dpkg's progress is of no use in a log; its errors are.
  apt-get install --yes --no-install-recommends --quiet --quiet "$@" >/dev/null
}

# The packages among COMMAND=PACKAGE whose command is not there, one a line.
missing_packages() { # COMMAND=PACKAGE…
  local pair
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || echo "${pair#*=}"
  done
}

# Prints `python3-venv` if Python cannot make an environment with pip in it.
missing_python() {
  python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

# A Python environment with what REQUIREMENTS pins; made anew when the pins change or the folder has moved.
python_tools() { # NAME REQUIREMENTS
  local dir=$tools/$1 wanted
  wanted=$(echo "$dir" && cat "$2")
  if [ "$(cat "$dir/made-from" 2>/dev/null)" = "$wanted" ] && "$dir/bin/python" -c '' 2>/dev/null; then
    return 0
  fi
  rm -rf "$dir"
  python3 -m venv "$dir"
  "$dir/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$2"
  echo "$wanted" >"$dir/made-from"
}
