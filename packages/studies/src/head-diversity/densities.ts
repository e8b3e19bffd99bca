import type { Layer } from "@mesoscope/contracts";
import type { LawTable, LawTables } from "./laws.js";

const BINS = 32;
/** Share of the samples left out at each end: what lies there would make the rest invisible. */
const TAIL = 0.01;

/** Samples as a histogram of their middle, and the laws of this width and of wide heads as lines. */
export function densityLayers(samples: Float64Array, tables: LawTables, id: "start" | "end", n: number): readonly Layer[] {
  const sorted = Float64Array.from(samples).sort();
  const at = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
  const [low, high] = [at(TAIL), at(1 - TAIL)];
  const bin = (high - low) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of sorted) if (value >= low && value < high) counts[Math.min(BINS - 1, Math.floor((value - low) / bin))]! += 1;
  const { own, wide } = tables[id].get(n)!;
  const line = (label: string, source: "theory" | "reference", law: LawTable | undefined): readonly Layer[] => (law === undefined ? [] : [{ role: "curve", label, source, ...densityOf(law, STRIDES[id], low, high) }]);
  return [
    { role: "law", label: "networks", source: "simulation", edges: Array.from({ length: BINS + 1 }, (_, i) => low + i * bin), density: counts.map((count) => count / (sorted.length * bin)) },
    ...line(id === "start" ? "exact" : "infinitely many heads of this width", "theory", own),
    ...line("wide heads", "reference", wide),
  ];
}

/** Quantiles between which a slope is taken: of a law that is sampled, fewer would show its noise. */
const STRIDES = { start: 4, end: 12 } as const;

/** Density of a law from its quantiles, between two ends. */
function densityOf({ probabilities, quantiles }: LawTable, stride: number, low: number, high: number): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const points: { readonly x: number; readonly y: number }[] = [];
  for (let i = stride; i < quantiles.length; i += stride / 2) {
    const [from, to] = [quantiles[i - stride]!, quantiles[i]!];
    if (to > from) points.push({ x: (from + to) / 2, y: (probabilities[i]! - probabilities[i - stride]!) / (to - from) });
  }
  const inside = points.filter(({ x }) => x >= low && x <= high);
  return { x: inside.map(({ x }) => x), y: inside.map(({ y }) => y) };
}
