/** @file Every outcome with every reason, every N* and with or without a horizon. */
import type { FailureReason } from "@mesoscope/contracts";
import type { Answer, HoldsFrom, Horizon, JudgedOutcome } from "../../src/index.js";

export const outcomes: readonly JudgedOutcome[] = ["holds", "fails", "undecided"];

/** A reason that the contract gains must be added here, or this does not compile. */
const all: Readonly<Record<FailureReason, true>> = { amplification: true, selection: true, "symmetry-breaking": true, escape: true, saturation: true, "no-limit": true, numerical: true, "finite-size": true, unexplained: true };
export const reasons: readonly (FailureReason | undefined)[] = [undefined, ...(Object.keys(all) as FailureReason[])];

export const starts: readonly HoldsFrom[] = [
  { kind: "fitted", value: 612.3, interval: [541.7, 718.2] },
  { kind: "fitted", value: 612.3, interval: [541.7, null] },
  { kind: "tested", value: 256, failing: 128 },
  { kind: "tested", value: 256, failing: null },
  { kind: "all" },
  { kind: "extrapolated", value: 18.23, interval: [12.31, 56.44] },
  { kind: "none" },
];

export const horizons: readonly (Horizon | undefined)[] = [undefined, { symbol: "t", unit: "T_e", until: 1.8, failsFrom: 2.2 }];

/** One answer with everything a sentence may say. */
export function answer(outcome: JudgedOutcome, from: HoldsFrom, reason: FailureReason | undefined, horizon: Horizon | undefined): Answer {
  return {
    outcome,
    axis: "n",
    sizes: [64, 4096],
    tolerance: "5 %",
    deviation: outcome === "holds" ? "−0.17 [−0.23, −0.12] %" : outcome === "fails" ? "−14.1 [−16.0, −12.2] %" : "2 [−6, 24] %",
    from,
    ...(horizon === undefined ? {} : { horizon }),
    ...(reason === undefined ? {} : { reason, evidence: `the numbers say ${reason}` }),
  };
}

export const combinations: readonly { readonly outcome: JudgedOutcome; readonly reason: FailureReason | undefined; readonly from: HoldsFrom; readonly horizon: Horizon | undefined; readonly answer: Answer }[] = outcomes.flatMap((outcome) =>
  starts.flatMap((from) => horizons.flatMap((horizon) => reasons.map((reason) => ({ outcome, reason, from, horizon, answer: answer(outcome, from, reason, horizon) })))),
);
