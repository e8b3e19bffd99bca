/** The quantile at probability p of ascending values, linear between them. */
export function quantileIn(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below + (at - Math.floor(at)) * (above - below);
}
