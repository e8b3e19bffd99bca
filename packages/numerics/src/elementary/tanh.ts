import { exp } from "./exp.js";

/**
 * Hyperbolic tangent, with the same bits in every engine; error below 1.1 ulp. Odd in its bits: tanh(-x) = -tanh(x).
 *
 * Method: x + x z q(z), z = x^2, q of degree 12, for |x| < 3/4; 1 - 2/(e^(2x) + 1) beyond, where the subtraction
 * damps the errors of exp and of the division.
 *
 * @param x any number; NaN gives NaN, -0 gives -0
 */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.75) {
    // Below 2^-28 the cubic term is under half an ulp; this also keeps the sign of -0.
    if (a < 3.725290298461914e-9) return x;
    const z = x * x;
    const z2 = z * z;
    return x + x * z * (-0.3333333333333327 + z * 0.13333333333324698 + z2 * (-0.05396825396394279 + z * 0.02186948842758609 + z2 * (-0.008863233913704263 + z * 0.0035921125275901454 + z2 * (-0.0014557333925587282 + z * 0.0005895673525277872 + z2 * (-0.000237639619110095 + z * 9.347553845159487e-05 + z2 * (-3.3652042076699176e-05 + z * 9.514262342263557e-06 + z2 * -1.4916979288464785e-06))))));
  }
  // From 20 on the answer is 1 to the last bit.
  const value = a < 20 ? 1 - 2 / (exp(2 * a) + 1) : 1;
  if (x !== x) return x;
  return x < 0 ? -value : value;
}
