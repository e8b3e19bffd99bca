# Completion of mesoscope for fish:  mesoscope completion fish > ~/.config/fish/completions/mesoscope.fish
function __mesoscope_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in (command $program complete -- $words "$typed" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$typed"
            case ':folders'
                __fish_complete_directories "$typed" ''
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c mesoscope -f -a '(__mesoscope_complete)'
