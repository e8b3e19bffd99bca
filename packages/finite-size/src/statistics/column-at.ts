/** One entry of (rows, length) row-major values, over all rows. */
export function columnAt(values: Float64Array, length: number, entry: number): Float64Array {
  const out = new Float64Array(values.length / length);
  for (let row = 0; row < out.length; row++) out[row] = values[row * length + entry]!;
  return out;
}
