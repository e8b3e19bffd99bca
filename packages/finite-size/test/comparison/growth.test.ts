import { describe, expect, it } from "vitest";
import type { Pair } from "@mesoscope/contracts";
import { exp, keyFromWords } from "@mesoscope/numerics";
import { compare, runSerially, type Comparison, type Statement } from "../../src/index.js";

const times = Array.from({ length: 21 }, (_, i) => i / 2);

/** x(t) = x(0) e^t with x(0) ~ N(0, 1 / n), bounded as x / sqrt(1 + x^2) if it saturates: the saddle at 0 that the limit never leaves. */
function saddle(options: { readonly saturates: boolean; readonly grows?: boolean; readonly isTime?: boolean }): Pair {
  const { saturates, grows = true, isTime = true } = options;
  return {
    pairVersion: 1,
    id: "saddle",
    title: "A saddle",
    parameters: { type: "object", properties: {}, additionalProperties: false },
    axes: [{ name: "n", symbol: "n", meaning: "size", least: 1 }],
    equations: [],
    at: () => ({
      observables: [{ id: "x", symbol: "x", meaning: "distance from the saddle", unit: "1", kind: "series", grid: { symbol: "t", meaning: "time", unit: "1", values: times, isTime } }],
      sample: ({ n }, { key, from, count }) => {
        const x = new Float64Array(count * times.length);
        for (let r = 0; r < count; r++) {
          const stream = keyFromWords(key).fold(from + r).stream();
          const start = stream.normal() / Math.sqrt(n!);
          times.forEach((t, i) => {
            const free = 1 + (grows ? Math.abs(start) * exp(t) : Math.abs(start) + 0.2 * t);
            const off = free - 1;
            x[r * times.length + i] = 1 + (saturates ? off / Math.sqrt(1 + off * off) : off);
          });
        }
        return Promise.resolve({ outcomes: Array.from({ length: count }, () => ({ kind: "completed" as const })), values: { x } });
      },
      theories: [{ id: "limit", title: "the saddle itself", equations: [], applies: () => ({ applies: true, meters: [] }), predict: () => Promise.resolve([{ observable: "x", value: times.map(() => 1), numericalError: times.map(() => 0) }]) }],
    }),
  };
}

const run = (pair: Pair): Promise<Comparison> =>
  compare(pair, {}, { axis: "n", sizes: [1e4, 4e4, 16e4], replicas: 100, block: 50 }, { seed: "growth", tolerance: { relative: 0.05 }, level: 0.05, confidence: 0.95, resamples: 199, runCells: runSerially({ [pair.id]: pair }) });
const statementOf = async (pair: Pair): Promise<Statement> => (await run(pair)).statements[0]!;

describe("fluctuations that grow in time", () => {
  it("are amplified at the rate that is planted, e^t, and the failure is called so", async () => {
    const statement = await statementOf(saddle({ saturates: false }));
    expect(statement).toMatchObject({ outcome: "fails", reason: "amplification" });
    const [, rate] = /at the rate (\S+) \[/.exec(statement.because)!;
    expect(Number(rate)).toBeCloseTo(1, 2);
  });

  it("have saturated where the growth has come to an end", async () => {
    expect(await statementOf(saddle({ saturates: true }))).toMatchObject({ outcome: "fails", reason: "saturation", because: expect.stringContaining("has stopped growing since") as string });
  });

  it("are no reason where the deviation grows but the spread does not, nor along a grid that is no time", async () => {
    expect((await statementOf(saddle({ saturates: false, grows: false }))).reason).toBe("unexplained");
    expect((await statementOf(saddle({ saturates: false, isTime: false }))).reason).not.toBe("amplification");
  });
});

describe("how far a theory goes in time", () => {
  it("is told at every size, and grows like ln n / 2 with the size: the horizon of amplification", async () => {
    const { bySize } = await statementOf(saddle({ saturates: false }));
    // E|start| e^t = 0.05: t = ln(0.05 sqrt(n pi / 2)).
    bySize.forEach(({ n, holdsUntil, failsFrom }) => {
      const horizon = Math.log(0.05 * Math.sqrt((n * Math.PI) / 2));
      expect(holdsUntil!).toBeLessThanOrEqual(horizon);
      expect(holdsUntil!).toBeGreaterThan(horizon - 1.1);
      expect(failsFrom!).toBeGreaterThanOrEqual(horizon);
      expect(failsFrom!).toBeLessThan(horizon + 1.1);
    });
    expect(bySize[2]!.holdsUntil! - bySize[0]!.holdsUntil!).toBeCloseTo(Math.log(16) / 2, 0);
  });

  it("has a band that is wider than the interval of each time", async () => {
    const { sizes } = await run(saddle({ saturates: false }));
    const { mean, band } = sizes[0]!.estimates["x"]!;
    expect(band!.upper[20]! - band!.lower[20]!).toBeGreaterThan(mean.upper[20]! - mean.lower[20]!);
  });

  it("is not told where the grid is no time", async () => {
    const { bySize } = await statementOf(saddle({ saturates: false, isTime: false }));
    for (const finding of bySize) expect([finding.holdsUntil, finding.failsFrom]).toEqual([undefined, undefined]);
  });
});
