import type { Batch, Pair, Prediction, ReplicaOutcome } from "@mesoscope/contracts";
import { keyFromWords, type Stream } from "@mesoscope/numerics";

/** A pair with known truth: replicas are `draw(stream, n)`, the theory says what the test wants it to say. */
export interface Synthetic {
  readonly draw: (stream: Stream, n: number) => number;
  readonly predict: (n: number) => Omit<Prediction, "observable">;
  readonly applies?: (n: number) => boolean;
  readonly outcome?: (stream: Stream, n: number) => ReplicaOutcome;
  readonly censoredAbove?: number;
}

export function syntheticPair({ draw, predict, applies, outcome, censoredAbove }: Synthetic): Pair {
  return {
    pairVersion: 1,
    id: "synthetic",
    title: "Known truth",
    parameters: { type: "object", properties: {}, additionalProperties: false },
    axes: [{ name: "n", symbol: "n", meaning: "size", least: 1 }],
    equations: [],
    at: () => ({
      observables: [{ id: "y", symbol: "y", meaning: "known quantity", unit: "1", kind: "law" }],
      // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous, this sampler is not
      sample: async ({ n }, { key, from, count }): Promise<Batch> => {
        const values = new Float64Array(count);
        const censored = new Uint8Array(count);
        const outcomes: ReplicaOutcome[] = [];
        for (let r = 0; r < count; r++) {
          const stream = keyFromWords(key).fold(from + r).stream();
          outcomes.push(outcome?.(keyFromWords(key).fold(from + r, "outcome").stream(), n!) ?? { kind: "completed" });
          values[r] = draw(stream, n!);
          if (censoredAbove !== undefined && values[r]! > censoredAbove) {
            values[r] = censoredAbove;
            censored[r] = 1;
          }
        }
        return { outcomes, values: { y: values }, ...(censoredAbove === undefined ? {} : { censored: { y: censored } }) };
      },
      theories: [
        {
          id: "limit",
          title: "the limit",
          equations: [],
          applies: ({ n }) => (applies?.(n!) ?? true ? { applies: true, meters: [] } : { applies: false, reason: "No limit exists.", remedy: "Use another scaling.", meters: [] }),
          // eslint-disable-next-line @typescript-eslint/require-await -- as above
          predict: async ({ n }) => [{ observable: "y", ...predict(n!) }],
        },
      ],
    }),
  };
}

/** Mean 1 + bias / n, standard deviation spread / sqrt(n), Gaussian; predicted mean 1. */
export function biasedGaussian(bias: number, spread: number, told: Partial<Prediction> = {}): Pair {
  return syntheticPair({
    draw: (stream, n) => 1 + bias / n + (spread / Math.sqrt(n)) * stream.normal(),
    predict: () => ({ value: [1], numericalError: [0], exponents: { bias: 1, spread: 0.5 }, ...told }),
  });
}
