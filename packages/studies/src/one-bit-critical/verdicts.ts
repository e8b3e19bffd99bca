import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatPercent, formatWithInterval } from "@mesoscope/finite-size";
import { sizeInText } from "../one-bit/words.js";
import { CONFIDENCE, LEVEL, type CriticalCase, type CriticalSize } from "./cases.js";
import { EXPONENTS } from "./points.js";
import type { CriticalParameters } from "./settings.js";

/** Ratio of moments, power of the mean square, collapse; and the mean square itself, against normal form and exact law. */
export function criticalVerdicts(one: CriticalCase, settings: CriticalParameters): readonly Verdict[] {
  return [ratioVerdict(one, settings), exponentVerdict(one, settings), collapseVerdict(one), ...squareVerdicts(one, settings)];
}

/** The smallest size from which on the ratio holds at every size, if it does at the largest. */
export function ratioHoldsFrom({ sizes }: CriticalCase): number | undefined {
  let from: number | undefined;
  for (const { n, ratio } of [...sizes].reverse()) {
    if (ratio.outcome !== "holds") break;
    from = n;
  }
  return from;
}

/** Value and interval of a share, times what it is a share of. */
function scaled({ value, interval: [low, high] }: CriticalSize["ratio"], unit: number): { readonly value: number; readonly interval: readonly [number, number] } {
  return { value: unit * (1 + value), interval: [unit * (1 + low), unit * (1 + high)] };
}

export function ratioOf({ point }: CriticalCase, { ratio }: CriticalSize): { readonly value: number; readonly interval: readonly [number, number] } {
  return scaled(ratio, point.momentRatio);
}

function ratioVerdict(one: CriticalCase, { tolerance }: CriticalParameters): Verdict {
  const { point, sizes, caveat } = one;
  const last = sizes.at(-1)!;
  const outcome = caveat !== undefined && last.ratio.outcome === "holds" ? "undecided" : last.ratio.outcome;
  const { value, interval } = ratioOf(one, last);
  const from = ratioHoldsFrom(one);
  const failing = sizes.filter(({ ratio }) => ratio.outcome === "fails").map(({ n }) => sizeInText(n));
  return {
    id: `${point.kind}-ratio`,
    subject: `ratio of moments ⟨|z|⁴⟩ / ⟨|z|²⟩² at the transition, ${point.title}`,
    outcome,
    rule: `Two one-sided tests at level ${formatPercent(LEVEL)} at the largest size: the ${formatPercent(1 - 2 * LEVEL)} interval of the ratio lies inside ${formatNumber(point.momentRatio, 5)} ± ${formatPercent(tolerance)} (holds) or beyond it (fails).`,
    value,
    interval,
    confidence: last.ratio.confidence,
    unit: "1",
    because:
      `At N = ${sizeInText(last.n)} the ratio is ${formatWithInterval(value, interval)}, predicted ${formatNumber(point.momentRatio, 5)}` +
      `${from === undefined ? "" : `; it holds from N = ${sizeInText(from)} on`}${failing.length === 0 ? "" : `, and fails at N = ${failing.join(", ")}`}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

function exponentVerdict({ point, exponent, exponentFrom, caveat }: CriticalCase, { exponentTolerance }: CriticalParameters): Verdict {
  const words = {
    id: `${point.kind}-exponent`,
    subject: `power of N with which the mean square of the amplitude falls at the transition, ${point.title}`,
    rule: `The ${formatPercent(CONFIDENCE)} profile interval of p in ⟨|z|²⟩ = a N^−p, over the sizes from the first on whose ratio of moments does not fail, lies inside ${EXPONENTS.value} ± ${exponentTolerance} (holds) or outside it (fails).`,
  };
  if (exponent === undefined || exponentFrom === undefined) return { ...words, outcome: "undecided", because: "Fewer than three sizes are left whose ratio of moments does not fail." };
  const { fit, interval: [low, high] } = exponent;
  const [least, most] = [EXPONENTS.value - exponentTolerance, EXPONENTS.value + exponentTolerance];
  const outcome = low >= least && high <= most && caveat === undefined ? "holds" : high < least || low > most ? "fails" : "undecided";
  return {
    ...words,
    outcome,
    value: fit.exponent,
    interval: [low, high],
    confidence: CONFIDENCE,
    unit: "1",
    because: `From N = ${sizeInText(exponentFrom)} on the mean square falls with the power ${formatWithInterval(fit.exponent, [low, high])}, predicted 1/2${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

/** In one clause: which sizes lie on one curve with the predicted powers. */
export function collapseInWords({ scan }: CriticalCase): string {
  const { from, fit } = scan.collapses.at(-1)!;
  if (fit.kind !== "fitted" || fit.predicted === undefined) return `the sizes could not be laid on one curve${fit.kind === "fitted" ? "" : `: ${fit.reason}`}`;
  const { predicted: { outcome, quality }, at } = fit;
  const fitted = `best with the powers ${formatNumber(at.a, 2)} and ${formatNumber(at.b, 2)}`;
  return outcome === "consistent"
    ? `from N = ${sizeInText(from)} on all sizes lie on one curve with the predicted powers 1/2 and 1/2 (chi-square per point ${quality === null ? "not defined" : formatNumber(quality, 2)}; ${fitted})`
    : `the sizes from N = ${sizeInText(from)} on do not lie on one curve with the powers 1/2 and 1/2 (${fitted})`;
}

function collapseVerdict(one: CriticalCase): Verdict {
  const { point, scan, caveat } = one;
  const { fit } = scan.collapses.at(-1)!;
  const predicted = fit.kind === "fitted" ? fit.predicted : undefined;
  const bounded = fit.kind === "fitted" && [fit.intervals.a, fit.intervals.b].every((interval) => typeof interval?.[0] === "number" && typeof interval[1] === "number");
  const outcome = predicted === undefined ? "undecided" : predicted.outcome === "inconsistent" ? "fails" : bounded && caveat === undefined ? "holds" : "undecided";
  const collapsed = collapseInWords(one);
  return {
    id: `${point.kind}-collapse`,
    subject: `one curve for all sizes through the transition, ${point.title}`,
    outcome,
    rule: `The chi-square per point of the collapse N^(1/2) ⟨|z|²⟩ against (β − β_c) N^(1/2) exceeds the best collapse by no more than ${formatPercent(CONFIDENCE)} of resamples laid on the common curve do; small sizes are left out until it does not, down to the three largest. Undecided where the scan does not bound both powers.`,
    because: `${collapsed.charAt(0).toUpperCase()}${collapsed.slice(1)}${outcome === "undecided" && predicted !== undefined && !bounded ? "; the scan does not bound both powers" : ""}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

const theories = { corrected: "normal form driven by the noise of N bits", exact: "stationary law in closed form" } as const;

/** The size of the fluctuations, with nothing fitted: at the largest size about which each theory speaks. */
function squareVerdicts({ point, sizes, caveat }: CriticalCase, { squareTolerance }: CriticalParameters): readonly Verdict[] {
  return (["corrected", "exact"] as const).flatMap((theory): Verdict[] => {
    const last = sizes.findLast(({ against }) => against[theory] !== undefined);
    const judged = last?.against[theory];
    if (last === undefined || judged === undefined) return [];
    const { test, predicted } = judged;
    const outcome = caveat !== undefined && test.outcome === "holds" ? "undecided" : test.outcome;
    return [{
      id: `${point.kind}-${theory}`,
      subject: `mean square of the amplitude at the transition, ${point.title}, theory: ${theories[theory]}`,
      outcome,
      rule: `Two one-sided tests at level ${formatPercent(LEVEL)} at the largest size about which the theory speaks: the ${formatPercent(1 - 2 * LEVEL)} interval of the deviation lies inside ± ${formatPercent(squareTolerance)} (holds) or beyond it (fails).`,
      value: test.value,
      interval: test.interval,
      confidence: test.confidence,
      unit: "1",
      because: `At N = ${sizeInText(last.n)} runs have ⟨|z|²⟩ = ${formatNumber(last.square.value, 4)}, predicted ${formatNumber(predicted, 4)}, with nothing fitted${caveat === undefined ? "" : `; ${caveat}`}.`,
      ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
    }];
  });
}
