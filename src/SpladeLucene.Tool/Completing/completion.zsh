# Completes the words of splade. Files where it knows no word, and options only where one is begun.
_splade() {
    # The words of this command alone, whatever stands before it in the line.
    local line="splade ${(j: :)words[2,CURRENT-1]} $PREFIX"
    local -a found
    found=("${(@f)$(splade "[suggest:${#line}]" "$line" 2>/dev/null)}")
    if [[ "$PREFIX" == -*=* ]]; then compset -P '*='; else [[ "$PREFIX" == -* ]] || found=("${(@)found:#-*}"); fi
    if (( ${#${found:#}} )); then compadd -- "${found[@]}"; else _files; fi
}
compdef _splade splade
