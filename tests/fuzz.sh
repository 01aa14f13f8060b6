#!/usr/bin/env bash
# Gives readers files that are a little wrong, for MINUTES each (default 10), and says how many each was given. Only documented
# exceptions may come out. SPLADE_TEST_DATA adds indexes that old versions of Lucene wrote, SPLADE_TEST_FUZZ_SEED makes other
# files. A failure names the input, and seed and round of the change.
#
#     tests/fuzz.sh [MINUTES [READER...]]
set -euo pipefail
cd "$(dirname "$0")/.."
minutes="${1:-10}"
shift || true

# The reader, the project and the name of its tests, and how many inputs share the reader's time there.
tests="
model        Onnx         Open_Mutated                      13
model        Onnx         Read_MutatedGraph                  1
tokenizer    Onnx         Read_MutatedTokenizerJson          3
collection   Evaluation   MutatedCollectionTests             6
log          Reindexing   MutatedLogTests                    4
state        Reindexing   MutatedStateTests                  5
source       Reindexing   PlanAsync_MutatedFile              2
old-source   Reindexing   RunAsync_MutatedFileWithoutCheck   3
fingerprint  Core         TryParse_MutatedLine               1
fingerprint  -            Create_MutatedFingerprint          1
payload      -            Search_ForeignPayloads             1
vectors      Tool         Import_Mutated                     5
vectors      Benchmarks   MutatedVectorsTests                4
texts        Tool         Index_MutatedTexts                 2
"
readers=("$@")
[ "${#readers[@]}" -gt 0 ] || mapfile -t readers < <(awk 'NF { print $1 }' <<< "$tests" | uniq)
project() { [ "$1" = - ] && echo tests/SpladeLucene.Tests || echo "tests/SpladeLucene.$1.Tests"; }

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
export SPLADE_TEST_FUZZ_LOG="$log"
failed=0
for reader in "${readers[@]}"; do
    inputs="$(awk -v reader="$reader" '$1 == reader { sum += $4 } END { print sum + 0 }' <<< "$tests")"
    [ "$inputs" -gt 0 ] || { echo "There is no reader '$reader'; there are $(awk 'NF { print $1 }' <<< "$tests" | uniq | xargs)." >&2; exit 2; }
    SPLADE_TEST_FUZZ_SECONDS="$(awk -v minutes="$minutes" -v inputs="$inputs" 'BEGIN { print minutes * 60 / inputs }')"
    export SPLADE_TEST_FUZZ_SECONDS
    : > "$log"
    while read -r _ in filter _; do
        dotnet test "$(project "$in")" --filter "FullyQualifiedName~$filter" --logger "console;verbosity=minimal" \
            -- xUnit.ParallelizeTestCollections=false < /dev/null || failed=1
    done < <(awk -v reader="$reader" '$1 == reader' <<< "$tests")
    awk -v reader="$reader" '{ files += $1; seconds += $2 } END { printf "%s: %d files in %.0f seconds\n", reader, files, seconds }' "$log"
done
exit "$failed"
