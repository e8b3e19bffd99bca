/** @file Many tests at once: entries of a series, and observables with means and spreads, over sizes. */
import type { Statement } from "../src/index.js";
import type { Broken } from "./broken.js";
import { LAWS } from "./laws.js";
import type { JointScenario, SeriesScenario } from "./scenario.js";
import { compareKnown, streamOf, type KnownReplicas, type KnownTheory } from "./synthetic.js";
import type { Observe } from "./tally.js";

const MEAN = 1;
/** Entries share half of their variance, as neighbours in time do. */
const SHARED = Math.SQRT1_2;
/** A third of the tolerance, half of it, and its boundary, from either side. */
const EVERYWHERE: readonly number[] = [-1, -0.5, 1 / 3, 0.5, 1];

/** Every entry off by a ratio of the tolerance; and one entry alone at the boundary, which is what "holds" must not forget. */
export async function seriesStudy(scenario: SeriesScenario, study: number, broken: Broken | undefined, observe: Observe): Promise<void> {
  const { entries, sizes } = scenario;
  const margin = scenario.sharpness / Math.sqrt(scenario.replicas);
  const replicas = sizes.map((n) => seriesAt(scenario, study, n));
  const everywhere = EVERYWHERE.map((ratio): KnownTheory => theoryOf(ratio.toFixed(2), Array.from({ length: entries }, () => MEAN - ratio * margin)));
  const lonely = theoryOf("one entry", Array.from({ length: entries }, (_, i) => (i === 7 ? MEAN - margin : MEAN)));
  const { statements, sizes: found } = await compareKnown(scenario, study, { y: entries }, replicas, [...everywhere, lonely], { tolerance: { absolute: margin } }, broken);
  for (const { estimates } of found) observe("mean covered", estimates["y"]!.mean.lower[0]! <= MEAN && MEAN <= estimates["y"]!.mean.upper[0]!);
  for (const statement of statements) {
    observe(`holds at ${statement.theory.id}`, statement.outcome === "holds");
    observe(`fails somewhere at ${statement.theory.id}`, failsSomewhere(statement));
  }
}

function seriesAt(scenario: SeriesScenario, study: number, n: number): KnownReplicas {
  const { law, replicas, entries } = scenario;
  const stream = streamOf(scenario, study, n, "replicas");
  const rows = new Float64Array(replicas * entries);
  for (let r = 0; r < replicas; r++) {
    const common = LAWS[law].draw(stream);
    for (let i = 0; i < entries; i++) rows[r * entries + i] = MEAN + SHARED * (common + LAWS[law].draw(stream));
  }
  return { n, values: { y: rows }, diverged: 0 };
}

function theoryOf(id: string, value: readonly number[]): KnownTheory {
  return { id, predict: () => [{ observable: "y", value, numericalError: value.map(() => 0) }] };
}

/** Observables with means and spreads, each off by a ratio of its tolerance: every one, or only the first. */
export async function jointStudy(scenario: JointScenario, study: number, broken: Broken | undefined, observe: Observe): Promise<void> {
  const names = Array.from({ length: scenario.observables }, (_, i) => `y${i}`);
  const margin = scenario.sharpness / Math.sqrt(scenario.replicas);
  const replicas = scenario.sizes.map((n): KnownReplicas => {
    const stream = streamOf(scenario, study, n, "replicas");
    const draw = (): Float64Array => Float64Array.from({ length: scenario.replicas }, () => MEAN + LAWS[scenario.law].draw(stream));
    return { n, values: Object.fromEntries(names.map((name) => [name, draw()])), diverged: 0 };
  });
  const counts = Object.fromEntries(names.map((name) => [name, 1]));
  const tolerance = { absolute: margin, spread: scenario.spreadTolerance };
  for (const [what, ratioOf] of [["all at 0.33", () => 1 / 3], ["all at 1.00", () => 1], ["one at 1.00", (i: number) => (i === 0 ? 1 : 0)]] as const) {
    const predict = (): ReturnType<KnownTheory["predict"]> =>
      names.map((observable, i) => ({ observable, value: [MEAN - ratioOf(i) * margin], numericalError: [0], spread: [1 / (1 + ratioOf(i) * scenario.spreadTolerance)] }));
    const { joint, statements } = await compareKnown(scenario, study, counts, replicas, [{ id: "limit", predict }], { tolerance }, broken);
    observe(`joint holds, ${what}`, joint.outcome === "holds");
    observe(`joint fails, ${what}`, joint.outcome === "fails");
    observe(`joint finding fails, ${what}`, statements.some(({ bySize }) => bySize.some(({ jointOutcome }) => jointOutcome === "fails")));
  }
}

function failsSomewhere({ bySize }: Statement): boolean {
  return bySize.some(({ outcome }) => outcome === "fails");
}
