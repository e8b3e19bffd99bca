/** @file Controls: what must not matter, tried. Other seeds must give the same law, half the step the same replicas. */
import { checkInstance, type Batch, type Pair, type Parameters } from "@mesoscope/contracts";
import { planCells, type Cell } from "../design/cells.js";
import type { Design } from "../design/design.js";
import { settleBatch } from "../design/settle-batch.js";
import { gather } from "../ensemble/ensemble.js";
import type { Control } from "../comparison/comparison.js";
import { keyOf } from "../comparison/simulate.js";
import { chosenObservables } from "../comparison/chosen-observables.js";
import { halvedStep } from "./halved-step.js";
import { otherSeeds } from "./other-seeds.js";
import { namedControl, type ControlDesign, type ControlOptions } from "./tried.js";

/** The cells that `runControls` asks for: the replicas themselves, others of the same size, and the same with half the step. */
export function planControls(pair: Pair, parameters: Parameters, design: ControlDesign, seed: number | string): readonly Cell[] {
  const { own, other, halved } = cellsOf(pair, parameters, design, seed);
  return [...own, ...other, ...halved];
}

/**
 * Runs the controls of a pair at one size, [eq:controls].
 * - *Other seeds*: as many replicas with another key. Means and spreads of the two ensembles differ by no more than chance allows.
 * - *Halved step*: the same replicas with half the step of the method, where the pair has one. Their differences, replica by replica, stay
 *   within a quarter of the tolerance (an equivalence test: "not seen to differ" is not enough).
 * @throws as `simulate`; DomainError for an observable that is none of the pair
 */
export async function runControls(pair: Pair, parameters: Parameters, design: ControlDesign, options: ControlOptions): Promise<readonly Control[]> {
  const { observables } = checkInstance(pair.at(parameters), `pair "${pair.id}"`);
  const parts = cellsOf(pair, parameters, design, options.seed);
  const cells = [...parts.own, ...parts.other, ...parts.halved];
  const batches = (await options.runCells(cells, options.context ?? {})).map((batch, c) => settleBatch(cells[c]!, batch, observables));
  const cut = (from: number, part: readonly Cell[]): readonly Batch[] => batches.slice(from, from + part.length);
  const own = cut(0, parts.own);
  const other = cut(parts.own.length, parts.other);
  const halved = cut(parts.own.length + parts.other.length, parts.halved);
  const it = { design, options, observables: chosenObservables(observables, options.observables ?? observables.map(({ id }) => id)), key: keyOf(options.seed, pair, parameters).fold("controls") };
  const ensembles = [gather(lineOf(design), parts.own, own, observables)[0]!, gather(lineOf(design), parts.other, other, observables)[0]!] as const;
  return [
    otherSeeds(it, ...ensembles),
    halved.length > 0
      ? halvedStep(it, own, halved)
      : { ...namedControl(it, "halved-step"), outcome: "not-available", because: "This pair does not say how its step is halved, or has no step." },
  ];
}

interface Parts {
  readonly own: readonly Cell[];
  readonly other: readonly Cell[];
  readonly halved: readonly Cell[];
}

function cellsOf(pair: Pair, parameters: Parameters, design: ControlDesign, seed: number | string): Parts {
  const root = keyOf(seed, pair, parameters);
  const own = planCells(pair.id, parameters, lineOf(design), root.fold("simulation").words);
  const finer = pair.halvedStep?.(parameters);
  return {
    own,
    other: planCells(pair.id, parameters, lineOf(design), root.fold("other seeds").words),
    // The keys are those of the replicas themselves: only the step differs.
    halved: finer === undefined ? [] : own.map((cell) => ({ ...cell, parameters: finer })),
  };
}

function lineOf({ axis, n, fixed, replicas, block }: ControlDesign): Design {
  return { axis, sizes: [n], replicas, block, ...(fixed === undefined ? {} : { fixed }) };
}
