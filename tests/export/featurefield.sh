#!/usr/bin/env bash
# Asks an export for OpenSearch of Java Lucene 8's FeatureField, which rank_features is made of, and prints the hits: query, tab, id,
# tab, score. Usage: featurefield.sh FOLDER BULK QUERIES, where FOLDER is for what has to be compiled.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
core() { find /usr/share/java -name 'lucene-core-8*.jar' 2>/dev/null | head -n 1; }
if [ -z "$(core)" ]; then
    apt-get update -qq >&2 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq liblucene8-java >&2
fi
mkdir -p "$1"
[ "$1/FeatureFields.class" -nt "$here/FeatureFields.java" ] || javac -cp "$(core)" -d "$1" "$here/FeatureFields.java"
exec java -cp "$(core):$1" FeatureFields "$2" "$3"
