/**
 * Tables of exp and log are made at load in integers, in units of 2^-128: exact in every engine, and a fraction of the bytes
 * that their digits would cost every page. test/elementary/coefficients.test.ts holds each entry against the
 * correctly rounded value.
 */
export const FRACTION_BITS = 128n;

export const UNIT: number = 2 ** -128;
