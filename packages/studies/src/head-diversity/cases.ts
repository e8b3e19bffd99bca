/** @file One power of N in the logits: one logit of one head as a law, and how much the heads of a network differ, before and after training. */
import type { Context, Pair, PairInstance, Parameters } from "@mesoscope/contracts";
import { headLogitsPair } from "@mesoscope/dmft/transformer";
import { compareEnsembles, cumulants, fitExponent, planSimulation, simulate, summarise, type Cell, type Comparison, type Cumulants, type Design, type Ensemble, type Exponent, type Statement } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { logitPowers, type LogitPower } from "../multi-head/powers-of-n.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import { planExplicit, runExplicit, type ExplicitCheck } from "./explicit.js";
import type { DiversityParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const RESAMPLES = 299;

/** Before training, and after it. */
export interface Moment {
  readonly id: "start" | "end";
  readonly name: string;
  /** Exact before training, infinitely many heads of this width after it. */
  readonly theory: "exact" | "many-heads";
  readonly law: Statement;
  readonly variance: Statement;
  /** Law of wide heads, normal: what does not hold for narrow ones. */
  readonly wide: Statement;
  /** Power of 1/N in the variance over heads, of the wider half of the widths, from `from` on: after training narrow heads do not have the leading order alone. */
  readonly power: Exponent;
  readonly from: number;
  /** Skewness and kurtosis of the logit at each width. */
  readonly shapes: readonly Cumulants[];
}

export interface DiversityCase extends LogitPower {
  /** Theories that have worked out what they were asked. */
  readonly instance: PairInstance;
  readonly comparison: Comparison;
  readonly ensembles: readonly Ensemble[];
  readonly moments: readonly [Moment, Moment];
  readonly explicit: ExplicitCheck;
  readonly tally: Comparison["tally"];
}

function pairParameters({ alphaA }: LogitPower, { eta0, gamma0, steps, drawnHeads }: DiversityParameters): Parameters {
  return { alphaA, eta0, gamma0, steps, drawnHeads };
}

function designOf({ widths, heads, networks }: DiversityParameters): Design {
  return { axis: "N", sizes: widths, fixed: { H: heads }, replicas: networks, block: 100 };
}

export function planDiversity({ parameters, seed, backend }: PlanRequest): readonly Cell[] {
  const settings = parameters as DiversityParameters;
  const pair = headLogitsPair({ backend });
  return logitPowers.flatMap((power) => [...planSimulation(pair, pairParameters(power, settings), designOf(settings), seed), ...planExplicit(pair, pairParameters(power, settings), settings, seed)]);
}

export async function runDiversity(power: LogitPower, request: StudyRequest, context: Context): Promise<DiversityCase> {
  const settings = request.parameters as DiversityParameters;
  const { seed, runCells, backend } = request;
  const own = pairParameters(power, settings);
  const whole = headLogitsPair({ backend });
  const instance = whole.at(own);
  const pair: Pair = { ...whole, at: () => instance };
  const [first, second] = shareProgress(context, [4, 1]);
  const ensembles = await simulate(pair, own, designOf(settings), { seed, runCells, context: first! });
  const comparison = await compareEnsembles(pair, own, designOf(settings), ensembles, { seed, level: LEVEL, confidence: CONFIDENCE, resamples: RESAMPLES, tolerance: { relative: settings.tolerance, law: settings.lawTolerance } }, first);
  const explicit = await runExplicit(whole, power, own, ensembles, request, second!);
  return {
    ...power,
    instance,
    comparison,
    ensembles,
    moments: [momentOf("start", "before training", comparison, ensembles, power, seed), momentOf("end", `after ${settings.steps} steps`, comparison, ensembles, power, seed)],
    explicit,
    tally: addTallies([{ title: "networks", tally: comparison.tally }, { title: "all weights", tally: explicit.ended.tally }]),
  };
}

function momentOf(id: "start" | "end", name: string, comparison: Comparison, ensembles: readonly Ensemble[], power: LogitPower, seed: string): Moment {
  const theory = id === "start" ? "exact" : "many-heads";
  const statement = (which: string, observable: string, quantity: string): Statement => comparison.statements.find((one) => one.theory.id === which && one.observable === `${observable}-${id}` && one.quantity === quantity)!;
  const stream = (...parts: readonly (string | number)[]): ReturnType<ReturnType<typeof key>["stream"]> => key(seed).fold("head-diversity", power.id, id, ...parts).stream();
  const wide = ensembles.slice(Math.max(0, Math.min(Math.floor((ensembles.length - 1) / 2), ensembles.length - 3)));
  const summaries = wide.map((ensemble) => summarise(ensemble.values(`variance-${id}`), 1, { resamples: RESAMPLES, stream: stream("variance", ensemble.n) }));
  const { exponent } = fitExponent(wide.map(({ n }) => n), [{ values: summaries.map(({ mean }) => mean[0]!), standardErrors: summaries.map(({ meanError }) => meanError[0]!), resampled: summaries.map(({ resampledMean }) => resampledMean) }], { confidence: CONFIDENCE, corrections: false, range: [-1, 3] });
  return {
    id,
    name,
    theory,
    law: statement(theory, "logit", "law"),
    variance: statement(theory, "variance", "mean"),
    wide: statement("wide-heads", "logit", "law"),
    power: exponent,
    from: wide[0]!.n,
    shapes: ensembles.map((ensemble) => cumulants(ensemble.values(`logit-${id}`), { confidence: CONFIDENCE, resamples: RESAMPLES, stream: stream("shape", ensemble.n) })),
  };
}

