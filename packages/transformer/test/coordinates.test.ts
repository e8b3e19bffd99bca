/**
 * @file The coordinate check as exponents: what a few steps move, against the width. Seeds are fixed; slopes from N = 4..32 with eight networks each have a
 * standard error of about 0.05, so that 0 and -1/2 are told apart.
 */
import { key, log } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { Parameterisation } from "../src/index.js";
import { C4, ensemble, movementNames } from "../src/index.js";
import { data, meanField } from "./reference.js";

const WIDTHS = [4, 8, 16, 32];

/** Slope of log movement against log N, coordinate by coordinate. */
async function exponents(parameterisation: Parameterisation): Promise<Record<string, number>> {
  const points: Record<string, [number, number][]> = {};
  for (const N of WIDTHS) {
    const run = await ensemble({ architecture: C4, parameterisation, sizes: { N, H: 2, L: 1 }, ...data.A, replicas: { key: key("coordinates").fold(N), from: 0, count: 8 }, observe: ["movement"] });
    const { snapshots } = await run.train({ steps: 3, at: [3] });
    const names = movementNames(run.network);
    for (const [i, name] of names.entries()) {
      const squares = Array.from({ length: 8 }, (_, r) => snapshots[0]!.values.movement![r * names.length + i]! ** 2);
      (points[name] ??= []).push([log(N), 0.5 * log(squares.reduce((a, b) => a + b) / 8)]);
    }
  }
  return Object.fromEntries(Object.entries(points).map(([name, at]) => [name, slope(at)]));
}

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (k: 0 | 1): number => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return points.reduce((sum, [u, v]) => sum + (u - x) * (v - y), 0) / points.reduce((sum, [u]) => sum + (u - x) * (u - x), 0);
}

describe("coordinates", () => {
  test("of the mean-field scheme move as far at every width, with SGD and with Adam", async () => {
    const adam = { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-20 } };
    for (const p of [meanField({ eta0: 0.3 }), meanField({ eta0: 0.3, optimiser: adam })]) {
      const found = await exponents(p);
      for (const name of ["h.0", "h.1", "value.1", "heads.1", "f"]) expect(Math.abs(found[name]!), `${name}: ${found[name]!}`).toBeLessThan(0.2);
    }
  });

  test("of the plain scheme freeze like N^-1/2: the kernel regime", async () => {
    const found = await exponents(meanField({ scheme: "ntk", alphaA: 0.5, eta0: 0.3 }));
    for (const name of ["h.0", "h.1", "value.1"]) expect(Math.abs(found[name]! + 0.5), `${name}: ${found[name]!}`).toBeLessThan(0.2);
  });
});
