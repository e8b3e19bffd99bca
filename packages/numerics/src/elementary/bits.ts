/**
 * One double seen as two 32-bit words, shared by the functions that need an exponent. The words are found at run time,
 * so the same source is right on either byte order.
 */
export const DOUBLE: Float64Array = /* @__PURE__ */ new Float64Array(1);

export const WORDS: Int32Array = /* @__PURE__ */ new Int32Array(DOUBLE.buffer);

/** Index in WORDS of the word with sign and exponent: 1 on a little-endian machine. */
export const HIGH: number = /* @__PURE__ */ highWord();

function highWord(): number {
  const sign = new Float64Array([-0]);
  return new Int32Array(sign.buffer)[1] === 0 ? 0 : 1;
}
