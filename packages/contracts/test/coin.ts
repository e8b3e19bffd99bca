import { checkSize, type Batch, type Pair, type Replicas } from "../src/index.js";

/** A pair small enough to read at a glance: n fair coins, whose mean has bias 0 and spread 1/(2 sqrt n). */
export function coinPair(fault: Partial<{ sharedState: boolean; ignoresKey: boolean; impure: boolean; nan: boolean; anySize: boolean; short: boolean }> = {}): Pair {
  let calls = 0;
  const axes = [{ name: "n", symbol: "n", meaning: "coins", least: 1 }];
  return {
    pairVersion: 1,
    id: "coin",
    title: "Fair coins",
    parameters: { type: "object", properties: {}, additionalProperties: false },
    axes,
    equations: [],
    at: () => ({
      observables: [{ id: "mean", symbol: "m", meaning: "share of heads", unit: "1", kind: "scalar" }],
      theories: [
        {
          id: "limit",
          title: "law of large numbers",
          equations: [],
          applies: () => ({ applies: true, meters: [] }),
          predict: () => {
            calls += 1;
            return Promise.resolve([
              { observable: "mean", value: fault.short ? [] : [fault.impure ? 0.5 + calls : 0.5], numericalError: fault.short ? [] : [0] },
            ]);
          },
        },
      ],
      sample(size, replicas) {
        return new Promise<Batch>((resolve) => {
          if (!fault.anySize) checkSize(axes, size, 'pair "coin"');
          calls += 1;
          resolve(toss(size["n"] ?? 0, replicas, fault, calls));
        });
      },
    }),
  };
}

function toss(n: number, replicas: Replicas, fault: { sharedState?: boolean; ignoresKey?: boolean; nan?: boolean }, calls: number): Batch {
  const mean = new Float64Array(replicas.count);
  for (let r = 0; r < replicas.count; r++) {
    const words = fault.ignoresKey ? [1, 2] : replicas.key;
    let state = (words[0] ^ Math.imul(words[1], 0x9e3779b1) ^ Math.imul(replicas.from + r + 1, 0x85ebca6b) ^ (fault.sharedState ? calls : 0)) >>> 0;
    let heads = 0;
    for (let i = 0; i < n; i++) {
      state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
      heads += (state >>> 16) & 1;
    }
    mean[r] = fault.nan ? Number.NaN : heads / n;
  }
  return { outcomes: Array.from(mean, () => ({ kind: "completed" as const })), values: { mean } };
}
