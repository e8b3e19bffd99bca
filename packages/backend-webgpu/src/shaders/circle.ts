/** @file Sine and cosine in WGSL: the standard's own may be wrong by 2^-11. */

/**
 * `pointOnCircle(theta)` = (cos theta, sin theta). theta = k pi/2 + r with pi/2 in three parts, the first of eight bits; polynomials in
 * |r| <= pi/4. Absolute error below 1e-7 up to |theta| = 10^4, then that of a rounding of theta.
 */
export const POINT_ON_CIRCLE = `
fn pointOnCircle(theta: f32) -> vec2f {
  let k = round(theta * 0.636619772);
  let r = fma(k, -7.54978995489188216e-8, fma(k, -4.837512969970703125e-4, fma(k, -1.5703125, theta)));
  let z = r * r;
  var s = fma(-1.9515295891e-4, z, 8.3321608736e-3);
  s = fma(s, z, -1.6666654611e-1);
  let sine = fma(s * z, r, r);
  var c = fma(2.443315711809948e-5, z, -1.388731625493765e-3);
  c = fma(c, z, 4.166664568298827e-2);
  let cosine = fma(c * z, z, fma(-0.5, z, 1.0));
  let turned = select(vec2f(cosine, sine), vec2f(-sine, cosine), (i32(k) & 1) == 1);
  return select(turned, -turned, (i32(k) & 2) == 2);
}

fn product(a: vec2f, b: vec2f) -> vec2f {
  return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}
`;
