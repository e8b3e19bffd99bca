import { describe, expect, it } from "vitest";
import type { Figure, Layer, MesoscopeRecord, Pair, Parameters } from "@mesoscope/contracts";
import { runSerially } from "@mesoscope/finite-size";
import { keyFromWords } from "@mesoscope/numerics";
import { studies, studyOfPair } from "../src/index.js";
import { tableOf } from "../src/findings/table.js";
import { faultsOf } from "./faults.js";
import { recordOf } from "./run.js";
import { smallStudies } from "./small-studies.js";

const small: Readonly<Record<string, Parameters>> = {
  "growth-rates": { dimensions: [2, 3], betas: [2], degrees: 2, sizes: [32, 64], replicas: 8, circleReplicas: 16 },
  "circle-emergence": { thresholds: [0.3], sizes: [32, 64], replicas: 24, rivalBetas: [5], rivalSizes: [64], rivalReplicas: 24 },
  ...smallStudies,
  "one-bit-bifurcation": { betas: 17, zoomBetas: 17, burnIn: 2000, tokens: 2000, approachTokens: 2000, journeyBetas: 9, journeyTokens: 200, bins: 16 },
  "one-bit-attractors": { betas: [1.255, 1.27, 1.28], tokens: 4000, burnIn: 3000, starts: 4, bins: 16, segment: 128, zero: 5e-3 },
  "one-bit-phase-map": { betas: 6, gammas: 5, burnIn: 1000, tokens: 1000 },
  "one-bit-exact": { sizes: [8, 12, 16], turningSizes: [8, 16, 24], replicas: 64, tolerance: 0.25 },
  "coordinate-check": { widths: [4, 8, 12, 16], headCounts: [1, 2, 3, 4], depths: [1, 2, 3, 4], replicas: 16, mlp: "none", steps: 3, resamples: 99 },
  "attention-saturation": { sizes: [4, 8, 16], replicas: 32, steps: 4, earlySteps: 2, judged: [2, 1], resamples: 99 },
};

const kept = new Map<string, Promise<MesoscopeRecord>>();

/** The record of a bundled study, made once. */
function bundled(id: string): Promise<MesoscopeRecord> {
  const record = kept.get(id) ?? recordOf(studies.find((study) => study.id === id)!, small[id]!);
  kept.set(id, record);
  return record;
}

/** Every text that a reader meets in sentences. */
function sentencesOf({ narrative, figures, verdicts }: MesoscopeRecord): readonly string[] {
  return [narrative.headline, ...narrative.paragraphs, ...figures.map(({ finding }) => finding), ...verdicts.map(({ because }) => because)];
}

/** Fluctuations grow in time as e^t / sqrt(n) about the limit 1 until the end, or split into two groups from t = 2 on. */
function timed(kind: "grows" | "splits" | "stays"): Pair {
  const times = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5];
  return {
    pairVersion: 1,
    id: "timed",
    title: "A state that is left",
    parameters: { type: "object", properties: {}, additionalProperties: false },
    axes: [{ name: "n", symbol: "n", meaning: "number of parts", least: 2 }],
    equations: [],
    at: () => ({
      observables: [{ id: "y", symbol: "y", meaning: "order", unit: "1", kind: "series", grid: { symbol: "t", meaning: "time", unit: "s", values: times, isTime: true } }],
      theories: [{ id: "limit", title: "the limit", equations: [], applies: () => ({ applies: true, meters: [] }), predict: () => Promise.resolve([{ observable: "y", value: times.map(() => 1), numericalError: times.map(() => 0) }]) }],
      sample: ({ n = 0 }, { key, from, count }) => {
        const y = new Float64Array(times.length * count);
        for (let r = 0; r < count; r++) {
          const stream = keyFromWords(key).fold(from + r).stream();
          const [x, side] = [stream.normal() / Math.sqrt(n), stream.uniform() < 0.7 ? 1 : -0.5];
          times.forEach((t, i) => {
            y[r * times.length + i] = kind === "splits" && t >= 2 ? side + 0.01 * x : kind === "grows" ? 1 + Math.abs(x) * 0.05 * Math.exp(1.5 * t) : 1 + 0.1 * x;
          });
        }
        return Promise.resolve({ outcomes: Array.from({ length: count }, () => ({ kind: "completed" as const })), values: { y } });
      },
    }),
  };
}

const recordOfPair = (pair: Pair, more: Parameters = {}): Promise<MesoscopeRecord> => recordOf(studyOfPair(pair), { sizes: [16, 64, 256], replicas: 200, controls: 0, tolerance: 0.05, ...more }, { runCells: runSerially({ [pair.id]: pair }) });
const layersOf = ({ panels }: Figure): readonly Layer[] => panels.flatMap(({ layers }) => layers);
const marksOf = ({ figures }: MesoscopeRecord): readonly string[] => figures.flatMap(layersOf).flatMap((layer) => (layer.role === "mark" ? [layer.label] : []));

describe.each(studies.map(({ id }) => [id]))("the words of %s", (id) => {
  it("are whole short sentences, without jargon or internal names", async () => {
    const record = await bundled(id);
    for (const text of sentencesOf(record)) expect(faultsOf(text), text).toEqual([]);
    expect(record.narrative.paragraphs.length).toBeGreaterThanOrEqual(4);
    expect(record.narrative.paragraphs[0]).toMatch(/^The finite system: .*The limit/s);
  });

  it("say in the headline what holds or not, and within what", async () => {
    const { narrative } = await bundled(id);
    expect(narrative.headline).toMatch(/holds within|fails|is undecided/);
    expect(narrative.headline).toMatch(/\d+ %|within 0\.\d+|0\.\d+ in the exponent/);
  });

  it("name every axis of every figure: symbol, meaning, unit; and say in every title what is shown", async () => {
    const { figures } = await bundled(id);
    for (const { x, y, title } of figures) {
      for (const { symbol, meaning, unit } of [x, y]) for (const word of [symbol, meaning, unit]) expect(word).not.toBe("");
      expect(title.split(" ").length).toBeGreaterThan(4);
    }
  });
});

describe("a failure in time", () => {
  it("is told in the headline with its time, and marked where it begins", async () => {
    const record = await recordOfPair(timed("splits"));
    expect(record.narrative.headline).toBe("The limit holds within 5 % at every size tested, n = 16 to 256, until t = 1.5 s; from t = 2 s on, some runs leave the predicted state.");
    expect(marksOf(record)).toEqual(["holds until t = 1.5 s, fails from t = 2 s on: the limit"]);
    const mark = record.figures.flatMap(layersOf).find(({ role }) => role === "mark");
    expect(mark).toMatchObject({ across: "x", at: 1.5 });
    for (const text of sentencesOf(record)) expect(faultsOf(text), text).toEqual([]);
  });

  it("that comes later in larger systems is told from the size on that reaches that time", async () => {
    const record = await recordOfPair(timed("grows"), { replicas: 400 });
    expect(record.narrative.headline).toMatch(/^The limit holds within 5 % from n = 64 on, until t = 1\.5 s; from t = 2\.5 s on, small chance differences have grown until they matter\.$/);
  });

  it("is not marked where nothing fails", async () => {
    const record = await recordOfPair(timed("stays"));
    expect(record.verdicts[0]!.outcome).toBe("holds");
    expect(marksOf(record)).toEqual([]);
  });
});

describe("a failure below some size", () => {
  const shifted = (bias: number): Pair => ({
    ...timed("stays"),
    at: () => ({
      observables: [{ id: "y", symbol: "y", meaning: "order", unit: "1", kind: "scalar" }],
      theories: [{ id: "limit", title: "the limit", equations: [], applies: () => ({ applies: true, meters: [] }), predict: () => Promise.resolve([{ observable: "y", value: [1], numericalError: [0], exponents: { bias: 1 } }]) }],
      sample: ({ n = 0 }, { key, from, count }) => {
        const y = Float64Array.from({ length: count }, (_, r) => 1 + bias / n + 0.05 * keyFromWords(key).fold(from + r).stream().normal());
        return Promise.resolve({ outcomes: Array.from(y, () => ({ kind: "completed" as const })), values: { y } });
      },
    }),
  });

  it("is marked at the size from which the theory holds, with the interval of that size as a band", async () => {
    const record = await recordOfPair(shifted(3), { sizes: [16, 32, 64, 128, 256] });
    const told = /from n = (\d+) \[(\d+), (\d+)\] on; below that, the finite-size correction/.exec(record.narrative.headline);
    expect(told).not.toBeNull();
    for (const figure of record.figures) {
      const mark = layersOf(figure).find(({ role }) => role === "mark");
      expect(mark).toMatchObject({ across: "x", label: `holds from n = ${told![1]!} on: the limit` });
      const band = layersOf(figure).find(({ label }) => label.startsWith("interval of the size"));
      expect(band).toMatchObject({ role: "band" });
      expect((band as Extract<Layer, { role: "band" }>).x.map(Math.round)).toEqual([Number(told![2]), Number(told![3])]);
    }
  });

  it("is not marked where the theory holds at every size, or fails at every size", async () => {
    expect(marksOf(await recordOfPair(shifted(0)))).toEqual([]);
    expect(marksOf(await recordOfPair(shifted(300)))).toEqual([]);
  });
});

describe("a column of cases", () => {
  const columns = { case: "case", n: "n" };

  it("is left out where there is one case, and kept where there are two", () => {
    expect(tableOf("t", "T", columns, [["a", 1], ["a", 2]])).toMatchObject({ columns: [{ id: "n", title: "n" }], rows: [[1], [2]] });
    expect(tableOf("t", "T", columns, [["a", 1], ["b", 2]]).rows).toEqual([["a", 1], ["b", 2]]);
    expect(tableOf("t", "T", { n: "n" }, [[1]]).rows).toEqual([[1]]);
  });
});
