/** @file Steps of the length that the tolerances allow. */
import type { Outcome } from "@mesoscope/numerics";
import { DomainError, exp, log, outcome, requireFinite, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Field, Projection } from "./field.js";
import { finiteStart } from "./integrate-fixed.js";
import type { Stages } from "./stages.js";
import { allFinite, makeStages } from "./stages.js";
import type { EmbeddedTableau } from "./tableau.js";
import { dormandPrince5 } from "./tableau.js";

/** What {@link integrateAdaptive} needs to know. Tolerances are a scientific choice and have no default. */
export interface AdaptiveOptions {
  readonly t0: number;
  /** May lie before t0. */
  readonly t1: number;
  /** Error allowed in each component of each step: absolute + relative |y|. */
  readonly relative: number;
  readonly absolute: number;
  /** Default {@link dormandPrince5}. */
  readonly tableau?: EmbeddedTableau;
  /** Steps tried, accepted or not, before the run ends as `budget-exhausted`. Default 100000. */
  readonly maxSteps?: number;
  /** First step to try; chosen from the field when left out. */
  readonly firstStep?: number;
  /** Applied after each accepted step, see {@link onSpheres}. */
  readonly projection?: Projection;
  /** Times at which the state is kept, in the direction of integration, from t0 to t1; steps end exactly there. */
  readonly times?: readonly number[];
}

/** Where an integration ended, and why. */
export interface AdaptiveResult {
  /** State at t: always the last accepted one, finite. */
  readonly y: Float64Array;
  /** t1 exactly when the outcome is `converged`. */
  readonly t: number;
  /**
   * `converged`: t1 reached, every step within its tolerance. `budget-exhausted`: maxSteps tried. `diverged`: the field or the state is not finite however
   * short the step. `stalled`: the tolerance asks for steps below the rounding of t.
   */
  readonly outcome: Outcome;
  /** Accepted steps. */
  readonly steps: number;
  readonly rejected: number;
  readonly evaluations: number;
  /** One state for each of `times` that was reached. */
  readonly observations: readonly { readonly t: number; readonly y: Float64Array }[];
}

/** Safety factor and the bounds of the change of a step; exponents of the PI controller by Gustafsson (1991), over the order of the estimate. */
const SAFETY = 0.9;
const SHRINK = 0.2;
const GROW = 5;
const INTEGRAL = 0.7;
const PROPORTIONAL = 0.4;

/**
 * Integrates y' = f(t, y) from t0 to t1 with a step control by the embedded error estimate (largest component, PI controller). The global error is of the order of the
 * tolerance times the growth of perturbations over the run; check it with a second tolerance.
 *
 * @param y0 start, copied
 * @throws DomainError for values out of range; what happens on the way is told by the outcome
 */
export function integrateAdaptive(field: Field, y0: ArrayLike<number>, options: AdaptiveOptions): AdaptiveResult {
  const { t0, t1, tableau = dormandPrince5, projection, maxSteps = 100_000 } = options;
  const times = checked(options);
  let y = finiteStart(y0);
  let end: Float64Array = new Float64Array(y.length);
  const direction = t1 >= t0 ? 1 : -1;
  const stages = makeStages(field, tableau, y.length);
  const observations: { t: number; y: Float64Array }[] = [];
  let [t, steps, rejected, previousError, reuse, finite] = [t0, 0, 0, 1, false, true];
  const finish = (kind: Outcome["kind"], message: string): AdaptiveResult => ({ y, t, outcome: outcome(kind, message), steps, rejected, evaluations: stages.evaluations(), observations });
  const observe = (): void => {
    while (times[observations.length] === t) observations.push({ t, y: y.slice() });
  };
  observe();
  if (t0 === t1) return finish("converged", "The interval is empty.");
  const first = new Float64Array(y.length);
  field(t0, y, first);
  if (!allFinite(first)) return finish("diverged", `The field is not finite at the start, t = ${t0}. Start elsewhere.`);
  let h = Math.min(options.firstStep ?? firstStep(y, first, options, tableau.order), Math.abs(t1 - t0));
  for (let tried = 0; tried < maxSteps; tried += 1) {
    const goal = times[observations.length] ?? t1;
    if (h < 16 * Number.EPSILON * Math.max(Math.abs(t), Number.MIN_VALUE)) {
      return finite
        ? finish("stalled", `The tolerance asks for a step of ${h} at t = ${t}, below rounding. Loosen the tolerances, or stop before a singularity.`)
        : finish("diverged", `Not finite just beyond t = ${t}, however short the step. The solution ends there.`);
    }
    // The last two steps before a goal are made equal rather than leaving a sliver.
    const left = Math.abs(goal - t);
    const reach = h >= left ? left : h > left / 2 ? left / 2 : h;
    stages.step(t, y, direction * reach, end, reuse);
    const error = stepError(stages, y, end, reach, options, tableau);
    finite = Number.isFinite(error) && allFinite(end);
    if (!finite || error > 1) {
      rejected += 1;
      h = reach * (finite ? Math.max(SHRINK, SAFETY * power(error, -1 / (tableau.orderHat + 1))) : 0.1);
      // The slope at y stays valid, but only the last stage is carried over: evaluate again.
      reuse = false;
      continue;
    }
    projection?.(end);
    reuse = projection === undefined;
    [y, end] = [end, y];
    t = reach === left ? goal : t + direction * reach;
    steps += 1;
    observe();
    if (t === t1) return finish("converged", `${tableau.name}: ${steps} steps, ${rejected} rejected, reached t = ${t1}.`);
    const factor = nextFactor(error, previousError, tableau.orderHat + 1);
    previousError = Math.max(error, 1e-4);
    // A step that was cut to hit a goal says nothing against the longer one.
    h = reach < h ? Math.max(h, reach * factor) : reach * factor;
  }
  return finish("budget-exhausted", `${maxSteps} steps were tried; t = ${t} of ${t1} is reached. Raise maxSteps or loosen the tolerances.`);
}

function nextFactor(error: number, previous: number, order: number): number {
  if (error === 0) return GROW;
  return Math.min(GROW, Math.max(SHRINK, SAFETY * power(error, -INTEGRAL / order) * power(previous, PROPORTIONAL / order)));
}

/** x^p for x > 0 with the same bits in every engine. */
function power(x: number, p: number): number {
  return exp(p * log(x));
}

/** Largest component of the error estimate in units of its tolerance. NaN when a number is not finite. */
function stepError(stages: Stages, y: Float64Array, end: Float64Array, h: number, { relative, absolute }: AdaptiveOptions, { b, bHat }: EmbeddedTableau): number {
  const weights = b.map((weight, i) => weight - bHat[i]!);
  let worst = 0;
  for (let e = 0; e < y.length; e += 1) {
    const scale = absolute + relative * Math.max(Math.abs(y[e]!), Math.abs(end[e]!));
    const error = Math.abs(stages.increment(weights, h, e)) / scale;
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

/** A step for which an Euler step would err by about the tolerance to the power 1 / (order + 1), from the sizes of y and f. */
function firstStep(y: Float64Array, slope: Float64Array, { relative, absolute }: AdaptiveOptions, order: number): number {
  let size = 0;
  let speed = 0;
  for (let e = 0; e < y.length; e += 1) {
    const scale = absolute + relative * Math.abs(y[e]!);
    size = Math.max(size, Math.abs(y[e]!) / scale);
    speed = Math.max(speed, Math.abs(slope[e]!) / scale);
  }
  if (speed === 0) return Infinity;
  return size > 1e-5 ? (0.01 * size) / speed : power(0.01 / Math.max(speed, 1e-300), 1 / (order + 1));
}

function checked({ t0, t1, relative, absolute, maxSteps, firstStep: first, times = [] }: AdaptiveOptions): readonly number[] {
  requireFinite("t0", t0);
  requireFinite("t1", t1);
  requireInRange("relative", relative, { min: 0, max: 1 }, "Give the relative error allowed in a step, for example 1e-9.");
  requirePositive("absolute", absolute, "Give the absolute error allowed in a step, for example 1e-12: a component may pass through 0.");
  if (maxSteps !== undefined) requireInteger("maxSteps", maxSteps, { min: 1 });
  if (first !== undefined) requirePositive("firstStep", first);
  let before = t0;
  for (const [index, time] of times.entries()) {
    requireFinite(`times[${index}]`, time);
    if ((time - before) * (t1 - t0) < 0 || (t1 - time) * (t1 - t0) < 0) {
      throw new DomainError({ name: `times[${index}]`, value: time, rule: "must lie between t0 and t1, in the direction of integration", remedy: "Sort the times from t0 to t1." });
    }
    before = time;
  }
  return times;
}
