# Completion of mesoscope for bash. In ~/.bashrc:  source <(mesoscope completion bash)
_mesoscope() {
  # Bash parts words at "=" and ":", too: what was typed in one piece is one word again.
  local rest=${COMP_LINE:0:COMP_POINT} before word i
  local words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    before=${rest%%[![:space:]]*}
    rest=${rest#"$before"}
    ((i == COMP_CWORD)) && word=$rest
    rest=${rest#"$word"}
    if [[ -n $before || $i -eq 0 ]]; then words+=("$word"); else words[${#words[@]}-1]+=$word; fi
  done
  local typed=${words[${#words[@]}-1]} cut= places=nothing value
  [[ $COMP_WORDBREAKS == *=* ]] && cut=${typed%"${typed##*=}"}
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    if [[ $value == :* ]]; then places=${value#:}; else COMPREPLY+=("${value#"$cut"}"); fi
  done < <("${words[0]/#\~/$HOME}" complete -- "${words[@]:1}" 2>/dev/null)
  [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
  if [[ $places != nothing ]]; then
    while IFS= read -r value; do COMPREPLY+=("$value"); done < <(if [[ $places == files ]]; then compgen -f -- "$typed"; else compgen -d -- "$typed"; fi)
    compopt -o filenames 2>/dev/null
  fi
  return 0
}
complete -F _mesoscope mesoscope
