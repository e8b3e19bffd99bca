import { key, symmetricEigen } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { blockAt, identicalHeads, narrowHeads, oneBlock, oneBlockBySweeps, oneBlockLimit, quadratureHeads, wideHeads } from "../../../src/transformer/index.js";
import type { BlockHeads, TimeKernel } from "../../../src/transformer/index.js";
import { drawWeights, trainExplicitly } from "../explicit-network.js";
import { dataSet, largestDifference, own, reference, rowsAt, taskOf } from "../tables.js";
import { blockVariant } from "./variants.js";

const alike = (features = 2): BlockHeads => wideHeads(identicalHeads({ alphaA: 1, features, heads: 1 }));
const headsOf = ({ alphaA, nodes, features }: { alphaA: number; nodes: number; features: number }): BlockHeads => (alphaA === 1 ? alike(features) : wideHeads(quadratureHeads({ features, nodes })));
const B = dataSet("B");
const E1 = { ...reference.cases.E1, steps: 16 };
const { E2, E3, E4 } = reference.cases;

describe("values", () => {
  test("wide heads at alphaA = 1: outputs and logits of the reference to its printed digits", () => {
    const run = oneBlock(B, E1, alike());
    expect(largestDifference(rowsAt(run.f, 2, E1.t), E1.f.flat())).toBeLessThan(1e-10);
    expect(largestDifference(run.logits.subarray(0, 9), E1.A_input0_T.flat())).toBeLessThan(1e-9);
    expect(run.outcome.kind).toBe("converged");
  });

  test("infinitely many wide heads at alphaA = 1/2: reference, and the quadrature's own error", () => {
    const { f, error, errorKind } = oneBlockLimit(B, E2, { alphaA: 0.5, N: "infinite" }, { kind: "quadrature", nodes: 6 });
    expect(errorKind).toBe("quadrature");
    expect(largestDifference(f.slice(-2), E2.f)).toBeLessThan(E2.tol + Math.max(...error.slice(-2)));
    expect(Math.max(...error.slice(-2))).toBeLessThan(2e-3);
  });

  test("heads of width 1: reference within the standard errors of both, and far from wide heads", () => {
    const { f, error } = oneBlockLimit(B, E3, { alphaA: 0.5, N: E3.N }, { kind: "sample", heads: 400, batches: 12, key: key(21) });
    for (const m of [0, 1]) {
      // Two outputs, level 1 % together, 11 degrees of freedom.
      const both = Math.hypot(error.at(m - 2)!, E3.se[m]!);
      expect(Math.abs(f.at(m - 2)! - E3.f[m]!)).toBeLessThan(3.5 * both);
      expect(error.at(m - 2)!).toBeLessThan(0.03);
    }
    const wide = oneBlockLimit(B, E3, { alphaA: 0.5, N: "infinite" }, { kind: "quadrature", nodes: 5 });
    expect(f.at(-2)! - wide.f.at(-2)!).toBeGreaterThan(4 * error.at(-2)!);
  });

  test.each(own.oneBlock.map((row, i) => [i, row] as const))("case %d: dense systems over all times, 1e-12: outputs, kernels, responses, logits", (_, row) => {
    const run = oneBlock(taskOf(row), row, headsOf(row));
    expect(largestDifference(run.f, row.f)).toBeLessThan(1e-12);
    for (const name of ["values", "readOut", "valueResponse", "readOutResponse"] as const) expect(largestDifference(run[name].data, row[name])).toBeLessThan(1e-12);
    expect(largestDifference(run.logits, row.logits)).toBeLessThan(1e-12);
  });
});

describe("two solvers", () => {
  test.each([
    ["wide heads, alphaA = 1", alike()],
    ["wide heads, alphaA = 1/2, three nodes", wideHeads(quadratureHeads({ features: 2, nodes: 3 }))],
    ["drawn heads of width 2", narrowHeads({ alphaA: 0.5, N: 2, features: 2, heads: 60 }, key(3))],
  ])("%s: causal steps and undamped sweeps agree to 1e-10 in every order parameter", (_, heads) => {
    const causal = oneBlock(B, E1, heads);
    const swept = oneBlockBySweeps(B, E1, heads, { mixing: 1, tolerance: 1e-13, maxSweeps: 40 });
    expect(swept.outcome.kind).toBe("converged");
    for (const name of ["f", "logits"] as const) expect(largestDifference(causal[name], swept[name])).toBeLessThan(1e-10);
    for (const name of ["values", "readOut", "valueResponse", "readOutResponse"] as const) expect(largestDifference(causal[name].data, swept[name].data)).toBeLessThan(1e-10);
  });

  test("the error falls from sweep to sweep as the reference says: the same first one, below 1e-8 after twenty; damping 1/2 needs three times as many", () => {
    const exact = oneBlock(B, E1, alike()).f;
    const errors = (mixing: number, maxSweeps: number): number[] => {
      const out: number[] = [];
      oneBlockBySweeps(B, E1, alike(), { mixing, tolerance: 1e-300, maxSweeps, observe: (sweep, f) => (out[sweep] = largestDifference(f, exact)) });
      return out;
    };
    const [free, damped] = [errors(1, 20), errors(0.5, 60)];
    expect(free[1]!).toBeCloseTo(E4.firstSweep, 8);
    expect(damped[1]!).toBeCloseTo(E4.firstSweep, 8);
    expect(free[20] ?? free.at(-1)!).toBeLessThan(E4.after20);
    for (const [all, rows] of [[free, [5, 10, 15]], [damped, [10, 20, 40, 60]]] as const) rows.reduce((before, sweep) => (expect(all[sweep]!).toBeLessThan(before), all[sweep]!), all[1]!);
    expect(damped[20]!).toBeGreaterThan(1e-7);
    expect(damped[60]!).toBeLessThan(1e-13);
  });

  test("the table of errors by sweep of the independent iteration, damped and not", () => {
    const row = own.oneBlock[0]!;
    for (const [mixing, table] of Object.entries(row.sweeps!)) {
      oneBlockBySweeps(taskOf(row), row, headsOf(row), {
        mixing: Number(mixing),
        tolerance: 1e-300,
        maxSweeps: 25,
        observe: (sweep, f) => { expect(Math.abs(largestDifference(f, row.f) - table[String(sweep)]!)).toBeLessThan(1e-12); },
      });
    }
  });

  test("a budget that is spent is told, with what still moved", () => {
    const swept = oneBlockBySweeps(B, E1, alike(), { mixing: 0.5, tolerance: 1e-12, maxSweeps: 5 });
    expect(swept.outcome).toMatchObject({ kind: "budget-exhausted", message: expect.stringMatching(/^An order parameter still moved by 0\.\d+ in sweep 5/) as string });
    expect(swept.sweeps).toBe(5);
  });
});

describe("wrong variants are told apart", () => {
  test("without responses: the known wrong values of the reference; the same code with them is right", () => {
    const states = identicalHeads({ alphaA: 1, features: 2, heads: 1 });
    const right = oneBlock(B, E1, alike()).f;
    expect(largestDifference(blockVariant(B, E1, states, "right"), right)).toBeLessThan(1e-13);
    const without = rowsAt(blockVariant(B, E1, states, "no-response"), 2, E1.t);
    expect(largestDifference(without, E1.f_without_response.flat())).toBeLessThan(1e-8);
    expect(largestDifference(without, E1.f.flat())).toBeGreaterThan(0.1);
    const many = blockVariant(B, E2, quadratureHeads({ features: 2, nodes: 5 }), "no-response").slice(-2);
    expect(largestDifference(many, E2.f_without_response)).toBeLessThan(2e-3);
  });

  test.each(own.oneBlock.map((row, i) => [i, row] as const))("case %d: no responses, and the error on the first index, give the wrong values of the generator", (_, row) => {
    const { alphaA, features, nodes } = row;
    const states = alphaA === 1 ? identicalHeads({ alphaA, features, heads: 1 }) : quadratureHeads({ features, nodes });
    for (const variant of ["no-response", "first-index"] as const) {
      expect(largestDifference(blockVariant(taskOf(row), row, states, variant).slice(-row.inputs), row.wrong[variant])).toBeLessThan(1e-11);
      expect(largestDifference(row.f.slice(-row.inputs), row.wrong[variant])).toBeGreaterThan(5e-4);
    }
  });

  test("the error on the first index, or a response one step early, is far from both the value and its tolerance", () => {
    const states = identicalHeads({ alphaA: 1, features: 2, heads: 1 });
    const right = oneBlock(B, E1, alike()).f.slice(-2);
    for (const variant of ["first-index", "early-response"] as const) expect(largestDifference(blockVariant(B, E1, states, variant).slice(-2), right)).toBeGreaterThan(1e-3);
  });

  test("gradient flow is another theory: shorter steps come to it in first order, 1 % away at these", () => {
    const at = (parts: number): Float64Array => oneBlock(B, { eta0: 0.25 / parts, gamma0: 1, steps: 16 * parts }, alike()).f.slice(-2);
    const [one, two, four, eight] = [at(1), at(2), at(4), at(8)];
    expect(largestDifference(two, four) / largestDifference(four, eight)).toBeGreaterThan(1.8);
    expect(largestDifference(two, four) / largestDifference(four, eight)).toBeLessThan(2.2);
    const flow = eight.map((value, m) => 2 * value - four[m]!);
    expect(largestDifference(one, flow) / Math.abs(flow[0]!)).toBeGreaterThan(0.007);
  });
});

describe("laws", () => {
  test("kernels are positive semidefinite over times and inputs, at every alpha and width", () => {
    for (const heads of [alike(), wideHeads(quadratureHeads({ features: 2, nodes: 3 })), narrowHeads({ alphaA: 0.5, N: 1, features: 2, heads: 40 }, key(9))]) {
      const run = oneBlock(B, { ...E1, steps: 8 }, heads);
      for (const kernel of [run.values, run.readOut]) expect(leastEigenvalue(kernel)).toBeGreaterThan(-1e-12);
    }
  });

  test("causality: a longer training begins with the shorter one; responses look back only", () => {
    for (const heads of [alike(), narrowHeads({ alphaA: 0.5, N: 2, features: 2, heads: 20 }, key(9))]) {
      const [short, long] = [oneBlock(B, { ...E1, steps: 5 }, heads), oneBlock(B, { ...E1, steps: 9 }, heads)];
      if (heads.states.N === "infinite") expect([...long.f.slice(0, 12)]).toEqual([...short.f]);
      for (let t = 0; t <= 9; t++) for (let u = t; u <= 9; u++) {
        expect([...blockAt(long.valueResponse, t, u)]).toEqual([0, 0]);
        expect([...blockAt(long.readOutResponse, t, u)]).toEqual([0, 0]);
      }
    }
  });

  test("permuting inputs permutes everything; permuting tokens changes nothing; heads alike count as one", () => {
    const run = oneBlock(B, E1, alike());
    const x = Array.from(B.tokens.x);
    const swapped = oneBlock({ tokens: { ...B.tokens, x: [...x.slice(6), ...x.slice(0, 6)] }, targets: [B.targets[1]!, B.targets[0]!] }, E1, alike());
    const turned = oneBlock({ ...B, tokens: { ...B.tokens, x: [...x.slice(4, 6), ...x.slice(0, 4), ...x.slice(6)] } }, E1, alike());
    for (let t = 0; t <= 16; t++) expect(swapped.f[2 * t]!).toBeCloseTo(run.f[2 * t + 1]!, 12);
    expect(largestDifference(turned.f, run.f)).toBeLessThan(1e-12);
    expect(largestDifference(oneBlock(B, E1, wideHeads(identicalHeads({ alphaA: 1, features: 2, heads: 5 }))).f, run.f)).toBeLessThan(1e-12);
  });

  test("towards gamma0 = 0: descent in the kernel 3 xbar xbar^T of read-out, projection and values; the difference is of order gamma0^2", () => {
    const mean = [0, 1].map((m) => [0, 1].map((i) => [0, 1, 2].reduce((sum, s) => sum + B.tokens.x[(m * 3 + s) * 2 + i]! / 3 / Math.SQRT2, 0)));
    let f = [0, 0];
    for (let t = 0; t < 12; t++) f = f.map((value, m) => value + 0.15 * [0, 1].reduce((sum, k) => sum + 3 * (mean[m]![0]! * mean[k]![0]! + mean[m]![1]! * mean[k]![1]!) * (B.targets[k]! - f[k]!), 0));
    const off = [0.08, 0.04, 0.02].map((gamma0) => largestDifference(oneBlock(B, { eta0: 0.3, gamma0, steps: 12 }, alike()).f.slice(-2), f));
    expect(off[0]! / off[1]!).toBeCloseTo(4, 1);
    expect(off[1]! / off[2]!).toBeCloseTo(4, 1);
  });

  test("trained networks come to it as 1/N: explicit weights at N = 4 and 8, four heads, against the limit and against no responses", () => {
    const descent = { eta0: 0.25, gamma0: 1, steps: 8 };
    const limit = oneBlock(B, descent, alike()).f.at(-2)!;
    const wrong = blockVariant(B, descent, identicalHeads({ alphaA: 1, features: 2, heads: 1 }), "no-response").at(-2)!;
    const mean = (N: number, count: number): { mean: number; error: number } => {
      const size = { N, H: 4, alphaA: 1 };
      const values = Array.from({ length: count }, (_, r) => trainExplicitly(B, descent, size, drawWeights(size, 2, r, true)).f.at(-2)!);
      const m = values.reduce((a, b) => a + b, 0) / count;
      return { mean: m, error: Math.sqrt(values.reduce((a, b) => a + (b - m) * (b - m), 0) / count / (count - 1)) };
    };
    const [narrow, wide] = [mean(4, 200), mean(8, 120)];
    // Richardson with the known power takes the 1/N shift off; level 0.1 %.
    const extrapolated = 2 * wide.mean - narrow.mean;
    const error = Math.hypot(2 * wide.error, narrow.error);
    expect(Math.abs(extrapolated - limit)).toBeLessThan(3.3 * error);
    expect(Math.abs(extrapolated - wrong)).toBeGreaterThan(4 * error);
  });
});

describe("what ends otherwise, and what is refused", () => {
  test("too long steps: diverged with its step, in both solvers, and no output that is no number", () => {
    const descent = { eta0: 8, gamma0: 1, steps: 40 };
    for (const run of [oneBlock(B, descent, alike()), oneBlockBySweeps(B, descent, alike(), { mixing: 1, tolerance: 1e-10, maxSweeps: 60 }), oneBlock(B, descent, narrowHeads({ alphaA: 0.5, N: 2, features: 2, heads: 10 }, key(1)))]) {
      expect(run.outcome.kind).toBe("diverged");
      expect(run.outcome.message).toContain(`at step ${run.steps + 1}`);
      expect(run.steps).toBeLessThan(40);
      expect(run.f.length).toBe(2 * (run.steps + 1));
      expect(run.f.every(Number.isFinite)).toBe(true);
    }
  });

  test("heads of another kind, odd samples, mixing outside (0, 1]", () => {
    expect(() => wideHeads(narrowHeads({ alphaA: 1, N: 2, features: 2, heads: 2 }, key(1)).states)).toThrow('states.N = 2: must be "infinite". Heads of finite width have fluctuating Gram matrices: use `narrowHeads`.');
    expect(() => narrowHeads({ alphaA: 1, N: 2, features: 2, heads: 3 }, key(1))).toThrow("heads = 3: must be even");
    expect(() => oneBlock(B, E1, alike(3))).toThrow("heads.features = 3");
    for (const mixing of [0, 1.5]) expect(() => oneBlockBySweeps(B, E1, alike(), { mixing, tolerance: 1e-9, maxSweeps: 3 })).toThrow(`mixing = ${mixing}`);
    expect(() => oneBlockLimit(B, E1, { alphaA: 0.5, N: 4 })).toThrow("must be given where heads begin differently");
  });
});

function leastEigenvalue({ times, rows, data }: TimeKernel): number {
  const n = times * rows;
  const flat = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) flat[i * n + j] = data[((Math.floor(i / rows) * times + Math.floor(j / rows)) * rows + (i % rows)) * rows + (j % rows)]!;
  return Math.min(...symmetricEigen(flat, n).values);
}
