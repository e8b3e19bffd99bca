import { describe, expect, test } from "vitest";
import { C1, ensemble } from "../src/index.js";
import { data, meanField, reference, waves } from "./reference.js";

describe("heads read out directly, deterministic weights", () => {
  test.each([0.5, 1])("gradient descent gives the printed outputs and logits, alphaA = %s", async (alphaA) => {
    const { f, A_head0_input0_T: logits } = reference.tests["D1"]!.expected[`alphaA_${alphaA.toFixed(1)}`] as { f: number[][]; A_head0_input0_T: number[][] };
    const [N, H, D] = [3, 2, 2];
    const aim = N ** (1 - alphaA);
    const trained = await ensemble({
      architecture: C1,
      parameterisation: meanField({ alphaA, eta0: 0.2, gamma0: 1.5 }),
      sizes: { N, H, L: 1 },
      ...data.B,
      replicas: {
        count: 1,
        weights: { "query.1": waves(H * N * D, 0.1, aim), "key.1": waves(H * N * D, 0.7, aim), "value.1": waves(H * N * D, 1.3), readOut: waves(H * N, 2.1) },
      },
      observe: ["logits"],
    });
    const { outputs, snapshots } = await trained.train({ steps: 20, at: [20] });
    for (const [i, t] of [1, 5, 10, 20].entries()) for (const mu of [0, 1]) expect(outputs[t * 2 + mu]).toBeCloseTo(f[i]![mu]!, 11);
    for (const [s, row] of logits.entries()) for (const [a, value] of row.entries()) expect(snapshots[0]!.values.logits![s * 3 + a]).toBeCloseTo(value, 11);
  });
});
