/** @file One comparison a regime, and how long each size remembers. */
import type { Context } from "@mesoscope/contracts";
import { compareEnsembles, simulate, planSimulation, type Cell, type Comparison, type Design, type SizeFinding, type Statement } from "@mesoscope/finite-size";
import { atOnce } from "../one-bit/at-once.js";
import { regimes, type Regime } from "../one-bit/regimes.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { oneBitMemoryPair } from "./pair.js";
import type { MemoryParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const RESAMPLES = 399;
/** Information, in nats, below which a token counts as forgotten. */
export const FORGOTTEN = 0.05;

export interface MemoryCase extends Regime {
  readonly comparison: Comparison;
  /** The theory that speaks here: the map, or, where it only repeats its clock, linear noise. */
  readonly judged: Statement;
  /** Of the information of the map; absent where it only repeats its clock. */
  readonly limitInformation: readonly number[] | undefined;
  readonly spans: readonly MemorySpan[];
}

/** Lag by which an overlap is forgotten, or undefined if it is not by the longest lag. */
export interface MemorySpan {
  readonly n: number;
  readonly lag: number | undefined;
  /** The same for the ends of the intervals of the information. */
  readonly early: number | undefined;
  readonly late: number | undefined;
}

export function designOf({ sizes, replicas }: MemoryParameters): Design {
  return { axis: "N", sizes, replicas, block: 4 };
}

function parametersOf({ beta }: Regime, { tokens, lags }: MemoryParameters): { beta: number; tokens: number; lags: readonly number[] } {
  return { beta, tokens, lags };
}

export function planMemory({ parameters, seed }: PlanRequest): readonly Cell[] {
  const settings = parameters as MemoryParameters;
  return regimes.flatMap((regime) => planSimulation(oneBitMemoryPair(), parametersOf(regime, settings), designOf(settings), seed));
}

export async function runMemory(regime: Regime, { parameters, seed, runCells }: StudyRequest, context: Context): Promise<MemoryCase> {
  const settings = parameters as MemoryParameters;
  const own = parametersOf(regime, settings);
  const pair = atOnce(oneBitMemoryPair(), own);
  const design = designOf(settings);
  const ensembles = await simulate(pair, own, design, { seed, runCells, context });
  const comparison = await compareEnsembles(pair, own, design, ensembles, {
    seed,
    tolerance: { absolute: settings.tolerance },
    level: LEVEL,
    confidence: CONFIDENCE,
    resamples: RESAMPLES,
  }, context);
  const means = comparison.statements.filter(({ observable, quantity }) => observable === "autocorrelation" && quantity === "mean");
  const judged = means.find(({ bySize }) => bySize.some(({ outcome }) => outcome !== "not-applicable")) ?? means[0]!;
  const limit = comparison.statements.find(({ observable, quantity, theory }) => observable === "information" && quantity === "mean" && theory.id === "limit");
  const predicted = limit?.bySize.at(-1)?.predicted;
  return { ...regime, comparison, judged, limitInformation: predicted === undefined || predicted.length === 0 ? undefined : predicted, spans: spansOf(comparison, settings.lags) };
}

function spansOf(comparison: Comparison, lags: readonly number[]): readonly MemorySpan[] {
  return comparison.sizes.flatMap(({ n, estimates }) => {
    const mean = estimates["information"]?.mean;
    return mean === undefined ? [] : [{ n, lag: forgottenAt(mean.value, lags), early: forgottenAt(mean.lower, lags), late: forgottenAt(mean.upper, lags) }];
  });
}

/** The lag up to which a theory holds at every lag, and the first at which it fails. */
export function reachOf({ entries }: SizeFinding, lags: readonly number[]): { readonly until: number | undefined; readonly failsFrom: number | undefined } {
  const notHolding = entries.findIndex(({ outcome }) => outcome !== "holds");
  return { until: notHolding < 0 ? lags[entries.length - 1] : lags[notHolding - 1], failsFrom: lags[entries.findIndex(({ outcome }) => outcome === "fails")] };
}

/** The first lag from which on all information stays below the threshold. */
export function forgottenAt(information: readonly number[], lags: readonly number[]): number | undefined {
  const last = information.findLastIndex((value) => value >= FORGOTTEN);
  return lags[last + 1];
}
