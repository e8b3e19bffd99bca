/** @file What is run: one feature between its two states, and the published network in chaos. */
import type { Context, Parameters } from "@mesoscope/contracts";
import { oneBitHorizonPair, oneBitPair } from "@mesoscope/dmft/hopfield";
import { compareEnsembles, planSimulation, simulate, type Cell, type Comparison, type Design, type ReasonRule, type Statement } from "@mesoscope/finite-size";
import { atOnce } from "../one-bit/at-once.js";
import { shareProgress } from "../findings/progress.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { exactTimes, type ExactTimes } from "./exact.js";
import type { OrderParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const RESAMPLES = 399;
const FEWEST_LINEAR_RUNS = 100;
/** The horizon of a typical start is not asked for here. */
const GROWTH_TOKENS = 20_000;
export const OVERLAP = "overlap-1";
export const CHAOTIC_BETA = 1.28;

export interface OrderCase {
  readonly exact: ExactTimes;
  /** Runs of one feature against the exact chain and against the map. */
  readonly wells: Comparison;
  readonly againstChain: Statement;
  readonly againstMap: Statement;
  /** Exit times from the chaotic trajectory of the published network. */
  readonly exits: Comparison;
  readonly passage: Statement;
}

const wellParameters = ({ beta, tokens, every }: OrderParameters): Parameters => ({ system: "hop1", beta, gamma: 0, contextLength: 1, start: "token", tokens, every, horizonTolerance: 2 });
const wellDesign = ({ sizes, replicas }: OrderParameters): Design => ({ axis: "N", sizes, replicas, block: 100 });
const exitParameters = ({ exitReplicas }: OrderParameters): Parameters => ({ system: "paper3", beta: CHAOTIC_BETA, growthTokens: GROWTH_TOKENS, linearRuns: Math.max(FEWEST_LINEAR_RUNS, 2 * exitReplicas) });
const exitDesign = ({ exitSizes, exitReplicas }: OrderParameters): Design => ({ axis: "N", sizes: exitSizes, replicas: exitReplicas, block: 500 });

export function planOrder({ parameters, seed }: PlanRequest): readonly Cell[] {
  const settings = parameters as OrderParameters;
  return [...planSimulation(oneBitPair(), wellParameters(settings), wellDesign(settings), seed), ...planSimulation(oneBitHorizonPair(), exitParameters(settings), exitDesign(settings), seed)];
}

/** The map stays where it is; runs of few bits change sides. */
const changesSides: ReasonRule = ({ theory }) => (theory === "limit" ? { reason: "escape", because: "runs of so few bits change sides within these tokens, the map never does" } : undefined);

export async function runOrder({ parameters, seed, runCells, context }: StudyRequest): Promise<OrderCase> {
  const settings = parameters as OrderParameters;
  const [forWells, forExits] = shareProgress(context, [3, 1]) as [Context, Context];
  const judged = { seed, level: LEVEL, confidence: CONFIDENCE, resamples: RESAMPLES };
  const wellPair = atOnce(oneBitPair(), wellParameters(settings));
  const wellRuns = await simulate(wellPair, wellParameters(settings), wellDesign(settings), { seed, runCells, context: forWells });
  const wells = await compareEnsembles(wellPair, wellParameters(settings), wellDesign(settings), wellRuns, { ...judged, tolerance: { absolute: settings.tolerance }, reasons: [changesSides] }, forWells);
  const exitPair = atOnce(oneBitHorizonPair(), exitParameters(settings));
  const exitRuns = await simulate(exitPair, exitParameters(settings), exitDesign(settings), { seed, runCells, context: forExits });
  const exits = await compareEnsembles(exitPair, exitParameters(settings), exitDesign(settings), exitRuns, { ...judged, tolerance: { relative: 0.1 } }, forExits);
  const means = (of: Comparison, theory: string): Statement => of.statements.find((one) => one.theory.id === theory && one.quantity === "mean")!;
  return {
    exact: exactTimes(settings.beta, settings.exactSizes),
    wells,
    againstChain: means(wells, "exact"),
    againstMap: means(wells, "limit"),
    exits,
    passage: means(exits, "corrected"),
  };
}
