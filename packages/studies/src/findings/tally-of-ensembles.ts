import type { OutcomeTally } from "@mesoscope/contracts";
import type { Ensemble } from "@mesoscope/finite-size";

/** How the replicas of named ensembles ended. */
export function tallyOfEnsembles(parts: readonly { readonly title: string; readonly axis: string; readonly ensembles: readonly Ensemble[] }[]): OutcomeTally {
  const all = parts.flatMap(({ ensembles }) => ensembles);
  return {
    completed: all.reduce((sum, { completed }) => sum + completed, 0),
    diverged: all.reduce((sum, { diverged }) => sum + diverged, 0),
    censored: 0,
    notes: parts.flatMap(({ title, axis, ensembles }) => ensembles.flatMap(({ n, notes }) => notes.map((note) => ({ ...note, where: `${title}, ${axis} = ${n}` })))),
  };
}
