import { describe, expect, it } from "vitest";
import { least, median, quantile, ratio } from "../src/turns/statistics.mjs";

describe("quantile", () => {
  it("is linear between neighbours in order and leaves the values as they are", () => {
    const values = [4, 1, 3, 2];
    expect([0, 0.25, 0.5, 0.75, 1].map((q) => quantile(values, q))).toEqual([1, 1.75, 2.5, 3.25, 4]);
    expect(values).toEqual([4, 1, 3, 2]);
    expect([least([7]), median([7])]).toEqual([7, 7]);
  });

  it("refuses no values", () => {
    expect(() => quantile([], 0.5)).toThrow("there must be at least one");
  });
});

describe("ratio", () => {
  it("takes least over least, and the quartiles of the ratios within blocks", () => {
    const found = ratio([20, 30, 24, 40, 22], [10, 10, 12, 10, 11]);
    expect(found).toEqual({ least: 2, median: 2, low: 2, high: 3, blocks: 5 });
  });

  it("does not see a neighbour that slows whole blocks by any factor", () => {
    const slowed = [1, 5, 2, 9, 3];
    const found = ratio(slowed.map((factor) => 6 * factor), slowed.map((factor) => 2 * factor));
    expect(found).toEqual({ least: 3, median: 3, low: 3, high: 3, blocks: 5 });
  });

  it("refuses other blocks", () => {
    expect(() => ratio([1, 2], [1])).toThrow("they must be the same blocks");
  });
});
