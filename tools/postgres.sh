#!/usr/bin/env bash
# A private PostgreSQL in FOLDER (made when missing) until it is told to stop: a socket and no
# network, an unprivileged user when we are root. Its first line is the URL for --db.
#   tools/postgres.sh FOLDER [-c setting=value …]
set -euo pipefail
folder=$(readlink -f "${1:?which folder?}"); shift
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: postgresql-15" >&2; exit 1; }
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
fi
mkdir -p "$folder"
[ "$(id -u)" = 0 ] && chown postgres:postgres "$folder"
cd "$folder"
[ -e data/PG_VERSION ] ||
  "${as[@]}" "$bin/initdb" -D data -U langnghe -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
    --no-instructions >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
echo "postgresql://langnghe@${folder//\//%2F}/postgres"
exec "${as[@]}" "$bin/postgres" -D data -c listen_addresses= -c unix_socket_directories="$folder" \
  -c max_connections=200 "$@" >>log 2>&1
