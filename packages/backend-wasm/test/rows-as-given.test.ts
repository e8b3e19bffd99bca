import { attentionDrift, type AttentionParameters, type Dtype } from "@mesoscope/kernels";
import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { wasmBackend } from "../src/index.js";

const backend = wasmBackend();

async function drift(x: Float64Array, p: AttentionParameters, dtype: Dtype = "f64"): Promise<Float64Array> {
  const shape = [p.batch, p.n, p.d];
  const [from, to] = [backend.upload(x, shape, dtype), backend.alloc(dtype, shape)];
  backend.submit(await backend.prepare("attention-drift", p, dtype), [from], [to]);
  return backend.read(to);
}

describe("rows are used as given", () => {
  test.each([0.2, 1, 3])("rows of length about %d, small and large beta", async (length) => {
    const [n, d] = [70, 3];
    const x = key(3).fold(String(length)).stream().fillNormal(new Float64Array(n * d)).map((value) => (value * length) / 2);
    for (const beta of [2, -7, 90]) {
      const p = { batch: 1, n, d, flow: "SA", beta } as const;
      const truth = new Float64Array(n * d);
      attentionDrift(x, p, truth);
      const scale = truth.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      (await drift(x, p)).forEach((value, at) => {
        expect(Math.abs(value - truth[at]!)).toBeLessThan(1e-13 * (1 + beta * beta) * scale);
      });
    }
  });
});

describe("what stands still stands exactly still", () => {
  test.each(["f64", "f32"] as const)("%s: coincident tokens, antipodal pairs, tokens on a line", async (dtype) => {
    for (const [n, d, place] of [[9, 4, "coincident"], [70, 3, "coincident"], [66, 1, "line"]] as const) {
      const x = new Float64Array(n * d).map((_, at) => (place === "line" ? (at % 3 === 0 ? -1 : 1) : [0.5, -0.5, 0.5, -0.5][at % d]!));
      for (const flow of ["SA", "USA"] as const) {
        for (const beta of [-5, 1, 50]) {
          const v = await drift(x, { batch: 1, n, d, flow, beta, ...(flow === "USA" ? { shift: Math.sign(beta) } : {}) }, dtype);
          expect(v.every((value) => value === 0)).toBe(true);
        }
      }
    }
  });

  test("a cluster of radius 1e-9 keeps the relative accuracy of its drift", async () => {
    const n = 12;
    const stream = key(4).stream();
    const x = Float64Array.from({ length: 2 * n }, (_, at) => (at % 2 === 0 ? 1 : 1e-9 * stream.normal()));
    const p = { batch: 1, n, d: 2, flow: "SA", beta: 3 } as const;
    const truth = new Float64Array(2 * n);
    attentionDrift(x, p, truth);
    (await drift(x, p)).forEach((value, at) => {
      if (at % 2 === 1) expect(Math.abs(value - truth[at]!)).toBeLessThan(1e-14 * Math.abs(truth[at]!) + 1e-25);
    });
  });
});

test("a token that is no number ruins its own replica only", async () => {
  const [batch, n, d] = [3, 70, 3];
  const x = key(6).stream().fillNormal(new Float64Array(batch * n * d));
  const p = { batch, n, d, flow: "SA", beta: 1 } as const;
  const whole = await drift(x, p);
  x[n * d + 4] = Number.NaN;
  const v = await drift(x, p);
  expect(v.subarray(0, n * d)).toEqual(whole.subarray(0, n * d));
  expect(v.subarray(2 * n * d)).toEqual(whole.subarray(2 * n * d));
  expect(v.subarray(n * d, 2 * n * d).every(Number.isNaN)).toBe(true);
});
