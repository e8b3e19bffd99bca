/** @file Counts: of how many studies (or intervals) something was true. Whole numbers, so that any order of adding gives the same. */

export interface Count {
  readonly hits: number;
  readonly trials: number;
}

/** By what was counted; plain JSON, so that it can pass between threads. */
export type Tally = Readonly<Record<string, Count>>;

/** Counts one fact of one study. */
export type Observe = (what: string, hit: boolean) => void;

export interface Counter {
  readonly observe: Observe;
  readonly tally: () => Tally;
}

export function counter(): Counter {
  const counts = new Map<string, { hits: number; trials: number }>();
  return {
    observe: (what, hit) => {
      const count = counts.get(what) ?? { hits: 0, trials: 0 };
      counts.set(what, count);
      count.trials += 1;
      if (hit) count.hits += 1;
    },
    tally: () => Object.fromEntries(counts),
  };
}

/** All tallies added, with names in order. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sums = new Map<string, { hits: number; trials: number }>();
  for (const tally of tallies) {
    for (const [what, { hits, trials }] of Object.entries(tally)) {
      const sum = sums.get(what) ?? { hits: 0, trials: 0 };
      sums.set(what, { hits: sum.hits + hits, trials: sum.trials + trials });
    }
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function shareOf({ hits, trials }: Count): number {
  return trials === 0 ? 0 : hits / trials;
}
