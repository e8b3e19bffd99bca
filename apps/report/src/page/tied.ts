/**
 * Text whose lines break where a reader would: never within "n = 610" or "5 %". Long words to both sides of a sign may still part.
 */
export function tied(text: string): string {
  return text.replace(/ %/g, "\u00A0%").replace(/(?<=(?:^|\s|\()\S{1,12}) ([=<>≤≥≈]) (?=\S{1,12}(?:\s|$))/g, "\u00A0$1\u00A0");
}
