import { describe, expect, test } from "vitest";
import type { ExactChain, RoleRows, WindowLaw } from "../src/index.js";
import { attentionNetwork, binomialLaw, certainWindow, classesFromBits, countChain, explicitSizes, finiteHead, lawMoments, overlapRows, propagate, singleBits, stateOf, stratifiedSizes, tokenChain, tokenLaw } from "../src/index.js";
import type { CaseInput } from "./systems.js";
import { caseOf, largestDifference, parametersOf, randomRows, streamOf, system } from "./systems.js";

interface TokenLaw {
  readonly law: number[][];
  readonly count_states: [number, number][];
  readonly count_law: number[][];
}

type TokenInput = CaseInput & { readonly bits: RoleRows; readonly zeta: RoleRows; readonly x0: number[] };

/** Laws of the tokens after the first, one row a token. */
function laws(chain: ExactChain, first: ArrayLike<number>, steps: number, t = 0): Float64Array[] {
  let law: WindowLaw = certainWindow(chain, [stateOf(chain, first)], t);
  return Array.from({ length: steps }, () => tokenLaw(chain, (law = propagate(chain, law))));
}

describe("the literal softmax over all tokens", () => {
  const { input, expected, tol } = caseOf<TokenLaw, TokenInput>("exact-token-law");
  const network = attentionNetwork({ features: singleBits(input), ...parametersOf(input) });

  test("the reference law of 16 tokens", () => {
    laws(tokenChain(network), input.x0, input.T).forEach((law, t) => { expect(largestDifference(law, expected.law[t]!)).toBeLessThan(tol); });
  });

  test("the reference law of its counts", () => {
    const { features, sizes } = classesFromBits({ ...input, gauge: false });
    const head = finiteHead(explicitSizes(features, sizes), parametersOf(input));
    const chain = countChain(head);
    expect(chain.states).toBe(expected.count_states.length);
    const { classOf } = classesFromBits({ ...input, gauge: false });
    const u = new Float64Array(2);
    classOf.forEach((c, i) => (u[c]! += input.x0[i]! / sizes[c]!));
    laws(chain, u, input.T).forEach((law, t) => {
      expected.count_states.forEach((counts, i) => { expect(Math.abs(law[stateOf(chain, counts.map((k, c) => (2 * k) / sizes[c]! - 1))]! - expected.count_law[t]![i]!)).toBeLessThan(tol); });
    });
  });
});

describe("counts against the brute-force chain on 2^N tokens", () => {
  test.each([
    [4, 2, 2, 2],
    [5, 2, 1, 0],
    [3, 3, 2, 1],
    [6, 1, 3, 3],
  ])("N = %d, L = %d, M = %d, P = %d to 1e-13", (n, contextLength, m, p) => {
    const stream = streamOf("brute", n, contextLength);
    const bits = randomRows(stream, m, n);
    const features = p === 0 ? { bits } : { bits, zeta: randomRows(stream, m, p) };
    const parameters = { contextLength, beta: 1.4, gamma: 6, positionalWeight: p === 0 ? 0 : 0.2 };
    const fine = tokenChain(attentionNetwork({ features: singleBits(features), ...parameters }));
    const { features: classes, classOf, sign, sizes } = classesFromBits(features);
    const coarse = countChain(finiteHead(explicitSizes(classes, sizes), parameters));
    const countsOf = (token: ArrayLike<number>): Float64Array => {
      const u = new Float64Array(classes.classes);
      classOf.forEach((c, i) => (u[c]! += (sign[i]! * token[i]!) / sizes[c]!));
      return u;
    };
    const first = Array.from({ length: n }, () => (stream.uniform() < 0.5 ? -1 : 1));
    const of = Int32Array.from({ length: fine.states }, (_, s) => stateOf(coarse, countsOf(fine.tokens.subarray(s * n, (s + 1) * n))));
    const [finely, coarsely] = [laws(fine, first, 6, 1), laws(coarse, countsOf(first), 6, 1)];
    finely.forEach((law, t) => {
      const gathered = new Float64Array(coarse.states);
      law.forEach((weight, s) => (gathered[of[s]!]! += weight));
      expect(largestDifference(gathered, coarsely[t]!)).toBeLessThan(1e-13);
    });
    expect(coarse.states).toBeLessThanOrEqual(fine.states);
  });
});

describe("moments of overlaps", () => {
  const { input, expected } = caseOf<{ finite: { N: number; mean: number[]; var: number[] }[]; mf: number[]; mean_1overN: number[]; var_1overN: number[] }, CaseInput & { u0: number[] }>("exact-hop1");

  function exact(bits: number, steps = input.T): { mean: number[]; variance: number[] } {
    const head = finiteHead(stratifiedSizes(system("hop1"), bits), parametersOf(input));
    const chain = countChain(head);
    const moments = laws(chain, input.u0, steps).map((law) => lawMoments(chain, law, overlapRows(head.network.features)));
    return { mean: moments.map(({ mean }) => mean[0]!), variance: moments.map(({ covariance }) => covariance[0]!) };
  }

  test.each(expected.finite.map((one) => [one.N, one] as const))("mean and variance of N = %d over twelve tokens", (bits, { mean, var: variance }) => {
    const found = exact(bits);
    expect(largestDifference(found.mean, mean)).toBeLessThan(1e-12);
    expect(largestDifference(found.variance, variance)).toBeLessThan(1e-12);
  });

  test("bias and variance fall as 1/N with the coefficients of the expansion", () => {
    const [small, large] = [exact(80, 6), exact(160, 6)];
    for (let t = 1; t < 6; t += 1) {
      const bias = (run: typeof small, bits: number): number => bits * (run.mean[t]! - expected.mf[t]!);
      expect(Math.abs(2 * bias(large, 160) - bias(small, 80) - expected.mean_1overN[t]!)).toBeLessThan(0.015 * Math.max(0.2, Math.abs(expected.mean_1overN[t]!)));
      expect(Math.abs((2 * 160 * large.variance[t]! - 80 * small.variance[t]!) / expected.var_1overN[t]! - 1)).toBeLessThan(0.015);
    }
  });

  test("splitting a class in two of the same column changes no law of overlaps", () => {
    const hop = system("hop1");
    const split = { ...hop, classes: 2, weights: Float64Array.of(0.25, 0.75), xi: { o: Float64Array.of(1, 1), v: Float64Array.of(1, 1), q: Float64Array.of(1, 1), k: Float64Array.of(1, 1) } };
    const rows = (features: typeof hop, u: number[]): number[] => {
      const head = finiteHead(stratifiedSizes(features, 8), parametersOf(input));
      const chain = countChain(head);
      return laws(chain, u, 4).flatMap((law) => {
        const { mean, covariance } = lawMoments(chain, law, overlapRows(head.network.features));
        return [mean[0]!, covariance[0]!];
      });
    };
    expect(largestDifference(rows(hop, [0.5]), rows(split, [0, 2 / 3]))).toBeLessThan(1e-14);
  });
});

describe("the law of a binomial", () => {
  test("adds to 1, has its mean and variance, and mirrors with its sign", () => {
    for (const n of [1, 7, 160, 999]) {
      for (const x of [0, 0.3, -2, 17]) {
        const law = binomialLaw(n, x);
        const p = 1 / (1 + Math.exp(-2 * x));
        const mean = law.reduce((sum, weight, k) => sum + weight * k, 0);
        const variance = law.reduce((sum, weight, k) => sum + weight * (k - mean) ** 2, 0);
        expect(Math.abs(law.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-14);
        expect(Math.abs(mean - n * p)).toBeLessThan(1e-12 * n);
        expect(Math.abs(variance - n * p * (1 - p))).toBeLessThan(1e-11 * n);
        expect(Array.from(binomialLaw(n, -x))).toEqual(Array.from(law).reverse());
      }
    }
  });

  test("keeps its digits in the tails", () => {
    // All of 100 trials, and three of them, at odds e^{-6}: logarithms of closed forms.
    const law = binomialLaw(100, -3);
    expect(Math.log(law[100]!) + 600 + 100 * Math.log1p(Math.exp(-6))).toBeCloseTo(0, 10);
    expect(Math.log(law[3]! / 161700) + 18 + 100 * Math.log1p(Math.exp(-6))).toBeCloseTo(0, 12);
    expect(Array.from(binomialLaw(3, -1000))).toEqual([1, 0, 0, 0]);
  });
});

describe("what is refused", () => {
  const head = (bits: number, contextLength: number) => finiteHead(stratifiedSizes(system("hop1"), bits), { contextLength, beta: 1, gamma: 1 });

  test("an enumeration that is too large, with its cost and what to do instead", () => {
    expect(() => countChain(head(1000, 2))).toThrow("cost of enumeration S^(L+1) 2^P = 1003003001: must be at most 10000000 for S = 1001, L = 2. Sample it with sampleReplicas");
    expect(() => countChain(head(1e12, 2))).toThrow("Sample it with sampleReplicas");
    expect(() => tokenChain(attentionNetwork({ features: singleBits({ bits: randomRows(streamOf("large"), 1, 40) }), contextLength: 3, beta: 1, gamma: 1 }))).toThrow("cost of enumeration");
    expect(countChain(head(20, 2), { costLimit: 9261 }).states).toBe(21);
    expect(() => countChain(head(20, 2), { costLimit: 9260 })).toThrow("must be at most 9260");
  });

  test("token level of classes that are not single bits", () => {
    expect(() => tokenChain(attentionNetwork({ features: system("mix"), contextLength: 1, beta: 1, gamma: 0 }))).toThrow("weights[0] = 0.125: must be 1/N = 0.25");
  });

  test("states and laws that do not belong to the chain", () => {
    const chain = countChain(head(4, 2));
    expect(() => stateOf(chain, [0.3])).toThrow("u = \"0.3\": must be a token of this system");
    expect(() => certainWindow(chain, [5])).toThrow("window[0] = 5");
    expect(() => certainWindow(chain, [0, 1, 2])).toThrow("window.length = 3");
    expect(() => lawMoments(chain, [1])).toThrow("law.length = 1: must be S = 5");
    expect(() => chain.kernel(1, 1)).toThrow("phase = 1");
  });
});
