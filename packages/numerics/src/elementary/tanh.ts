import { exp } from "./exp.js";

/**
 * Hyperbolic tangent, with the same bits in every engine; error below 1 ulp. Odd in its bits: tanh(-x) = -tanh(x).
 *
 * Method: x + x z q(z), z = x^2, q of degree 14, for |x| < 7/8; 1 - 2/(e^(2x) + 1) beyond, where the subtraction
 * damps the errors of exp and of the division.
 *
 * @param x any number; NaN gives NaN, -0 gives -0
 */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.875) {
    // Below 2^-28 the cubic term is under half an ulp; this also keeps the sign of -0.
    if (a < 3.725290298461914e-9) return x;
    const z = x * x;
    const z2 = z * z;
    return x + x * z * (-0.3333333333333332 + z * 0.13333333333331707 + z2 * (-0.05396825396746823 + z * 0.02186948851690623 + z2 * (-0.008863235248590024 + z * 0.003592125352795503 + z2 * (-0.001455816716590558 + z * 0.0005899442193983075 + z2 * (-0.00023884229665790802 + z * 9.61823129500302e-05 + z2 * (-3.788076642895127e-05 + z * 1.3932347160056422e-05 + z2 * (-4.356700539547628e-06 + z * 9.839574040934518e-07 + z2 * -1.150570913150132e-07)))))));
  }
  // From 20 on the answer is 1 to the last bit.
  const value = a < 20 ? 1 - 2 / (exp(2 * a) + 1) : 1;
  if (x !== x) return x;
  return x < 0 ? -value : value;
}
