#!/usr/bin/env bash
# Runs an export for pgvector in PGlite, PostgreSQL in WebAssembly, and prints the hits: query, tab, id, tab, score.
# Usage: pglite.sh FOLDER STATEMENTS QUERIES, where FOLDER is for what has to be installed; rows of COPY are read as psql does.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
mkdir -p "$1"
cp "$here/package.json" "$here/pglite.mjs" "$1"
[ -d "$1/node_modules/@electric-sql/pglite-pgvector" ] || npm install --prefix "$1" --no-audit --no-fund --no-package-lock --silent >&2
exec node "$1/pglite.mjs" "$2" "$3"
