/** @file The harmonic kernels: moments of the angles in two passes, then the field at each angle. */
import { POINT_ON_CIRCLE } from "./circle.js";
import { LANES, type Text } from "./shader.js";

/** Harmonics that a workgroup sums together. */
const HARMONICS = 8;

/**
 * Sums of powers of one block of 64 angles: each invocation makes eight powers of its point, then eight invocations sum each power.
 * sums[(replica * blocks + block) * order + k - 1] of pairs.
 */
export const BLOCK_SUMS: Text = {
  declarations: `${POINT_ON_CIRCLE}
var<workgroup> powers: array<vec2f, ${HARMONICS * LANES}>;
var<workgroup> eighths: array<vec2f, ${LANES}>;`,
  body: `
  let j = (index % p.blocks) * ${LANES}u + t;
  let replica = index / p.blocks;
  let point = select(vec2f(0.0), pointOnCircle(theta[replica * p.n + min(j, p.n - 1u)]), j < p.n);
  var power = point;
  for (var first = 0u; first < p.order; first += ${HARMONICS}u) {
    for (var k = 0u; k < ${HARMONICS}u; k++) {
      powers[k * ${LANES}u + t] = power;
      power = product(power, point);
    }
    workgroupBarrier();
    let start = t * 8u;
    eighths[t] = ((powers[start] + powers[start + 1u]) + (powers[start + 2u] + powers[start + 3u])) + ((powers[start + 4u] + powers[start + 5u]) + (powers[start + 6u] + powers[start + 7u]));
    workgroupBarrier();
    if (t < ${HARMONICS}u && first + t < p.order) {
      let sum = ((eighths[start] + eighths[start + 1u]) + (eighths[start + 2u] + eighths[start + 3u])) + ((eighths[start + 4u] + eighths[start + 5u]) + (eighths[start + 6u] + eighths[start + 7u]));
      let to = 2u * (index * p.order + first + t);
      sums[to] = sum.x;
      sums[to + 1u] = sum.y;
    }
  }`,
};

/** Means over the blocks: a workgroup a replica and harmonic k = 0..K. z (R, K + 1, 2). */
export const MOMENTS: Text = {
  declarations: `var<workgroup> shares: array<vec2f, ${LANES}>;`,
  body: `
  let replica = index / (p.order + 1u);
  let k = index % (p.order + 1u);
  var sum = vec2f(0.0);
  if (k > 0u) {
    for (var block = t; block < p.blocks; block += ${LANES}u) {
      let start = 2u * ((replica * p.blocks + block) * p.order + k - 1u);
      sum += vec2f(sums[start], sums[start + 1u]);
    }
  }
  shares[t] = sum;
  for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (t < half) {
      shares[t] += shares[t + half];
    }
  }
  workgroupBarrier();
  if (t == 0u) {
    let mean = select(shares[0] / f32(p.n), vec2f(1.0, 0.0), k == 0u);
    z[2u * index] = mean.x;
    z[2u * index + 1u] = mean.y;
  }`,
};

/**
 * The field at each angle by nested multiplication with zeta = e^{-i theta}: Im sum a_m Z_m zeta^m over b_0 + Re sum b_m Z_m zeta^m.
 * coefficients: a_1..a_K, then b_0..b_K where there is a denominator.
 */
export function field(quotient: boolean): Text {
  return {
    declarations: POINT_ON_CIRCLE,
    body: `
  let e = index * ${LANES}u + t;
  if (e >= p.length) {
    return;
  }
  let point = pointOnCircle(theta[e]);
  let zeta = vec2f(point.x, -point.y);
  let moments = 2u * (e / p.n) * (p.order + 1u);
  var above = vec2f(0.0);
  ${quotient ? "var below = vec2f(0.0);" : ""}
  for (var m = p.order; m > 0u; m--) {
    let moment = vec2f(z[moments + 2u * m], z[moments + 2u * m + 1u]);
    above = product(above + coefficients[m - 1u] * moment, zeta);
    ${quotient ? "below = product(below + coefficients[p.order + m] * moment, zeta);" : ""}
  }
  velocity[p.to + e] = above.y${quotient ? " / (coefficients[p.order] + below.x)" : ""};`,
  };
}
