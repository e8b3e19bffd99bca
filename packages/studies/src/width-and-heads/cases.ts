/** @file Two networks at two powers of N in the logits: over a grid of widths and numbers of heads, and along heads at one width. */
import type { Context, OutcomeTally, Pair, Parameters, Prediction } from "@mesoscope/contracts";
import { headReadoutPair, oneBlockPair } from "@mesoscope/dmft/transformer";
import { compareEnsembles, linesOf, planGrid, planSimulation, simulate, type Cell, type Comparison, type Design, type Ensemble, type GridDesign, type Statement } from "@mesoscope/finite-size";
import type { Backend } from "@mesoscope/kernels";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { lawsOf, type GridPointEnsemble, type SizeLaws } from "./laws.js";
import { CONFIDENCE, LEVEL, RESAMPLES, type WidthParameters } from "./settings.js";

/** What is judged: the output on the first input, whose target is 1. */
export const OUTPUT = "output-1";
/** The kernel of the pooled values on it. */
export const KERNEL = "values-1";

/** Networks at a pair of sizes, at least. */
const FEWEST = 32;

/** A network at one power of N in its logits. */
export interface System {
  readonly id: string;
  readonly title: string;
  /** After "for": "heads that are read out directly at α_A = 1". */
  readonly name: string;
  readonly network: "heads" | "block";
  readonly alphaA: 0.5 | 1;
}

export const systems: readonly System[] = (["heads", "block"] as const).flatMap((network) =>
  ([1, 0.5] as const).map((alphaA): System => {
    const power = alphaA === 1 ? "α_A = 1" : "α_A = 1/2";
    const name = network === "heads" ? "heads read out directly" : "one block with output projection";
    return { id: `${network}-${alphaA === 1 ? "one" : "half"}`, title: `${name}, ${power}`, name: `${name} at ${power}`, network, alphaA };
  }),
);

/** Powers of N and H that the leading order predicts of a variance, [eq:size-orders]. */
export function predictedPowers({ alphaA }: System): readonly [number, number] {
  return [2 * alphaA - 1, 1];
}

export interface WidthCase extends System {
  /** Along N at the largest number of heads, last step, against both sizes infinite. */
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
  readonly times: readonly number[];
  readonly tally: OutcomeTally;
}

function pairOf({ network }: System, backend: Backend): Pair {
  return network === "heads" ? headReadoutPair({ backend }) : oneBlockPair({ backend });
}

function parametersOf({ alphaA }: System, { steps, eta0, drawnHeads }: WidthParameters, every: number): Parameters {
  return { task: "two-inputs", alphaA, eta0, steps, every, drawnHeads };
}

/** The spread falls with H: as many heads at every point give every mean the same error. */
function gridOf({ network }: System, { widths, heads, headRuns, blockWidths, blockHeads, blockRuns }: WidthParameters): GridDesign {
  const [first, second, runs] = network === "block" ? [blockWidths, blockHeads, blockRuns] : [widths, heads, headRuns];
  return { axes: ["N", "H"], sizes: [first, second], replicas: second.map((H) => first.map(() => Math.max(FEWEST, Math.round(runs / H)))), block: 100 };
}

function lineOf({ lineWidth, lineHeads, lineNetworks }: WidthParameters): Design {
  return { axis: "H", sizes: lineHeads, fixed: { N: lineWidth }, replicas: lineNetworks, block: 50 };
}

export function planWidths({ parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const settings = parameters as WidthParameters;
  return systems.flatMap((system) => {
    const pair = pairOf(system, backend);
    return [...planGrid(pair, parametersOf(system, settings, settings.steps), gridOf(system, settings), seed), ...planSimulation(pair, parametersOf(system, settings, 1), lineOf(settings), seed)];
  });
}

export async function runSystem(system: System, { parameters, seed, runCells, backend }: StudyRequest, context: Context): Promise<WidthCase> {
  const settings = parameters as WidthParameters;
  const grid = gridOf(system, settings);
  const lines = linesOf(grid);
  const contexts = shareProgress(context, [...lines.map(() => 1), lines.length / 2]);
  const options = { seed, level: LEVEL, confidence: CONFIDENCE, resamples: RESAMPLES, tolerance: { absolute: settings.tolerance, spread: settings.spreadTolerance } };
  const observables = system.network === "block" ? [OUTPUT, KERNEL] : [OUTPUT];

  const atEnd = parametersOf(system, settings, settings.steps);
  const limitPair = withTheories(pairOf(system, backend), atEnd, ["limit"]);
  const points: GridPointEnsemble[] = [];
  const sampled: Ensemble[][] = [];
  for (const [j, design] of lines.entries()) {
    const ensembles = await simulate(limitPair, atEnd, design, { seed, runCells, context: contexts[j]! });
    sampled.push([...ensembles]);
    for (const ensemble of ensembles) points.push({ at: [ensemble.n, grid.sizes[1][j]!], ensemble });
  }
  const comparison = await compareEnsembles(limitPair, atEnd, lines.at(-1)!, sampled.at(-1)!, { ...options, tolerance: { absolute: settings.tolerance }, observables: [OUTPUT] }, contexts[lines.length - 1]!);
  const limits = await limitPair.at(atEnd).theories[0]!.predict({ N: grid.sizes[0].at(-1)!, H: grid.sizes[1].at(-1)! }, {});
  const laws = observables.map((observable) => lawsOf({ observable, points, predicted: limits.find((one) => one.observable === observable)!, tolerance: settings.tolerance, seed: `${seed} ${system.id}` }));

  const along = parametersOf(system, settings, 1);
  const linePair = withTheories(pairOf(system, backend), along, ["many-heads", "corrected"]);
  const design = lineOf(settings);
  const ensembles = await simulate(linePair, along, design, { seed, runCells, context: contexts.at(-1)! });
  const line = await compareEnsembles(linePair, along, design, ensembles, { ...options, observables: [OUTPUT] }, contexts.at(-1)!);
  const statement = (theory: string, quantity: string): Statement | undefined => line.statements.find((one) => one.theory.id === theory && one.quantity === quantity);
  const limit = (await pairOf(system, backend).at(along).theories[0]!.predict({ N: 1, H: 1 }, {})).find(({ observable }) => observable === OUTPUT)!;
  return {
    ...system,
    comparison,
    mean: comparison.statements.find(({ theory, quantity }) => theory.id === "limit" && quantity === "mean")!,
    laws,
    line,
    manyHeads: statement("many-heads", "mean")!,
    corrected: statement("corrected", "mean"),
    spread: statement("corrected", "spread"),
    limit,
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
function withTheories(pair: Pair, parameters: Parameters, ids: readonly string[]): Pair {
  const instance = pair.at(parameters);
  const own = { ...instance, theories: instance.theories.filter(({ id }) => ids.includes(id)) };
  return { ...pair, at: () => own };
}
