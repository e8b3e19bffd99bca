/** @file Inputs that nobody should give: each is refused by name or ends in an outcome; no number that is none gets out. */
import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { blockReplicas, depthCumulants, depthFlow, depthKernels, drawnHeads, forwardKernels, headFluctuations, gaussianPopulation, headMap, headMapLimit, headMapReplicas, headsOfWeights, identicalHeads, inputKernel, kernelChain, kernelDescent, narrowHeads, oneBlock, oneBlockBySweeps, oneBlockLimit, oneBlockMoments, orderParameterCovariance, softmaxAverages, symmetricTokens, tangentKernel, wideHeads } from "../../src/transformer/index.js";
import type { Descent, ResidualModel, TokenKernel, TrainingTask } from "../../src/transformer/index.js";
import { dataSet } from "./tables.js";

const B = dataSet("B");
const scaled = (factor: number): TrainingTask => ({ ...B, tokens: { ...B.tokens, x: Array.from(B.tokens.x, (value) => factor * value) } });
const descent = { eta0: 0.25, gamma0: 1, steps: 16 };
const alike = identicalHeads({ alphaA: 1, features: 2, heads: 1 });

/** Paths of numbers that are none. */
function broken(value: unknown, path = "", seen = new Set<unknown>()): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  if (ArrayBuffer.isView(value)) return (value as Float64Array).every(Number.isFinite) ? [] : [path];
  return Object.entries(value).flatMap(([name, each]) => broken(each, `${path}.${name}`, seen));
}

const RUNS: Record<string, (task: TrainingTask, descent: Descent) => { readonly outcome?: { readonly kind: string } }> = {
  headMap: (task, how) => headMap(task, how, alike),
  headMapReplicas: (task, how) => headMapReplicas(task, how, { alphaA: 0.5, N: 2, H: 2 }, { key: key(1), from: 0, count: 3 }) as object,
  headMapLimit: (task, how) => headMapLimit(task, how, { alphaA: 0.5, N: 2 }, { kind: "sample", heads: 4, batches: 3, key: key(1) }),
  oneBlock: (task, how) => oneBlock(task, how, wideHeads(alike)),
  oneBlockLimit: (task, how) => oneBlockLimit(task, how, { alphaA: 0.5, N: 2 }, { kind: "sample", heads: 4, batches: 3, key: key(1) }),
  sweeps: (task, how) => oneBlockBySweeps(task, how, wideHeads(alike), { mixing: 1, tolerance: 1e-10, maxSweeps: 30 }),
};

describe("training", () => {
  test.each(Object.entries(RUNS))("%s: whatever diverges, all that is told is a number", (_, run) => {
    for (const [task, how] of [[scaled(1e3), descent], [scaled(1e100), descent], [B, { ...descent, eta0: 1e3 }], [B, { ...descent, eta0: 1e150 }], [B, { ...descent, gamma0: 1e-200 }], [scaled(0), descent]] as const) {
      expect(broken(run(task, how))).toEqual([]);
    }
    expect(run(B, { ...descent, eta0: 1e3 }).outcome?.kind ?? "diverged").toBe("diverged");
    // Where the first loss already is no number there is no step to end at.
    expect(() => run({ ...B, targets: [1e200, 1] }, descent)).toThrow("Standardise the tokens, and give targets of order one.");
  });

  test("a run that diverged tells the heads of its last step, as a run of so many steps does", () => {
    const lost = headMap(B, { ...descent, eta0: 1e3 }, alike);
    const short = headMap(B, { ...descent, eta0: 1e3, steps: lost.steps }, alike);
    expect(lost.outcome.message).toContain(`at step ${lost.steps + 1}`);
    expect([lost.f, lost.loss, lost.logits, lost.heads]).toEqual([short.f, short.loss, short.logits, short.heads]);
  });

  test("weights and populations that are none", () => {
    expect(() => headsOfWeights({ alphaA: 1, N: 1, features: 2, heads: 1, queries: [1, 1], keys: [1, 1], values: [Number.NaN, 1], readOut: [1] })).toThrow("values[0] = NaN: must be finite");
    expect(() => gaussianPopulation([Number.NaN])).toThrow("weights[0] = NaN");
    expect(() => gaussianPopulation([2, -1])).toThrow("weights[1] = -1");
  });
});

describe("kernels", () => {
  const precision = { tolerance: 1e-4, budget: 1e5, seed: 1 };
  const wide = { alphaA: 0.5, N: "infinite" } as const;
  const model: ResidualModel = { L: 2, alphaL: 0.5, beta0: 1, head: wide };
  const two = (...matrix: number[]): TokenKernel => ({ inputs: 1, tokens: 2, matrix: Float64Array.from(matrix) });

  test("so large that products are no numbers: refused, by every solver, and so is growth through depth", () => {
    const huge = two(1e200, 0, 0, 1e200);
    const refusal = /^kernel = (NaN|Infinity): must be of a size whose products are numbers, in every block/;
    expect(() => softmaxAverages(huge, wide, precision)).toThrow(refusal);
    expect(() => softmaxAverages(huge, { alphaA: 1, N: "infinite" }, precision)).toThrow(refusal);
    expect(() => oneBlockMoments(huge, { alphaA: 0.5, N: 2, H: 2 }, precision)).toThrow(refusal);
    expect(() => depthKernels(huge, { ...model, mlp: "tanh" }, precision)).toThrow(refusal);
    expect(() => tangentKernel(huge, { ...model, mlp: "erf" }, "ntk", precision)).toThrow(refusal);
    expect(() => forwardKernels(two(1, 0, 0, 1), { L: 2000, alphaL: 0.5, beta0: 100, head: { alphaA: 1, N: "infinite" } }, precision)).toThrow(refusal);
    expect(() => kernelChain(two(1, 0, 0, 1), { L: 300, alphaL: 0.5, beta0: 1000, head: { alphaA: 0.5, N: 2 } }, 2, "random", { key: key(1), from: 0, count: 1 })).toThrow(/must be a number in every block/);
    expect(() => symmetricTokens({ q: 1, p: 0.5 }, 2, { L: "infinite", alphaL: 0.5, beta0: 100 })).toThrow("growth of the kernel = Infinity");
  });

  test("not positive semidefinite: refused by descent and by self-consistent noise as well", () => {
    expect(() => kernelDescent([1, 2, 2, 1], [1, 1], { eta0: 0.1, steps: 5 })).toThrow(/^smallest eigenvalue of the kernel = -(1|0.9{9}\d*): must not be negative/);
    expect(() => kernelDescent([-1, 0, 0, -1], [1, 1], { eta0: 0.1, steps: 5 })).toThrow(/must not be negative/);
    expect(() => kernelDescent([1, 0, 0, 1], [1e200, 1], { eta0: 0.1, steps: 5 })).toThrow("Give targets of order one.");
    expect(kernelDescent([1, 1, 1, 1], [1, 1], { eta0: 0.1, steps: 5 }).outcome.kind).toBe("converged");
    expect(() => orderParameterCovariance({ n: 2, jacobian: [0, 0, 0, 0], noise: [1, 2, 2, 1] })).toThrow(/^smallest eigenvalue of the noise = -(1|0.9{9})/);
  });

  test("vanishing ones are no error: nothing moves", () => {
    expect(broken(tangentKernel(two(0, 0, 0, 0), { ...model, mlp: "relu" }, "ntk", precision))).toEqual([]);
    expect([...forwardKernels(two(0, 0, 0, 0), model, precision).stream]).toEqual(new Array<number>(12).fill(0));
  });
});

describe("work and memory", () => {
  const precision = { tolerance: 1e-2, budget: 1e4, seed: 1 };
  const wide = { alphaA: 0.5, N: "infinite" } as const;

  test("what would need more than 4 GiB is refused before it is taken, with its bytes", () => {
    const bytes = (what: string): RegExp => new RegExp(`^bytes of ${what} = [\\d.e+]+: must be at most 4294967296\\. Take`);
    const long = { ...descent, steps: 1e10 };
    expect(() => headMap(B, long, alike)).toThrow(bytes("outputs of 10000000000 steps"));
    expect(() => kernelDescent([1, 0, 0, 1], [1, 1], { eta0: 0.1, steps: 1e10 })).toThrow(bytes("outputs of 10000000000 steps"));
    expect(() => headMapReplicas(B, descent, { alphaA: 1, N: 2, H: 2 }, { key: key(1), from: 0, count: 1e9 })).toThrow(bytes("outputs and logits of 1000000000 replicas"));
    expect(() => blockReplicas(B, descent, { alphaA: 1, N: 1e6, H: 1e9 }, { key: key(1), from: 0, count: 1 })).toThrow(bytes("outputs of 1 replicas, and 1000000000 heads of \\d+ numbers"));
    for (const run of [(how: Descent) => oneBlock(B, how, wideHeads(alike)), (how: Descent) => oneBlockBySweeps(B, how, wideHeads(alike), { mixing: 1, tolerance: 1e-10, maxSweeps: 30 }), (how: Descent) => headFluctuations(B, how, alike)]) {
      expect(() => run({ ...descent, steps: 1e5 })).toThrow(bytes("order parameters of 100001 times by two"));
    }
    expect(() => identicalHeads({ alphaA: 1, features: 2, heads: 1e9 })).toThrow(bytes("1000000000 heads"));
    const model = { L: 2, alphaL: 0.5, beta0: 1, head: { alphaA: 0.5, N: 4 } };
    expect(() => kernelChain({ inputs: 1, tokens: 1, matrix: Float64Array.of(1) }, model, 2, "random", { key: key(1), from: 0, count: 1e9 })).toThrow(bytes("kernels of 1000000000 replicas"));
    const many = { inputs: 1, tokens: 40, matrix: Float64Array.from({ length: 1600 }, (_, k) => (k % 41 === 0 ? 1 : 0)) };
    expect(() => depthCumulants(many, { ...model, head: wide }, "random", precision)).toThrow(/^bytes of the moments of the logits of 40 tokens by two = \d+: must be at most 4294967296\. Give fewer inputs or tokens/);
  });

  test("cumulants of two inputs of three tokens with two features, whose later blocks have more directions than the first: a net, in little memory", () => {
    const x = Float64Array.from(B.tokens.x);
    const found = depthCumulants(inputKernel({ inputs: 2, tokens: 3, features: 2, x }), { L: 2, alphaL: 0.5, beta0: 1, head: wide }, "random", { ...precision, budget: 4096 });
    expect(found.rule).toBe("net");
    expect(broken(found)).toEqual([]);
    expect(found.outcome).toMatchObject({ kind: "budget-exhausted", message: expect.stringMatching(/scrambles of 256 points/) as string });
  });

  test("infinite depth of kernels so large that attention is all but hard: an outcome within seconds, not minutes; a tolerance that large is one", () => {
    const huge: TokenKernel = { inputs: 1, tokens: 2, matrix: Float64Array.of(1.2e8, 3e7, 3e7, 9e7) };
    for (const tolerance of [1e-4, 1e4]) {
      // Within 1e6 points: 1.4 s of a processor, where all rules took 44.
      const { outcome, points, ...rest } = depthFlow(huge, { alphaL: 0.5, beta0: 1, head: wide }, [1], { tolerance, budget: 1e4, seed: 1 });
      expect(outcome).toMatchObject({ kind: "stalled", message: expect.stringMatching(/attention is too sharp for the rules within the budget of 10000 points/) as string });
      expect(points).toBeLessThan(1e5);
      expect(broken(rest)).toEqual([]);
    }
    // Uniform attention that grows by e^400 within the unit of depth: steps run out.
    const steep = depthFlow({ ...huge, matrix: Float64Array.of(1, 0.5, 0.5, 1) }, { alphaL: 0.5, beta0: 20, head: { alphaA: 1, N: "infinite" } }, [1], { tolerance: 1e-9, budget: 1e6, seed: 1 });
    expect(steep.outcome).toMatchObject({ kind: "budget-exhausted", message: expect.stringMatching(/^Depth time 0\.\d+ of 1 after 2000 steps: the kernel grows or turns too fast\./) as string });
    expect(broken(steep)).toEqual([]);
  });

  test("keys that are none", () => {
    const none = { from: 0, count: 1 } as unknown as { key: ReturnType<typeof key>; from: number; count: number };
    const seed = 5 as unknown as ReturnType<typeof key>;
    const refusal = /^(average\.)?key = (undefined|5): must be a key\. Give `key\(seed\)`\./;
    expect(() => headMapReplicas(B, descent, { alphaA: 0.5, N: 2, H: 2 }, none)).toThrow(refusal);
    expect(() => blockReplicas(B, descent, { alphaA: 0.5, N: 2, H: 2 }, none)).toThrow(refusal);
    expect(() => kernelChain({ inputs: 1, tokens: 1, matrix: Float64Array.of(1) }, { L: 1, alphaL: 0.5, beta0: 1, head: { alphaA: 0.5, N: 2 } }, 2, "random", none)).toThrow(refusal);
    expect(() => drawnHeads({ alphaA: 1, N: 2, features: 2, heads: 1 }, seed)).toThrow(refusal);
    expect(() => narrowHeads({ alphaA: 1, N: 2, features: 2, heads: 2 }, seed)).toThrow(refusal);
    expect(() => headMapLimit(B, descent, { alphaA: 0.5, N: 2 }, { kind: "sample", heads: 4, batches: 3, key: seed })).toThrow(refusal);
  });
});
