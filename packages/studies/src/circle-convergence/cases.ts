import type { Context, Parameters } from "@mesoscope/contracts";
import { compareEnsembles, divergedCaveat, deviationNorm, fitExponent, planControls, planSimulation, runControls, simulate, type Cell, type Comparison, type ControlDesign, type Design, type DeviationNorm, type Exponent } from "@mesoscope/finite-size";
import { circleFieldPair } from "@mesoscope/mean-field-pde";
import { DomainError, key } from "@mesoscope/numerics";
import { distinctCells } from "../findings/distinct-cells.js";
import { flowInWords } from "../findings/flows.js";
import { shareProgress } from "../findings/progress.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import type { ConvergenceParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const RESAMPLES = 1999;
/** The comparison angle by angle is for the figure of the field; the exponent has its own resamples. */
const FIGURE_RESAMPLES = 399;
/** Deviation of the field at one angle that does not matter; the field is of order one. */
export const ANGLE_TOLERANCE = 0.01;
const REPLICAS_PER_CELL = 256;

export interface ConvergenceCase {
  readonly title: string;
  readonly flow: "SA" | "USA";
  readonly comparison: Comparison;
  /** Rms deviation of the field from the mean-field solution, one for each size. */
  readonly norms: readonly DeviationNorm[];
  /** Power p of the rms, from a fit of the mean square by (a / n^{2p})(1 + b / n). */
  readonly exponent: Exponent;
  /** What forbids "holds" although the numbers would allow it. */
  readonly caveat: string | undefined;
}

/** The cells of one flow. */
export function planConvergence(flow: ConvergenceCase["flow"], { parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const settings = parameters as ConvergenceParameters;
  const pair = circleFieldPair({ backend });
  const own = fieldParameters(flow, settings);
  const controls = controlsOf(settings);
  return distinctCells([...planSimulation(pair, own, designOf(settings), seed), ...(controls === undefined ? [] : planControls(pair, own, controls, seed))]);
}

/** The controls, at the smallest size. */
function controlsOf({ sizes, replicas, controls }: ConvergenceParameters): ControlDesign | undefined {
  const tried = Math.min(controls, replicas[0]!);
  return tried < 2 ? undefined : { axis: "n", n: sizes[0]!, replicas: tried, block: REPLICAS_PER_CELL };
}

function fieldParameters(flow: ConvergenceCase["flow"], { beta, amplitude, time }: ConvergenceParameters): Parameters {
  return { flow, beta, amplitude, time };
}

function designOf({ sizes, replicas }: ConvergenceParameters): Design {
  return { axis: "n", sizes, replicas, block: REPLICAS_PER_CELL };
}

/** n tokens of one flow against the mean-field equation, at every size. */
export async function runConvergence(flow: "SA" | "USA", request: StudyRequest, context: Context): Promise<ConvergenceCase> {
  const settings = request.parameters as ConvergenceParameters;
  const { beta, time, sizes } = settings;
  const pair = circleFieldPair({ backend: request.backend });
  const parameters = fieldParameters(flow, settings);
  const [limit] = pair.at(parameters).theories;
  const applicability = limit!.applies({ n: sizes.at(-1)! });
  if (!applicability.applies) throw new DomainError({ name: "time", value: time, rule: `must leave a limit to compare with (${flow}, β = ${beta}): ${applicability.reason}`, remedy: applicability.remedy });
  const design = designOf(settings);
  const [forControls, forSizes] = shareProgress(context, [1, 9]);
  const { seed, runCells } = request;
  const judged = { seed, tolerance: { absolute: ANGLE_TOLERANCE }, level: LEVEL };
  const tried = controlsOf(settings);
  const controls = tried === undefined ? [] : await runControls(pair, parameters, tried, { ...judged, runCells, context: forControls! });
  const ensembles = await simulate(pair, parameters, design, { seed, runCells, context: forSizes! });
  const comparison = await compareEnsembles(pair, parameters, design, ensembles, { ...judged, confidence: CONFIDENCE, resamples: FIGURE_RESAMPLES, controls }, context);
  const norms = ensembles.map((ensemble, k) => {
    const predicted = comparison.statements.find(({ quantity }) => quantity === "mean")!.bySize[k]!.predicted;
    const stream = key(request.seed).fold("circle-convergence", flow, ensemble.n).stream();
    return deviationNorm(ensemble.values("field"), predicted, { resamples: RESAMPLES, stream, confidence: CONFIDENCE });
  });
  return { title: `${flowInWords(flow)}, β = ${beta}, t = ${time}`, flow, comparison, norms, exponent: exponentOf(sizes, norms), caveat: ensembles.map((ensemble) => divergedCaveat(ensemble)).find((words) => words !== undefined) };
}

/** The mean square falls with twice the power of the rms; its resamples are nearly normal, those of the rms are not. */
function exponentOf(sizes: readonly number[], norms: readonly DeviationNorm[]): Exponent {
  const squares = norms.map(({ meanSquare }) => meanSquare);
  const curve = {
    values: squares.map(({ value }) => value),
    standardErrors: squares.map(({ standardError }) => standardError),
    resampled: squares.map(({ resampled }) => resampled),
  };
  const { exponent } = fitExponent(sizes, [curve], { confidence: CONFIDENCE, corrections: true, range: [0, 4] });
  const { fit, interval } = exponent;
  return { ...exponent, fit: { ...fit, exponent: fit.exponent / 2 }, interval: [interval[0] / 2, interval[1] / 2] };
}
