/** @file Complex numbers for complex-step differentiation: f'(x) = Im f(x + ih)/h without any subtraction. Every function by its own complex formula. */
import { cos, exp, sin, tanh } from "@mesoscope/numerics";
import type { Arithmetic } from "../src/definition/arithmetic.js";

/** Real and imaginary part. */
export type Complex = readonly [number, number];

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const divide = ([a, b]: Complex, [c, d]: Complex): Complex => {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
};

/** tanh (x + iy) = (t + i tan y) / (1 + i t tan y). */
function complexTanh([x, y]: Complex): Complex {
  const [t, u] = [tanh(x), sin(y) / cos(y)];
  return divide([t, u], [1, t * u]);
}

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/** 2/sqrt(pi) sum_k (-1)^k z^(2k+1) / (k! (2k+1)) near 0; further out 1 - exp(-z^2)/sqrt(pi) / (z + (1/2)/(z + 1/(z + (3/2)/(z + ...)))). */
function complexErf(z: Complex): Complex {
  if (z[0] < 0) return negative(complexErf(negative(z)));
  return z[0] < 2.5 ? series(z) : fraction(z);
}

const negative = ([x, y]: Complex): Complex => [-x, -y];

function series(z: Complex): Complex {
  const square = times(z, z);
  let power: Complex = z;
  let sum: Complex = z;
  for (let k = 1; k < 80; k += 1) {
    const next = times(power, square);
    power = [-next[0] / k, -next[1] / k];
    sum = [sum[0] + power[0] / (2 * k + 1), sum[1] + power[1] / (2 * k + 1)];
  }
  return [TWO_OVER_ROOT_PI * sum[0], TWO_OVER_ROOT_PI * sum[1]];
}

function fraction(z: Complex): Complex {
  let below: Complex = z;
  for (let k = 60; k >= 1; k -= 1) {
    const part = divide([k / 2, 0], below);
    below = [z[0] + part[0], z[1] + part[1]];
  }
  const [u, v] = negative(times(z, z));
  const tail = divide([exp(u) * cos(v), exp(u) * sin(v)], below);
  return [1 - (TWO_OVER_ROOT_PI / 2) * tail[0], (-TWO_OVER_ROOT_PI / 2) * tail[1]];
}

/** Principal root with the imaginary part taken from the product, not from a difference. */
function complexRoot([x, y]: Complex): Complex {
  const root = Math.sqrt((Math.hypot(x, y) + x) / 2);
  return [root, y / (2 * root)];
}

export const COMPLEX: Arithmetic<Complex> = {
  of: (value) => [value, 0],
  add: ([a, b], [c, d]) => [a + c, b + d],
  times,
  scale: ([a, b], factor) => [a * factor, b * factor],
  divide,
  root: complexRoot,
  exp: ([x, y]) => [exp(x) * cos(y), exp(x) * sin(y)],
  tanh: complexTanh,
  erf: complexErf,
  real: ([x]) => x,
};
