/** @file Exact sums of doubles by whole numbers of units 2^-1074: the truth that the sums are held against. */

const view = new DataView(new ArrayBuffer(8));

/** x as a whole number of units 2^-1074. */
function units(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return x < 0 ? -magnitude : magnitude;
}

/** The value whole / 2^shift as the nearest double, for results of ordinary size. */
function nearest(whole: bigint, shift: number): number {
  const negative = whole < 0n;
  const magnitude = negative ? -whole : whole;
  const excess = Math.max(0, magnitude.toString(2).length - 64);
  // Keep 64 leading bits and whether anything follows: enough to round once.
  let head = magnitude >> BigInt(excess);
  if (head << BigInt(excess) !== magnitude) head |= 1n;
  let value = Number(head);
  for (let k = excess - shift; k !== 0; k -= Math.sign(k)) value *= k > 0 ? 2 : 0.5;
  return negative ? -value : value;
}

export function exactSum(x: ArrayLike<number>): number {
  let sum = 0n;
  for (const value of Array.from(x)) sum += units(value);
  return nearest(sum, 1074);
}

export function exactDot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0n;
  for (let i = 0; i < x.length; i++) sum += units(x[i]!) * units(y[i]!);
  return nearest(sum, 2148);
}
