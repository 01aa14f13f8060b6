#!/usr/bin/env bash
# Gives every reader files that are a little wrong, for so many minutes in all (default 10): the files of a model's folder,
# collections, vectors, index files of a source, a migration's state and log, fingerprints and payloads in an index. Only
# documented exceptions may come out. SPLADE_TEST_DATA adds indexes that old versions of Lucene wrote.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes="${1:-10}"
# About so many inputs share the time, one after the other; a failure names the input, and seed and round of the change.
inputs=45
SPLADE_TEST_FUZZ_SECONDS="$(awk -v minutes="$minutes" -v inputs="$inputs" 'BEGIN { print minutes * 60 / inputs }')"
export SPLADE_TEST_FUZZ_SECONDS
failed=0
for project in Core Evaluation Onnx "" Reindexing Benchmarks; do
    dotnet test "tests/SpladeLucene${project:+.$project}.Tests" --filter "FullyQualifiedName~Mutated" \
        --logger "console;verbosity=minimal" -- xUnit.ParallelizeTestCollections=false || failed=1
done
exit "$failed"
