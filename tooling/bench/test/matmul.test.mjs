import { describe, expect, it } from "vitest";
import { opened } from "./opened.mjs";
import { products } from "../src/matmul/in-javascript.mjs";
import { competitors } from "../src/matmul/section.mjs";
import { errorOf } from "../src/turns/contest.mjs";

const TOLERANCE = { f64: 1e-13, f32: 1e-5 };
const numbers = (length, phase) => new Float64Array(length).map((_, at) => Math.sin(phase + 1.3 * at));

describe("the definition", () => {
  it("multiplies each replica", () => {
    const problem = { a: Float64Array.of(1, 2, 3, 4, 5, 6), b: Float64Array.of(1, 10, 100, 1000), batch: 2, m: 3, k: 1, n: 2 };
    expect([...products(problem, new Float64Array(12))]).toEqual([1, 10, 2, 20, 3, 30, 400, 4000, 500, 5000, 600, 6000]);
  });
});

describe("every competitor", () => {
  it.each(competitors.map((one) => [one.title, one]))("%s computes the same products, or says that it is absent", { timeout: 120_000 }, async (title, competitor) => {
    const [batch, m, k, n] = [3, 5, 7, 9];
    const problem = { a: numbers(batch * m * k, 1), b: numbers(batch * k * n, 2), batch, m, k, n };
    const truth = products(problem, new Float64Array(batch * m * n));
    const seat = await opened(competitor);
    if (seat === undefined) return;
    for (const dtype of competitor.dtypes) {
      const loaded = await seat.load(problem, dtype);
      expect(errorOf(title, await loaded.result(), truth, TOLERANCE[dtype])).toBeLessThan(TOLERANCE[dtype]);
      expect(await loaded.time(2, "wall")).toBeGreaterThan(0);
      await loaded.free();
    }
    await seat.close();
  });
});
