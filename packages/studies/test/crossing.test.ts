import { describe, expect, it } from "vitest";
import { crossingOf } from "../src/one-bit-bifurcation/crossing.js";

const root = 1.2434445478;
const betas = Array.from({ length: 8 }, (_, i) => root - 0.03 + (i * 0.026) / 7);
/** What multipliers of the published system give: its slope, curvature and third derivative at the root. */
const exponents = betas.map((beta) => 0.3111087 * (beta - root) - 0.1014781 * (beta - root) ** 2 + 0.054541 * (beta - root) ** 3);

describe("the crossing of an approach", () => {
  it("is found where the exponents bend, to 1e-6: far below what the full level allows", () => {
    expect(Math.abs(crossingOf(betas, exponents) - root)).toBeLessThan(1e-6);
  });

  it("is exact for a line and for a parabola", () => {
    expect(crossingOf(betas, betas.map((beta) => 0.31 * (beta - root)))).toBeCloseTo(root, 12);
    expect(crossingOf(betas, betas.map((beta) => 0.31 * (beta - root) - 2 * (beta - root) ** 2))).toBeCloseTo(root, 11);
  });

  it("is missed by a straight line, by more than the full level allows", () => {
    const mean = betas.reduce((sum, beta) => sum + beta / 8, 0);
    const level = exponents.reduce((sum, value) => sum + value / 8, 0);
    const slope = betas.reduce((sum, beta, i) => sum + (beta - mean) * exponents[i]!, 0) / betas.reduce((sum, beta) => sum + (beta - mean) ** 2, 0);
    expect(Math.abs(mean - level / slope - root)).toBeGreaterThan(5e-5);
  });
});
