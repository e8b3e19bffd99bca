/** @file The comparison: any pair, any design, one answer. */
import { checkInstance, type Context, type Observable, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Design } from "../design/design.js";
import type { Ensemble } from "../ensemble/ensemble.js";
import { chosenObservables } from "./chosen-observables.js";
import { columnOf, sizeSummary } from "./column.js";
import type { CompareOptions, Comparison, JudgeOptions } from "./comparison.js";
import { axisSymbol, judge } from "./judge.js";
import { settingsOf } from "./settings.js";
import { keyOf, simulate } from "./simulate.js";
import { tallyOutcomes } from "./tally.js";

/**
 * Samples a pair over a design and compares every theory with every observable it predicts: bias and spread with intervals,
 * equivalence ([eq:tost]), exponents ([eq:exponent-fit]), N* ([eq:n-star]) and a verdict with its reason.
 * The result is a function of pair, parameters, design (but not its block) and options (but not runCells), bit for bit.
 * @throws DomainError for a design or option that makes no sense; ContractError for a pair that breaks its contract; what runCells throws
 */
export async function compare(pair: Pair, parameters: Parameters, design: Design, options: CompareOptions): Promise<Comparison> {
  const ensembles = await simulate(pair, parameters, design, options);
  return compareEnsembles(pair, parameters, design, ensembles, options, options.context ?? {});
}

/** `compare` for ensembles that are already there, in the order of the design's sizes. */
export async function compareEnsembles(
  pair: Pair,
  parameters: Parameters,
  design: Design,
  ensembles: readonly Ensemble[],
  options: JudgeOptions,
  context: Context = {},
): Promise<Comparison> {
  const settings = settingsOf(options);
  const instance = checkInstance(pair.at(parameters), `pair "${pair.id}"`);
  const observables = observablesOf(instance, options);
  const root = keyOf(options.seed, pair, parameters);
  const columns = observables.map((observable) => columnOf(observable, ensembles, root, settings));
  const judged = await judge({ pair, parameters, design, instance, ensembles, columns, options, settings, root, context });
  return {
    pair: pair.id,
    title: pair.title,
    parameters,
    parameterText: parameterText(pair, parameters),
    design,
    axis: { name: design.axis, symbol: axisSymbol(pair, design), meaning: pair.axes.find(({ name }) => name === design.axis)?.meaning ?? "size" },
    seed: options.seed,
    level: options.level,
    confidence: options.confidence,
    resamples: settings.resamples,
    multiplicity: settings.multiplicity,
    observables,
    sizes: ensembles.map((ensemble, k) => sizeSummary(ensemble, columns, k, options.confidence)),
    spreadExponents: Object.fromEntries(columns.flatMap(({ observable, spread }) => (spread === undefined ? [] : [[observable.id, spread.exponent]]))),
    ...judged,
    controls: settings.controls,
    tally: tallyOutcomes(axisSymbol(pair, design), ensembles, observables),
  };
}

function observablesOf({ observables }: PairInstance, { observables: ids, tolerances }: JudgeOptions): readonly Observable[] {
  chosenObservables(observables, Object.keys(tolerances ?? {}));
  return ids === undefined ? observables : chosenObservables(observables, ids);
}

function parameterText(pair: Pair, parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${pair.parameters.properties[name]?.symbol ?? name} = ${String(value)}`)
    .join(", ");
}
