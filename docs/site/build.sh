#!/usr/bin/env bash
# Makes the site of docs/ and of the API's docstrings, in artifacts/site/html. A warning is an error.
set -euo pipefail
cd "$(dirname "$0")/../.."

pages=artifacts/site/pages
rm -rf artifacts/site
mkdir -p "$pages"
cp docs/*.png docs/site/toc.yml "$pages"
for page in docs/*.md; do
    name=$(basename "$page")
    # The packages' own page is read on their registry. What lies outside docs/ is linked where it is.
    [ "$name" = package-readme.md ] && continue
    [ "$name" = README.md ] && name=index.md
    sed -E 's#\]\(\.\./#](https://github.com/SpladeLucene/SpladeLucene/blob/main/#g; s#\]\(README\.md\)#](index.md)#g' "$page" > "$pages/$name"
done

# docfx ends well in spite of warnings about docstrings.
strictly() {
    "$@" | tee artifacts/site/log.txt
    if grep -q ': warning' artifacts/site/log.txt; then exit 1; fi
}

# That a package source lacks a version which a dependency asks for is no fault of the docs.
export NoWarn=NU1603
dotnet tool restore
strictly dotnet docfx metadata docs/site/docfx.json --warningsAsErrors
strictly dotnet docfx build docs/site/docfx.json --warningsAsErrors
