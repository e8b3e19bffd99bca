/** At most `most` of the indices 0 .. count - 1, evenly spread with both ends; all of them if there are few. */
export function evenlySpread(count: number, most: number): readonly number[] {
  const kept = Math.min(count, most);
  return Array.from({ length: kept }, (_, j) => (kept === 1 ? 0 : Math.round((j * (count - 1)) / (kept - 1))));
}
