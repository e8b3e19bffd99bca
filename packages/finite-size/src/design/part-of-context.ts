import type { Context } from "@mesoscope/contracts";

/** The context of a part of a whole: the part's progress moves the whole from `from` on by at most `weight`, out of `total`. */
export function partOfContext(context: Context, from: number, weight: number, total: number): Context {
  return {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    progress: (part, of) => context.progress?.(from + (of > 0 ? weight * Math.min(1, part / of) : 0), total),
  };
}
