/** @file Products of matrices, exchange of axes, combinations and the optimiser: arrays lie as in the catalogue, the last axis along x. */
import type { Source } from "./source.js";

const HERE = "[this.thread.z][this.thread.y][this.thread.x]";

/** Lengths of a chunk of terms. */
export const TERMS = [16, 64, 256, 1024] as const;

/** How operands are stored. */
export interface Form {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly shareA: boolean;
  readonly shareB: boolean;
}

/** sums + sum of a_il b_lj over `terms` terms from `first` on, at most `chunk`, in parts of 16. -> (R, m, n). */
export function addProducts(chunk: number, { transposeA, transposeB, shareA, shareB }: Form): Source {
  const a = `a[${shareA ? "0" : "this.thread.z"}]${transposeA ? "[at][this.thread.y]" : "[this.thread.y][at]"}`;
  const b = `b[${shareB ? "0" : "this.thread.z"}]${transposeB ? "[this.thread.x][at]" : "[at][this.thread.x]"}`;
  return {
    parameters: { sums: "array", a: "array", b: "array", terms: "float", first: "float" },
    body: `let total = 0.0;
for (let block = 0; block < ${chunk / 16}; block++) {
  let part = 0.0;
  for (let turn = 0; turn < 16; turn++) {
    const next = block * 16 + turn;
    const at = first + (next < terms ? next : terms - 1);
    part = next < terms ? part + ${a} * ${b} : part;
  }
  total = total + part;
}
return sums${HERE} + total;`,
  };
}

/** x scaled; everywhere 0 with factor 0 of numbers that are finite. */
export const scaled: Source = { parameters: { x: "array", factor: "float" }, body: `return factor * x${HERE};` };

/** Zeros: every number is written, whatever was there. */
export const zeros: Source = { parameters: { value: "float" }, body: "return value;" };

/** y_{b a c} = x_{a b c}, both middle axes in one: row thread.y = b * rows + a comes from row a * columns + b. */
export const swapped: Source = {
  parameters: { x: "array", rows: "float", columns: "float" },
  body: `const major = Math.floor((this.thread.y + 0.5) / rows);
const minor = this.thread.y - major * rows;
return x[this.thread.z][minor * columns + major][this.thread.x];`,
};

/** Heads that lie side by side as matrices one after the other: (R / heads, rows heads, columns) -> (R, rows, columns). */
export const headsApart: Source = {
  parameters: { x: "array", heads: "float" },
  body: `const replica = Math.floor((this.thread.z + 0.5) / heads);
const head = this.thread.z - replica * heads;
return x[replica][this.thread.y * heads + head][this.thread.x];`,
};

/** The way back. */
export const headsBeside: Source = {
  parameters: { x: "array", heads: "float" },
  body: `const row = Math.floor((this.thread.y + 0.5) / heads);
const head = this.thread.y - row * heads;
return x[this.thread.z * heads + head][row][this.thread.x];`,
};

/** a x + b y with one x for all replicas. */
export const sharedCombination: Source = { parameters: { x: "array", y: "array", a: "float", b: "float" }, body: `return a * x[0][this.thread.y][this.thread.x] + b * y${HERE};` };

/** keep v + take g^2. */
export const secondMean: Source = { parameters: { v: "array", g: "array", keep: "float", take: "float" }, body: `const gradient = g${HERE};\nreturn keep * v${HERE} + take * gradient * gradient;` };

/** p - rate c1 m / (sqrt(c2 v) + epsilon), rates (R, 1, 3). */
export const descended: Source = {
  parameters: { p: "array", m: "array", v: "array", rates: "array", epsilon: "float" },
  body: `const root = Math.sqrt(rates[this.thread.z][0][2] * v${HERE}) + epsilon;
return p${HERE} - (rates[this.thread.z][0][0] * (rates[this.thread.z][0][1] * m${HERE})) / root;`,
};
