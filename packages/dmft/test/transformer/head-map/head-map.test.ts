import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { drawnHeads, headMap, headMapLimit, headMapReplicas, headsOfWeights, identicalHeads, quadratureHeads } from "../../../src/transformer/index.js";
import type { HeadStates, TrainingTask } from "../../../src/transformer/index.js";
import { drawWeights, trainExplicitly } from "../explicit-network.js";
import { dataSet, largestDifference, own, reference, rowsAt, taskOf } from "../tables.js";

const headsOf = ({ alphaA, nodes, features }: { alphaA: number; nodes: number; features: number }): HeadStates =>
  alphaA === 1 ? identicalHeads({ alphaA, features, heads: 1 }) : quadratureHeads({ features, nodes });

describe("the map against explicit networks", () => {
  test.each(own.explicit.map((row, i) => [i, row] as const))("case %d: gradients by complex steps, 1e-12", (_, row) => {
    const P = row.inputs;
    const run = headMap(taskOf(row), { ...row, steps: row.f.length / P - 1 }, headsOfWeights(row));
    expect(largestDifference(run.f, row.f)).toBeLessThan(1e-12);
    expect(largestDifference(run.logits, row.logits)).toBeLessThan(1e-11);
  });

  test.each([0.5, 0.7, 1])("alphaA = %d: fifty steps of explicit gradient descent, all weights drawn, 1e-12", (alphaA) => {
    const task = dataSet("B");
    const descent = { eta0: 0.2, gamma0: 1.2, steps: 50 };
    const size = { N: 5, H: 3, alphaA };
    const weights = drawWeights(size, 2, 11, false);
    const plain = trainExplicitly(task, descent, size, weights);
    const run = headMap(task, descent, headsOfWeights({ ...weights, alphaA, N: 5, features: 2, heads: 3 }));
    expect(largestDifference(run.f, plain.f)).toBeLessThan(1e-12 * Math.max(1, ...plain.f.map(Math.abs)));
    expect(largestDifference(run.logits, plain.logits)).toBeLessThan(1e-11 * Math.max(1, ...plain.logits.map(Math.abs)));
  });

  test("reference: two heads of width 3 from given weights, both alphas", () => {
    const { N, H, t, phases, tol, ...rates } = reference.cases.D1;
    const wave = (size: number, phase: number): number[] => Array.from({ length: size }, (_, k) => Math.SQRT2 * Math.sin(1.7 * (k + 1) + phase));
    for (const [alphaA, expected] of [[0.5, rates.alphaHalf], [1, rates.alphaOne]] as const) {
      const weights = { queries: wave(H * N * 2, phases.queries), keys: wave(H * N * 2, phases.keys), values: wave(H * N * 2, phases.values), readOut: wave(H * N, phases.readOut) };
      const run = headMap(dataSet("B"), { ...rates, steps: 20 }, headsOfWeights({ ...weights, alphaA, N, heads: H, features: 2 }));
      expect(largestDifference(rowsAt(run.f, 2, t), expected.f.flat())).toBeLessThan(tol);
      expect(largestDifference(run.logits.subarray(0, 9), expected.A_head0_input0_T.flat())).toBeLessThan(tol);
    }
  });
});

describe("limits", () => {
  test("wide heads at alphaA = 1, and infinitely many at 1/2: reference values; the quadrature knows its error", () => {
    const { D2, D3 } = reference.cases;
    const alike = headMapLimit(dataSet("B"), D2, { alphaA: 1, N: "infinite" });
    expect(largestDifference(alike.f.slice(-2), D2.f)).toBeLessThan(D2.tol);
    expect(alike.errorKind).toBe("rounding");
    const many = headMapLimit(dataSet("B"), D3, { alphaA: 0.5, N: "infinite" }, { kind: "quadrature", nodes: 10 });
    expect(largestDifference(many.f.slice(-2), D3.f)).toBeLessThan(D3.tol + many.error.at(-2)!);
    // 16 nodes give .423750518: ten are within their stated error of it, and not by far.
    expect(many.error.at(-2)!).toBeGreaterThan(Math.abs(many.f.at(-2)! - 0.423750518));
    expect(many.error.at(-2)!).toBeLessThan(1e-4);
  });

  test.each(own.wide.map((row, i) => [i, row] as const))("case %d: by NumPy, 1e-12; first-order steps and gradient flow are told apart", (_, row) => {
    const run = headMap(taskOf(row), row, headsOf(row));
    const end = run.f.slice(-row.inputs);
    expect(largestDifference(end, row.f)).toBeLessThan(1e-12);
    expect(largestDifference(end, row.withoutSecondOrder)).toBeGreaterThan(3e-4);
    expect(largestDifference(end, row.flow)).toBeGreaterThan(1e-3);
  });

  test.each(own.wide.map((row, i) => [i, row] as const))("case %d: gradient flow is what shorter steps come to, the difference halves", (_, row) => {
    const off = [4, 8, 16].map((parts) => {
      const run = headMap(taskOf(row), { ...row, eta0: row.eta0 / parts, steps: row.steps * parts }, headsOf(row));
      return largestDifference(run.f.slice(-row.inputs), row.flow);
    });
    expect(off[0]! / off[1]!).toBeGreaterThan(1.85);
    expect(off[0]! / off[1]!).toBeLessThan(2.15);
    expect(off[1]! / off[2]!).toBeGreaterThan(1.92);
    expect(off[1]! / off[2]!).toBeLessThan(2.08);
  });

  test("towards gamma0 = 0 training is descent in the kernel 2 xbar xbar^T, the difference of order gamma0^2", () => {
    const task = dataSet("B");
    const descent = { eta0: 0.3, steps: 15 };
    const mean = [0, 1].map((m) => [0, 1].map((i) => [0, 1, 2].reduce((sum, s) => sum + (task.tokens.x[(m * 3 + s) * 2 + i]!) / 3 / Math.SQRT2, 0)));
    const kernel = (m: number, k: number): number => 2 * (mean[m]![0]! * mean[k]![0]! + mean[m]![1]! * mean[k]![1]!);
    let f = [0, 0];
    for (let t = 0; t < descent.steps; t++) f = f.map((value, m) => value + (descent.eta0 / 2) * [0, 1].reduce((sum, k) => sum + kernel(m, k) * (task.targets[k]! - f[k]!), 0));
    const off = [0.04, 0.02, 0.01].map((gamma0) => largestDifference(headMap(task, { ...descent, gamma0 }, identicalHeads({ alphaA: 1, features: 2, heads: 1 })).f.slice(-2), f));
    expect(off[0]! / off[1]!).toBeCloseTo(4, 1);
    expect(off[1]! / off[2]!).toBeCloseTo(4, 1);
    expect(off[2]!).toBeLessThan(1e-4);
  });

  test("a sample of heads agrees with the quadrature within its standard error", () => {
    const task = dataSet("B");
    const descent = { eta0: 0.25, gamma0: 1, steps: 12 };
    const sure = headMapLimit(task, descent, { alphaA: 0.5, N: "infinite" }, { kind: "quadrature", nodes: 6 });
    const sampled = headMapLimit(task, descent, { alphaA: 0.5, N: "infinite" }, { kind: "sample", heads: 200, batches: 20, key: key(6) });
    expect(sampled.errorKind).toBe("standard-error");
    for (const at of [-1, -2]) {
      // Bias of a batch, shift of order -0.03/200, is below a tenth of the standard error; level 0.1 % on 19 degrees of freedom.
      expect(Math.abs(sampled.f.at(at)! - sure.f.at(at)!)).toBeLessThan(3.9 * sampled.error.at(at)!);
      expect(sampled.error.at(at)!).toBeLessThan(0.006);
    }
  });
});

describe("symmetries", () => {
  const base = dataSet("B");
  const at = (m: number, s: number, i: number): number => base.tokens.x[(m * 3 + s) * 2 + i]!;
  const rebuilt = (pick: (m: number, s: number) => readonly [number, number], order: readonly number[]): TrainingTask => ({
    tokens: { ...base.tokens, x: [0, 1].flatMap((m) => [0, 1, 2].flatMap((s) => [0, 1].map((i) => at(...pick(m, s), i)))) },
    targets: order.map((m) => base.targets[m]!),
  });
  const descent = { eta0: 0.25, gamma0: 1, steps: 20 };
  const heads = drawnHeads({ alphaA: 0.5, N: 4, features: 2, heads: 3 }, key(2));

  test("permuting inputs permutes outputs; permuting the tokens of an input changes nothing", () => {
    const f = headMap(base, descent, heads).f;
    const inputs = headMap(rebuilt((m, s) => [1 - m, s], [1, 0]), descent, heads).f;
    const tokens = headMap(rebuilt((m, s) => [m, (s + 1 + m) % 3], [0, 1]), descent, heads).f;
    for (let t = 0; t <= descent.steps; t++) {
      expect(inputs[2 * t]!).toBeCloseTo(f[2 * t + 1]!, 12);
      expect(tokens[2 * t]!).toBeCloseTo(f[2 * t]!, 12);
      expect(tokens[2 * t + 1]!).toBeCloseTo(f[2 * t + 1]!, 12);
    }
  });

  test("rotating features with the heads changes nothing; one head twice is that head with its weight", () => {
    const f = headMap(base, descent, identicalHeads({ alphaA: 1, features: 2, heads: 1 })).f;
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const x = Array.from({ length: 6 }, (_, row) => [c * base.tokens.x[2 * row]! - s * base.tokens.x[2 * row + 1]!, s * base.tokens.x[2 * row]! + c * base.tokens.x[2 * row + 1]!]).flat();
    expect(largestDifference(headMap({ ...base, tokens: { ...base.tokens, x } }, descent, identicalHeads({ alphaA: 1, features: 2, heads: 1 })).f, f)).toBeLessThan(1e-13);
    expect(largestDifference(headMap(base, descent, identicalHeads({ alphaA: 1, features: 2, heads: 4 })).f, f)).toBeLessThan(1e-13);
  });
});

describe("finite systems", () => {
  const task = dataSet("B");
  const descent = { eta0: 0.25, gamma0: 1, steps: 4 };

  test("a replica has the same bytes alone and in any batch", () => {
    const many = headMapReplicas(task, descent, { alphaA: 0.5, N: 3, H: 2 }, { key: key(1), from: 0, count: 5 });
    const one = headMapReplicas(task, descent, { alphaA: 0.5, N: 3, H: 2 }, { key: key(1), from: 3, count: 1 });
    expect([...one.f]).toEqual([...many.f.slice(30, 40)]);
    expect([...one.logits]).toEqual([...many.logits.slice(3 * 36, 4 * 36)]);
  });

  test("first logits have the variance N^(1 - 2 alphaA) of the law, mean over entries of H_ss H_aa = 0.490", () => {
    for (const [alphaA, N] of [[0.5, 3], [0.75, 16], [1, 16]] as const) {
      const R = 1500;
      const { logits } = headMapReplicas(task, { ...descent, steps: 0 }, { alphaA, N, H: 1 }, { key: key(8), from: 0, count: R });
      const variance = logits.reduce((sum, value) => sum + value * value, 0) / logits.length;
      // Standard error some 3 % (entries of one head hang together): four of them.
      expect(variance * N ** (2 * alphaA - 1) / reference.cases.D5.initial).toBeGreaterThan(0.88);
      expect(variance * N ** (2 * alphaA - 1) / reference.cases.D5.initial).toBeLessThan(1.12);
    }
  });

  test("too long steps end a run with its step; others in the batch go on; no output is no number", () => {
    const { f, steps, outcomes } = headMapReplicas(task, { eta0: 3, gamma0: 1, steps: 60 }, { alphaA: 0.5, N: 2, H: 1 }, { key: key(4), from: 0, count: 12 });
    expect(f.every(Number.isFinite)).toBe(true);
    const ended = outcomes.flatMap((each, r) => (each.kind === "diverged" ? [r] : []));
    expect(ended.length).toBeGreaterThan(0);
    for (const r of ended) {
      expect(outcomes[r]!.message).toMatch(new RegExp(`at step ${steps[r]! + 1}: lower eta0`));
      expect(steps[r]!).toBeLessThan(60);
    }
  });
});

describe("what is refused", () => {
  const task = dataSet("B");
  const descent = { eta0: 0.25, gamma0: 1, steps: 2 };
  test("sizes, exponents and arrays outside their ranges, each with rule and remedy", () => {
    expect(() => identicalHeads({ alphaA: 0.4, features: 2, heads: 1 })).toThrow("alphaA = 0.4: must be a number from 0.5 to 1. Logits are q.k N^-alphaA");
    expect(() => headMapLimit(task, descent, { alphaA: 1.1, N: "infinite" })).toThrow("alphaA = 1.1");
    expect(() => headMapReplicas(task, descent, { alphaA: 1, N: 2.5, H: 1 }, { key: key(1), from: 0, count: 1 })).toThrow("N = 2.5: must be an integer of at least 1");
    expect(() => headMap({ ...task, targets: [1] }, descent, identicalHeads({ alphaA: 1, features: 2, heads: 1 }))).toThrow("targets = 1: must be 2 numbers. Give them row by row, shape (inputs).");
    expect(() => headMap(task, { ...descent, gamma0: 0 }, identicalHeads({ alphaA: 1, features: 2, heads: 1 }))).toThrow("gamma0 = 0: must be finite and greater than 0");
    expect(() => headMap({ ...task, tokens: { ...task.tokens, x: task.tokens.x.length === 12 ? [...Array.from(task.tokens.x).slice(1), NaN] : [] } }, descent, identicalHeads({ alphaA: 1, features: 2, heads: 1 }))).toThrow("x[11] = NaN");
    expect(() => headMap(task, descent, identicalHeads({ alphaA: 1, features: 3, heads: 1 }))).toThrow("heads.features = 3: must be 2, the features of the tokens");
    expect(() => quadratureHeads({ features: 3, nodes: 5 })).toThrow("Sample the heads");
    expect(() => headMapLimit(task, descent, { alphaA: 0.5, N: "infinite" })).toThrow("must be given where heads begin differently");
    expect(() => headMapLimit(task, descent, { alphaA: 0.5, N: 4 }, { kind: "quadrature", nodes: 5 })).toThrow('average.kind = "quadrature": must be "sample" at N = 4');
    expect(() => headsOfWeights({ alphaA: 1, N: 2, features: 2, heads: 1, queries: [1], keys: [1], values: [1], readOut: [1] })).toThrow("queries = 1: must be 4 numbers");
  });
});
