/** Every test over grids of known truth: 5 by 5 points, 400 replicas each, seed fixed, intervals at a family-wise level of 95 % unless it says otherwise. */
import { describe, expect, it } from "vitest";
import { compare, compareGrid, linesOf, planGrid, runSerially, type AxisExponent, type CompareGridOptions, type GridComparison, type GridDesign, type Plane, type PlaneFit } from "../../src/index.js";
import { syntheticGridPair, type SyntheticGrid } from "../synthetic-grid-pair.js";

const sizes = [8, 16, 32, 64, 128];
const grid: GridDesign = { axes: ["N", "H"], sizes: [sizes, sizes], replicas: 400, block: 100 };
/** Four exponents at 95 % together. */
const options = { seed: "grid", tolerance: { absolute: 0.05 }, level: 0.05, confidence: 1 - 0.05 / 4, resamples: 199 } as const;
/** Bias 1 / N + 1 / H, variance 1 / (N H). */
const truth: SyntheticGrid = {
  mean: (n, h) => 1 + 1 / n + 1 / h,
  sd: (n, h) => 1 / Math.sqrt(n * h),
  theories: { limit: () => ({ value: [1] }), "first-corrected": (n) => ({ value: [1 + 1 / n] }) },
};

async function run(of: SyntheticGrid, change: Partial<CompareGridOptions> = {}, on: GridDesign = grid): Promise<GridComparison> {
  const pair = syntheticGridPair(of);
  return compareGrid(pair, {}, on, { ...options, runCells: runSerially({ [pair.id]: pair }), ...change });
}
function planeOf({ planes }: GridComparison, theory: string): Plane {
  return planes.find((plane) => plane.theory.id === theory)!;
}
function fitOf(plane: PlaneFit): Extract<PlaneFit, { kind: "fitted" }> {
  if (plane.kind === "not-fitted") throw new RangeError(plane.reason);
  return plane;
}
function holds(exponent: AxisExponent, p: number): boolean {
  return exponent.kind === "fitted" && (exponent.interval[0] ?? -Infinity) <= p && p <= (exponent.interval[1] ?? Infinity);
}

const compared = await run(truth);

describe("bias 1 / N + 1 / H, variance 1 / (N H)", () => {
  const plane = planeOf(compared, "limit");
  it("all four exponents lie inside their intervals, family-wise", () => {
    const bias = fitOf(plane.bias).fit;
    const variance = fitOf(plane.variance).fit;
    expect([bias.first, bias.second, variance.first, variance.second].map((exponent) => holds(exponent, 1))).toEqual([true, true, true, true]);
    for (const { goodness } of [bias, variance]) expect(goodness).toBeGreaterThan(0.01);
    // In units of a margin of 0.05.
    for (const amplitude of bias.amplitudes) expect(amplitude / 20).toBeCloseTo(1, 0);
  });
  it("other laws are shown with their goodness, and nobody chose", () => {
    const goodness = Object.fromEntries(fitOf(plane.bias).laws.map((one) => [one.law, one.goodness]));
    expect(Object.keys(goodness)).toEqual(["sum", "sum-and-product", "product", "first", "second"]);
    for (const law of ["product", "first", "second"]) expect(goodness[law]).toBeLessThan(1e-6);
    expect(fitOf(plane.variance).laws.find(({ law }) => law === "sum")!.goodness).toBeLessThan(1e-6);
  });
  it("N*(H) is 1 / (0.05 - 1 / H) with its interval, and not reached below H = 20", () => {
    const points = plane.boundary!.points;
    expect(points.map(({ h, reached }) => [h, reached])).toEqual([[8, false], [16, false], [32, true], [64, true], [128, true]]);
    for (const point of points) {
      const exact = 1 / (0.05 - 1 / point.h);
      if (point.reached) expect([point.interval[0] <= exact, point.interval[1] === null || exact <= point.interval[1]]).toEqual([true, true]);
      else expect(point.reason).toContain("beyond the tolerance by itself");
    }
  });
  it("the variance knows one size, N H", () => {
    expect(plane.effectiveSize).toMatchObject({ kind: "fitted", goodness: expect.toSatisfy((g: number) => g > 0.01) as number });
    if (plane.effectiveSize.kind === "fitted") {
      expect(plane.effectiveSize.interval[0]!).toBeLessThan(1);
      expect(plane.effectiveSize.interval[1]!).toBeGreaterThan(1);
    }
  });
  it("a theory that knows the part of N is told apart: no part of N is left, that of H is", () => {
    const { fit } = fitOf(planeOf(compared, "first-corrected").bias);
    expect(fit.first).toMatchObject({ kind: "unresolved", reason: expect.stringContaining("no part that falls along the first axis") as string });
    expect(holds(fit.second, 1)).toBe(true);
  });
});

it("a planted 1 / sqrt(H) is found, and 1 is excluded", async () => {
  const found = await run({ ...truth, mean: (n, h) => 1 + 1 / n + 1 / Math.sqrt(h) });
  const { fit } = fitOf(planeOf(found, "limit").bias);
  expect([holds(fit.first, 1), holds(fit.second, 0.5), holds(fit.second, 1)]).toEqual([true, true, false]);
});

it("a variance that does not fall along N has exponent zero there", async () => {
  const found = await run({ ...truth, sd: (_, h) => 1 / Math.sqrt(h) }, { tolerance: { absolute: 0.5 } });
  const { fit } = fitOf(planeOf(found, "limit").variance);
  expect([holds(fit.first, 0), holds(fit.second, 1)]).toEqual([true, true]);
});

describe("the whole", () => {
  it("its lines are the comparisons that each line has by itself", async () => {
    const pair = syntheticGridPair(truth);
    const alone = await compare(pair, {}, linesOf(grid)[2]!, { ...options, runCells: runSerially({ [pair.id]: pair }) });
    expect(compared.lines[2]).toEqual(alone);
    expect(compared.lines.map(({ design }) => design.fixed)).toEqual(sizes.map((H) => ({ H })));
  });
  it("its plan is what it runs", async () => {
    const pair = syntheticGridPair(truth);
    const serial = runSerially({ [pair.id]: pair });
    const ran: unknown[] = [];
    const small: GridDesign = { ...grid, sizes: [[8, 16], [8, 16]], replicas: 4, block: 3 };
    await compareGrid(pair, {}, small, { ...options, runCells: (cells, context) => (ran.push(...cells), serial(cells, context)) });
    expect(ran).toEqual(planGrid(pair, {}, small, options.seed));
  });
  it("is plain JSON, and the same for any block", async () => {
    expect(JSON.parse(JSON.stringify(compared))).toEqual(compared);
    expect((await run(truth, {}, { ...grid, block: 37 })).planes).toEqual(compared.planes);
  });
  it("exponents that a theory gives are not fitted", async () => {
    const found = await run(truth, { exponents: { bias: { first: 1, second: 1 } } });
    expect(fitOf(planeOf(found, "limit").bias).fit).toMatchObject({ first: { kind: "given", value: 1 }, second: { kind: "given", value: 1 }, freedom: 23 });
  });
});

describe("what has no plane says why", () => {
  const small: GridDesign = { ...grid, sizes: [[8, 16], [8, 16]], replicas: 20, block: 20 };
  it("two sizes along an axis", async () => {
    const plane = planeOf(await run(truth, {}, small), "limit");
    expect(plane.bias).toMatchObject({ kind: "not-fitted", reason: expect.stringContaining("sizes along the first axis = 2") as string });
    expect(plane).not.toHaveProperty("boundary");
    expect(plane.effectiveSize).toMatchObject({ kind: "undecided" });
  });
  it("a prediction of zero without an absolute tolerance, and replicas without spread", async () => {
    const zero = planeOf(await run({ ...truth, theories: { limit: () => ({ value: [0] }) } }, { tolerance: { relative: 0.05 } }, small), "limit");
    expect(zero.bias).toMatchObject({ kind: "not-fitted", reason: expect.stringContaining("no margin") as string });
    const still = planeOf(await run({ ...truth, sd: () => 0 }, {}, small), "limit");
    expect(still.bias).toMatchObject({ kind: "not-fitted", reason: expect.stringContaining("all replicas are equal") as string });
    expect(still.variance).toMatchObject({ kind: "not-fitted", reason: expect.stringContaining("all replicas are equal") as string });
  });
  it("a theory that applies nowhere has none; one that applies to some points has those", async () => {
    expect((await run({ ...truth, applies: () => false }, {}, small)).planes).toEqual([]);
    const some = planeOf(await run({ ...truth, applies: ({ N, H }) => N! * H! > 64 }, {}, small), "limit");
    expect(some.points).toEqual([[16, 8], [8, 16], [16, 16]]);
  });
});
