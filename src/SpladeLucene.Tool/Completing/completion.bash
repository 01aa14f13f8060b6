# Completes the words of splade. Files where it knows no word, and options only where one is begun.
_splade() {
    local current="${COMP_WORDS[COMP_CWORD]}" line="splade ${COMP_LINE#* }" found
    local point=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
    mapfile -t found < <("${COMP_WORDS[0]}" "[suggest:$point]" "$line" 2>/dev/null)
    COMPREPLY=()
    local word
    for word in "${found[@]}"; do
        [[ "$word" == -* && "$current" != -* ]] && continue
        [[ "$word" == "$current"* ]] && COMPREPLY+=("$word")
    done
}
complete -o default -F _splade splade
