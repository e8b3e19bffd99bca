import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { FiniteHead, ReplicaRun } from "../src/index.js";
import { attentionNetwork, binomialChain, bitwiseChain, certainWindow, classesFromBits, classesFromColumns, countChain, drawMagnetisation, explicitSizes, finiteHead, overlapRows, propagate, quenchedSizes, sampleReplicas, singleBits, stateOf, stratifiedSizes, tokenLaw } from "../src/index.js";
import type { CaseInput } from "./systems.js";
import { caseOf, casesOf, parametersOf, randomRows, streamOf, system } from "./systems.js";
import { chiSquareDeviate, familyLimit } from "./goodness-of-fit.js";

/** Eight bits in classes of 1, 2, 3, 2 with two positional bits. */
const mixHead = finiteHead(stratifiedSizes(system("mix"), 8), { contextLength: 2, beta: 1.6, gamma: 8, positionalWeight: 0.1 });
const mixStart = [1, 0, 1 / 3, -1];

/** How often replicas are in each state of the enumeration at the kept tokens. */
function stateCounts(head: FiniteHead, run: Omit<ReplicaRun, "head" | "observe">): Float64Array[] {
  const chain = countChain(head);
  const { values, shape: [count, times, classes] } = sampleReplicas({ ...run, head, observe: "magnetisations" });
  const counts = Array.from({ length: times }, () => new Float64Array(chain.states));
  for (let r = 0; r < count; r += 1) {
    for (let i = 0; i < times; i += 1) counts[i]![stateOf(chain, values.subarray((r * times + i) * classes, (r * times + i + 1) * classes))]! += 1;
  }
  return counts;
}

function exactLaws(head: FiniteHead, u: ArrayLike<number>, tokens: readonly number[]): Float64Array[] {
  const chain = countChain(head);
  return tokens.map((t) => tokenLaw(chain, propagate(chain, certainWindow(chain, [stateOf(chain, u)]), t)));
}

describe("the binomial chain against exact laws", () => {
  // 40,000 replicas, three tokens each: one chi-square a token, family of 6 at 1e-4. Sees a cell off by about 5 %.
  const keep = [1, 2, 6];

  test("four classes, positions, L = 2", () => {
    const counts = stateCounts(mixHead, { key: key("mix laws"), from: 0, count: 40_000, start: { u: mixStart }, keep });
    exactLaws(mixHead, mixStart, keep).forEach((law, i) => { expect(chiSquareDeviate(counts[i]!, law)).toBeLessThan(familyLimit(6)); });
  });

  test("one class of 30 bits, L = 3 at the edge of the rejection method", () => {
    const head = finiteHead(stratifiedSizes(system("neg1m"), 20), { contextLength: 3, beta: 1.2, gamma: 3 });
    const counts = stateCounts(head, { key: key("one class"), from: 0, count: 40_000, start: { u: [0.4] }, keep });
    exactLaws(head, [0.4], keep).forEach((law, i) => { expect(chiSquareDeviate(counts[i]!, law)).toBeLessThan(familyLimit(6)); });
  });

  test("negative control: the law of a beta 4 % off is caught, and that of the wrong token", () => {
    const counts = stateCounts(mixHead, { key: key("mix laws"), from: 0, count: 40_000, start: { u: mixStart }, keep });
    const other = { ...mixHead, network: { ...mixHead.network, beta: 1.6 * 1.04 } };
    expect(chiSquareDeviate(counts[2]!, exactLaws(other, mixStart, keep)[2]!)).toBeGreaterThan(familyLimit(6));
    expect(chiSquareDeviate(counts[2]!, exactLaws(mixHead, mixStart, [5])[0]!)).toBeGreaterThan(familyLimit(6));
  });

  test("bits drawn one by one and classes drawn at once have the same law", () => {
    const [stream, runs] = [streamOf("bitwise"), 12_000];
    const given = { bits: randomRows(stream, 2, 6), zeta: randomRows(stream, 2, 2) };
    const parameters = { contextLength: 2, beta: 1.3, gamma: 6, positionalWeight: 0.2 };
    const network = attentionNetwork({ features: singleBits(given), ...parameters });
    const { features, classOf, sign, sizes } = classesFromBits(given);
    const head = finiteHead(explicitSizes(features, sizes), parameters);
    const chain = countChain(head);
    const stateOfToken = (token: ArrayLike<number>): number => {
      const u = new Float64Array(features.classes);
      classOf.forEach((c, i) => (u[c]! += (sign[i]! * token[i]!) / sizes[c]!));
      return stateOf(chain, u);
    };
    const first = [1, 1, -1, 1, -1, 1];
    const bitwise = [new Float64Array(chain.states), new Float64Array(chain.states)];
    for (let r = 0; r < runs; r += 1) {
      const one = bitwiseChain(network, [first]);
      const own = streamOf("bitwise run", r);
      for (let t = 1; t <= 4; t += 1) {
        one.step(own);
        if (t === 1 || t === 4) bitwise[t === 1 ? 0 : 1]![stateOfToken(one.token())]! += 1;
      }
      if (r === 0) expect(one.time()).toBe(4);
    }
    const u = chain.tokens.subarray(stateOfToken(first) * features.classes, (stateOfToken(first) + 1) * features.classes);
    const binomial = stateCounts(head, { key: key("as classes"), from: 0, count: runs, start: { u }, keep: [1, 4] });
    exactLaws(head, u, [1, 4]).forEach((law, i) => {
      expect(chiSquareDeviate(bitwise[i]!, law)).toBeLessThan(familyLimit(4));
      expect(chiSquareDeviate(binomial[i]!, law)).toBeLessThan(familyLimit(4));
    });
  });
});

describe("one magnetisation", () => {
  // 4,000 draws each: mean and variance as z, 2 x 8 tests at 1e-4 together.
  test.each([
    [1e12, 0.3], [1e12, -2], [999_999, 0], [1000, 4], [20, 1], [1, 0.5], [1e12, 14], [1e6, -7],
  ])("n = %d, field %d: mean and variance", (n, x) => {
    const stream = streamOf("magnetisation", n, x);
    const p = 1 / (1 + Math.exp(2 * Math.abs(x)));
    // The rarer sign, counted from the end where it is rare: 1 - |u| keeps no digits there at n = 1e12, so n (1 -+ u) / 2 is compared.
    const counts = Float64Array.from({ length: 4000 }, () => (n * (1 - Math.sign(x || 1) * drawMagnetisation(stream, n, x))) / 2);
    const mean = counts.reduce((a, b) => a + b, 0) / 4000;
    const variance = n * p * (1 - p);
    expect(Math.abs(mean - n * p) / Math.sqrt(variance / 4000)).toBeLessThan(familyLimit(16) + (1e-4 * n) / 1e12 / Math.sqrt(variance / 4000));
    const spread = counts.reduce((sum, k) => sum + (k - n * p) ** 2, 0) / 4000;
    const kurtosis = 3 + (1 - 6 * p * (1 - p)) / variance;
    expect(Math.abs(spread / variance - 1) / Math.sqrt((kurtosis - 1) / 4000)).toBeLessThan(familyLimit(16));
  });

  test("saturates exactly at large fields", () => {
    const stream = streamOf("saturated");
    expect([drawMagnetisation(stream, 1e12, 400), drawMagnetisation(stream, 1e12, -400)]).toEqual([1, -1]);
  });
});

describe("reference samples", () => {
  test("mix at N = 80: mean and covariance of overlaps over twelve tokens", () => {
    const { input, expected } = caseOf<{ mean: number[][]; cov: number[][][] }, CaseInput & { R: number }>("mc-mix-N80");
    const head = finiteHead(stratifiedSizes(system(input.system), input.N), parametersOf(input));
    const count = 30_000;
    const { values, shape } = sampleReplicas({ head, key: key("mc mix"), from: 0, count, start: { u: input.U[0]! }, keep: Array.from({ length: input.T }, (_, t) => t + 1) });
    expect(shape).toEqual([count, input.T, 2]);
    const limit = familyLimit(input.T * 4);
    for (let t = 0; t < input.T; t += 1) {
      for (let a = 0; a < 2; a += 1) {
        const of = Float64Array.from({ length: count }, (_, r) => values[(r * input.T + t) * 2 + a]!);
        const mean = of.reduce((x, y) => x + y, 0) / count;
        const variance = of.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count;
        const reference = expected.cov[t]![a]![a]!;
        expect(Math.abs(mean - expected.mean[t]![a]!) / Math.sqrt(reference * (1 / count + 1 / input.R))).toBeLessThan(limit);
        expect(Math.abs(variance / reference - 1) / Math.sqrt(2 / count + 2 / input.R)).toBeLessThan(limit);
      }
    }
  });

  test.each(casesOf<{ mean: number[]; se: number[] }>("stationary_moments"))("%s: long-time second moments of overlaps", (id, { input, expected }) => {
    const features = system(input.system);
    const head = finiteHead(stratifiedSizes(features, input.N), parametersOf(input));
    // The time average over R long runs; its error from the spread between runs. Five combined standard errors, as the reference asks.
    const [count, burn, kept] = [40, input.system === "paper3" ? 3000 : 1000, 8000];
    const spread = input.system === "paper3" ? 0.3 : 0.8;
    const rows = overlapRows(head.network.features);
    const m = features.features;
    const means = Array.from({ length: count }, (_, r) => {
      const stream = streamOf(id, r);
      const chain = binomialChain(head);
      chain.window.startFromWindow(Float64Array.from({ length: input.L * features.classes }, () => spread * (2 * stream.uniform() - 1)), input.L - 1);
      const sums = new Float64Array(m);
      for (let t = -burn; t < kept; t += 1) {
        chain.step(stream);
        if (t < 0) continue;
        for (let a = 0; a < m; a += 1) {
          let overlap = 0;
          for (let c = 0; c < features.classes; c += 1) overlap += rows[a * features.classes + c]! * chain.u[c]!;
          sums[a]! += overlap * overlap;
        }
      }
      return sums.map((sum) => sum / kept);
    });
    for (let a = 0; a < m; a += 1) {
      const mean = means.reduce((sum, one) => sum + one[a]!, 0) / count;
      const error = Math.sqrt(means.reduce((sum, one) => sum + (one[a]! - mean) ** 2, 0) / (count * (count - 1)));
      expect(Math.abs(mean - expected.mean[a]!)).toBeLessThan(5 * Math.hypot(error, expected.se[a]!));
      expect(error).toBeLessThan(0.02 * mean);
    }
  });
});

describe("replicas", () => {
  const run = { head: mixHead, key: key("bytes"), start: { u: mixStart }, keep: [1, 3, 10] };

  test("replica r has the same bytes alone and in any batch", () => {
    const all = sampleReplicas({ ...run, from: 0, count: 7 });
    for (const r of [0, 4, 6]) expect(sampleReplicas({ ...run, from: r, count: 1 }).values).toEqual(all.values.subarray(r * 6, (r + 1) * 6));
    expect(sampleReplicas({ ...run, from: 2, count: 3 }).values).toEqual(all.values.subarray(12, 30));
    expect(sampleReplicas({ ...run, from: 1, count: 1 }).values).not.toEqual(all.values.subarray(0, 6));
  });

  test("drawn starts and quenched sizes too", () => {
    const quenched = { ...run, head: (own: typeof run.key) => finiteHead(quenchedSizes(system("mix"), 50, own.stream()), { contextLength: 2, beta: 1.6, gamma: 8, positionalWeight: 0.1 }), start: (stream: ReturnType<typeof streamOf>, head: FiniteHead) => ({ u: head.sizes.map(() => 2 * stream.uniform() - 1), t: 5 }) };
    const all = sampleReplicas({ ...quenched, from: 0, count: 5 });
    expect(sampleReplicas({ ...quenched, from: 3, count: 1 }).values).toEqual(all.values.subarray(18, 24));
    expect(all.shape).toEqual([5, 3, 2]);
  });

  test("quenched sizes add their share of variance", () => {
    // A certain first token of w = 1/2, 1/2 and u = (1, -1): m^o = (n_1 - n_2) / N is 0 when stratified, of variance 1/N when quenched; beta 0 adds nothing after.
    const features = classesFromColumns({ weights: [0.5, 0.5], xi: { o: [[1, 1]], v: [[1, 1]], q: [[1, 1]], k: [[1, -1]] } });
    const spread = (head: ReplicaRun["head"]): number => {
      const { values } = sampleReplicas({ head, key: key("quenched"), from: 0, count: 4000, start: { u: [1, -1] }, keep: [1] });
      return (100 * values.reduce((sum, m) => sum + m * m, 0)) / 4000;
    };
    const parameters = { contextLength: 1, beta: 0.9, gamma: 0 };
    const stratified = spread(finiteHead(stratifiedSizes(features, 100), parameters));
    const quenched = spread((own) => finiteHead(quenchedSizes(features, 100, own.stream()), parameters));
    // N Var of one step: 1 - <tanh^2>, plus beta^2 to leading order; 2 % standard error each.
    expect(stratified).toBeCloseTo(1, 0);
    expect(Math.abs(quenched - 1 - 0.81)).toBeLessThan(0.2);
  });

  test("bad requests", () => {
    expect(() => sampleReplicas({ ...run, from: 0, count: 1, keep: [2, 2] })).toThrow("keep[1] = 2: must be an integer of at least 3");
    expect(() => sampleReplicas({ ...run, from: 0, count: 1, keep: [0] })).toThrow("keep[0] = 0");
    expect(() => sampleReplicas({ ...run, from: 0, count: 1, keep: [] })).toThrow("must name at least one token");
    expect(() => sampleReplicas({ ...run, from: 0, count: 0 })).toThrow("count = 0");
    const sparse = (own: typeof run.key) => finiteHead(quenchedSizes(system("mix"), 4, own.stream()), { contextLength: 1, beta: 1, gamma: 0 });
    expect(() => sampleReplicas({ ...run, head: sparse, start: (_, head) => ({ u: head.sizes.map(() => 0) }), from: 0, count: 50, observe: "magnetisations" })).toThrow("Classes without bits are left out: observe overlaps instead.");
    expect(() => bitwiseChain(attentionNetwork({ features: singleBits({ bits: { o: [[1, 1]], v: [[1, 1]], q: [[1, 1]], k: [[1, 1]] } }), contextLength: 1, beta: 1, gamma: 0 }), [[1, 0]])).toThrow("token[1] = 0: must be +1 or -1");
  });
});
