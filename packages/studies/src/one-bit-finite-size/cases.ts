/** @file One regime: runs from one window on the attractor, followed token by token, and long runs from there. */
import type { Context, OutcomeTally, Parameters } from "@mesoscope/contracts";
import { meanFieldMap, oneBitPair, tokenStart } from "@mesoscope/dmft/hopfield";
import { compareEnsembles, divergedCaveat, equivalence, planSimulation, simulate, type Cell, type Comparison, type Design, type Ensemble, type Equivalence, type ReasonRule, type Statement } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { atOnce } from "../one-bit/at-once.js";
import { publishedNetwork, regimes, type Regime } from "../one-bit/regimes.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import type { FiniteSizeParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const RESAMPLES = 399;
const LONG_RESAMPLES = 999;
/** The overlap that is judged: the one that the paper draws. */
export const OVERLAP = "overlap-1";
/** Prime to 28: all phases of the clock and of the long period are seen alike. */
const LONG_STEP = 45;
/** Tokens after which the map is on its attractor: the slowest of the four contracts by 0.008 a token. */
const MAP_SETTLE = 6000;
/** The mean square of an overlap that does not matter, however small that of the map is. */
export const LONG_FLOOR = 0.001;

/** The mean square of the first overlap in the long run, at one size. */
export interface LongRun {
  readonly n: number;
  readonly replicas: number;
  readonly mean: number;
  readonly interval: readonly [number, number];
  readonly test: Equivalence;
}

export interface FiniteSizeCase extends Regime {
  readonly comparison: Comparison;
  readonly ensembles: readonly Ensemble[];
  /** Mean of the first overlap against the map, and its spread against linear noise. */
  readonly mean: Statement;
  readonly corrected: Statement;
  readonly spread: Statement;
  /** Mean square of the first overlap of the map. */
  readonly mapSquare: number;
  readonly long: readonly LongRun[];
  readonly caveat: string | undefined;
  readonly tally: OutcomeTally;
}

function pathParameters({ beta }: Regime, { tokens, every }: FiniteSizeParameters): Parameters {
  // The theories are asked for every token: where they cease to hold is to be found, not assumed.
  return { system: "paper3", beta, start: "attractor", burnIn: MAP_SETTLE, tokens, every, horizonTolerance: 2 };
}

function pathDesign({ sizes, replicas }: FiniteSizeParameters): Design {
  return { axis: "N", sizes, replicas, block: 256 };
}

function longParameters({ beta }: Regime, { longTokens }: FiniteSizeParameters): Parameters {
  return { system: "paper3", beta, start: "attractor", burnIn: MAP_SETTLE, tokens: longTokens, every: LONG_STEP };
}

function longDesign({ sizes, longReplicas }: FiniteSizeParameters): Design {
  return { axis: "N", sizes, replicas: longReplicas, block: 8 };
}

export function planRegimes({ parameters, seed }: PlanRequest): readonly Cell[] {
  const settings = parameters as FiniteSizeParameters;
  const pair = oneBitPair();
  return regimes.flatMap((regime) => [
    ...planSimulation(pair, pathParameters(regime, settings), pathDesign(settings), seed),
    ...planSimulation(pair, longParameters(regime, settings), longDesign(settings), seed),
  ]);
}

export async function runRegime(regime: Regime, reasons: readonly ReasonRule[], request: StudyRequest, context: Context): Promise<FiniteSizeCase> {
  const settings = request.parameters as FiniteSizeParameters;
  const parameters = pathParameters(regime, settings);
  const pair = atOnce(oneBitPair(), parameters);
  const { seed, runCells } = request;
  const [along, far] = shareProgress(context, [settings.replicas * settings.tokens, settings.longReplicas * settings.longTokens]);
  const ensembles = await simulate(pair, parameters, pathDesign(settings), { seed, runCells, context: along! });
  const comparison = await compareEnsembles(pair, parameters, pathDesign(settings), ensembles, {
    seed,
    tolerance: { absolute: settings.tolerance, spread: settings.spreadTolerance },
    observables: [OVERLAP],
    level: LEVEL,
    confidence: CONFIDENCE,
    resamples: RESAMPLES,
    reasons,
  }, along);
  const late = await simulate(oneBitPair(), longParameters(regime, settings), longDesign(settings), { seed, runCells, context: far! });
  const mapSquare = squareOfMap(regime.beta);
  const statement = (theory: string, quantity: string): Statement => comparison.statements.find((one) => one.theory.id === theory && one.quantity === quantity)!;
  const tally = (title: string, runs: readonly Ensemble[]): { title: string; tally: OutcomeTally } => ({ title, tally: { completed: runs.reduce((sum, { completed }) => sum + completed, 0), diverged: runs.reduce((sum, { diverged }) => sum + diverged, 0), censored: 0, notes: runs.flatMap(({ n, notes }) => notes.map((note) => ({ ...note, where: `N = ${n}` }))) } });
  return {
    ...regime,
    comparison,
    ensembles,
    mean: statement("limit", "mean"),
    corrected: statement("corrected", "mean"),
    spread: statement("corrected", "spread"),
    mapSquare,
    long: late.map((ensemble) => longRun(regime, ensemble, mapSquare, request)),
    caveat: [...ensembles, ...late].map((ensemble) => divergedCaveat(ensemble)).find((words) => words !== undefined),
    tally: addTallies([{ title: "followed", tally: comparison.tally }, tally("long", late)]),
  };
}

/** Each run gives one number: its mean square over the second half. */
function longRun({ id }: Regime, ensemble: Ensemble, mapSquare: number, { seed, parameters }: StudyRequest): LongRun {
  const { longTolerance } = parameters as FiniteSizeParameters;
  const values = ensemble.values(OVERLAP);
  const length = values.length / ensemble.completed;
  const from = Math.floor(length / 2);
  const squares = Float64Array.from({ length: ensemble.completed }, (_, r) => {
    let sum = 0;
    for (let i = from; i < length; i++) sum += values[r * length + i]! * values[r * length + i]!;
    return sum / (length - from);
  });
  const stream = key(seed).fold("one-bit-finite-size", "long", id, ensemble.n).stream();
  const test = equivalence(squares, mapSquare, { tolerance: { relative: longTolerance, absolute: LONG_FLOOR }, level: LEVEL, resamples: LONG_RESAMPLES, stream });
  const unit = test.scale === "relative" ? mapSquare : 1;
  const mean = mapSquare + unit * test.value;
  return { n: ensemble.n, replicas: ensemble.completed, mean, interval: [mapSquare + unit * test.interval[0], mapSquare + unit * test.interval[1]], test };
}

const MAP_TOKENS = 56_000;

function squareOfMap(beta: number): number {
  const network = publishedNetwork(beta);
  const map = meanFieldMap(network, tokenStart(network));
  map.run(MAP_SETTLE);
  const overlaps = new Float64Array(network.features.features);
  let sum = 0;
  for (let t = 0; t < MAP_TOKENS; t++) {
    map.step();
    const m = map.overlaps(overlaps)[0]!;
    sum += m * m;
  }
  return sum / MAP_TOKENS;
}

/** The smallest size from which on the long run holds at every size; undefined if it does not at the largest. */
export function longHoldsFrom({ long }: FiniteSizeCase): number | undefined {
  let from: number | undefined;
  for (const { n, test } of [...long].reverse()) {
    if (test.outcome !== "holds") break;
    from = n;
  }
  return from;
}
