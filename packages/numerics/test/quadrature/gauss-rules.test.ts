/** @file Gauss-Hermite and Gauss-Gegenbauer: exactness to degree 2n - 1 and not beyond, closed forms, order of convergence. */
import { describe, expect, it } from "vitest";
import { compensatedSum, cos, DomainError, dot, exp, gaussGegenbauer, gaussHermite, gaussLegendre, integrate, sin } from "../../src/index.js";
import type { QuadratureRule } from "../../src/index.js";

/** (degree + 1, n): the orthonormal polynomials of a recurrence p_{k+1} = x p_k - g_k p_{k-1} at the nodes of a rule. */
function orthonormal({ nodes }: QuadratureRule, mass: number, g: (k: number) => number, degree: number): Float64Array[] {
  const rows = [nodes.map(() => 1 / Math.sqrt(mass))];
  for (let k = 0; k < degree; k++) {
    const [here, before] = [rows[k]!, rows[k - 1]];
    rows.push(nodes.map((x, i) => (x * here[i]! - (before === undefined ? 0 : Math.sqrt(g(k)) * before[i]!)) / Math.sqrt(g(k + 1))));
  }
  return rows;
}

/** Largest error of the rule over products p_j p_k of degree <= 2n - 1, whose integrals are 0 or 1, and its value for p_n^2. */
function judge(rule: QuadratureRule, mass: number, g: (k: number) => number): { worst: number; square: number } {
  const n = rule.nodes.length;
  const rows = orthonormal(rule, mass, g, n);
  const product = (j: number, k: number): number => compensatedSum(rule.weights.map((w, i) => w * rows[j]![i]! * rows[k]![i]!));
  let worst = 0;
  for (let k = 0; k <= n; k++) for (let j = 0; j <= Math.min(k, 2 * n - 1 - k); j++) worst = Math.max(worst, Math.abs(product(j, k) - (j === k ? 1 : 0)));
  return { worst, square: product(n, n) };
}

const gegenbauerSquare = (lambda: number) => (k: number): number =>
  k === 1 ? 1 / (2 * (1 + lambda)) : (k * (k - 1 + 2 * lambda)) / (4 * (k + lambda) * (k - 1 + lambda));
const CASES: [string, (n: number) => QuadratureRule, (k: number) => number][] = [
  ["Hermite", gaussHermite, (k) => k / 2],
  ...[-0.49, -0.25, 0, 0.5, 1, 6.5, 2047].map((lambda): [string, (n: number) => QuadratureRule, (k: number) => number] => [
    `Gegenbauer, lambda = ${lambda}`,
    (n) => gaussGegenbauer(n, lambda),
    gegenbauerSquare(lambda),
  ]),
];

describe.each(CASES)("%s", (_name, make, g) => {
  it.each([1, 2, 3, 8, 33])("the rule of %i points is exact to degree 2n - 1, and at 2n gives 0 where the integral is 1", (n) => {
    const rule = make(n);
    const { worst, square } = judge(rule, compensatedSum(rule.weights), g);
    expect(worst).toBeLessThan(1e-13);
    expect(Math.abs(square)).toBeLessThan(1e-20);
  });

  it("is symmetric, ascending and positive", () => {
    for (const n of [2, 7, 40]) {
      const { nodes, weights } = make(n);
      for (let i = 0; i < n; i++) {
        expect(nodes[i]! + nodes[n - 1 - i]!).toBe(0);
        expect(weights[i]).toBe(weights[n - 1 - i]);
        expect(weights[i]!).toBeGreaterThan(0);
        if (i > 0) expect(nodes[i]!).toBeGreaterThan(nodes[i - 1]!);
      }
    }
  });

  it("one weight moved by 1e-10 is seen", () => {
    const rule = make(8);
    const mass = compensatedSum(rule.weights);
    rule.weights[3]! *= 1 + 1e-10;
    expect(judge(rule, mass, g).worst).toBeGreaterThan(1e-13);
  });
});

describe("closed forms", () => {
  it("Chebyshev, first kind: equal weights pi/n at cos((2i - 1) pi/2n)", () => {
    const n = 50;
    const { nodes, weights } = gaussGegenbauer(n, 0);
    for (let i = 0; i < n; i++) {
      expect(Math.abs(weights[i]! * (n / Math.PI) - 1)).toBeLessThan(2e-15);
      expect(Math.abs(nodes[i]! + cos(((2 * i + 1) * Math.PI) / (2 * n)))).toBeLessThan(3e-16);
    }
  });

  it("Chebyshev, second kind: weights pi/(n + 1) sin^2(i pi/(n + 1))", () => {
    const n = 51;
    const { weights } = gaussGegenbauer(n, 1);
    for (let i = 1; 2 * i <= n + 1; i++) {
      const sine = sin((i * Math.PI) / (n + 1));
      expect(Math.abs(((weights[i - 1]! * (n + 1)) / Math.PI) / (sine * sine) - 1)).toBeLessThan(3e-15);
    }
  });

  it("lambda = 1/2 is Gauss-Legendre", () => {
    const [one, two] = [gaussGegenbauer(101, 0.5), gaussLegendre(101)];
    for (let i = 0; i < 101; i++) {
      expect(Math.abs(one.nodes[i]! - two.nodes[i]!)).toBeLessThan(2.3e-16);
      expect(Math.abs(one.weights[i]! / two.weights[i]! - 1)).toBeLessThan(2e-15);
    }
  });

  it("the mass of half-integer and integer lambda: pi (2 lambda - 1)!!/(2 lambda)!! and its like", () => {
    let mass = Math.PI;
    for (let lambda = 0; lambda < 40; lambda++) {
      expect(Math.abs(gaussGegenbauer(1, lambda).weights[0]! / mass - 1)).toBeLessThan(4e-15);
      mass *= (lambda + 0.5) / (lambda + 1);
    }
    mass = 2;
    for (let half = 0; half < 40; half++) {
      expect(Math.abs(gaussGegenbauer(1, half + 0.5).weights[0]! / mass - 1)).toBeLessThan(4e-15);
      mass *= (half + 1) / (half + 1.5);
    }
  });
});

describe("integrals", () => {
  it("the mean of cos(b Z) of a standard normal is exp(-b^2/2), faster than geometrically", () => {
    const error = (n: number, b: number): number => {
      const { nodes, weights } = gaussHermite(n);
      return Math.abs(dot(weights, nodes.map((x) => cos(b * Math.SQRT2 * x))) / Math.sqrt(Math.PI) - exp((-b * b) / 2));
    };
    expect(error(4, 2)).toBeGreaterThan(1e-3);
    expect(error(16, 2)).toBeLessThan(1e-12);
    expect(error(500, 2)).toBeLessThan(1e-15);
  });

  it("agrees with the adaptive integral of exp(2 t) over the sphere's weight, d = 9", () => {
    const lambda = 9 / 2 - 1;
    const { nodes, weights } = gaussGegenbauer(20, lambda);
    const adaptive = integrate((t) => exp(2 * t) * (1 - t * t) ** 3, -1, 1, { relative: 1e-13, absolute: 0 });
    expect(Math.abs(dot(weights, nodes.map((t) => exp(2 * t))) / adaptive.value - 1)).toBeLessThan(3e-14);
  });

  it("has outer Hermite weights that underflow to 0, never to NaN", () => {
    const { weights } = gaussHermite(400);
    expect(weights[0]).toBe(0);
    expect(weights.every((w) => w >= 0 && w < 1)).toBe(true);
    expect(Math.abs(compensatedSum(weights) / Math.sqrt(Math.PI) - 1)).toBeLessThan(1e-15);
    expect(gaussHermite(372).weights[0]!).toBeGreaterThan(0);
  });
});

it("refuses counts and exponents that are none", () => {
  for (const n of [0, -1, 1.5, NaN, 5001]) {
    expect(() => gaussHermite(n)).toThrow(DomainError);
    expect(() => gaussGegenbauer(n, 1)).toThrow(DomainError);
  }
  for (const lambda of [-0.5, -1, NaN, Infinity, 2e6]) expect(() => gaussGegenbauer(4, lambda)).toThrow("lambda = ");
});
