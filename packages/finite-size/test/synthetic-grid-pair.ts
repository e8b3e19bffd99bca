import type { Batch, Pair, Prediction, Size } from "@mesoscope/contracts";
import { keyFromWords } from "@mesoscope/numerics";

/** A pair over N and H with known truth: y is Gaussian with this mean and standard deviation; every theory says what the test wants it to say. */
export interface SyntheticGrid {
  readonly mean: (n: number, h: number) => number;
  readonly sd: (n: number, h: number) => number;
  readonly theories: Readonly<Record<string, (n: number, h: number) => Omit<Prediction, "observable" | "numericalError">>>;
  readonly applies?: (size: Size) => boolean;
}

export function syntheticGridPair({ mean, sd, theories, applies = () => true }: SyntheticGrid): Pair {
  return {
    pairVersion: 1,
    id: "synthetic-grid",
    title: "Known truth over two sizes",
    parameters: { type: "object", properties: {}, additionalProperties: false },
    axes: [
      { name: "N", symbol: "N", meaning: "first size", least: 1 },
      { name: "H", symbol: "H", meaning: "second size", least: 1 },
    ],
    equations: [],
    at: () => ({
      observables: [{ id: "y", symbol: "y", meaning: "known quantity", unit: "1", kind: "scalar" }],
      sample: ({ N, H }, { key, from, count }): Promise<Batch> => {
        const y = Float64Array.from({ length: count }, (_, r) => mean(N!, H!) + sd(N!, H!) * keyFromWords(key).fold(from + r).stream().normal());
        return Promise.resolve({ outcomes: Array.from({ length: count }, () => ({ kind: "completed" as const })), values: { y } });
      },
      theories: Object.entries(theories).map(([id, predict]) => ({
        id,
        title: id,
        equations: [],
        applies: (size: Size) => (applies(size) ? { applies: true, meters: [] } : { applies: false, reason: "No limit there.", remedy: "Use larger sizes.", meters: [] }),
        predict: ({ N, H }: Size) => Promise.resolve([{ observable: "y", numericalError: [0], ...predict(N!, H!) }]),
      })),
    }),
  };
}
