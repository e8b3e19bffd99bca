/** @file Replicas in looks that double, until every test is decided: no more than are needed, and no chance taken twice. */
import { canonicalJson, checkInstance, checkPair, type Batch, type Pair, type Parameters, type Theory } from "@mesoscope/contracts";
import { requireInteger } from "@mesoscope/numerics";
import type { Cell, RunCells } from "../design/cells.js";
import type { Design } from "../design/design.js";
import { partOfContext } from "../design/part-of-context.js";
import type { Ensemble } from "../ensemble/ensemble.js";
import { spentLevels } from "../statistics/spent-levels.js";
import { compareEnsembles } from "./compare.js";
import type { CompareOptions, Comparison, SizeFinding } from "./comparison.js";
import { planSimulation, simulate } from "./simulate.js";

/** A design whose replicas come in looks: `first`, then twice as many, and so on, at the sizes that are still open. */
export interface SequentialDesign extends Omit<Design, "replicas"> {
  /** Replicas at every size at the first look; a multiple of `block`, so that every look ends with whole cells. */
  readonly first: number;
  /** Looks at most: at the last one a size that is still open has first 2^(looks - 1) replicas. */
  readonly looks: number;
}

/** One look: how many replicas each size had, at which level it was judged, and which sizes stayed open. */
export interface Look {
  readonly replicas: readonly number[];
  readonly level: number;
  readonly open: readonly number[];
}

export interface SequentialComparison {
  readonly outcome: "decided" | "budget-exhausted";
  readonly because: string;
  /** The comparison at the last look, at the level of that look. */
  readonly comparison: Comparison;
  /** The replicas of that look, one ensemble a size. */
  readonly ensembles: readonly Ensemble[];
  readonly looks: readonly Look[];
}

/** The cells that `compareSequentially` may ask for: those of the last look. */
export function planSequentially(pair: Pair, parameters: Parameters, design: SequentialDesign, seed: number | string): readonly Cell[] {
  checkSequential(design);
  return planSimulation(pair, parameters, lineOf(design, design.sizes.map(() => design.first * 2 ** (design.looks - 1))), seed);
}

/**
 * `compare` with as many replicas as it takes: at each look every size is judged, and those at which a judged statement is undecided get
 * twice as many. The level is spent over the looks, [eq:spent-level], hardly any of it early: the chance of a wrong "holds" over all looks
 * together stays below `options.level`. Ends *decided*, or *budget-exhausted* and says which sizes are undecided.
 * @throws as `compare`; DomainError if `first` is no multiple of `block`
 */
export async function compareSequentially(pair: Pair, parameters: Parameters, design: SequentialDesign, options: CompareOptions): Promise<SequentialComparison> {
  checkSequential(design);
  const levels = spentLevels(options.level, design.looks);
  const runCells = remembering(options.runCells);
  const asked = predictingOnce(pair, parameters);
  const looks: Look[] = [];
  let replicas: readonly number[] = design.sizes.map(() => design.first);
  for (let look = 0; ; look++) {
    const line = lineOf(design, replicas);
    // Replicas double, so the last look is half of the work.
    const context = partOfContext(options.context ?? {}, 2 ** look - 1, 2 ** look, 2 ** design.looks - 1);
    const ensembles = await simulate(asked, parameters, line, { seed: options.seed, runCells, context });
    const comparison = await compareEnsembles(asked, parameters, line, ensembles, { ...options, level: levels[look]! }, context);
    const open = openSizes(comparison);
    looks.push({ replicas, level: levels[look]!, open });
    if (open.length === 0 || look === design.looks - 1) {
      options.context?.progress?.(1, 1);
      return { ...ending(open, comparison), comparison, ensembles, looks };
    }
    replicas = replicas.map((count, k) => (open.includes(design.sizes[k]!) ? 2 * count : count));
  }
}

function ending(open: readonly number[], comparison: Comparison): Pick<SequentialComparison, "outcome" | "because"> {
  const { axis, sizes } = comparison;
  const most = (counted: Comparison["sizes"]): number => Math.max(...counted.map(({ completed, diverged }) => completed + diverged));
  if (open.length === 0) return { outcome: "decided", because: `Every test is decided, with at most ${most(sizes)} replicas at a size.` };
  const left = `Undecided at ${axis.symbol} = ${open.join(", ")} with ${most(sizes.filter(({ n }) => open.includes(n)))} replicas`;
  const findings = comparison.statements.flatMap(({ judged, bySize }) => (judged ? bySize.filter(({ outcome }) => outcome === "undecided") : []));
  const obstacles = findings.map(obstacle);
  const near = obstacles.includes(undefined) ? ": the deviation is near the tolerance, or its spread is large. Allow more looks, or widen the tolerance." : ".";
  const at = obstacles.findIndex((one) => one !== undefined);
  const hopeless = at < 0 ? "" : ` More replicas would not help at ${axis.symbol} = ${findings[at]!.n}: ${obstacles[at]!}.`;
  return { outcome: "budget-exhausted", because: `${left}${near}${hopeless}` };
}

/** What no number of replicas takes away. */
function obstacle({ caveat, entries, law }: SizeFinding): string | undefined {
  return caveat ?? (entries.length === 0 && law === undefined ? "nothing of the prediction can be tested" : undefined);
}

/** Sizes at which a judged statement is undecided. */
function openSizes({ statements, sizes }: Comparison): readonly number[] {
  return sizes.flatMap(({ n }, k) => (statements.some(({ judged, bySize }) => judged && bySize[k]!.outcome === "undecided") ? [n] : []));
}

function lineOf({ first: _, looks: __, ...line }: SequentialDesign, replicas: readonly number[]): Design {
  return { ...line, replicas };
}

function checkSequential({ first, looks, block }: SequentialDesign): void {
  requireInteger("design.looks", looks, { min: 1, max: 30 }, "Give 1 to 30 looks; the replicas double from one to the next.");
  if (looks > 1) requireInteger("design.first / design.block", first / block, { min: 1 }, `Give a number of replicas for the first look that is a multiple of the block, ${block}.`);
}

/** The pair at these parameters, whose theories are asked once for each size: predictions are pure, and some solve an equation. */
function predictingOnce(pair: Pair, parameters: Parameters): Pair {
  const instance = checkInstance(checkPair(pair).at(parameters), `pair "${pair.id}"`);
  const theories = instance.theories.map((theory): Theory => {
    const known = new Map<string, ReturnType<Theory["predict"]>>();
    return {
      ...theory,
      applies: (size) => theory.applies(size),
      predict: (size, context) => {
        const name = canonicalJson(size, "size");
        const prediction = known.get(name) ?? theory.predict(size, context);
        known.set(name, prediction);
        return prediction;
      },
    };
  });
  return { ...pair, at: () => ({ ...instance, theories, sample: (size, replicas, context) => instance.sample(size, replicas, context) }) };
}

/** Cells of earlier looks are not run again. */
function remembering(runCells: RunCells): RunCells {
  const known = new Map<string, Batch>();
  return async (cells, context) => {
    const names = cells.map((cell) => canonicalJson(cell, "cell"));
    const missing = cells.flatMap((cell, i) => (known.has(names[i]!) ? [] : [{ cell, name: names[i]! }]));
    const batches = await runCells(missing.map(({ cell }) => cell), context);
    missing.forEach(({ name }, i) => known.set(name, batches[i]!));
    return names.map((name) => known.get(name)!);
  };
}
