import type { OutcomeTally } from "@mesoscope/contracts";

/** The tallies of several comparisons as one, each note led by its case. */
export function addTallies(parts: readonly { readonly title: string; readonly tally: OutcomeTally }[]): OutcomeTally {
  const sum = (of: (tally: OutcomeTally) => number): number => parts.reduce((total, { tally }) => total + of(tally), 0);
  return {
    completed: sum(({ completed }) => completed),
    diverged: sum(({ diverged }) => diverged),
    censored: sum(({ censored }) => censored),
    notes: parts.flatMap(({ title, tally }) => tally.notes.map((note) => ({ ...note, where: `${title}, ${note.where}` }))),
  };
}
