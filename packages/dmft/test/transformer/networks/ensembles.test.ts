/**
 * @file The ensembles of the reference from own networks, each kind one family at 1 % (Sidak): means and variances of as many or fewer networks than the reference has. The error of the reference's
 * variances is that of ours at its number of networks. Seeds are fixed; MESOSCOPE_DEEP=1 has samples of at least its size.
 */
import { key } from "@mesoscope/numerics";
import { C2, C4, ensemble } from "@mesoscope/transformer";
import type { Architecture } from "@mesoscope/transformer";
import { describe, expect, test } from "vitest";
import { drawnHeads, headMap, headMapLimit } from "../../../src/transformer/index.js";
import type { TrainingTask } from "../../../src/transformer/index.js";
import { dataSet, reference } from "../tables.js";
import type { Comparison, Moments } from "./family.js";
import { excluded, judged, momentsOf, replicas } from "./family.js";

const B = dataSet("B");
const INPUTS = [0, 1] as const;

/** Variances by their logarithms, whose errors do not depend on them: a small one would have a small error else. Of a printed one the rounding to its last digit counts beside both samples. */
const ofVariances = (own: Moments, count: number, printed: number, networks: number, digit: number): number =>
  Math.log(own.variance / printed) / Math.hypot((own.varianceError / own.variance) * Math.sqrt(1 + count / networks), digit / printed / Math.sqrt(12));

interface Trained extends Pick<typeof reference.cases.F3, "eta0" | "gamma0" | "beta0" | "alphaL"> {
  readonly architecture: Architecture;
  readonly task: TrainingTask;
  readonly name: string;
  readonly N: number;
  readonly H: number;
  readonly steps: number;
  readonly count: number;
}

/** f_m(t) of every network at alphaA = 1, and how many diverged: their outputs are no numbers from then on. */
async function outputsOf({ architecture, task, name, N, H, steps, count, ...constants }: Trained): Promise<{ readonly of: (t: number, m: number) => number[]; readonly diverged: number }> {
  const run = await ensemble({
    architecture,
    parameterisation: { scheme: "mean-field", alphaA: 1, optimiser: "sgd", ...constants },
    sizes: { N, H, L: 1 },
    tokens: { ...task.tokens, x: Float64Array.from(task.tokens.x) },
    targets: task.targets,
    replicas: { key: key(name).fold(N), from: 0, count },
  });
  const { outputs, outcomes } = await run.train({ steps });
  run.close();
  return { of: (t, m) => Array.from({ length: count }, (_, r) => outputs[(r * (steps + 1) + t) * 2 + m]!), diverged: outcomes.filter(({ kind }) => kind !== "converged").length };
}

describe("one block with an output projection, alphaA = 1", () => {
  const { E1 } = reference.cases;

  test("N = 32 and 64: means and variances of the reference, and the limit by extrapolation from N = 16; not the limit without responses", { timeout: 300_000 }, async () => {
    const sizes = [[16, replicas(60, 800)], [32, replicas(60, 400)], [64, replicas(60, 400)]] as const;
    const own = new Map<number, (t: number, m: number) => Moments>();
    const family: Comparison[] = [];
    for (const [N, count] of sizes) {
      const row = E1.ensemble.find((each) => each.N === N)!;
      const { of, diverged } = await outputsOf({ architecture: C2, task: B, name: "ensembles E1", N, H: row.H, steps: 16, count, eta0: E1.eta0, gamma0: E1.gamma0, beta0: 1, alphaL: 0.5 });
      expect(diverged).toBe(0);
      const found = (t: number, m: number): Moments => momentsOf(of(t, m));
      own.set(N, found);
      if (N === 16) continue;
      E1.t.forEach((t, k) => {
        for (const m of INPUTS) {
          const moments = found(t, m);
          const { variance } = moments;
          family.push([`N = ${N} f_${m}(${t})`, (moments.mean - row.mean[k]![m]!) / Math.sqrt(variance / count + row.se[k]![m]! ** 2)]);
          family.push([`N = ${N} var f_${m}(${t})`, ofVariances(moments, count, row.var[k]![m]!, row.networks, 1e-7)]);
        }
      });
    }
    // N = 16 and 32 have the same H = 8: twice the wide mean less the narrow one has no term in 1/N left.
    const against = (theory: readonly (readonly number[])[]): Comparison[] =>
      E1.t.flatMap((t, k) =>
        INPUTS.map((m) => {
          const [narrow, wide] = [own.get(16)!(t, m), own.get(32)!(t, m)];
          return [`limit f_${m}(${t})`, (2 * wide.mean - narrow.mean - theory[k]![m]!) / Math.hypot(2 * wide.error, narrow.error)] as const;
        }),
      );
    family.push(...against(E1.f));
    expect(family.length).toBe(40);
    judged(family);
    excluded(against(E1.f_without_response));
  });
});

describe("wide heads that are read out directly, alphaA = 1/2", () => {
  const { D4 } = reference.cases;
  const descent = { eta0: D4.eta0, gamma0: D4.gamma0, steps: 16 };

  test("4, 8, 16 and 64 heads: H Var f and H (E f - f_inf) of the reference; not the variance without the response factor, and not no shift", { timeout: 300_000 }, () => {
    const limit = headMapLimit(B, descent, { alphaA: 0.5, N: "infinite" }, { kind: "quadrature", nodes: 8 }).f;
    const counts: Readonly<Record<number, number>> = { 4: replicas(1500, 16_000), 8: replicas(1000, 12_000), 16: replicas(500, 8000), 64: replicas(250, 3000) };
    const family: Comparison[] = [];
    const wrong: Record<"variance" | "shift", Comparison[]> = { variance: [], shift: [] };
    for (const row of D4.ensemble) {
      const { H, systems } = row;
      const count = counts[H]!;
      const runs = Array.from({ length: count }, (_, r) => headMap(B, descent, drawnHeads({ alphaA: 0.5, N: "infinite", features: 2, heads: H }, key("ensembles D4").fold(H).fold(r))));
      expect(runs.every(({ outcome: { kind } }) => kind === "converged")).toBe(true);
      D4.t.forEach((t, k) => {
        for (const m of INPUTS) {
          const at = 2 * t + m;
          const scaled = momentsOf(runs.map(({ f }) => Math.sqrt(H) * f[at]!));
          const shift = H * (scaled.mean / Math.sqrt(H) - limit[at]!);
          const error = Math.sqrt(H) * scaled.error;
          family.push([`H = ${H} Var f_${m}(${t})`, ofVariances(scaled, count, row.H_var[k]![m]!, systems, 1e-5)]);
          family.push([`H = ${H} shift of f_${m}(${t})`, (shift - row.H_shift[k]![m]!) / Math.hypot(error, row.H_shift_se[k]![m]!)]);
          // Many heads tell variances apart, few heads shifts, which grow beside their noise.
          if (H === 64) wrong.variance.push([`Var f_${m}(${t})`, (scaled.variance - D4.H_var_without_response[k]![m]!) / scaled.varianceError]);
          if (H === 4) wrong.shift.push([`shift of f_${m}(${t})`, shift / error]);
        }
      });
    }
    expect(family.length).toBe(64);
    judged(family);
    excluded(wrong.variance);
    excluded(wrong.shift);
  });
});

describe("beside a saddle of the limit: everything trained, nearly symmetric data", () => {
  const { F3 } = reference.cases;

  test("N = 8, 32 (and 128): means and medians of the reference; not the path of the limit, nor a variance that falls as 1/N", { timeout: 600_000 }, async () => {
    const counts: Readonly<Record<number, number>> = { 8: replicas(500, 3000), 32: replicas(120, 1000), 128: replicas(0, 400) };
    const family: Comparison[] = [];
    const path: Comparison[] = [];
    const scattered: Moments[] = [];
    for (const row of F3.ensemble) {
      const { N, H, networks } = row;
      const count = counts[N]!;
      if (count === 0) continue;
      const { of, diverged } = await outputsOf({ ...F3, architecture: C4, task: dataSet("C"), name: "ensembles F3", N, H, steps: 24, count });
      // One network of 1500 of the reference at N = 8 leaves, and is all there is of a mean: at that width medians.
      expect(diverged).toBeLessThanOrEqual(N === 8 ? 5 : 0);
      F3.t.forEach((t, k) => {
        for (const m of INPUTS) {
          const values = of(t, m);
          const below = values.filter((value) => value < row.median[k]![m]!).length;
          family.push([`N = ${N} median of f_${m}(${t})`, (below - count / 2) / Math.sqrt((count / 4) * (1 + count / networks))]);
          if (N === 8) continue;
          const { mean, error } = momentsOf(values);
          family.push([`N = ${N} mean of f_${m}(${t})`, (mean - row.mean[k]![m]!) / Math.hypot(error, row.se[k]![m]!)]);
          if (N === 32) path.push([`N = ${N} mean of f_${m}(${t})`, (mean - F3.f[k]![m]!) / error]);
        }
      });
      scattered.push(momentsOf(of(12, 1).filter((f) => Math.abs(f) < 10)));
    }
    judged(family);
    excluded(path);
    // Between N = 8 and 32 a variance of order 1/N falls by four.
    const [narrow, wide] = scattered as [Moments, Moments];
    excluded([["variance", (wide.variance - narrow.variance / 4) / Math.hypot(wide.varianceError, narrow.varianceError / 4)]]);
  });
});
