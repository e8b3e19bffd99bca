/** @file Three small systems: what runs of them do, what enumeration says, and what the first orders in 1/N say. */
import type { Context, PairInstance, Parameters, Prediction } from "@mesoscope/contracts";
import { oneBitPair } from "@mesoscope/dmft/hopfield";
import { compareEnsembles, planSimulation, simulate, type Cell, type Comparison, type Design, type Statement } from "@mesoscope/finite-size";
import { log } from "@mesoscope/numerics";
import { atOnce } from "../one-bit/at-once.js";
import type { PlanRequest, StudyRequest } from "../study.js";
import type { ExactParameters } from "./settings.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const RESAMPLES = 299;
export const OVERLAP = "overlap-1";

/** A small system from a window that is made of whole bits. */
interface System {
  readonly id: string;
  readonly title: string;
  readonly parameters: Parameters;
  /** Its classes are two, so that fewer bits can be enumerated. */
  readonly twoClasses: boolean;
}

const systems: readonly System[] = [
  { id: "state", title: "one feature that keeps a state", parameters: { system: "hop1", start: "window", window: [0.5] }, twoClasses: false },
  { id: "turning", title: "two features that take turns", parameters: { system: "rot2", contextLength: 1, gamma: 0, beta: 1.5, start: "window", window: [0.5, -0.5] }, twoClasses: true },
  { id: "chaos", title: "one feature in chaos", parameters: { system: "neg1m", start: "window", window: [0.5] }, twoClasses: false },
];

/** Mean and spread of the first overlap, one number a token, by theory, without any chance. */
export interface Enumerated {
  readonly n: number;
  readonly exact: Prediction;
  readonly limit: Prediction;
  readonly corrected: Prediction;
  /** Largest deviation of the exact mean from the map, and from the map with its 1/N shift. */
  readonly bias: number;
  readonly left: number;
}

export interface ExactCase extends System {
  readonly comparison: Comparison;
  readonly againstExact: Statement;
  readonly spreadAgainstExact: Statement;
  readonly againstMap: Statement;
  readonly againstCorrected: Statement;
  readonly enumerated: readonly Enumerated[];
  /** Powers with which bias and remainder fall between the last two sizes. */
  readonly biasPower: number;
  readonly leftPower: number;
}

function parametersOf({ parameters }: System, { tokens }: ExactParameters): Parameters {
  return { ...parameters, tokens, horizonTolerance: 2 };
}

function designOf({ twoClasses }: System, { sizes, turningSizes, replicas }: ExactParameters): Design {
  return { axis: "N", sizes: twoClasses ? turningSizes : sizes, replicas, block: 2000 };
}

export const caseCount: number = systems.length;

export function planExact({ parameters, seed }: PlanRequest): readonly Cell[] {
  const settings = parameters as ExactParameters;
  return systems.flatMap((system) => planSimulation(oneBitPair(), parametersOf(system, settings), designOf(system, settings), seed));
}

export async function runExact(at: number, { parameters, seed, runCells }: StudyRequest, context: Context): Promise<ExactCase> {
  const settings = parameters as ExactParameters;
  const system = systems[at]!;
  const own = parametersOf(system, settings);
  const pair = atOnce(oneBitPair(), own);
  const design = designOf(system, settings);
  const ensembles = await simulate(pair, own, design, { seed, runCells, context });
  const comparison = await compareEnsembles(pair, own, design, ensembles, {
    seed,
    tolerance: { absolute: settings.tolerance, spread: settings.spreadTolerance },
    observables: [OVERLAP],
    level: LEVEL,
    confidence: CONFIDENCE,
    resamples: RESAMPLES,
  }, context);
  const statement = (theory: string, quantity: string): Statement => comparison.statements.find((one) => one.theory.id === theory && one.quantity === quantity)!;
  const enumerated: Enumerated[] = [];
  for (const n of design.sizes) enumerated.push(await enumerate(pair.at(own), n));
  const power = (of: (one: Enumerated) => number): number => {
    const [before, last] = enumerated.slice(-2) as [Enumerated, Enumerated];
    return -log(of(last) / of(before)) / log(last.n / before.n);
  };
  return {
    ...system,
    comparison,
    againstExact: statement("exact", "mean"),
    spreadAgainstExact: statement("exact", "spread"),
    againstMap: statement("limit", "mean"),
    againstCorrected: statement("corrected", "mean"),
    enumerated,
    biasPower: power(({ bias }) => bias),
    leftPower: power(({ left }) => left),
  };
}

async function enumerate({ theories }: PairInstance, n: number): Promise<Enumerated> {
  const of = async (id: string): Promise<Prediction> => (await theories.find((theory) => theory.id === id)!.predict({ N: n }, {})).find(({ observable }) => observable === OVERLAP)!;
  const [exact, limit, corrected] = [await of("exact"), await of("limit"), await of("corrected")];
  const apart = (from: Prediction): number => exact.value.reduce((most, value, t) => Math.max(most, Math.abs(value - from.value[t]!)), 0);
  return { n, exact, limit, corrected, bias: apart(limit), left: apart(corrected) };
}
