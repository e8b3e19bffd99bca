import { key, log } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { trace } from "../src/definition/forward.js";
import type { Architecture, EnsembleInput, Network, Quantity, Weights } from "../src/index.js";
import { C1, C2, C4, definedTraces, drawWeights, ensemble, movementNames, quantityShape, trainedGroups } from "../src/index.js";
import type { Complex } from "./complex.js";
import { COMPLEX } from "./complex.js";
import { data, meanField } from "./reference.js";

const KEY = key("observe");
const [P, S] = [2, 3];

async function observed(architecture: Architecture, observe: readonly Quantity[], changed: Partial<EnsembleInput> = {}): Promise<{ net: Network; weights: Weights; values: Record<Quantity, Float64Array> }> {
  const parameterisation = meanField({ alphaA: 0.75, alphaL: 0.75, beta0: 1.3, gamma0: 0.7, eta0: 0.4 });
  const run = await ensemble({ architecture, parameterisation, sizes: { N: 3, H: 2, L: 2 }, ...data.A, replicas: { key: KEY, from: 0, count: 2 }, observe, ...changed });
  const { snapshots } = await run.train({ steps: 0, at: [0] });
  const second = Object.fromEntries(Object.entries(snapshots[0]!.values).map(([name, all]) => [name, all.subarray(all.length / 2)]));
  return { net: run.network, weights: drawWeights(run.network, KEY, 1), values: second as Record<Quantity, Float64Array> };
}

const inputRows = (mu: number): number[][] => Array.from({ length: S }, (_, s) => Array.from({ length: 3 }, (__, i) => data.A.tokens.x[(mu * S + s) * 3 + i]!));

/** df_mu/dW of one array by complex steps. */
function jacobian(net: Network, weights: Weights, id: string): number[][] {
  const complex = Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, Array.from(w, (value): Complex => [value, 0])]));
  return Array.from({ length: P }, (_, mu) =>
    Array.from(weights[id]!, (value, i) => {
      complex[id]![i] = [value, 1e-30];
      const slope = trace(COMPLEX, net, complex, inputRows(mu)).output[1] / 1e-30;
      complex[id]![i] = [value, 0];
      return slope;
    }),
  );
}

describe("tangent kernels", () => {
  test.each(Object.entries({ C1, C4, everything: { ...C4, positions: true, mlp: "gelu", layerNorm: true, causal: true, siteNonlinearity: "tanh" } } as Record<string, Architecture>))("of %s are those of the definition, group by group", async (_, architecture) => {
    const { net, weights, values } = await observed(architecture, ["tangentKernel"], { sizes: { N: 2, H: 2, L: 2 } });
    const groups = trainedGroups(architecture);
    const expected = new Float64Array(groups.length * P * P);
    for (const { id, group, rate } of net.arrays) {
      const slopes = jacobian(net, weights, id);
      for (let mu = 0; mu < P; mu += 1) {
        for (let nu = 0; nu < P; nu += 1) expected[(groups.indexOf(group) * P + mu) * P + nu]! += (rate / 0.4) * slopes[mu]!.reduce((sum, slope, i) => sum + slope * slopes[nu]![i]!, 0);
      }
    }
    for (const [i, value] of expected.entries()) expect(Math.abs(values.tangentKernel[i]! - value)).toBeLessThan(1e-11 * Math.max(1, Math.abs(value)));
  });

  test("drive lazy training: f moves by eta0 K (y - f)/P, to the first order in gamma0", async () => {
    const gaps: number[] = [];
    for (const gamma0 of [4e-3, 2e-3, 1e-3]) {
      const parameterisation = meanField({ beta0: 1.5, eta0: 0.25, gamma0 });
      const run = await ensemble({ architecture: C4, parameterisation, sizes: { N: 4, H: 2, L: 2 }, ...data.A, replicas: { key: KEY, from: 0, count: 1 }, observe: ["tangentKernel"] });
      const { outputs, snapshots } = await run.train({ steps: 10, at: [0] });
      const kernel = snapshots[0]!.values.tangentKernel!;
      const k = (mu: number, nu: number): number => Array.from({ length: kernel.length / 4 }, (_, g) => kernel[g * 4 + mu * 2 + nu]!).reduce((a, b) => a + b);
      let f = [0, 0];
      for (let t = 0; t < 10; t += 1) f = f.map((value, mu) => value + (0.25 / 2) * [0, 1].reduce((sum, nu) => sum + k(mu, nu) * (data.A.targets[nu]! - f[nu]!), 0));
      gaps.push(Math.abs(outputs[20]! - f[0]!));
    }
    for (const i of [0, 1]) expect(gaps[i]! / gaps[i + 1]!).toBeCloseTo(2, 1);
    expect(gaps[2]).toBeLessThan(3e-3);
  });
});

describe("gradient kernels, gates and what comes through keys", () => {
  test("of a linear read-out: G^L = w.w/(n S^2), and the formulas of one block", async () => {
    const { net, weights, values } = await observed(C2, ["gradients", "gates", "keyGradient"], { sizes: { N: 3, H: 2, L: 1 } });
    const { width: n, sizes, scales } = net;
    const [N, D] = [sizes.N, 3];
    const w = weights["readOut"]!;
    const top = w.reduce((sum, value) => sum + value * value, 0) / (n * S * S);
    for (const value of values.gradients.subarray(36)) expect(value).toBeCloseTo(top, 13);
    // z = W_O^T g / sqrt n with g = w/S; Mbar = sigma o (z_s.v_a - z_s.v^s_s)/N; r_K = W_K^T (N^(1 - alphaA) Mbar^T q) times the multiplier of keys.
    const z = Array.from({ length: n }, (_, j) => Array.from({ length: n }, (__, i) => (weights["output.1"]![i * n + j]! * w[i]!) / S).reduce((a, b) => a + b) / Math.sqrt(n));
    let total = 0;
    for (const [mu, { heads }] of definedTraces(net, weights, data.A.tokens).entries()) {
      const through = Array.from({ length: S }, () => new Float64Array(D));
      for (const [h, head] of heads[0]!.entries()) {
        for (let s = 0; s < S; s += 1) {
          const along = (row: readonly number[]): number => row.reduce((sum, value, i) => sum + z[h * N + i]! * value, 0);
          for (let a = 0; a < S; a += 1) {
            const gate = (head.attention[s]![a]! * (along(head.values[a]!) - along(head.output[s]!))) / N;
            expect(values.gates[((mu * 2 + h) * S + s) * S + a]).toBeCloseTo(gate, 12);
            for (let i = 0; i < N; i += 1) {
              for (let d = 0; d < D; d += 1) through[a]![d]! += gate * N * scales.logits * head.queries[s]![i]! * weights["key.1"]![(h * N + i) * D + d]! * net.arrays.find(({ id }) => id === "key.1")!.multiplier;
            }
          }
        }
      }
      for (const row of through) for (const value of row) total += value * value;
    }
    expect(values.keyGradient[0]).toBeCloseTo(total / (P * S * D), 12);
  });

  test("below two blocks: g^0 is what the positions feel", async () => {
    const architecture: Architecture = { ...C4, positions: true, mlp: "erf", layerNorm: true, attention: "shaped" };
    const { net, weights, values } = await observed(architecture, ["gradients"]);
    const { width: n, parameterisation } = net;
    const multiplier = net.arrays.find(({ id }) => id === "positions")!.multiplier;
    const g = jacobian(net, weights, "positions").map((row) => row.map((slope) => (slope * parameterisation.gamma0 * n) / multiplier));
    for (let i = 0; i < P * S; i += 1) {
      for (let j = 0; j < P * S; j += 1) {
        const rows = [i, j].map((at) => g[Math.floor(at / S)]!.slice((at % S) * n, ((at % S) + 1) * n));
        const expected = rows[0]!.reduce((sum, value, at) => sum + value * rows[1]![at]!, 0) / n;
        expect(values.gradients[i * P * S + j]).toBeCloseTo(expected, 11);
      }
    }
  });
});

describe("entropy and movement", () => {
  test("entropy is that of the rows, in nats", async () => {
    const { net, weights, values } = await observed({ ...C4, causal: true }, ["entropy"]);
    const traces = definedTraces(net, weights, data.A.tokens);
    for (const l of [0, 1]) {
      for (const h of [0, 1]) {
        const rows = traces.flatMap(({ heads }) => heads[l]![h]!.attention);
        const expected = rows.flat().reduce((sum, p) => (p > 0 ? sum - p * log(p) : sum), 0) / rows.length;
        expect(values.entropy[l * 2 + h]).toBeCloseTo(expected, 12);
      }
    }
  });

  test("movement is the root mean square of the difference to the start", async () => {
    const run = await ensemble({ architecture: { ...C4, mlp: "relu" }, parameterisation: meanField({ eta0: 0.3 }), sizes: { N: 2, H: 2, L: 1 }, ...data.A, replicas: { key: KEY, from: 0, count: 3 }, observe: ["movement", "features", "logits"] });
    const before = await run.weights();
    const { snapshots, outputs } = await run.train({ steps: 3, at: [0, 3] });
    const after = await run.weights();
    const names = movementNames(run.network);
    const [start, end] = snapshots.map(({ values }) => values);
    expect(start!.movement!.every((value) => value === 0)).toBe(true);
    const moved = (name: string, r: number): number => end!.movement![r * names.length + names.indexOf(name)]!;
    const rms = (a: Float64Array, b: Float64Array): number => Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
    for (let r = 0; r < 3; r += 1) {
      const own = (all: Float64Array): Float64Array => all.subarray((r * all.length) / 3, ((r + 1) * all.length) / 3);
      for (const [id, w] of Object.entries(after)) expect(moved(`W.${id}`, r)).toBeCloseTo(rms(own(w), own(before[id]!)), 12);
      expect(moved("logits.1", r)).toBeCloseTo(rms(own(end!.logits!), own(start!.logits!)), 12);
      expect(moved("H.1", r)).toBeCloseTo(rms(own(end!.features!).subarray(36), own(start!.features!).subarray(36)), 12);
      expect(moved("f", r)).toBeCloseTo(rms(own(outputs).subarray(6), new Float64Array(2)), 12);
    }
    expect(names).toEqual(["h.0", "h.1", "query.1", "key.1", "logits.1", "attention.1", "value.1", "heads.1", "mlp.1", "f", "H.0", "H.1", "W.readIn", "W.query.1", "W.key.1", "W.value.1", "W.output.1", "W.mlpIn.1", "W.mlpOut.1", "W.readOut"]);
    expect(quantityShape(run.network, 2, "movement")).toEqual([names.length]);
  });
});
