import { attentionNetwork, certainWindow, classesFromColumns, countChain, explicitSizes, finiteHead, lawMoments, overlapRows, propagate, sampleReplicas, stateOf, stratifiedSizes, tokenLaw } from "@mesoscope/hopfield-transformer";
import type { AttentionNetwork, FiniteHead } from "@mesoscope/hopfield-transformer";
import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { oneBitNetwork, orbitFluctuations, overlapFluctuations, meanFieldMap, periodicOrbit, tokenStart } from "../../../src/hopfield/index.js";

/** The long form: 120,000 replicas and N doubled, as the package's README says. */
const DEEP = process.env["MESOSCOPE_DEEP"] === "1";

/** Mean and variance of the first overlap after each number of tokens, exactly. */
function exactMoments(head: FiniteHead, u: ArrayLike<number>, times: readonly number[]): { mean: number; variance: number }[] {
  const chain = countChain(head);
  const rows = overlapRows(head.network.features);
  const m = head.network.features.features;
  let law = certainWindow(chain, [stateOf(chain, u)]);
  return times.map((time) => {
    law = propagate(chain, law, time - law.time);
    const { mean, covariance } = lawMoments(chain, tokenLaw(chain, law), rows);
    return { mean: mean[m - 1]!, variance: covariance[m * m - 1]! };
  });
}

/** Limit of a + b/N + c/N^2 from N, 2N, 4N. */
function richardson(at: readonly [number, number, number]): number {
  const [a, b] = [2 * at[1] - at[0], 2 * at[2] - at[1]];
  return (4 * b - a) / 3;
}

describe("the expansion against enumeration", () => {
  test("hop1, two tokens of context: N Var and N (E m - mf) at N = 40, 80, 160 tend to linear noise and shift, within 1 %", () => {
    const network = oneBitNetwork("hop1");
    const times = [1, 2, 3, 4, 6];
    const limit = overlapFluctuations(network, tokenStart(network, [0.5]), times);
    const sizes = [40, 80, 160].map((N) => exactMoments(finiteHead(stratifiedSizes(network.features, N), network), [0.5], times).map(({ mean, variance }, i) => ({ shift: N * (mean - limit.overlaps[i]!), variance: N * variance })));
    times.forEach((_, i) => {
      const of = (what: "shift" | "variance"): number => richardson([sizes[0]![i]![what], sizes[1]![i]![what], sizes[2]![i]![what]]);
      expect(Math.abs(of("variance") / limit.covariance[i]! - 1)).toBeLessThan(0.01);
      expect(Math.abs(of("shift") - limit.shift[i]!)).toBeLessThan(0.01 * Math.abs(limit.shift[i]!) + 1e-9);
      // The first order itself: what is left falls with N.
      expect(Math.abs(sizes[2]![i]!.variance / limit.covariance[i]! - 1)).toBeLessThan(0.3);
    });
    expect(Math.abs(limit.shift[4]!)).toBeGreaterThan(0.1);
  });

  test("drawn class sizes: N Var and N shift averaged over all draws at N = 12, 24, 48 tend to those of weights and window together, within 1 %", () => {
    const features = classesFromColumns({ weights: [0.25, 0.75], xi: { o: [[1, 1], [1, -1]], v: [[1, -1], [1, 1]], q: [[1, 1], [1, 1]], k: [[1, 1], [1, 1]] } });
    const parameters = { contextLength: 1, beta: 0.9, gamma: 0 };
    const network = attentionNetwork({ features, ...parameters });
    const times = [1, 2, 3];
    const u = [1, -1];
    const limit = overlapFluctuations(network, tokenStart(network, u), times, { quenched: true });
    const sizes = [12, 24, 48].map((N) => {
      const sums = times.map(() => ({ mean: 0, square: 0 }));
      let weight = 0.75 ** N;
      for (let n = 0; n <= N; n++) {
        // Both classes have bits but in the two outermost draws.
        const kept = n === 0 ? [1] : n === N ? [0] : [0, 1];
        const head = finiteHead(explicitSizes(features, [n, N - n]), parameters);
        exactMoments(head, kept.map((c) => u[c]!), times).forEach(({ mean, variance }, i) => {
          sums[i]!.mean += weight * mean;
          sums[i]!.square += weight * (variance + mean * mean);
        });
        weight *= ((N - n) / (n + 1)) * (0.25 / 0.75);
      }
      return sums.map(({ mean, square }, i) => ({ shift: N * (mean - limit.overlaps[2 * i + 1]!), variance: N * (square - mean * mean) }));
    });
    const thermal = overlapFluctuations(network, tokenStart(network, u), times);
    times.forEach((_, i) => {
      const of = (what: "shift" | "variance"): number => richardson([sizes[0]![i]![what], sizes[1]![i]![what], sizes[2]![i]![what]]);
      expect(Math.abs(of("variance") / limit.covariance[4 * i + 3]! - 1)).toBeLessThan(0.01);
      expect(Math.abs(of("shift") - limit.shift[2 * i + 1]!)).toBeLessThan(0.01 * Math.max(0.1, Math.abs(limit.shift[2 * i + 1]!)));
      // Negative control: without the draws the variance is another one.
      expect(Math.abs(of("variance") / thermal.covariance[4 * i + 3]! - 1)).toBeGreaterThan(0.05);
    });
    expect(Math.max(...times.map((_, i) => Math.abs(limit.shift[2 * i + 1]! - thermal.shift[2 * i + 1]!)))).toBeGreaterThan(0.05);
  });
});

/** N Var of each overlap over replicas after `tokens`, from a token. */
function sampledVariances(network: AttentionNetwork, N: number, count: number, tokens: number): number[] {
  const m = network.features.features;
  const { u, t } = tokenStart(network);
  const { values } = sampleReplicas({ head: finiteHead(stratifiedSizes(network.features, N), network), key: key("linear noise"), from: 0, count, start: { u, t }, keep: [tokens] });
  return Array.from({ length: m }, (_, a) => {
    let mean = 0;
    for (let r = 0; r < count; r++) mean += values[r * m + a]! / count;
    let square = 0;
    for (let r = 0; r < count; r++) square += (values[r * m + a]! - mean) ** 2;
    return (N * square) / (count - 1);
  });
}

describe("samples of a stable regime against linear noise", () => {
  // Variances of R nearly Gaussian samples have a relative standard error of sqrt(2/R). Two one-sided tests at 0.001 each, that is 3.1 standard errors:
  // long form 120,000 replicas and 2 % (what is seen must lie within 0.7 %), gate 12,000 and 6 % (2 %).
  const [count, margin] = DEEP ? [120_000, 0.02] : [12_000, 0.06];
  const regimes: readonly (readonly [string, AttentionNetwork, number, number])[] = [
    ["published network, period 4", oneBitNetwork("paper3", { beta: 0.8 }), 3e6, 40],
    ["hop1, retrieval", oneBitNetwork("hop1"), 1e5, 30],
    ["rot2s, beta = 4, period 5", oneBitNetwork("rot2s", { gamma: 5, beta: 4 }), 1e6, 40],
  ];

  test.each(regimes)("%s: N Var of every overlap equals linear noise, by equivalence", (_, network, N, tokens) => {
    const m = network.features.features;
    const { covariance } = overlapFluctuations(network, tokenStart(network), [tokens], { shift: false });
    const error = 3.1 * Math.sqrt(2 / count);
    const sizes = DEEP ? [N, 2 * N] : [N];
    for (const size of sizes) {
      sampledVariances(network, size, count, tokens).forEach((variance, a) => {
        const predicted = covariance[a * m + a]!;
        expect(Math.abs(variance / predicted - 1) + error).toBeLessThan(margin);
        // Negative control: a noise of 1 instead of 1/w for each class would be off by C.
        if (network.features.classes > 1) expect(Math.abs((variance * network.features.classes) / predicted - 1)).toBeGreaterThan(10 * margin);
      });
    }
  }, 300_000);

  test("a transient that amplifies noise 3,000-fold needs more bits: at beta = 1.1, token 40, 3e6 are not enough, 3e9 are", () => {
    const network = oneBitNetwork("paper3", { beta: 1.1 });
    const { covariance, shift } = overlapFluctuations(network, tokenStart(network), [40]);
    const off = (N: number): number => Math.abs(sampledVariances(network, N, 3000, 40)[2]! / covariance[8]! - 1);
    expect(covariance[8]).toBeGreaterThan(3000);
    expect(off(3e6)).toBeGreaterThan(0.5);
    // 3.9 standard errors of a variance of 3,000 samples.
    expect(off(3e9)).toBeLessThan(3.9 * Math.sqrt(2 / 3000));
    // The shift against the spread says so beforehand.
    expect(Math.abs(shift[2]!) / Math.sqrt(3e6 * covariance[8]!)).toBeGreaterThan(0.5);
    expect(Math.abs(shift[2]!) / Math.sqrt(3e9 * covariance[8]!)).toBeLessThan(0.05);
  });

  test("after its transient the published network has the fluctuations of its orbit", () => {
    const network = oneBitNetwork("paper3", { beta: 1.1 });
    const map = meanFieldMap(network, tokenStart(network));
    map.run(4000);
    const orbit = periodicOrbit(network, map.state(), 4, { tolerance: 1e-13 });
    const { covariance } = orbitFluctuations(network, orbit);
    const late = overlapFluctuations(network, tokenStart(network), [4001], { shift: false });
    for (let i = 0; i < 9; i++) expect(late.covariance[i]! / covariance[i]!).toBeCloseTo(1, 9);
  });
});
