# Completes the words of splade, and files. Options only where one is begun.
function __splade_words
    splade "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null | while read -l word
        string match -q -- '-*' $word; and not string match -q -- '-*' (commandline -ct); and continue
        echo $word
    end
end
complete -c splade -a '(__splade_words)'
