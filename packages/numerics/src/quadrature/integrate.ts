import { DomainError, requireInRange, requireInteger } from "../errors.js";
import { outcome } from "../outcome.js";
import type { Outcome } from "../outcome.js";
import { compensatedSum } from "../sums/index.js";
import { estimatePanel, EVALUATIONS_PER_PANEL } from "./gauss-kronrod.js";
import type { Panel } from "./gauss-kronrod.js";
import { overFiniteInterval } from "./infinite-interval.js";

/** What is wanted. Neither tolerance has a default: how exact an integral must be is the caller's question. */
export interface QuadratureOptions {
  /** Relative to |value|: 0, or at least 1e-14 unless `absolute` is positive. */
  readonly relative: number;
  /** In units of the integral, >= 0. */
  readonly absolute: number;
  /** Calls of f allowed; 100000 unless given. */
  readonly maxEvaluations?: number;
}

export interface QuadratureResult {
  readonly value: number;
  /** Estimated bound of |value - integral|; Infinity when the outcome is `diverged`. */
  readonly error: number;
  readonly evaluations: number;
  /**
   * `converged`: error <= max(absolute, relative |value|). `stalled`: rounding forbids that. `budget-exhausted`: calls
   * spent. `diverged`: f was not finite at a point named in the message; the value then counts only the other panels.
   */
  readonly outcome: Outcome;
}

/**
 * Integral of f from a to b, adaptive: Gauss-Kronrod 10-21 on panels, the worst panel halved until the sum of the error
 * estimates meets the tolerance. Either end may be infinite (the range is then mapped to (0, 1) or (-1, 1)).
 *
 * The estimate is honest for integrands that 21 points per panel resolve; a spike narrower than the first points' gaps
 * is invisible to any such rule: split the range there.
 *
 * @param f finite inside (a, b); never called at a or b
 * @param a lower end, finite or -Infinity (a > b gives the negative)
 * @param b upper end, finite or +Infinity
 * @throws DomainError if an end is NaN or a tolerance is out of range or below what doubles can reach
 */
export function integrate(f: (x: number) => number, a: number, b: number, options: QuadratureOptions): QuadratureResult {
  const { relative, absolute } = requireTolerances(options);
  const budget = requireInteger("maxEvaluations", options.maxEvaluations ?? 100_000, { min: EVALUATIONS_PER_PANEL });
  requireInRange("a", a, {}, "Give a number or an infinity.");
  requireInRange("b", b, {}, "Give a number or an infinity.");
  if (a === b) return { value: 0, error: 0, evaluations: 0, outcome: outcome("converged", "The range is empty.") };
  const mapped = overFiniteInterval(f, a, b);
  const panels: Panel[] = [estimatePanel(mapped.f, mapped.a, mapped.b)];
  // Panels at rounding level: halving them again would not help.
  const settled: Panel[] = [];
  for (let evaluations = EVALUATIONS_PER_PANEL; ; evaluations += 2 * EVALUATIONS_PER_PANEL) {
    const { value, error } = total(panels, settled);
    const finish = (kind: Outcome["kind"], message: string): QuadratureResult => ({
      value,
      error,
      evaluations,
      outcome: outcome(kind, message),
    });
    const bad = panels.find((panel) => panel.bad !== undefined)?.bad;
    if (bad !== undefined) {
      return finish("diverged", `The integrand is not finite at ${mapped.x(bad)}. Split the range there or remove the singularity.`);
    }
    const wanted = Math.max(absolute, relative * Math.abs(value));
    if (error <= wanted) return finish("converged", `Error ${error} within ${wanted}.`);
    const worst = panels[0];
    if (worst === undefined) {
      return finish("stalled", `Error ${error} is at the level of rounding, ${wanted} was asked. Loosen the tolerance or remove the cancellation.`);
    }
    if (evaluations + 2 * EVALUATIONS_PER_PANEL > budget) {
      return finish("budget-exhausted", `Error ${error} after ${evaluations} evaluations, ${wanted} was asked. Raise maxEvaluations or split the range.`);
    }
    removeWorst(panels);
    const middle = worst.a / 2 + worst.b / 2;
    for (const panel of [estimatePanel(mapped.f, worst.a, middle), estimatePanel(mapped.f, middle, worst.b)]) {
      if (atRoundingLevel(panel)) settled.push(panel);
      else insertByError(panels, panel);
    }
  }
}

function requireTolerances({ relative, absolute }: QuadratureOptions): { relative: number; absolute: number } {
  requireInRange("relative", relative, { min: 0, max: 1 });
  requireInRange("absolute", absolute, { min: 0, max: Number.MAX_VALUE });
  if (absolute > 0 || relative >= 1e-14) return { relative, absolute };
  throw new DomainError({
    name: "relative",
    value: relative,
    rule: "must be at least 1e-14 when absolute is 0, because doubles carry no more",
    remedy: "Give a larger relative tolerance or a positive absolute one.",
  });
}

function total(panels: readonly Panel[], settled: readonly Panel[]): { value: number; error: number } {
  const all = [...panels, ...settled];
  return { value: compensatedSum(all.map((panel) => panel.value)), error: all.reduce((sum, panel) => sum + panel.error, 0) };
}

/** Error estimate equal to its rounding floor, or no double between the ends worth the name. */
function atRoundingLevel(panel: Panel): boolean {
  const narrow = Math.abs(panel.b - panel.a) <= 64 * Number.EPSILON * Math.max(Math.abs(panel.a), Math.abs(panel.b));
  return panel.bad === undefined && (narrow || panel.error <= 4.5 * Number.EPSILON * panel.magnitude);
}

/** Keep the worst panel first in a binary heap. */
function insertByError(heap: Panel[], panel: Panel): void {
  let at = heap.length;
  heap.push(panel);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]!.error >= panel.error) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = panel;
}

function removeWorst(heap: Panel[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]!.error > heap[child]!.error) child++;
    if (last.error >= heap[child]!.error) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
}
