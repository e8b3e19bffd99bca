import { exp, log1p } from "@mesoscope/numerics";

/** Confidence of each of m independent intervals that hold together with the confidence asked for: Sidak's (1 - alpha)^(1/m). For intervals that go together it is on the safe side. */
export function jointConfidence(confidence: number, m: number): number {
  return exp(log1p(confidence - 1) / Math.max(1, m));
}
