import type { Context } from "@mesoscope/contracts";

/** The contexts of the parts of a study: each moves the whole by its weight. */
export function shareProgress(context: Context, weights: readonly number[]): readonly Context[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return weights.map((weight): Context => {
    const from = before;
    before += weight;
    return {
      ...(context.signal === undefined ? {} : { signal: context.signal }),
      progress: (done, of) => context.progress?.(from + weight * (of > 0 ? Math.min(1, done / of) : 0), total),
    };
  });
}
