/** @file How exact an average shall be, how it ended, and the error it has. */
import { DomainError, key, log, outcome, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import { pointsOf } from "./rules.js";
import type { Rule, RulePoints } from "./rules.js";

export interface Precision {
  /** Largest error of any entry that will do; > 0. There is no default. */
  readonly tolerance: number;
  /** Points that one pair of rows may take in one run of the rule; at least 64. */
  readonly budget: number;
  /** Seed of the scrambles, needed where a tensor rule would be too large. */
  readonly seed: number | string;
}

/** Error of a result and how it was found. */
export interface NumericalError {
  /** Largest over the entries: the change from the rule before (tensor), or the standard error over eight scrambles (net). 0 for closed forms. */
  readonly error: number;
  readonly rule: "closed" | "tensor" | "net";
  /** Points of a pair of rows: those of the tensor rule, or of all scrambles. */
  readonly points: number;
  readonly outcome: Outcome;
}

const STEPS = [1.2, 1, 0.85, 0.7, 0.6, 0.5, 0.42, 0.35, 0.3, 0.25, 0.21, 0.175, 0.15, 0.125, 0.105, 0.0875, 0.075, 0.0625, 0.05, 0.04, 0.03];
const SCRAMBLES = 8;
const SMALLEST_NET = 64;

export interface Refined extends NumericalError {
  readonly values: Float64Array;
}

/**
 * Runs a computation with finer and finer rules until no entry moves by more than the tolerance, or the budget is spent. Tensor rules while two of them fit into the budget, scrambled Sobol
 * nets otherwise. A computation may itself be a whole recursion: the error is then that of its end. `stalled` where two changes foretell that no rule within the budget will do.
 *
 * @param run its results, flat, at the points of a rule
 * @param size points that a tensor rule of this step takes for the largest pair of rows; undefined for a closed form
 */
export function refined(run: (points: RulePoints) => Float64Array, size: ((step: number) => number) | undefined, precision: Precision): Refined {
  const budget = checkedBudget(precision);
  if (size === undefined) {
    return { values: numbersOf(run(pointsOf({ kind: "tensor", step: 1 }))), error: 0, rule: "closed", points: 1, outcome: outcome("converged", "A closed form: exact up to rounding.") };
  }
  return size(STEPS[1]!) <= budget ? refinedTensor(run, size, precision) : refinedNet(run, precision);
}

export function checkedBudget({ tolerance, budget }: Precision): number {
  requirePositive("tolerance", tolerance, "Give the largest error of an entry that will do.");
  return requireInteger("budget", budget, { min: SMALLEST_NET }, "Give the number of points a pair of rows may take.");
}

/** @throws DomainError where a product of kernels left the range of numbers: no finer rule will mend that */
function numbersOf(values: Float64Array): Float64Array {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return values;
  throw new DomainError({ name: "kernel", value: values[at], rule: "must be of a size whose products are numbers, in every block", remedy: "Give a kernel with entries of order one; a smaller beta0 or L if it grows through depth." });
}

function refinedTensor(run: (points: RulePoints) => Float64Array, size: (step: number) => number, { tolerance, budget }: Precision): Refined {
  let before = run(pointsOf({ kind: "tensor", step: STEPS[0]! }));
  const finest = STEPS.findLast((step) => size(step) <= budget)!;
  const errors = new Map<number, number>();
  for (let k = 1; ; k++) {
    const step = STEPS[k]!;
    const points = size(step);
    const values = numbersOf(run(pointsOf({ kind: "tensor", step })));
    const error = largestDifference(values, before);
    const next = STEPS[k + 1];
    const moved = `trapezoidal rules of the steps ${STEPS[k - 1]!} and ${step} differ by ${error.toExponential(1)}`;
    if (error <= tolerance) return { values, error, rule: "tensor", points, outcome: outcome("converged", `Tensor ${moved}.`) };
    errors.set(step, error);
    const coarse = STEPS.find((each) => each <= 2 * step && errors.has(each))!;
    if (coarse >= 1.9 * step && !withinReach({ step, coarse, finest }, { error, coarseError: errors.get(coarse)!, tolerance })) {
      const message = `Tensor ${moved}, too slow a fall from ${errors.get(coarse)!.toExponential(1)} at the step ${coarse}: attention is too sharp for the rules within the budget of ${budget} points. Give a kernel of smaller entries, or raise the tolerance of ${tolerance}.`;
      return { values, error, rule: "tensor", points, outcome: outcome("stalled", message) };
    }
    if (next === undefined || size(next) > budget) return { values, error, rule: "tensor", points, outcome: outcome("budget-exhausted", `Tensor ${moved}, more than ${tolerance}. Raise the budget of ${budget} points, or the tolerance.`) };
    before = values;
  }
}

/**
 * Whether the finest rule may reach the tolerance, by the law exp(-c / step) through two changes and by a factor of three in the step to spare: what softmax of large logits asks for, with c of order
 * pi^2 over their spread, is known long before the budget is spent on it.
 */
function withinReach({ step, coarse, finest }: Readonly<Record<"step" | "coarse" | "finest", number>>, { error, coarseError, tolerance }: Readonly<Record<"error" | "coarseError" | "tolerance", number>>): boolean {
  const c = log(coarseError / error) / (1 / step - 1 / coarse);
  return c > 0 && c / (log(error / tolerance) + c / step) > finest / 3;
}

function refinedNet(run: (points: RulePoints) => Float64Array, { tolerance, budget, seed }: Precision): Refined {
  for (let points = SMALLEST_NET; ; points *= 4) {
    const runs = Array.from({ length: SCRAMBLES }, (_, r) => numbersOf(run(pointsOf(netRule(points, seed, r)))));
    const { values, error } = meanOf(runs);
    const settled = error <= tolerance;
    if (!settled && 4 * points * SCRAMBLES <= budget) continue;
    const spread = `${SCRAMBLES} scrambles of ${points} points give a standard error of ${error.toExponential(1)}`;
    const ending = settled ? outcome("converged", `${spread}.`) : outcome("budget-exhausted", `${spread}, more than ${tolerance}. Raise the budget of ${budget} points, or the tolerance.`);
    return { values, error, rule: "net", points: SCRAMBLES * points, outcome: ending };
  }
}

function netRule(points: number, seed: number | string, scramble: number): Rule {
  return { kind: "net", points, key: key(seed).fold("scramble", scramble) };
}

function meanOf(runs: readonly Float64Array[]): { readonly values: Float64Array; readonly error: number } {
  const count = runs.length;
  const values = runs[0]!.map((_, k) => runs.reduce((sum, run) => sum + run[k]!, 0) / count);
  let error = 0;
  for (let k = 0; k < values.length; k++) {
    const square = runs.reduce((sum, run) => sum + (run[k]! - values[k]!) * (run[k]! - values[k]!), 0);
    error = Math.max(error, Math.sqrt(square / (count * (count - 1))));
  }
  return { values, error };
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k]! - b[k]!));
  return largest;
}
