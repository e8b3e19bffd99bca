/** @file The comparison over two sizes at once: every line of the grid, and what the lines say together. */
import { checkInstance, type Observable, type Pair, type Parameters, type Theory } from "@mesoscope/contracts";
import type { Cell } from "../design/cells.js";
import { checkGrid, linesOf, type GridDesign } from "../design/grid.js";
import type { Ensemble } from "../ensemble/ensemble.js";
import type { Summary } from "../statistics/summary.js";
import { summaryOf } from "./column.js";
import { compareEnsembles } from "./compare.js";
import type { CompareOptions, Comparison } from "./comparison.js";
import { planeOf, type Plane, type PlaneOptions, type PlanePoint } from "./plane.js";
import { evenlySpread } from "./evenly-spread.js";
import { keyOf, planSimulation, simulate } from "./simulate.js";

export interface CompareGridOptions extends CompareOptions {
  /** Exponents that a theory gives along the two axes; those left out are fitted. */
  readonly exponents?: PlaneOptions["exponents"];
}

/** A comparison over a grid. Plain JSON. */
export interface GridComparison {
  readonly grid: GridDesign;
  /** One for each size of the second axis, ascending. */
  readonly lines: readonly Comparison[];
  /** One for each theory, observable with a predicted mean, and entry; of long series twelve entries. */
  readonly planes: readonly Plane[];
}

/** Entries of a series that get a plane; more add cost, not knowledge. */
const MOST_ENTRIES = 12;

/**
 * The cells that `compareGrid` runs, line by line, without running any.
 * @throws DomainError for a grid that cannot be run; ContractError for a size at which the pair does not exist
 */
export function planGrid(pair: Pair, parameters: Parameters, grid: GridDesign, seed: number | string): readonly Cell[] {
  return linesOf(grid).flatMap((design) => planSimulation(pair, parameters, design, seed));
}

/**
 * Samples a pair over a grid and compares as `compare` does along each line; over all lines bias and variance are fitted by laws in both sizes
 * ([eq:two-axes]), and the tolerance becomes a boundary N*(H) ([eq:two-axis-boundary]). Levels and joint statements are those of each line by itself.
 * @throws as `compare`; DomainError for a grid that cannot be run
 */
export async function compareGrid(pair: Pair, parameters: Parameters, grid: GridDesign, options: CompareGridOptions): Promise<GridComparison> {
  checkGrid(grid);
  const lines: Line[] = [];
  for (const design of linesOf(grid)) {
    const ensembles = await simulate(pair, parameters, design, options);
    lines.push({ ensembles, comparison: await compareEnsembles(pair, parameters, design, ensembles, options, options.context ?? {}) });
  }
  const { theories } = checkInstance(pair.at(parameters), `pair "${pair.id}"`);
  const { observables, resamples } = lines[0]!.comparison;
  const root = keyOf(options.seed, pair, parameters);
  const planes: Plane[] = [];
  for (const observable of observables) {
    const summaries = lines.map(({ ensembles }) => ensembles.map((ensemble) => summaryOf(observable, ensemble, root, resamples)));
    for (const theory of theories) planes.push(...planesOf(theory, observable, grid, lines, summaries, options));
  }
  return { grid, lines: lines.map(({ comparison }) => comparison), planes };
}

interface Line {
  readonly ensembles: readonly Ensemble[];
  readonly comparison: Comparison;
}

type Summaries = readonly (readonly (Summary | undefined)[])[];

function planesOf(theory: Theory, observable: Observable, { sizes }: GridDesign, lines: readonly Line[], summaries: Summaries, { confidence, exponents }: CompareGridOptions): readonly Plane[] {
  const points = lines.flatMap(({ comparison }, j): readonly PlanePoint[] => {
    const statement = comparison.statements.find((one) => one.theory.id === theory.id && one.observable === observable.id && one.quantity === "mean");
    return (statement?.bySize ?? []).flatMap((finding, k) => {
      const summary = summaries[j]![k];
      return summary === undefined || finding.entries.length === 0 ? [] : [{ at: [sizes[0][k]!, sizes[1][j]!] as const, finding, summary }];
    });
  });
  if (points.length === 0) return [];
  const entries = Math.max(...points.map(({ finding }) => finding.entries.length));
  const named = { theory: { id: theory.id, title: theory.title }, observable: observable.id };
  return evenlySpread(entries, MOST_ENTRIES).map((entry) => planeOf({ ...named, entry }, points, exponents === undefined ? { confidence } : { confidence, exponents }));
}
