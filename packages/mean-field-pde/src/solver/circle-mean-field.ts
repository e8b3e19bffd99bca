import { DomainError, outcome, requireFinite, requireInRange, requireInteger, requirePositive, type Outcome } from "@mesoscope/numerics";
import { type CircleDensity } from "@mesoscope/particle-flow";
import { type Flow } from "../linear/flow.js";
import { densityOrder } from "./circle-density.js";
import { harmonicVelocity } from "./harmonic-velocity.js";
import { LOOKS, transportLabels, type Transport, type TransportRun } from "./label-transport.js";

/** The mean-field equation of the circle with its start, and what is asked of the solution. */
export interface CircleMeanFieldProblem {
  readonly flow: Flow;
  /** Inverse temperature, any sign; |beta| <= 700 for USA. */
  readonly beta: number;
  readonly density: CircleDensity;
  /** Increasing depths >= 0 at which the moments are wanted. */
  readonly times: readonly number[];
  /** Highest moment wanted. */
  readonly modes: number;
  /** Largest error of a moment that counts as resolved. */
  readonly accuracy: number;
  /** Most labels to try; the number doubles until two solutions agree. Default 2048. */
  readonly maxLabels?: number;
  /** Steps of one run. Default 20000. */
  readonly maxSteps?: number;
}

/** The solution with its certificate. */
export interface CircleMeanFieldSolution {
  readonly times: readonly number[];
  /** Per time: Z_k = int e^{i k theta} d mu, k = 0..modes, interleaved real and imaginary (modes + 1, 2). */
  readonly moments: readonly Float64Array[];
  /**
   * Certificate per time: largest difference of a moment between n and n/2 labels plus that between the tolerance and ten
   * times it at n/2 labels; Infinity at times that were not reached. The solution itself is far better than its certificate.
   */
  readonly errors: readonly number[];
  /** The last time up to which every certificate is within the accuracy; 0 if there is none. */
  readonly certifiedUntil: number;
  readonly labels: number;
  readonly tolerance: number;
  /**
   * `converged`: every time is certified. `budget-exhausted`: the map from labels to angles was not resolved by maxLabels,
   * or steps ran out. `diverged`, `stalled`: as the time stepping said. Certified times stay usable in every case.
   */
  readonly outcome: Outcome;
}

const FIRST_LABELS = 64;
/** The loosest and the tightest step tolerance that are asked of the integrator. */
const LOOSEST = 1e-6;
const TIGHTEST = 1e-13;

/**
 * Solves d_t mu + div(mu v[mu]) = 0 on the circle, [eq:mean-field-pde], by carrying labels with trapezoid weights, [eq:lagrangian].
 *
 * Errors fall geometrically in the number of labels until the flow map is unresolved (clusters narrower than about ten spacings), so
 * the number is doubled until two solutions agree; where they stop agreeing the solution is not certified, and says so.
 *
 * @throws DomainError for a density that is negative, times that do not increase, or parameters out of range
 */
export function solveCircleMeanField(problem: CircleMeanFieldProblem): CircleMeanFieldSolution {
  const { flow, beta, density, times, modes, accuracy, maxLabels = 2048, maxSteps = 20_000 } = checked(problem);
  const tolerance = Math.min(LOOSEST, Math.max(TIGHTEST, accuracy / 100));
  const field = harmonicVelocity(flow, beta);
  const start = doublings(Math.max(FIRST_LABELS, 4 * (densityOrder(density) + 1)));
  const setting = { field, density, times, modes, maxSteps };
  let labels = start;
  let coarse = transportLabels({ ...setting, labels: start / 2, tolerance });
  let fine = transportLabels({ ...setting, labels, tolerance });
  let differences = differencesOf(coarse, fine, times.length);
  for (;;) {
    const open = times.find((_, i) => !(differences[i]! <= accuracy / 2));
    if (open === undefined || 2 * labels > maxLabels || !mayRefine(fine) || isOutOfReach(open, coarse, fine, times.at(-1)!, maxLabels / labels)) break;
    labels *= 2;
    coarse = fine;
    fine = transportLabels({ ...setting, labels, tolerance });
    differences = differencesOf(coarse, fine, times.length);
  }
  return certified({ ...setting, labels, tolerance }, { coarse, fine }, differences, accuracy);
}

function certified(setting: Transport, { coarse, fine }: { coarse: TransportRun; fine: TransportRun }, differences: readonly number[], accuracy: number): CircleMeanFieldSolution {
  const { times, labels, tolerance } = setting;
  // The error of the time stepping is that of each label's path and does not depend on their number: half of them show it.
  const half = { ...setting, labels: labels / 2 };
  const stepping = differencesOf(transportLabels({ ...half, tolerance: 10 * tolerance }), coarse, times.length);
  const errors = differences.map((difference, i) => difference + stepping[i]!);
  const firstBad = errors.findIndex((error) => !(error <= accuracy));
  const certifiedUntil = firstBad === -1 ? (times.at(-1) ?? 0) : firstBad === 0 ? 0 : times[firstBad - 1]!;
  return {
    times,
    moments: fine.moments,
    errors,
    certifiedUntil,
    labels,
    tolerance,
    outcome: endingOf(fine, firstBad === -1, { certifiedUntil, accuracy, labels, worst: errors[firstBad] ?? 0 }),
  };
}

function endingOf(run: TransportRun, resolved: boolean, figures: { certifiedUntil: number; accuracy: number; labels: number; worst: number }): Outcome {
  const { certifiedUntil, accuracy, labels, worst } = figures;
  if (!mayRefine(run)) return outcome(run.outcome.kind, `${run.outcome.message} Certified until t = ${certifiedUntil}.`);
  if (resolved) return outcome("converged", `All times are certified to ${accuracy} with ${labels} labels.`);
  return outcome(
    "budget-exhausted",
    `Certified to ${accuracy} until t = ${certifiedUntil}; then ${labels} labels no longer resolve the flow map (certificate ${worst}; ${run.outcome.message}) ` +
      "Raise maxLabels, ask for less accuracy, or stop earlier.",
  );
}

/**
 * Whether a wanted time lies beyond what the labels still allowed can reach. Gaps widen exponentially, so a doubling buys about
 * the same time again; twice that, and one look, is granted for each doubling left.
 */
function isOutOfReach(time: number, coarse: TransportRun, fine: TransportRun, end: number, factor: number): boolean {
  if (fine.outcome.kind !== "event" || coarse.outcome.kind !== "event") return false;
  let reach = fine.reached;
  for (let left = factor; left >= 2; left /= 2) reach += 2 * (fine.reached - coarse.reached) + end / LOOKS;
  return reach < time;
}

/** Whether a run ended well, or for want of labels only. */
function mayRefine({ outcome: { kind } }: TransportRun): boolean {
  return kind === "converged" || kind === "event";
}

/** Largest difference of a moment at each time; Infinity where one of the two did not arrive. */
function differencesOf(one: TransportRun, other: TransportRun, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const a = one.moments[i];
    const b = other.moments[i];
    if (a === undefined || b === undefined) return Infinity;
    let largest = 0;
    for (let m = 0; m < a.length; m += 2) {
      const re = a[m]! - b[m]!;
      const im = a[m + 1]! - b[m + 1]!;
      largest = Math.max(largest, Math.sqrt(re * re + im * im));
    }
    return largest;
  });
}

/** The smallest power of two of at least x. */
function doublings(x: number): number {
  let n = 1;
  while (n < x) n *= 2;
  return n;
}

function checked(problem: CircleMeanFieldProblem): CircleMeanFieldProblem {
  requireFinite("beta", problem.beta);
  requireInteger("modes", problem.modes, { min: 0, max: 10_000 });
  requirePositive("accuracy", problem.accuracy, "Give the error allowed in a moment, for example 1e-10.");
  requireInteger("maxLabels", problem.maxLabels ?? 2048, { min: FIRST_LABELS, max: 1 << 20 });
  requireInteger("maxSteps", problem.maxSteps ?? 20_000, { min: 1 });
  let before = 0;
  for (const time of problem.times) {
    requireInRange("times", time, { min: 0, max: Number.MAX_VALUE });
    if (time >= before) before = time;
    else throw new DomainError({ name: "times", value: time, rule: "must increase", remedy: "Sort the times." });
  }
  return problem;
}
