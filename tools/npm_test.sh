#!/usr/bin/env bash
# Runs `npm test` of a folder with the words behind it, installing what its lock file names first.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../$1"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent --no-audit --no-fund
exec npm test --silent -- "${@:2}"
