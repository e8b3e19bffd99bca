import { describe, expect, test } from "vitest";
import { dataSet, largestDifference, reference } from "../tables.js";
import { residual } from "./residual.js";

describe("the rule carries a residual network of two blocks with everything trained", () => {
  const { F1, F3, F5 } = reference.cases;
  test("outputs of the reference to its printed digits; without responses its wrong ones", () => {
    const run = residual(dataSet("A"), { ...F1, steps: 12 }, F1);
    expect(largestDifference(F1.t.flatMap((t) => run.f[t]!), F1.f.flat())).toBeLessThan(F1.tol);
    [F1.A_layer1_input0, F1.A_layer2_input0].forEach((expected, l) => {
      const logits = [0, 1, 2].flatMap((s) => [...run.logits[l]!.subarray(s * 6, s * 6 + 3)]);
      expect(largestDifference(logits, expected.flat())).toBeLessThan(F1.tol);
    });
    expect(largestDifference(run.stream.subarray(0, 6), F1.H_L_T_row0)).toBeLessThan(F1.tol);
    const without = residual(dataSet("A"), { ...F1, steps: 12 }, F1, { responses: false });
    expect(largestDifference(F1.t.flatMap((t) => without.f[t]!), F1.f_without_response.flat())).toBeLessThan(1e-7);
  });

  test("beside a saddle: one block on nearly symmetric data, the reference's path", () => {
    const run = residual(dataSet("C"), { ...F3, steps: 24 }, F3);
    expect(largestDifference(F3.t.flatMap((t) => run.f[t]!), F3.f.flat())).toBeLessThan(F3.tol);
    const logits = [0, 1, 2].flatMap((s) => [...run.logits[0]!.subarray(s * 6, s * 6 + 3)]);
    expect(largestDifference(logits, F3.A_layer1_input0.flat())).toBeLessThan(F3.tol);
  });

  test("the kernel regime: gamma0 = 1e-4", () => {
    const run = residual(dataSet("A"), { ...F5, steps: 5 }, F5);
    expect(largestDifference([...run.f[1]!, ...run.f[5]!], F5.f.slice(0, 2).flat())).toBeLessThan(F5.tol);
  });
});
