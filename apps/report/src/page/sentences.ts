/** Sentences of a text: one ends where a capital follows a full stop and a blank. */
export function sentences(text: string): readonly string[] {
  return text.split(/(?<=[.!?]) (?=\p{Lu})/u);
}
