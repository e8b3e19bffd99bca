/** @file What controls are given, and what they share. */
import { observableLength, type Context, type Observable } from "@mesoscope/contracts";
import type { Key } from "@mesoscope/numerics";
import type { Control, ObservableTolerance } from "../comparison/comparison.js";
import type { RunCells } from "../design/cells.js";
import type { Design } from "../design/design.js";
import { summarise, type Summary } from "../statistics/summary.js";

/** Where the controls are tried: at one size, with the first replicas of it. */
export interface ControlDesign {
  readonly axis: string;
  readonly n: number;
  readonly fixed?: Design["fixed"];
  readonly replicas: number;
  readonly block: number;
}

export interface ControlOptions {
  readonly seed: number | string;
  readonly tolerance: ObservableTolerance;
  readonly tolerances?: Readonly<Record<string, ObservableTolerance>>;
  /** Of the tests; a control of the seeds fails at a tenth of it, since it should never fail. */
  readonly level: number;
  readonly resamples?: number;
  /** Ids of the observables to look at; default all. An indicator has no tolerance that half a step could respect. */
  readonly observables?: readonly string[];
  readonly runCells: RunCells;
  readonly context?: Context;
}

/** What every control is told. */
export interface Tried {
  readonly design: ControlDesign;
  readonly options: ControlOptions;
  readonly observables: readonly Observable[];
  readonly key: Key;
}

const TITLES: Readonly<Record<Control["id"], string>> = { "other-seeds": "Other seeds", "halved-step": "Halved step" };

export function namedControl({ design }: Tried, id: Control["id"]): Pick<Control, "id" | "title" | "n" | "replicas"> {
  return { id, title: TITLES[id], n: design.n, replicas: design.replicas };
}

/** @param purpose names the stream of the resamples */
export function summaryFor({ options, key }: Tried, values: Float64Array, observable: Observable, purpose: string): Summary {
  return summarise(values, observableLength(observable), { resamples: options.resamples ?? 999, stream: key.fold(purpose, observable.id).stream() });
}
