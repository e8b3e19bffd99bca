import { key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { meanFieldJacobian, meanFieldMap, sechSquared, tangentMap, tokenStart, windowStart } from "../../../src/hopfield/index.js";
import { begun, casesOf, largestDifference, networkOf, published, table } from "../cases.js";
import type { Rows } from "../cases.js";
import { complexStepJacobian } from "../complex-step.js";

const size = (j: ArrayLike<number>): number => Array.from(j).reduce((worst, x) => Math.max(worst, Math.abs(x)), 1);

describe("Jacobian", () => {
  it.each(casesOf<{ J: Rows }>("jacobian"))("$id: the reference, and complex steps to 1e-10", (one) => {
    const { network, start } = begun(one);
    const jacobian = meanFieldJacobian(network, start);
    expect(largestDifference(jacobian, one.expected.J.flat())).toBeLessThan(one.tol!);
    expect(largestDifference(jacobian, complexStepJacobian(network, start.u, start.t))).toBeLessThan(1e-12 * size(jacobian));
  });

  it.each([...casesOf("step"), ...casesOf("trajectory")].filter(({ input }) => input.beta > 0))("$id: complex steps to 1e-10, growing windows included", (one) => {
    const { network, start } = begun(one);
    const jacobian = meanFieldJacobian(network, start);
    expect(largestDifference(jacobian, complexStepJacobian(network, start.u, start.t))).toBeLessThan(1e-10 * size(jacobian));
  });

  it("agrees with differences in 60-digit arithmetic", () => {
    for (const row of table.jacobians) {
      const network = networkOf(row, row);
      const jacobian = meanFieldJacobian(network, windowStart(network, row.u, row.t));
      expect(largestDifference(jacobian, row.jacobian.flat())).toBeLessThan(1e-13 * (1 + row.gamma) * size(jacobian));
    }
  });
});

describe("tangent map", () => {
  it("is the companion matrix of the Jacobian, to 1e-13, over 40 tokens", () => {
    const network = published(1.28);
    const map = meanFieldMap(network, tokenStart(network));
    map.run(10);
    const count = 12;
    const tangent = tangentMap(network, map.state(), { count });
    const stream = key("companion").stream();
    const vectors = Array.from({ length: count }, () => stream.fillNormal(new Float64Array(12)));
    vectors.forEach((vector, v) => { tangent.place(v, vector); });
    const out = new Float64Array(12);
    for (let i = 0; i < 40; i++) {
      const jacobian = meanFieldJacobian(network, tangent.map.state());
      tangent.step();
      vectors.forEach((vector, v) => {
        const next = [0, 1, 2].map((c) => vector.reduce((sum, x, j) => sum + jacobian[c * 12 + j]! * x, 0));
        const shifted = Float64Array.from([...next, ...vector.subarray(0, 9)]);
        expect(largestDifference(tangent.ordered(v, out), shifted)).toBeLessThan(1e-12 * size(shifted));
        vector.set(out);
      });
    }
  });

  it("derivative along beta: a central difference over 5 tokens", () => {
    const at = (beta: number): ReturnType<typeof published> => published(beta);
    const start = windowStart(at(1.28), [[0.3, 0.25, -0.4], [0.1, -0.2, 0.35], [-0.15, 0.4, 0.2], [0.05, -0.1, 0.3]], 3);
    const tangent = tangentMap(at(1.28), start, { count: 1, alongBeta: true });
    for (let i = 0; i < 5; i++) tangent.step();
    const moved = [1e-6, -1e-6].map((h) => {
      const map = meanFieldMap(at(1.28 + h), start);
      map.run(5);
      return map.state().u;
    });
    const difference = moved[0]!.map((x, i) => (x - moved[1]![i]!) / 2e-6);
    expect(largestDifference(tangent.ordered(0, new Float64Array(12)), difference)).toBeLessThan(1e-6 * size(difference));
  });

  it("needs a full window and says how to get one", () => {
    const network = published(1.28);
    expect(() => tangentMap(network, tokenStart(network), { count: 1 })).toThrow(/tokens in the window = 1: must be L = 4.*Run the mean-field map/s);
  });
});

describe("sech^2", () => {
  it("keeps its digits where 1 - tanh^2 loses them", () => {
    // 4 e^-2x up to e^-4x: exact enough at 12, 20, 300.
    for (const x of [12, 20, 300]) expect(Math.abs(sechSquared(x) / (4 * Math.exp(-2 * x)) - 1)).toBeLessThan(1e-9);
    expect(sechSquared(-3)).toBe(sechSquared(3));
    expect(sechSquared(0)).toBe(1);
    const wrong = (x: number): number => 1 - Math.tanh(x) * Math.tanh(x);
    expect(Math.abs(wrong(12) / (4 * Math.exp(-24)) - 1)).toBeGreaterThan(1e-7);
    expect(wrong(20)).toBe(0);
  });
});
