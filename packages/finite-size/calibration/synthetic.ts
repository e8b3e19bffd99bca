/** @file Ensembles and pairs made of known numbers: nothing is simulated, the truth is given. */
import type { Observable, Pair, Prediction } from "@mesoscope/contracts";
import { key, type Stream } from "@mesoscope/numerics";
import { compareEnsembles, type Comparison, type Ensemble, type JudgeOptions } from "../src/index.js";
import type { Broken } from "./broken.js";
import { CONFIDENCE, LEVEL, type Scenario } from "./scenario.js";

/** What a theory says of every observable at a size. */
export interface KnownTheory {
  readonly id: string;
  readonly predict: (n: number) => readonly Prediction[];
}

/** The replicas of one size: values by observable, (completed, entries), and how many diverged. */
export interface KnownReplicas {
  readonly n: number;
  readonly values: Readonly<Record<string, Float64Array>>;
  readonly diverged: number;
}

/** One study: its streams are keyed by scenario, study and purpose, so that studies can be computed anywhere in any order. */
export function streamOf(scenario: Scenario, study: number, n: number, purpose: string): Stream {
  return key("calibration").fold(scenario.id, study, n, purpose).stream();
}

/** Has the engine compare known replicas with known theories. */
export async function compareKnown(
  scenario: Scenario,
  study: number,
  observables: Readonly<Record<string, number>>,
  replicas: readonly KnownReplicas[],
  theories: readonly KnownTheory[],
  options: Pick<JudgeOptions, "tolerance"> & Partial<JudgeOptions>,
  broken: Broken | undefined,
): Promise<Comparison> {
  const declared = Object.entries(observables).map(([id, entries]) => observableOf(id, entries));
  const ensembles = replicas.map((one) => ensembleOf(one, observables, broken));
  const design = { axis: "n", sizes: replicas.map(({ n }) => n), replicas: scenario.replicas, block: scenario.replicas };
  return compareEnsembles(pairOf(scenario, declared, theories), {}, design, ensembles, {
    seed: `${scenario.id}/${study}`,
    level: LEVEL,
    confidence: CONFIDENCE,
    resamples: scenario.resamples,
    ...(broken?.multiplicity === undefined ? {} : { multiplicity: broken.multiplicity }),
    ...options,
  });
}

function observableOf(id: string, entries: number): Observable {
  const base = { id, symbol: id, meaning: `known quantity ${id}`, unit: "1" };
  if (entries === 1) return { ...base, kind: "scalar" };
  return { ...base, kind: "series", grid: { symbol: "t", meaning: "entry", unit: "1", values: Array.from({ length: entries }, (_, i) => i) } };
}

function ensembleOf({ n, values, diverged }: KnownReplicas, observables: Readonly<Record<string, number>>, broken: Broken | undefined): Ensemble {
  const seen = Object.fromEntries(Object.entries(values).map(([id, rows]) => [id, broken?.spoil?.(rows, observables[id]!) ?? rows]));
  const [first] = Object.keys(seen);
  return {
    size: { n },
    n,
    completed: seen[first!]!.length / observables[first!]!,
    diverged,
    notes: diverged === 0 ? [] : [{ message: "diverged", count: diverged }],
    values: (id) => seen[id]!,
    censored: () => undefined,
  };
}

function pairOf({ id, title }: Scenario, observables: readonly Observable[], theories: readonly KnownTheory[]): Pair {
  return {
    pairVersion: 1,
    id,
    title,
    parameters: { type: "object", properties: {}, additionalProperties: false },
    axes: [{ name: "n", symbol: "n", meaning: "size", least: 1 }],
    equations: [],
    at: () => ({
      observables,
      sample: () => Promise.reject(new TypeError("The replicas of a calibration are given, not sampled.")),
      theories: theories.map((theory) => ({
        id: theory.id,
        title: theory.id,
        equations: [],
        applies: () => ({ applies: true, meters: [] }),
        predict: ({ n }) => Promise.resolve(theory.predict(n!)),
      })),
    }),
  };
}
