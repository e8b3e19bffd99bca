/**
 * @file The parts of attention. Arrays are columns: x (R, d, n) has token i along x, so that a thread i reads beside its neighbours. Pairs are visited in
 * chunks of keys: a chunk of weights (R, keys, n) is all that is kept of the n by n matrix, and no thread runs over more than a chunk.
 */
import { exponential } from "./arithmetic.js";
import { balancedSum, type Source } from "./source.js";

/** Terms of a scalar product written out in one expression; longer ones are a loop over blocks. */
const WRITTEN_OUT = 32;
const BLOCK = 8;
/** Weights summed before the total is touched. */
const PART = 16;

/** Lengths of a chunk of keys. */
export const CHUNKS = [16, 64, 256, 1024] as const;

/** Statements that make `value` = sum_k a_k b_k, k < d, as a balanced sum, or a sum over blocks of eight. */
function scalarProduct(d: number, term: (k: string) => string, value: string): string {
  const terms = (from: string, count: number): string => balancedSum(Array.from({ length: count }, (_, k) => term(from === "" ? String(k) : `${from} + ${k}`)));
  if (d <= WRITTEN_OUT) return `const ${value} = ${terms("", d)};`;
  const [blocks, rest] = [Math.floor(d / BLOCK), d % BLOCK];
  const tail = rest === 0 ? "" : `\n${value} = ${value} + ${balancedSum(Array.from({ length: rest }, (_, k) => term(String(blocks * BLOCK + k))))};`;
  return `let ${value} = 0.0;
for (let ${value}Block = 0; ${value}Block < ${blocks}; ${value}Block++) {
  const ${value}From = ${value}Block * ${BLOCK};
  ${value} = ${value} + ${terms(`${value}From`, BLOCK)};
}${tail}`;
}

/** Iterations of {@link scalarProduct}. */
export function productIterations(d: number): number {
  return d <= WRITTEN_OUT ? 0 : Math.floor(d / BLOCK);
}

/** Largest sign * <q_i, k_j> over `length` keys of segment first + thread.y; causal keys stop at i. q, k (R, d, .) -> (R, segments, n). */
export function largestProducts(d: number, length: number): Source {
  return {
    parameters: { q: "array", k: "array", sign: "float", keys: "float", causal: "float", first: "float" },
    body: `const row = this.thread.x;
const last = causal > 0 ? row : keys - 1;
let best = -1.5 * 2.0e38;
for (let turn = 0; turn < ${length}; turn++) {
  const next = (first + this.thread.y) * ${length} + turn;
  const j = next < last ? next : last;
  ${scalarProduct(d, (c) => `q[this.thread.z][${c}][this.thread.x] * k[this.thread.z][${c}][j]`, "product")}
  const score = sign * product;
  best = score > best ? score : best;
}
return best;`,
  };
}

/** Weight of key first + thread.y for query thread.x: exp(beta (<q_i, k_j> - reference_i)), 0 beyond the keys. -> (R, chunk, n). */
export function weights(d: number): Source {
  return {
    parameters: { q: "array", k: "array", reference: "array", sign: "float", beta: "float", keys: "float", causal: "float", first: "float" },
    body: `const row = this.thread.x;
const last = causal > 0 ? row : keys - 1;
const next = this.thread.y + first;
const j = next < last ? next : last;
${scalarProduct(d, (c) => `q[this.thread.z][${c}][this.thread.x] * k[this.thread.z][${c}][j]`, "product")}
const exponent = beta * (product - sign * reference[this.thread.z][0][this.thread.x]);
${exponential("exponent", "weight")}
return next > last ? 0.0 * weight : weight;`,
  };
}

/** sums + sum of the weights of a chunk of `keys` keys, at most `chunk`. -> (R, 1, n). */
export function addWeights(chunk: number): Source {
  return {
    parameters: { sums: "array", w: "array", keys: "float" },
    body: `${overChunk(chunk, "w[this.thread.z][at][this.thread.x]")}
return sums[this.thread.z][0][this.thread.x] + total;`,
  };
}

/** sums + sum_j w_ij (v_j - v_i) (`relative`) or sum_j w_ij v_j over a chunk. v (R, e, keys) -> (R, e, n). */
export function addWeighted(chunk: number, relative: boolean): Source {
  const value = `v[this.thread.z][this.thread.y][at + first]`;
  return {
    parameters: { sums: "array", w: "array", v: "array", keys: "float", first: "float" },
    body: `${relative ? "const own = v[this.thread.z][this.thread.y][this.thread.x];\n" : ""}${overChunk(chunk, `w[this.thread.z][at][this.thread.x] * ${relative ? `(${value} - own)` : value}`)}
return sums[this.thread.z][this.thread.y][this.thread.x] + total;`,
  };
}

/** Statements that make `total`, the sum of a term over `at` < keys. */
function overChunk(chunk: number, term: string): string {
  return `let total = 0.0;
for (let block = 0; block < ${chunk / PART}; block++) {
  let part = 0.0;
  for (let turn = 0; turn < ${PART}; turn++) {
    const next = block * ${PART} + turn;
    const at = next < keys ? next : keys - 1;
    part = next < keys ? part + ${term} : part;
  }
  total = total + part;
}`;
}

/** m_i / normaliser_i, less its part along x_i: v_i = (m_i - <x_i, m_i> x_i) / normaliser_i. All (R, d, n), the normaliser (R, 1, n). */
export function tangent(d: number): Source {
  return {
    parameters: { m: "array", x: "array", normaliser: "array" },
    body: `${scalarProduct(d, (c) => `x[this.thread.z][${c}][this.thread.x] * m[this.thread.z][${c}][this.thread.x]`, "along")}
const ahead = m[this.thread.z][this.thread.y][this.thread.x] - along * x[this.thread.z][this.thread.y][this.thread.x];
return ahead / normaliser[this.thread.z][0][this.thread.x];`,
  };
}

/** a / b with one b for each column: (R, e, n), (R, 1, n) -> (R, e, n). */
export const quotients: Source = {
  parameters: { a: "array", b: "array" },
  body: "return a[this.thread.z][this.thread.y][this.thread.x] / b[this.thread.z][0][this.thread.x];",
};

/** Every column divided by its length. (R, d, n) -> (R, d, n). */
export function unitColumns(d: number): Source {
  return {
    parameters: { x: "array" },
    body: `${scalarProduct(d, (c) => `x[this.thread.z][${c}][this.thread.x] * x[this.thread.z][${c}][this.thread.x]`, "square")}
return x[this.thread.z][this.thread.y][this.thread.x] / Math.sqrt(square);`,
  };
}
