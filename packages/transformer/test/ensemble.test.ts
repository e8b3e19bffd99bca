import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { Architecture, EnsembleInput, Optimiser } from "../src/index.js";
import { C1, C4, definedTraces, drawWeights, ensemble } from "../src/index.js";
import { data, meanField } from "./reference.js";

const ADAM: Optimiser = { adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-20 } };
const RICH: Architecture = { ...C4, positions: true, mlp: "gelu", layerNorm: true, causal: true };

function input(changed: Partial<EnsembleInput> = {}): EnsembleInput {
  return { architecture: RICH, parameterisation: meanField({ eta0: 0.1 }), sizes: { N: 2, H: 3, L: 2 }, ...data.A, replicas: { key: key("ensemble"), from: 0, count: 5 }, ...changed };
}

describe("replicas", () => {
  test("have the same bytes alone, in any batch and after any number of calls", async () => {
    const observe = ["features", "gradients", "movement", "entropy"] as const;
    for (const optimiser of ["sgd", { momentum: 0.9 }, ADAM] as const) {
      const parameterisation = meanField({ eta0: 0.05, optimiser });
      const whole = await ensemble(input({ observe, parameterisation }));
      const all = await whole.train({ steps: 6, at: [4] });
      const split = await ensemble(input({ observe, parameterisation, together: 2, replicas: { key: key("ensemble"), from: 2, count: 3 } }));
      const [first, second] = [await split.train({ steps: 2 }), await split.train({ steps: 4, at: [4] })];
      const row = 7 * 2;
      for (let r = 0; r < 3; r += 1) {
        const own = all.outputs.subarray((r + 2) * row, (r + 3) * row);
        expect([...first.outputs.subarray(r * 6, r * 6 + 4), ...second.outputs.subarray(r * 10, (r + 1) * 10)]).toEqual([...own]);
      }
      for (const quantity of observe) {
        const [a, b] = [all.snapshots[0]!.values[quantity]!, second.snapshots[0]!.values[quantity]!];
        expect([...a.subarray((2 * a.length) / 5)]).toEqual([...b]);
      }
    }
  });

  test("differ from each other, and are what their key draws", async () => {
    const run = await ensemble(input());
    const weights = await run.weights();
    const own = drawWeights(run.network, key("ensemble"), 3);
    for (const [id, values] of Object.entries(own)) expect([...weights[id]!.subarray(3 * values.length, 4 * values.length)]).toEqual([...values]);
    const { outputs } = await run.train({ steps: 1 });
    expect(new Set(Array.from({ length: 5 }, (_, r) => outputs[r * 4 + 2])).size).toBe(5);
  });

  test("follow the definition, output by output and site by site", async () => {
    for (const architecture of [C1, RICH, { ...RICH, attention: "shaped" }, { ...C4, attention: "linear", causal: true, mlp: "relu", skip: false }] as Architecture[]) {
      const run = await ensemble(input({ architecture, observe: ["features", "values", "logits", "attention"] }));
      const { snapshots } = await run.train({ steps: 0, at: [0] });
      const { features, values, logits, attention } = snapshots[0]!.values;
      const start = run.startOutputs();
      const { L, H, N } = run.network.sizes;
      const [P, S] = [2, 3];
      const r = 2;
      const traces = definedTraces(run.network, drawWeights(run.network, key("ensemble"), r), data.A.tokens);
      for (const [mu, { output }] of traces.entries()) expect(start[r * P + mu]).toBeCloseTo(output, 12);
      const site = (i: number): number[][] => traces[Math.floor(i / S)]!.stream.map((h) => [...h[i % S]!]);
      const mixed = (i: number): number[][] => traces[Math.floor(i / S)]!.heads.map((heads) => heads.flatMap(({ output }) => output[i % S]!));
      const dot = (a: number[], b: number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0) / a.length;
      const sites = P * S;
      for (let i = 0; i < sites; i += 1) {
        for (let j = 0; j < sites; j += 1) {
          for (let l = 0; l <= L; l += 1) expect(features![((r * (L + 1) + l) * sites + i) * sites + j]).toBeCloseTo(dot(site(i)[l]!, site(j)[l]!), 11);
          for (let l = 0; l < L; l += 1) expect(values![((r * L + l) * sites + i) * sites + j]).toBeCloseTo(dot(mixed(i)[l]!, mixed(j)[l]!), 11);
        }
      }
      for (const [l, mu, h] of [[0, 1, 2], [1, 0, 0]] as const) {
        const head = traces[mu]!.heads[l]![h]!;
        for (let s = 0; s < S; s += 1) {
          for (let a = 0; a < S; a += 1) {
            const at = ((((r * L + l) * P + mu) * H + h) * S + s) * S + a;
            expect(logits![at]).toBeCloseTo(head.logits[s]![a]!, 11);
            expect(attention![at]).toBeCloseTo(head.attention[s]![a]!, 11);
          }
        }
      }
      expect(N * H).toBe(run.network.width);
    }
  });
});

describe("a step", () => {
  test.each([["sgd", "sgd"], ["momentum", { momentum: 0.9 }], ["adam", ADAM]] as [string, Optimiser][])("of %s is made of the gradients before it", async (_, optimiser) => {
    const run = await ensemble(input({ parameterisation: meanField({ eta0: 0.1, optimiser }) }));
    const expected = await run.weights();
    const state: Record<string, { m: number; v: number }[]> = {};
    for (let t = 1; t <= 3; t += 1) {
      const gradients = await run.gradients();
      await run.train({ steps: 1 });
      const weights = await run.weights();
      for (const { id, rate } of run.network.arrays) {
        const [w, g] = [expected[id]!, gradients[id]!];
        const own = (state[id] ??= Array.from(w, () => ({ m: 0, v: 0 })));
        for (let i = 0; i < w.length; i += 1) {
          const s = own[i]!;
          if (optimiser === "sgd") w[i]! -= rate * g[i]!;
          else if ("momentum" in optimiser) {
            s.m = optimiser.momentum * s.m + g[i]!;
            w[i]! -= rate * s.m;
          } else {
            const { beta1, beta2, epsilon } = optimiser.adam;
            s.m = beta1 * s.m + (1 - beta1) * g[i]!;
            s.v = beta2 * s.v + (1 - beta2) * g[i]! * g[i]!;
            w[i]! -= (rate * (s.m / (1 - beta1 ** t))) / (Math.sqrt(s.v / (1 - beta2 ** t)) + epsilon);
          }
        }
        for (let i = 0; i < w.length; i += 1) expect(Math.abs(weights[id]![i]! - w[i]!)).toBeLessThan(1e-11 * Math.max(1, Math.abs(w[i]!)));
      }
    }
  });

  test.each([["sgd", "sgd"], ["momentum", { momentum: 0.5 }], ["adam", ADAM]] as [string, Optimiser][])("of %s is the same in function space with one rate and with separate rates", async (_, optimiser) => {
    const p = meanField({ alphaL: 0.8, eta0: 0.05, optimiser });
    const [one, two] = [await ensemble(input({ parameterisation: p })), await ensemble(input({ parameterisation: { ...p, rates: "separate" } }))];
    const [a, b] = [await one.train({ steps: 5 }), await two.train({ steps: 5 })];
    for (const [i, f] of a.outputs.entries()) expect(Math.abs(f - b.outputs[i]!)).toBeLessThan(1e-11);
    // The control: another exponent of depth is seen.
    const other = await (await ensemble(input({ parameterisation: { ...p, alphaL: 0.9 } }))).train({ steps: 5 });
    expect(Math.max(...a.outputs.map((f, i) => Math.abs(f - other.outputs[i]!)))).toBeGreaterThan(1e-3);
  });

  test("moves what is trained and nothing else", async () => {
    const run = await ensemble(input({ architecture: { ...RICH, readIn: "frozen", trained: ["query", "mlpOut"] } }));
    const before = await run.weights();
    await run.train({ steps: 2 });
    const after = await run.weights();
    for (const { id, group } of run.network.arrays) {
      const moved = after[id]!.some((w, i) => w !== before[id]![i]);
      expect(moved, id).toBe(group === "query" || group === "mlpOut");
    }
  });
});

describe("symmetries", () => {
  test("without positions and mask the order of tokens does not matter; with them it does", async () => {
    const { tokens, targets } = data.A;
    const turned = { ...tokens, x: Float64Array.from(tokens.x, (_, i) => tokens.x[Math.floor(i / 9) * 9 + ((i % 9) + 3) % 9]!) };
    const run = async (architecture: Architecture, x: typeof tokens): Promise<Float64Array> => (await (await ensemble(input({ architecture, tokens: x, targets }))).train({ steps: 4 })).outputs;
    for (const [architecture, same] of [[{ ...C4, mlp: "gelu", layerNorm: true }, true], [{ ...C4, causal: true }, false], [{ ...C4, positions: true }, false]] as [Architecture, boolean][]) {
      const [a, b] = [await run(architecture, tokens), await run(architecture, turned)];
      const gap = Math.max(...a.map((f, i) => Math.abs(f - b[i]!)));
      if (same) expect(gap).toBeLessThan(1e-11);
      else expect(gap).toBeGreaterThan(1e-3);
    }
  });
});

describe("a replica that diverges", () => {
  test("is told with its step, and the others go on as if alone", async () => {
    const hot = meanField({ eta0: 60, gamma0: 1 });
    const unstable = await ensemble(input({ architecture: C4, parameterisation: hot, observe: ["features"] }));
    const { outputs, outcomes, loss, snapshots } = await unstable.train({ steps: 30, at: [0, 30] });
    const broken = outcomes.findIndex(({ kind }) => kind === "diverged");
    expect(broken).toBeGreaterThanOrEqual(0);
    const step = outcomes[broken]!.step!;
    expect(outcomes[broken]!.message).toBe(`Numbers were not finite after ${step} steps. Take a smaller eta0; count the replica, and leave it out of averages.`);
    const row = outputs.subarray(broken * 62, (broken + 1) * 62);
    expect([...row.subarray(0, step * 2)].every(Number.isFinite)).toBe(true);
    expect([...row.subarray(step * 2)].every(Number.isNaN)).toBe(true);
    expect(Number.isNaN(loss[broken * 31 + 30])).toBe(true);
    expect(Number.isFinite(snapshots[0]!.values.features![broken * 108])).toBe(true);
    expect(Number.isNaN(snapshots[1]!.values.features![broken * 108])).toBe(true);
    const again = await unstable.train({ steps: 1 });
    expect(again.outcomes[broken]!.step).toBe(step);
  });

  test("has diverged where its loss is no number, though its outputs still are", async () => {
    const run = await ensemble(input({ architecture: C1, ...data.B, sizes: { N: 2, H: 2, L: 1 }, parameterisation: meanField({ eta0: 2e7 }) }));
    const { outcomes, loss, outputs } = await run.train({ steps: 3 });
    expect(outcomes.some(({ kind }) => kind === "diverged")).toBe(true);
    for (const [r, { kind, step = 4 }] of outcomes.entries()) {
      expect(kind === "diverged").toBe(step < 4);
      for (let t = 0; t <= 3; t += 1) {
        for (const value of [loss[r * 4 + t]!, outputs[(r * 4 + t) * 2]!, outputs[(r * 4 + t) * 2 + 1]!]) expect(Number.isFinite(value)).toBe(t < step);
      }
    }
  });

  test("stands beside others without touching them", async () => {
    // Weights far too large in one replica of three.
    const calm = await ensemble(input({ architecture: C4, replicas: { key: key("ensemble"), from: 0, count: 3 } }));
    const weights = await calm.weights();
    const wild = Object.fromEntries(Object.entries(weights).map(([id, w]) => [id, w.map((value, i) => (Math.floor((3 * i) / w.length) === 1 ? 30 * value : value))]));
    const mixed = await (await ensemble(input({ architecture: C4, replicas: { weights: wild, count: 3 } }))).train({ steps: 12 });
    const alone = await calm.train({ steps: 12 });
    expect(mixed.outcomes.map(({ kind }) => kind)).toEqual(["converged", "diverged", "converged"]);
    for (const r of [0, 2]) expect([...mixed.outputs.subarray(r * 26, (r + 1) * 26)]).toEqual([...alone.outputs.subarray(r * 26, (r + 1) * 26)]);
  });
});

describe("what is refused", () => {
  test("tasks, replicas and records that do not fit", async () => {
    const { tokens } = data.A;
    await expect(ensemble(input({ tokens: { ...tokens, inputs: 3 } }))).rejects.toThrow(/^x.length = 18: must be inputs \* tokens \* features = 27/);
    await expect(ensemble(input({ targets: [1] }))).rejects.toThrow(/^targets.length = 1/);
    await expect(ensemble(input({ replicas: { key: key(1), from: 0, count: 0 } }))).rejects.toThrow(/^replicas.count = 0/);
    await expect(ensemble(input({ architecture: C1, replicas: { weights: { "query.1": [1] }, count: 1 } }))).rejects.toThrow(/^weights\["query.1"\].length = 1: must be 18: \(1, 6, 3\)/);
    await expect(ensemble(input({ replicas: { weights: { other: [1] }, count: 1 } }))).rejects.toThrow(/is no array of this network/);
    await expect(ensemble(input({ architecture: { ...C4, attention: "linear" }, observe: ["entropy"] }))).rejects.toThrow(/needs probabilities/);
    await expect(ensemble(input({ parameterisation: meanField({ optimiser: ADAM }), observe: ["tangentKernel"] }))).rejects.toThrow(/not Adam/);
    const run = await ensemble(input());
    await expect(run.train({ steps: 3, at: [4] })).rejects.toThrow(/^at\[0\] = 4/);
    run.close();
  });
});
