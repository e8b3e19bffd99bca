import { describe, expect, it } from "vitest";
import { classifyRegime, findPeriod, meanFieldMap, tokenStart, windowStart } from "../../../src/hopfield/index.js";
import type { Classification, RegimeOptions } from "../../../src/hopfield/index.js";
import { networkOf, published } from "../cases.js";
import type { Rows, System } from "../cases.js";

const OPTIONS: RegimeOptions = {
  burnIn: 60_000, alignment: 300, tokens: 40_000, blocks: 50, tolerance: 1e-2,
  zero: 1e-3, margin: 3, period: { longest: 300, closeness: 1e-8, over: 60 },
};
const first = ({ spectrum }: Classification): { value: number; error: number } => {
  const one = spectrum.exponents[0]!;
  return one.kind === "finite" ? { value: one.value, error: one.standardError } : { value: NaN, error: NaN };
};

/** beta, regime or period, l_1 and its standard error, from two independent implementations. */
const PUBLISHED = [
  [0.5, 4, -0.32736, 5e-6], [1, 4, -0.082639, 5e-7], [1.2, 4, -0.013712, 5e-7], [1.25, 16, -0.002302591, 5e-10],
  [1.255, "quasi-periodic", 0, 2e-6], [1.26405, "quasi-periodic", 0, 2e-6], [1.266, "chaos", 0.0769, 3e-4],
  [1.28, "chaos", 0.14427, 1.1e-4], [1.4, "chaos", 0.07442, 1.2e-4], [1.6, "chaos", 0.06363, 9e-5], [2, "chaos", 0.05355, 9e-5],
  [2.2, 220, -0.006, 5e-5], [2.5, 96, -0.0138675, 5e-8],
] as const;

const STARTS: Readonly<Record<number, Rows>> = {
  2: [[-0.311, 0.877], [-0.326, 0.519]],
  3: [[0.407, -0.87], [0.865, 0.404], [0.08, -0.476]],
  4: [[0.821, -0.526], [0.591, -0.631], [0.023, -0.655], [0.34, 0.615]],
};
/** L, g, beta, regime or period, l_1 and its standard error where they are known. */
const ROTATION = [
  [2, 5, 1.3, "quasi-periodic", 0, 0], [2, 5, 1.5, 16, NaN, 0], [2, 5, 2, "chaos", 0.06897, 3e-5], [2, 5, 4, 5, -0.31019133, 1e-8],
  [2, 10, 2, "chaos", 0.18836, 5e-5], [2, 20, 1.5, "chaos", 0.25279, 7e-5], [3, 5, 1.3, "quasi-periodic", 0, 0],
  [3, 20, 1.76, "chaos", 0.34657, 9e-5], [3, 20, 2.5, 6, NaN, 0], [4, 25, 1.76, "chaos", 0.213, 2e-4], [4, 50, 2.5, 9, -0.1956932, 1e-7],
] as const;
const SMALL = [
  ["neg1m", 2.9, 0.66, [0.37, -0.21], "chaos", 0.05687, 3e-5], ["neg1m", 3.3, 0.58, [0.37, -0.21], "chaos", 0.02981, 2e-5],
  ["neg1m", 2.4, 0.88, [0.37, -0.21], "chaos", 0.07465, 3e-5], ["neg1m", 2.4, 0.88, [0.9, 0.1], 4, -0.232982, 1e-6],
  ["neg1", 2.9, 0.66, [0.37, -0.21], "quasi-periodic", 0, 0],
] as const;

// Two-sided Student t of 49 degrees of freedom at 1 - 0.99^(1/14): 14 exponents of chaos are one family that errs once in a hundred.
const CRITICAL = 3.65;

function check(found: Classification, wanted: string | number, exponent: number, se: number): void {
  const label = found.regime.kind === "periodic" ? found.regime.period : found.regime.kind;
  expect(label).toBe(wanted);
  if (Number.isNaN(exponent)) return;
  const { value, error } = first(found);
  // Off chaos the rate of a finite run has no random error but that of one turn of the vector: a part in the length of the run.
  const allowance = wanted === "chaos" ? CRITICAL * Math.hypot(error, se) : 1.5e-4 + se;
  expect(Math.abs(value - exponent)).toBeLessThan(allowance);
}

describe("regimes of the published system", () => {
  it.each(PUBLISHED)("beta = %f: %s, l_1 = %f", (beta, wanted, exponent, se) => {
    const network = published(beta);
    check(classifyRegime(network, tokenStart(network), OPTIONS), wanted, exponent, se);
  });
});

describe("regimes of smaller systems", () => {
  it.each(ROTATION)("rotation, L = %i, g = %f, beta = %f: %s", (L, gamma, beta, wanted, exponent, se) => {
    const network = networkOf("rot2s", { L, beta, gamma, logit_scale: 1 });
    check(classifyRegime(network, windowStart(network, STARTS[L]!, L - 1), OPTIONS), wanted, exponent, se);
  });

  it.each(SMALL)("%s, beta = %f, gamma = %f from %j: %s", (system, beta, gamma, u, wanted, exponent, se) => {
    const network = networkOf(system, { L: 2, beta, gamma, logit_scale: 1 });
    check(classifyRegime(network, windowStart(network, u.map((x) => [x]), 1), OPTIONS), wanted, exponent, se);
  });

  it("a fixed point is one, and beta = 0 is one without a logarithm", () => {
    const network = networkOf("hop1", { L: 3, beta: 1.5, gamma: 4 });
    expect(classifyRegime(network, tokenStart(network), { ...OPTIONS, burnIn: 1000, tokens: 1000 }).regime).toEqual({ kind: "fixed-point", period: 1 });
    const zero = networkOf("hop1", { L: 3, beta: 0, gamma: 4 });
    expect(classifyRegime(zero, tokenStart(zero), { ...OPTIONS, burnIn: 10, tokens: 100 }).regime.kind).toBe("fixed-point");
  });

  it("a long chaotic transient is over after 60,000 tokens: period 110", () => {
    const network = networkOf("neg1m", { L: 2, beta: 3.818, gamma: 0.474, logit_scale: 1 });
    check(classifyRegime(network, windowStart(network, [[0.37], [-0.21]], 1), OPTIONS), 110, NaN, 0);
  });
});

describe("undecided, with the reason", () => {
  const at = (beta: number, change: Partial<RegimeOptions>): Classification["regime"] => {
    const network = published(beta);
    return classifyRegime(network, tokenStart(network), { ...OPTIONS, burnIn: 10_000, tokens: 2000, ...change }).regime;
  };
  it("too few tokens for the tolerance", () => {
    expect(at(1.255, { zero: 1e-6 })).toEqual({ kind: "undecided", reason: "largest-exponent-uncertain" });
  });
  it("the period is longer than the longest", () => {
    expect(at(2.5, { burnIn: 60_000, tokens: 20_000, period: { longest: 40, closeness: 1e-8, over: 60 } })).toEqual({ kind: "undecided", reason: "no-return-found" });
  });
  it("it returns within the tolerance though its exponent is zero", () => {
    expect(at(1.243, { burnIn: 200_000, tokens: 60_000 })).toEqual({ kind: "undecided", reason: "returns-without-contraction" });
  });
  it("chaos for sure, hyperchaos perhaps: a second exponent that is nearly zero", () => {
    const network = networkOf(NEARLY_HYPERCHAOTIC, { L: 4, beta: 3.868, gamma: 50.43 });
    const { regime } = classifyRegime(network, tokenStart(network, [-0.2, -0.1, 0]), { ...OPTIONS, burnIn: 20_000, tokens: 3000 });
    expect(regime).toEqual({ kind: "undecided", reason: "second-exponent-uncertain" });
  });
});

/** Three features, found by drawing features at random: l_1 about 0.169, l_2 about 0.001. */
const NEARLY_HYPERCHAOTIC: System = {
  weights: [1, 1, 1], zeta: null,
  xi: {
    o: [[1, 1, 1], [-1, 1, 1], [1, 1, -1]], v: [[1, -1, 1], [1, 1, 1], [1, -1, 1]],
    q: [[-1, -1, 1], [-1, -1, -1], [-1, -1, -1]], k: [[1, -1, 1], [-1, 1, 1], [1, 1, 1]],
  },
};

/** Five features, found by drawing features at random. */
const HYPERCHAOTIC: System = {
  weights: [1, 1, 1, 1, 1, 1], zeta: null,
  xi: {
    o: [[-1, 1, -1, 1, -1, -1], [-1, 1, 1, 1, 1, 1], [1, 1, 1, -1, 1, 1], [-1, 1, 1, -1, -1, -1], [-1, 1, 1, -1, 1, -1]],
    v: [[-1, 1, 1, -1, -1, -1], [1, -1, 1, 1, 1, 1], [1, -1, -1, -1, -1, -1], [1, -1, -1, 1, 1, 1], [-1, 1, 1, 1, -1, 1]],
    q: [[1, 1, -1, 1, -1, 1], [1, -1, 1, 1, -1, -1], [-1, 1, 1, 1, -1, -1], [1, -1, 1, -1, -1, 1], [1, 1, 1, -1, 1, -1]],
    k: [[-1, 1, 1, 1, -1, 1], [1, 1, -1, 1, -1, 1], [-1, -1, -1, 1, 1, -1], [-1, 1, 1, -1, -1, 1], [-1, -1, -1, -1, 1, -1]],
  },
};

describe("hyperchaos", () => {
  it("two positive exponents, told from ordinary chaos by its errors", () => {
    const network = networkOf(HYPERCHAOTIC, { L: 6, beta: 3.7, gamma: 38.5 });
    const found = classifyRegime(network, tokenStart(network, [0.5, -0.2, 0.1, 0.4, -0.6, 0.3]), { ...OPTIONS, burnIn: 20_000, tokens: 20_000 });
    expect(found.regime).toEqual({ kind: "hyperchaos" });
    const [, second] = found.spectrum.exponents;
    expect(second?.kind === "finite" && second.value > 10 * second.standardError).toBe(true);
  });
});

describe("returns", () => {
  it("a period must be a multiple of 2^P: the orbit of period 4 at beta = 0.5 is not one of 1, 2 or 3", () => {
    const map = meanFieldMap(published(0.5), tokenStart(published(0.5)));
    map.run(2000);
    expect(findPeriod(map, { longest: 3, closeness: 1, over: 10 })).toBeUndefined();
    expect(findPeriod(map, { longest: 12, closeness: 1e-8, over: 10 })?.period).toBe(4);
  });
  it("refuses a closeness that is not positive", () => {
    const map = meanFieldMap(published(0.5), tokenStart(published(0.5)));
    expect(() => findPeriod(map, { longest: 3, closeness: 0, over: 10 })).toThrow(/closeness = 0/);
  });
});
