#!/usr/bin/env bash
# Takes what the tests print now as what they shall print: run it after looking at the difference,
# then look at `git diff` again. Wants a build/tests made by tests/run.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
KVSCOPE_APPROVE=1 ctest --test-dir build/tests --output-on-failure -R "${1:-Golden}"
git status --short tests
