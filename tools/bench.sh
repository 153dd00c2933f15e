#!/usr/bin/env bash
# Measures on this machine; nothing here is a test.
#   bench.sh micro   the engines, by Google Benchmark
#   bench.sh http    the served program: empty reply, pages, durable sends, at 64 and 256 connections
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

micro() {
  cmake --preset release -DLN_BENCH=ON >/dev/null
  cmake --build build/release --target langnghe_bench
  build/release/langnghe_bench --benchmark_min_time=0.2
}

http() {
  cmake --preset release >/dev/null && cmake --build build/release --target langnghe
  # Not local: the trap at the end needs them when this function is over.
  data=$(mktemp -d)
  build/release/langnghe sample hanoi --data "$data/city" --cases 2000 --seed 1 >/dev/null
  build/release/langnghe serve --data "$data/city" --listen 127.0.0.1:0 --rate-limit off \
    >/dev/null 2>&1 &
  server=$!
  trap 'kill $server; wait $server 2>/dev/null || true; rm -rf "$data"' EXIT
  until [ -s "$data/city/port" ]; do kill -0 $server; done
  port=$(cat "$data/city/port")
  echo "machine: $(nproc) cores, $(uname -r); fdatasync of 4 KiB, mean of 200: $(sync_latency "$data") ms"
  printf '%-28s %8s %12s %10s %10s\n' what connections per-second p50 p99
  for connections in 64 256; do
    load "empty reply" /healthz; load "home" /; load "register" /register
    load "search, no marks" "/register?q=den+duong"; load "send (durable)" send
  done
}
sync_latency() {
  python3 - "$1/sync" <<'PY'
import os, sys, time
f = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)
start = time.perf_counter()
for _ in range(200):
    os.pwrite(f, b"x" * 4096, 0); os.fdatasync(f)
print(f"{(time.perf_counter() - start) * 5:.2f}")
PY
}
load() {  # load NAME PATH|send, with $connections and $port of the caller
  local script="" path=$2
  if [ "$2" = send ]; then script="-s tools/bench_send.lua"; path=/api/v1/feedback; fi
  wrk -t1 -c"$connections" -d5s --latency $script "http://127.0.0.1:$port$path" 2>/dev/null |
    awk -v name="$1" -v c="$connections" '
      /50%/ { p50 = $2 } /99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $NF }
      END { printf "%-28s %8s %12s %10s %10s %s\n", name, c, rate, p50, p99, bad ? "refused: " bad : "" }'
}
case "${1:-http}" in micro) micro ;; http) http ;; *) echo "bench http|micro" >&2; exit 2 ;; esac
