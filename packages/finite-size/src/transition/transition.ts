/** @file A transition of the limit at finite size: a scan on the scale on which it is rounded, and the collapse of all sizes. */
import { observableLength, type Context, type Pair, type Parameters, type Transition } from "@mesoscope/contracts";
import { DomainError, exp, key, log, requireInteger } from "@mesoscope/numerics";
import type { Cell, RunCells } from "../design/cells.js";
import type { Design } from "../design/design.js";
import { partOfContext } from "../design/part-of-context.js";
import { fitCollapse, type CollapseFit } from "../scaling/collapse.js";
import { meanEstimate, type Estimate } from "../statistics/estimate.js";
import { summarise, type Summary } from "../statistics/summary.js";
import { refusedAs } from "../comparison/refused-as.js";
import { planSimulation, simulate } from "../comparison/simulate.js";

/** Which sizes are scanned, and where: at scaled distances s, the parameter is x = at + s n^{-width}. */
export interface TransitionDesign extends Omit<Design, "replicas"> {
  readonly replicas: number;
  /** Scaled distances from the transition, ascending, at least three; those about 0 and on both sides tell most. */
  readonly scaled: readonly number[];
}

export interface TransitionOptions {
  readonly seed: number | string;
  readonly confidence: number;
  readonly resamples?: number;
  readonly runCells: RunCells;
  readonly context?: Context;
}

/** The scan of one size. */
export interface ScannedSize {
  readonly n: number;
  readonly x: readonly number[];
  readonly mean: Pick<Estimate, "value" | "standardError" | "lower" | "upper">;
}

/** Fewer distances of one size are no curve. */
const FEWEST_POINTS = 3;

/** The collapse of the sizes from n on. */
export interface SuffixCollapse {
  readonly from: number;
  readonly fit: CollapseFit;
}

/** What a transition looks like at finite size. Plain JSON. */
export interface TransitionFinding {
  readonly transition: Transition;
  readonly sizes: readonly ScannedSize[];
  /** The collapse of all sizes, and, while the prediction does not serve, of all but the smallest ones, down to the three largest. */
  readonly collapses: readonly SuffixCollapse[];
  readonly completed: number;
  readonly diverged: number;
  /** Points that were scanned, all sizes together. */
  readonly scanned: number;
  /** Those that take no part in the collapse: fewer than two replicas completed, or all are equal, so that they have no error and no weight. */
  readonly leftOut: number;
}

/** The cells that `measureTransition` asks for. */
export function planTransition(pair: Pair, parameters: Parameters, transition: Transition, design: TransitionDesign, seed: number | string): readonly Cell[] {
  return scanOf(parameters, transition, design).flatMap(({ line, points }) => points.flatMap((point) => planSimulation(pair, point.parameters, line, seed)));
}

/**
 * Scans a transition at every size and fits the collapse n^{-a} f((x - x_c) n^b) of the observable's mean, [eq:collapse]: exponents and place
 * with intervals, beside what the pair predicts. A collapse knows no corrections to scaling: where all sizes together do not agree with the
 * prediction, the smallest is left out, and so on, until they do or three are left.
 * @throws DomainError for fewer than two sizes or three distances, ones that do not ascend, or an observable that is no scalar; as `simulate`
 */
export async function measureTransition(pair: Pair, parameters: Parameters, transition: Transition, design: TransitionDesign, options: TransitionOptions): Promise<TransitionFinding> {
  const { confidence, resamples = 199 } = options;
  const scan = scanOf(parameters, transition, design);
  const total = scan.length * design.scaled.length;
  let done = 0;
  let [completed, diverged] = [0, 0];
  const sizes: Summarised[] = [];
  for (const { n, line, points } of scan) {
    const told: { readonly x: number; readonly summary: Summary }[] = [];
    for (const point of points) {
      requireScalar(pair, point.parameters, transition);
      const context = partOfContext(options.context ?? {}, done++, 1, total);
      const [ensemble] = await simulate(pair, point.parameters, line, { seed: options.seed, runCells: options.runCells, context });
      completed += ensemble!.completed;
      diverged += ensemble!.diverged;
      const stream = key(options.seed).fold("transition", pair.id, n, point.x).stream();
      if (ensemble!.completed >= 2) told.push({ x: point.x, summary: summarise(ensemble!.values(transition.observable), 1, { resamples, stream }) });
    }
    sizes.push({ n, x: told.map(({ x }) => x), summaries: told.map(({ summary }) => summary) });
  }
  const weighed = sizes.map(withErrors);
  const leftOut = total - weighed.reduce((sum, { x }) => sum + x.length, 0);
  return { transition, sizes: sizes.map((size) => scannedSize(size, confidence)), collapses: suffixCollapses(weighed, transition, design, confidence), completed, diverged, scanned: total, leftOut };
}

interface Summarised {
  readonly n: number;
  readonly x: readonly number[];
  readonly summaries: readonly Summary[];
}

/** Only what has an error has a weight. */
function withErrors({ n, x, summaries }: Summarised): Summarised {
  const has = summaries.map(({ meanError }) => meanError[0]! > 0);
  return { n, x: x.filter((_, i) => has[i]), summaries: summaries.filter((_, i) => has[i]) };
}

interface Scan {
  readonly n: number;
  readonly line: Design;
  readonly points: readonly { readonly x: number; readonly parameters: Parameters }[];
}

function scanOf(parameters: Parameters, { parameter, at, where = {}, exponents }: Transition, { scaled, sizes, ...rest }: TransitionDesign): readonly Scan[] {
  requireInteger("design.sizes.length", sizes.length, { min: 2 }, "Give at least two sizes: one alone has nothing to collapse with.");
  requireInteger("design.scaled.length", scaled.length, { min: 3 }, "Give at least three scaled distances.");
  requireAscending("design.sizes", sizes);
  requireAscending("design.scaled", scaled);
  return sizes.map((n) => ({
    n,
    line: { ...rest, sizes: [n] },
    points: scaled.map((s) => {
      const x = at + s * exp(-exponents.width * log(n));
      return { x, parameters: { ...parameters, ...where, [parameter]: x } };
    }),
  }));
}

function requireAscending(name: string, numbers: readonly number[]): void {
  const at = numbers.findIndex((x, i) => i > 0 && !(x > numbers[i - 1]!));
  if (at > 0) throw new DomainError({ name: `${name}[${at}]`, value: numbers[at], rule: `must be greater than ${numbers[at - 1]!}`, remedy: "Sort them, and drop the double ones." });
}

function requireScalar(pair: Pair, parameters: Parameters, { observable }: Transition): void {
  const { observables } = pair.at(parameters);
  const found = observables.find(({ id }) => id === observable);
  if (found !== undefined && observableLength(found) === 1) return;
  throw new DomainError({ name: `observable of a transition of pair "${pair.id}"`, value: observable, rule: `must be a scalar observable, one of ${observables.map(({ id }) => id).join(", ")}`, remedy: "Name one in `transitions`." });
}

function scannedSize({ n, x, summaries }: Summarised, confidence: number): ScannedSize {
  const estimates = summaries.map((summary) => meanEstimate(summary, confidence));
  const all = (member: "value" | "standardError" | "lower" | "upper"): readonly number[] => estimates.map((one) => one[member][0]!);
  return { n, x, mean: { value: all("value"), standardError: all("standardError"), lower: all("lower"), upper: all("upper") } };
}

const FEWEST_SIZES = 3;

function suffixCollapses(sizes: readonly Summarised[], transition: Transition, design: TransitionDesign, confidence: number): readonly SuffixCollapse[] {
  const out: SuffixCollapse[] = [];
  for (let first = 0; first === 0 || sizes.length - first >= FEWEST_SIZES; first++) {
    const fit = collapseOf(sizes.slice(first), transition, design, confidence);
    out.push({ from: sizes[first]!.n, fit });
    if (fit.kind === "fitted" && fit.predicted?.outcome === "consistent") break;
  }
  return out;
}

/** How far from the prediction exponents are searched. */
const SEARCH = 0.4;

function collapseOf(
  sizes: readonly Summarised[],
  { at, exponents: { value, width } }: Transition,
  { scaled }: TransitionDesign,
  confidence: number,
): CollapseFit {
  const few = sizes.find(({ x }) => x.length < FEWEST_POINTS);
  if (few !== undefined) return { kind: "no-overlap", reason: `fewer than ${FEWEST_POINTS} points at size ${few.n} have replicas that differ` };
  const curves = sizes.map(({ n, x, summaries }) => ({
    n,
    x,
    values: summaries.map(({ mean }) => mean[0]!),
    standardErrors: summaries.map(({ meanError }) => meanError[0]!),
    resampled: summaries.map(({ resampledMean }) => resampledMean),
  }));
  const reach = (Math.max(...scaled) - Math.min(...scaled)) * exp(-width * log(sizes[0]!.n));
  const refused = (reason: string): CollapseFit => ({ kind: "no-overlap", reason });
  return refusedAs(refused, () => fitCollapse(curves, {
    confidence,
    a: [value - SEARCH, value + SEARCH],
    b: [Math.max(0.05, width - SEARCH), width + SEARCH],
    critical: [at - reach / 2, at + reach / 2],
    predicted: { a: value, b: width, critical: at },
  }));
}
