/** What is wrong with a text of whole sentences for readers, if anything is: holes, double signs, long sentences, jargon of the engine, internal names. */
export function faultsOf(text: string, most = 45): readonly string[] {
  const faults: string[] = [];
  if (/NaN|undefined|Infinity|\bnull\b|\[object/.test(text)) faults.push("holds what is no word");
  if (/ {2}|^\s|\s$/.test(text)) faults.push("has a space too many");
  if (/\.\.|[,;:]\s*[.,;:]|\s[.,;:]|\(\)/.test(text)) faults.push("has signs of punctuation that meet");
  if (!/[^.]\.$/.test(text)) faults.push("does not end with one full stop");
  if (/\bN\*|certified|BCa|bootstrap|TOST|first-departure|-limit\b|-corrected\b/.test(text)) faults.push("has jargon or an internal name");
  for (const sentence of text.split(/(?<=\.) (?=\p{Lu})/u)) {
    const words = sentence.split(" ").filter((word) => /\p{L}{2}/u.test(word)).length;
    if (words > most) faults.push(`has a sentence of ${words} words: ${sentence}`);
    if (!/^[\p{Lu}\d]/u.test(sentence)) faults.push("has a sentence that begins small");
  }
  return faults;
}
