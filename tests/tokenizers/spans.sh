#!/usr/bin/env bash
# Tokenizes with Hugging Face's own library and prints, a line a text, [id, start, end] of every token in UTF-16 units.
# Usage: spans.sh FOLDER TOKENIZER TEXTS, where FOLDER is for what has to be installed and TEXTS has a JSON string a line.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
mkdir -p "$1"
cp "$here/package.json" "$here/spans.mjs" "$1"
[ -d "$1/node_modules/tokenizers" ] || npm install --prefix "$1" --no-audit --no-fund --no-package-lock --silent >&2
exec node "$1/spans.mjs" "$2" "$3"
