import type { OutcomeTally } from "@mesoscope/contracts";
import { divergedCaveat, type Ensemble } from "@mesoscope/finite-size";

/** How the networks of some ensembles ended, and a caveat where too many diverged for anything to hold. */
export interface Ended {
  readonly tally: OutcomeTally;
  readonly caveat: string | undefined;
}

export function endedOf(ensembles: readonly Ensemble[]): Ended {
  const sum = (of: (ensemble: Ensemble) => number): number => ensembles.reduce((total, ensemble) => total + of(ensemble), 0);
  return {
    tally: { completed: sum(({ completed }) => completed), diverged: sum(({ diverged }) => diverged), censored: 0, notes: ensembles.flatMap(({ n, notes }) => notes.map((note) => ({ ...note, where: `N = ${n}` }))) },
    caveat: ensembles.map((ensemble) => divergedCaveat(ensemble)).find((words) => words !== undefined),
  };
}

/** What a verdict says in front of a caveat: nothing holds. */
export function guarded(outcome: "holds" | "fails" | "undecided", caveat: string | undefined): "holds" | "fails" | "undecided" {
  return caveat !== undefined && outcome === "holds" ? "undecided" : outcome;
}

/** "; 12 of 100 replicas diverged", or nothing. */
export function caveatClause(caveat: string | undefined): string {
  return caveat === undefined ? "" : `; ${caveat}`;
}
