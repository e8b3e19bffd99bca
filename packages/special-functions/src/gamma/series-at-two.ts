/**
 * @file log Gamma(2 + t) in powers of t. The coefficients are values of the zeta function, made at load in integers: exact in every
 * engine, and half the bytes that their digits would cost every page.
 */
const DEGREE = 29;
/** Of the alternating series; what is left out is below (3 + sqrt 8)^-TERMS = 2^-127. */
const TERMS = 50n;
const FRACTION_BITS = 160n;

/** log Gamma(2 + t) = sum over k >= 1 of entry k - 1 times t^k: 1 - gamma, then (-1)^k (zeta(k) - 1)/k; |t| <= 1/2. */
export const logGammaAtTwo: Float64Array = /* @__PURE__ */ coefficients();

/** @see NIST DLMF 5.7.3 */
function coefficients(): Float64Array {
  const table = new Float64Array(DEGREE);
  table[0] = 0.42278433509846713;
  const [scale, sums] = alternatingZeta();
  for (let at = 1; at < DEGREE; at++) {
    const k = BigInt(at + 1);
    const half = 1n << BigInt(at);
    const zeta = (sums[at]! * half) / (half - 1n) / scale;
    table[at] = Number((zeta - (1n << FRACTION_BITS)) / (at % 2 === 0 ? -k : k)) * 2 ** -160;
  }
  return table;
}

/**
 * d and, for k = 1 ... DEGREE at entry k - 1, d sum over j >= 0 of (-1)^j/(j + 1)^k = d (1 - 2^{1-k}) zeta(k) in units of 2^-160, d = T_n(3) for n = TERMS.
 * @see Cohen, Rodriguez Villegas, Zagier (2000), Experimental Math. 9, 3-12, algorithm 1
 */
function alternatingZeta(): [bigint, bigint[]] {
  let before = 1n;
  let scale = 3n;
  for (let n = 1n; n < TERMS; n++) [before, scale] = [scale, 6n * scale - before];
  const sums = new Array<bigint>(DEGREE).fill(0n);
  let step = -1n;
  let weight = -scale;
  for (let j = 0n; j < TERMS; j++) {
    weight = step - weight;
    let term = weight << FRACTION_BITS;
    for (let at = 0; at < DEGREE; at++) {
      term /= j + 1n;
      sums[at]! += term;
    }
    step = (step * 2n * (j + TERMS) * (j - TERMS)) / ((2n * j + 1n) * (j + 1n));
  }
  return [scale, sums];
}
