/** @file Causal attention: what a token is given does not depend on later ones, to the last bit, be they no numbers at all. */
import type { Dtype, GeneralAttentionParameters } from "@mesoscope/kernels";
import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { wasmBackend } from "../src/index.js";

const backend = wasmBackend();
const [d, e] = [3, 5];

interface Rows {
  readonly q: Float64Array;
  readonly k: Float64Array;
  readonly v: Float64Array;
}

function drawn(n: number): Rows {
  const part = (name: string, columns: number): Float64Array => key("causal").fold(n, name).stream().fillNormal(new Float64Array(n * columns));
  return { q: part("q", d), k: part("k", d), v: part("v", e) };
}

async function attention({ q, k, v }: Rows, how: Pick<GeneralAttentionParameters, "flow" | "beta" | "shift">, dtype: Dtype): Promise<Float64Array> {
  const n = q.length / d;
  const inputs = [backend.upload(q, [1, n, d], dtype), backend.upload(k, [1, n, d], dtype), backend.upload(v, [1, n, e], dtype)];
  const y = backend.alloc(dtype, [1, n, e]);
  const plan = await backend.prepare("attention", { batch: 1, n, m: n, d, e, causal: true, ...how }, dtype);
  backend.submit(plan, inputs, [y]);
  const read = await backend.read(y);
  for (const tensor of [...inputs, y]) backend.free(tensor);
  backend.free(plan);
  return read;
}

/** Bits of a row-major part, so that NaN equals itself and -0 is not 0. */
const bits = (rows: Float64Array, tokens: number): BigUint64Array => new BigUint64Array(rows.slice(0, tokens * e).buffer);

describe.each(["f64", "f32"] as const)("%s", (dtype) => {
  test.each([
    ["softmax", { flow: "SA", beta: 1.5 }],
    ["softmax, negative", { flow: "SA", beta: -2 }],
    ["softmax of large scores", { flow: "SA", beta: 500 }],
    ["plain weights", { flow: "USA", beta: 0.7, shift: 1 }],
  ] as const)("%s: tokens before have the bits of attention among themselves", async (_, how) => {
    for (const n of [2, 7, 64, 70, 150]) {
      const rows = drawn(n);
      for (const first of new Set([1, 3, 5, 63, 64, 66, n - 1])) {
        if (first >= n) continue;
        const alone = bits(await attention({ q: rows.q.slice(0, first * d), k: rows.k.slice(0, first * d), v: rows.v.slice(0, first * e) }, how, dtype), first);
        for (const later of [NaN, Infinity, 1e30, 0]) {
          for (const name of ["q", "k", "v"] as const) {
            const changed = { ...rows, [name]: rows[name].slice().fill(later, first * (name === "v" ? e : d)) };
            const all = await attention(changed, how, dtype);
            expect(bits(all, first), `n = ${n}, from ${first} on ${name} = ${later}`).toEqual(alone);
            // The control: the tokens themselves do not hide it.
            if (Number.isNaN(later)) expect(all.subarray(first * e).every(Number.isNaN)).toBe(true);
          }
        }
      }
    }
  });
});

test("the drift among tokens: no later one that is no number reaches those before", async () => {
  const [n, first] = [150, 66];
  const x = key("causal drift").stream().fillNormal(new Float64Array(n * d));
  for (const how of [{ flow: "SA", beta: 1.5 }, { flow: "SA", beta: 500 }, { flow: "USA", beta: 0.3 }] as const) {
    const drift = async (tokens: Float64Array): Promise<Float64Array> => {
      const [from, to] = [backend.upload(tokens, [1, n, d]), backend.alloc("f64", [1, n, d])];
      backend.submit(await backend.prepare("attention-drift", { batch: 1, n, d, causal: true, ...how }), [from], [to]);
      return backend.read(to);
    };
    const [whole, broken] = [await drift(x), await drift(x.slice().fill(NaN, first * d))];
    for (let i = 0; i < first * d; i++) expect(Math.abs(broken[i]! - whole[i]!)).toBeLessThan(1e-12 * (1 + Math.abs(whole[i]!)));
  }
});
