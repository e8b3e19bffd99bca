/**
 * @file The exponential in WGSL. The standard allows the built-in one 3 + 2 |x| units in the last place, which at |x| = 60 is a hundred times
 * what the bounds of docs/accuracy.md leave; this one has 2, measured below 1.3.
 */

/** A type of WGSL whose components are handled alike. */
export type Lanes = "f32" | "vec4f";

const INTEGERS: Readonly<Record<Lanes, string>> = { f32: "i32", vec4f: "vec4i" };
const WORDS: Readonly<Record<Lanes, string>> = { f32: "u32", vec4f: "vec4u" };

/** Below this the result would be no normal number; it is 0. */
export const LEAST_EXPONENT = -87.3;
/** Above this the result is that of this argument, the largest whose exponential a float holds. */
export const LARGEST_EXPONENT = 88.72;

/**
 * `exponential(x)`: x = k ln 2 + r with ln 2 in two parts, the first of nine bits so that k times it is exact; a polynomial of degree 7 in
 * |r| <= 0.347 (relative error 2e-9); 2^k by its bits, in two factors so that k = 128 does no harm.
 */
export function exponential(lanes: Lanes): string {
  const [int, word] = [INTEGERS[lanes], WORDS[lanes]];
  return `
fn exponential(x: ${lanes}) -> ${lanes} {
  let y = clamp(x, ${lanes}(${LEAST_EXPONENT}), ${lanes}(${LARGEST_EXPONENT}));
  let k = round(y * 1.44269504);
  let r = fma(k, ${lanes}(2.12194440e-4), fma(k, ${lanes}(-0.693359375), y));
  var p = ${lanes}(1.9875691500e-4);
  p = fma(p, r, ${lanes}(1.3981999507e-3));
  p = fma(p, r, ${lanes}(8.3334519073e-3));
  p = fma(p, r, ${lanes}(4.1665795894e-2));
  p = fma(p, r, ${lanes}(1.6666665459e-1));
  p = fma(p, r, ${lanes}(5.0000001201e-1));
  p = fma(p * r, r, r) + 1.0;
  let i = ${int}(k);
  let h = i >> ${word}(1u);
  let scaled = p * bitcast<${lanes}>((h + 127) << ${word}(23u)) * bitcast<${lanes}>((i - h + 127) << ${word}(23u));
  return select(scaled, ${lanes}(0.0), x < ${lanes}(${LEAST_EXPONENT}));
}
`;
}

/** `tangent(x)` = tanh x: an odd polynomial below 0.625, 1 - 2 / (e^{2|x|} + 1) above. Needs {@link exponential} of f32. */
export const TANGENT = `
fn tangent(x: f32) -> f32 {
  let a = abs(x);
  let z = x * x;
  var p = -5.70498872745e-3;
  p = fma(p, z, 2.06390887954e-2);
  p = fma(p, z, -5.37397155531e-2);
  p = fma(p, z, 1.33314422036e-1);
  p = fma(p, z, -3.33332819422e-1);
  let near = fma(p * z, x, x);
  let far = 1.0 - 2.0 / (exponential(min(2.0 * a, 40.0)) + 1.0);
  return select(select(far, -far, x < 0.0), near, a < 0.625);
}
`;
