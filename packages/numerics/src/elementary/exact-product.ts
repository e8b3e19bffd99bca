/** x rounded to its leading 26 bits (Veltkamp): x - leadingHalf(x) holds the rest exactly. For |x| < 1e300. */
export function leadingHalf(x: number): number {
  const scaled = 134217729 * x;
  return scaled - (scaled - x);
}

/**
 * a b - product, where product is a b rounded: exact unless something under- or overflows (Dekker). What a fused
 * multiply-add would give, which ECMAScript does not have.
 */
export function productError(a: number, b: number, product: number): number {
  const aHigh = leadingHalf(a);
  const bHigh = leadingHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
