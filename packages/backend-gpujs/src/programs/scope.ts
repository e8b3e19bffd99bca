/** @file What is made on the way to a result is given back when the result is there, and no later: a browser collects textures late. */
import type { Extent, Held, Machine } from "../machine.js";
import type { Source } from "../sources/source.js";

/** The arrays of one run of a program. */
export interface Scope {
  readonly run: (source: Source, extent: Extent, ...given: readonly (Held | number)[]) => Promise<Held>;
  /** Gives one of its arrays back before the end. */
  readonly drop: (held: Held) => void;
}

/** Runs `work`, keeps what it returns, and releases everything else that it made, also when it throws. */
export async function scoped(machine: Machine, work: (scope: Scope) => Promise<readonly Held[]>): Promise<readonly Held[]> {
  const made = new Set<Held>();
  let results: readonly Held[] = [];
  try {
    results = await work({
      run: async (source, extent, ...given) => {
        const held = await machine.run(source, extent, ...given);
        made.add(held);
        return held;
      },
      drop: (held) => {
        if (made.delete(held)) machine.release(held);
      },
    });
    return results;
  } finally {
    for (const held of made) if (!results.includes(held)) machine.release(held);
  }
}
