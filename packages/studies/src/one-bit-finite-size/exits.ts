/** @file When runs leave the chaotic trajectory of the map: mean against ln N, and the whole law. */
import type { Context, Parameters, Prediction } from "@mesoscope/contracts";
import { attractorStarts, noiseGrowth, noiseHorizon, oneBitHorizonPair, tokenStart, type NoiseGrowth } from "@mesoscope/dmft/hopfield";
import { compareEnsembles, formatNumber, planSimulation, simulate, type Cell, type Comparison, type Design, type Ensemble, type ReasonRule, type Statement } from "@mesoscope/finite-size";
import { log } from "@mesoscope/numerics";
import { atOnce } from "../one-bit/at-once.js";
import { publishedNetwork } from "../one-bit/regimes.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { CONFIDENCE, LEVEL } from "./cases.js";
import type { FiniteSizeParameters } from "./settings.js";

/** Where the map is chaotic without a rival attractor. */
export const CHAOTIC_BETA = 1.28;
export const EXIT_TOLERANCE = 0.1;
const RESAMPLES = 499;
/** Largest distance of distribution functions that does not matter: half of it is the discreteness of the tokens. */
const LAW_TOLERANCE = 0.1;
const BURN_IN = 20_000;
const STARTS = 200;
const FEWEST_LINEAR_RUNS = 100;
const LENGTH = 50;

export interface ExitCase {
  readonly comparison: Comparison;
  readonly ensembles: readonly Ensemble[];
  /** The first passage of linear noise: mean and law. */
  readonly mean: Statement;
  readonly law: Statement;
  readonly growth: NoiseGrowth;
  /** Slope of the mean exit in ln N with its standard error. */
  readonly slope: { readonly value: number; readonly error: number };
  /** 1 / (2 lambda) with its standard error. */
  readonly predictedSlope: { readonly value: number; readonly error: number };
  /** Law of the first passage of linear noise at each size, where it speaks. */
  readonly predictedLaws: readonly (Prediction["law"] | undefined)[];
  /** When the linear noise of a typical start reaches the tolerance, one time a size. */
  readonly typical: readonly number[];
}

function designOf({ exitSizes, exitReplicas }: FiniteSizeParameters): Design {
  return { axis: "N", sizes: exitSizes, replicas: exitReplicas, block: 500 };
}

/** The law of the theory is drawn from as many runs as that of the bits. */
function parametersOf({ exponentTokens, exitReplicas }: FiniteSizeParameters): Parameters {
  return { system: "paper3", beta: CHAOTIC_BETA, exitTolerance: EXIT_TOLERANCE, growthTokens: exponentTokens, linearRuns: Math.max(FEWEST_LINEAR_RUNS, exitReplicas) };
}

export function planExits({ parameters, seed }: PlanRequest): readonly Cell[] {
  const settings = parameters as FiniteSizeParameters;
  return planSimulation(oneBitHorizonPair(), parametersOf(settings), designOf(settings), seed);
}

export async function runExits({ parameters, seed, runCells }: StudyRequest, context: Context): Promise<ExitCase> {
  const settings = parameters as FiniteSizeParameters;
  const own = parametersOf(settings);
  const pair = atOnce(oneBitHorizonPair(), own);
  const design = designOf(settings);
  const ensembles = await simulate(pair, own, design, { seed, runCells, context });
  const comparison = await compareEnsembles(pair, own, design, ensembles, { seed, tolerance: { relative: settings.exitTolerance, law: LAW_TOLERANCE }, level: LEVEL, confidence: CONFIDENCE, resamples: RESAMPLES }, context);
  const growth = growthOf(settings.exponentTokens);
  const { value, standardError } = growth.exponent;
  const statement = (quantity: string): Statement => comparison.statements.find((one) => one.theory.id === "corrected" && one.quantity === quantity)!;
  const passage = pair.at(own).theories.find(({ id }) => id === "corrected")!;
  const predictedLaws: (Prediction["law"] | undefined)[] = [];
  for (const n of settings.exitSizes) predictedLaws.push(passage.applies({ N: n }).applies ? (await passage.predict({ N: n }, context))[0]?.law : undefined);
  return {
    comparison,
    ensembles,
    predictedLaws,
    mean: statement("mean"),
    law: statement("law"),
    growth,
    slope: slopeOf(comparison),
    predictedSlope: { value: 1 / (2 * value), error: standardError / (2 * value * value) },
    typical: settings.exitSizes.map((n) => noiseHorizon(growth, n, EXIT_TOLERANCE).tokens),
  };
}

function growthOf(tokens: number): NoiseGrowth {
  const network = publishedNetwork(CHAOTIC_BETA);
  const starts = attractorStarts(network, tokenStart(network), { burnIn: BURN_IN, span: 4 });
  return noiseGrowth(network, starts.at(0), { tokens, starts: STARTS, length: LENGTH });
}

/** Weighted least squares of the means against ln N. */
function slopeOf({ sizes }: Comparison): { readonly value: number; readonly error: number } {
  const points = sizes.flatMap(({ n, estimates }) => {
    const mean = estimates["exit"]?.mean;
    return mean === undefined ? [] : [{ x: log(n), y: mean.value[0]!, weight: 1 / (mean.standardError[0]! * mean.standardError[0]!) }];
  });
  const sum = (of: (point: (typeof points)[number]) => number): number => points.reduce((total, point) => total + point.weight * of(point), 0);
  const weight = sum(() => 1);
  const centre = sum(({ x }) => x) / weight;
  const spread = sum(({ x }) => (x - centre) * (x - centre));
  return { value: sum(({ x, y }) => (x - centre) * y) / spread, error: 1 / Math.sqrt(spread) };
}

/** What is off in chaos has been amplified, whatever the replicas look like by then. */
export function amplifiedByChaos({ growth: { exponent } }: ExitCase): ReasonRule {
  return () => ({ reason: "amplification", because: `the map is chaotic: noise grows by e^(λt), λ = ${formatNumber(exponent.value)} per token, until it is as large as the motion itself` });
}
