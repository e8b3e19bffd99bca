/** Centres of n equal bins between two ends, to eight digits. */
export function binCentres(low: number, high: number, n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => Number((low + ((i + 0.5) * (high - low)) / n).toPrecision(8)));
}
