/** @file From a design to its ensembles: plan the cells, have them run, put the batches together. */
import { canonicalJson, checkInstance, checkPair, checkSize, type Context, type Pair, type Parameters } from "@mesoscope/contracts";
import { key, type Key } from "@mesoscope/numerics";
import { planCells, type Cell, type RunCells } from "../design/cells.js";
import { checkDesign, sizeAt, type Design } from "../design/design.js";
import { gather, type Ensemble } from "../ensemble/ensemble.js";

export interface SimulateOptions {
  readonly seed: number | string;
  readonly runCells: RunCells;
  readonly context?: Context;
}

/**
 * The cells that `simulate` runs for this design and seed, without running any: what a sweep writes down before it begins.
 * @throws DomainError for a design that cannot be run; ContractError for a size at which the pair does not exist
 */
export function planSimulation(pair: Pair, parameters: Parameters, design: Design, seed: number | string): readonly Cell[] {
  checkDesign(design);
  design.sizes.forEach((_, k) => {
    checkSize(pair.axes, sizeAt(design, k), `design for pair "${pair.id}"`);
  });
  return planCells(pair.id, parameters, design, keyOf(seed, pair, parameters).fold("simulation").words);
}

/** Samples a pair over a design. The same seed gives the same ensembles, whatever the blocks, the workers or the other sizes. */
export async function simulate(pair: Pair, parameters: Parameters, design: Design, options: SimulateOptions): Promise<readonly Ensemble[]> {
  checkPair(pair);
  const cells = planSimulation(pair, parameters, design, options.seed);
  const { observables } = checkInstance(pair.at(parameters), `pair "${pair.id}"`);
  const batches = await options.runCells(cells, options.context ?? {});
  return gather(design, cells, batches, observables);
}

/** One key a seed, pair and parameters: comparisons of one study are independent of each other. */
export function keyOf(seed: number | string, pair: Pair, parameters: Parameters): Key {
  return key(seed).fold("pair", pair.id, canonicalJson(parameters, "parameters"));
}
