/** @file The definition: one network, nested loops, nothing clever. Ensembles are tested against it. */
import type { Activation } from "../architecture.js";
import { NORM_EPSILON } from "../architecture.js";
import type { Network } from "../network.js";
import { weightArrayOf } from "../network.js";
import type { Arithmetic } from "./arithmetic.js";

/** A matrix by its rows. */
export type Rows<T> = readonly (readonly T[])[];

/** What one block computed for one input: per head queries, keys and values (S, N), logits and attention (S, S), and what the head gives (S, N). */
export interface HeadTrace<T> {
  readonly queries: Rows<T>;
  readonly keys: Rows<T>;
  readonly values: Rows<T>;
  readonly logits: Rows<T>;
  readonly attention: Rows<T>;
  readonly output: Rows<T>;
}

/** What the network computed for one input. */
export interface Trace<T> {
  /** The stream before the first block and after each, (L + 1) of (S, n); without a read-in the first is x. */
  readonly stream: readonly Rows<T>[];
  /** (L, H). */
  readonly heads: readonly (readonly HeadTrace<T>[])[];
  /** f, not centred. */
  readonly output: T;
}

/**
 * Runs one input x (S, D) through the network with weights of type T by array id [eq:transformer-block, eq:transformer-output].
 */
export function trace<T>(arithmetic: Arithmetic<T>, network: Network, weights: Readonly<Record<string, ArrayLike<T>>>, x: Rows<number>): Trace<T> {
  const { architecture, sizes, scales } = network;
  const { of, add, scale } = arithmetic;
  const linear = (id: string, input: Rows<T>): Rows<T> => matrixRows(arithmetic, network, weights, id, input);
  const normed = (h: Rows<T>): Rows<T> => (architecture.layerNorm ? h.map((row) => layerNorm(arithmetic, row)) : h);
  const join = (h: Rows<T>, branch: Rows<T>): Rows<T> =>
    branch.map((row, s) => row.map((value, i) => (architecture.skip ? add(h[s]![i]!, scale(value, scales.branch)) : scale(value, scales.branch))));

  let h: Rows<T> = x.map((row) => row.map(of));
  if (architecture.readIn !== "identity") h = linear("readIn", h);
  if (architecture.positions) {
    const { multiplier, columns } = weightArrayOf(network, "positions")!;
    h = h.map((row, s) => row.map((value, i) => add(value, scale(weights["positions"]![s * columns + i]!, multiplier))));
  }
  const stream = [h];
  const heads: HeadTrace<T>[][] = [];
  for (let l = 1; l <= sizes.L; l += 1) {
    const input = normed(h);
    const [q, k, v] = [linear(`query.${l}`, input), linear(`key.${l}`, input), linear(`value.${l}`, input)];
    const block = Array.from({ length: sizes.H }, (_, head) => attend(arithmetic, network, columnsOf(q, head, sizes.N), columnsOf(k, head, sizes.N), columnsOf(v, head, sizes.N)));
    heads.push(block);
    const together = x.map((_, s) => block.flatMap(({ output }) => output[s]!));
    h = join(h, architecture.outputProjection ? linear(`output.${l}`, together) : together);
    if (architecture.mlp !== "none") {
      const hidden = linear(`mlpIn.${l}`, normed(h)).map((row) => row.map((value) => activation(arithmetic, architecture.mlp as Activation, value)));
      h = join(h, linear(`mlpOut.${l}`, hidden));
    }
    stream.push(h);
  }
  const { siteNonlinearity } = architecture;
  const sites = normed(h).map((row) => row.map((value) => (siteNonlinearity === "none" ? value : activation(arithmetic, siteNonlinearity, value))));
  const pooled = sites[0]!.map((_, i) => scale(sites.reduce((sum, row) => add(sum, row[i]!), of(0)), 1 / sites.length));
  return { stream, heads, output: linear("readOut", [pooled])[0]![0]! };
}

function columnsOf<T>(rows: Rows<T>, head: number, n: number): Rows<T> {
  return rows.map((row) => row.slice(head * n, (head + 1) * n));
}

/** multiplier W a for every row a. */
function matrixRows<T>({ of, add, times, scale }: Arithmetic<T>, network: Network, weights: Readonly<Record<string, ArrayLike<T>>>, id: string, input: Rows<T>): Rows<T> {
  const { rows, columns, multiplier } = weightArrayOf(network, id)!;
  const w = weights[id]!;
  return input.map((a) => Array.from({ length: rows }, (_, i) => scale(a.reduce((sum, value, j) => add(sum, times(w[i * columns + j]!, value)), of(0)), multiplier)));
}

function attend<T>(arithmetic: Arithmetic<T>, { architecture, scales }: Network, queries: Rows<T>, keys: Rows<T>, values: Rows<T>): HeadTrace<T> {
  const { of, add, times, scale } = arithmetic;
  const seen = (s: number): number => (architecture.causal ? s + 1 : keys.length);
  const logits = queries.map((q) => keys.map((k) => scale(q.reduce((sum, value, i) => add(sum, times(value, k[i]!)), of(0)), scales.logits)));
  const attention = logits.map((row, s) => {
    const visible = row.slice(0, seen(s));
    const weights = architecture.attention === "linear" ? visible : softmax(arithmetic, visible);
    const shaped = architecture.attention === "shaped" ? weights.map((weight, a) => add(weight, of((a === s ? 1 : 0) - 1 / seen(s)))) : weights;
    return row.map((_, a) => shaped[a] ?? of(0));
  });
  const output = attention.map((row) => values[0]!.map((_, i) => row.reduce((sum, weight, a) => add(sum, times(weight, values[a]![i]!)), of(0))));
  return { queries, keys, values, logits, attention, output };
}

function softmax<T>({ of, add, divide, exp, real }: Arithmetic<T>, logits: readonly T[]): readonly T[] {
  const top = of(-Math.max(...logits.map(real)));
  const weights = logits.map((logit) => exp(add(logit, top)));
  const sum = weights.reduce(add);
  return weights.map((weight) => divide(weight, sum));
}

function layerNorm<T>({ of, add, times, scale, divide, root }: Arithmetic<T>, row: readonly T[]): readonly T[] {
  const mean = scale(row.reduce(add), 1 / row.length);
  const centred = row.map((value) => add(value, scale(mean, -1)));
  const variance = scale(centred.map((value) => times(value, value)).reduce(add), 1 / row.length);
  const spread = root(add(variance, of(NORM_EPSILON)));
  return centred.map((value) => divide(value, spread));
}

function activation<T>({ of, add, times, scale, tanh, erf, real }: Arithmetic<T>, name: Activation, x: T): T {
  const gauss = (): T => erf(scale(x, Math.SQRT1_2));
  switch (name) {
    case "relu":
      return real(x) > 0 ? x : of(0);
    case "tanh":
      return tanh(x);
    case "erf":
      return gauss();
    case "gelu":
      return times(scale(x, 0.5), add(of(1), gauss()));
  }
}
