/** Text cut to a length at which a drawing still has room for it. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** A word longer than a line may be all wide letters, for which a line counted in ordinary ones has no room. */
const lettersOfAWord = 0.6;

/** Where a line may break: not within "k = 1", nor within "(no unit)". */
const gaps = /(?<!=)\s+(?!=)(?!\S{1,12}\))/;

/** Words in lines of at most `most` characters, three lines at most. */
export function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of shortened(text, 3 * most).split(gaps)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length <= most ? word : shortened(word, Math.floor(lettersOfAWord * most)));
  }
  return lines.slice(0, 3);
}
