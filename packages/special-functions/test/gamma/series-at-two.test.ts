/** @file The coefficients made at load, against values of the zeta function that are had otherwise. */
import { expect, it } from "vitest";
import { logGammaAtTwo } from "../../src/gamma/series-at-two.js";

/** zeta(k) - 1 of the table. */
function zetaRest(k: number): number {
  return (k % 2 === 0 ? 1 : -1) * k * logGammaAtTwo[k - 1]!;
}

it("even ones are powers of pi", () => {
  const square = Math.PI * Math.PI;
  const exact = [square / 6 - 1, (square * square) / 90 - 1, (square * square * square) / 945 - 1];
  exact.forEach((value, i) => {
    expect(Math.abs(zetaRest(2 * i + 2) - value)).toBeLessThan(1e-15);
  });
});

it("from 10 on they are short sums, to the rounding of their powers", () => {
  for (let k = 10; k <= logGammaAtTwo.length; k++) {
    let sum = 0;
    for (let n = 200; n >= 2; n--) {
      let power = 1;
      for (let j = 0; j < k; j++) power /= n;
      sum += power;
    }
    expect(Math.abs(zetaRest(k) / sum - 1), String(k)).toBeLessThan(k * 2.3e-16);
  }
});

it("the first is 1 - gamma, to the last bit of its digits", () => {
  expect(logGammaAtTwo[0]).toBe(1 - 0.5772156649015329);
});
