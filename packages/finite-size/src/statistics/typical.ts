/** @file Whether a single run is typical: its spread, not only its mean, within what does not matter. */
import { log } from "@mesoscope/numerics";
import type { Summary } from "./summary.js";

/** Levels at which the standard deviation at one entry would just be found below the margin, or above it. */
export interface SpreadBound {
  readonly belowAt: number;
  readonly aboveAt: number;
}

/**
 * One-sided tests of sd < margin and of sd > margin, on the logarithm of the standard deviation with its studentised law, [eq:bootstrap].
 * @param margin in the unit of the observable, positive; what does not matter in a single run
 */
export function spreadAgainstMargin(summary: Summary, entry: number, margin: number): SpreadBound {
  const sd = summary.sd[entry]!;
  const error = summary.logSdError[entry]!;
  if (!(sd > 0)) return { belowAt: 0, aboveAt: 1 };
  const off = log(sd / margin);
  if (!(error > 0)) return off < 0 ? { belowAt: 0, aboveAt: 1 } : { belowAt: 1, aboveAt: 0 };
  const law = summary.logSdLaw(entry);
  return { belowAt: law.cdf(off / error), aboveAt: law.tail(off / error) };
}
