/** @file Two networks at every richness: what they answer, how they leave the kernel of their start, and what their kernels become. */
import type { Context, OutcomeTally, Pair, Parameters } from "@mesoscope/contracts";
import { featureLearningPair } from "@mesoscope/dmft/transformer";
import { compareEnsembles, divergedCaveat, planSimulation, simulate, type Cell, type Comparison, type Design, type Ensemble, type Statement } from "@mesoscope/finite-size";
import type { Backend } from "@mesoscope/kernels";
import { shareProgress } from "../findings/progress.js";
import { atOnce } from "../one-bit/at-once.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { powerOfRichness, powerOfWidth, richnessPoint, type Power, type RichnessPoint } from "./orders.js";
import { CONFIDENCE, LEVEL, RESAMPLES, type LearningParameters } from "./settings.js";

export interface LearningNetwork {
  readonly id: "block" | "residual";
  readonly title: string;
  /** After "for". */
  readonly name: string;
}

export const networks: readonly LearningNetwork[] = [
  { id: "block", title: "one attention block", name: "one attention block" },
  { id: "residual", title: "residual network of two blocks", name: "the residual network" },
];

/** Networks along N at one richness, against one theory. */
export interface WidthLine {
  readonly gamma0: number;
  readonly comparison: Comparison;
  readonly statements: readonly Statement[];
}

export interface LearningCase extends LearningNetwork {
  readonly points: readonly RichnessPoint[];
  /** Powers of gamma0 at the poor line: of the even part and of the odd part. */
  readonly evenPower: Power | undefined;
  readonly oddPower: Power | undefined;
  /** Power of n with which the odd part falls at the poor line. */
  readonly oddWidthPower: Power | undefined;
  readonly oddByWidth: readonly { readonly n: number; readonly value: number; readonly lower: number; readonly upper: number }[];
  /** Against the kernel regime at little richness; against wide heads at much, where that is solved. */
  readonly poor: WidthLine;
  readonly rich: WidthLine | undefined;
  readonly times: readonly number[];
  readonly caveat: string | undefined;
  readonly tally: OutcomeTally;
}

/** What is judged along widths. */
const WATCHED = { lazy: ["even-power", "odd-power", "hidden", "alignment", "feature-alignment"], limit: ["hidden", "feature-alignment"] } as const;

function parametersOf({ id }: LearningNetwork, settings: LearningParameters, gamma0: number): Parameters {
  const { steps, eta0, residualEta0 } = settings;
  return { network: id, gamma0, eta0: id === "block" ? eta0 : residualEta0, steps, every: Math.max(1, Math.floor(steps / 16)), half: gamma0 === lineRichness(settings)[0] };
}

const MOST = 3;

/** The second smallest, and the second largest richness: where widths are compared, at the latter those of the block, whose limit is solved. */
export function lineRichness({ gammas }: LearningParameters): readonly [number, number] {
  return [gammas[1]!, gammas.at(-2)!];
}

function designOf({ id }: LearningNetwork, settings: LearningParameters, gamma0: number): Design {
  const { width, widths, heads, replicas } = settings;
  const [poor, rich] = lineRichness(settings);
  const sizes = gamma0 === poor || (gamma0 === rich && id === "block") ? [...new Set([...widths, width])].sort((a, b) => a - b) : [width];
  // The odd part of narrow networks varies most, and costs least.
  return { axis: "N", sizes, fixed: { H: heads }, replicas: gamma0 === poor ? sizes.map((_, k) => replicas * Math.min(MOST, sizes.length - k)) : replicas, block: 8 };
}

function pairAt(network: LearningNetwork, settings: LearningParameters, gamma0: number, backend: Backend): Pair {
  return atOnce(featureLearningPair({ backend }), parametersOf(network, settings, gamma0));
}

export function planLearning({ parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const settings = parameters as LearningParameters;
  const pair = featureLearningPair({ backend });
  return networks.flatMap((network) => settings.gammas.flatMap((gamma0) => planSimulation(pair, parametersOf(network, settings, gamma0), designOf(network, settings, gamma0), seed)));
}

export async function runNetwork(network: LearningNetwork, request: StudyRequest, context: Context): Promise<LearningCase> {
  const settings = request.parameters as LearningParameters;
  const { seed, runCells, backend } = request;
  const { gammas, width } = settings;
  const contexts = shareProgress(context, gammas.map((gamma0) => designOf(network, settings, gamma0).sizes.length));
  const sampled: { readonly gamma0: number; readonly pair: Pair; readonly ensembles: readonly Ensemble[] }[] = [];
  const points: RichnessPoint[] = [];
  for (const [i, gamma0] of gammas.entries()) {
    const pair = pairAt(network, settings, gamma0, backend);
    const ensembles = await simulate(pair, parametersOf(network, settings, gamma0), designOf(network, settings, gamma0), { seed, runCells, context: contexts[i]! });
    sampled.push({ gamma0, pair, ensembles });
    points.push(await richnessPoint({ network: network.id, gamma0, pair, ensemble: ensembles.find(({ n }) => n === width)!, tests: gammas.length, settings, seed }));
  }
  const at = (gamma0: number): (typeof sampled)[number] => sampled.find((one) => one.gamma0 === gamma0)!;
  const line = async (gamma0: number, theory: "lazy" | "limit"): Promise<WidthLine> => {
    const { pair, ensembles } = at(gamma0);
    const own = parametersOf(network, settings, gamma0);
    const instance = pair.at(own);
    const judged: Pair = { ...pair, at: () => ({ ...instance, theories: instance.theories.filter(({ id }) => id === theory) }) };
    const comparison = await compareEnsembles(judged, own, designOf(network, settings, gamma0), ensembles, { seed, level: LEVEL, confidence: CONFIDENCE, resamples: RESAMPLES, tolerance: { absolute: settings.tolerance }, observables: WATCHED[theory] }, {});
    return { gamma0, comparison, statements: comparison.statements.filter(({ quantity }) => quantity === "mean") };
  };
  const [poorest, richest] = lineRichness(settings);
  const narrow = at(poorest).ensembles.find(({ n }) => n === width)!;
  const all = sampled.flatMap(({ ensembles }) => ensembles);
  const { power: oddWidthPower, points: oddByWidth } = powerOfWidth(at(poorest).ensembles, settings, `${seed} ${network.id}`);
  return {
    ...network,
    points,
    evenPower: powerOfRichness(narrow, "even", `${seed} ${network.id}`),
    oddPower: powerOfRichness(narrow, "odd", `${seed} ${network.id}`),
    oddWidthPower,
    oddByWidth,
    poor: await line(poorest, "lazy"),
    rich: network.id === "block" ? await line(richest, "limit") : undefined,
    times: at(poorest).pair.at({}).observables.find(({ id }) => id === "loss")!.grid!.values,
    caveat: divergedCaveat({ completed: sum(all, "completed"), diverged: sum(all, "diverged") }),
    tally: {
      completed: sum(all, "completed"),
      diverged: sum(all, "diverged"),
      censored: 0,
      notes: sampled.flatMap(({ gamma0, ensembles }) => ensembles.flatMap(({ n, notes }) => notes.map((note) => ({ ...note, where: `γ₀ = ${gamma0}, N = ${n}` })))),
    },
  };
}

function sum(ensembles: readonly Ensemble[], name: "completed" | "diverged"): number {
  return ensembles.reduce((total, ensemble) => total + ensemble[name], 0);
}
