/** @file The results of a calibration, as they are kept beside docs/calibration.md: counts of every scenario, and what was judged. */
import { BROKEN } from "./broken.js";
import { judge, type Judgement } from "./requirements.js";
import { scenarioOf, type Task } from "./run.js";
import { SCENARIOS } from "./scenarios.js";
import { addTallies, type Count, type Tally } from "./tally.js";

/** Counts of one scenario, perhaps with a broken estimator. */
export interface Measured {
  readonly scenario: string;
  readonly broken?: string;
  readonly studies: number;
  /** By what was counted: [hits, trials]. */
  readonly counts: Readonly<Record<string, readonly [number, number]>>;
}

export interface Results {
  readonly made: string;
  readonly studies: number;
  readonly measured: readonly Measured[];
}

/** A broken estimator is caught where a requirement is missed by more than this many standard errors. */
export const VISIBLE = 3;

/** Where each broken estimator must show. */
const CONTROLS: readonly (readonly [broken: string, scenario: string])[] = [
  ["small-error", "curve-normal"],
  ["small-error", "scaling-normal"],
  ["no-largest-tenth", "curve-normal"],
  ["no-largest-tenth", "scaling-normal"],
  ["no-multiplicity", "series-normal"],
  ["no-multiplicity", "series-noisy"],
];

/** Everything that is run: every scenario, and the controls with a quarter of the studies. */
export function tasksOf(studies: number, only?: RegExp): readonly Task[] {
  const wanted = ({ scenario }: { readonly scenario: string }): boolean => only?.test(scenario) ?? true;
  const plain = SCENARIOS.map(({ id }): Task => ({ scenario: id, studies }));
  const spoilt = CONTROLS.map(([broken, scenario]): Task => ({ scenario, broken, studies: Math.ceil(studies / 4) }));
  return [...plain, ...spoilt].filter(wanted);
}

export function resultsOf(studies: number, tasks: readonly Task[], tallies: readonly Tally[]): Results {
  const measured = tasks.map((task, i): Measured => ({ ...task, counts: Object.fromEntries(Object.entries(addTallies([tallies[i]!])).map(([what, { hits, trials }]) => [what, [hits, trials]])) }));
  return { made: "npm run calibrate, in packages/finite-size", studies, measured };
}

export function tallyOf({ counts }: Measured): Tally {
  return Object.fromEntries(Object.entries(counts).map(([what, [hits, trials]]): [string, Count] => [what, { hits, trials }]));
}

/** The judgement on every requirement; `errors` as in `judge`. */
export function judgementsOf({ measured }: Results, errors?: number): readonly Judgement[] {
  return measured.filter(({ broken }) => broken === undefined).flatMap((one) => judge(scenarioOf(one.scenario), tallyOf(one), errors));
}

export interface Caught {
  readonly broken: string;
  readonly title: string;
  readonly scenario: string;
  /** The requirements that it visibly misses, the clearest first. */
  readonly missed: readonly Judgement[];
}

/** What each broken estimator was caught at. */
export function controlsOf({ measured }: Results): readonly Caught[] {
  return measured.flatMap((one) => {
    const broken = BROKEN.find(({ id }) => id === one.broken);
    if (broken === undefined) return [];
    const missed = judge(scenarioOf(one.scenario), tallyOf(one), VISIBLE).filter(({ met }) => !met);
    return [{ broken: broken.id, title: broken.title, scenario: one.scenario, missed: missed.toSorted((a, b) => distance(b) - distance(a)) }];
  });
}

/** How far a share lies outside its bounds. */
function distance({ hits, trials, least, most }: Judgement): number {
  return Math.max(least - hits / trials, hits / trials - most);
}

/** One line a scenario, so that a difference can be read. */
export function toJson({ made, studies, measured }: Results): string {
  const lines = measured.map((one) => `    ${JSON.stringify(one)}`);
  return `{\n  "made": ${JSON.stringify(made)},\n  "studies": ${studies},\n  "measured": [\n${lines.join(",\n")}\n  ]\n}\n`;
}
