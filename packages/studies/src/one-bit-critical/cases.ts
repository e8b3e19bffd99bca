/** @file What is asked at each transition: the ratio of moments, the exponent at the point, and the collapse of a scan through it. */
import type { Context, OutcomeTally, Parameters, Transition } from "@mesoscope/contracts";
import { oneBitCriticalPair } from "@mesoscope/dmft/hopfield";
import { divergedCaveat, equivalence, fitExponent, measureTransition, planSimulation, planTransition, simulate, summarise, type Cell, type Design, type Ensemble, type Equivalence, type Exponent, type Resampling, type TransitionDesign, type TransitionFinding } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { distinctCells } from "../findings/distinct-cells.js";
import { shareProgress } from "../findings/progress.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { criticalPoints, TRANSITIONS, type CriticalPoint, type TransitionKind } from "./points.js";
import type { CriticalParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const RESAMPLES = 999;
const SCAN_RESAMPLES = 199;
const BLOCK = 4;

/** One size at the transition itself. */
export interface CriticalSize {
  readonly n: number;
  readonly replicas: number;
  /** Mean square of the amplitude and its standard error, as estimated. */
  readonly square: { readonly value: number; readonly error: number };
  /** Ratio of moments against the predicted one: value and interval are shares of it. */
  readonly ratio: Equivalence;
  /** Mean square of the amplitude against the normal form with the noise of N bits, and against the exact stationary law where that is written out. */
  readonly against: Readonly<Record<"corrected" | "exact", Judged | undefined>>;
}

/** A prediction and its test: the deviation is a share of it. */
export interface Judged {
  readonly predicted: number;
  readonly test: Equivalence;
}

export interface CriticalCase {
  readonly point: CriticalPoint;
  readonly sizes: readonly CriticalSize[];
  /** Power with which the mean square of the amplitude falls, over the sizes from `exponentFrom` on: those whose ratio of moments is not off. */
  readonly exponent: Exponent | undefined;
  readonly exponentFrom: number | undefined;
  readonly scan: TransitionFinding;
  readonly caveat: string | undefined;
  readonly tally: OutcomeTally;
}

function transitionOf(kind: TransitionKind): Transition {
  return oneBitCriticalPair().transitions!.find(({ where }) => where?.["point"] === kind)!;
}

function sizesOf(kind: TransitionKind, { pitchforkSizes, rotationSizes }: CriticalParameters): readonly number[] {
  return kind === "pitchfork" ? pitchforkSizes : rotationSizes;
}

function replicasOf(kind: TransitionKind, { pitchforkReplicas, rotationReplicas }: CriticalParameters): number {
  return kind === "pitchfork" ? pitchforkReplicas : rotationReplicas;
}

function designOf(kind: TransitionKind, settings: CriticalParameters): Design {
  return { axis: "N", sizes: sizesOf(kind, settings), replicas: replicasOf(kind, settings), block: BLOCK };
}

function scanOf(kind: TransitionKind, settings: CriticalParameters): TransitionDesign {
  return { axis: "N", sizes: sizesOf(kind, settings), replicas: settings.scanReplicas, block: BLOCK, scaled: settings.scaled };
}

function ownParameters(kind: TransitionKind, { length }: CriticalParameters): Parameters {
  return { point: kind, beta: criticalPoints[kind].beta, length };
}

export function planCritical({ parameters, seed }: PlanRequest): readonly Cell[] {
  const settings = parameters as CriticalParameters;
  const pair = oneBitCriticalPair();
  return distinctCells(TRANSITIONS.flatMap((kind) => [
    ...planSimulation(pair, ownParameters(kind, settings), designOf(kind, settings), seed),
    ...planTransition(pair, { length: settings.scanLength }, transitionOf(kind), scanOf(kind, settings), seed),
  ]));
}

export async function runCritical(kind: TransitionKind, request: StudyRequest, context: Context): Promise<CriticalCase> {
  const settings = request.parameters as CriticalParameters;
  const point = criticalPoints[kind];
  const pair = oneBitCriticalPair();
  const { seed, runCells } = request;
  const [atPoint, through] = shareProgress(context, [replicasOf(kind, settings) * settings.length, settings.scanReplicas * settings.scanLength * settings.scaled.length]);
  const own = ownParameters(kind, settings);
  const ensembles = await simulate(pair, own, designOf(kind, settings), { seed, runCells, context: atPoint! });
  const scan = await measureTransition(pair, { length: settings.scanLength }, transitionOf(kind), scanOf(kind, settings), { seed, confidence: CONFIDENCE, resamples: SCAN_RESAMPLES, runCells, context: through! });
  const sizes: CriticalSize[] = [];
  for (const ensemble of ensembles) sizes.push(await sizeOf(point, ensemble, request));
  const first = sizes.findIndex(({ ratio }, k) => sizes.slice(k).every((later) => later.ratio.outcome !== "fails") && ratio.outcome !== "fails");
  return {
    point,
    sizes,
    ...exponentOf(ensembles.slice(Math.max(0, first)), request),
    scan,
    caveat: [...ensembles.map((ensemble) => divergedCaveat(ensemble)), divergedCaveat(scan)].find((words) => words !== undefined),
    tally: {
      completed: ensembles.reduce((sum, { completed }) => sum + completed, scan.completed),
      diverged: ensembles.reduce((sum, { diverged }) => sum + diverged, scan.diverged),
      censored: 0,
      notes: ensembles.flatMap(({ n, notes }) => notes.map((note) => ({ ...note, where: `N = ${n}` }))),
    },
  };
}

/** The ratio of two means has the error of its influence: each run contributes what it moves the ratio by. */
async function sizeOf({ kind, momentRatio }: CriticalPoint, ensemble: Ensemble, { seed, parameters }: StudyRequest): Promise<CriticalSize> {
  const settings = parameters as CriticalParameters;
  const [second, fourth] = [ensemble.values("amplitude-2"), ensemble.values("amplitude-4")];
  const [a, b] = [meanOf(second), meanOf(fourth)];
  const ratio = b / (a * a);
  const influences = second.map((value, r) => ratio + (fourth[r]! - b) / (a * a) - (2 * ratio * (value - a)) / a);
  const streamOf = (what: string): Resampling => ({ resamples: RESAMPLES, stream: key(seed).fold("one-bit-critical", kind, what, ensemble.n).stream() });
  const test = (samples: Float64Array, predicted: number, what: string, tolerance: number): Equivalence => equivalence(samples, predicted, { tolerance: { relative: tolerance }, level: LEVEL, ...streamOf(what) });
  const { theories } = oneBitCriticalPair().at(ownParameters(kind, settings));
  const against = async (id: "corrected" | "exact"): Promise<Judged | undefined> => {
    const theory = theories.find((one) => one.id === id && one.applies({ N: ensemble.n }).applies);
    const predicted = (await theory?.predict({ N: ensemble.n }, {}))?.find(({ observable }) => observable === "amplitude-2")?.value[0];
    return predicted === undefined ? undefined : { predicted, test: test(second, predicted, id, settings.squareTolerance) };
  };
  const mean = summarise(second, 1, streamOf("square"));
  return {
    n: ensemble.n,
    replicas: ensemble.completed,
    square: { value: mean.mean[0]!, error: mean.meanError[0]! },
    ratio: test(influences, momentRatio, "ratio", settings.tolerance),
    against: { corrected: await against("corrected"), exact: await against("exact") },
  };
}

/** Least sizes for an exponent. */
const FEWEST = 3;

function exponentOf(ensembles: readonly Ensemble[], { seed }: StudyRequest): Pick<CriticalCase, "exponent" | "exponentFrom"> {
  if (ensembles.length < FEWEST) return { exponent: undefined, exponentFrom: undefined };
  const summaries = ensembles.map((ensemble) => summarise(ensemble.values("amplitude-2"), 1, { resamples: RESAMPLES, stream: key(seed).fold("one-bit-critical", "exponent", ensemble.n).stream() }));
  const curve = {
    values: summaries.map(({ mean }) => mean[0]!),
    standardErrors: summaries.map(({ meanError }) => meanError[0]!),
    resampled: summaries.map(({ resampledMean }) => resampledMean),
  };
  const { exponent } = fitExponent(ensembles.map(({ n }) => n), [curve], { confidence: CONFIDENCE, corrections: false, range: [0, 2] });
  return { exponent, exponentFrom: ensembles[0]!.n };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
