import { describe, expect, it } from "vitest";
import type { Observable } from "@mesoscope/contracts";
import { key, type Stream } from "@mesoscope/numerics";
import { gather, planCells, shapeOf, type Ensemble, type Shape } from "../../src/index.js";

const observable: Observable = { id: "y", symbol: "y", meaning: "series", unit: "1", kind: "series", grid: { symbol: "i", meaning: "entry", unit: "1", values: [0, 1] } };

/** R replicas whose entries are 0 and `draw`. */
function ensembleOf(draw: (stream: Stream) => number, replicas: number): Ensemble {
  const design = { axis: "n", sizes: [8], replicas, block: replicas };
  const cells = planCells("p", {}, design, key("shape").words);
  const y = new Float64Array(2 * replicas);
  for (let r = 0; r < replicas; r++) y[2 * r + 1] = draw(key("draw").fold(r).stream());
  return gather(design, cells, [{ outcomes: Array.from({ length: replicas }, () => ({ kind: "completed" as const })), values: { y } }], [observable])[0]!;
}
const shape = (draw: (stream: Stream) => number, replicas = 1500, entry = 1): Shape | undefined =>
  shapeOf(ensembleOf(draw, replicas), observable, { entry, resamples: 199, confidence: 0.95, key: key("shapes") });

describe("the shape of a law", () => {
  it("of a Gaussian: no skewness, no excess, its own mirror image", () => {
    const found = shape((stream) => stream.normal())!;
    expect([found.gaussian.skewness, found.gaussian.excessKurtosis, found.symmetric].every((p) => p > 0.001)).toBe(true);
    expect(found.skewness.defined && Math.abs(found.skewness.value)).toBeLessThan(0.3);
  });
  it("of an exponential: skewness 2, excess kurtosis 6, nothing of a Gaussian or a mirror image", () => {
    const found = shape((stream) => stream.exponential())!;
    expect(found.skewness.defined && Math.abs(found.skewness.value - 2)).toBeLessThan(0.5);
    expect(found.excessKurtosis.defined && found.excessKurtosis.value).toBeGreaterThan(2);
    expect(found.symmetric).toBeLessThanOrEqual(0.01);
    // The least that 199 resamples can say.
    expect(found.gaussian.skewness).toBeLessThanOrEqual(0.01);
  });
  it("of the first 2,000 replicas only, and of none that are all equal or too few", () => {
    expect(shape((stream) => stream.normal(), 2500)).toMatchObject({ replicas: 2000, n: 8, observable: "y", entry: 1 });
    expect(shape((stream) => stream.normal(), 2500, 0)).toBeUndefined();
    expect(shape((stream) => stream.normal(), 7)).toBeUndefined();
  });
  it.each([2 ** -600, 2 ** 600])("has no unit: the same in units of %d", (unit) => {
    const [small, plain] = [shape((stream) => unit * stream.exponential(), 100)!, shape((stream) => stream.exponential(), 100)!];
    expect(small.skewness).toMatchObject({ value: expect.closeTo(plain.skewness.defined ? plain.skewness.value : NaN, 10) as number });
    expect([small.gaussian, small.symmetric]).toEqual([plain.gaussian, plain.symmetric]);
  });
  it("is not that of an entry that does not exist", () => {
    expect(() => shape((stream) => stream.normal(), 20, 2)).toThrow(/entry/);
  });
});
