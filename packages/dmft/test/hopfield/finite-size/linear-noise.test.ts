import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { linearNoise } from "../../../src/hopfield/finite-size/linear-noise.js";
import { windowStart } from "../../../src/hopfield/index.js";
import { networkOf } from "../cases.js";

const ref = JSON.parse(readFileSync("/work/shared/physics/reference/one-bit.json", "utf8"));
const of = (id: string) => ref.cases.find((c: any) => c.id === id);
test("mix", () => {
  const { input, expected } = of("lna-mix");
  console.log(Object.keys(expected), expected.quenched_mo_cov?.[0], JSON.stringify(expected).slice(-600));
  const network = networkOf(input.system, input);
  for (const quenched of [false, true]) {
  const noise = linearNoise(network, windowStart(network, input.U, input.t), { quenched });
  for (let t = 0; t < input.T; t++) {
    noise.step();
    if (t % 7) continue;
    const at = noise.map.window.slot(0) * 4;
    console.log(Array.from({length: 4}, (_, c) => noise.covariance[(at + c) * noise.size + at]), expected.cov[t][0], Array.from(noise.shift.subarray(at, at + 4)), (expected.mean_shift ?? expected.mu ?? [])[t], noise.overlapCovariance(new Float64Array(4)));
  }
  }
});
