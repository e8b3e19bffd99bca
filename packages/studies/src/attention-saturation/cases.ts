/** @file What is run: two powers of N in the logits at two learning rates; a few steps for growth before saturation, many for what comes after. */
import type { Context, Parameters } from "@mesoscope/contracts";
import { attentionSaturationPair } from "@mesoscope/dmft/transformer";
import { planSimulation, simulate, wilsonInterval, type Cell, type Design, type Ensemble } from "@mesoscope/finite-size";
import { DomainError, key } from "@mesoscope/numerics";
import { jointConfidence } from "../findings/joint-confidence.js";
import { medianOf, powerOfMedians, type Median, type MedianPower } from "../findings/medians.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import type { SaturationParameters } from "./settings.js";

export const CONFIDENCE = 0.95;
const REPLICAS_PER_CELL = 25;
/** Attention moves with its logits where these have moved by less than this, in the mean square: before saturation. */
export const UNSATURATED = 1;
/** Fewer sizes than this before saturation tell no power. */
const FEWEST_SIZES = 3;

export type Quantity = "key-gradient" | "logits" | "entropy" | "loss";
/** What grows with N below alphaA = 1. */
export type Growing = "key-gradient" | "logits";

export interface SaturationCase {
  readonly alphaA: number;
  readonly eta0: number;
  /** Step at which growth is judged. */
  readonly judged: number;
}

/** Medians over seeds at every step of a grid, size by size. */
export interface MediansInTime {
  readonly times: readonly number[];
  readonly ensembles: readonly Ensemble[];
  /** quantity -> size -> time */
  readonly medians: Readonly<Record<Quantity, readonly (readonly Median[])[]>>;
}

/** The power of N with which a median goes at one step, over the sizes that are not saturated. */
export interface PowerAtStep {
  readonly t: number;
  readonly sizes: readonly number[];
  readonly power: MedianPower | undefined;
  /** The same with the confidence at which all verdicts hold together. */
  readonly joint: readonly [number, number] | undefined;
}

export interface FoundCase extends SaturationCase {
  readonly early: MediansInTime;
  readonly late: MediansInTime;
  readonly powers: Readonly<Record<Growing, readonly PowerAtStep[]>>;
  readonly diverged: readonly { readonly n: number; readonly count: number; readonly of: number; readonly interval: readonly [number, number] }[];
}

/** @throws DomainError where rates and steps to judge do not go together */
export function casesOf({ rates, judged, earlySteps }: SaturationParameters): readonly SaturationCase[] {
  if (judged.length !== rates.length) throw new DomainError({ name: "judged", value: judged.length, rule: `must be one step for each of the ${rates.length} rates`, remedy: "Give as many steps as rates." });
  const late = judged.findIndex((t) => t > earlySteps);
  if (late >= 0) throw new DomainError({ name: `judged[${late}]`, value: judged[late], rule: `must be at most earlySteps = ${earlySteps}`, remedy: "Judge a step that is looked at." });
  return rates.flatMap((eta0, i) => [0.5, 1].map((alphaA): SaturationCase => ({ alphaA, eta0, judged: judged[i]! })));
}

/** Verdicts on growth: one a case. */
export function verdictsTogether({ rates }: SaturationParameters): number {
  return 2 * rates.length;
}

const earlyTimes = ({ earlySteps }: SaturationParameters): readonly number[] => Array.from({ length: earlySteps + 1 }, (_, t) => t);

/** 0, 1, 2, 4, ... and the last step. */
function lateTimes({ steps }: SaturationParameters): readonly number[] {
  const times = [0];
  for (let t = 1; t < steps; t *= 2) times.push(t);
  return [...times, steps];
}

function parametersOf({ alphaA, eta0 }: SaturationCase, { task }: SaturationParameters, times: readonly number[]): Parameters {
  return { task, alphaA, eta0, times };
}

const designOf = ({ sizes, replicas, heads, blocks }: SaturationParameters): Design => ({ axis: "N", sizes, fixed: { H: heads, L: blocks }, replicas, block: REPLICAS_PER_CELL });

export function planSaturation({ parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const settings = parameters as SaturationParameters;
  const pair = attentionSaturationPair({ backend });
  return casesOf(settings).flatMap((one) => [earlyTimes(settings), lateTimes(settings)].flatMap((times) => planSimulation(pair, parametersOf(one, settings, times), designOf(settings), seed)));
}

export async function runCase(one: SaturationCase, request: StudyRequest, [forEarly, forLate]: readonly [Context, Context]): Promise<FoundCase> {
  const settings = request.parameters as SaturationParameters;
  const early = await mediansOf(one, "early", earlyTimes(settings), request, forEarly);
  const late = await mediansOf(one, "late", lateTimes(settings), request, forLate);
  const joint = jointConfidence(CONFIDENCE, verdictsTogether(settings));
  const powersOf = (quantity: Growing): readonly PowerAtStep[] => early.times.map((_, i) => powerAt(quantity, early, i, settings.sizes, joint));
  const powers = { "key-gradient": powersOf("key-gradient"), logits: powersOf("logits") };
  const diverged = late.ensembles.map(({ n, completed, diverged: count }) => ({ n, count, of: completed + count, interval: wilsonInterval(count, completed + count, CONFIDENCE) }));
  return { ...one, early, late, powers, diverged };
}

async function mediansOf(one: SaturationCase, id: "early" | "late", times: readonly number[], { parameters, seed, runCells, backend }: StudyRequest, context: Context): Promise<MediansInTime> {
  const settings = parameters as SaturationParameters;
  const ensembles = await simulate(attentionSaturationPair({ backend }), parametersOf(one, settings, times), designOf(settings), { seed, runCells, context });
  const none = ensembles.find(({ completed }) => completed === 0);
  if (none !== undefined) throw new DomainError({ name: "rates", value: one.eta0, rule: `must leave a run that does not diverge at N = ${none.n}`, remedy: "Take a smaller rate, or fewer steps." });
  const of = (quantity: Quantity): readonly (readonly Median[])[] => ensembles.map((ensemble) => {
    const values = ensemble.values(quantity);
    return times.map((_, i) => {
      const column = Float64Array.from({ length: ensemble.completed }, (__, r) => values[r * times.length + i]!);
      const stream = key(seed).fold("attention-saturation", id, one.alphaA, one.eta0, quantity, ensemble.n, i).stream();
      return medianOf(column, { confidence: CONFIDENCE, resamples: settings.resamples, stream });
    });
  });
  return { times, ensembles, medians: { "key-gradient": of("key-gradient"), logits: of("logits"), entropy: of("entropy"), loss: of("loss") } };
}

/** Sizes whose logits have not yet moved by more than order one, in the median. */
export function unsaturated({ medians: { logits } }: MediansInTime, i: number, sizes: readonly number[]): readonly number[] {
  return sizes.flatMap((_, k) => (logits[k]![i]!.value < UNSATURATED ? [k] : []));
}

function powerAt(quantity: Growing, early: MediansInTime, i: number, sizes: readonly number[], joint: number): PowerAtStep {
  const t = early.times[i]!;
  const kept = unsaturated(early, i, sizes);
  const own = kept.map((k) => sizes[k]!);
  // Logits have not moved at the start.
  if (kept.length < FEWEST_SIZES || (quantity === "logits" && t === 0)) return { t, sizes: own, power: undefined, joint: undefined };
  const medians = kept.map((k) => early.medians[quantity][k]![i]!);
  const power = powerOfMedians(own, medians, [CONFIDENCE, joint]);
  return { t, sizes: own, power, joint: power.intervals[1]! };
}
