import { describe, expect, it } from "vitest";
import { quantities } from "../src/index.js";

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- who asks names the shape that the schema promises
function ask<T = Record<string, unknown>>(id: string, input: Record<string, unknown>): T {
  return quantities.find((one) => one.id === id)!.compute(input) as T;
}

/** Two inputs of three tokens with two features, with the targets of an independent recursion. */
const task = { x: [[[0, 1.1], [-1.6, -0.3], [0.1, -0.5]], [[-1.2, 1.1], [0, -0.9], [0.9, -0.1]]], targets: [1, -1], eta0: 0.25, gamma0: 1, steps: 16 };

/** Tokens whose kernel is [[1.2, 0.3], [0.3, 0.9]]: x = sqrt(D) times its Cholesky factor. */
const a = Math.sqrt(1.2);
const pair = [[[Math.SQRT2 * a, 0], [(Math.SQRT2 * 0.3) / a, Math.SQRT2 * Math.sqrt(0.9 - 0.09 / 1.2)]]];

const near = (found: number | undefined, expected: number, tolerance: number): void => {
  expect(Math.abs(found! - expected)).toBeLessThan(tolerance);
};

describe("multi-head attention through compute", () => {
  it("kernels at every width: independent quadratures of one head", () => {
    for (const [N, alphaA, V11, V12, V22] of [[8, 0.5, 0.76650296, 0.69841261, 0.75134281], [8, 1, 0.69366163, 0.67972215, 0.68939113], [4, 1, 0.70786959, 0.68337341, 0.70095155]] as const) {
      const { values } = ask<{ values: number[][][] }>("attention-kernels", { x: pair, alphaA, N, tolerance: 1e-7, budget: 4_000_000 });
      near(values[0]![0]![0], V11, 2e-7);
      near(values[0]![0]![1], V12, 2e-7);
      near(values[0]![1]![1], V22, 2e-7);
      const { mean } = ask<{ mean: number[][] }>("attention-block-moments", { x: pair, alphaA, N, H: 3, tolerance: 1e-7, budget: 4_000_000 });
      near(mean[0]![0], V11, 2e-7);
    }
    const { values, gradients, outcome } = ask<{ values: number[][][]; gradients: number[][][]; outcome: { kind: string } }>("attention-kernels", { x: pair, alphaA: 0.5, tolerance: 1e-8 });
    near(values[0]![0]![0], 0.771310068, 1e-8);
    expect([gradients.length, outcome.kind]).toEqual([2, "converged"]);
  });

  it("one block in training: an independent recursion; the response functions are in it", () => {
    const { f, errorKind } = ask<{ f: number[][]; errorKind: string }>("one-block", { ...task, alphaA: 1 });
    near(f[16]![0], 0.5792132661, 1e-9);
    near(f[16]![1], 0.1142512388, 1e-9);
    expect(Math.abs(f[16]![0]! - 0.44140114)).toBeGreaterThan(0.1);
    expect([f.length, errorKind]).toEqual([17, "rounding"]);
  });

  it("heads in training: many wide heads of the map come to its limit; the quadrature and the sample agree", () => {
    const limit = ask<{ f: number[][] }>("head-map-limit", { ...task, alphaA: 1 }).f[16]!;
    const { networks } = ask<{ networks: { f: number[][] }[] }>("head-map", { ...task, alphaA: 1, N: 4096, H: 4, replicas: 4 });
    for (const network of networks) near(network.f[16]![0], limit[0]!, 0.03);
    const short = { ...task, steps: 4, alphaA: 0.5 };
    const quadrature = ask<{ f: number[][] }>("head-map-limit", { ...short, nodes: 7 }).f[4]!;
    const sample = ask<{ f: number[][]; error: number[][] }>("head-map-limit", { ...short, heads: 256, batches: 8 });
    near(sample.f[4]![0], quadrature[0]!, 4 * sample.error[4]![0]! + 1e-3);
  });

  it("the kernel regime: descent in the tangent kernel is that of a block with little richness, up to gamma0 squared", () => {
    const { groups } = ask<{ groups: Record<string, number[][]> }>("attention-tangent-kernel", { x: task.x, alphaA: 1, skip: false });
    const kernel = groups["w"]!.map((row, i) => row.map((value, j) => value + groups["O"]![i]![j]! + groups["V"]![i]![j]!));
    const lazy = ask<{ f: number[][] }>("kernel-descent", { kernel, targets: task.targets, eta0: 0.25, steps: 16 }).f[16]!;
    const apart = (gamma0: number): number => ask<{ f: number[][] }>("one-block", { ...task, alphaA: 1, gamma0 }).f[16]![0]! - lazy[0]!;
    expect(apart(0.02) / apart(0.01)).toBeCloseTo(4, 2);
  });

  it("the advisor warns where wide heads have no limit, and names a theory where they have", () => {
    const warned = ask<{ headline: string; warnings: { id: string }[] }>("which-limit", { model: "residual", N: 64, H: 8, L: 4, alphaA: 0.5 });
    expect(warned.warnings.map(({ id }) => id)).toContain("no-wide-limit");
    const { theories } = ask<{ theories: { id: string; applies: string; solver: string }[] }>("which-limit", { model: "block", N: 64, H: 8, alphaA: 1 });
    expect(theories[0]).toMatchObject({ id: "one-block", applies: "yes", solver: "oneBlockLimit" });
    expect(ask<{ theories: { id: string }[] }>("which-limit", { model: "residual", alphaA: 1, trained: [], readIn: "frozen", L: 8 }).theories[0]!.id).toBe("kernels-at-initialisation");
  });

  it("refuses what has no meaning", () => {
    expect(() => ask("attention-kernels", { x: [[[1, 0]], [[1]]], alphaA: 1 })).toThrow(/must be/);
    expect(() => ask("one-block", { ...task, alphaA: 1, targets: [1] })).toThrow(/must be 2 numbers/);
    expect(() => ask("kernel-descent", { kernel: [[1, 2], [3, 4]], targets: [1, 1], eta0: 1, steps: 2 })).toThrow(/symmetric/);
  });
});
