/**
 * 2^k at index k + POWER_BIAS for k = -1074 ... 1023, every power a double holds. A table read is cheaper than building
 * a double from its bits, and exact in every engine.
 */
export const POWERS_OF_TWO: Float64Array = /* @__PURE__ */ powersOfTwo();

export const POWER_BIAS = 1074;

function powersOfTwo(): Float64Array {
  const table = new Float64Array(1074 + 1024);
  let power = Number.MIN_VALUE;
  for (let k = 0; k < table.length; k++) {
    table[k] = power;
    power *= 2;
  }
  return table;
}
