/** @file Kernels of untrained networks at one power of N in the logits: along widths, along numbers of heads, and of one block that is solved exactly. */
import type { Context, OutcomeTally, Pair, Parameters } from "@mesoscope/contracts";
import { attentionKernelsPair } from "@mesoscope/dmft/transformer";
import { compareEnsembles, planSimulation, simulate, type Cell, type Comparison, type Design, type Statement } from "@mesoscope/finite-size";
import { distinctCells } from "../findings/distinct-cells.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { askedTheories } from "../multi-head/asked-theories.js";
import { logitPowers, type LogitPower } from "../multi-head/powers-of-n.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { planDepths, runDepths, type DepthCase } from "./depths.js";
import { planNetworks, runNetworks, type NetworkCheck } from "./networks.js";
import type { KernelStudyParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
export const RESAMPLES = 399;
/** What is judged: two entries of the kernel after the last block. */
export const ENTRIES = ["square", "overlap"] as const;

/** Networks of many heads vary less and cost more; a spread within 10 % needs so many, one within 5 % a tenth of a hundred thousand. */
const FEWEST = 2500;
const FEWEST_SHARE = 10;

/** One sweep: sizes along one axis, at parameters and against theories of its own. */
interface Sweep {
  readonly parameters: Parameters;
  readonly design: Design;
  readonly theories: readonly string[];
  readonly tolerance: number;
}

export interface KernelCase extends LogitPower {
  /** Along N at a fixed number of heads, along H at a fixed width, and of one block on a given kernel along N. */
  readonly alongWidth: Comparison;
  readonly alongHeads: Comparison;
  readonly oneBlock: Comparison;
  readonly depths: readonly DepthCase[];
  readonly networks: NetworkCheck;
  readonly tally: OutcomeTally;
}

/** The statement about one observable. */
export function statementOf({ statements }: Comparison, theory: string, observable: string, quantity: "mean" | "spread"): Statement {
  return statements.find((one) => one.theory.id === theory && one.observable === observable && one.quantity === quantity)!;
}

export function modelParameters({ alphaA }: LogitPower, { inputs, L, alphaL, points }: KernelStudyParameters): Parameters {
  return { inputs, alphaA, L, alphaL, points };
}

function sweepsOf(power: LogitPower, settings: KernelStudyParameters): Readonly<Record<"alongWidth" | "alongHeads" | "oneBlock", Sweep>> {
  const { widths, heads, headNumbers, width, exactWidths, exactHeads, replicas, tolerance, exactTolerance } = settings;
  const own = modelParameters(power, settings);
  return {
    alongWidth: { parameters: own, design: { axis: "N", sizes: widths, fixed: { H: heads }, replicas, block: 2000 }, theories: ["limit", "corrected"], tolerance },
    alongHeads: { parameters: own, design: { axis: "H", sizes: headNumbers, fixed: { N: width }, replicas: headNumbers.map((H) => Math.min(replicas, Math.max(FEWEST, Math.round(replicas / Math.min(H, FEWEST_SHARE))))), block: 2000 }, theories: ["many-heads", "corrected"], tolerance },
    oneBlock: { parameters: { ...own, L: 1, embedding: "fixed" }, design: { axis: "N", sizes: exactWidths, fixed: { H: exactHeads }, replicas, block: 2000 }, theories: ["exact"], tolerance: exactTolerance },
  };
}

export function planKernels({ parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const settings = parameters as KernelStudyParameters;
  const pair = attentionKernelsPair({ backend });
  return distinctCells(logitPowers.flatMap((power) => [
    ...Object.values(sweepsOf(power, settings)).flatMap(({ parameters: own, design }) => planSimulation(pair, own, design, seed)),
    ...planDepths(pair, power, settings, seed),
    ...planNetworks(pair, power, settings, seed),
  ]));
}

export async function runPower(power: LogitPower, request: StudyRequest, context: Context): Promise<KernelCase> {
  const settings = request.parameters as KernelStudyParameters;
  const pair = attentionKernelsPair({ backend: request.backend });
  const { alongWidth, alongHeads, oneBlock } = sweepsOf(power, settings);
  const contexts = shareProgress(context, [alongWidth, alongHeads, oneBlock].map(({ design }) => design.sizes.length).concat([6, 2]));
  const compared = async (sweep: Sweep, at: number): Promise<Comparison> => comparisonOf(pair, sweep, request, contexts[at]!);
  const sweeps = { alongWidth: await compared(alongWidth, 0), alongHeads: await compared(alongHeads, 1), oneBlock: await compared(oneBlock, 2) };
  const depths = await runDepths(pair, power, request, contexts[3]!);
  const networks = await runNetworks(pair, power, request, contexts[4]!);
  return {
    ...power,
    ...sweeps,
    depths,
    networks,
    tally: addTallies([
      { title: "along N", tally: sweeps.alongWidth.tally },
      { title: "along H", tally: sweeps.alongHeads.tally },
      { title: "one block", tally: sweeps.oneBlock.tally },
      ...depths.map(({ name, ended }) => ({ title: `depth, ${name}`, tally: ended.tally })),
      { title: "all weights", tally: networks.ended.tally },
    ]),
  };
}

async function comparisonOf(whole: Pair, { parameters, design, theories, tolerance }: Sweep, { seed, runCells, parameters: given }: StudyRequest, context: Context): Promise<Comparison> {
  const { spreadTolerance } = given as KernelStudyParameters;
  const pair = askedTheories(whole, parameters, theories);
  const ensembles = await simulate(pair, parameters, design, { seed, runCells, context });
  return compareEnsembles(pair, parameters, design, ensembles, { seed, level: LEVEL, confidence: CONFIDENCE, resamples: RESAMPLES, tolerance: { absolute: tolerance, spread: spreadTolerance }, observables: [...ENTRIES] }, context);
}

