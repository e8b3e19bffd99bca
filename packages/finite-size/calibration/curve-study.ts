/** @file One size, many theories: how outcomes depend on the true deviation in units of the tolerance. */
import { bootstrapInterval, type Statement } from "../src/index.js";
import type { Broken } from "./broken.js";
import { LAWS } from "./laws.js";
import { CONFIDENCE, RATIOS, type CurveScenario } from "./scenario.js";
import { compareKnown, streamOf, type KnownReplicas } from "./synthetic.js";
import type { Observe } from "./tally.js";

const N = 64;
const MEAN = 1;
/** The median is what BCa is measured on; a hundred replicas are enough for it, and cheap. */
const FOR_MEDIAN = { replicas: 100, resamples: 399 };

/** The name under which an outcome at a deviation is counted. */
export function atRatio(quantity: "mean" | "spread", outcome: Statement["outcome"], ratio: number): string {
  return `${quantity} ${outcome} at ${ratio.toFixed(2)}`;
}

/** The name under which an outcome at either boundary of the tolerance is counted: twice in every study. */
export function atBoundary(quantity: "mean" | "spread", outcome: "holds" | "fails"): string {
  return `${quantity} ${outcome} at |bias| = eps`;
}

export async function curveStudy(scenario: CurveScenario, study: number, broken: Broken | undefined, observe: Observe): Promise<void> {
  const margin = scenario.sharpness / Math.sqrt(scenario.replicas);
  const { spreadTolerance } = scenario;
  const replicas = drawReplicas(scenario, study);
  const theories = RATIOS.map((ratio, i) => ({
    id: String(i),
    predict: () => [{ observable: "y", value: [MEAN - ratio * margin], numericalError: [0], spread: [1 / (1 + ratio * spreadTolerance)] }],
  }));
  const { sizes, statements } = await compareKnown(scenario, study, { y: 1 }, [replicas], theories, { tolerance: { absolute: margin, spread: spreadTolerance } }, broken);
  const { mean, spread } = sizes[0]!.estimates["y"]!;
  observe("mean covered", mean.lower[0]! <= MEAN && MEAN <= mean.upper[0]!);
  observe("spread covered", spread.lower[0]! <= 1 && 1 <= spread.upper[0]!);
  const tooMany = replicas.diverged > 0.01 * scenario.replicas;
  observe("diverged too often", tooMany);
  for (const { theory, quantity, outcome } of statements) {
    if (quantity === "law") continue;
    const ratio = RATIOS[Number(theory.id)]!;
    for (const one of ["holds", "fails", "undecided"] as const) observe(atRatio(quantity, one, ratio), outcome === one);
    if (Math.abs(ratio) === 1) for (const one of ["holds", "fails"] as const) observe(atBoundary(quantity, one), outcome === one);
    if (tooMany) observe("holds although too many diverged", outcome === "holds");
  }
  const { median } = LAWS[scenario.law];
  if (scenario.diverging !== undefined || !Number.isFinite(median)) return;
  const few = replicas.values["y"]!.slice(0, FOR_MEDIAN.replicas);
  const stream = streamOf(scenario, study, N, "median");
  const { interval } = bootstrapInterval(broken?.spoil?.(few, 1) ?? few, medianOf, { confidence: CONFIDENCE, resamples: FOR_MEDIAN.resamples, stream });
  observe("median covered", interval[0] <= MEAN + median && MEAN + median <= interval[1]);
}

function drawReplicas(scenario: CurveScenario, study: number): KnownReplicas {
  const { law, replicas, diverging } = scenario;
  const stream = streamOf(scenario, study, N, "replicas");
  const all = Float64Array.from({ length: replicas }, () => MEAN + LAWS[law].draw(stream));
  if (diverging === undefined) return { n: N, values: { y: all }, diverged: 0 };
  const ends = Float64Array.from({ length: replicas }, () => stream.uniform());
  const lost = ends.reduce((sum, u) => sum + (u < diverging.share ? 1 : 0), 0);
  const left = diverging.which === "any" ? all.filter((_, r) => ends[r]! >= diverging.share) : all.toSorted().subarray(0, replicas - lost);
  return { n: N, values: { y: left }, diverged: lost };
}

function medianOf(samples: Float64Array): number {
  const sorted = samples.toSorted();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
