/** @file Largest number, sum and softmax of columns, in two steps: segments of a column, then the segments. x (R, m, n) is read along its axis m. */
import { exponential } from "./arithmetic.js";
import type { Source } from "./source.js";

/** Lengths of a segment, and numbers of segments. */
export const SEGMENTS = [16, 64, 256, 1024] as const;

/** Largest of `length` numbers from thread.y * length on; `causal`: of the first thread.x + 1 at most. -> (R, segments, n). */
export function largest(length: number): Source {
  return {
    parameters: { x: "array", count: "float", causal: "float" },
    body: `const row = this.thread.x;
const last = causal > 0 ? row : count - 1;
let best = -1.5 * 2.0e38;
for (let turn = 0; turn < ${length}; turn++) {
  const next = this.thread.y * ${length} + turn;
  const at = next < last ? next : last;
  const value = x[this.thread.z][at][this.thread.x];
  best = value > best ? value : best;
}
return best;`,
  };
}

/** factor times the sum of `length` numbers from thread.y * length on, in parts of 16. -> (R, segments, n). */
export function sums(length: number): Source {
  return {
    parameters: { x: "array", count: "float", factor: "float" },
    body: `let total = 0.0;
for (let block = 0; block < ${length / 16}; block++) {
  let part = 0.0;
  for (let turn = 0; turn < 16; turn++) {
    const next = this.thread.y * ${length} + block * 16 + turn;
    const at = next < count ? next : count - 1;
    part = next < count ? part + x[this.thread.z][at][this.thread.x] : part;
  }
  total = total + part;
}
return factor * total;`,
  };
}

/** exp(x - top of the column), 0 beyond the diagonal where causal. x (R, m, n), top (R, 1, n) -> (R, m, n). */
export const exponentialsBelow: Source = {
  parameters: { x: "array", top: "array", causal: "float" },
  body: `const above = x[this.thread.z][this.thread.y][this.thread.x] - top[this.thread.z][0][this.thread.x];
const exponent = above > 0.0 ? 0.0 * above : above;
${exponential("exponent", "weight")}
return causal > 0 && this.thread.y > this.thread.x ? 0.0 * weight : weight;`,
};
