import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatPercent, toVerdict } from "@mesoscope/finite-size";
import { divergedCaveatOf } from "../one-bit/caveat.js";
import type { OrderCase } from "./cases.js";
import type { Slope } from "./exact.js";
import type { OrderParameters } from "./settings.js";

export function orderVerdicts(one: OrderCase, settings: OrderParameters): readonly Verdict[] {
  const { exact, wells, againstChain, againstMap, exits, passage } = one;
  const sizes = exact.sizes.slice(-2).map(({ n }) => n);
  const word = { id: "wells", subject: `one feature, L = 1, β = ${settings.beta}` };
  return [
    exactVerdict(one, {
      id: "barrier",
      subject: `growth of the relaxation time of the exact chain per bit, one feature, L = 1, β = ${settings.beta}, theory: barrier S of the stationary law`,
      rule: `The growth of ln τ per bit between the two largest sizes differs from S by less than ${formatPercent(settings.barrierTolerance)} (holds) or more (fails); undecided where it still moves by more than that from one pair of sizes to the next, or where runs do not confirm the chain.`,
      found: exact.slope,
      predicted: exact.barrier,
      tolerance: settings.barrierTolerance * exact.barrier,
      because: `Between N = ${sizes.join(" and ")} ln τ grows by ${formatNumber(exact.slope.value, 5)} per bit, S is ${formatNumber(exact.barrier, 5)}`,
    }),
    exactVerdict(one, {
      id: "slowing",
      subject: "power of N with which the relaxation time of the exact chain grows at the critical point, one feature, L = 1, β = 1, theory: 1/2",
      rule: `d ln τ / d ln N between the two largest sizes differs from 1/2 by less than ${settings.slowingTolerance} (holds) or more (fails); undecided where it still moves by more than that from one pair of sizes to the next, or where runs do not confirm the chain.`,
      found: exact.slowing,
      predicted: 0.5,
      tolerance: settings.slowingTolerance,
      because: `Between N = ${sizes.join(" and ")} τ grows with the power ${formatNumber(exact.slowing.value, 4)} of N`,
    }),
    toVerdict(wells, againstChain, word),
    toVerdict(wells, againstMap, word),
    toVerdict(exits, passage, { id: "exits", subject: "the published network in chaos, β = 1.28" }),
  ];
}

interface ExactClaim {
  readonly id: string;
  readonly subject: string;
  readonly rule: string;
  readonly found: Slope;
  readonly predicted: number;
  readonly tolerance: number;
  readonly because: string;
}

/** An enumeration has no chance in it; what it could have is an error, so runs of the same chain have to agree with it. */
function exactVerdict({ wells, againstChain }: OrderCase, { found, predicted, tolerance, because, ...words }: ExactClaim): Verdict {
  const caveat = divergedCaveatOf(wells) ?? (againstChain.outcome === "fails" ? "runs of the chain do not agree with it" : undefined);
  const settled = Math.abs(found.value - found.before) <= tolerance;
  const near = Math.abs(found.value - predicted) <= tolerance;
  const outcome = !settled || caveat !== undefined ? "undecided" : near ? "holds" : "fails";
  return {
    ...words,
    outcome,
    value: found.value / predicted - 1,
    unit: "1",
    because: `${because}: off by ${formatPercent(found.value / predicted - 1, 2)}${settled ? "" : `; it was ${formatNumber(found.before, 4)} one pair of sizes before`}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}
