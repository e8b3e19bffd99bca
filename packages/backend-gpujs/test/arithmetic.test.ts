import { expect, test } from "vitest";
import { backendOn } from "../src/backend.js";
import { SUPPORT } from "../src/limits.js";
import { machine } from "../src/machine.js";
import { elementaryErrors } from "./arithmetic/measure.js";

test.each(["webasm", "cpu"] as const)("exp within the ulps that the backend names, tanh within 4, the circle within 2e-7, in mode %s", async (mode) => {
  const { exp, tanh, near, far } = await elementaryErrors(backendOn(machine(mode)), 20_001);
  expect(exp).toBeLessThan(SUPPORT.exponentialUlps);
  expect(tanh).toBeLessThan(4);
  expect(near).toBeLessThan(2e-7);
  expect(far).toBeLessThan(2e-7);
});

test("exp beyond what a float holds: infinity above, nothing below", async () => {
  const backend = backendOn(machine("webasm"));
  const x = [89, 1000, -88, -1000, 0, -0];
  const plan = await backend.prepare("exp", { batch: 1, n: x.length });
  const y = backend.alloc("f32", [1, x.length]);
  backend.submit(plan, [backend.upload(x, [1, x.length])], [y]);
  expect([...(await backend.read(y))]).toEqual([Infinity, Infinity, 0, 0, 1, 1]);
});

test("what was never written reads as NaN, and a token that is no number ruins its own replica only", async () => {
  const backend = backendOn(machine("webasm"));
  expect([...(await backend.read(backend.alloc("f32", [2])))]).toEqual([NaN, NaN]);
  const [batch, n, d] = [3, 20, 2];
  const x = Float64Array.from({ length: batch * n * d }, (_, at) => (at % 2 === 0 ? 0.6 : 0.8));
  x[n * d + 4] = NaN;
  const plan = await backend.prepare("attention-drift", { batch, n, d, flow: "SA", beta: 1 });
  const v = backend.alloc("f32", [batch, n, d]);
  backend.submit(plan, [backend.upload(x, [batch, n, d])], [v]);
  const drift = await backend.read(v);
  expect(drift.subarray(0, n * d).every((value) => value === 0)).toBe(true);
  expect(drift.subarray(n * d, 2 * n * d).every(Number.isNaN)).toBe(true);
  expect(drift.subarray(2 * n * d).every((value) => value === 0)).toBe(true);
});
