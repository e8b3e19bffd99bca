/** @file Growth rates measured in simulations: how much the power in each degree grew in a short time. */
import type { Context, Parameters } from "@mesoscope/contracts";
import { divergedCaveat, meanEquivalence, meanEstimate, planControls, planSimulation, runControls, simulate, summarise, type Cell, type Control, type ControlDesign, type Design, type Ensemble, type Equivalence, type Estimate } from "@mesoscope/finite-size";
import { dominantDegree, growthRate, growthSlowdown, tokenGrowthPair, type LinearModel } from "@mesoscope/mean-field-pde";
import { key, log } from "@mesoscope/numerics";
import { distinctCells } from "../findings/distinct-cells.js";
import { flowInWords } from "../findings/flows.js";
import { shareProgress } from "../findings/progress.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import type { GrowthParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const RESAMPLES = 999;
const REPLICAS_PER_CELL = 16;

/** One measured rate with the two theories beside it. */
export interface MeasuredRate {
  readonly model: LinearModel;
  readonly k: number;
  readonly n: number;
  readonly replicas: number;
  readonly rate: Estimate;
  readonly limit: number;
  /** The rate slowed to first order in 1/n. */
  readonly corrected: number;
  /** Largest rate of the model: the scale on which a deviation matters. */
  readonly fastest: number;
  /** What forbids "holds" although the numbers would allow it. */
  readonly caveat: string | undefined;
  readonly tests: { readonly limit: Equivalence; readonly corrected: Equivalence };
}

/** Everything measured of one flow in one dimension, and how the replicas ended. */
export interface MeasuredModel {
  readonly rates: readonly MeasuredRate[];
  readonly ensembles: readonly Ensemble[];
  readonly title: string;
  readonly controls: readonly Control[];
}

/** The cells of one model. */
export function planRates(model: LinearModel, { parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const settings = parameters as GrowthParameters;
  const pair = tokenGrowthPair({ backend });
  const own = growthParameters(model, settings);
  const controls = controlsOf(model, settings);
  return distinctCells([...planSimulation(pair, own, designOf(model, settings), seed), ...(controls === undefined ? [] : planControls(pair, own, controls, seed))]);
}

/** The controls of a model, at its smallest size. */
function controlsOf(model: LinearModel, settings: GrowthParameters): ControlDesign | undefined {
  const { axis, sizes, replicas, block } = designOf(model, settings);
  const tried = Math.min(settings.controls, replicas as number);
  return tried < 2 ? undefined : { axis, n: sizes[0]!, replicas: tried, block };
}

function growthParameters({ flow, beta, d }: LinearModel, { degrees, growth }: GrowthParameters): Parameters {
  return { flow, beta, d, degrees, growth, times: 1 };
}

function designOf({ d }: LinearModel, { sizes, replicas, circleReplicas }: GrowthParameters): Design {
  return { axis: "n", sizes, replicas: d === 2 ? circleReplicas : replicas, block: REPLICAS_PER_CELL };
}

/** Simulates one model over all sizes and measures the rates of its degrees. */
export async function measureRates(model: LinearModel, request: StudyRequest, context: Context): Promise<MeasuredModel> {
  const settings = request.parameters as GrowthParameters;
  const pair = tokenGrowthPair({ backend: request.backend });
  const design = designOf(model, settings);
  const parameters = growthParameters(model, settings);
  const times = pair.at(parameters).observables[0]!.grid!.values;
  const [forControls, forSizes] = shareProgress(context, [1, 9]);
  const { seed, runCells } = request;
  const tried = controlsOf(model, settings);
  const controls = tried === undefined ? [] : await runControls(pair, parameters, tried, { seed, runCells, tolerance: { relative: settings.tolerance }, level: LEVEL, context: forControls! });
  const ensembles = await simulate(pair, parameters, design, { seed, runCells, context: forSizes! });
  const rates = ensembles.flatMap((ensemble) =>
    Array.from({ length: settings.degrees }, (_, i) => rateOf({ model, k: i + 1, ensemble, time: times[1]! }, request)),
  );
  return { rates, ensembles, controls, title: `${flowInWords(model.flow)}, d = ${model.d}, β = ${model.beta}` };
}

interface Measurement {
  readonly model: LinearModel;
  readonly k: number;
  readonly ensemble: Ensemble;
  /** Depth between the two looks at the power. */
  readonly time: number;
}

/**
 * ln(mean power after / mean power before) / 2t. Its error is that of a ratio of means: each replica contributes its residual
 * (after - ratio before) / (mean before), so that the chance in the start, common to both looks, cancels.
 */
function rateOf({ model, k, ensemble, time }: Measurement, { seed, parameters }: StudyRequest): MeasuredRate {
  const { tolerance } = parameters as GrowthParameters;
  const power = ensemble.values(`power-${k}`);
  const count = ensemble.completed;
  let before = 0;
  let after = 0;
  for (let r = 0; r < count; r++) {
    before += power[2 * r]! / count;
    after += power[2 * r + 1]! / count;
  }
  const ratio = after / before;
  const samples = Float64Array.from({ length: count }, (_, r) => (log(ratio) + (power[2 * r + 1]! - ratio * power[2 * r]!) / (before * ratio)) / (2 * time));
  const limit = growthRate(k, model);
  const corrected = limit * growthSlowdown(k, model, ensemble.n);
  const fastest = growthRate(dominantDegree(model.beta, model.d).k, model);
  // Resampled once: the estimate and both tests look at the same resamples.
  const summary = summarise(samples, 1, { resamples: RESAMPLES, stream: key(seed).fold("growth-rates", model.flow, model.d, model.beta, k, ensemble.n).stream() });
  const test = (predicted: number): Equivalence => meanEquivalence(summary, 0, predicted, { tolerance: { absolute: tolerance * fastest }, level: LEVEL });
  return {
    model,
    k,
    n: ensemble.n,
    replicas: count,
    rate: meanEstimate(summary, CONFIDENCE),
    limit,
    corrected,
    fastest,
    caveat: divergedCaveat(ensemble),
    tests: { limit: test(limit), corrected: test(corrected) },
  };
}
