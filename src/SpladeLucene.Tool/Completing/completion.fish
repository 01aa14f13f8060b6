# Completes the words of splade, and files. Options only where one is begun.
function __splade_words
    # The words of this command alone, up to the cursor, whatever stands before it in the line.
    set -l line (commandline -cp | string replace -r '^\s*\S+' splade)
    set -l current (commandline -ct)
    set -l option (string match -r -- '^-[^=]*=' "$current")
    splade "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | while read -l word
        string match -q -- '-*' $word; and not string match -q -- '-*' "$current"; and continue
        echo "$option$word"
    end
end
complete -c splade -a '(__splade_words)'
