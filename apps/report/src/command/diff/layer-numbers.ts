import type { Layer } from "@mesoscope/contracts";

/** The numbers of a layer, by what they are. */
export interface LayerNumbers {
  /** Where it has values: these must agree before values can be compared. */
  readonly places: readonly number[];
  readonly values: readonly number[];
  /** Errors and ends of intervals. */
  readonly spread: readonly number[];
}

export function numbersOf(layer: Layer): LayerNumbers {
  switch (layer.role) {
    case "curve":
      return { places: layer.x, values: layer.y, spread: layer.error ?? [] };
    case "band":
      return { places: layer.x, values: [...layer.lower, ...layer.upper], spread: [] };
    case "points":
      return { places: layer.x, values: layer.y, spread: [...layer.lower, ...layer.upper] };
    case "cloud":
      return { places: [], values: [...layer.x, ...layer.y], spread: [] };
    case "heat-map":
      return { places: [...layer.x, ...layer.y], values: layer.values, spread: [] };
    case "law":
      return { places: layer.edges, values: layer.density, spread: [] };
    case "phase-portrait":
      return { places: layer.orbits.map(({ x }) => x.length), values: layer.orbits.flatMap(({ x, y }) => [...x, ...y]), spread: [] };
    case "spectrum":
      return { places: layer.frequency, values: layer.power, spread: [] };
    case "frames":
      return { places: layer.frames.flatMap(({ time, x }) => [time, x.length]), values: layer.frames.flatMap(({ x, y }) => [...x, ...y]), spread: [] };
    case "mark":
      return { places: [], values: [layer.at], spread: [] };
  }
}

export function areEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** The largest |b - a| / max(|a|, |b|) over entries, at most 2; lists of equal length. */
export function largestRelativeChange(a: readonly number[], b: readonly number[]): number {
  let largest = 0;
  a.forEach((value, i) => {
    const other = b[i]!;
    const size = Math.max(Math.abs(value), Math.abs(other));
    // Divided first: a difference of the largest doubles would overflow.
    if (value !== other) largest = Math.max(largest, Math.abs(other / size - value / size));
  });
  return largest;
}
