/** @file Sobol points, plain or scrambled: a net whose error in smooth integrals falls faster than that of chance. */
import { requireInteger } from "../errors.js";
import type { UniformSource } from "../random/uniform.js";
import { SOBOL_ROWS } from "./sobol-directions.js";

export interface SobolOptions {
  /**
   * Scrambles the net (Matousek's linear scrambling and a digital shift): each point becomes uniform, means over the first
   * 2^k points become unbiased, and independent streams give independent estimates whose spread is an error bar.
   */
  readonly scramble?: UniformSource;
}

const BITS = 32;
const UNIT = 2 ** -32;

/** Coordinates there are direction numbers for. */
const SOBOL_DIMENSIONS = SOBOL_ROWS.length + 1;

/**
 * The first `count` Sobol points in (0, 1)^dimensions, (count, dimensions) row-major, in the order of the Gray code. Digits are 32 bits, and each
 * coordinate is the middle of its cell of width 2^-32, so that none is 0. Give `count` a power of two: only such beginnings are nets.
 *
 * @param dimensions 1 ... 64
 * @param count 1 ... 2^31
 * @throws DomainError if either is not such an integer
 * @see S. Joe, F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008) 2635; J. Matousek, J. Complexity 14 (1998) 527; A. B. Owen, Ann. Stat. 25 (1997) 1541
 */
export function sobolPoints(dimensions: number, count: number, { scramble }: SobolOptions = {}): Float64Array {
  requireInteger("dimensions", dimensions, { min: 1, max: SOBOL_DIMENSIONS });
  requireInteger("count", count, { min: 1, max: 2 ** 31 });
  const points = new Float64Array(dimensions * count);
  for (let d = 0; d < dimensions; d++) {
    const directions = scramble === undefined ? directionsOf(d) : scrambled(directionsOf(d), scramble);
    let state = scramble === undefined ? 0 : scramble.bits();
    for (let i = 0; i < count; i++) {
      points[i * dimensions + d] = ((state >>> 0) + 0.5) * UNIT;
      state ^= directions[trailingOnes(i)]!;
    }
  }
  return points;
}

/** Number of the lowest zero bit of i: the digit in which the Gray codes of i and i + 1 differ. */
function trailingOnes(i: number): number {
  return 31 - Math.clz32(~i & (i + 1));
}

/** v_1 ... v_32 as words whose top bit is the first binary digit. */
function directionsOf(d: number): Uint32Array {
  const v = new Uint32Array(BITS);
  const row = SOBOL_ROWS[d - 1];
  if (row === undefined) {
    for (let k = 0; k < BITS; k++) v[k] = 2 ** (BITS - 1 - k);
    return v;
  }
  const polynomial = row[0]!;
  const degree = row.length - 1;
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      v[k] = row[k + 1]! * 2 ** (BITS - 1 - k);
      continue;
    }
    let word = v[k - degree]! ^ (v[k - degree]! >>> degree);
    for (let j = 1; j < degree; j++) if (((polynomial >>> (degree - j)) & 1) === 1) word ^= v[k - j]!;
    v[k] = word;
  }
  return v;
}

/** Each direction times one random lower-triangular matrix over GF(2) with ones on its diagonal. */
function scrambled(directions: Uint32Array, source: UniformSource): Uint32Array {
  const rows = new Uint32Array(BITS);
  for (let i = 0; i < BITS; i++) {
    // Row i looks at the digits before it, which are the higher bits, and always at itself.
    const before = i === 0 ? 0 : 0xffffffff << (BITS - i);
    rows[i] = (source.bits() & before) | (1 << (BITS - 1 - i));
  }
  return directions.map((v) => {
    let word = 0;
    for (let i = 0; i < BITS; i++) word |= parity(v & rows[i]!) << (BITS - 1 - i);
    return word;
  });
}

function parity(word: number): number {
  let x = word ^ (word >>> 16);
  x ^= x >>> 8;
  x ^= x >>> 4;
  return (0x6996 >>> (x & 15)) & 1;
}
