/** @file Where trajectories of the mean-field map settle, at many points of parameter space: planned, run in one go, and read. */
import type { Context, OutcomeTally, Pair, Parameters } from "@mesoscope/contracts";
import { oneBitDiagramPair, REGIMES, type RegimeKind } from "@mesoscope/dmft/hopfield";
import { gather, planSimulation, type Cell, type Design, type Ensemble } from "@mesoscope/finite-size";
import { expm1, key, log1p } from "@mesoscope/numerics";
import type { PlanRequest, StudyRequest } from "../study.js";

/** One exponent of one trajectory, nats per token. */
export interface MeasuredExponent {
  /** Its value, or an upper bound where it is not resolved. */
  readonly value: number;
  /** Standard error from consecutive blocks. */
  readonly error: number;
  readonly resolved: boolean;
  /** Its value in each block. */
  readonly blocks: Float64Array;
}

/** One trajectory that has settled. */
export interface SettledRow {
  /** 0: started from the first output feature; otherwise the number of a random window. */
  readonly start: number;
  readonly regime: RegimeKind;
  /** 0 where it does not return. */
  readonly period: number;
  readonly exponents: readonly MeasuredExponent[];
  /** What was observed beside the exponents: "occupation", "plane", "power". */
  readonly observed: (id: string) => Float64Array;
}

/** One point of parameter space and the trajectories there. */
export interface SettledPoint {
  readonly parameters: Parameters;
  readonly rows: readonly SettledRow[];
  readonly diverged: number;
}

/** Points with what they are asked for. */
export interface PointPlan {
  /** Of the pair "one-bit-diagram". */
  readonly points: readonly Parameters[];
  readonly tokens: number;
  readonly replicas: number;
  /** Replicas of one cell; all of a point unless given. */
  readonly block?: number;
}

const pair: Pair = oneBitDiagramPair();

function designOf({ tokens, replicas, block = replicas }: PointPlan): Design {
  return { axis: "T", sizes: [tokens], replicas, block };
}

/** The cells of all points, those of one point side by side. */
export function planPoints(plan: PointPlan, { seed }: Pick<PlanRequest, "seed">): readonly Cell[] {
  return plan.points.flatMap((parameters) => planSimulation(pair, parameters, designOf(plan), seed));
}

/** Runs all points together, so that as many workers as there are have something to do. */
export async function runPoints(plan: PointPlan, { seed, runCells }: Pick<StudyRequest, "seed" | "runCells">, context: Context): Promise<{ readonly points: readonly SettledPoint[]; readonly tally: OutcomeTally }> {
  const cells = planPoints(plan, { seed });
  const batches = await runCells(cells, context);
  const perPoint = cells.length / plan.points.length;
  const ensembles = plan.points.map((parameters, i) => {
    const { observables } = pair.at(parameters);
    const own = [i * perPoint, (i + 1) * perPoint] as const;
    return gather(designOf(plan), cells.slice(...own), batches.slice(...own), observables)[0]!;
  });
  return { points: ensembles.map((ensemble, i) => pointOf(plan.points[i]!, ensemble)), tally: tallyOf(ensembles) };
}

function pointOf(parameters: Parameters, ensemble: Ensemble): SettledPoint {
  const rows = Array.from({ length: ensemble.completed }, (_, r) => rowOf(ensemble, r));
  return { parameters, rows, diverged: ensemble.diverged };
}

function rowOf(ensemble: Ensemble, r: number): SettledRow {
  const slice = (id: string): Float64Array => {
    const values = ensemble.values(id);
    const length = values.length / ensemble.completed;
    return values.subarray(r * length, (r + 1) * length);
  };
  const [values, resolved, blocks] = [slice("exponents"), slice("resolved"), slice("blocks")];
  const count = values.length;
  return {
    start: slice("start")[0]!,
    regime: REGIMES[slice("regime")[0]!]!,
    period: slice("period")[0]!,
    exponents: Array.from(values, (value, k): MeasuredExponent => {
      const own = Float64Array.from({ length: blocks.length / count }, (_, b) => blocks[b * count + k]!);
      return { value, error: standardError(own), resolved: resolved[k] === 1, blocks: own };
    }),
    observed: slice,
  };
}

function standardError(blocks: Float64Array): number {
  const n = blocks.length;
  const mean = blocks.reduce((sum, value) => sum + value, 0) / n;
  return Math.sqrt(blocks.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n * (n - 1)));
}

function tallyOf(ensembles: readonly Ensemble[]): OutcomeTally {
  const counts = new Map<string, number>();
  for (const { notes } of ensembles) for (const { message, count } of notes) counts.set(message, (counts.get(message) ?? 0) + count);
  return {
    completed: ensembles.reduce((sum, { completed }) => sum + completed, 0),
    diverged: ensembles.reduce((sum, { diverged }) => sum + diverged, 0),
    censored: 0,
    notes: [...counts].map(([message, count]) => ({ where: "trajectories", count, message })),
  };
}

/** The trajectory that the published figures follow: from the first output feature. */
export function firstStart({ rows }: SettledPoint): SettledRow | undefined {
  return rows.find(({ start }) => start === 0);
}

/** Standard errors by which two exponents must differ before two starts count as settled apart: one in ten thousand by chance. */
const APART = 5;
/** Exponents that are compared: two tori share their first, which is zero. */
const COMPARED = 2;

/** Whether two trajectories at one point have settled to attractors that can be told apart by their two largest exponents or their period. */
export function settledApart(a: SettledRow, b: SettledRow, zero: number): boolean {
  if (a.regime === "periodic" && b.regime === "periodic" && a.period !== b.period) return true;
  return a.exponents.slice(0, COMPARED).some((one, k) => {
    const other = b.exponents[k]!;
    return one.resolved && other.resolved && Math.abs(one.value - other.value) > APART * Math.sqrt(one.error * one.error + other.error * other.error) + 2 * zero;
  });
}

/** Evenly spaced values, both ends included. */
export function evenly(from: number, to: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => Number((from + ((to - from) * i) / (count - 1)).toPrecision(12)));
}

/** The stream of resamples of one verdict of one study. */
export function resampling(seed: string, ...parts: readonly (string | number)[]): { readonly resamples: number; readonly stream: ReturnType<ReturnType<typeof key>["stream"]> } {
  return { resamples: 1999, stream: key(seed).fold(...parts).stream() };
}

/** The level of each of n tests that are to be wrong together at most at a level, were they independent (Sidak). */
export function sidakLevel(level: number, n: number): number {
  return -expm1(log1p(-level) / Math.max(1, n));
}
