import { describe, expect, it } from "vitest";
import { DomainError, key } from "@mesoscope/numerics";
import { richardson, testOrder } from "../../src/index.js";
import { holds, leastCoverage, noisyCurve, share } from "./noisy-curve.js";
import { table } from "./table.js";

const confidence = 0.95;
const exact = (values: readonly number[], error = 1e-3): ReturnType<typeof noisyCurve> => noisyCurve(values, values.map(() => error), key("exact").stream(), 99, 0);

describe("Richardson extrapolation", () => {
  it("is (r^p y2 - y1) / (r^p - 1) of the two largest sizes", () => {
    const [y1, y2, p, r] = [1.3, 1.1, 1.5, 2.5];
    expect(richardson([4, 10, 25], exact([2, y1, y2]), { orders: [p], confidence }).limit).toBeCloseTo((r ** p * y2 - y1) / (r ** p - 1), 12);
  });
  it("has the weights that mpmath finds, on any sizes and orders", () => {
    for (const { sizes, orders, weights } of table.richardson) {
      const found = richardson(sizes, exact(sizes.map(() => 1)), { orders, confidence });
      found.weights.forEach((w, j) => {
        expect(w / weights[j]!).toBeCloseTo(1, 10);
      });
      expect(found.limit).toBeCloseTo(1, 10);
    }
  });
  it("is exact for the orders it removes and not for one more; the sequence shows it", () => {
    const sizes = [8, 16, 32, 64];
    const law = (...a: number[]): number[] => sizes.map((n) => a.reduce((sum, c, j) => sum + c / n ** (j + 1), 5));
    expect(richardson(sizes, exact(law(1, 2)), { orders: [1, 2], confidence }).limit).toBeCloseTo(5, 11);
    const drifting = richardson(sizes, exact(law(1, 2)), { orders: [1], confidence });
    expect(Math.abs(drifting.limit - 5)).toBeGreaterThan(1e-4);
    // What is left of 2 / n^2 falls fourfold from one run to the next.
    const [first, second, third] = drifting.sequence.map(({ limit }) => limit - 5);
    expect([first! / second!, second! / third!].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([4, 4]);
  });
  it("its 95 % interval covers in 200 studies, and with a wrong order does not", () => {
    const sizes = [8, 16, 33];
    const study = (orders: readonly number[]) => (s: number): boolean => holds(richardson(sizes, noisyCurve(sizes.map((n) => 1 + 1 / n), [0.001, 0.001, 0.001], key("richardson").fold(s).stream(), 99), { orders, confidence }).interval, 1);
    expect(share(200, study([1]))).toBeGreaterThanOrEqual(leastCoverage(200));
    expect(share(100, study([0.5]))).toBeLessThan(0.1);
  });
  it.each<[string, () => unknown, RegExp]>([
    ["one size", () => richardson([8], exact([1]), { orders: [1], confidence }), /sizes\.length = 1/],
    ["as many orders as sizes", () => richardson([8, 16], exact([1, 1]), { orders: [1, 2], confidence }), /at least 3/],
    ["order zero", () => richardson([8, 16], exact([1, 1]), { orders: [0], confidence }), /orders\[0\] = 0/],
    ["orders that fall", () => richardson([8, 16, 32], exact([1, 1, 1]), { orders: [2, 1], confidence }), /must be greater than 2/],
    ["sizes that hardly differ", () => richardson([1e6, 1e6 + 1e-6, 1e6 + 2e-6], exact([1, 1, 1]), { orders: [1, 2], confidence }), /far enough apart/],
  ])("%s is refused", (_, run, message) => {
    expect(run).toThrow(DomainError);
    expect(run).toThrow(message);
  });
});

describe("the order that three sizes show", () => {
  const options = { order: 1, resolution: 0.4, confidence };
  const sizes = [8, 16, 32];
  const study = (s: number, error: number, law: (n: number) => number = (n) => 1 + 1 / n): ReturnType<typeof testOrder> => testOrder(sizes, noisyCurve(sizes.map(law), sizes.map(() => error), key("order").fold(s).stream(), 99), options);
  it("is log((y1 - y2) / (y2 - y3)) / log r for equal ratios, and what mpmath finds for others", () => {
    expect(testOrder([9, 27, 81], exact([3, 1.5, 1]), options).observed).toBeCloseTo(1, 12);
    for (const { sizes: ns, values, order } of table.orders) expect(testOrder(ns, exact(values), options).observed).toBeCloseTo(order, 10);
  });
  it("a logarithm has order zero, without a division by it", () => {
    expect(testOrder([10, 30, 40], exact([10, 30, 40].map((n) => Math.log(n))), options).observed).toBeCloseTo(0, 10);
  });
  it("consistent where it is seen well, inconsistent where the law is another, undecided where noise hides it", () => {
    expect(study(0, 1e-5)).toMatchObject({ outcome: "consistent" });
    expect(study(0, 1e-5, (n) => 1 + 1 / Math.sqrt(n))).toMatchObject({ outcome: "inconsistent" });
    expect(study(0, 0.05)).toMatchObject({ outcome: "undecided", interval: [null, null], because: expect.stringContaining("lost in noise") as string });
    expect(study(0, 0.002)).toMatchObject({ outcome: "undecided", because: expect.stringContaining("reach further than") as string });
  });
  it("opposite differences have no order: inconsistent if they are seen, undecided if not", () => {
    const opposite = testOrder(sizes, exact([1, 2, 1]), options);
    expect(opposite).toMatchObject({ outcome: "inconsistent", because: expect.stringContaining("no order searched fits") as string });
    expect(opposite).not.toHaveProperty("observed");
    expect(testOrder(sizes, exact([1, 2, 1], 10), options)).toMatchObject({ outcome: "undecided" });
  });
  it("equal values decide nothing", () => {
    const equal = testOrder(sizes, exact([1, 1, 1]), options);
    expect(equal).toMatchObject({ outcome: "undecided", interval: [null, null], z: 0 });
    expect(JSON.parse(JSON.stringify(equal))).toEqual(equal);
  });
  it("its interval holds the order in 120 studies at little and at much noise", () => {
    for (const error of [0.0003, 0.02]) expect(share(120, (s) => holds(study(s, error).interval, 1))).toBeGreaterThanOrEqual(leastCoverage(120));
  });
  it("asks for three sizes and a resolution", () => {
    expect(() => testOrder([8, 16], exact([1, 2]), options)).toThrow(/sizes\.length = 2/);
    expect(() => testOrder(sizes, exact([1, 2, 3]), { ...options, resolution: 0 })).toThrow(/resolution = 0/);
    expect(() => testOrder(sizes, exact([1, 2, 3]), { ...options, order: 9 })).toThrow(/order = 9/);
  });
});
