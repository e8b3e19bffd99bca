import { tanh } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { RoleRows } from "../src/index.js";
import { attentionNetwork, attentionWindow, classesFromBits, classesFromColumns, collapseClasses, effectiveClasses, effectiveProductLaw, explicitSizes, gaugeFlip, overlaps, productLaw, quenchedSizes, drawBits, requireSigns, ROLES, singleBits, stratifiedSizes, nearestToken } from "../src/index.js";
import { caseOf, largestDifference, networkOf, parametersOf, randomFeatures, randomRows, randomWindow, streamOf, system } from "./systems.js";
import type { CaseInput } from "./systems.js";

interface Columns48 {
  readonly distinct: number;
  readonly distinct_up_to_sign: number;
  readonly A: number[][];
}

const one = (rows: number[][]): RoleRows => ({ o: rows, v: rows, q: rows, k: rows });

/** The limit's run of A from a first token. */
function outputs(network: ReturnType<typeof networkOf>, first: ArrayLike<number>, steps: number): Float64Array[] {
  const machine = attentionWindow(network);
  machine.startFromToken(first);
  const u = new Float64Array(network.features.classes);
  return Array.from({ length: steps }, () => {
    machine.fields(u).forEach((h, c) => (u[c] = tanh(network.beta * h)));
    const output = machine.output.slice();
    machine.push(u);
    return output;
  });
}

describe("collapse of bits", () => {
  const { input, expected, tol } = caseOf<Columns48, CaseInput & { readonly bits: RoleRows }>("columns-48");

  test("counts of distinct columns, and of those up to sign", () => {
    expect(classesFromBits({ bits: input.bits, gauge: false }).features.classes).toBe(expected.distinct);
    expect(classesFromBits({ bits: input.bits }).features.classes).toBe(expected.distinct_up_to_sign);
  });

  test("the limit of 48 bits, of their classes and of their effective classes runs alike", () => {
    const { features, classOf, sign } = classesFromBits({ bits: input.bits });
    const token = Float64Array.from({ length: 48 }, (_, i) => input.bits.o[0]![i]!);
    const first = new Float64Array(features.classes);
    classOf.forEach((c, i) => (first[c] = token[i]! * sign[i]!));
    const runs = [
      outputs(attentionNetwork({ features: singleBits({ bits: input.bits }), ...parametersOf(input) }), token, input.T),
      outputs(attentionNetwork({ features, ...parametersOf(input) }), first, input.T),
      // The first token is a feature of the output column: in effective classes it is that feature itself.
      outputs(attentionNetwork({ features: effectiveClasses(features), ...parametersOf(input) }), effectiveClasses(features).xi.o.subarray(0, effectiveClasses(features).classes), input.T),
    ];
    for (const run of runs) expected.A.forEach((row, t) => { expect(largestDifference(run[t]!, row)).toBeLessThan(tol); });
  });

  test("says of every bit where it went: overlaps of any token are those of its classes", () => {
    const stream = streamOf("collapse");
    const [bits, zeta] = [randomRows(stream, 2, 40), randomRows(stream, 2, 3)];
    const { features, classOf, sign, sizes } = classesFromBits({ bits, zeta });
    expect(features.classes).toBeLessThan(40);
    expect(Array.from(sizes)).toEqual(Array.from({ length: features.classes }, (_, c) => classOf.filter((of) => of === c).length));
    expect(new Set(sign)).toEqual(new Set([1, -1]));
    const token = Float64Array.from({ length: 40 }, () => (stream.uniform() < 0.5 ? -1 : 1));
    const u = new Float64Array(features.classes);
    classOf.forEach((c, i) => (u[c]! += (token[i]! * sign[i]!) / sizes[c]!));
    const parameters = { contextLength: 1, beta: 1, gamma: 1, positionalWeight: 0.3 };
    const [fine, coarse] = [attentionNetwork({ features: singleBits({ bits, zeta }), ...parameters }), attentionNetwork({ features, ...parameters })];
    for (const role of ROLES) expect(largestDifference(overlaps(fine, role, token, 5), overlaps(coarse, role, u, 5))).toBeLessThan(1e-15);
    // Without the signs it would not be.
    const unsigned = new Float64Array(features.classes);
    classOf.forEach((c, i) => (unsigned[c]! += token[i]! / sizes[c]!));
    expect(largestDifference(overlaps(fine, "o", token, 5), overlaps(coarse, "o", unsigned, 5))).toBeGreaterThan(0.01);
  });

  test("a class split in two, one of them flipped, collapses to what it was", () => {
    const features = system("paper3");
    const split = classesFromColumns({
      weights: [...features.weights, 0].map((w, c) => (c === 3 || c === 0 ? 1 / 6 : w)),
      xi: Object.fromEntries(ROLES.map((role) => [role, [0, 1, 2].map((a) => [0, 1, 2, 0].map((c) => features.xi[role][a * 3 + c]!))])) as unknown as RoleRows,
    });
    const back = collapseClasses(gaugeFlip(split, [1, 1, 1, -1])).features;
    expect(back.xi).toEqual(features.xi);
    expect(largestDifference(back.weights, features.weights)).toBeLessThan(1e-15);
    expect(collapseClasses(gaugeFlip(split, [1, 1, 1, -1]), { gauge: false }).features.classes).toBe(4);
  });
});

describe("laws of features", () => {
  test("independent features: one token, and all overlaps are gone", () => {
    const { input, expected } = caseOf<{ A: number[][] }>("columns-independent");
    const features = productLaw({ features: 2, rho: { v: 0, q: 0, k: 0 } });
    expect(features.classes).toBe(128);
    const network = attentionNetwork({ features, ...parametersOf(input) });
    outputs(network, features.xi.v.subarray(0, 128), 3).forEach((row, t) => { expect(largestDifference(row, expected.A[t]!)).toBeLessThan(1e-12); });
  });

  test("weights are prod (1 +- rho) / 2: correlations as asked for, permutation included", () => {
    const features = productLaw({ features: 2, rho: { v: [0.7, -0.4], q: 0.5, k: -0.2 }, permutation: { v: [1, 0] } });
    const correlation = (a: Float64Array, i: number, b: Float64Array, j: number): number =>
      features.weights.reduce((sum, w, c) => sum + w * a[i * features.classes + c]! * b[j * features.classes + c]!, 0);
    const { o, v, q, k } = features.xi;
    const table = [correlation(v, 0, o, 1), correlation(v, 1, o, 0), correlation(v, 0, o, 0), correlation(q, 0, o, 0), correlation(k, 1, o, 1), correlation(q, 0, k, 0), correlation(o, 0, o, 1)];
    expect(largestDifference(table, [0.7, -0.4, 0, 0.5, -0.2, -0.1, 0])).toBeLessThan(1e-14);
  });

  test("all 4096 columns of three features run in the limit as four effective classes", () => {
    const law = { features: 3, rho: { v: 0.9, q: [0.8, -0.7, 0.6], k: 0.75 }, permutation: { v: [1, 2, 0], k: [0, 2, 1] } };
    const [full, effective] = [productLaw(law), effectiveProductLaw(law)];
    expect([full.classes, effective.classes, effectiveClasses(full).classes]).toEqual([2048, 4, 4]);
    const parameters = { contextLength: 3, beta: 2.2, gamma: 15 };
    const first = (f: typeof full): Float64Array => f.xi.o.slice(0, f.classes);
    const run = outputs(attentionNetwork({ features: full, ...parameters }), first(full), 30);
    for (const f of [effective, effectiveClasses(full)]) {
      outputs(attentionNetwork({ features: f, ...parameters }), first(f), 30).forEach((row, t) => { expect(largestDifference(row, run[t]!)).toBeLessThan(1e-11); });
    }
  });

  test("certain correlations leave no classes without weight", () => {
    expect(productLaw({ features: 3, rho: { v: 1, q: -1, k: 1 } }).classes).toBe(4);
    expect(effectiveProductLaw({ features: 1, rho: { v: 0.3, q: 1, k: 1 } }).xi.v).toEqual(Float64Array.of(0.3));
  });

  test.each([
    [{ features: 5, rho: { v: 0, q: 0, k: 0 } }, "for M > 4 take effectiveProductLaw"],
    [{ features: 2, rho: { v: 1.1, q: 0, k: 0 } }, "rho.v[0] = 1.1: must be a number from -1 to 1"],
    [{ features: 2, rho: { v: [0.1], q: 0, k: 0 } }, "rho.v.length = 1: must be 2"],
    [{ features: 2, rho: { v: 0, q: 0, k: 0 }, permutation: { q: [0, 0] } }, "must be a permutation of 0..1"],
  ])("refuses %o", (law, message) => {
    expect(() => productLaw(law)).toThrow(message);
  });
});

describe("class sizes", () => {
  const thirds = system("paper3");

  test("stratified: w_c N where these are integers, up to 1e12", () => {
    for (const bits of [3, 99, 999_999, 999_999_999_999]) {
      const { sizes, weightShift, warning } = stratifiedSizes(thirds, bits);
      expect([Array.from(sizes), weightShift, warning]).toEqual([[bits / 3, bits / 3, bits / 3], 0, undefined]);
    }
    expect(Array.from(stratifiedSizes(system("mix"), 80).sizes)).toEqual([10, 20, 30, 20]);
  });

  test("stratified: otherwise refused, or rounded with a warning", () => {
    expect(() => stratifiedSizes(thirds, 100)).toThrow("weights[0] * N = 33.3");
    const { sizes, features, weightShift, warning } = stratifiedSizes(thirds, 100, { rounding: "largest-remainder" });
    expect(Array.from(sizes)).toEqual([34, 33, 33]);
    expect(Array.from(features.weights)).toEqual([0.34, 0.33, 0.33]);
    expect(weightShift).toBeCloseTo(0.34 - 1 / 3, 15);
    expect(warning).toContain("class weights rounded to multiples of 1/100");
  });

  test("quenched: multinomial, and classes without bits are dropped", () => {
    const rare = classesFromColumns({ weights: [1e-9, 1 - 1e-9], xi: one([[1, -1]]) });
    const { sizes, kept, features } = quenchedSizes(rare, 50, streamOf("quenched"));
    expect([Array.from(sizes), Array.from(kept), features.classes, Array.from(features.xi.o)]).toEqual([[50], [1], 1, [-1]]);
    const large = quenchedSizes(thirds, 1e12, streamOf("large"));
    expect(large.sizes.reduce((a, b) => a + b, 0)).toBe(1e12);
    // Five standard deviations of 1e6 sqrt(2/9).
    expect(large.weightShift * 1e12).toBeLessThan(5 * 1e6 * Math.sqrt(2 / 9));
  });

  test("bits drawn from classes collapse to sizes of the same law", () => {
    const mix = system("mix");
    const counts = new Float64Array(4);
    const runs = 400;
    for (let r = 0; r < runs; r += 1) {
      const { features, sizes } = classesFromBits({ bits: drawBits(mix, 24, streamOf("bits", r)) });
      // A class is known by its stacked column, up to sign.
      for (let c = 0; c < features.classes; c += 1) {
        for (let d = 0; d < 4; d += 1) {
          const products = ROLES.flatMap((role) => [0, 1].map((a) => features.xi[role][a * features.classes + c]! * mix.xi[role][a * 4 + d]!));
          if (Math.abs(products.reduce((a, b) => a + b, 0)) === 8) counts[d]! += sizes[c]!;
        }
      }
    }
    const n = 24 * runs;
    counts.forEach((count, c) => { expect(Math.abs(count - n * mix.weights[c]!)).toBeLessThan(4.5 * Math.sqrt(n * mix.weights[c]! * (1 - mix.weights[c]!))); });
  });

  test("explicit sizes, and the token nearest to any magnetisation", () => {
    const sized = explicitSizes(thirds, [2, 0, 5]);
    expect([sized.bits, sized.features.classes, Array.from(sized.kept)]).toEqual([7, 2, [0, 2]]);
    expect(Array.from(nearestToken(sized, [0.4, -0.9]))).toEqual([0, -1]);
    expect(() => explicitSizes(thirds, [2, 0.5, 5])).toThrow("sizes[1] = 0.5: must be an integer");
    expect(() => explicitSizes(thirds, [0, 0, 0])).toThrow("bits = 0");
    expect(() => stratifiedSizes(thirds, 3e12)).toThrow("Beyond 1e12 bits use the limit.");
  });

  test("real entries have no finite system", () => {
    const effective = effectiveProductLaw({ features: 2, rho: { v: 0.5, q: 0.5, k: 0.5 } });
    expect(() => stratifiedSizes(effective, 10)).toThrow("xi.v[0][0] = 0.5: must be +1 or -1");
    expect(() => {
      requireSigns(thirds);
    }).not.toThrow();
  });
});

describe("what is refused", () => {
  const good = { weights: [0.5, 0.5], xi: one([[1, -1]]) };

  test.each([
    [{ ...good, xi: { ...good.xi, q: [[1, 0]] } }, "xi.q[0][1] = 0: must be +1 or -1. Write a bit 0 as -1"],
    [{ ...good, xi: { ...good.xi, q: [[1, 0.5]] } }, "xi.q[0][1] = 0.5"],
    [{ ...good, xi: { ...good.xi, q: [[1, 1.5]] }, entries: "real" as const }, "xi.q[0][1] = 1.5: must lie within [-1, 1]"],
    [{ ...good, xi: { ...good.xi, k: [[1]] } }, "xi.k[0].length = 1: must be 2"],
    [{ ...good, xi: { ...good.xi, v: [[1, 1], [1, 1]] } }, "xi.v.length = 2: must be 1"],
    [{ ...good, xi: one([]) }, "number of features = 0"],
    [{ ...good, weights: [0.5, 0.6] }, "sum of weights = 1.1: must be 1. Divide the weights by their sum."],
    [{ ...good, weights: [1, 0] }, "weights[1] = 0: must be greater than 0. Leave out classes without bits."],
    [{ ...good, weights: [Number.NaN, 1] }, "weights[0] = NaN"],
    [{ ...good, weights: [] }, "number of classes = 0"],
    [{ ...good, zeta: { ...one([[1, 1]]), v: [[1]] } }, "zeta.v[0].length = 1: must be 2"],
    [{ ...good, zeta: one([[1, 2]]) }, "zeta.o[0][1] = 2: must be +1 or -1"],
  ])("columns %#", (input, message) => {
    expect(() => classesFromColumns(input)).toThrow(message);
  });

  test("bits of unequal lengths, or that are no signs", () => {
    expect(() => classesFromBits({ bits: { ...one([[1, -1]]), v: [[1]] } })).toThrow("bits.v[0].length = 1: must be 2");
    expect(() => classesFromBits({ bits: one([[1, 3]]) })).toThrow("bits.o[0][1] = 3: must be +1 or -1");
  });

  test("flips that are not one a class", () => {
    expect(() => gaugeFlip(system("mix"), [1])).toThrow("flips.length = 1: must be 4");
  });
});

test("random features are all different: the tests above mean something", () => {
  const stream = streamOf("different");
  const features = randomFeatures(stream, 3, 6, 2);
  expect(collapseClasses(features).features.classes).toBe(6);
  expect(randomWindow(stream, 2, 6)).toHaveLength(2);
  expect(networkOf(caseOf<unknown>("step-1").input).sharpness).toBeCloseTo(8 / Math.SQRT2, 15);
});
