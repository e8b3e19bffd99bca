/** @file Steps of the length that the tolerances allow. */
import type { OutcomeKind } from "@mesoscope/numerics";
import { outcome } from "@mesoscope/numerics";
import type { AdaptiveOptions, AdaptiveResult } from "./adaptive-options.js";
import { checkedTimes } from "./adaptive-options.js";
import { requireDense } from "./dense-method.js";
import type { DenseStep } from "./dense-output.js";
import { denseSolution, denseStep } from "./dense-output.js";
import type { LocatedEvent } from "./events.js";
import { watchEvents } from "./events.js";
import type { Field } from "./field.js";
import { finiteStart } from "./integrate-fixed.js";
import { allFinite, makeStages } from "./stages.js";
import { estimateOrder, firstStep, nextFactor, rejectedFactor, stepError } from "./step-control.js";
import { dormandPrince5 } from "./tableau.js";

/**
 * Integrates y' = f(t, y) from t0 to t1 with a step control by the embedded error estimate (largest component, PI controller). The global error is of the order of the
 * tolerance times the growth of perturbations over the run; check it with a second tolerance.
 *
 * @param y0 start, copied
 * @throws DomainError for values out of range; what happens on the way is told by the outcome
 */
export function integrateAdaptive(field: Field, y0: ArrayLike<number>, options: AdaptiveOptions): AdaptiveResult {
  const { t0, t1, tableau = dormandPrince5, projection, chart, maxSteps = 100_000, longestStep = Infinity, events: functions = [], dense = false } = options;
  const times = checkedTimes(options);
  if (dense || functions.length > 0) requireDense(tableau);
  const start = finiteStart(y0);
  let y: Float64Array = start.slice();
  let end: Float64Array = start.slice();
  let [t, steps, rejected, previousError, finite] = [t0, 0, 0, 1, true];
  const direction = t1 >= t0 ? 1 : -1;
  const order = estimateOrder(tableau);
  const stages = makeStages(field, tableau, y.length, chart);
  const watch = watchEvents(functions, y.length);
  const pieces: DenseStep[] = [];
  const events: LocatedEvent[] = [];
  const observations: { t: number; y: Float64Array }[] = [];
  const solution = dense ? denseSolution(pieces, t0, start, () => t) : undefined;
  const finish = (kind: OutcomeKind, message: string): AdaptiveResult => ({
    ...{ y, t, steps, rejected, observations, events, solution },
    ...{ outcome: outcome(kind, message), evaluations: stages.evaluations() },
  });
  const observe = (): void => {
    while (times[observations.length] === t) observations.push({ t, y: y.slice() });
  };
  observe();
  if (t0 === t1) return finish("converged", "The interval is empty.");
  const slope = stages.open(t0, y);
  if (!allFinite(slope)) return finish("diverged", `The field is not finite at the start, t = ${t0}. Start elsewhere.`);
  if (!watch.start(t0, y)) return finish("diverged", `An event function is not finite at the start, t = ${t0}.`);
  let h = Math.min(options.firstStep ?? firstStep(y, slope, options, tableau.order), Math.abs(t1 - t0));
  for (let tried = 0; tried < maxSteps; tried += 1) {
    const goal = times[observations.length] ?? t1;
    h = Math.min(h, longestStep);
    if (h < 16 * Number.EPSILON * Math.max(Math.abs(t), Number.MIN_VALUE)) {
      return finite
        ? finish("stalled", `The tolerance asks for a step of ${h} at t = ${t}, below rounding. Loosen the tolerances, or stop before a singularity.`)
        : finish("diverged", `Not finite just beyond t = ${t}, however short the step. The solution ends there.`);
    }
    // The last two steps before a goal are made equal rather than leaving a sliver.
    const left = Math.abs(goal - t);
    const reach = h >= left ? left : h > left / 2 ? left / 2 : h;
    stages.step(t, y, direction * reach, end);
    const error = stepError(stages, y, end, reach, options, tableau);
    finite = Number.isFinite(error) && allFinite(end);
    if (!finite || error > 1) {
      rejected += 1;
      h = reach * rejectedFactor(finite ? error : Number.NaN, order);
      continue;
    }
    projection?.(end);
    const reached = reach === left ? goal : t + direction * reach;
    const place = { t, y, h: direction * reach, end, t1: reached, projection, chart };
    let made: DenseStep | undefined;
    const between = (): DenseStep => (made ??= denseStep(stages, tableau, place));
    const met = watch.step(reached, end, between);
    if (met.notFinite !== undefined) return finish("diverged", `Event function ${met.notFinite} is not finite between t = ${t} and ${reached}.`);
    events.push(...met.located);
    if (dense) pieces.push(between());
    steps += 1;
    const last = met.terminal ? events.at(-1)! : undefined;
    stages.advance(end, projection !== undefined);
    [y, end] = [last === undefined ? end : last.y.slice(), y];
    t = last === undefined ? reached : last.t;
    observe();
    if (last !== undefined) return finish("event", `${tableau.name}: event ${last.index} at t = ${t} after ${steps} steps.`);
    if (t === t1) return finish("converged", `${tableau.name}: ${steps} steps, ${rejected} rejected, reached t = ${t1}.`);
    const factor = nextFactor(error, previousError, order);
    previousError = Math.max(error, 1e-4);
    // A step that was cut to hit a goal says nothing against the longer one.
    h = reach < h ? Math.max(h, reach * factor) : reach * factor;
  }
  return finish("budget-exhausted", `${maxSteps} steps were tried; t = ${t} of ${t1} is reached. Raise maxSteps or loosen the tolerances.`);
}
