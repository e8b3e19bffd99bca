/** @file How the replicas ended, over all sizes. */
import type { Observable, OutcomeTally } from "@mesoscope/contracts";
import type { Ensemble } from "../ensemble/ensemble.js";
import { censoredReplicas } from "./censoring.js";

/** Counts over ensembles, with a note for each kind of ending that was not plain. A censored replica also counts as completed. */
export function tallyOutcomes(axis: string, ensembles: readonly Ensemble[], observables: readonly Observable[]): OutcomeTally {
  const notes: { where: string; count: number; message: string }[] = [];
  let censored = 0;
  for (const ensemble of ensembles) {
    const where = `${axis} = ${ensemble.n}`;
    for (const { message, count } of ensemble.notes) notes.push({ where, count, message });
    for (const observable of observables) {
      const count = censoredReplicas(ensemble, observable);
      if (count > 0) notes.push({ where, count, message: `the event of ${observable.symbol} had not come when the run ended` });
    }
    censored += censoredAnywhere(ensemble, observables);
  }
  const sum = (count: (ensemble: Ensemble) => number): number => ensembles.reduce((total, ensemble) => total + count(ensemble), 0);
  return { completed: sum((e) => e.completed), diverged: sum((e) => e.diverged), censored, notes };
}

/** Replicas with a censored entry in any of the observables. */
function censoredAnywhere(ensemble: Ensemble, observables: readonly Observable[]): number {
  const marks = observables.map(({ id }) => ensemble.censored(id)).filter((mark) => mark !== undefined);
  let count = 0;
  for (let r = 0; r < ensemble.completed; r++) {
    const isCensored = marks.some((mark) => {
      const length = mark.length / ensemble.completed;
      return mark.subarray(r * length, (r + 1) * length).includes(1);
    });
    if (isCensored) count += 1;
  }
  return count;
}
