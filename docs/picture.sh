#!/usr/bin/env bash
# Makes docs/page.png: the demo's page as it runs, asked one of its judged queries.
# Needs: apt-get install chromium pngquant
set -euo pipefail
cd "$(dirname "$0")/.."
query="${1:-why are workers jobless}"
work="$(mktemp -d)"
dotnet run --project examples/SideBySide -- --web --no-browser > "$work/said" &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
until address="$(grep -o 'http://[0-9.:]*' "$work/said")"; do kill -0 $server; sleep 1; done

# The measures take a while the first time; the picture is to show them.
curl -sf "$address/api/measure" > "$work/measured"
sandbox=()
[ "$(id -u)" = 0 ] && sandbox=(--no-sandbox)
chromium --headless "${sandbox[@]}" --hide-scrollbars --user-data-dir="$work/browser" --window-size=1280,860 \
    --virtual-time-budget=20000 --screenshot="$work/page.png" "$address/?q=${query// /+}" 2> "$work/complaints"
pngquant --force --speed 1 --output docs/page.png 128 "$work/page.png"
ls -l docs/page.png
