#compdef mesoscope
# Completion of mesoscope for zsh. In ~/.zshrc, after compinit:  source <(mesoscope completion zsh)
# Or as a file _mesoscope in a folder of $fpath.
_mesoscope() {
  local line value places=nothing
  local -a whole begun
  for line in "${(@f)$("${(Q)words[1]}" complete -- "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}"; do
    value=${line%%$'\t'*}
    case $value in
      ('') ;;
      (:*) places=${value#:} ;;
      (*=) begun+=("${value//:/\\:}:${line#*$'\t'}") ;;
      (*) whole+=("${value//:/\\:}:${line#*$'\t'}") ;;
    esac
  done
  ((${#whole})) && _describe -t values mesoscope whole
  ((${#begun})) && _describe -t values mesoscope begun -S ''
  case $places in
    (files) _files ;;
    (folders) _files -/ ;;
  esac
}
if [[ ${funcstack[1]} == _mesoscope ]]; then _mesoscope "$@"; else compdef _mesoscope mesoscope; fi
