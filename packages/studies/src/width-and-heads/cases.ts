/** @file Two networks at two powers of N in the logits: over a grid of widths and numbers of heads, and along heads at one width. */
import type { Context, OutcomeTally, Pair, PairInstance, Parameters, Prediction, Size } from "@mesoscope/contracts";
import { headReadoutPair, oneBlockPair } from "@mesoscope/dmft/transformer";
import { compareEnsembles, finiteSize, linesOf, planGrid, planSimulation, simulate, type Cell, type Comparison, type Design, type Ensemble, type GridDesign, type Statement } from "@mesoscope/finite-size";
import type { Backend } from "@mesoscope/kernels";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { headNoise, type HeadNoise } from "./head-noise.js";
import { lawsOf, leastOf, type GridPointEnsemble, type SizeLaws } from "./laws.js";
import { CONFIDENCE, LEVEL, RESAMPLES, type WidthParameters } from "./settings.js";
import { KERNEL, OUTPUT, systems, type System } from "./systems.js";

/** Networks at a pair of sizes, at least. */
const FEWEST = 24;

export interface WidthCase extends System {
  /** Along N at the largest number of heads, every step, against both sizes infinite. */
  readonly comparison: Comparison;
  readonly mean: Statement;
  /** Bias and variance over the grid at the last step, of the output and, of a block, of the kernel. */
  readonly laws: readonly SizeLaws[];
  /** Along heads at one width, every step, against infinitely many heads of that width. */
  readonly line: Comparison;
  readonly manyHeads: Statement;
  readonly corrected: Statement | undefined;
  readonly spread: Statement | undefined;
  /** f over time with both sizes infinite, and with infinitely many heads of the width of the line. */
  readonly limit: Prediction;
  /** Of heads that are read out directly: what the theories say of their noise. */
  readonly noise: HeadNoise | undefined;
  readonly times: readonly number[];
  readonly tally: OutcomeTally;
}

function pairOf({ network }: System, backend: Backend): Pair {
  return network === "heads" ? headReadoutPair({ backend }) : oneBlockPair({ backend });
}

function parametersOf({ alphaA }: System, { steps, eta0, drawnHeads }: WidthParameters): Parameters {
  return { task: "two-inputs", alphaA, eta0, steps, drawnHeads };
}

/**
 * A network costs like H and hardly depends on N. Powers want networks, most at the ends of both axes: for the same cost they are known best with fewer of many heads, like 1/sqrt(H). At the sizes that no
 * power is fitted to a quarter of the networks shows the way there.
 */
function gridOf({ network }: System, { widths, heads, headNetworks, blockWidths, blockHeads, blockNetworks }: WidthParameters): GridDesign {
  const [first, second, most] = network === "block" ? [blockWidths, blockHeads, blockNetworks] : [widths, heads, headNetworks];
  const [wide, many] = [leastOf(first), leastOf(second)];
  const at = (N: number, H: number): number => (N < wide || H < many ? most / 4 : most * Math.sqrt(many / H));
  return { axes: ["N", "H"], sizes: [first, second], replicas: second.map((H) => first.map((N) => Math.max(FEWEST, Math.round(at(N, H))))), block: 100 };
}

function lineOf({ network }: System, { lineWidth, lineHeads, lineNetworks, lineBlocks }: WidthParameters): Design {
  return { axis: "H", sizes: lineHeads, fixed: { N: lineWidth }, replicas: network === "block" ? lineBlocks : lineNetworks, block: 50 };
}

export function planWidths({ parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const settings = parameters as WidthParameters;
  return systems.flatMap((system) => {
    const pair = pairOf(system, backend);
    const own = parametersOf(system, settings);
    return [...planGrid(pair, own, gridOf(system, settings), seed), ...planSimulation(pair, own, lineOf(system, settings), seed)];
  });
}

export async function runSystem(system: System, { parameters, seed, runCells, backend }: StudyRequest, context: Context): Promise<WidthCase> {
  const settings = parameters as WidthParameters;
  const grid = gridOf(system, settings);
  const lines = linesOf(grid);
  const contexts = shareProgress(context, [...lines.map(() => 1), lines.length / 2]);
  const options = { seed, level: LEVEL, confidence: CONFIDENCE, resamples: RESAMPLES, reasons: [finiteSize], tolerance: { absolute: settings.tolerance, spread: settings.spreadTolerance } };
  const observables = system.network === "block" ? [OUTPUT, KERNEL] : [OUTPUT];

  const own = parametersOf(system, settings);
  const whole = pairOf(system, backend);
  const instance = whole.at(own);
  const limitPair = withTheories(whole, instance, ["limit"]);
  const points: GridPointEnsemble[] = [];
  let widest: readonly Ensemble[] = [];
  for (const [j, design] of lines.entries()) {
    widest = await simulate(limitPair, own, design, { seed, runCells, context: contexts[j]! });
    for (const ensemble of widest) points.push({ at: [ensemble.n, grid.sizes[1][j]!], ensemble });
  }
  const comparison = await compareEnsembles(limitPair, own, lines.at(-1)!, widest, { ...options, tolerance: { absolute: settings.tolerance }, observables: [OUTPUT] }, contexts[lines.length - 1]);
  const limits = await predictionsOf(instance, "limit", { N: 1, H: 1 });
  const laws = observables.map((observable) => lawsOf({ observable, points, predicted: limits.find((one) => one.observable === observable)!, tolerance: settings.tolerance, seed: `${seed} ${system.id}` }));

  const linePair = withTheories(whole, instance, ["many-heads", "corrected"]);
  const design = lineOf(system, settings);
  const ensembles = await simulate(linePair, own, design, { seed, runCells, context: contexts.at(-1)! });
  const line = await compareEnsembles(linePair, own, design, ensembles, { ...options, observables: [OUTPUT] }, contexts.at(-1));
  const statement = (theory: string, quantity: string): Statement | undefined => line.statements.find((one) => one.theory.id === theory && one.quantity === quantity);
  return {
    ...system,
    comparison,
    mean: comparison.statements.find(({ theory, quantity }) => theory.id === "limit" && quantity === "mean")!,
    laws,
    line,
    manyHeads: statement("many-heads", "mean")!,
    corrected: statement("corrected", "mean"),
    spread: statement("corrected", "spread"),
    limit: limits.find(({ observable }) => observable === OUTPUT)!,
    noise: system.network === "block" ? undefined : headNoise(system, settings, limits, await predictionsOf(instance, "corrected", { N: settings.lineWidth, H: 1 })),
    times: line.observables.find(({ id }) => id === OUTPUT)!.grid!.values,
    tally: addTallies([{ title: "grid", tally: tallyOf(points) }, { title: "line", tally: line.tally }]),
  };
}

function tallyOf(points: readonly GridPointEnsemble[]): OutcomeTally {
  const sum = (of: (ensemble: Ensemble) => number): number => points.reduce((total, { ensemble }) => total + of(ensemble), 0);
  return {
    completed: sum(({ completed }) => completed),
    diverged: sum(({ diverged }) => diverged),
    censored: 0,
    notes: points.flatMap(({ at: [N, H], ensemble }) => ensemble.notes.map((note) => ({ ...note, where: `N = ${N}, H = ${H}` }))),
  };
}

/** A pair asked at one set of parameters, with some of its theories: what they have worked out is kept, and the others are not worked out. */
function withTheories(pair: Pair, instance: PairInstance, ids: readonly string[]): Pair {
  const own = { ...instance, theories: instance.theories.filter(({ id }) => ids.includes(id)) };
  return { ...pair, at: () => own };
}

function predictionsOf({ theories }: PairInstance, id: string, size: Size): Promise<readonly Prediction[]> {
  return theories.find((theory) => theory.id === id)!.predict(size, {});
}
