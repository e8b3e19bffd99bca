import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { trace } from "../src/definition/forward.js";
import type { Architecture } from "../src/index.js";
import { C1, C2, C4, definedOutputs, drawWeights, ensemble, network } from "../src/index.js";
import type { Complex } from "./complex.js";
import { COMPLEX } from "./complex.js";
import { meanField } from "./reference.js";

/** Small enough that complex steps run through every weight. */
const SIZES = { N: 2, H: 2, L: 2 };
const [P, S, D] = [2, 3, 2];
const STEP = 1e-30;

const FULL: Architecture = { ...C4, positions: true, mlp: "gelu", layerNorm: true };
const CASES: Record<string, Architecture> = {
  C1,
  C2,
  C4,
  "two blocks without skip or projection": { ...C4, skip: false, outputProjection: false },
  "no projection, with skip": { ...C4, outputProjection: false },
  "no skip, with projection": { ...C4, skip: false },
  shaped: { ...C4, attention: "shaped" },
  linear: { ...C4, attention: "linear" },
  causal: { ...C4, causal: true },
  "causal, shaped": { ...C4, causal: true, attention: "shaped" },
  "causal, linear": { ...C4, causal: true, attention: "linear" },
  "layer norm": { ...C4, layerNorm: true },
  "layer norm of the inputs themselves": { ...C1, layerNorm: true, mlp: "tanh" },
  "layer norm without skip": { ...C4, layerNorm: true, skip: false, mlp: "erf" },
  relu: { ...C4, mlp: "relu" },
  erf: { ...C4, mlp: "erf" },
  gelu: { ...C4, mlp: "gelu" },
  tanh: { ...C4, mlp: "tanh" },
  "site relu": { ...C4, siteNonlinearity: "relu" },
  "site erf": { ...C2, siteNonlinearity: "erf" },
  "site gelu": { ...C2, siteNonlinearity: "gelu" },
  "site tanh": { ...C2, siteNonlinearity: "tanh" },
  positions: { ...C4, positions: true },
  "frozen read-in": { ...C4, readIn: "frozen", positions: true },
  "frozen read-in, positions trained": { ...C4, readIn: "frozen", positions: true, trained: ["positions", "value"] },
  "keys and read-out alone": { ...C4, readIn: "frozen", trained: ["key", "readOut"] },
  everything: FULL,
  "everything, causal and shaped": { ...FULL, causal: true, attention: "shaped" },
};

const x = key("gradients").fold("x").stream().fillNormal(new Float64Array(P * S * D));
const tokens = { inputs: P, tokens: S, features: D, x };
const targets = [0.7, -1.1];
const rows = (mu: number): number[][] => Array.from({ length: S }, (_, s) => [...x.subarray((mu * S + s) * D, (mu * S + s + 1) * D)]);

describe("gradients against complex-step differentiation of the definition", () => {
  const exponents = [{ alphaA: 1, alphaL: 0.5 }, { alphaA: 0.5, alphaL: 1 }, { alphaA: 0.75, alphaL: 0.8 }];
  test.each(Object.keys(CASES))("%s", async (name) => {
    const at = Object.keys(CASES).indexOf(name);
    const input = { architecture: CASES[name]!, parameterisation: meanField({ ...exponents[at % 3]!, beta0: 1.3, gamma0: 0.8, eta0: 0.3 }), sizes: SIZES };
    const net = network({ ...input, tokens: S, features: D });
    const run = await ensemble({ ...input, tokens, targets, replicas: { key: key("gradients"), from: 3, count: 2 } });
    await run.train({ steps: 1 });
    const [weights, gradients] = [await run.weights(), await run.gradients()];
    const start = definedOutputs(net, drawWeights(net, key("gradients"), 4), tokens);
    const own = Object.fromEntries(net.arrays.map(({ id, rows: m, columns }) => [id, weights[id]!.subarray(m * columns, 2 * m * columns)]));
    const errors = definedOutputs(net, own, tokens).map((f, mu) => targets[mu]! - (f - start[mu]!));
    let largest = 0;
    for (const { id, rows: m, columns, trained } of net.arrays) {
      if (!trained) {
        expect(gradients[id]).toBeUndefined();
        continue;
      }
      for (let i = 0; i < m * columns; i += 1) {
        const complex: Record<string, Complex[]> = Object.fromEntries(Object.entries(own).map(([name_, w]) => [name_, Array.from(w, (value): Complex => [value, 0])]));
        complex[id]![i] = [own[id]![i]!, STEP];
        const expected = -[0, 1].reduce((sum, mu) => sum + (errors[mu]! * trace(COMPLEX, net, complex, rows(mu)).output[1]) / STEP, 0) / P;
        const found = gradients[id]![m * columns + i]!;
        largest = Math.max(largest, Math.abs(found - expected) / Math.max(1, Math.abs(expected)));
      }
    }
    expect(largest).toBeLessThan(1e-12);
  });
});
