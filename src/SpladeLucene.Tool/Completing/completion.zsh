# Completes the words of splade. Files where it knows no word, and options only where one is begun.
_splade() {
    local line="splade ${BUFFER#* }"
    local -a found
    found=("${(@f)$(splade "[suggest:$((CURSOR - ${#BUFFER} + ${#line}))]" "$line" 2>/dev/null)}")
    [[ "$PREFIX" == -* ]] || found=("${(@)found:#-*}")
    if (( ${#${found:#}} )); then compadd -- "${found[@]}"; else _files; fi
}
compdef _splade splade
