import { formatNumber, superscript } from "@mesoscope/finite-size";

/** Keeps the thousands of a number on one line. */
const NARROW = "\u202f";

/** A number of bits as it is read: 300, 30 000, 3·10⁸. */
export function sizeInText(n: number): string {
  if (n < 1e6) return n < 1e4 ? String(n) : `${Math.floor(n / 1000)}${NARROW}${String(n % 1000).padStart(3, "0")}`;
  let exponent = 0;
  let mantissa = n;
  while (mantissa >= 10) {
    mantissa /= 10;
    exponent += 1;
  }
  const power = powerOfTenInText(exponent);
  return mantissa === 1 ? power : `${formatNumber(mantissa)}·${power}`;
}

/** The nearest power of ten: "10¹⁰¹" of 101.2. */
export function powerOfTenInText(exponent: number): string {
  return `10${superscript(Math.round(exponent))}`;
}

/** "N from 300 to 3·10⁹". */
export function sizesInText(sizes: readonly number[]): string {
  return `N from ${sizeInText(sizes[0]!)} to ${sizeInText(sizes.at(-1)!)}`;
}
