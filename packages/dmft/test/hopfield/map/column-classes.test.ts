import { attentionNetwork, effectiveProductLaw, productLaw } from "@mesoscope/hopfield-transformer";
import { describe, expect, it } from "vitest";
import { forgottenDirections, meanFieldMap, tokenStart } from "../../../src/hopfield/index.js";
import { largestDifference, networkOf, reference } from "../cases.js";
import type { System } from "../cases.js";

describe("what the limit needs of the columns", () => {
  it("correlated features by their output columns alone: 4 effective classes with real entries stand for 2048, to 1e-11", () => {
    const law = { features: 3, rho: { v: 0.7, q: [0.9, -0.4, 0.6], k: 0.5 }, permutation: { v: [1, 2, 0] } };
    const at = { contextLength: 3, beta: 2.4, gamma: 15 };
    const full = attentionNetwork({ features: productLaw(law), ...at });
    const effective = attentionNetwork({ features: effectiveProductLaw(law), ...at });
    expect([full.features.classes, effective.features.classes]).toEqual([2048, 4]);
    const [one, other] = [full, effective].map((network) => meanFieldMap(network, tokenStart(network)));
    const m = [new Float64Array(3), new Float64Array(3)];
    for (let i = 0; i < 30; i++) {
      one!.step();
      other!.step();
      expect(largestDifference(one!.overlaps(m[0]!), other!.overlaps(m[1]!))).toBeLessThan(1e-11);
    }
    expect(Math.max(...m[0]!.map(Math.abs))).toBeGreaterThan(0.05);
    expect(forgottenDirections(full).count).toBe(3 * (2048 - 3));
  });

  it("splitting a class into two with the same column changes nothing but the forgotten directions", () => {
    const mix = reference.systems["mix"]!;
    const twice = (row: ArrayLike<number>): number[] => [...Array.from(row), row[3]!];
    const split: System = {
      weights: [1, 2, 3, 0.5, 1.5], zeta: mix.zeta,
      xi: { o: Array.from(mix.xi.o, twice), v: Array.from(mix.xi.v, twice), q: Array.from(mix.xi.q, twice), k: Array.from(mix.xi.k, twice) },
    };
    const parameters = { L: 3, beta: 1.6, gamma: 8, eps: 0.1 };
    const [whole, parts] = [networkOf("mix", parameters), networkOf(split, parameters)];
    const a = meanFieldMap(whole, tokenStart(whole));
    const b = meanFieldMap(parts, tokenStart(parts));
    for (let i = 0; i < 20; i++) {
      a.step();
      b.step();
      expect(largestDifference([...a.u, a.u[3]!], b.u)).toBeLessThan(1e-13);
    }
    expect(forgottenDirections(parts).count - forgottenDirections(whole).count).toBe(3);
  });
});
