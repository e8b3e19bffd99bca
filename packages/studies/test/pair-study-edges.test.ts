import { describe, expect, it } from "vitest";
import type { MesoscopeRecord, Pair, Prediction, ReplicaOutcome } from "@mesoscope/contracts";
import { runSerially } from "@mesoscope/finite-size";
import { keyFromWords, type Stream } from "@mesoscope/numerics";
import { studyOfPair } from "../src/index.js";
import { recordOf } from "./run.js";

interface Odd {
  readonly draw: (stream: Stream, n: number, x: number) => number;
  readonly predict: (n: number) => Omit<Prediction, "observable"> | undefined;
  readonly outcome?: (replica: number) => ReplicaOutcome;
}

/** A pair of which something is odd; its transition lies at x = 1. */
function odd({ draw, predict, outcome = () => ({ kind: "completed" }) }: Odd, scanned: boolean): Pair {
  return {
    pairVersion: 1,
    id: "odd",
    title: "Odd",
    parameters: { type: "object", properties: { x: { type: "number", symbol: "x", description: "control", unit: "1", default: 1 } }, additionalProperties: false },
    axes: [{ name: "n", symbol: "n", meaning: "size", least: 1 }],
    equations: [],
    ...(scanned ? { transitions: [{ parameter: "x", at: 1, observable: "y", exponents: { value: 0.25, width: 0.5 } }] } : {}),
    at: ({ x = 1 }) => ({
      observables: [{ id: "y", symbol: "y", meaning: "order", unit: "1", kind: "scalar" }],
      sample: ({ n }, { key, from, count }) => {
        const y = Float64Array.from({ length: count }, (_, r) => draw(keyFromWords(key).fold(from + r).stream(), n!, Number(x)));
        return Promise.resolve({ outcomes: Array.from({ length: count }, (_, r) => outcome(from + r)), values: { y } });
      },
      theories: [
        {
          id: "limit",
          title: "the limit",
          equations: [],
          applies: ({ n }) => (predict(n!) === undefined ? { applies: false, reason: "Too large.", remedy: "Use less.", meters: [] } : { applies: true, meters: [] }),
          predict: ({ n }) => Promise.resolve([{ observable: "y", ...predict(n!)! }]),
        },
      ],
    }),
  };
}

const told = (value: number) => (): Omit<Prediction, "observable"> => ({ value: [value], numericalError: [0] });
const study = (pair: Pair, more: Record<string, number> = {}): Promise<MesoscopeRecord> =>
  recordOf(studyOfPair(pair), { sizes: [16, 32, 64], replicas: 120, controls: 0, ...(pair.transitions === undefined ? {} : { scan: 100 }), ...more }, { runCells: runSerially({ odd: pair }) });
const shapes = (record: MesoscopeRecord): readonly (readonly unknown[])[] => record.tables.find(({ id }) => id === "shapes")!.rows;

describe("the study of an odd pair", () => {
  it.each([1e-200, 1e-320, 1e150])("has a record where the observable is about %d", async (unit) => {
    const record = await study(odd({ draw: (stream) => unit * stream.normal(), predict: told(0) }, false), { absolute: 1 });
    expect(shapes(record)).toHaveLength(2);
  });

  it("says of groups only what was looked for: at the largest size of the theory", async () => {
    const predict = (n: number): Omit<Prediction, "observable"> | undefined => (n < 64 ? told(0.4)() : undefined);
    const record = await study(odd({ draw: (stream) => (stream.uniform() < 0.5 ? 1 : -1) + 0.1 * stream.normal(), predict }, false));
    expect(record.verdicts[0]!.reason).toBe("symmetry-breaking");
    expect(shapes(record).map((row) => [row[1], row[7]])).toEqual([[16, null], [64, null]]);
    const one = await study(odd({ draw: (stream) => 1 + 0.1 * stream.normal(), predict: told(1) }, false));
    expect(shapes(one).map((row) => row[7])).toEqual([null, "no two seen"]);
  });

  it("does not say that a transition holds on what diverged replicas left over", async () => {
    const draw = (stream: Stream, n: number, x: number): number => n ** -0.25 * (1 / (1 + Math.exp(-2 * (x - 1) * Math.sqrt(n))) + 0.3 * stream.normal());
    const whole = await study(odd({ draw, predict: told(1) }, true), { scan: 400 });
    expect(whole.verdicts.at(-1)).toMatchObject({ id: "transition-1", outcome: "holds" });
    const part = await study(odd({ draw, predict: told(1), outcome: (r) => (r % 10 === 0 ? { kind: "diverged", message: "gone" } : { kind: "completed" }) }, true), { scan: 400 });
    expect(part.verdicts.at(-1)).toMatchObject({ id: "transition-1", outcome: "undecided", because: expect.stringMatching(/; 1080 of 10800 replicas diverged\.$/) as string });
  });

  it("does not say that a transition holds where the scan does not bound its powers: an observable that knows none", async () => {
    const record = await study(odd({ draw: (stream, n) => Math.abs(stream.normal()) * n ** -0.25, predict: told(1) }, true));
    expect(record.verdicts.at(-1)).toMatchObject({ id: "transition-1", outcome: "undecided" });
  });

  it("ends with a record where nothing of a scan has a spread", async () => {
    const record = await study(odd({ draw: () => 0, predict: told(1) }, true));
    expect(record.verdicts.at(-1)).toMatchObject({ outcome: "undecided", because: expect.stringMatching(/27 of 27 points have no error and are left out\.$/) as string });
  });
});

describe("the band of the tolerance", () => {
  it("is drawn at each size on the scale that the tolerance has there", async () => {
    // 10 % of 8 / n against 0.02 at least: a share up to n = 32, 0.02 itself from n = 64 on.
    const predict = (n: number): Omit<Prediction, "observable"> => told(8 / n)();
    const record = await study(odd({ draw: (stream, n) => (8 / n) * (1 + 0.1 * stream.normal()), predict }, false), { absolute: 0.02 });
    const band = record.figures.find(({ id }) => id === "deviation-y")!.panels[0]!.layers.find(({ label }) => label === "tolerance");
    expect(band).toMatchObject({ x: [16, 32, 64], upper: [0.1, 0.1, 0.02] });
  });
});
