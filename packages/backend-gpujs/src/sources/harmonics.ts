/** @file Moments of angles, and the velocity that a series of harmonics gives. Angles theta (R, n) lie along x; k theta is reduced anew for every k, an error of k |theta| roundings. */
import { sineAndCosine } from "./arithmetic.js";
import type { Source } from "./source.js";

/** Particles summed by one thread. */
export const PARTICLES = [64, 1024] as const;
/** Harmonics summed by one thread: coefficients are filled with zeros. */
export const ORDERS = [8, 64, 1024] as const;

/** Sum over `length` particles of cos k theta (thread.x = 2k) or sin k theta (thread.x = 2k + 1). theta (R, 1, n) -> (R, segments, 2 K + 2). */
export function moments(length: number): Source {
  return {
    parameters: { theta: "array", particles: "float" },
    body: `const order = Math.floor(0.5 * this.thread.x);
const odd = this.thread.x - 2.0 * order;
let total = 0.0;
for (let block = 0; block < ${length / 16}; block++) {
  let part = 0.0;
  for (let turn = 0; turn < 16; turn++) {
    const next = this.thread.y * ${length} + block * 16 + turn;
    const at = next < particles ? next : particles - 1;
    ${sineAndCosine("order * theta[this.thread.z][0][at]", "sine", "cosine")}
    part = next < particles ? part + (odd > 0.5 ? sine : cosine) : part;
  }
  total = total + part;
}
return total;`,
  };
}

/**
 * v_i = sum_m a_m Im(Z_m e^{-i m theta_i}) / sum_m b_m Re(Z_m e^{-i m theta_i}), m = 1..order and the constant b_0.
 * z (R, 1, 2 K + 2), a and b (1, 1, order) at m - 1. -> (R, 1, n)
 */
export function velocity(order: number): Source {
  return {
    parameters: { theta: "array", z: "array", a: "array", b: "array", constant: "float", highest: "float" },
    body: `let above = 0.0;
let below = constant;
for (let index = 0; index < ${order}; index++) {
  const next = index + 1.0;
  const m = next < highest ? next : highest;
  ${sineAndCosine("m * theta[this.thread.z][0][this.thread.x]", "sine", "cosine")}
  const re = z[this.thread.z][0][2 * m];
  const im = z[this.thread.z][0][2 * m + 1];
  above = above + a[0][0][index] * (im * cosine - re * sine);
  below = below + b[0][0][index] * (re * cosine + im * sine);
}
return above / below;`,
  };
}
