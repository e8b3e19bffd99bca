/** @file Networks of several depths at one N and H, beside the limit at their depth and that of infinite depth. */
import type { Context, Pair, Parameters, Prediction } from "@mesoscope/contracts";
import { depthApproach, inputKernel, kernelInputs, type KernelInputsName, type NumericalError } from "@mesoscope/dmft/transformer";
import { estimateMean, estimateSpread, planSimulation, simulate, type Cell, type Design, type Ensemble, type Estimate } from "@mesoscope/finite-size";
import { key, log } from "@mesoscope/numerics";
import { shareProgress } from "../findings/progress.js";
import { askedTheories } from "../multi-head/asked-theories.js";
import type { LogitPower } from "../multi-head/powers-of-n.js";
import { endedOf, type Ended } from "../multi-head/tally-of-ensembles.js";
import type { StudyRequest } from "../study.js";
import type { KernelStudyParameters } from "./settings.js";

const CONFIDENCE = 0.95;
const RESAMPLES = 399;
/** Of the approach to infinite depth: what an entry of a kernel may be off by quadrature and by the steps in depth time. */
export const PRECISION = { tolerance: 1e-6, seed: "depth" } as const;

export interface DepthPoint {
  readonly L: number;
  readonly replicas: number;
  readonly square: { readonly mean: Estimate; readonly spread: Estimate };
  readonly cosine: { readonly mean: Estimate };
  /** Of infinitely wide networks, and with first orders in the sizes. */
  readonly limit: { readonly square: number; readonly cosine: number };
  readonly corrected: { readonly square: number; readonly cosine: number; readonly spread: number };
  /** L max |H^L - H^inf| of infinitely wide networks. */
  readonly approach: number;
}

export interface DepthCase extends LogitPower {
  readonly alphaL: 0.5 | 1;
  readonly name: string;
  readonly points: readonly DepthPoint[];
  /** Cosine of the first two tokens at infinite depth. */
  readonly deepCosine: number;
  readonly ended: Ended;
  /** Power of 1/L with which the kernel comes to its limit between the last two depths, with what the errors of the solver leave open. */
  readonly power: { readonly value: number; readonly error: number };
}

const alphaLs = [1, 0.5] as const;

function parametersOf({ alphaA }: LogitPower, alphaL: number, L: number, { inputs, points }: KernelStudyParameters): Parameters {
  return { inputs, alphaA, alphaL, L, points };
}

function designOf({ depthWidth, heads, depthReplicas }: KernelStudyParameters): Design {
  return { axis: "N", sizes: [depthWidth], fixed: { H: heads }, replicas: depthReplicas, block: 1000 };
}

export function planDepths(pair: Pair, power: LogitPower, settings: KernelStudyParameters, seed: string): readonly Cell[] {
  return alphaLs.flatMap((alphaL) => settings.depths.flatMap((L) => planSimulation(pair, parametersOf(power, alphaL, L, settings), designOf(settings), seed)));
}

export async function runDepths(pair: Pair, power: LogitPower, request: StudyRequest, context: Context): Promise<readonly DepthCase[]> {
  const cases: DepthCase[] = [];
  const contexts = shareProgress(context, alphaLs.map(() => 1));
  for (const [i, alphaL] of alphaLs.entries()) cases.push(await runDepth(pair, power, alphaL, request, contexts[i]!));
  return cases;
}

async function runDepth(whole: Pair, power: LogitPower, alphaL: 0.5 | 1, { parameters, seed, runCells }: StudyRequest, context: Context): Promise<DepthCase> {
  const settings = parameters as KernelStudyParameters;
  const { depths, depthWidth, heads, inputs, points: budget } = settings;
  const named = kernelInputs[inputs as KernelInputsName];
  const start = inputKernel({ ...named, x: Float64Array.from(named.x) });
  const approach = depthApproach(start, { alphaL, beta0: 1, head: { alphaA: power.alphaA, N: "infinite" } }, depths, { ...PRECISION, budget });
  const points: DepthPoint[] = [];
  const ensembles: Ensemble[] = [];
  const contexts = shareProgress(context, depths.map((L) => L));
  for (const [i, L] of depths.entries()) {
    const own = parametersOf(power, alphaL, L, settings);
    const pair = askedTheories(whole, own, ["limit", "corrected"]);
    const [ensemble] = await simulate(pair, own, designOf(settings), { seed, runCells, context: contexts[i]! });
    ensembles.push(ensemble!);
    const [limit, corrected] = await Promise.all(pair.at(own).theories.map(async (theory) => theory.predict({ N: depthWidth, H: heads }, {}))) as [readonly Prediction[], readonly Prediction[]];
    const options = { confidence: CONFIDENCE, resamples: RESAMPLES };
    const stream = (name: string): ReturnType<ReturnType<typeof key>["stream"]> => key(seed).fold("attention-kernels", name, power.id, 2 * alphaL, L).stream();
    const [square, cosine] = [ensemble!.values("square"), ensemble!.values("cosine")];
    points.push({
      L,
      replicas: ensemble!.completed,
      square: { mean: estimateMean(square, { ...options, stream: stream("square") }), spread: estimateSpread(square, { ...options, stream: stream("spread") }) },
      cosine: { mean: estimateMean(cosine, { ...options, stream: stream("cosine") }) },
      limit: { square: valueOf(limit, "square"), cosine: valueOf(limit, "cosine") },
      corrected: { square: valueOf(corrected, "square"), cosine: valueOf(corrected, "cosine"), spread: corrected.find(({ observable }) => observable === "square")!.spread![0]! },
      approach: approach.scaledDeviations[i]!,
    });
  }
  const [before, last] = points.slice(-2) as [DepthPoint, DepthPoint];
  const [q, p, , r] = pickedEntries(approach.limit, start.inputs * start.tokens);
  return { ...power, alphaL, name: `${power.title}, α_L = ${alphaL === 1 ? "1" : "1/2"}`, points, ended: endedOf(ensembles), deepCosine: p / Math.sqrt(q * r), power: powerBetween(before, last, approach) };
}

/** Nothing is drawn here: H^L and H^inf of infinitely wide networks are computed, each to the error that the solver tells, or its tolerance where that is more. */
function powerBetween(before: DepthPoint, last: DepthPoint, { error }: NumericalError): DepthCase["power"] {
  const ratio = log(last.L / before.L);
  const entry = 2 * Math.max(error, PRECISION.tolerance);
  return {
    value: 1 - log(last.approach / before.approach) / ratio,
    error: (entry * (last.L / last.approach + before.L / before.approach)) / ratio,
  };
}

function pickedEntries(kernel: Float64Array, n: number): readonly [number, number, number, number] {
  return [kernel[0]!, kernel[1]!, kernel[n]!, kernel[n + 1]!];
}

function valueOf(predictions: readonly Prediction[], observable: string): number {
  return predictions.find((one) => one.observable === observable)!.value[0]!;
}
