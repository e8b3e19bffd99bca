import { describe, expect, it } from "vitest";
import { DomainError, key } from "@mesoscope/numerics";
import { checkDesign, geometricSizes, planCells, type Design } from "../../src/index.js";

const design: Design = { axis: "n", sizes: [8, 16, 32], replicas: 10, block: 4 };
const words = key(1).words;

describe("geometricSizes", () => {
  it("doubles by default and ends at the last size that fits", () => {
    expect(geometricSizes(256, 4096)).toEqual([256, 512, 1024, 2048, 4096]);
    expect(geometricSizes(10, 50)).toEqual([10, 20, 40]);
    expect(geometricSizes(7, 7)).toEqual([7]);
  });
  it("never repeats a size, however small the ratio", () => {
    const sizes = geometricSizes(1, 20, 1.1);
    expect(new Set(sizes).size).toBe(sizes.length);
    expect(checkDesign({ ...design, sizes })).toBeDefined();
  });
  it.each([
    [0, 8, 2],
    [8, 4, 2],
    [1, 8, 1],
    [1.5, 8, 2],
    [1, Infinity, 2],
  ])("refuses from %f to %f by %f", (from, to, ratio) => {
    expect(() => geometricSizes(from, to, ratio)).toThrow(DomainError);
  });
});

describe("designs that make no sense", () => {
  const bad: readonly [string, Partial<Design>, RegExp][] = [
    ["no sizes", { sizes: [] }, /design\.sizes.*must not be empty/],
    ["size 0", { sizes: [0, 8] }, /design\.sizes\[0\] = 0: must be an integer of at least 1/],
    ["negative size", { sizes: [-4] }, /design\.sizes\[0\] = -4/],
    ["half a token", { sizes: [8, 12.5] }, /design\.sizes\[1\] = 12\.5/],
    ["not sorted", { sizes: [16, 8] }, /design\.sizes\[1\] = 8: must be greater than the size before it, 16/],
    ["twice the same", { sizes: [8, 8] }, /must be greater/],
    ["one replica", { replicas: 1 }, /design\.replicas = 1.*at least 2/],
    ["one replica at one size", { replicas: [10, 1, 10] }, /design\.replicas\[1\] = 1/],
    ["too few numbers of replicas", { replicas: [10, 10] }, /one number for each of the 3 sizes/],
    ["empty block", { block: 0 }, /design\.block = 0/],
    ["growing and fixed", { fixed: { n: 3 } }, /design\.fixed\.n = 3: must not be fixed/],
  ];
  it.each(bad)("%s", (_, change, message) => {
    const run = (): unknown => planCells("p", {}, { ...design, ...change }, words);
    expect(run).toThrow(DomainError);
    expect(run).toThrow(message);
  });
});

describe("planCells", () => {
  it("covers every replica of every size once, in blocks of fixed length", () => {
    const cells = planCells("p", { beta: 1 }, design, words);
    expect(cells.map(({ size, replicas }) => [size["n"], replicas.from, replicas.count])).toEqual(
      [8, 16, 32].flatMap((n) => [
        [n, 0, 4],
        [n, 4, 4],
        [n, 8, 2],
      ]),
    );
  });
  it("gives each size a key that depends on no other size, nor on the block", () => {
    const keyAt = (d: Design, n: number): unknown => planCells("p", {}, d, words).find(({ size }) => size["n"] === n)?.replicas.key;
    expect(keyAt({ ...design, sizes: [16], block: 100 }, 16)).toEqual(keyAt(design, 16));
    expect(keyAt(design, 8)).not.toEqual(keyAt(design, 16));
    expect(keyAt({ ...design, fixed: { H: 4 } }, 16)).not.toEqual(keyAt({ ...design, fixed: { H: 8 } }, 16));
  });
  it("makes plain JSON", () => {
    const cells = planCells("p", { beta: 1 }, { ...design, fixed: { H: 2 } }, words);
    expect(JSON.parse(JSON.stringify(cells))).toEqual(cells);
  });
});
