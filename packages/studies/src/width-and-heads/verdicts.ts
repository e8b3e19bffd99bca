import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatPercent, toVerdict, type AxisExponent } from "@mesoscope/finite-size";
import type { WidthCase } from "./cases.js";
import type { SizeLaws } from "./laws.js";
import { CONFIDENCE, LEVEL, type WidthParameters } from "./settings.js";
import { OUTPUT, predictedPowers } from "./systems.js";
import { powerInWords } from "./words.js";

/** Of one network at one power of N: the mean along N, both powers of each variance, and what is known along heads. */
export function widthVerdicts(one: WidthCase, settings: WidthParameters): readonly Verdict[] {
  const { id, title, comparison, mean, line, manyHeads, corrected, spread, laws } = one;
  const along = { id: `${id}-line`, subject: `${title}, N = ${settings.lineWidth}` };
  return [
    toVerdict(comparison, mean, { id, subject: `${title}, H = ${comparison.sizes[0]!.size["H"]!}` }),
    ...laws.flatMap((each) => [powerVerdict(one, each, 0, settings), powerVerdict(one, each, 1, settings)]),
    ...[manyHeads, corrected, spread].flatMap((statement) => (statement === undefined ? [] : [toVerdict(line, statement, along)])),
  ];
}

/** A fitted power of a variance against the predicted one, as an equivalence. */
function powerVerdict(one: WidthCase, { observable, variance, varianceFrom }: SizeLaws, axis: 0 | 1, { powerTolerance }: WidthParameters): Verdict {
  const exponent: AxisExponent = typeof variance === "string" ? { kind: "unresolved", reason: variance } : axis === 0 ? variance.first : variance.second;
  const predicted = predictedPowers(one)[axis];
  const name = axis === 0 ? "N" : "H";
  const caveat = one.tally.diverged > 0.01 * (one.tally.diverged + one.tally.completed) ? `${one.tally.diverged} networks diverged` : undefined;
  const [low, high] = exponent.kind === "fitted" ? exponent.interval : [null, null];
  const inside = low !== null && high !== null && low > predicted - powerTolerance && high < predicted + powerTolerance;
  const beyond = (low !== null && low > predicted + powerTolerance) || (high !== null && high < predicted - powerTolerance);
  const outcome = beyond ? "fails" : inside && caveat === undefined ? "holds" : "undecided";
  const what = observable === OUTPUT ? "output on the first input" : "kernel of the pooled values on the first input";
  return {
    id: `${one.id}-${observable === OUTPUT ? "output" : "kernel"}-variance-${name.toLowerCase()}`,
    subject: `power of ${name} with which the variance over networks of the ${what} falls, ${one.title}, theory: leading order in the sizes`,
    outcome,
    rule: `The ${formatPercent(CONFIDENCE)} interval of the power in v/(N^p H^q), fitted to the larger sizes of each axis, lies inside ${predicted} ± ${powerTolerance} (holds) or beyond it (fails).`,
    ...(exponent.kind === "fitted" && low !== null && high !== null ? { value: exponent.value, interval: [low, high] as const, confidence: CONFIDENCE, unit: "1" } : {}),
    because: `From N = ${varianceFrom[0]} and H = ${varianceFrom[1]} on the power is ${powerInWords(exponent)}, where ${formatNumber(predicted)} is predicted${misfit(variance)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: comesNearer(variance, axis, predicted) ? ("finite-size" as const) : ("unexplained" as const) } : {}),
  };
}

/** Of very many networks the errors are so small that the next order shows: then the power is a mean slope, and its interval is that of the slope. */
function misfit(variance: SizeLaws["variance"]): string {
  return typeof variance === "string" || variance.fit.goodness >= LEVEL ? "" : `; a pure power fits as badly by chance in ${formatNumber(100 * variance.fit.goodness, 2)} % only, so that this is a mean slope over these sizes`;
}

/** Without the smaller sizes the power is nearer to the predicted one than with them: the leading order is on its way. */
function comesNearer(variance: SizeLaws["variance"], axis: 0 | 1, predicted: number): boolean {
  return typeof variance !== "string" && Math.abs(variance.fit.exponents[axis] - predicted) < Math.abs(variance.ofAll[axis] - predicted);
}
