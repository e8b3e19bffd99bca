import { readFileSync } from "node:fs";
import type { TrainingTask } from "../../src/transformer/index.js";

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));
type Row = readonly number[];

interface TokensOfTable {
  readonly inputs: number;
  readonly tokens: number;
  readonly features: number;
  readonly x: Row;
  readonly targets: Row;
}
interface Rates {
  readonly eta0: number;
  readonly gamma0: number;
  readonly steps: number;
}
interface Wide extends TokensOfTable, Rates {
  readonly alphaA: number;
  readonly nodes: number;
}

/** Own cases: see generate/training.py. */
export const own = read("training") as {
  readonly explicit: readonly (TokensOfTable & Omit<Rates, "steps"> & { N: number; heads: number; alphaA: number; queries: Row; keys: Row; values: Row; readOut: Row; f: Row; logits: Row })[];
  readonly wide: readonly (Wide & { f: Row; withoutSecondOrder: Row; flow: Row })[];
  readonly fluctuations: TokensOfTable & Rates & { nodes: number; f: Row; response: Row; headCovariance: Row; covariance: Row; shift: Row };
  readonly wideNoise: readonly (TokensOfTable & Rates & { f: Row; covariance: Row; logitVariance: Row })[];
  readonly oneBlock: readonly (Wide & { f: Row; values: Row; readOut: Row; valueResponse: Row; readOutResponse: Row; logits: Row; wrong: Record<"no-response" | "first-index", Row>; sweeps?: Record<string, Record<string, number>> })[];
};

type DataName = "A" | "B" | "C";

interface Timed {
  readonly data: DataName;
  readonly eta0: number;
  readonly gamma0: number;
  readonly tol: number;
}

interface Deep {
  readonly beta0: number;
  readonly alphaL: number;
  readonly L: number;
  readonly t: Row;
  readonly f: readonly Row[];
}

/** Cases of the independent implementation that the specification came with. */
export const reference = read("multihead-training-reference") as {
  readonly data: Record<DataName, { x: readonly (readonly Row[])[]; y: Row }>;
  readonly cases: {
    readonly D1: Timed & { N: number; H: number; t: Row; phases: Record<"queries" | "keys" | "values" | "readOut", number> } & Record<"alphaHalf" | "alphaOne", { f: readonly Row[]; A_head0_input0_T: readonly Row[] }>;
    readonly D2: Timed & { steps: number; f: Row };
    readonly D3: Timed & { steps: number; f: Row };
    readonly D4: Timed & { t: Row; nodes: number; ensemble: readonly ({ H: number; systems: number } & Record<"H_var" | "H_shift" | "H_shift_se", readonly Row[]>)[] } & Record<"H_var" | "H_var_without_response" | "H_shift", readonly Row[]>;
    readonly D5: Timed & { initial: number };
    readonly E1: Timed & { t: Row; f: readonly Row[]; A_input0_T: readonly Row[]; f_without_response: readonly Row[]; ensemble: readonly ({ N: number; H: number; networks: number } & Record<"mean" | "se" | "var", readonly Row[]>)[] };
    readonly E2: Timed & { steps: number; f: Row; f_without_response: Row };
    readonly E3: Timed & { steps: number; N: number; f: Row; se: Row };
    readonly F1: Timed & Deep & Record<"A_layer1_input0" | "A_layer2_input0" | "f_without_response", readonly Row[]> & { H_L_T_row0: Row };
    readonly F3: Timed & Deep & { A_layer1_input0: readonly Row[]; ensemble: readonly ({ N: number; H: number; networks: number } & Record<"mean" | "se" | "median", readonly Row[]>)[] };
    readonly F5: Timed & Deep;
    readonly E4: Timed & { steps: number; firstSweep: number; after20: number };
  };
};

export function taskOf(row: TokensOfTable): TrainingTask {
  const { inputs, tokens, features, x, targets } = row;
  return { tokens: { inputs, tokens, features, x }, targets };
}

export function dataSet(name: DataName): TrainingTask {
  const { x, y } = reference.data[name];
  return { tokens: { inputs: x.length, tokens: x[0]!.length, features: x[0]![0]!.length, x: x.flat(2) }, targets: y };
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
  return worst;
}

/** Rows of a flat (times, columns) array. */
export function rowsAt(flat: ArrayLike<number>, columns: number, times: readonly number[]): number[] {
  return times.flatMap((t) => Array.from({ length: columns }, (_, c) => flat[t * columns + c]!));
}
