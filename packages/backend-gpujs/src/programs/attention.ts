/** @file The kernels of tokens: drift, steps, attention and interaction sums, chunk of keys by chunk of keys. */
import type { AttentionParameters, AttentionStepParameters, GeneralAttentionParameters, InteractionParameters } from "@mesoscope/kernels";
import type { Held, Machine } from "../machine.js";
import { largest, SEGMENTS } from "../sources/columns.js";
import { rung } from "../sources/source.js";
import { addWeighted, addWeights, CHUNKS, largestProducts, quotients, tangent, unitColumns, weights } from "../sources/tokens.js";
import { combination, larger, turned } from "../sources/vectors.js";
import { chunkOf, segmentOf, segmentsOf } from "./division.js";
import type { ProgramOf } from "./program.js";
import { steps } from "./runge-kutta.js";
import type { Scope } from "./scope.js";
import { scoped } from "./scope.js";

/** Attention of columns q (R, d, n) to columns k (R, d, m). */
interface Heads {
  readonly batch: number;
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly beta: number;
  readonly shift: number;
  readonly softmax: boolean;
  readonly causal: boolean;
}

/** What a plan keeps on the device. */
interface Constants {
  /** (R, 1, n): shift for every query, which the softmax does without. */
  readonly shifts: Promise<Held>;
  /** (R, 1, n): the number of keys of every query. */
  readonly counts: Promise<Held>;
  /** (R, e, n) and (R, 1, n): zeros. */
  readonly zeros: Promise<Held>;
  readonly zero: Promise<Held>;
}

function constantsOf(machine: Machine, { batch, n, m, causal, shift, beta }: Heads, e: number): Constants {
  const sign = beta < 0 ? -1 : 1;
  const filled = (rows: number, value: (i: number) => number): Promise<Held> =>
    machine.upload(Float32Array.from({ length: batch * rows * n }, (_, at) => value(at % n)), [n, rows, batch]);
  return { shifts: filled(1, () => sign * shift), counts: filled(1, (i) => (causal ? i + 1 : m)), zeros: filled(e, () => 0), zero: filled(1, () => 0) };
}

/** Largest sign(beta) <q_i, k_j> of every query, (R, 1, n). */
async function references(machine: Machine, { run, drop }: Scope, q: Held, k: Held, { batch, n, m, d, beta, causal }: Heads): Promise<Held> {
  const length = segmentOf(m, d);
  const all = Math.ceil(m / length);
  const most = segmentsOf(machine.limits, batch * n, length, d);
  let top: Held | undefined;
  for (let first = 0; first < all; first += most) {
    const segments = Math.min(most, all - first);
    const parts = await run(largestProducts(d, length), [n, segments, batch], q, k, beta < 0 ? -1 : 1, m, causal ? 1 : 0, first);
    const part = segments === 1 ? parts : await run(largest(rung(SEGMENTS, segments)), [n, 1, batch], parts, segments, 0);
    if (part !== parts) drop(parts);
    if (top === undefined) {
      top = part;
      continue;
    }
    const next: Held = await run(larger, [n, 1, batch], top, part);
    drop(top);
    drop(part);
    top = next;
  }
  return top!;
}

/** Sums over all keys: of weighted values (R, e, n), if there are any, and of weights (R, 1, n), if `normalised`. */
async function overKeys(machine: Machine, scope: Scope, heads: Heads, constants: Constants, q: Held, k: Held, values: { held: Held; e: number; relative: boolean } | undefined, normalised: boolean): Promise<{ sums: Held; normaliser: Held }> {
  const { batch, n, m, d, beta, softmax, causal } = heads;
  const reference = softmax ? await references(machine, scope, q, k, heads) : await constants.shifts;
  const chunk = chunkOf(machine.limits, batch * n, m, Math.max(d, values?.e ?? 1));
  let sums = await constants.zeros;
  let normaliser = normalised ? await constants.zero : await constants.counts;
  for (let first = 0; first < m; first += chunk) {
    const keys = Math.min(chunk, m - first);
    const length = rung(CHUNKS, keys);
    const w = await scope.run(weights(d), [n, keys, batch], q, k, reference, beta < 0 ? -1 : 1, beta, m, causal ? 1 : 0, first);
    if (values !== undefined) {
      const next = await scope.run(addWeighted(length, values.relative), [n, values.e, batch], sums, w, values.held, keys, first);
      scope.drop(sums);
      sums = next;
    }
    if (normalised) {
      const next = await scope.run(addWeights(length), [n, 1, batch], normaliser, w, keys);
      scope.drop(normaliser);
      normaliser = next;
    }
    scope.drop(w);
  }
  if (softmax) scope.drop(reference);
  return { sums, normaliser };
}

/** The field of columns x (R, d, n): tangent drift of the same form. */
function drift(machine: Machine, p: AttentionParameters): { field: (scope: Scope, x: Held) => Promise<Held>; constants: readonly Promise<Held>[] } {
  const { batch, n, d, beta, flow, causal = false, shift = 0 } = p;
  const heads: Heads = { batch, n, m: n, d, beta, shift, softmax: flow === "SA", causal };
  const constants = constantsOf(machine, heads, d);
  return {
    constants: Object.values(constants) as Promise<Held>[],
    field: async (scope, x) => {
      const { sums, normaliser } = await overKeys(machine, scope, heads, constants, x, x, { held: x, e: d, relative: true }, heads.softmax);
      const v = await scope.run(tangent(d), [n, d, batch], sums, x, normaliser);
      scope.drop(sums);
      scope.drop(normaliser);
      return v;
    },
  };
}

export const attentionDrift: ProgramOf<AttentionParameters> = (machine, p) => {
  const { batch, n, d } = p;
  const { field, constants } = drift(machine, p);
  return {
    constants,
    run: ([x]) =>
      scoped(machine, async (scope) => {
        const columns = await scope.run(turned, [n, d, batch], x!);
        return [await scope.run(turned, [d, n, batch], await field(scope, columns))];
      }),
  };
};

export const attentionStep: ProgramOf<AttentionStepParameters> = (machine, p) => {
  const { batch, n, d } = p;
  const { field, constants } = drift(machine, p);
  return {
    constants,
    run: ([x], repeat) =>
      scoped(machine, async (scope) => {
        const columns = await scope.run(turned, [n, d, batch], x!);
        const end = await steps(scope, p, [n, d, batch], field, columns, repeat, async (y) => scope.run(unitColumns(d), [n, d, batch], y));
        return [await scope.run(turned, [d, n, batch], end)];
      }),
  };
};

export const attention: ProgramOf<GeneralAttentionParameters> = (machine, p) => {
  const { batch, n, m, d, e, beta, flow, causal = false, shift = 0 } = p;
  const heads: Heads = { batch, n, m, d, beta, shift, softmax: flow === "SA", causal };
  const constants = constantsOf(machine, heads, e);
  return {
    constants: Object.values(constants) as Promise<Held>[],
    run: ([q, k, v]) =>
      scoped(machine, async (scope) => {
        const queries = await scope.run(turned, [n, d, batch], q!);
        const keys = await scope.run(turned, [m, d, batch], k!);
        const held = await scope.run(turned, [m, e, batch], v!);
        const { sums, normaliser } = await overKeys(machine, scope, heads, constants, queries, keys, { held, e, relative: false }, heads.softmax);
        return [await scope.run(turned, [e, n, batch], await scope.run(quotients, [n, e, batch], sums, normaliser))];
      }),
  };
};

export const interactionSums: ProgramOf<InteractionParameters> = (machine, p) => {
  const { batch, n, d, beta, shift = 0 } = p;
  const heads: Heads = { batch, n, m: n, d, beta, shift, softmax: false, causal: false };
  const constants = constantsOf(machine, heads, 1);
  return {
    constants: Object.values(constants) as Promise<Held>[],
    run: ([x]) =>
      scoped(machine, async (scope) => {
        const columns = await scope.run(turned, [n, d, batch], x!);
        const { normaliser } = await overKeys(machine, scope, heads, constants, columns, columns, undefined, true);
        return [await scope.run(combination, [n, 1, batch], normaliser, normaliser, 1 / n, 0)];
      }),
  };
};
