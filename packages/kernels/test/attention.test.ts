import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AttentionParameters } from "../src/index.js";
import { attentionDrift, attentionStep, interactionSums, referenceBackend } from "../src/index.js";

interface RhsCase {
  readonly X: number[][];
  readonly beta: number;
  readonly mode: "SA" | "USA";
  readonly causal: boolean;
  readonly velocity: number[][];
}

const fixture = JSON.parse(readFileSync(new URL("fixtures/rhs.json", import.meta.url), "utf8")) as { tolerance: { rel: number }; cases: RhsCase[] };

function drift(x: Float64Array, p: Omit<AttentionParameters, "batch">): Float64Array {
  const v = new Float64Array(x.length);
  attentionDrift(x, { batch: 1, ...p }, v);
  return v;
}

function unit(rows: number[][]): Float64Array {
  return Float64Array.from(rows.flatMap((row) => row.map((value) => value / Math.sqrt(row.reduce((sum, v) => sum + v * v, 0)))));
}

describe("against mpmath", () => {
  const { cases, tolerance } = fixture;
  test.each(cases.map((one) => [`${one.mode} beta ${one.beta} n ${one.X.length} d ${one.X[0]!.length}${one.causal ? " causal" : ""}`, one] as const))("%s", async (_, { X, beta, mode, causal, velocity }) => {
    const [n, d] = [X.length, X[0]!.length];
    const parameters = { batch: 1, n, d, flow: mode, beta, causal };
    const backend = referenceBackend();
    const fast = backend.alloc("f64", [1, n, d]);
    backend.submit(await backend.prepare("attention-drift", parameters), [backend.upload(unit(X), [1, n, d])], [fast]);
    for (const v of [drift(unit(X), parameters), await backend.read(fast)])
      // Relative to the length of each token's own drift, also where that is 1e-69: rounding of the own term would show at 1e-17.
      velocity.forEach((row, i) => {
        const length = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
        row.forEach((value, k) => {
          expect(Math.abs(v[i * row.length + k]! - value)).toBeLessThanOrEqual(tolerance.rel * length);
        });
      });
  });
});

describe("edge cases", () => {
  const pole = [0, 0, 1];
  test.each(["SA", "USA"] as const)("%s: one token, coincident tokens and an antipodal pair do not move at all", (flow) => {
    expect([...drift(unit([[1, 2, 3]]), { n: 1, d: 3, flow, beta: 7 })].map(Math.abs)).toEqual([0, 0, 0]);
    const same = unit([[1, 2, 3], [1, 2, 3], [1, 2, 3]]);
    expect([...drift(same, { n: 3, d: 3, flow, beta: -2 })].every((value) => value === 0)).toBe(true);
    expect([...drift(unit([pole, pole.map((value) => -value)]), { n: 2, d: 3, flow, beta: 3 })].every((value) => value === 0)).toBe(true);
  });

  test("on S^0 nothing moves", () => {
    expect([...drift(Float64Array.of(1, -1, 1, 1), { n: 4, d: 1, flow: "SA", beta: 2 })].every((value) => value === 0)).toBe(true);
  });

  test("at beta = 0 both flows drift to the mean", () => {
    const x = unit([[1, 0], [0, 1], [-0.6, 0.8]]);
    const mean = [0, 1].map((k) => (x[k]! + x[2 + k]! + x[4 + k]!) / 3);
    for (const flow of ["SA", "USA"] as const) {
      const v = drift(x, { n: 3, d: 2, flow, beta: 0 });
      for (let i = 0; i < 3; i += 1) {
        const along = mean[0]! * x[2 * i]! + mean[1]! * x[2 * i + 1]!;
        for (const k of [0, 1]) expect(v[2 * i + k]).toBeCloseTo(mean[k]! - along * x[2 * i + k]!, 15);
      }
    }
  });

  test("the softmax survives beta = 1e5, and shifted USA beta = 1e4", () => {
    const x = unit([[1, 0], [0.999, 0.01], [-1, 0.3]]);
    expect(drift(x, { n: 3, d: 2, flow: "SA", beta: 1e5 }).every(Number.isFinite)).toBe(true);
    const v = drift(x, { n: 3, d: 2, flow: "USA", beta: 1e4, shift: 1 });
    expect(v.every(Number.isFinite)).toBe(true);
    expect(Math.max(...v)).toBeGreaterThan(1e-4);
  });

  test("causal: the first token rests, and USA divides row i by i", () => {
    const x = unit([[1, 0.2], [0.3, 1], [-1, 0.4]]);
    const v = drift(x, { n: 3, d: 2, flow: "USA", beta: 1.5, causal: true });
    expect([v[0], v[1]]).toEqual([0, 0]);
    const two = drift(x.slice(0, 4), { n: 2, d: 2, flow: "USA", beta: 1.5 });
    expect([v[2], v[3]]).toEqual([two[2], two[3]]);
    const three = drift(x, { n: 3, d: 2, flow: "USA", beta: 1.5 });
    expect([v[4], v[5]]).toEqual([three[4], three[5]]);
  });

  test("a shift of 1 divides the unnormalised drift and sums by e^beta", () => {
    const x = unit([[1, 0.2], [0.3, 1], [-1, 0.4]]);
    const plain = drift(x, { n: 3, d: 2, flow: "USA", beta: 2 });
    const scaled = drift(x, { n: 3, d: 2, flow: "USA", beta: 2, shift: 1 });
    plain.forEach((value, at) => {
      expect(scaled[at]! * Math.exp(2)).toBeCloseTo(value, 14);
    });
    const sums = [0, 1].map((shift) => {
      const out = new Float64Array(3);
      interactionSums(x, { batch: 1, n: 3, d: 2, beta: 2, shift }, out);
      return out;
    });
    sums[0]!.forEach((value, at) => {
      expect(sums[1]![at]! * Math.exp(2)).toBeCloseTo(value, 13);
    });
  });

  test("a step leaves unit rows", () => {
    const x = unit([[1, 0.2, 0], [0.3, 1, 1], [-1, 0.4, 2]]);
    attentionStep(x, { batch: 1, n: 3, d: 3, flow: "SA", beta: 4, dt: 0.3, tableau: { a: [[], [0.5]], b: [0, 1] } });
    for (let i = 0; i < 3; i += 1) expect(Math.hypot(x[3 * i]!, x[3 * i + 1]!, x[3 * i + 2]!)).toBeCloseTo(1, 15);
  });
});
