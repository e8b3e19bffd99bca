/** @file Five sizes: exponents of bias and spread, and N*, fitted and certified. */
import { exp, log } from "@mesoscope/numerics";
import type { Exponent } from "../src/index.js";
import type { Broken } from "./broken.js";
import { LAWS } from "./laws.js";
import type { ScalingScenario } from "./scenario.js";
import { compareKnown, streamOf } from "./synthetic.js";
import type { Observe } from "./tally.js";

const LIMIT = 1;
const SPREAD_EXPONENT = 0.5;

export async function scalingStudy(scenario: ScalingScenario, study: number, broken: Broken | undefined, observe: Observe): Promise<void> {
  const margin = biasAt(scenario, scenario.nStar);
  // The tolerance is `sharpness` standard errors of the mean at N*.
  const amplitude = (margin / scenario.sharpness) * Math.sqrt(scenario.replicas * scenario.nStar);
  const replicas = scenario.sizes.map((n) => {
    const stream = streamOf(scenario, study, n, "replicas");
    const [mean, sd] = [LIMIT + biasAt(scenario, n), amplitude / Math.sqrt(n)];
    return { n, values: { y: Float64Array.from({ length: scenario.replicas }, () => mean + sd * LAWS[scenario.law].draw(stream)) }, diverged: 0 };
  });
  const theory = { id: "limit", predict: () => [{ observable: "y", value: [LIMIT], numericalError: [0], exponents: { bias: scenario.predictedExponent } }] };
  const options = { tolerance: { absolute: margin }, corrections: scenario.fitsCorrection };
  const { sizes, spreadExponents, statements } = await compareKnown(scenario, study, { y: 1 }, replicas, [theory], options, broken);
  for (const { n, estimates } of sizes) {
    const { mean, spread } = estimates["y"]!;
    observe("mean covered", holds([mean.lower[0]!, mean.upper[0]!], LIMIT + biasAt(scenario, n)));
    observe("spread covered", holds([spread.lower[0]!, spread.upper[0]!], amplitude / Math.sqrt(n)));
  }
  observe("spread exponent covered", covers(spreadExponents["y"], SPREAD_EXPONENT));
  const statement = statements[0]!;
  observe("exponent covered", covers(statement.exponent, scenario.exponent));
  const { fitted, certified, typical } = statement.nStar!;
  observe("N* reached", fitted.reached);
  if (fitted.reached) {
    observe("N* covered if reached", holds([fitted.interval[0], fitted.interval[1] ?? Infinity], scenario.nStar));
    observe("N* unbounded if reached", fitted.interval[1] === null);
  }
  // A single run is as good as the mean where its spread, amplitude / sqrt n, is below the tolerance as well.
  const single = Math.max(scenario.nStar, (amplitude / margin) * (amplitude / margin));
  if (typical.fitted.reached) observe("N* of a single run covered if reached", holds([typical.fitted.interval[0], typical.fitted.interval[1] ?? Infinity], single));
  observe("N* of a single run certified too small", typical.certified.reached && typical.certified.value <= single * (1 + 1e-9));
  observe("N* certified too small", certified.reached && certified.value <= scenario.nStar);
  observe("N* certified", certified.reached);
  observe("fails within half the tolerance", statement.bySize.some(({ n, outcome }) => biasAt(scenario, n) <= margin / 2 && outcome === "fails"));
  observe("taken for a finite-size effect", statement.reason === "finite-size");
}

/** (1 / n^p) (1 + b / n). */
export function biasAt({ exponent, correction }: Pick<ScalingScenario, "exponent" | "correction">, n: number): number {
  return exp(-exponent * log(n)) * (1 + correction / n);
}

function holds([low, high]: readonly [number, number], truth: number): boolean {
  return low <= truth && truth <= high;
}

function covers(exponent: Exponent | undefined, truth: number): boolean {
  return exponent !== undefined && holds(exponent.interval, truth);
}
